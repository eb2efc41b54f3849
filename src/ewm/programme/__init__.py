"""Reads one region's folder (programme.toml, taxonomies/*.yaml) into typed, frozen values.

Knows the form of a programme, never its content; imports nothing else of ewm but the errors.
"""

from ewm.programme.forms import FormValues, load_form_values
from ewm.programme.load import load_programme
from ewm.programme.model import LANGUAGES, Cluster, HintValues, Label, Language, Programme, Term
from ewm.programme.overview import Note, OverviewFigure, load_overview

__all__ = [
    "LANGUAGES",
    "Cluster",
    "FormValues",
    "HintValues",
    "Label",
    "Language",
    "Note",
    "OverviewFigure",
    "Programme",
    "Term",
    "load_form_values",
    "load_overview",
    "load_programme",
]
