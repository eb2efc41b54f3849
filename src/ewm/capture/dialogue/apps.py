"""Django application: questions at a field."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """questions and answers."""

    name = "ewm.capture.dialogue"
    verbose_name = "Fragen"
