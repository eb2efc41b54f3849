"""The pages of a large, a small and an empty cluster: none is half empty but the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.report.publish import write_report
from tests.report.office.opened import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.report.whole.desk import Desk


@pytest.mark.parametrize(("cluster", "filled"), [("metall", 0.66), ("kunststoffe-chemie", 0.55), ("tim", 0.6)])
def test_every_page_but_the_last_is_filled_to_this_part_of_its_height(
    open_desk: Desk, tmp_path: Path, cluster: str, filled: float
) -> None:
    brand = open_desk.inputs.programme.path / "brand"
    document = open_desk.build(cluster=cluster)
    written = write_report(document, tmp_path, name=cluster, formats=["pdf"], brand_folder=brand)
    *pages, _ = pictures(written["pdf"])
    assert len(pages) > 10
    feet = {number: max(page.body, default=0) / len(page.rows) for number, page in enumerate(pages, 1)}
    assert {number: round(foot, 2) for number, foot in feet.items() if foot < filled} == {}
