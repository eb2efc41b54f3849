"""The choice of cluster and year."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ewm.capture.accounts.access import focus, needs
from ewm.capture.accounts.roles import Right
from ewm.web.focus import CLUSTER, YEAR

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Right.SIGN_IN)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the cluster and year chosen in the header, and go back to where the choice was made."""
    chosen = focus(request)
    cluster, year = request.POST.get("cluster"), request.POST.get("year", "")
    if cluster in dict(chosen.clusters):
        request.session[CLUSTER] = cluster
    if year.isdecimal() and int(year) in chosen.years:
        request.session[YEAR] = int(year)
    target = _without_choice(request.POST.get("next", "/"))
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if allowed else "/")


def _without_choice(address: str) -> str:
    """Return an address without cluster and year: what was chosen last counts, not what the page was sent with."""
    path, mark, query = address.partition("?")
    kept = [(key, value) for key, value in parse_qsl(query) if key not in {CLUSTER, YEAR, "seite"}]
    return f"{path}?{urlencode(kept)}" if mark and kept else path
