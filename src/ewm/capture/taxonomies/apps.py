"""Django application: clusters and terms as the programme's files give them."""

from django.apps import AppConfig


class TaxonomiesConfig(AppConfig):
    """clusters and terms as the programme's files give them."""

    name = "ewm.capture.taxonomies"
    verbose_name = "Taxonomien"
