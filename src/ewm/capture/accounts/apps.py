"""Django application: accounts and roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """accounts of people and their roles."""

    name = "ewm.capture.accounts"
    verbose_name = "Konten"
