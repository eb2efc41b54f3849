"""Django application: templates of the pages on which records are written."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """templates of the pages on which records are written."""

    name = "ewm.capture.editing"
    verbose_name = "Erfassen"
