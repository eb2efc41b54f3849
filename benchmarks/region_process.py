"""What a region does at a cut-off, in one process: ``python -m benchmarks.region_process 2020-12-31``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ewm.cli.entry import run

if TYPE_CHECKING:
    from collections.abc import Sequence


class WithoutPandas:
    """Hides pandas: EWM comes without it, these measurements bring it, and Arrow imports it wherever it is found."""

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> None:
        """Refuse pandas and leave everything else to the other finders."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


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
    sys.meta_path.insert(0, WithoutPandas())
    sys.exit(main(sys.argv[1]))
