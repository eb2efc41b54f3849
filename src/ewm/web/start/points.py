"""What is open until the cut-off: hints and questions in one list, by weight, each with the field it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from ewm.capture.accounts.roles import Right
from ewm.capture.dialogue.confirming import sort_hints
from ewm.capture.dialogue.fields import label_of
from ewm.capture.dialogue.models import Question, State
from ewm.capture.dialogue.queries import in_scope, names_of
from ewm.capture.hints import Hint, Scope, find_hints
from ewm.capture.hints.places import ONE, field_url, hints_url, record_url
from ewm.capture.hints.values import WEIGHTS
from ewm.report.numbers import FORMATTERS
from ewm.web.content import served_sources
from ewm.web.focus import programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.capture.accounts.access import Reach
    from ewm.capture.dialogue.confirming import Sorted
    from ewm.capture.hints import Kind

_ORDER = ("error", "question", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the inbox: its weight (``question`` beside those of hints), words, where it leads, how to confirm."""

    severity: str
    title: str
    note: str
    url: str
    kind: Kind
    confirm_url: str | None = None


def hints_of(scope: Scope) -> Sorted:
    """Return the hints of a scope, those that somebody confirmed apart."""
    return sort_hints(find_hints(scope=scope, programme=programme(), sources=served_sources()))


def points(scope: Scope, reach: Reach) -> list[Point]:
    """Return what is open in a cluster and year, heaviest first; within a weight by kind and record."""
    may_record = scope.cluster is not None and reach.records(scope.cluster)
    found = [_of_hint(hint, may_record=may_record) for hint in hints_of(scope).open]
    found += _of_questions(scope, reach, may_record=may_record)
    return sorted(found, key=lambda point: _ORDER.index(point.severity))


def _of_hint(hint: Hint, *, may_record: bool) -> Point:
    finding = hint.finding
    address = field_url(finding.kind, finding.record, finding.field)
    note = f"{ONE[finding.kind]} {finding.record}, {label_of(finding.kind, finding.field)}"
    return Point(
        hint.severity.value,
        f"{finding.title}: {finding.short}",
        note,
        address if may_record else record_url(finding.kind, finding.record),
        finding.kind,
        hints_url(finding.kind, finding.record) if may_record and hint.may_be_confirmed else None,
    )


def _of_questions(scope: Scope, reach: Reach, *, may_record: bool) -> list[Point]:
    """Return the questions for whoever looks: open ones to the management, answered ones to the evaluation."""
    states = [State.ANSWERED] if reach.can(Right.ASK) and not may_record else [State.ASKED]
    open_ones = Question.objects.filter(in_scope(scope), Q(state__in=states))
    questions = list(open_ones.select_related("project", "activity", "actor").order_by("asked_at"))
    names = names_of({question.asked_by for question in questions})
    return [_of_question(question, names) for question in questions]


def _of_question(question: Question, names: Mapping[int | None, str]) -> Point:
    words = _("Antwort liegt vor, Frage vom") if question.state == State.ANSWERED else _("Frage von %(who)s,") % {
        "who": names[question.asked_by]
    }  # fmt: skip
    note = f"{words} {FORMATTERS['de'].day(question.asked_at.date())}"
    return Point("question", f"{question.record}: {question.text}", note, f"/fragen/{question.pk}/", question.kind)


def heaviest(hints: Iterable[Hint]) -> list[Hint]:
    """Return hints, heaviest first."""
    return sorted(hints, key=lambda hint: WEIGHTS.index(hint.severity))
