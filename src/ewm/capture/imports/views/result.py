"""What an import did: numbers, records, refused rows to download, and taking it back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.rescue import rescues_at, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.days import shown_day
from ewm.capture.imports import saying
from ewm.capture.imports.models import Outcome, Result, State
from ewm.capture.imports.reporting import NOT_TAKEN, report_of
from ewm.capture.imports.reporting import not_taken as reported
from ewm.capture.imports.services import import_undo
from ewm.capture.imports.summary import summary_of
from ewm.capture.imports.touched import touched
from ewm.capture.imports.undoing import UNDO_DAYS
from ewm.capture.imports.views.frame import ENDED, crumbs, import_or_404, moved, step_url, steps_of
from ewm.capture.imports.views.showing import PAGES, wrong_of
from ewm.capture.imports.views.words import Said, heading_of, lines_of, number
from ewm.capture.lists.export import STREAMS
from ewm.capture.timeline.kinds import ACTORS
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from ewm.capture.imports.models import Import, ImportItem
    from ewm.capture.imports.summary import Summary, Tally

_A_PAGE, _REFUSED_SHOWN = 25, 50
_IN_USE = 409


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the result."""

    label: str
    count: int
    more: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not taken over, and why."""

    lines: str
    title: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """A record of the file and what became of it."""

    url: str
    title: str
    second: str
    done: str
    lines: str


@dataclass(frozen=True)
class ResultPage:
    """What the page shows; ``at`` is the page of the records."""

    imported: Import
    at: str = ""

    @cached_property
    def summary(self) -> Summary:
        """The numbers."""
        return summary_of(self.imported)

    @cached_property
    def _said(self) -> Said:
        return Said()

    @property
    def heading(self) -> str:
        """What a row is about."""
        return heading_of(self.imported)

    @property
    def when_line(self) -> str:
        """When it was taken over."""
        when = self.imported.applied_at
        if when is None:
            return ""
        local = timezone.localtime(when)
        return _("Übernommen am %(day)s um %(time)s Uhr.") % {
            "day": shown_day(local.date()), "time": f"{local:%H:%M}",
        }  # fmt: skip

    @property
    def taken_back(self) -> str:
        """Whether and when it was taken back."""
        when = self.imported.taken_back_at
        if when is None:
            return ""
        text = _("Dieser Import ist am %(day)s zurückgenommen. Seine Einträge stehen nur noch im Verlauf.")
        return text % {"day": shown_day(timezone.localtime(when).date())}

    @property
    def _out(self) -> Tally:
        return self.summary.decide + self.summary.error + self.summary.left_out

    @property
    def numbers(self) -> list[Figure]:
        """Rows by what became of them."""
        summary = self.summary
        actors = self.imported.records.filter(kind=ACTORS.namespace, created=True).count()
        about_actors = ngettext("dazu %(n)s neuer Akteur", "dazu %(n)s neue Akteure", actors) % {"n": number(actors)}
        is_actors = (self.imported.profile or {}).get("kind") == ACTORS.namespace
        return [
            Figure(_("Zeilen neu angelegt"), summary.new.rows, about_actors if actors and not is_actors else ""),
            Figure(_("Zeilen ergänzt"), summary.changed.rows),
            Figure(_("Zeilen schon bekannt"), summary.known.rows),
            Figure(_("Zeilen nicht übernommen"), self._out.rows),
        ]

    @property
    def sum_line(self) -> str:
        """That every row is accounted for."""
        summary = self.summary
        parts = (summary.new.rows, summary.changed.rows, summary.known.rows, self._out.rows)
        text = _("Zusammen %(sum)s: jede der %(all)s Zeilen der Datei.")
        return text % {"sum": " + ".join(map(number, parts)), "all": number(summary.rows_in)}

    def not_taken(self) -> Any:
        """Return the records that were not taken over."""
        return self.imported.items.filter(outcome__in=NOT_TAKEN)

    @property
    def refused_count(self) -> int:
        """How many records were not taken over."""
        return self._out.items

    @property
    def refused(self) -> list[Refused]:
        """The first of those."""
        return [refused_of(item, self._said) for item in self.not_taken()[:_REFUSED_SHOWN]]

    @property
    def refused_more(self) -> str:
        """How many more there are."""
        more = self.refused_count - _REFUSED_SHOWN
        return _("und %(n)s weitere, alle in der Datei zum Herunterladen") % {"n": number(more)} if more > 0 else ""

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """The formats of the refused rows."""
        return [("xlsx", "Excel (XLSX)"), ("csv", "CSV")]

    @cached_property
    def page_obj(self) -> Page[ImportItem]:
        """The page of what was written or known."""
        return Paginator(self.imported.items.exclude(result_code=None), _A_PAGE).get_page(self.at)

    @property
    def records(self) -> list[Written]:
        """The records of the page."""
        return [self._written(item) for item in self.page_obj]

    def _written(self, item: ImportItem) -> Written:
        title, second = self._said.title(item)
        gone = self.imported.state == State.TAKEN_BACK and item.result == Result.CREATED
        url = "" if gone else PAGES[item.found["kind"]].record_url(str(item.result_code))
        done = str(Result(item.result).label)
        return Written(url, second.partition(", ")[0] if item.found["partners"] else title,
                       title if item.found["partners"] else second, done, lines_of(item.rows))  # fmt: skip

    @property
    def _last_day(self) -> Any:
        return timezone.localtime(self.imported.applied_at).date() + timedelta(days=UNDO_DAYS)

    @property
    def may_undo(self) -> bool:
        """Tell whether it can still be taken back."""
        return self.imported.state == State.APPLIED and timezone.localdate() <= self._last_day

    @property
    def undo_line(self) -> str:
        """What taking back does, and until when."""
        text = _(
            "Bis zum %(day)s: was angelegt wurde, verschwindet; was ergänzt wurde, steht wieder wie vorher. "
            "Im Verlauf bleibt beides lesbar."
        )
        return text % {"day": shown_day(self._last_day)}


def refused_of(item: ImportItem, said: Said) -> Refused:
    """Return a record that was not taken over with its reason."""
    title, second = said.title(item)
    return Refused(lines_of(item.rows), title, second, reason_of(item))


def reason_of(item: ImportItem) -> str:
    """Return why a record was not taken over."""
    told = [each.text for each in wrong_of(item)]
    if item.outcome == Outcome.ERROR and told:
        return " ".join(told)
    return saying.reason_of(item) or (_("nicht entschieden") if item.outcome == Outcome.DECIDE else _("weggelassen"))


@needs(Right.RECORD)
@require_safe
def result(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an import did."""
    imported = import_or_404(request, number)
    if imported.state not in ENDED:
        return redirect(step_url(imported))
    typed = typed_before(request) or {}
    return _page(request, imported, reason=typed.get("grund", ""))


def _page(request: HttpRequest, imported: Import, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "imported": imported,
        "page": ResultPage(imported, request.GET.get("seite", "")),
        "steps": steps_of(imported, "apply"),
        "crumbs": crumbs((_("Ergebnis"), "")),
        **more,
    }
    return render(request, "imports/result.html", context, status=status)


@needs(Right.RECORD)
@require_safe
def not_taken(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """Download the rows that were not taken over, with the reasons."""
    imported = import_or_404(request, number)
    if imported.state not in ENDED or form not in STREAMS:
        raise Http404
    content_type, ending, write = STREAMS[form]
    about = [(_("Datei"), imported.file_name), (_("Import"), str(imported.pk))]
    items = imported.items.filter(outcome__in=NOT_TAKEN).iterator(chunk_size=500)
    book = report_of(reported(items), about, f"import-{imported.pk}-nicht-uebernommen")
    answer = StreamingHttpResponse(write(book), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{book.name}.{ending}"'
    return answer


@needs(Right.RECORD)
@rescues_at("imports:result")
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import back as a whole; where somebody changed its records since, say which, and the second way."""
    imported = import_or_404(request, number)
    if imported.state != State.APPLIED:
        return moved(request, imported)
    account, reason = reach(request).account, " ".join(request.POST.get("grund", "").split())
    try:
        done = import_undo(
            imported=imported.pk,
            account=account.pk if account else None,
            leave_changed=request.POST.get("geaenderte") == "lassen",
            reason=reason,
        )
    except RefusedError as error:
        imported.refresh_from_db()
        if imported.state != State.APPLIED:
            return moved(request, imported)
        changed = _changed(imported, reason)
        problems = [] if changed else [{"id": "grund", "label": "", "text": each.message} for each in error.refusals]
        return _page(request, imported, status=_IN_USE, changed=changed, problems=problems, reason=reason)
    text = _("Der Import ist zurückgenommen: %(removed)s Einträge entfernt, %(restored)s wie vorher.")
    messages.success(request, text % {"removed": done.removed, "restored": done.restored})
    for left in done.left:
        messages.warning(request, _("„%(name)s“ bleibt: %(why)s") % {"name": left.name, "why": left.why})
    return redirect("imports:result", number=imported.pk)


def _changed(imported: Import, reason: str) -> list[dict[str, str]]:
    """Return the records that keep an import from being taken back as a whole."""
    found = touched(imported, list(imported.records.order_by("pk")), published=not reason)
    return [{"label": each.name, "url": PAGES[each.kind].record_url(each.code), "why": each.why} for each in found]
