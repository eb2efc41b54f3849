"""Open questions at the fields of a form: who edits a record reads what the evaluation asks beside the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from ewm.capture.dialogue.models import Question, State
from ewm.capture.dialogue.services import OWNERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BaseForm

    from ewm.capture.hints import Kind

# Where the form calls a field otherwise than the question does.
_CALLED: Mapping[str, str] = {"is_main": "action_field", "term": "guidelines", "land": "seat", "record": "title"}


def note_questions(form: BaseForm, kind: str, record: int) -> None:
    """Write the open questions of a record below the fields that they are about; one query."""
    asked = Question.objects.filter(**{OWNERS[cast("Kind", kind)]: record}, state=State.ASKED).order_by("asked_at")
    for name, text in asked.values_list("field", "text"):
        field: Any = form.fields.get(_CALLED.get(name, name))
        if field is not None:
            field.asked = [*getattr(field, "asked", ()), _("Frage der Evaluation: %(text)s") % {"text": text}]
