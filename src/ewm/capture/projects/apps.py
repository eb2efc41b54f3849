"""Django application: projects with their status, funding, partners and assignments."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """projects with their status, funding, partners and assignments."""

    name = "ewm.capture.projects"
    verbose_name = "Projekte"
