"""Django application that brings the rooms together."""

from importlib import import_module

from django.apps import AppConfig, apps


class WebConfig(AppConfig):
    """Settings and management commands."""

    name = "ewm.web"
    verbose_name = "EWM"

    def ready(self) -> None:
        """Register the checks of an installation, where pages are served."""
        if apps.is_installed("ewm.capture.accounts"):
            import_module("ewm.web.deployment")
