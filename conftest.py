"""What holds for every test: where ``EWM_REQUIRE_ALL=1`` is set (as in .ci/run), a skipped test is a failed test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

_REQUIRED = os.environ.get("EWM_REQUIRE_ALL") == "1"


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if _REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, but EWM_REQUIRE_ALL=1 asks for every test: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test into a failure."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole module into a failure."""
    report = yield
    _refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write what trials came to, a line each, where their number was asked for (``make kills``, ``make soak``)."""
    if os.environ.get("EWM_KILLS") or terminalreporter.config.option.markexpr == "soak":
        for report in (each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, [])):
            for value in (value for name, value in report.user_properties if name == "trial"):
                terminalreporter.write_line(f"{report.outcome}  {report.nodeid.partition('::')[2]}: {value}")
