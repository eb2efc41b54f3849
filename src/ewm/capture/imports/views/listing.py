"""The list of imports, and the mappings that people saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Right
from ewm.capture.forms.fields import label_of
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import ImportProfile, State
from ewm.capture.imports.services import profile_remove
from ewm.capture.imports.summary import summary_of
from ewm.capture.imports.views.frame import crumbs, own_imports, rows_line, step_url
from ewm.capture.imports.views.labels import KINDS
from ewm.capture.imports.views.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from ewm.capture.imports.models import Import

_A_PAGE = 25
_STATES: Mapping[str, tuple[str, str, _StrPromise]] = {
    State.READING: ("autorenew", "plain", gettext_lazy("wird gelesen")),
    State.MAPPING: ("columns", "question", gettext_lazy("Spalten zuordnen")),
    State.REVIEWING: ("question", "question", gettext_lazy("Zeilen prüfen")),
    State.APPLYING: ("autorenew", "plain", gettext_lazy("wird übernommen")),
    State.APPLIED: ("success", "done", gettext_lazy("übernommen")),
    State.TAKEN_BACK: ("undo", "plain", gettext_lazy("zurückgenommen")),
    State.FAILED: ("missing", "error", gettext_lazy("nicht lesbar")),
    State.CANCELLED: ("close", "plain", gettext_lazy("abgebrochen")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A state as symbol, tone and words."""

    symbol: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """An import in the list."""

    url: str
    file_name: str
    profile: str
    state: Told
    result: str
    cluster: str
    begun: datetime


@needs(Right.RECORD)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the imports of whoever asks."""
    page = Paginator(own_imports(request), _A_PAGE).get_page(request.GET.get("seite"))
    page.object_list = [_line(each) for each in page.object_list]
    return render(request, "imports/list.html", {"page_obj": page, "crumbs": crumbs()})


def _line(imported: Import) -> Line:
    symbol, tone, label = _STATES[imported.state]
    return Line(
        url=step_url(imported),
        file_name=imported.file_name,
        profile=imported.profile_label,
        state=Told(symbol, tone, str(label)),
        result=_result(imported),
        cluster=label_of(imported.cluster),
        begun=imported.created_at,
    )


def _result(imported: Import) -> str:
    if imported.state == State.FAILED:
        return _(imported.message)
    if imported.state not in (State.REVIEWING, State.APPLIED, State.TAKEN_BACK):
        return rows_line(imported.rows) if imported.rows else ""
    summary = summary_of(imported)
    known = summary.known + summary.changed
    out = summary.decide + summary.error + summary.left_out
    parts = (
        (summary.new.rows, _("%(n)s neu")),
        (known.rows, _("%(n)s bekannt")),
        (out.rows, _("%(n)s offen oder weggelassen")),
    )
    told = [text % {"n": number(n)} for n, text in parts if n]
    return f"{rows_line(summary.rows_in)}: {', '.join(told)}" if told else rows_line(summary.rows_in)


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved mapping; ``own`` where whoever looks may remove it."""

    id: int
    name: str
    kind: str
    columns: int
    by: str
    own: bool


@needs(Right.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def profiles(request: HttpRequest) -> HttpResponse:
    """Show the saved mappings; POST removes one of one's own."""
    account = reach(request).account
    mine = account.pk if account else None
    if request.method == "POST":
        wanted = request.POST.get("entfernen", "")
        known = ImportProfile.objects.filter(pk=int(wanted), account=mine).first() if _is_number(wanted) else None
        if known is None:
            raise Http404
        profile_remove(profile=known.pk)
        text = _("Die Zuordnung „%(name)s“ ist entfernt. Importe, die sie benutzt haben, bleiben, wie sie sind.")
        messages.success(request, text % {"name": known.name})
        return redirect("imports:profiles")
    saved = list(ImportProfile.objects.all())
    names = dict(Account.objects.filter(pk__in={each.account for each in saved}).values_list("pk", "name"))
    lines = [_saved(each, names, mine) for each in saved]
    context = {"profiles": lines, "crumbs": crumbs((_("Gemerkte Zuordnungen"), ""))}
    return render(request, "imports/profiles.html", context)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _saved(each: ImportProfile, names: Mapping[Any, str], mine: int | None) -> SavedLine:
    return SavedLine(
        id=each.pk,
        name=each.name,
        kind=str(KINDS[RecordKind(each.profile["kind"])]),
        columns=len(each.profile["columns"]),
        by=names.get(each.account, "–"),
        own=each.account == mine,
    )
