"""Values of a file's records as people read them: numbers, euros, days, terms, lists of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ewm.capture.days import shown_day
from ewm.capture.forms.fields import label_column
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.known import WORKBOOK
from ewm.capture.imports.reading.whole import place_of
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.timeline.labels import CENTS
from ewm.capture.timeline.words import written_euros

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.capture.imports.models import Import, ImportItem

_VOLUMES = ("project_volume", "funding_volume")


def number(count: int) -> str:
    """Write an integer with separated thousands."""
    return str(number_format(count, force_grouping=True))


def lines_of(rows: Iterable[int]) -> str:
    """Write rows of a file: ``41``, ``41–43``, ``41, 57``; of our workbook with their sheet: ``Akteure 3``."""
    places = [place_of(row) for row in sorted(rows)]
    found = [row for _, row in places]
    start = f"{places[0][0]} " if places and places[0][0] else ""
    if len(found) > 1 and found[-1] - found[0] == len(found) - 1:
        return f"{start}{found[0]}–{found[-1]}"
    return start + ", ".join(map(str, found))


class Said:
    """Says values of records; the labels of all terms are read once for a page."""

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        label = label_column()
        return dict(Term.objects.values_list("term_id", label)) | dict(Cluster.objects.values_list("cluster_id", label))

    def __call__(self, field: str, value: Any) -> str:
        """Return a value in words; an empty text for none."""
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(value, bool):
            return _("ja") if value else _("nein")
        if isinstance(value, int):
            return written_euros(value) if field in CENTS else number(value)
        if isinstance(value, list):
            return "; ".join(filter(None, (self(field, each) for each in value)))
        if isinstance(value, dict):
            given = {name: each for name, each in value.items() if each not in (None, False, "")}
            return ", ".join(self(name, each) for name, each in given.items())
        return self._text(str(value))

    def _text(self, text: str) -> str:
        if len(text) == len("2020-04-20") and text[4] == text[7] == "-":
            try:
                return shown_day(date.fromisoformat(text))
            except ValueError:
                return text
        return self._terms.get(text, text)

    def title(self, item: ImportItem) -> tuple[str, str]:
        """Return what a record is about in two lines: who and what of a project, name and type of an actor."""
        found = item.found
        values = found["values"]
        name = str(values.get("title") or values.get("name") or values.get("code") or "")
        more = [self(field, values[field]) for field in self._second(found["kind"]) if values.get(field)]
        partners = [each["actor"]["name"] or each["actor"]["code"] for each in found["partners"]]
        if not partners:
            return name or _("(ohne Titel)"), ", ".join(more[:1])
        who = partners[0]
        if len(partners) > 1:
            who = _("%(name)s und %(n)s weitere") % {"name": who, "n": len(partners) - 1}
        return who, ", ".join([name, *more[:1]])

    @staticmethod
    def _second(kind: str) -> tuple[str, ...]:
        return {RecordKind.PROJECTS.value: _VOLUMES, RecordKind.ACTIVITIES.value: ("activity_start",)}.get(
            kind, ("actor_type",)
        )


def heading_of(imported: Import) -> str:
    """Return the head of the column that says what a record is about."""
    profile = imported.profile or {}
    if profile.get("id") == WORKBOOK.id:
        return _("Eintrag")
    return {
        RecordKind.PROJECTS.value: _("Begünstigter und Vorhaben"),
        RecordKind.ACTIVITIES.value: _("Beteiligte und Aktivität"),
    }.get(profile.get("kind", ""), _("Akteur"))
