"""What the programme and its records know, read once for all rows of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.imports.profiles.content import import_content
from ewm.capture.imports.values.places import read_places
from ewm.capture.imports.values.terms import read_terms
from ewm.capture.served import form_values

if TYPE_CHECKING:
    from datetime import date

    from ewm.capture.imports.profiles.content import ImportContent
    from ewm.capture.imports.values.places import Places
    from ewm.capture.imports.values.terms import Terms
    from ewm.programme import FormValues


@dataclass(frozen=True, slots=True)
class Known:
    """Places, terms, what the programme says about imports and forms; the day of today, the cluster of the import."""

    places: Places
    terms: Terms
    content: ImportContent
    forms: FormValues
    today: date
    cluster: str = ""


def read_known(today: date, cluster: str) -> Known:
    """Read what the rows need; six queries."""
    return Known(read_places(), read_terms(), import_content(), form_values(), today, cluster)
