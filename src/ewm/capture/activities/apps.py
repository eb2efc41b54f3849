"""Django application: activities that are not projects."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """activities that are not projects."""

    name = "ewm.capture.activities"
    verbose_name = "Sonstige Aktivitäten"
