"""Django application of the imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Tables of imports: files on their way in, what became of their rows, what can be taken back."""

    name = "ewm.capture.imports"
    verbose_name = "Importe"
