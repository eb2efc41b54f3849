"""Django application that brings the rooms together."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Settings and management commands."""

    name = "ewm.web"
    verbose_name = "EWM"
