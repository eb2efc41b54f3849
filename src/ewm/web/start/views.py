"""The start page, and the page with everything that is open at one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ewm.capture.accounts.access import focus, needs, reach, record_or_404, recordable_or_refused
from ewm.capture.accounts.rescue import rescues_at, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.activities.models import Activity
from ewm.capture.actors.models import Actor
from ewm.capture.dialogue.confirming import confirmation_withdraw, hint_confirm
from ewm.capture.dialogue.queries import answered_of, names_of
from ewm.capture.hints import Scope
from ewm.capture.hints.figures import Section, overall, sections
from ewm.capture.hints.places import MANY, ONE, PATHS, field_url, hints_url, record_url
from ewm.capture.projects.models import Project
from ewm.errors import EwmError, MissingError, RefusedError
from ewm.snapshot.home import find_snapshot
from ewm.web.content import asked_checks, served_overview
from ewm.web.focus import programme
from ewm.web.numbers.computing import results_of
from ewm.web.numbers.now import numbers_now
from ewm.web.numbers.showing import figures
from ewm.web.start.clusters import cluster_lines
from ewm.web.start.countdown import countdown, greeting
from ewm.web.start.points import heaviest, hints_of, points
from ewm.web.start.recent import last_edited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.hints import Hint, Kind
    from ewm.web.numbers.computing import Results

_SHOWN = 12
_KINDS: dict[str, Kind] = {path: kind for kind, path in PATHS.items()}
_MODELS: dict[Kind, Any] = {"projects": Project, "activities": Activity, "actors": Actor}


@needs(Right.SIGN_IN)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what is open, how complete the cluster is, what was edited last, and the year in figures."""
    chosen = focus(request)
    context: dict[str, Any] = {"greeting": greeting(), "administers": reach(request).can(Right.ADMINISTER)}
    if chosen.cluster is not None and reach(request).can(Right.READ):
        context |= _cluster(request, chosen.cluster, chosen.year)
        context["clusters"] = cluster_lines(chosen)
    return render(request, "start/start.html", context)


def _cluster(request: HttpRequest, cluster: str, year: int) -> dict[str, Any]:
    scope = Scope(cluster, year)
    found = points(scope, reach(request))
    every = request.GET.get("alle") is not None
    done = completeness(scope)
    return {
        "countdown": countdown(year),
        "points": found if every else found[:_SHOWN],
        "points_count": len(found),
        "may_record": reach(request).records(cluster),
        "sections": [_shown(each, year) for each in done if each.of or each.name != "questions"],
        "complete": overall(done),
        "recent": last_edited(cluster),
        **_numbers(cluster, year),
    }


def completeness(scope: Scope) -> tuple[Section, ...]:
    """Return the sections of a cluster and year: records of each kind, and questions that are answered."""
    answered, asked = answered_of(scope)
    return (*sections(scope, programme().hints, checks=asked_checks()), Section("questions", answered, asked))


# What a list shows of a section: the records of the year in which something is missing, all where nothing is.
_LACKING = {
    "projects": "?laufend={year}&zustand=unvollstaendig",
    "activities": "?laufend={year}&standard=nein&zustand=unvollstaendig",
}


def _shown(section: Section, year: int) -> dict[str, Any]:
    if section.name == "questions":
        return {"label": _("Fragen beantwortet"), "url": "/fragen/", "section": section}
    kind: Kind = section.name  # type: ignore[assignment]
    narrowed = _LACKING.get(kind, "").format(year=year) if section.done < section.of else ""
    return {"label": str(MANY[kind]), "url": f"/{PATHS[kind]}/{narrowed}", "section": section}


def _numbers(cluster: str, year: int) -> dict[str, Any]:
    """Return the figures: of the records now, or where those are too many of the last snapshot, which is then named."""
    now = numbers_now(year, [each.indicator for each in served_overview()])
    results, name = (now.results, None) if now else _last_snapshot(year)
    at = timezone.localtime(now.at) if now and not now.is_current else None
    return {"figures": list(figures(results, cluster, year)), "figures_of": name, "figures_at": at}


def _last_snapshot(year: int) -> tuple[Results, str | None]:
    from ewm.config import load_config  # noqa: PLC0415

    try:
        folder = find_snapshot(load_config().snapshots, cut_off=countdown(year).cut_off)
        return results_of(folder.name, levels=True), folder.name
    except (MissingError, EwmError):
        return {}, None


@needs(Right.READ)
@require_safe
def record_points(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show everything that is open at one record, with reasons, and what was confirmed."""
    return _page(request, *_record(request, kind, code))


def _record(request: HttpRequest, kind: str, code: str) -> tuple[Kind, Any]:
    if kind not in _KINDS:
        raise Http404
    which = _KINDS[kind]
    model = _MODELS[which]
    record = get_object_or_404(model, code=code) if which == "actors" else record_or_404(request, model.objects, code)
    return which, record


def _scope(request: HttpRequest, kind: Kind, record: Any) -> Scope:
    return Scope(focus(request).cluster if kind == "actors" else record.cluster_id, focus(request).year)


def _page(request: HttpRequest, kind: Kind, record: Any, wrong: dict[str, str] | None = None) -> HttpResponse:
    scope = _scope(request, kind, record)
    found = hints_of(scope)
    mine = [(hint, said) for hint, said in found.confirmed if _about(hint, kind, record)]
    sent = request.POST.dict() or typed_before(request) or {}
    names = names_of({said.account for _hint, said in mine})
    open_ones = heaviest(hint for hint in found.open if _about(hint, kind, record))
    context = {
        "record": record,
        "kind_label": ONE[kind],
        "kind_path": PATHS[kind],
        "record_url": record_url(kind, record.code),
        "open": [(hint, field_url(kind, record.code, hint.finding.field)) for hint in open_ones],
        "confirmed": [(hint, said, names[said.account]) for hint, said in mine],
        "may_record": scope.cluster is not None and reach(request).records(scope.cluster),
        "wrong": wrong or {},
        "typed": sent.get("reason", ""),
        "typed_at": sent.get("name"),
        "crumbs": [
            {"label": str(MANY[kind]), "url": f"/{PATHS[kind]}/"},
            {"label": str(record), "url": record_url(kind, record.code)},
            {"label": _("Offene Punkte"), "url": ""},
        ],
    }
    return render(request, "start/record.html", context)


def _about(hint: Hint, kind: Kind, record: Any) -> bool:
    return (hint.finding.kind, hint.finding.record) == (kind, record.code)


@needs(Right.RECORD)
@rescues_at("hints:record")
@require_POST
def confirm(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Confirm a hint (``name``) with a reason; what was changed meanwhile is not confirmed unseen (``basis``)."""
    which, record = _recordable(request, kind, code)
    found = hints_of(_scope(request, which, record)).open
    name, reason = request.POST.get("name", ""), request.POST.get("reason", "")
    hint = next((each for each in found if _about(each, which, record) and each.name == name), None)
    if hint is None or hint.finding.basis != request.POST.get("basis", ""):
        messages.warning(request, _("Der Eintrag hat sich inzwischen geändert. Lesen Sie den Hinweis noch einmal."))
        return _page(request, which, record)
    try:
        hint_confirm(hint=hint, reason=reason)
    except RefusedError as error:
        return _page(request, which, record, {name: error.refusals[0].message})
    messages.success(request, _("Bestätigt. Der Hinweis kommt wieder, wenn sich der Wert ändert."))
    return redirect(hints_url(which, code))


@needs(Right.RECORD)
@require_POST
def withdraw(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take the confirmation of a hint (``name``) back."""
    which, record = _recordable(request, kind, code)
    for hint, said in hints_of(_scope(request, which, record)).confirmed:
        if _about(hint, which, record) and hint.name == request.POST.get("name"):
            confirmation_withdraw(confirmation=said)
            messages.success(request, _("Die Bestätigung ist zurückgenommen."))
    return redirect(hints_url(which, code))


def _recordable(request: HttpRequest, kind: str, code: str) -> tuple[Kind, Any]:
    which, record = _record(request, kind, code)
    cluster = _scope(request, which, record).cluster
    if cluster is None:
        raise Http404
    recordable_or_refused(request, cluster)
    return which, record
