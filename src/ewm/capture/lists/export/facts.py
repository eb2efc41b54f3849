"""What a data package says of the installation: licence, sources, who publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Mapping


def data_facts() -> Mapping[str, Any]:
    """Return the properties ``licenses``, ``sources`` and ``contributors`` as far as somebody named them.

    Programme and operator say so; the site's settings name the function that reads them (``EWM_DATA_FACTS``).
    """
    found: Mapping[str, Any] = import_string(settings.EWM_DATA_FACTS)()
    return found
