"""``ewm demo``: the whole way from example records to the published figures and the report, in a data folder."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ewm.cli.output import progress, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.cli.published import Checked
    from ewm.indicators.published import Check

SHOWN_PER_GROUP = 4
"""Figures that the overview shows of one figure or table of the report; totals come first."""
EXAMPLES = 4


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Startet danach die Anwendung, bis Strg-C.")] = False,
) -> None:
    """Lädt die Beispieldaten des Programms, rechnet, vergleicht mit dem Veröffentlichten und setzt den Bericht."""
    from ewm.cli.published import check_list, published_lists
    from ewm.errors import FindingsError

    if serve:
        from ewm.web.serve import address

        address()  # a port in use is told before the work, not after it
    lists = published_lists()
    _prepare(lists)
    with progress("Zahlen werden gerechnet und verglichen"):
        found = [check_list(path) for path in lists]
    for checked in found:
        _show(checked)
        _report(checked)
        _show_next(checked)
    if any(checked.misses for checked in found):
        raise typer.Exit(FindingsError.exit_code)
    if serve:
        _serve(found[0].published.cluster)


def _serve(cluster: str) -> None:
    """Become the server of a demonstration."""
    from ewm.cli.serve import become_server

    say()
    become_server({"EWM_DEMO": "1", "EWM_DEBUG": "1", "EWM_HTTPS": "0"}, "--demo", cluster)


def _prepare(lists: list[Path]) -> None:
    """Load programme and records and freeze them at the cut-off of every list; what is there already is left alone."""
    from ewm.cli.capture import run_capture
    from ewm.indicators.published_form import load_published

    records = lists[0].parent / "records"
    with progress("Beispieldaten werden geladen") as tell:
        content = run_capture("load_programme", tell=tell)
        loaded = run_capture("load_records", records, tell=tell)
    say(f"Programm   {content['programme']} {content['version']}")
    say(f"Einträge   {_counted(loaded)}")
    for year in dict.fromkeys(load_published(path).reporting_year for path in lists):
        with progress("Datenstand wird geschrieben") as tell:
            snapshot = run_capture("snapshot_create", tell=tell, cut_off=date(year, 12, 31))
        say(f"Datenstand {snapshot['name']}, Stichtag 31.12.{year}: {snapshot['folder']}")


def _counted(loaded: dict[str, Any]) -> str:
    kinds = ((kind["kind"], len(kind["added"]) + len(kind["changed"]) + kind["unchanged"]) for kind in loaded["kinds"])
    return ", ".join(f"{count} {kind}" for kind, count in kinds)


def _show(checked: Checked) -> None:
    published, labels = checked.published, checked.figures.labels()
    say(f"\n{published.document} · {labels[published.cluster]} · Berichtsjahr {published.reporting_year}")
    numbers = [check for check in checked.checks if check.figure.value is not None]
    for (chapter, caption), group in groupby(numbers, key=lambda check: (check.figure.chapter, check.figure.caption)):
        _show_group(f"Kap. {chapter} · {caption}", list(group))
    say()
    for check in checked.misses:
        say(f"  stimmt nicht: {check.message}")
    say(checked.summary)


def _show_next(checked: Checked) -> None:
    say("\nWie geht es weiter?")
    steps = list(_next_steps(checked))
    width = max(len(command) for command, _ in steps)
    for command, why in steps:
        say(f"  {command:<{width}}  # {why}")


def _report(checked: Checked) -> None:
    """Build the report of the list's cluster and year in every format and say where it lies."""
    from ewm.cli.report import FORM
    from ewm.cli.reports import build_report
    from ewm.report.publish import FORMATS

    published = checked.published
    with progress("Bericht wird gesetzt") as tell:
        paths = build_report(
            cluster=published.cluster,
            year=published.reporting_year,
            formats=FORMATS,
            language="de",
            form=FORM,
            cut_off=date(published.reporting_year, 12, 31),
            tell=tell,
        )
    say("\nBericht")
    for name, path in paths.items():
        say(f"  {name:<5} {path}")


def _show_group(heading: str, group: list[Check]) -> None:
    shown = sorted(group, key=lambda check: bool(check.figure.query.path))[:SHOWN_PER_GROUP]
    say(f"\n  {heading}")
    say(f"    {'gedruckt':>16}  {'errechnet':>20}  Regel")
    for check in sorted(shown, key=group.index):
        mark = "" if check.passed else "  ← stimmt nicht"
        rule = check.figure.query.indicator
        say(f"    {check.printed:>16}  {check.found:>20}  {rule}  {check.figure.text}{mark}")
    if len(group) > len(shown):
        say(f"    {'':>16}  {'':>20}        und {len(group) - len(shown)} weitere")


def _next_steps(checked: Checked) -> Iterator[tuple[str, str]]:
    ewm = sys.argv[0] if "/" in sys.argv[0] and not Path(sys.argv[0]).is_absolute() else "ewm"
    examples = _examples(checked)
    for check in examples:
        query = check.figure.query
        words = [ewm, "explain", query.indicator, "--cluster", checked.published.cluster, "--year", str(query.year)]
        if query.value != checked.figures.methodology.indicator(query.indicator).value_names[0]:
            words += ["--value", query.value]
        yield shlex.join([*words, "--records"]), f"warum {check.printed}?"
    yield f"{ewm} sheet {examples[0].figure.query.indicator}", "die Regel dazu, mit SQL und Fällen"
    yield f"{ewm} methodology comparability", "welche Jahre verglichen werden dürfen"


def _examples(checked: Checked) -> list[Check]:
    """Return totals worth a question: of the indicators with most published figures, one per unit and unit of count."""
    often = Counter(check.figure.query.indicator for check in checked.checks)
    found: dict[object, Check] = {}
    for check in sorted(checked.checks, key=lambda check: -often[check.figure.query.indicator]):
        figure = check.figure
        if figure.value is None or figure.query.path or figure.query.year != checked.published.reporting_year:
            continue
        counts = checked.figures.methodology.indicator(figure.query.indicator).counts
        found.setdefault((counts, figure.unit), check)
    return list(found.values())[:EXAMPLES]
