"""The view of the columns page: assign, ask, remember, go on to the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.known import is_own, known_profiles
from ewm.capture.imports.models import State
from ewm.capture.imports.profiles import profile_from_json, propose
from ewm.capture.imports.services import import_table, profile_save
from ewm.capture.imports.views import work
from ewm.capture.imports.views.frame import MARK, crumbs, import_or_404, mark_of, moved, step_url, steps_of
from ewm.capture.imports.views.mapping import OWN, PROFILE, SHEET, ColumnsPage, Draft, draft_from, for_sheet, kind_in
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from ewm.capture.imports.models import Import
    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Table

OPEN = (State.MAPPING, State.REVIEWING)
_NOT_YET, _OVERTAKEN = 422, 409


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """Show which column becomes which field; POST proposes anew, remembers, or goes on to the rows."""
    imported = import_or_404(request, number)
    if imported.state not in OPEN:
        return moved(request, imported)
    if imported.profile and is_own(profile_from_json(imported.profile)):
        return redirect(step_url(work.map_at_once(imported)))  # the columns of our own files are known
    table = import_table(imported=imported.pk)
    if request.method != "POST":
        typed = rescued(request)
        draft = draft_from(typed, table, base_of(imported, table)) if typed else draft_of(imported, table)
        return _page(request, imported, table, draft)
    if request.POST.get(MARK) != mark_of(imported):
        note = _("Die Zuordnung hat sich in einem anderen Fenster geändert. Das hier ist der jetzige Stand.")
        return _page(request, imported, table, draft_of(imported, table), status=_OVERTAKEN, note=note)
    if "vorschlag" in request.POST:
        return _propose(request, imported, table)
    return _go_on(request, imported, table)


def base_of(imported: Import, table: Table) -> Profile:
    """Return the layout that an import has, or the best guess."""
    return profile_from_json(imported.profile) if imported.profile else propose(table, RecordKind.PROJECTS)


def draft_of(imported: Import, table: Table) -> Draft:
    """Return the mapping that an import has, or the best guess."""
    return Draft(base_of(imported, table), imported.answers)


def _propose(request: HttpRequest, imported: Import, table: Table) -> HttpResponse:
    sent = request.POST
    sheet = sent.get(SHEET, table.sheet)
    if sheet != table.sheet and sheet in table.sheets:
        imported = work.read(imported, sheet)
        return redirect(step_url(imported))
    return _page(request, imported, table, Draft(_wanted(sent, table), {}))


def _wanted(sent: QueryDict, table: Table) -> Profile:
    kind = kind_in(sent) or RecordKind.PROJECTS
    known = {each.id: each for each in known_profiles()}
    wanted = known.get(sent.get(PROFILE, OWN))
    return wanted if wanted is not None and wanted.kind is kind else propose(table, kind)


def _go_on(request: HttpRequest, imported: Import, table: Table) -> HttpResponse:
    base = {each.id: each for each in known_profiles()}.get(request.POST.get(PROFILE, OWN), base_of(imported, table))
    draft = draft_from(request.POST, table, base)
    account = reach(request).account
    if draft.name or "merken" in request.POST:
        try:
            kept = for_sheet(draft.profile, table)
            saved = profile_save(name=draft.name, profile=kept, account=account.pk if account else None)
        except RefusedError as error:
            problems = [{"id": "name", "label": "", "text": each.message} for each in error.refusals]
            return _page(request, imported, table, draft, status=_NOT_YET, problems=problems)
        draft = Draft(profile_from_json(saved.profile), draft.answers)
        text = _("Die Zuordnung „%(name)s“ ist gemerkt. Beim nächsten Mal wird das Layout erkannt.")
        messages.success(request, text % {"name": saved.name})
    shown = _shown(imported, table, draft, asked="weiter" in request.POST)
    if "merken" in request.POST:
        return _page(request, imported, table, draft)
    if shown.problems:
        return _page(request, imported, table, draft, status=_NOT_YET, problems=shown.problems)
    try:
        return redirect(step_url(work.find(imported, draft.profile, _answers(shown))))
    except RefusedError:
        imported.refresh_from_db()
        return moved(request, imported)


def _answers(page: ColumnsPage) -> dict[str, str]:
    return {str(column): page.draft.answers[str(column)] for column in page.questions}


def _shown(imported: Import, table: Table, draft: Draft, *, asked: bool = False) -> ColumnsPage:
    return ColumnsPage(table, draft, known_profiles(), mark_of(imported), asked=asked)


def _page(
    request: HttpRequest, imported: Import, table: Table, draft: Draft, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "imported": imported,
        "page": _shown(imported, table, draft, asked=status == _NOT_YET),
        "steps": steps_of(imported, "columns"),
        "crumbs": crumbs((_("Spalten"), "")),
        **more,
    }
    return render(request, "imports/columns.html", context, status=status)
