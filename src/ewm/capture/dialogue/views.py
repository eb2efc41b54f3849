"""Pages of questions: the list of a cluster, one question with its dialogue, and the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import focus, needs, reach, record_or_404, recordable_or_refused
from ewm.capture.accounts.rescue import rescues, rescues_at, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.activities.models import Activity
from ewm.capture.actors.models import Actor
from ewm.capture.dialogue.fields import FIELDS
from ewm.capture.dialogue.forms import AnswerForm, AskForm, ReopenForm
from ewm.capture.dialogue.models import Question, State
from ewm.capture.dialogue.queries import questions_within, threads
from ewm.capture.dialogue.services import question_answer, question_ask, question_reopen, question_settle
from ewm.capture.hints.places import MANY, PATHS
from ewm.capture.projects.models import Project
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.hints import Kind

KINDS: dict[str, Kind] = {path: kind for kind, path in PATHS.items()}
_MODELS: dict[Kind, Any] = {"projects": Project, "activities": Activity, "actors": Actor}
_SHOWN = 200


@needs(Right.READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the questions of the chosen cluster by state."""
    found = questions_within(reach(request)).filter(cluster_id=focus(request).cluster)
    wanted = request.GET.get("stand")
    state = State(wanted) if wanted in State.values else State.ASKED
    counts = found.aggregate(**{each.value: Count("pk", filter=Q(state=each)) for each in State})
    tabs = [
        {"label": each.label, "url": f"?stand={each.value}", "count": counts[each.value], "current": each is state}
        for each in State
    ]
    shown = threads(found.filter(state=state).order_by("-asked_at")[:_SHOWN], reach(request))
    context = {"threads": shown, "tabs": tabs, "state": state, "crumbs": [{"label": _("Fragen"), "url": ""}]}
    return render(request, "dialogue/list.html", context)


@needs(Right.ASK)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Ask about a record; the answer comes from its home cluster, for an actor from the chosen one."""
    which, record, cluster = _record(request, kind, code)
    field = request.GET.get("feld", "")
    chosen = {"field": field} if field in FIELDS[which] else None
    form = AskForm(which, request.POST or None, initial=typed_before(request) or chosen)
    if request.method == "POST" and form.is_valid():
        asked = question_ask(kind=which, record_id=record.pk, cluster=cluster, **form.cleaned_data)
        messages.success(request, _("Die Frage ist gestellt. Das Clustermanagement sieht sie auf der Startseite."))
        return redirect("questions:detail", pk=asked.pk)
    crumbs = [
        {"label": str(MANY[which]), "url": f"/{kind}/"},
        {"label": str(record), "url": f"/{kind}/{code}/"},
        {"label": _("Frage stellen"), "url": ""},
    ]
    shown = {"form": form, "record": record, "back_url": f"/{kind}/{code}/", "crumbs": crumbs}
    return render(request, "dialogue/ask.html", shown)


def _record(request: HttpRequest, kind: str, code: str) -> tuple[Kind, Any, str]:
    if kind not in KINDS:
        raise Http404
    which = KINDS[kind]
    if which != "actors":
        record = record_or_404(request, _MODELS[which].objects.all(), code)
        return which, record, record.cluster_id
    cluster = focus(request).cluster
    if cluster is None:
        raise Http404
    return which, get_object_or_404(Actor, code=code), cluster


@needs(Right.READ)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question with everything that was said."""
    return _page(request, _question(request, pk))


def _question(request: HttpRequest, pk: int) -> Question:
    found: Question = get_object_or_404(questions_within(reach(request)), pk=pk)
    return found


def _page(request: HttpRequest, question: Question, form: Form | None = None) -> HttpResponse:
    (thread,) = threads([question], reach(request))
    if form is None:
        kind = AnswerForm if thread.may_answer else ReopenForm if thread.may_reopen else None
        form = kind(initial=typed_before(request)) if kind else None
    crumbs = [
        {"label": _("Fragen"), "url": "/fragen/"},
        {"label": str(question.record), "url": thread.record_url},
        {"label": thread.field_label, "url": ""},
    ]
    return render(request, "dialogue/detail.html", {"thread": thread, "form": form, "crumbs": crumbs})


@needs(Right.RECORD)
@rescues_at("questions:detail")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, or confirm that the value is right (``bestaetigen``)."""
    question = _question(request, pk)
    recordable_or_refused(request, question.cluster_id)
    data = {"text": _("Der Wert stimmt so.")} if request.POST.get("bestaetigen") else request.POST
    return _take(request, question, AnswerForm(data), question_answer, _("Die Antwort ist gespeichert."))


@needs(Right.ASK)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a question."""
    question = _question(request, pk)
    return _take(request, question, None, question_settle, _("Die Frage ist geklärt."))


@needs(Right.ASK)
@rescues_at("questions:detail")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again."""
    question = _question(request, pk)
    return _take(request, question, ReopenForm(request.POST), question_reopen, _("Die Nachfrage ist gestellt."))


def _take(
    request: HttpRequest, question: Question, form: Form | None, step: Callable[..., Question], done: str
) -> HttpResponse:  # fmt: skip
    """Take a step with what the form says; somebody who was faster is told about, what was typed stays."""
    if form is not None and not form.is_valid():
        return _page(request, question, form)
    said = {"text": form.cleaned_data["text"]} if form is not None else {}
    try:
        step(question=question, version=_version(request, question), **said)
    except (ConflictError, RefusedError):
        messages.warning(request, _("Inzwischen hat jemand anderes etwas dazu gesagt. Lesen Sie es, bevor Sie senden."))
        return _page(request, _question(request, question.pk), form)
    messages.success(request, done)
    return redirect("questions:detail", pk=question.pk)


def _version(request: HttpRequest, question: Question) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else question.version
