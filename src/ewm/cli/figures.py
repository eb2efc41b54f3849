"""A snapshot and a methodology put together: what every command about figures starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ewm.cli.beside import Beside
from ewm.config import load_config

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from ewm.config import Config
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.results import RunInfo
    from ewm.snapshot.reader import Snapshot

CutOff = Annotated[
    datetime | None,
    typer.Option("--cut-off", metavar="JJJJ-MM-TT", formats=["%Y-%m-%d"], help="Stichtag; sonst der jüngste."),
]
Name = Annotated[str | None, typer.Option("--snapshot", metavar="DATENSTAND", help="Ein bestimmter Datenstand.")]


@dataclass(frozen=True, slots=True)
class Figures:
    """A verified snapshot, the methodology for its years, and a connection that has the snapshot's tables."""

    config: Config
    snapshot: Snapshot
    methodology: Methodology
    connection: duckdb.DuckDBPyConnection

    @property
    def info(self) -> RunInfo:
        """What a run over this snapshot is computed from."""
        from ewm.indicators.results import RunInfo

        return RunInfo(
            snapshot=self.snapshot.info.name,
            snapshot_hash=self.snapshot.hash,
            corrections_hash=self.snapshot.corrections_hash,
            methodology_hash=self.methodology.content_hash,
        )

    def labels(self) -> dict[str, str]:
        """Return the German label of every term and cluster in the snapshot."""
        rows = self.connection.execute(
            "SELECT term_id, label_de FROM terms UNION ALL SELECT cluster_id, label_de FROM clusters"
        ).fetchall()
        return dict(rows)


def open_figures(
    cut_off: datetime | date | None = None,
    name: str | None = None,
    *,
    in_memory: bool = False,
    about: str | None = None,
) -> Figures:
    """Verify a snapshot (the named one, else the last of the given or latest cut-off) and load the methodology.

    ``in_memory`` copies the tables, which pays where many questions follow; ``about`` names the one sheet that is
    asked about, so that only what it rests on is loaded.

    Raises MissingError, TamperedError and ContentError as their rooms do.
    """
    from ewm.snapshot.home import find_snapshot
    from ewm.snapshot.reader import open_snapshot

    config = load_config()
    day = cut_off.date() if isinstance(cut_off, datetime) else cut_off
    snapshot = open_snapshot(find_snapshot(config.snapshots, cut_off=day, name=name))
    few_rows = in_memory or (about is not None and snapshot.is_small)
    connecting = Beside(lambda: _connect(few_rows=few_rows))
    methodology = _methodology(config.programme / "methodology", snapshot.info.reporting_years, about)
    connection = connecting.result()
    if in_memory:
        snapshot.load(connection)
    elif about:
        from ewm.indicators.reach import tables_about

        snapshot.offer(connection, tables_about(methodology))
    else:
        snapshot.register(connection)
    return Figures(config, snapshot, methodology, connection)


def _connect(*, few_rows: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    # Many small questions: to hand one to a second thread costs more than it brings.
    return duckdb.connect(config={"threads": 1} if few_rows else {})


def _methodology(folder: Path, years: Sequence[int], about: str | None) -> Methodology:
    from ewm.indicators.methodology import load_methodology
    from ewm.indicators.reach import load_about

    return load_about(folder, years, about) if about else load_methodology(folder, years, {})
