"""The kit: every component in every state, for whoever builds or checks pages. Shown in a demonstration only."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.roles import Right
from ewm.capture.forms.fields import AmountInput, Boxes, ComboInput, DayField, EuroField, Tiles
from ewm.web.symbols import SEVERITIES, symbols

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SOURCE = "/akteure/suche/"
_YES_NO = (("ja", "Ja"), ("nein", "Nein"))
_FIELDS_OF_ACTION = (("", "Bitte auswählen"), ("a", "Fachkräfte"), ("b", "Werkstatt"), ("c", "Netzwerk"))
_GUIDELINES = tuple((str(n), f"Leitlinie {n}") for n in range(1, 7))


class KitForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titel")
    action = forms.ChoiceField(label="Handlungsfeld", choices=_FIELDS_OF_ACTION, help_text="Gültig bei Beginn")
    research = forms.ChoiceField(label="Forschung, Entwicklung, Innovation?", choices=_YES_NO, widget=Tiles)
    text = forms.CharField(label="Kurzbeschreibung", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    begin = DayField(
        label="Unterstützung ab", help_text="Beginn Ihrer Unterstützung, nicht der Förderung. „h“ = heute."
    )
    who = forms.CharField(label="Akteur", required=False, widget=ComboInput(attrs={"data-source": _SOURCE}))
    next = forms.CharField(
        label="Akteur hinzufügen",
        required=False,
        widget=ComboInput(attrs={"data-source": _SOURCE, "data-add": "zeilen"}),
    )
    volume = EuroField(label="Projektvolumen gesamt")
    estimated = forms.BooleanField(label="Schätzung", required=False)
    share = EuroField(label="Davon in der Region", widget=AmountInput)
    guidelines = forms.MultipleChoiceField(label="Leitlinien", required=False, choices=_GUIDELINES, widget=Boxes)


@needs(Right.PUBLIC)
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show the kit; Http404 outside a demonstration."""
    if not (settings.DEBUG or settings.EWM_DEMO):
        raise Http404
    return render(request, "kit.html", sample())


def sample() -> dict[str, Any]:
    """Return what the kit shows: invented words, no records."""
    given = {"title": "Lernlabor", "begin": "20.13.2020", "volume": "4.300", "share": "5.100.000"}
    wrong = KitForm(given, auto_id="falsch_%s")
    wrong.fields["who"].note = "Zwei ähnliche Namen sind schon erfasst."  # type: ignore[attr-defined]
    now = timezone.localtime()
    return {
        "crumbs": [{"label": "Start", "url": "/"}, {"label": "Bausteine", "url": ""}],
        "form": KitForm({"title": "Lernlabor", "begin": "20.04.2020", "volume": "4.300.000", "research": "ja"}),
        "wrong": wrong,
        "tabs": _TABS,
        "steps": _STEPS,
        "bars": _BARS,
        "columns": [{"height": height, "current": height == 80} for height in (60, 95, 90, 80)],
        "page_obj": Paginator(range(250), 10).page(2),
        "groups": [_group("status", "Status"), _group("feld", "Handlungsfeld")],
        "changes": _changes(now),
        "facts": _FACTS,
        "rows": _ROWS,
        "severities": list(SEVERITIES),
        "symbols": sorted(symbols()),
        "statuses": sorted(name.removeprefix("status-") for name in symbols() if name.startswith("status-")),
        "now": now,
    }


def _group(key: str, label: str) -> dict[str, Any]:
    options = [{"value": str(n), "label": f"Auswahl {n}", "count": n * 7, "chosen": n == 2} for n in range(4)]
    choice = {"filter": {"key": key, "label": label, "control": "boxes"}, "options": options}
    return {"key": key, "id": f"filter-{key}", "label": label, "title": label, "choices": [choice]}


_TABS = [
    {"label": "Neu", "url": "?", "count": 25, "current": True},
    {"label": "Laufend", "url": "?ansicht=laufend", "count": 71},
    {"label": "Unvollständig", "url": "?ansicht=unvollstaendig", "count": 4},
    {"label": "Mit Frage", "url": "?ansicht=frage", "count": None},
]
_STEPS = [
    {"label": "Eingereicht", "text": "20.04.2020", "state": "done"},
    {"label": "Geprüft", "text": "seit 02.09.2020", "state": "current"},
    {"label": "Freigegeben", "text": "offen", "state": "open"},
    {"label": "Veröffentlicht", "text": "offen", "state": "open"},
    {"label": "Versiegelt", "text": "offen", "state": "open"},
]
_BARS = [
    {"label": "Fachkräfte", "url": "?feld=1", "value": "34", "share": 100, "current": False},
    {"label": "Werkstatt", "url": "?feld=2", "value": "26", "share": 76.5, "current": True},
    {"label": "Netzwerk", "url": "?feld=3", "value": "8", "share": 23.5, "current": False},
]
_FACTS = [
    {"term": "Art", "text": "Verbund, gemischt"},
    {"term": "Handlungsfeld", "text": "Fachkräfte", "more": "Masterplan, gültig bei Beginn"},
    {"term": "Zuständig", "text": None},
]
_ROWS = [
    SimpleNamespace(name="Erweiterung des Zentrums", more="Fachkräfte", cents=270_000_000, estimated=False, done=100),
    SimpleNamespace(name="Prüfstand Schweißnaht", more="Werkstatt", cents=8_500_000, estimated=True, done=82),
]


def _changes(now: datetime) -> list[dict[str, Any]]:
    return [
        {"when": now, "who": "Clustermanagement", "text": "Projektvolumen", "before": "3.800.000", "after": "4.300.000",
         "reason": "neue Kalkulation", "channel": "Formular"},
        {"when": now - timedelta(days=1), "who": "Evaluation", "text": "Frage zum Projektvolumen"},
        {"when": now - timedelta(days=40), "who": "Clustermanagement", "text": "angelegt", "channel": "Import"},
    ]  # fmt: skip
