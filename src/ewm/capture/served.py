"""The programme that this process serves, and what its forms suggest: read once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from ewm.config import load_config
from ewm.programme import load_form_values, load_programme

if TYPE_CHECKING:
    from ewm.programme import FormValues, Programme


@cache
def programme() -> Programme:
    """Return the programme; raises ContentError or MissingError where there is none that can be read."""
    return load_programme(load_config().programme)


def asked_checks() -> frozenset[str]:
    """Return the names of the checks of records for which somebody asks.

    Methodology and programme say so; the site's settings name the function that reads them (``EWM_ASKED_CHECKS``).
    """
    asked: frozenset[str] = import_string(settings.EWM_ASKED_CHECKS)()
    return asked


@cache
def form_values() -> FormValues:
    """Return what the programme's forms suggest; raises ContentError where its file is wrong."""
    return load_form_values(programme())
