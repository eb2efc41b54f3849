"""What every page of an import has: whose import it is, at which step it stands, the way there and back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ewm.capture.accounts.access import reach
from ewm.capture.imports.models import Import, Outcome, State
from ewm.capture.imports.views.words import number

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MARK = "stand"
ENDED = (State.APPLIED, State.TAKEN_BACK)


def import_or_404(request: HttpRequest, number: int) -> Import:
    """Return an import of whoever asks, in a cluster of theirs; raises Http404 for any other."""
    account = reach(request).account
    found = Import.objects.select_related("cluster").filter(pk=number, account=account.pk if account else None).first()
    if found is None or not reach(request).records(found.cluster_id):
        raise Http404
    return found


def own_imports(request: HttpRequest) -> Any:
    """Return the imports of whoever asks, newest first."""
    account = reach(request).account
    mine = Import.objects.filter(
        account=account.pk if account else None, cluster_id__in=list(reach(request).recordable)
    )
    return mine.exclude(state=State.DISCARDED).select_related("cluster").order_by("-created_at", "-id")


def step_url(imported: Import) -> str:
    """Return the address of the page at which an import stands."""
    names = {State.MAPPING: "columns", State.REVIEWING: "rows", State.APPLIED: "result", State.TAKEN_BACK: "result"}
    name = names.get(State(imported.state), "progress")
    return reverse(f"imports:{name}", kwargs={"number": imported.pk})


def moved(request: HttpRequest, imported: Import) -> HttpResponse:
    """Send to the page at which the import stands by now, and say so."""
    text = _("„%(file)s“ steht inzwischen bei: %(state)s. Das ist der jetzige Stand, verloren ist nichts.")
    messages.warning(request, text % {"file": imported.file_name, "state": State(imported.state).label})
    return redirect(step_url(imported))


def mark_of(imported: Import) -> str:
    """Return what tells whether the columns are still read as the page says."""
    told = json.dumps([imported.profile, imported.answers, imported.sheet], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return where one is: below the list of imports."""
    above = ((_("Projekte"), reverse("projects:list")), (_("Importe"), reverse("imports:list") if steps else ""))
    return [{"label": label, "url": url} for label, url in (*above, *steps)]


def rows_line(count: int) -> str:
    """So many rows, in words."""
    return ngettext("%(n)s Zeile", "%(n)s Zeilen", count) % {"n": number(count)}


_ORDER = ("file", "columns", "rows", "apply")


def steps_of(imported: Import, current: str) -> list[dict[str, str]]:
    """Return the four steps, one of them current."""
    labels = {
        "file": (_("Datei"), rows_line(imported.rows) if imported.rows else ""),
        "columns": (_("Spalten"), _assigned(imported)),
        "rows": (_("Zeilen prüfen"), _open(imported) if imported.state == State.REVIEWING else ""),
        "apply": (_("Übernehmen"), "" if imported.state in ENDED else _("zurücknehmbar")),
    }
    here = _ORDER.index(current)
    done = imported.state in ENDED
    return [
        {"label": label, "text": text, "state": _state(at, here, done=done)}
        for at, (label, text) in enumerate(labels[name] for name in _ORDER)
    ]


def _state(at: int, here: int, *, done: bool) -> str:
    return "done" if at < here or done else "current" if at == here else "open"


def _assigned(imported: Import) -> str:
    if imported.profile is None or imported.state == State.READING:
        return ""
    return imported.profile_label


def _open(imported: Import) -> str:
    count = imported.items.filter(outcome__in=(Outcome.DECIDE, Outcome.ERROR)).count()
    if not count:
        return _("nichts offen")
    return ngettext("eine Entscheidung offen", "%(n)s Entscheidungen offen", count) % {"n": number(count)}
