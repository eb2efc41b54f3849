"""Django application: timeline."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """what happened to a record."""

    name = "ewm.capture.timeline"
    verbose_name = "Verlauf"
