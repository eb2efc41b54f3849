"""Puts together what a report is built from, for the commands that build one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.cli.figures import open_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path


def build_report(
    *,
    cluster: str,
    year: int,
    formats: Iterable[str],
    language: str,
    form: str,
    cut_off: datetime | date | None = None,
    name: str | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> dict[str, Path]:
    """Build one report and return its files by format; raises MissingError where results are not computed yet."""
    from ewm.indicators.results import open_results
    from ewm.programme import load_programme
    from ewm.report.build import Inputs, build_document
    from ewm.report.publish import formats_of, write_report

    chosen = formats_of(formats)
    figures = open_figures(cut_off, name, in_memory=True)
    open_results(figures.connection, figures.config.results, figures.info)
    programme = load_programme(figures.config.programme)
    inputs = Inputs(programme, figures.methodology, figures.snapshot, figures.connection)
    document = build_document(inputs, cluster_id=cluster, year=year, form_name=form, language=language)
    return write_report(
        document,
        figures.config.reports,
        name=f"{form}-{cluster}-{year}-{language}",
        formats=chosen,
        brand_folder=programme.path / "brand",
        progress=tell,
    )
