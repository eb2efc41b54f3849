"""Import a file in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.at_once import Wanted, as_result, import_at_once
from ewm.capture.imports.models import Outcome
from ewm.capture.imports.reading.whole import row_words
from ewm.capture.imports.reporting import FORMS, write_report
from ewm.errors import MissingError
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.capture.imports.at_once import Finished
    from ewm.web.management.base import Progress

SHOWN = 10


class Command(JsonCommand):
    """Result: ``at_once.as_result`` with ``file``, ``dry_run``, ``report`` (null without one) and ``examples``."""

    help = "Liest eine Datei ein: was sicher ist, wird übernommen, der Rest genannt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--cluster", required=True)
        for name in ("profile", "sheet", "similar", "reason"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--answer", action="append", default=[])
        parser.add_argument("--take", action="store_true")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--report", type=Path)

    def handle(
        self, *_: Any, file: Path, answer: list[str], report: Path | None = None, progress: Progress | None = None,
        **options: Any,
    ) -> str:  # fmt: skip
        """Import and tell what became of the rows; raises the errors of ``import_at_once``."""
        _refuse_paths(file, report)
        answers = {name.strip(): text.strip() for each in answer for name, _, text in [each.partition("=")]}
        names = ("cluster", "profile", "sheet", "similar", "take", "dry_run", "reason")
        wanted = Wanted(answers=answers, **{name: options[name] for name in names})
        with file.open("rb") as stream:
            done = import_at_once(
                file=stream, name=file.name, account=None, wanted=wanted, tell=progress or (lambda *_: None)
            )
        if report:
            write_report(report, done.items, [("Datei", file.name), ("Cluster", wanted.cluster)])
        return as_json(
            file=str(file),
            dry_run=wanted.dry_run,
            report=str(report) if report else None,
            examples=_examples(done),
            **as_result(done),
        )


def _refuse_paths(file: Path, report: Path | None) -> None:
    if not file.is_file():
        raise MissingError(f"Die Datei {file} gibt es nicht. Bitte den Pfad prüfen.")
    if report and (report.suffix.lower() not in FORMS or not report.parent.is_dir()):
        raise MissingError(
            f"Der Bericht {report} lässt sich so nicht schreiben. Bitte einen Ordner nennen, den es gibt, und eine "
            f"der Endungen {', '.join(FORMS)}."
        )


def _examples(done: Finished) -> list[dict[str, str]]:
    """Return the first records that somebody must look at: where, what, why."""
    open_ones = [item for item in done.items if item.outcome in (Outcome.ERROR, Outcome.DECIDE)]
    return [
        {"place": row_words(item.first_row), "title": item.title, "reason": item.reason} for item in open_ones[:SHOWN]
    ]
