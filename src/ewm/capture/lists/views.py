"""The two views of every list: the page, and the export of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.lists.export import FORMATS, export
from ewm.capture.lists.page import ListPage
from ewm.capture.lists.reading import read_list
from ewm.capture.lists.services import saved_view_create, saved_view_delete
from ewm.capture.lists.state import COUNT
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from ewm.capture.lists.listing import Listing

NAME, FORGET = "name", "entfernen"
NOT_KEPT = 422


def list_view(listing: Listing) -> Callable[..., HttpResponse]:
    """Return the view of a list: GET shows it, POST keeps what it shows as a view or forgets one."""

    @needs(Right.READ)
    @rescues
    @require_http_methods(["GET", "HEAD", "POST"])
    def shown(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            opens = cast("Any", request).htmx and COUNT in request.GET
            return _opened(request, listing) if opens else _page(request, listing)
        return _forget(request, listing) if FORGET in request.POST else _keep(request, listing)

    return shown


def export_view(listing: Listing) -> Callable[..., HttpResponseBase]:
    """Return the view that exports a list, filtered and sorted as its address says, as ``form`` (xlsx, ods, csv)."""

    @needs(Right.READ)
    @require_safe
    def exported(request: HttpRequest, form: str) -> HttpResponseBase:
        if form not in FORMATS:
            raise Http404
        return export(read_list(listing, request), form)

    return exported


def _opened(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Answer with the inside of one box of filters."""
    key = request.GET[COUNT]
    group = ListPage(read_list(listing, request), (key,)).groups.get(key)
    if group is None:
        raise Http404
    return render(request, "parts/filter_options.html", {"group": group})


def _page(request: HttpRequest, listing: Listing, **more: Any) -> HttpResponse:
    reading = read_list(listing, request)
    typed = rescued(request)
    context = {
        "view_name": typed.get(NAME, "") if typed else "",
        "list": ListPage(reading, request.GET.getlist(COUNT)),
        "crumbs": [{"label": reading.scene.focus.label, "url": "/"}, {"label": listing.title}],
        **listing.above_context(request),
        **more,
    }
    answer = render(request, "lists/list.html", context)
    if cast("Any", request).htmx and not more:
        answer["HX-Push-Url"] = request.path + reading.state.query
    return answer


def _keep(request: HttpRequest, listing: Listing) -> HttpResponse:
    state = read_list(listing, request).state
    name = request.POST.get(NAME, "")
    try:
        saved_view_create(account=cast("Any", reach(request).account), kind=listing.kind, name=name, query=state.kept)
    except RefusedError as refused:
        problems = [each.message for each in refused.refusals]
        answer = _page(request, listing, view_name=name, view_problems=problems)
        answer.status_code = NOT_KEPT
        return answer
    messages.success(request, _("Ansicht gemerkt. Sie steht jetzt als Reiter über der Liste."))
    return redirect(request.path + state.query)


def _forget(request: HttpRequest, listing: Listing) -> HttpResponse:
    number = request.POST[FORGET]
    known = number.isdecimal() and len(number) < 19
    name = saved_view_delete(account=cast("Any", reach(request).account), view_id=int(number)) if known else None
    if name is None:
        raise Http404
    messages.success(request, _("Ansicht „%(name)s“ entfernt. Die Einträge bleiben, wie sie sind.") % {"name": name})
    return redirect(request.path + read_list(listing, request).state.query)
