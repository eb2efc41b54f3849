"""A new import: file and cluster; and the template for those who have no list yet."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any, cast

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ewm.capture.accounts.access import focus, needs, reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.imports.reading import LIMITS, UnreadableFileError
from ewm.capture.imports.reading.limits import MEGABYTE
from ewm.capture.imports.services import import_begun
from ewm.capture.imports.views import work
from ewm.capture.imports.views.frame import crumbs, step_url
from ewm.capture.imports.workbook.template import FORMS, write_template
from ewm.capture.lists.export import STREAMS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.imports.models import Import

_NOT_READ = 422


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file and a cluster; POST reads the file and leads to its columns."""
    if request.method != "POST":
        typed = rescued(request)
        return _page(request, cluster=typed.get("cluster", "") if typed else "", again=typed is not None)
    cluster, file = request.POST.get("cluster", ""), request.FILES.get("datei")
    if not reach(request).records(cluster):
        return _page(request, problems=[_problem("cluster", _("Wählen Sie das Cluster, in dem die Einträge stehen."))])
    if file is None or not file.size:
        text = _("Es ist keine Datei gewählt, oder sie ist leer.") if file is None else _("Die Datei ist leer.")
        return _page(request, cluster=cluster, problems=[_problem("datei", text)])
    account = reach(request).account
    with import_begun(
        file=cast("IO[bytes]", file.file),
        name=file.name or "",
        cluster=cluster,
        account=account.pk if account else None,
    ) as begun:
        return _read(request, begun)


def _read(request: HttpRequest, begun: Import) -> HttpResponse:
    """Read the file; one that is recognised without a question goes on to its rows at once."""
    try:
        found = work.read(begun)
    except UnreadableFileError as error:
        return _page(request, cluster=begun.cluster_id, problems=[_problem("datei", str(error))])
    return redirect(step_url(work.map_at_once(found)))


def _problem(where: str, text: str) -> dict[str, str]:
    return {"id": where, "label": "", "text": text}


def _page(
    request: HttpRequest, *, cluster: str = "", problems: list[dict[str, str]] | None = None, again: bool = False
) -> HttpResponse:
    chosen, mine = focus(request), reach(request).recordable
    wanted = next((each for each in (cluster, chosen.cluster) if each in mine), "")
    own = [(name, label) for name, label in chosen.clusters if name in mine]
    context: dict[str, Any] = {
        "clusters": [{"id": name, "label": label, "chosen": name == wanted or len(own) == 1} for name, label in own],
        "problems": problems or [],
        "again": again,
        "limit": LIMITS.size // MEGABYTE,
        "limit_bytes": LIMITS.size,
        "crumbs": crumbs((_("Neuer Import"), "")),
    }
    return render(request, "imports/new.html", context, status=_NOT_READ if problems else 200)


@needs(Right.RECORD)
@require_safe
def template(request: HttpRequest) -> FileResponse:
    """Download the workbook to fill in, as ``?form=`` says (xlsx, ods)."""
    chosen, mine, form = focus(request), reach(request).recordable, request.GET.get("form", FORMS[0])
    if form not in FORMS:
        raise Http404
    cluster = chosen.cluster if chosen.cluster in mine else min(mine)
    file = io.BytesIO()
    write_template(file, cluster=cluster, year=chosen.year, form=form)
    file.seek(0)
    name = f"ewm-arbeitsmappe-{cluster}-{chosen.year}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=STREAMS[form][0])
