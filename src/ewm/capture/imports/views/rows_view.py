"""The view of the rows page, and what it sends: decisions, corrections, taking over, discarding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.imports.models import State
from ewm.capture.imports.services import import_discard
from ewm.capture.imports.views import work
from ewm.capture.imports.views.frame import MARK, crumbs, import_or_404, mark_of, moved, step_url, steps_of
from ewm.capture.imports.views.rows import RowsPage
from ewm.capture.imports.views.rows_form import (
    ALL,
    CORRECTED,
    ONLY_ITEM,
    decide_many,
    decide_sent,
    items_alike,
    items_in,
)
from ewm.capture.imports.views.showing import row_of
from ewm.capture.imports.views.words import Said
from ewm.capture.imports.views.words import number as written
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict

    from ewm.capture.imports.models import Import, ImportItem

_TOLD = 5
"""Refusals that a page says at most; the rows say the rest."""


@needs(Right.RECORD)
@require_safe
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Show every row with what becomes of it."""
    imported = import_or_404(request, number)
    if imported.state != State.REVIEWING:
        return redirect(step_url(imported))
    return _page(request, imported)


def _page(request: HttpRequest, imported: Import, typed: QueryDict | None = None) -> HttpResponse:
    context = {
        "imported": imported,
        "page": RowsPage(imported, request.GET, typed),
        "steps": steps_of(imported, "rows"),
        "crumbs": crumbs((_("Prüfen"), "")),
    }
    return render(request, "imports/rows.html", context)


def _step(work_on: Callable[[HttpRequest, Import], HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view of what the rows page sends; opened after a sign-in it shows the page with what was chosen."""

    @needs(Right.RECORD)
    @rescues
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, number: int) -> HttpResponse:
        imported = import_or_404(request, number)
        if imported.state != State.REVIEWING:
            return _away(request, moved(request, imported)["Location"])
        if request.method != "POST":
            typed = rescued(request)
            return _page(request, imported, typed) if typed else redirect(step_url(imported))
        if request.POST.get(MARK) != mark_of(imported):
            text = _("Die Spalten sind in einem anderen Fenster neu zugeordnet. Das hier ist der jetzige Stand.")
            messages.warning(request, text)
            return _away(request, step_url(imported))
        return work_on(request, imported)

    return view


def _away(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to another page, a script's request as well."""
    if cast("Any", request).htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _back(request: HttpRequest, imported: Import, anchor: str = "") -> HttpResponse:
    kept = {name: request.GET[name] for name in ("art", "seite") if name in request.GET}
    url = reverse("imports:rows", kwargs={"number": imported.pk})
    query = "&".join(f"{name}={value}" for name, value in kept.items() if value.isalnum() or "_" in value)
    return _away(request, f"{url}{'?' if query else ''}{query}{anchor}")


def _store(request: HttpRequest, imported: Import) -> bool:
    """Store what the form says about each record; tells what was refused, and whether nothing was."""
    try:
        decide_sent(request.POST, imported, items_in(request.POST, imported))
    except RefusedError as error:
        _tell(request, error)
        return False
    return True


def _tell(request: HttpRequest, error: RefusedError) -> None:
    for each in error.refusals[:_TOLD]:
        messages.error(request, each.message)


def _decide(request: HttpRequest, imported: Import) -> HttpResponse:
    if cast("Any", request).htmx and ONLY_ITEM in request.POST:
        return _decide_one(request, imported)
    stored = _store(request, imported)
    if ALL in request.POST:
        count = decide_many(request.POST, imported)
        text = ngettext("%(n)s Zeile entschieden.", "%(n)s Zeilen entschieden.", count) % {"n": written(count)}
        messages.success(request, f"{text} {_('Noch ist nichts gespeichert.')}")
    elif stored:
        messages.success(request, _("Gemerkt. Noch ist nichts gespeichert."))
    return _back(request, imported)


def _decide_one(request: HttpRequest, imported: Import) -> HttpResponse:
    """Answer a script: the mark of the row, the counts and the bar as they are now."""
    item = next(iter(items_in(request.POST, imported)), None)
    if item is None:
        return _away(request, step_url(imported))
    try:
        changed = decide_sent(request.POST, imported, [item])
    except RefusedError as error:
        _tell(request, error)
        return _back(request, imported)
    imported.refresh_from_db()
    before = _shown(item)
    item.refresh_from_db()
    said, alike = Said(), items_alike(request.POST, imported, item) if changed else []
    context = {
        "imported": imported,
        "page": RowsPage(imported, request.GET),
        "changed": [(row_of(item, said), before != _shown(item)), *((row_of(each, said), True) for each in alike)],
    }
    return render(request, "imports/swap.html", context)


def _shown(item: ImportItem) -> list[Any]:
    """Return what decides how a record's decision looks, but for what is chosen in it."""
    partners = [bool(each.get("candidates")) for each in item.match.get("partners") or ()]
    return [item.found["problems"], item.problems, item.match.get("chosen"), item.match.get("differences"), partners]


def _correct(request: HttpRequest, imported: Import) -> HttpResponse:
    _store(request, imported)
    number = request.POST.get(CORRECTED, "")
    return _back(request, imported, f"#zeile-{number}" if number.isdecimal() else "")


def _apply(request: HttpRequest, imported: Import) -> HttpResponse:
    """Take everything over that is decided; what is open stays out, with its reason."""
    if not _store(request, imported):
        return _back(request, imported)
    account, reason = reach(request).account, " ".join(request.POST.get("grund", "").split())
    try:
        applied = work.write(imported, account.pk if account else None, reason)
    except RefusedError as error:
        _tell(request, error)
        imported.refresh_from_db()
        return redirect(step_url(imported))
    if applied.state == State.APPLIED:
        text = _("Der Import ist übernommen. Sie können ihn als Ganzes zurücknehmen.")
        messages.success(request, text, extra_tags=f"undo:{reverse('imports:undo', kwargs={'number': imported.pk})}")
    return redirect(step_url(applied))


decide, correct, apply = _step(_decide), _step(_correct), _step(_apply)


@needs(Right.RECORD)
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Give up an import that has written nothing."""
    imported = import_or_404(request, number)
    try:
        import_discard(imported=imported.pk)
    except RefusedError:
        imported.refresh_from_db()
        return moved(request, imported)
    text = _("„%(file)s“ ist verworfen. Gespeichert war nichts, die Datei ist gelöscht.")
    messages.success(request, text % {"file": imported.file_name})
    return redirect("imports:list")
