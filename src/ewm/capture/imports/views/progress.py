"""How far a long import is, and stopping it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.roles import Right
from ewm.capture.imports.lost import hand_on
from ewm.capture.imports.models import RUNNING, State
from ewm.capture.imports.running import cancel as cancel_step
from ewm.capture.imports.running import how_far, waits_in_vain
from ewm.capture.imports.views.frame import ENDED, crumbs, import_or_404, moved, step_url, steps_of
from ewm.capture.imports.views.words import number as written

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.capture.imports.models import Import


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page says."""

    title: str
    text: str
    running: bool
    done: int
    total: int
    next_url: str
    next_label: str
    in_vain: bool


def progress_of(imported: Import) -> Progress:
    """Return how far an import is."""
    running = imported.state in RUNNING
    titles = {
        State.READING: _("Datei wird gelesen"),
        State.APPLYING: _("Zeilen werden übernommen"),
        State.FAILED: _("Die Datei ist nicht lesbar"),
        State.CANCELLED: _("Der Import ist abgebrochen"),
        State.DISCARDED: _("Der Import ist verworfen"),
    }
    done, total = how_far(imported) if running else (0, 0)
    text = _(imported.message) if imported.message else _("Gespeichert ist nichts.")
    if running:
        told = {"done": written(done), "total": written(total)}
        text = _("%(done)s von %(total)s") % told if total else _("Gleich geht es los.")
    return Progress(
        title=titles.get(State(imported.state), _("Fertig")),
        text=text,
        running=running,
        done=done,
        total=total,
        in_vain=running and waits_in_vain(),
        next_url=reverse("imports:new"),
        next_label=_("Neuer Import"),
    )


@needs(Right.RECORD)
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far it is; leads on once it is done."""
    imported = import_or_404(request, number)
    if imported.state in RUNNING and hand_on(imported.pk):
        imported.refresh_from_db()
    here, there = reverse("imports:progress", kwargs={"number": number}), step_url(imported)
    htmx = cast("Any", request).htmx
    if there != here:
        return HttpResponse(headers={"HX-Redirect": there}) if htmx else redirect(there)
    context: dict[str, Any] = {"imported": imported, "progress": progress_of(imported)}
    if htmx:
        return render(request, "imports/running.html", context)
    step = "apply" if imported.state == State.APPLYING else "file"
    more = {"steps": steps_of(imported, step), "crumbs": crumbs((_("Fortschritt"), ""))}
    return render(request, "imports/progress.html", {**context, **more})


@needs(Right.RECORD)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a step before it writes anything; one that was faster leads to its result."""
    imported = import_or_404(request, number)
    if imported.state not in RUNNING:
        return moved(request, imported)
    ended = cancel_step(imported.pk)
    if ended.state in RUNNING:
        messages.info(request, _("Der Import wird abgebrochen, das dauert einen Augenblick."))
    elif ended.state not in ENDED:
        text = _("„%(file)s“ ist abgebrochen. Gespeichert ist nichts.")
        messages.success(request, text % {"file": imported.file_name})
    return redirect(step_url(ended))
