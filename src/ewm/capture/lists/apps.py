"""Django application: lists and the views of them that somebody keeps."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists of records."""

    name = "ewm.capture.lists"
    verbose_name = "Listen"
