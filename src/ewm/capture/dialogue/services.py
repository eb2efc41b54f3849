"""Ask, answer, settle, reopen. Who may do what is decided by the views' rights; what may follow what, here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ewm.capture.acting import acting
from ewm.capture.dialogue.fields import FIELDS
from ewm.capture.dialogue.models import LONGEST, Contribution, Question, State, Step
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.texts import check_text
from ewm.capture.writing import row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ewm.capture.hints import Kind
    from ewm.errors import Refusal

FIELD_KNOWN = Rule("question_field_known", "field", "Zu diesem Feld kann man nicht fragen")
POSSIBLE = Rule(
    "question_step_possible",
    "state",
    "Das geht an dieser Stelle nicht mehr, jemand war schneller",
    "Bitte die Frage neu laden.",
)
OWNERS: dict[Kind, str] = {"projects": "project", "activities": "activity", "actors": "actor"}
_AFTER = {Step.ANSWER: State.ANSWERED, Step.SETTLE: State.SETTLED, Step.REOPEN: State.ASKED}
_FROM = {
    Step.ANSWER: {State.ASKED, State.ANSWERED},
    Step.SETTLE: {State.ASKED, State.ANSWERED},
    Step.REOPEN: {State.ANSWERED, State.SETTLED},
}


def question_ask(*, kind: Kind, record_id: int, cluster: str, field: str, text: str) -> Question:
    """Put a question about a field of a record to a cluster; raises RefusedError where the text or field is wrong."""
    now = timezone.now()
    wrong = list(check_text("Frage", "text", text, "question_text_given", "", longest=LONGEST))
    if field not in FIELDS[kind]:
        wrong.append(FIELD_KNOWN.refuse("Frage", field))
    refuse_all(wrong)
    about = {f"{OWNERS[kind]}_id": record_id}
    who = acting().account
    question = Question(cluster_id=cluster, field=field, text=text.strip(), asked_by=who, asked_at=now, **about)
    with transaction.atomic():
        rows_create([question], recorded_at=[now], reason="Frage")
        _contribute(question, Step.ASK, question.text, now)
    return question


def question_answer(*, question: Question, version: int, text: str) -> Question:
    """Answer; a further answer adds to the first. Raises RefusedError, ConflictError."""
    return _step(question, version, Step.ANSWER, text)


def question_settle(*, question: Question, version: int, text: str = "") -> Question:
    """Close a question, with or without a word. Raises RefusedError, ConflictError."""
    return _step(question, version, Step.SETTLE, text)


def question_reopen(*, question: Question, version: int, text: str) -> Question:
    """Ask again: the answer is not enough, or the question came up once more. Raises RefusedError, ConflictError."""
    return _step(question, version, Step.REOPEN, text)


def _step(question: Question, version: int, step: Step, text: str) -> Question:
    now = timezone.now()
    refuse_all(_wrong(question, step, text))
    with transaction.atomic():
        reason = f"Frage: {step.label}"
        changed = row_update(question, version=version, values={"state": _AFTER[step]}, reason=reason, recorded_at=now)
        _contribute(changed, step, text.strip() or None, now)
    return changed


def _wrong(question: Question, step: Step, text: str) -> Iterator[Refusal]:
    if State(question.state) not in _FROM[step]:
        yield POSSIBLE.refuse(f"Frage {question.pk}", str(State(question.state).label))
    if text or step is not Step.SETTLE:
        yield from check_text(f"Frage {question.pk}", "text", text, "contribution_text_given", "", longest=LONGEST)


def _contribute(question: Question, step: Step, text: str | None, now: datetime) -> None:
    said = Contribution(question=question, step=step, text=text, account=acting().account, moment=now)
    rows_create([said], recorded_at=[now], reason="Frage")
