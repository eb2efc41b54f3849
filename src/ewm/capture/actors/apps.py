"""Django application: organisations that take part, with hierarchy, size, seat and own clusters."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """organisations that take part, with hierarchy, size, seat and own clusters."""

    name = "ewm.capture.actors"
    verbose_name = "Akteure"
