"""What a region does at a cut-off, in one process: ``python -m benchmarks.region_process 2020-12-31``."""

from __future__ import annotations

import sys

from ewm.cli.entry import run


def main(cut_off: str) -> int:
    """Bring the programme up to date, freeze the records, compute every indicator; returns the first failing code."""
    for command in (
        ["programme", "load"],
        ["snapshot", "create", "--cut-off", cut_off],
        ["indicators", "run"],
    ):
        if code := run(command):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
