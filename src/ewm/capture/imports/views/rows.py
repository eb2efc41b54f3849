"""The page on which every row is looked at before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ewm.capture.imports.known import is_own, sheet_note
from ewm.capture.imports.models import Outcome
from ewm.capture.imports.profiles import columns_of, placed_columns, profile_from_json
from ewm.capture.imports.services import import_table
from ewm.capture.imports.summary import Summary, Tally, summary_of
from ewm.capture.imports.values.questions import questions
from ewm.capture.imports.views.frame import mark_of, rows_line
from ewm.capture.imports.views.labels import label_of_field
from ewm.capture.imports.views.rows_form import decision_from
from ewm.capture.imports.views.showing import SYMBOLS, RowView, best_score, row_of
from ewm.capture.imports.views.words import Said, heading_of, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from ewm.capture.imports.models import Import, ImportItem

SIZE = 25
ONLY, AT = "art", "seite"
SCORES = (100, 95, 90, 85, 80)
_FIRST = (Outcome.DECIDE, Outcome.ERROR, Outcome.KNOWN, Outcome.NEW, Outcome.LEFT_OUT)
_CHIPS: Mapping[str, _StrPromise] = {
    "": gettext_lazy("Alle"),
    Outcome.NEW: gettext_lazy("Neu"),
    Outcome.KNOWN: gettext_lazy("Bekannt"),
    Outcome.DECIDE: gettext_lazy("Zu entscheiden"),
    Outcome.ERROR: gettext_lazy("Fehler"),
    Outcome.LEFT_OUT: gettext_lazy("Weggelassen"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with the number of rows that it leaves."""

    label: str
    count: int
    url: str
    current: bool
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """So many records are similar from a score on."""

    score: int
    count: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be decided for many at once."""

    scores: list[Scored]
    open: int
    differing: int
    faulty: int

    def __bool__(self) -> bool:
        return bool(self.scores or self.open or self.differing or self.faulty)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of the file, the field it fills (empty: none), and what was answered."""

    header: str
    field: str
    answer: str = ""


@dataclass(frozen=True)
class RowsPage:
    """What the page shows. ``sent``: what its address says; ``typed``: choices made before a session ended."""

    imported: Import
    sent: QueryDict
    typed: QueryDict | None = None

    @cached_property
    def only(self) -> str:
        """Which outcome is shown, empty for all."""
        wanted = self.sent.get(ONLY, "")
        return wanted if wanted in set(Outcome) else ""

    @cached_property
    def summary(self) -> Summary:
        """The numbers."""
        return summary_of(self.imported)

    @property
    def mark(self) -> str:
        """What tells whether somebody assigned the columns anew meanwhile."""
        return mark_of(self.imported)

    @property
    def query(self) -> str:
        """The query of this page, for forms that come back to it."""
        kept = QueryDict(mutable=True)
        for name in (ONLY, AT):
            if value := self.sent.get(name):
                kept[name] = value
        return f"?{kept.urlencode()}" if kept else ""

    @property
    def rows_line(self) -> str:
        """So many rows."""
        return rows_line(self.imported.rows)

    @property
    def heading(self) -> str:
        """What a row is about."""
        return heading_of(self.imported)

    def _tally(self, outcome: str) -> Tally:
        summary = self.summary
        if outcome == Outcome.KNOWN:
            return summary.known + summary.changed
        found: Tally = summary.all if not outcome else getattr(summary, outcome)
        return found

    @property
    def chips(self) -> list[Chip]:
        """The filters; one that leaves nothing is not offered."""
        base = reverse("imports:rows", kwargs={"number": self.imported.pk})
        return [
            Chip(
                str(label),
                self._tally(key).rows,
                f"{base}?{ONLY}={key}" if key else base,
                key == self.only,
                SYMBOLS[key][0] if key else "",
            )
            for key, label in _CHIPS.items()
            if not key or key == self.only or self._tally(key).items
        ]

    @cached_property
    def page_obj(self) -> Page[ImportItem]:
        """The records of the page, first what must be decided."""
        places = [When(outcome=outcome, then=Value(at)) for at, outcome in enumerate(_FIRST)]
        items = self.imported.items.order_by(Case(*places, output_field=IntegerField()), "position")
        if self.only:
            items = items.filter(outcome=self.only)
        return Paginator(items, SIZE).get_page(self.sent.get(AT))

    @cached_property
    def rows(self) -> list[RowView]:
        """The records as they are shown."""
        said, shown = Said(), list(self.page_obj)
        if self.typed is not None:
            for item in shown:
                item.decision = decision_from(self.typed, item)
        return [row_of(item, said) for item in shown]

    @property
    def asks(self) -> bool:
        """Tell whether anything on this page can be decided."""
        return any(row.asks for row in self.rows)

    @cached_property
    def bulk(self) -> Bulk:
        """What can be decided for many at once."""
        open_ones = list(self.imported.items.filter(outcome=Outcome.DECIDE))
        found = Counter(map(best_score, open_ones))
        counts = {least: sum(n for score, n in found.items() if score >= least) for least in SCORES}
        scores = [Scored(least, n) for least, n in counts.items() if n]
        known = self.imported.items.filter(outcome=Outcome.KNOWN, takes=False).values_list("match", flat=True)
        differing = sum(bool(match.get("differences")) for match in known)
        return Bulk(scores, len(open_ones), differing, self.summary.error.items)

    @property
    def may_complete(self) -> bool:
        """Tell whether records that are there already may be completed."""
        return bool((self.summary.known + self.summary.changed).items)

    @property
    def is_own(self) -> bool:
        """Tell whether the file is our own workbook or list, whose columns are known."""
        return self.imported.profile is not None and is_own(profile_from_json(self.imported.profile))

    @property
    def sheet_note(self) -> str:
        """What to tell where the layout names another sheet than the one that was read."""
        profile = profile_from_json(self.imported.profile) if self.imported.profile else None
        return sheet_note(profile, import_table(imported=self.imported.pk)) if profile and profile.sheet else ""

    @property
    def profile_line(self) -> str:
        """Which layout the columns follow."""
        if self.is_own:
            return _("„%(name)s“: alle Spalten sind bekannt.") % {"name": self.imported.profile_label}
        return _("Profil „%(name)s“") % {"name": self.imported.profile_label}

    @cached_property
    def columns(self) -> list[ReadColumn]:
        """The columns of the file and what they become; none where the file is removed already."""
        if self.imported.profile is None or self.is_own:
            return []
        table, profile = import_table(imported=self.imported.pk), profile_from_json(self.imported.profile)
        headers = columns_of(table)
        placed = placed_columns(headers, profile)
        asked = {each.column: each for each in questions(table, profile)}
        answers = self.imported.answers
        return [
            ReadColumn(
                each.header or each.letter,
                label_of_field(placed[each.index].field) if each.index in placed else "",
                _answered(asked[each.index], answers) if each.index in asked else "",
            )
            for each in headers
        ]

    @property
    def ready(self) -> bool:
        """Tell whether there is anything to take over."""
        return bool((self.summary.new + self.summary.changed + self.summary.known).items)

    @property
    def apply_label(self) -> str:
        """What the button does, with its number."""
        summary = self.summary
        rows = (summary.new + summary.changed + summary.known).rows
        return ngettext("%(n)s Zeile übernehmen", "%(n)s Zeilen übernehmen", rows) % {"n": number(rows)}

    @property
    def bar_line(self) -> str:
        """What stays out, and that it can be taken back."""
        out = self.summary.decide.rows + self.summary.error.rows
        back = _("Ein Import lässt sich 90 Tage lang als Ganzes zurücknehmen.")
        if not out:
            return back
        line = ngettext("%(n)s offene Zeile bleibt außen vor.", "%(n)s offene Zeilen bleiben außen vor.", out)
        return f"{line % {'n': number(out)}} {back}"

    @property
    def obstacle(self) -> str:
        """What keeps everything from being taken over."""
        return Outcome.DECIDE if self.summary.decide.items else Outcome.ERROR

    @property
    def obstacle_url(self) -> str:
        """Where it is decided."""
        return f"{reverse('imports:rows', kwargs={'number': self.imported.pk})}?{ONLY}={self.obstacle}"

    @property
    def obstacle_label(self) -> str:
        """The way there, in words."""
        return _("Zu den Entscheidungen") if self.obstacle == Outcome.DECIDE else _("Zu den Fehlern")


def _answered(question: object, answers: Mapping[str, str]) -> str:
    readings = dict(question.readings)  # type: ignore[attr-defined]
    answer = answers.get(str(question.column))  # type: ignore[attr-defined]
    meaning = readings.get(answer or "")
    if meaning is None:
        return ""
    return _("„%(example)s“ heißt %(meaning)s") % {"example": question.example, "meaning": meaning}  # type: ignore[attr-defined]
