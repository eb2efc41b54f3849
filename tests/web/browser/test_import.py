"""Lists of operations from file to records and back, in the browser: decided, counted, taken back, imported again.

``EWM_TEST_EFRE`` names a folder of real lists; then the same is done with every file in it.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.capture.accounts.roles import Role
from tests.support import efre
from tests.web.browser.site import watched
from tests.web.browser.test_month import HANDBOOKS, IMPORTS, STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.web.browser.site import Site, Watched

CHAPTER = HANDBOOKS / IMPORTS
REAL = os.environ.get("EWM_TEST_EFRE", "")
LISTS = sorted(Path(REAL).glob("*.csv")) if REAL else ["first", "second"]
KEYS = "SELECT count(*) FROM imports_importedkey"
RECORDS = ("actors_", "projects_", "activities_", "taxonomies_", "editorial_", "dialogue_", "drafts_")


def rows_of(path: Path) -> int:
    """Count the rows below the header as anybody else would."""
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(any(cell.strip() for cell in row) for row in csv.reader(stream)) - 1


def prints(folder: Path) -> dict[str, str]:
    """Return a fingerprint of every table of records: all rows without their version, not their history."""
    found = {}
    with closing(sqlite3.connect(f"file:{folder / 'ewm.sqlite3'}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
            if table.startswith(RECORDS) and "historical" not in table:
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "version"]
                rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
                found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def counted(folder: Path, sql: str) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'ewm.sqlite3'}?mode=ro", uri=True)) as connection:
        return int(connection.execute(sql).fetchone()[0])


@dataclass
class Desk:
    """Somebody who imports, and what the pages say."""

    one: Watched
    site: Site

    @property
    def page(self) -> Page:
        return self.one.page

    def upload(self, path: Path) -> str:
        """Bring a file in; returns the name of the step that comes next."""
        self.page.goto(f"{self.site.base}/importe/neu/")
        self.page.set_input_files("#datei", path)
        self.page.click("text=Datei lesen")
        self.page.wait_for_url(re.compile(r"/importe/\d+/(spalten|zeilen)/"))
        step: str = self.page.url.rstrip("/").rsplit("/", 1)[-1]
        return step

    def chip(self, label: str) -> int:
        """Return the number of rows that a chip tells, 0 where there is none."""
        chip = self.page.locator("#zahlen a", has_text=label)
        return int(chip.locator(".count").inner_text().replace(".", "")) if chip.count() else 0

    def choose(self, select: Locator, index: int) -> None:
        """Choose in a row, and wait until the page says what became of it."""
        before = self.page.locator("#zahlen").inner_text()
        select.select_option(index=index)
        self.page.wait_for_function("text => document.querySelector('#zahlen').innerText !== text", arg=before)

    def settle(self) -> None:
        """Decide one row by its select, then all that is open, and leave out what is wrong."""
        select = self.page.locator("#zeilen select[name^=akteur-]").first
        if select.count():
            self.choose(select, 1)
        for value in ("neu", "weglassen"):
            button = self.page.locator(f"button[name=alle][value={value}]")
            if button.count():
                button.click()
                self.page.wait_for_load_state()
        assert self.chip("Zu entscheiden") == 0
        assert self.chip("Fehler") == 0

    def apply(self) -> dict[str, int]:
        """Take everything over; returns the numbers of the result."""
        self.page.click("#leiste .kern-btn--primary")
        self.page.wait_for_url(re.compile(r"/ergebnis/"))
        return self.numbers()

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the result page."""
        panels = self.page.locator(".stat")
        return {
            panels.nth(at).locator(".stat__label").inner_text(): int(
                panels.nth(at).locator(".stat__number").inner_text().replace(".", "")
            )
            for at in range(panels.count())
        }

    def take_back(self) -> None:
        """Take the import back."""
        self.page.click("section button:has-text('Import zurücknehmen')")
        self.page.wait_for_selector("text=zurückgenommen")


@pytest.fixture
def desk(browser: Browser, own_site: Site) -> Iterator[Desk]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    one = watched(context)
    own_site.sign_in(one.page, Role.CLUSTER_MANAGER)
    yield Desk(one, own_site)
    assert [each for each in one.messages if "422" not in each] == []  # a form that is sent back with a question
    assert one.strangers(own_site.base) == []
    context.close()


def listed(name: str | Path, folder: Path) -> Path:
    if isinstance(name, Path):
        return name
    return efre.write(folder, f"{name}.csv", {"first": efre.first, "second": efre.second}[name]())


@pytest.mark.parametrize("name", LISTS, ids=str)
def test_a_list_comes_in_goes_out_and_comes_in_again(desk: Desk, name: str | Path, tmp_path: Path) -> None:
    path, folder = listed(name, tmp_path), desk.site.folder
    before, projects = prints(folder), counted(folder, "SELECT count(*) FROM projects_project")
    keys = counted(folder, KEYS)
    assert desk.upload(path) == "zeilen"
    assert desk.chip("Alle") == rows_of(path)
    desk.settle()
    told = desk.apply()
    assert sum(told.values()) == rows_of(path)
    made = counted(folder, "SELECT count(*) FROM projects_project") - projects
    taken = counted(folder, "SELECT count(*) FROM imports_importitem WHERE result = 'created'")
    assert made == taken > 0
    assert desk.page.locator("#nicht .count").count() == bool(told["Zeilen nicht übernommen"])

    desk.take_back()
    assert prints(folder) == before
    assert counted(folder, KEYS) == keys

    for again in (False, True):
        assert desk.upload(path) == "zeilen"
        desk.settle()
        told = desk.apply()
        assert sum(told.values()) == rows_of(path)
        assert (told["Zeilen neu angelegt"] == 0) == again
        assert counted(folder, "SELECT count(*) FROM projects_project") - projects == made


def get_template(desk: Desk, path: Path) -> None:  # noqa: ARG001
    page = desk.page
    page.goto(f"{desk.site.base}/projekte/")
    page.click("text=Importieren")
    page.click("text=Neuer Import >> nth=0")
    with page.expect_download() as download:
        page.click("text=Vorlage für Excel")
    assert download.value.suggested_filename.endswith(".xlsx")


def choose_file(desk: Desk, path: Path) -> None:
    assert desk.upload(path) == "spalten"


def map_columns(desk: Desk, path: Path) -> None:  # noqa: ARG001
    page = desk.page
    for at, field in enumerate(("partner_name", "title", "official_start", "project_volume", "partner_seat")):
        page.select_option(f"#feld-{at}", field)
    page.select_option("#standard-support_start", "{official_start}")
    page.check("input[name=standard-is_rdi][value=ja]")
    page.select_option("#standard-funding_state", "secured")
    page.click(".bar .kern-btn--primary")
    assert "Was heißt" in page.inner_text("[data-error-summary]")


def answer_questions(desk: Desk, path: Path) -> None:  # noqa: ARG001
    desk.page.locator("#frage-2 label", has_text="01.03.2021").click()
    desk.page.locator("#frage-3 label", has_text="1.200").click()


def keep_mapping(desk: Desk, path: Path) -> None:  # noqa: ARG001
    desk.page.fill("#name", "Liste der Kammer")
    desk.page.click(".bar .kern-btn--primary")
    desk.page.wait_for_url(re.compile(r"/zeilen/"))


def decide_similar(desk: Desk, path: Path) -> None:  # noqa: ARG001
    page, before = desk.page, desk.chip("Zu entscheiden")
    assert before == 1
    desk.choose(page.locator("#zeilen select[name^=akteur-]").first, 1)
    assert desk.chip("Zu entscheiden") == 0


def correct_cell(desk: Desk, path: Path) -> None:  # noqa: ARG001
    page = desk.page
    cell = page.locator("input[name^=zelle-]")
    assert "zwölftausend" in cell.input_value()
    cell.fill("12.000,00")
    page.locator("button", has_text="Berichtigen").click()
    page.wait_for_function("() => !document.querySelector('#zahlen').textContent.includes('Fehler')")


def leave_out(desk: Desk, path: Path) -> None:  # noqa: ARG001
    row = desk.page.locator(".review tbody tr", has_text="Prüfstand 4")
    row.locator("summary").click()
    row.locator("input[name^=grund-]").fill("kein Projekt des Clusters")
    row.locator("button[name=weglassen]").click()
    desk.page.wait_for_load_state()
    assert desk.chip("Weggelassen") == 1


def take_over(desk: Desk, path: Path) -> None:
    told = desk.apply()
    assert told["Zeilen neu angelegt"] == rows_of(path) - 1
    assert sum(told.values()) == rows_of(path)
    assert "kein Projekt des Clusters" in desk.page.inner_text("#nicht >> xpath=ancestor::section")
    volumes = "SELECT count(*) FROM projects_project WHERE title LIKE 'Prüfstand %' AND project_volume "
    assert counted(desk.site.folder, f"{volumes} IN (120000, 220000, 1200000)") == 3
    with desk.page.expect_download() as download:
        desk.page.click("text=Excel (XLSX)")
    assert download.value.suggested_filename.endswith("nicht-uebernommen.xlsx")


def take_back(desk: Desk, path: Path) -> None:  # noqa: ARG001
    desk.take_back()
    assert counted(desk.site.folder, "SELECT count(*) FROM projects_project WHERE title LIKE 'Prüfstand %'") == 0


def import_again(desk: Desk, path: Path) -> None:
    desk.upload(path)
    assert "Liste der Kammer" in desk.page.inner_text("main")


STEPS: dict[str, Callable[[Desk, Path], None]] = {
    "vorlage-herunterladen": get_template,
    "datei-waehlen": choose_file,
    "spalten-zuordnen": map_columns,
    "fragen-beantworten": answer_questions,
    "zuordnung-merken": keep_mapping,
    "aehnliche-entscheiden": decide_similar,
    "zelle-berichtigen": correct_cell,
    "zeile-weglassen": leave_out,
    "uebernehmen": take_over,
    "import-zuruecknehmen": take_back,
    "noch-einmal-importieren": import_again,
}


def test_every_step_of_the_chapter_is_done_here() -> None:
    assert STEP.findall(CHAPTER.read_text(encoding="utf-8")) == list(STEPS)


def test_a_third_layout_is_mapped_by_hand_step_by_step(desk: Desk, tmp_path: Path) -> None:
    path = efre.write(tmp_path, "kammer.csv", efre.third())
    for step in STEPS.values():
        step(desk, path)


def test_everything_works_without_script(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    desk = Desk(watched(context), own_site)
    page = desk.page
    own_site.sign_in(page, Role.CLUSTER_MANAGER)
    path = efre.write(tmp_path, "liste.csv", efre.first(6))
    assert desk.upload(path) == "zeilen"
    wrong = page.locator("input[name^=zelle-]")
    wrong.fill("28.02.2015")
    page.locator("button", has_text="Berichtigen").click()
    assert desk.chip("Fehler") == 0
    select = page.locator("#zeilen select[name^=akteur-]").first
    select.select_option(index=1)
    page.locator("button.kern-btn--secondary", has_text="Entscheidungen merken").click()
    assert desk.chip("Zu entscheiden") == 0
    page.locator("#leiste .kern-btn--primary").click()
    assert sum(desk.numbers().values()) == rows_of(path)
    page.locator("section button", has_text="Import zurücknehmen").click()
    assert "zurückgenommen" in page.inner_text("main")
    context.close()
