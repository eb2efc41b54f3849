"""Read questions: of a record, of a cluster, and as a condition of lists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Right
from ewm.capture.dialogue.fields import label_of
from ewm.capture.dialogue.models import Contribution, Question, State
from ewm.capture.dialogue.services import OWNERS
from ewm.capture.hints.places import field_url, record_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from ewm.capture.accounts.access import Reach
    from ewm.capture.hints import Kind, Scope

UNSETTLED = (State.ASKED, State.ANSWERED)


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution: who (a name), when, which step in words, and the text."""

    who: str
    moment: datetime
    step: str
    step_label: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with all that was said, and what whoever looks may do now."""

    question: Question
    said: tuple[Said, ...]
    may_answer: bool
    may_settle: bool
    may_reopen: bool

    @property
    def field_label(self) -> str:
        """The field in words."""
        return label_of(self.question.kind, self.question.field)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(State(self.question.state).label)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is open."""
        return self.question.state == State.SETTLED

    @property
    def record_url(self) -> str:
        """Where the record is shown."""
        return record_url(self.question.kind, self.question.record.code)

    @property
    def field_url(self) -> str:
        """Where the field can be changed."""
        return field_url(self.question.kind, self.question.record.code, self.question.field)


def questions_within(reach: Reach) -> QuerySet[Any]:
    """Return the questions that may be read: those put to a cluster within reach."""
    found: QuerySet[Any] = Question.objects.filter(cluster_id__in=reach.readable)
    return found.select_related("project", "activity", "actor")


def threads(questions: Iterable[Question], reach: Reach) -> list[Thread]:
    """Return questions with everything that was said, oldest question first, in two more queries."""
    every = sorted(questions, key=lambda question: question.asked_at)
    said = defaultdict(list)
    for each in Contribution.objects.filter(question__in=[question.pk for question in every]).order_by("moment", "id"):
        said[each.question_id].append(each)
    names = names_of({each.account for steps in said.values() for each in steps})
    return [_thread(question, said[question.pk], names, reach) for question in every]


def _thread(question: Question, said: list[Contribution], names: Mapping[int | None, str], reach: Reach) -> Thread:
    settled = question.state == State.SETTLED
    asks = reach.can(Right.ASK) and reach.reads(question.cluster_id)
    return Thread(
        question,
        tuple(
            Said(names[each.account], each.moment, each.step, str(each.get_step_display()), each.text) for each in said
        ),
        may_answer=not settled and reach.records(question.cluster_id),
        may_settle=not settled and asks,
        may_reopen=question.state != State.ASKED and asks,
    )


def names_of(accounts: Collection[int | None]) -> dict[int | None, str]:
    """Return the name of each account; one that was erased, or a command, has none of its own."""
    known = dict(Account.objects.filter(pk__in=[each for each in accounts if each]).values_list("pk", "name"))
    return {each: known.get(each or 0) or _("ehemaliges Konto") for each in accounts}


def unsettled(kind: Kind) -> Exists:
    """Return the condition of the records of a kind that have a question which is not settled, for some records."""
    return Exists(Question.objects.filter(**{OWNERS[kind]: OuterRef("pk")}, state__in=UNSETTLED))


def with_unsettled(kind: Kind) -> Q:
    """Return the same condition for filters of lists: it starts from the questions, which are few."""
    asked = Question.objects.filter(**{f"{OWNERS[kind]}__isnull": False}, state__in=UNSETTLED)
    return Q(pk__in=asked.values(OWNERS[kind]))


def in_scope(scope: Scope) -> Q:
    """Return the condition of the questions about records in scope, put to its cluster."""
    about = Q(project__in=scope.projects()) | Q(activity__in=scope.activities()) | Q(actor__in=scope.actors())
    return about & (Q(cluster_id=scope.cluster) if scope.cluster is not None else Q())


def answered_of(scope: Scope) -> tuple[int, int]:
    """Return how many questions of a cluster and year are answered or settled, and how many there are."""
    found = Question.objects.filter(in_scope(scope)).aggregate(
        of=Count("pk"), done=Count("pk", filter=~Q(state=State.ASKED))
    )
    return found["done"], found["of"]
