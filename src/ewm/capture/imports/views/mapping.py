"""The page on which columns become fields: what it shows, and the profile that its form describes."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.known import sheet_note
from ewm.capture.imports.profiles import FIELDS, Column, Profile, ValueKind, columns_of, placed_columns
from ewm.capture.imports.profiles.headers import header_key
from ewm.capture.imports.values.questions import questions
from ewm.capture.imports.views.choices import YES, Default, Option, defaults, options
from ewm.capture.imports.views.labels import KINDS, PARTNER, label_of_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from ewm.capture.imports.profiles import HeaderColumn
    from ewm.capture.imports.reading import Table
    from ewm.capture.imports.values.questions import Question

FIELD, ANSWER, DEFAULT, KIND, PROFILE, SHEET, NAME = "feld-", "antwort-", "standard-", "art", "profil", "blatt", "name"
OWN = ""
"""Sent for the profile where the mapping is made here."""
_OWN_ID = "own"
_START = ("title", "name", "code")
"""One of these must be known of every record."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping as it stands in the form: the profile, the answers, the name to keep it under."""

    profile: Profile
    answers: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at its column."""

    text: str
    options: list[Option]
    missing: bool


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file with the fields it may fill."""

    index: int
    letter: str
    header: str
    examples: tuple[str, ...]
    options: list[tuple[str, list[Option]]]
    question: Asked | None


def draft_from(sent: QueryDict, table: Table, base: Profile) -> Draft:
    """Read the form: the profile is ``base`` itself where nothing in it differs, else one of its own."""
    kind = kind_in(sent) or base.kind
    headers = columns_of(table)
    known = placed_columns(headers, base) if base.kind is kind else {}
    columns = tuple(_columns(sent, headers, known, kind))
    given = _defaults(sent, kind)
    answers = {name.removeprefix(ANSWER): sent.get(name, "") for name in sent if name.startswith(ANSWER)}
    name = " ".join(sent.get(NAME, "").split())
    same = kind is base.kind and {(i, c.field) for i, c in known.items()} == _placed(columns, headers)
    if same and given == _comparable(base):
        return Draft(base, answers, name)
    own = replace(base, kind=kind, columns=columns, defaults=given, saved=False)
    return Draft(own if same else _own(own, headers), answers, name)


def _own(profile: Profile, headers: Sequence[HeaderColumn]) -> Profile:
    """Return a mapping made here: of its former layout's rules those hold whose columns are still there."""
    filled = {column.field for column in profile.columns}
    group_by = next((each for each in (profile.group_by, "group") if each in filled), "")
    keep = profile.keep if profile.keep and profile.keep.field in filled else None
    rules = tuple(each for each in profile.leave_out if each.field in filled)
    return replace(
        profile, id=_OWN_ID, label=_("eigene Zuordnung"), source=own_source(headers),
        group_by=group_by, keep=keep, leave_out=rules, sheet="",
    )  # fmt: skip


def for_sheet(profile: Profile, table: Table) -> Profile:
    """Return a mapping as it is kept: with the name of its sheet, where the file has others."""
    return replace(profile, sheet=table.sheet if len(table.sheets) > 1 else "")


def kind_in(sent: QueryDict) -> RecordKind | None:
    """Return what a form says the rows are."""
    return next((kind for kind in RecordKind if kind == sent.get(KIND)), None)


def own_source(headers: Sequence[HeaderColumn]) -> str:
    """Return the source of a layout that nobody named: the same headers are the same source."""
    told = "\n".join(header_key(each.header) for each in headers)
    return f"layout-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _columns(
    sent: QueryDict, headers: Sequence[HeaderColumn], known: Mapping[int, Column], kind: RecordKind
) -> list[Column]:
    seen: Counter[str] = Counter()
    found = []
    for each in headers:
        key = header_key(each.header)
        seen[key] += 1
        field = sent.get(f"{FIELD}{each.index}", "")
        if field not in FIELDS[kind]:
            continue
        former = known.get(each.index)
        if former is not None and former.field == field:
            found.append(former)
        else:
            found.append(Column((each.header,), field, seen[key]))
    return found


def _placed(columns: Sequence[Column], headers: Sequence[HeaderColumn]) -> set[tuple[int, str]]:
    made = Profile("", "", "", RecordKind.PROJECTS, tuple(columns))
    return {(index, column.field) for index, column in placed_columns(headers, made).items()}


def _defaults(sent: QueryDict, kind: RecordKind) -> dict[str, Any]:
    fields = FIELDS[kind]
    given = {name.removeprefix(DEFAULT): sent.get(name, "").strip() for name in sent if name.startswith(DEFAULT)}
    return {
        name: value == YES if fields[name].kind is ValueKind.FLAG else value
        for name, value in given.items()
        if value and name in fields
    }


def _comparable(profile: Profile) -> dict[str, Any]:
    return {name: value for name, value in profile.defaults.items() if value not in (None, "")}


@dataclass(frozen=True)
class ColumnsPage:
    """What the page shows. ``asked``: questions that the last try left open are marked."""

    table: Table
    draft: Draft
    profiles: Sequence[Profile]
    mark: str
    share: float | None = None
    asked: bool = False

    @property
    def profile(self) -> Profile:
        """The mapping as it stands."""
        return self.draft.profile

    @property
    def name(self) -> str:
        """The name to keep it under."""
        return self.draft.name

    @cached_property
    def headers(self) -> list[HeaderColumn]:
        """The columns of the file."""
        return columns_of(self.table)

    @cached_property
    def placed(self) -> Mapping[int, Column]:
        """Which column of the mapping stands where in the file."""
        return placed_columns(self.headers, self.profile)

    @cached_property
    def questions(self) -> dict[int, Question]:
        """What the file leaves open, by column."""
        return {each.column: each for each in questions(self.table, self.profile)}

    @property
    def unanswered(self) -> list[Question]:
        """The questions without an answer that was offered."""
        return [
            each
            for each in self.questions.values()
            if self.draft.answers.get(str(each.column)) not in {answer for answer, _meaning in each.readings}
        ]

    @property
    def kinds(self) -> list[Option]:
        """What the rows may be."""
        return options(((kind.value, label) for kind, label in KINDS.items()), self.profile.kind.value)

    @property
    def profiles_offered(self) -> list[Option]:
        """Every known layout, and the mapping made here."""
        known = [(each.id, each.label) for each in self.profiles]
        chosen = self.profile.id if self.profile.id in dict(known) else OWN
        return options([(OWN, _("eigene Zuordnung")), *known], chosen)

    @property
    def sheets(self) -> list[Option]:
        """The sheets of a workbook that has several."""
        names = self.table.sheets
        return options(((each, each) for each in names), self.table.sheet) if len(names) > 1 else []

    @property
    def sheet_note(self) -> str:
        """What to tell where the layout names another sheet."""
        return sheet_note(self.profile, self.table)

    @property
    def recognised(self) -> str:
        """Which layout was recognised."""
        if self.profile.id == _OWN_ID or self.profile.id not in {each.id for each in self.profiles}:
            return _("Kein bekanntes Layout; die Zuordnung ist ein Vorschlag.")
        return _("Profil „%(name)s“ erkannt") % {"name": self.profile.label}

    @property
    def assigned_line(self) -> str:
        """How many of the columns go somewhere."""
        return _("%(n)s von %(all)s zugeordnet") % {"n": len(self.placed), "all": len(self.headers)}

    @cached_property
    def rows(self) -> list[ColumnRow]:
        """The columns with their choices."""
        return [self._row(each) for each in self.headers]

    def _row(self, header: HeaderColumn) -> ColumnRow:
        column = self.placed.get(header.index)
        chosen = column.field if column else ""
        own, partners = _grouped(self.profile.kind, chosen)
        groups = [(str(KINDS[self.profile.kind]), own), (_("Partner in der Zeile"), partners)]
        return ColumnRow(
            header.index, header.letter, header.header, header.examples,
            [group for group in groups if group[1]], self._asked(header.index),
        )  # fmt: skip

    def _asked(self, index: int) -> Asked | None:
        question = self.questions.get(index)
        if question is None:
            return None
        answer = self.draft.answers.get(str(index), "")
        text = _("Was heißt hier „%(example)s“?") % {"example": question.example}
        return Asked(text, options(question.readings, answer), self.asked and question in self.unanswered)

    @cached_property
    def _all_defaults(self) -> list[Default]:
        return list(defaults(self.profile.kind, self.profile.defaults))

    def _is_first(self, each: Default) -> bool:
        by_column = each.name in {column.field for column in self.placed.values()}
        return bool(each.value) or (each.needed and not by_column)

    @property
    def defaults(self) -> list[Default]:
        """What must be said once for all rows, and what the profile says."""
        return [each for each in self._all_defaults if self._is_first(each)]

    @property
    def more_defaults(self) -> list[Default]:
        """What may be said, too."""
        return [each for each in self._all_defaults if not self._is_first(each)]

    @property
    def problems(self) -> list[dict[str, str]]:
        """What keeps the rows from being read: needed fields that nothing fills, questions without an answer."""
        return [*self._missing(), *self._open_questions()]

    def _missing(self) -> list[dict[str, str]]:
        filled = {column.field for column in self.placed.values()} | set(_comparable(self.profile))
        if not filled & set(_START):
            where = f"{FIELD}{self.headers[0].index}"
            return [{"id": where, "label": "", "text": _("Keine Spalte sagt, wie der Eintrag heißt.")}]
        text = _("„%(field)s“ fehlt: Bitte eine Spalte zuordnen oder einen Wert für alle Zeilen wählen.")
        first = next(iter(self.headers)).index
        shown = {each.name: each for each in self.defaults}
        return [
            {
                "id": _target(shown[field.name]) if field.name in shown else f"{FIELD}{first}",
                "label": "",
                "text": text % {"field": label_of_field(field.name)},
            }
            for field in FIELDS[self.profile.kind].values()
            if field.needed and field.name not in filled
        ]

    def _open_questions(self) -> list[dict[str, str]]:
        headers = {each.index: each for each in self.headers}
        text = _("Spalte %(letter)s: Was heißt „%(example)s“?")
        return [
            {
                "id": f"frage-{each.column}",
                "label": "",
                "text": text % {"letter": headers[each.column].letter, "example": each.example},
            }
            for each in self.unanswered
        ]


def _target(shown: Default) -> str:
    return f"{DEFAULT}{shown.name}-0" if shown.tiles else f"{DEFAULT}{shown.name}"


def _grouped(kind: RecordKind, chosen: str) -> tuple[list[Option], list[Option]]:
    pairs = [(each.name, label_of_field(each.name)) for each in FIELDS[kind].values()]
    own = [pair for pair in pairs if not pair[0].startswith(PARTNER)]
    partners = [pair for pair in pairs if pair[0].startswith(PARTNER)]
    return options(own, chosen), options(partners, chosen)
