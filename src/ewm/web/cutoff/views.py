"""Pages of the cut-off: what is open and the snapshots, one snapshot with its numbers, one number with its funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ewm.capture.accounts.access import focus, needs, reach
from ewm.capture.accounts.roles import Right
from ewm.capture.hints import Scope
from ewm.capture.hints.figures import overall
from ewm.config import load_config
from ewm.errors import ContentError, EwmError, MissingError
from ewm.indicators.explain import ask, explain
from ewm.indicators.reach import load_about
from ewm.snapshot.home import find_snapshot
from ewm.snapshot.reader import open_snapshot
from ewm.web.cutoff.comparing import numbers
from ewm.web.cutoff.differences import differences
from ewm.web.cutoff.freezing import DONE, freeze, last_run
from ewm.web.cutoff.snapshots import before, listed
from ewm.web.focus import programme
from ewm.web.numbers.showing import spelled
from ewm.web.start.countdown import countdown
from ewm.web.start.points import points
from ewm.web.start.views import completeness

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.snapshot.reader import Snapshot

_WEIGHTS = ("error", "question", "warning", "hint")


@needs(Right.FREEZE)
@require_safe
def cut_off(request: HttpRequest) -> HttpResponse:
    """Show what is still open, the countdown, and every snapshot."""
    chosen = focus(request)
    scope = Scope(chosen.cluster, chosen.year)
    counts = dict.fromkeys(_WEIGHTS, 0)
    for point in points(scope, reach(request)) if chosen.cluster else ():
        counts[point.severity] += 1
    context = {
        "countdown": countdown(chosen.year),
        "counts": counts,
        "open_count": sum(counts.values()),
        "complete": overall(completeness(scope)),
        "run": last_run(),
        "snapshots": listed(),
        "crumbs": [{"label": _("Stichtag"), "url": ""}],
    }
    return render(request, "cutoff/cut_off.html", context)


@needs(Right.FREEZE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Freeze the records at the end of the chosen year."""
    run = freeze(countdown(focus(request).year).cut_off)
    if run.state != DONE:
        return redirect("cut_off")
    if run.already_there:
        messages.info(request, _("Seit dem letzten Datenstand hat sich nichts geändert; er gilt weiter."))
    else:
        messages.success(request, _("Der Datenstand ist festgehalten."))
    return redirect("cut_off_snapshot", name=run.snapshot)


@needs(Right.FREEZE)
@require_safe
def job(request: HttpRequest) -> HttpResponse:
    """Tell how the last attempt goes; the page of the cut-off asks while it runs."""
    return render(request, "cutoff/run.html", {"run": last_run()})


@needs(Right.FREEZE)
@require_safe
def snapshot(request: HttpRequest, name: str) -> HttpResponse:
    """Show one snapshot: its numbers beside those of the one before, and what changed between them."""
    every = listed()
    this = next((each for each in every if each.name == name), None)
    if this is None:
        raise Http404
    earlier = before(name, every)
    context: dict[str, Any] = {
        "snapshot": this,
        "earlier": earlier,
        "crumbs": [{"label": _("Stichtag"), "url": "/stichtag/"}, {"label": name, "url": ""}],
    }
    cluster = focus(request).cluster
    if this.is_intact and this.info is not None and cluster is not None:
        context["year"] = year = min(this.info.cut_off.year, this.info.reporting_years[-1])
        try:
            found = numbers(this.info, earlier.info if earlier else None, cluster, year)
            context |= {"numbers": found, "moved": [each for each in found if each.change]}
            if earlier is not None:
                context["changes"] = differences(_open(earlier.name), _open(name), reach(request).readable)
        except EwmError as error:
            context["wrong"] = str(error)
    return render(request, "cutoff/snapshot.html", context)


def _open(name: str) -> Snapshot:
    try:
        return open_snapshot(find_snapshot(load_config().snapshots, name=name))
    except MissingError as error:
        raise Http404 from error


@needs(Right.FREEZE)
@require_safe
def why(request: HttpRequest, name: str, indicator: str) -> HttpResponse:
    """Explain one number of a snapshot, sentence by sentence (``?gruppe=…&wert=…&jahr=…``)."""
    chosen = focus(request)
    if chosen.cluster is None:
        raise Http404
    opened = _open(name)
    methodology = load_about(programme().path / "methodology", opened.info.reporting_years, indicator)
    year = min(opened.info.cut_off.year, opened.info.reporting_years[-1])
    try:
        question = ask(
            methodology, indicator, cluster_id=chosen.cluster, year=year,
            population=request.GET.get("gruppe"), value=request.GET.get("wert"),
        )  # fmt: skip
        with duckdb.connect(config={"threads": 1}) as connection:
            opened.register(connection)
            found = explain(connection, methodology, question)
    except ContentError as error:
        raise Http404 from error
    context = {
        "name": name,
        "question": question,
        "text": spelled(found.value, found.whole, found.unit),
        "most": max((line.count for line in found.lines), default=1) or 1,
        "lines": found.lines,
        "crumbs": [
            {"label": _("Stichtag"), "url": "/stichtag/"}, {"label": name, "url": f"/stichtag/{name}/"},
            {"label": question.sheet.id, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "cutoff/why.html", context)
