"""Prints one report several times in one process and tells the seconds: ``python -m benchmarks.printing_process 3``."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from ewm.cli.figures import open_figures
from ewm.indicators.results import open_results
from ewm.programme import load_programme
from ewm.report.assets import asset_folder
from ewm.report.brand import load_brand
from ewm.report.build import Inputs, build_document
from ewm.report.pdf import write_pdf

CLUSTER, YEAR, FORM = "metall", 2020, "annual-2020"


def main(times: int) -> int:
    """Print from existing results; the first time is cold, the others are warm."""
    figures = open_figures(None, None, in_memory=True)
    open_results(figures.connection, figures.config.results, figures.info)
    programme = load_programme(figures.config.programme)
    inputs = Inputs(programme, figures.methodology, figures.snapshot, figures.connection)
    document = build_document(inputs, cluster_id=CLUSTER, year=YEAR, form_name=FORM, language="de")
    brand = load_brand(programme.path / "brand")
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            begun = time.perf_counter()
            write_pdf(document, Path(folder) / "report.pdf", assets=asset_folder(), brand=brand)
            seconds.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
