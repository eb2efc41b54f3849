"""Imprint, privacy, accessibility, help: open to everybody, filled from what the operator said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.roles import Right
from ewm.web.legal.checked import read
from ewm.web.legal.operator import operator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


@needs(Right.PUBLIC)
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Show who runs this installation."""
    said = operator()
    return render(request, "legal/imprint.html", {"said": said.operator, "missing": said.missing("operator")})


@needs(Right.PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show which personal data are kept, why, how long, and what everybody may ask for."""
    said = operator()
    shown = {"said": said.privacy, "who": said.operator, "missing": said.missing("privacy", "operator")}
    return render(request, "legal/privacy.html", shown)


@needs(Right.PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the statement on accessibility: status, gaps with reasons, method, date, contact, enforcement."""
    said, checked = operator(), read()
    shown = {
        "said": said.accessibility,
        "who": said.operator,
        "missing": said.missing("accessibility"),
        "checked": checked,
        "widths": _widths(checked.widths) if checked else "",
        "status": _statuses()[said.accessibility.get("status", "partly")] if checked else _("noch nicht geprüft"),
    }
    return render(request, "legal/accessibility.html", shown)


@needs(Right.PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the keys, and where to ask."""
    return render(request, "legal/help.html", {"said": operator().operator})


def _widths(found: Sequence[int]) -> str:
    texts = [str(width) for width in found]
    if len(texts) < 2:
        return _("%(width)s Pixeln") % {"width": "".join(texts)}
    return _("%(widths)s und %(last)s Pixeln") % {"widths": ", ".join(texts[:-1]), "last": texts[-1]}


def _statuses() -> dict[str, str]:
    return {
        "full": _("vollständig vereinbar"),
        "partly": _("teilweise vereinbar"),
        "none": _("nicht vereinbar"),
    }
