"""What the tests of lists share: a few projects that differ in everything that can be filtered, and a page as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.actors.services import actors_create
from ewm.capture.entries import Assignment, Participation
from ewm.capture.projects.entries import Funding, StatusEvent, Support
from ewm.capture.projects.services import projects_create
from tests.web.site.conftest import FOREIGN, OWN, actor, project

if TYPE_CHECKING:
    from django.test import Client

    from ewm.programme import Programme

MILLION = 100_000_000  # cents
OPENED = "&zaehlen=status&zaehlen=feld&zaehlen=mehr"
"""Every box of filters of the list of projects, opened."""
FIELD, OTHER_FIELD = "metall-2014-innovationswerkstatt", "metall-2014-kooperationsnetzwerk"


@dataclass(frozen=True)
class Page:
    """A list as somebody sees it."""

    status: int
    html: str

    @property
    def titles(self) -> list[str]:
        """Titles of the rows, in order."""
        return [unescape(each) for each in re.findall(r'<th scope="row"[^>]*><a href="[^"]*">([^<]*)</a>', self.html)]

    @property
    def summary(self) -> str:
        """The line above the table."""
        found = re.search(r'<p class="meta" id="summe"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        assert found
        return unescape(found[1]).replace("\xa0", " ").strip()

    @property
    def tabs(self) -> dict[str, int]:
        """The views with their counts."""
        found = re.findall(r'<li><a href="[^"]*"[^>]*>([^<]*) <span class="count">([\d.]*)</span></a></li>', self.html)
        return {unescape(name): int(count.replace(".", "")) for name, count in found}

    @property
    def current_tabs(self) -> list[str]:
        """The views that the page says it is."""
        return [unescape(each) for each in re.findall(r'<a href="[^"]*" aria-current="page">([^<]*) <span', self.html)]

    @property
    def chips(self) -> dict[str, str]:
        """The filters in force with the address that takes each away."""
        found = re.findall(r'<a class="chip chip--on" href="([^"]*)"><span[^>]*>[^<]*</span>([^<]*)<svg', self.html)
        return {unescape(text).replace("\xa0", " "): unescape(url) for url, text in found}

    def options(self, key: str) -> dict[str, int | None]:
        """The values of a filter with their counts."""
        count = r'(?:<span class="meta">([\d.]*)</span>)?'
        found = re.findall(rf'name="{key}" value="([^"]*)" form="filter"[^>]*><span>[^<]*</span>{count}', self.html)
        return {value: int(number) if number else None for value, number in found}


def get(client: Client, query: str = "", name: str = "projects:list") -> Page:
    """Ask for a list."""
    answer: Any = client.get(reverse(name) + query)
    return Page(answer.status_code, answer.content.decode())


@pytest.fixture
def projects(programme: Programme) -> None:  # noqa: ARG001
    """Five projects of the own cluster, two of a foreign one of which the own cluster supports one."""
    actors_create(entries=[actor("A-1", "Walzwerk Übach GmbH"), actor("A-2", "Linsenwerk Süd GmbH")])
    base = project("P-1")
    later = (Participation(actor="A-2", role="lead"),)
    projects_create(
        entries=[
            replace(
                base, title="Ätzen von Blech", project_volume=MILLION, project_volume_estimated=True,
                status_events=(
                    StatusEvent(status_from=base.support_start, status="preparation"),
                    StatusEvent(status_from=date(2020, 6, 1), status="running"),
                ),
                assignments=(Assignment(term=FIELD, is_main=True), Assignment(term=OTHER_FIELD)),
            ),
            replace(
                project("P-2"), title="Bandsäge", project_volume=MILLION - 1, is_rdi=False, participations=later,
                funding_state="secured", funding_volume=500,
                funding=(Funding(granting_body="federal", funds_origin="federal", amount=500),),
                assignments=(Assignment(term=OTHER_FIELD, is_main=True),),
            ),
            _begun(project("P-3"), date(2019, 1, 1), date(2019, 12, 31), title="azurblaue Farbe"),
            _begun(project("P-4"), date(2018, 5, 1), None, title="100 % Zink"),
            _begun(project("P-5"), date(2018, 5, 1), date(2020, 1, 1), title="=SUMME(1;2)"),
            replace(
                project("P-6", FOREIGN), title="Fremd, mitbegleitet", project_volume=MILLION,
                supporting_clusters=(Support(cluster=OWN, supporting_from=date(2020, 4, 1)),),
            ),
            replace(project("P-7", FOREIGN), title="Fremd, Geheimnis", project_volume=7 * MILLION),
        ]
    )  # fmt: skip


@pytest.fixture
def many(projects: None) -> None:  # noqa: ARG001
    """Twenty more projects of the own cluster."""
    projects_create(entries=[project(f"N-{number:02d}") for number in range(20)])


def _begun(entry: Any, start: date, end: date | None, *, title: str) -> Any:
    return replace(
        entry, title=title, support_start=start, support_end=end,
        status_events=(StatusEvent(status_from=start, status="preparation"),),
    )  # fmt: skip
