"""Pages of what happened: the history, former versions and their return, withdrawing, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import needs, reach, within_reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.timeline.events import difference
from ewm.capture.timeline.finding import changeable, changeable_or_refused, found
from ewm.capture.timeline.forms import CommentForm, ReasonForm
from ewm.capture.timeline.history import History
from ewm.capture.timeline.kinds import KINDS, crumbs
from ewm.capture.timeline.models import Comment
from ewm.capture.timeline.services import comment_add, comment_edit, comment_withdraw, is_author
from ewm.capture.timeline.words import Words
from ewm.capture.withdrawing import record_take_back, record_withdraw
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.timeline.kinds import RecordKind

FIELD, PAGE = "feld", "seite"
RESTORED = "Fassung {version} wiederhergestellt: {reason}"


@needs(Right.READ)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show what happened to a record; a posted comment is added."""
    about = KINDS[kind]
    record = found(request, about, code)
    form = CommentForm(request.POST if request.method == "POST" else None, initial=_kept(request))
    if request.method == "POST" and form.is_valid():
        comment_add(kind=kind, record=code, text=form.cleaned_data["text"])
        messages.success(request, _("Ihr Kommentar steht im Verlauf."))
        return HttpResponseRedirect(about.history_url(code))
    return _history(request, about, record, form)


def _history(request: HttpRequest, kind: RecordKind, record: Any, form: CommentForm) -> HttpResponse:
    shown = History(kind, record, _account(request))
    field = request.GET.get(FIELD, "")
    fields = shown.fields()
    chosen = field if field in fields else ""
    context = {
        "kind": kind,
        "record": record,
        "history": shown,
        "withdrawal": shown.withdrawal(),
        "page_obj": shown.page(request.GET.get(PAGE), chosen),
        "fields": fields,
        "field": chosen,
        "form": form,
        "may_change": changeable(request, kind, record),
        "record_url": kind.record_url(record.code),
        "crumbs": crumbs(kind, record, _("Verlauf")),
    }
    return render(request, "timeline/history.html", context)


@needs(Right.READ)
@require_safe
def version(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Show what a former version had otherwise than the present one."""
    about = KINDS[kind]
    record = found(request, about, code)
    return _version(request, about, record, _Former(about, record, number), ReasonForm())


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Bring a record back to a former version, for a reason."""
    about = KINDS[kind]
    record = found(request, about, code)
    former = _Former(about, record, number)
    for each in (record, former.step.entry):
        changeable_or_refused(request, about, each)
    form = _reason_form(request)
    if _sent(request, form, lambda: _restore(about, former.step.entry, form, number)):
        messages.success(request, _("Fassung %(number)s ist wiederhergestellt.") % {"number": number})
        return HttpResponseRedirect(about.history_url(code))
    return _version(request, about, record, former, form)


class _Former:
    """A former version of a record and what is stored now; raises Http404 where there was no such version."""

    def __init__(self, kind: RecordKind, record: Any, number: int) -> None:
        shown = History(kind, record, None)
        steps = {step.version: step for step in shown.steps}
        if number not in steps:
            raise Http404
        self.number, self.step, self.now = number, steps[number], shown.steps[-1]
        self.event = next(event for event in shown.events if event.version == number)
        words = Words(kind.shape, [self.now.entry, self.step.entry])
        self.changes = difference(kind.shape, words, self.now.entry, self.step.entry)


def _version(request: HttpRequest, kind: RecordKind, record: Any, former: _Former, form: ReasonForm) -> HttpResponse:
    context = {
        "kind": kind,
        "record": record,
        "former": former,
        "form": form,
        "may_change": changeable(request, kind, record) and not former.now.withdrawn,
        "history_url": kind.history_url(record.code),
        "crumbs": [
            *crumbs(kind, record, "")[:-1],
            {"label": _("Verlauf"), "url": kind.history_url(record.code)},
            {"label": _("Fassung %(number)s") % {"number": former.number}, "url": ""},
        ],
    }
    return render(request, "timeline/version.html", context)


def _restore(kind: RecordKind, entry: Any, form: ReasonForm, number: int) -> None:
    reason = RESTORED.format(version=number, reason=form.cleaned_data["reason"])
    kind.change(entry=entry, version=form.cleaned_data["seen"], reason=reason)


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Withdraw a record, or take a withdrawn one back; asks for the reason."""
    about = KINDS[kind]
    record = found(request, about, code)
    changeable_or_refused(request, about, record)
    form = _reason_form(request)
    write = record_take_back if record.withdrawn else record_withdraw
    given = form.cleaned_data if form.is_valid() else {}
    if _sent(request, form, lambda: write(record=record, version=given["seen"], reason=given["reason"])):
        done = _("%(record)s ist zurückgeholt.") if record.withdrawn else _("%(record)s ist zurückgezogen.")
        messages.success(request, done % {"record": record})
        return HttpResponseRedirect(about.record_url(code) if record.withdrawn else about.history_url(code))
    context = {
        "record": record,
        "form": form,
        "back_url": about.history_url(code) if record.withdrawn else about.record_url(code),
        "crumbs": crumbs(about, record, _("Zurückholen") if record.withdrawn else _("Zurückziehen")),
    }
    return render(request, "timeline/withdraw.html", context)


@needs(Right.READ)
@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """List the withdrawn records within reach."""
    lists = []
    for kind in KINDS.values():
        if kind.withdrawable:
            records = within_reach(request, kind.shape.model.objects.filter(withdrawn=True), withdrawn=True)
            rows = [(record, kind.history_url(record.code)) for record in records.order_by("code")]
            lists.append({"section": kind.section, "rows": rows})
    return render(request, "timeline/withdrawn.html", {"lists": lists})


@needs(Right.READ)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Change one's own comment, within a quarter of an hour."""
    about = KINDS[kind]
    record, said = found(request, about, code), _own_comment(request, kind, code, number)
    form = CommentForm(
        request.POST if request.method == "POST" else None, initial=_kept(request) or {"text": said.text}
    )
    if _sent(
        request,
        form,
        lambda: comment_edit(comment=said, version=said.version, text=form.cleaned_data["text"]),
    ):
        return HttpResponseRedirect(about.history_url(code))
    context = {
        "record": record,
        "form": form,
        "history_url": about.history_url(code),
        "crumbs": crumbs(about, record, _("Kommentar ändern")),
    }
    return render(request, "timeline/comment.html", context)


@needs(Right.READ)
@require_POST
def comment_out(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Withdraw one's own comment."""
    about = KINDS[kind]
    found(request, about, code)
    said = _own_comment(request, kind, code, number)
    try:
        comment_withdraw(comment=said, version=said.version)
    except (RefusedError, ConflictError) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(about.history_url(code))


def _own_comment(request: HttpRequest, kind: str, code: str, number: int) -> Comment:
    said: Comment | None = Comment.objects.filter(pk=number, kind=kind, record=code).first()
    if said is None:
        raise Http404
    if not is_author(said, _account(request)):
        raise PermissionDenied
    return said


def _sent(request: HttpRequest, form: forms.Form, write: Callable[[], Any]) -> bool:
    """Write what was posted; what is refused stands in the form, who was overtaken sees the page as it is now."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write()
    except RefusedError as error:
        for refusal in error.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except ConflictError:
        messages.warning(
            request, _("Inzwischen hat jemand gespeichert. Das ist der neue Stand; noch ist nichts geändert.")
        )
    else:
        return True
    return False


def _reason_form(request: HttpRequest) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None, initial=_kept(request))


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was typed before the session ended."""
    text = rescued(request)
    return text.dict() if text is not None else None


def _account(request: HttpRequest) -> int | None:
    account = reach(request).account
    return account.pk if account else None
