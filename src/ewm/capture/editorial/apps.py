"""Django application: success stories, macro values, interview notes and texts of an edition."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """success stories, macro values, interview notes and texts of an edition."""

    name = "ewm.capture.editorial"
    verbose_name = "Redaktion"
