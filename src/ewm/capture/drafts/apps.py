"""Django application: what somebody has typed and not finished yet."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """what somebody has typed and not finished yet."""

    name = "ewm.capture.drafts"
    verbose_name = "Entwürfe"
