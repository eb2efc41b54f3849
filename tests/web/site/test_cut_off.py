"""The cut-off: a snapshot is taken from a page, and the page shows which numbers moved, by how much and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.accounts.roles import Role
from ewm.capture.projects.services import project_update, projects_create
from ewm.config import load_config
from ewm.errors import EwmError
from ewm.snapshot.home import LOCK, snapshot_folders
from ewm.snapshot.verify import verify_chain
from ewm.web.cutoff import freezing
from ewm.web.cutoff.freezing import Run, freeze, last_run
from ewm.web.cutoff.snapshots import before, listed
from tests.web.site.conftest import FOREIGN, project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from tests.web.site.conftest import World

CUT_OFF = date(2020, 12, 31)
NEW_PROJECTS = "/warum/P-01/?gruppe=new_project&wert=n"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots of their own for every test."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))


def taken(client: Client, year: int = 2020) -> str:
    """Take a snapshot on the page; returns its name."""
    answer = client.post(f"/stichtag/festhalten/?jahr={year}")
    assert answer.status_code == 302
    name: str = answer["Location"].removeprefix("/stichtag/").removesuffix("/")
    assert name.startswith(f"{year}-12-31_")
    return name


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_take_a_snapshot_and_see_the_numbers_move(manager: Client, world: World) -> None:
    first = taken(manager)
    volume: dict[str, Any] = {"project_volume": 1_000_000_00, "project_volume_regional": 400_000_00}
    projects_create(entries=[replace(project("P-9"), **volume)])
    project_update(entry=replace(project(world.project), title="Neuer Titel"), version=1)
    second = taken(manager)
    text = page(manager, f"/stichtag/{second}/")
    moved = text[text.index("Was sich bewegt hat") : text.index("Alle Zahlen")]
    assert f"gegenüber {first}" in moved
    assert "<strong>2</strong>" in moved
    assert ">+1</td>" in moved
    assert "1,0\N{NO-BREAK SPACE}Mio. Euro" in moved
    assert "Gezählt wird jedes neu initiierte Projekt einmal." in moved
    changes = text[text.index("Geänderte Einträge") :]
    assert "<ins>P-9 Vorhaben P-9</ins>" in changes
    assert "<del>Vorhaben P-1</del> <ins>Neuer Titel</ins>" in changes
    assert verify_chain(load_config().snapshots) == []


def test_nothing_changed_gives_the_same_snapshot_again(manager: Client, world: World) -> None:
    assert world.project
    assert taken(manager) == taken(manager)
    assert len(snapshot_folders(load_config().snapshots)) == 1


def test_the_first_snapshot_has_nothing_to_compare_with(manager: Client, world: World) -> None:
    assert world.project
    text = page(manager, f"/stichtag/{taken(manager)}/")
    assert "Alle Zahlen" in text
    assert "Was sich bewegt hat" not in text
    assert "davor" not in text


def test_changes_of_a_foreign_cluster_are_not_told(client_of: Callable[[str], Client], world: World) -> None:
    assert world.project
    manager, evaluator = client_of(Role.CLUSTER_MANAGER), client_of(Role.EVALUATOR)
    taken(manager)
    projects_create(entries=[project("P-8", FOREIGN)])
    name = taken(manager)
    assert "P-8" not in page(manager, f"/stichtag/{name}/")
    assert "Kein Eintrag in Ihrem Bereich hat sich geändert." in page(manager, f"/stichtag/{name}/")
    assert "<ins>P-8 Vorhaben P-8</ins>" in page(evaluator, f"/stichtag/{name}/")


def test_the_page_tells_what_is_open_and_lists_every_snapshot(manager: Client, world: World) -> None:
    assert world.project
    assert "Noch kein Datenstand" in page(manager, "/stichtag/?jahr=2020")
    name = taken(manager)
    text = page(manager, "/stichtag/")
    assert f'href="/stichtag/{name}/"' in text
    assert "Der Stichtag war am 31.12.2020." in text
    assert "unverändert" in text
    assert "Das hält den Datenstand nicht auf." in text


def test_a_snapshot_that_was_changed_is_shown_as_such_and_not_read(manager: Client, world: World) -> None:
    assert world.project
    name = taken(manager)
    victim = load_config().snapshots / name / "projects.parquet"
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    assert "verändert" in page(manager, "/stichtag/")
    text = page(manager, f"/stichtag/{name}/")
    assert "projects.parquet: Der Inhalt wurde verändert" in text
    assert "Alle Zahlen" not in text


def test_a_number_is_explained_sentence_by_sentence(manager: Client, world: World) -> None:
    assert world.project
    name = taken(manager)
    text = page(manager, f"/stichtag/{name}{NEW_PROJECTS}")
    assert "<h1>Warum 1?</h1>" in text
    assert "T-01 S2" in text
    for wrong in ("/warum/P-99/", "/warum/P-01/?wert=nichts", "/warum/P-01/?gruppe=nichts"):
        assert manager.get(f"/stichtag/{name}{wrong}").status_code == 404
    assert manager.get(f"/stichtag/2020-12-31_00000000{NEW_PROJECTS}").status_code == 404


def test_the_snapshot_before_is_of_the_same_cut_off_where_there_is_one(manager: Client, world: World) -> None:
    assert world.project
    of_2020, of_2019 = taken(manager), taken(manager, 2019)
    projects_create(entries=[project("P-9")])
    again = taken(manager)
    every = listed()
    assert [each.name for each in every] == [again, of_2019, of_2020]
    assert before(again, every) == every[2]
    assert before(of_2019, every) == every[2]
    assert before(of_2020, every) is None


def test_whoever_comes_while_a_run_goes_on_waits_for_it(manager: Client, world: World) -> None:
    assert world.project
    going_on = Run("1", "2020-12-31", freezing.RUNNING, timezone.now().isoformat())
    freezing._write(going_on)
    assert freeze(CUT_OFF) == going_on
    assert "wird gerade geschrieben" in page(manager, "/stichtag/stand/")
    assert manager.post("/stichtag/festhalten/")["Location"] == "/stichtag/"
    assert snapshot_folders(load_config().snapshots) == []


@pytest.mark.parametrize(("minutes", "goes_on"), [(29, True), (31, False)])
def test_a_run_that_never_ended_blocks_for_half_an_hour(
    manager: Client, world: World, minutes: int, *, goes_on: bool
) -> None:
    assert world.project
    began = timezone.now() - timedelta(minutes=minutes)
    freezing._write(Run("1", "2020-12-31", freezing.RUNNING, began.isoformat()))
    assert ("nicht zu Ende gekommen" not in page(manager, "/stichtag/stand/")) == goes_on
    assert (freeze(CUT_OFF).state == freezing.RUNNING) == goes_on


@pytest.mark.parametrize(
    ("error", "said"),
    [(EwmError("Ein Eintrag bricht eine Regel."), "Ein Eintrag bricht eine Regel."), (OSError("disk"), "Kennung ")],
)
def test_what_goes_wrong_stands_on_the_page(
    manager: Client, world: World, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    assert world.project

    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr(freezing, "snapshot_export", fail)
    assert manager.post("/stichtag/festhalten/")["Location"] == "/stichtag/"
    text = page(manager, "/stichtag/")
    assert "Der letzte Versuch hat nichts festgehalten" in text
    assert said in text
    assert "disk" not in text


def test_old_runs_are_swept_away(world: World) -> None:
    assert world.project
    for number in range(30):
        freezing._write(Run(f"{number:02}", "2020-12-31", freezing.DONE, timezone.now().isoformat()))
    freeze(CUT_OFF)
    kept = sorted((load_config().data / "freezing").glob("*.json"))
    assert len(kept) == 20
    assert json.loads(kept[-1].read_text())["state"] == freezing.DONE


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_thread_does_it(world: World) -> None:
    assert world.project
    run = freeze(CUT_OFF)
    for thread in freezing.running_threads():
        thread.join(60)
    ended = last_run()
    assert ended is not None
    assert ended.token == run.token
    assert ended.state == freezing.DONE, ended.message
    home = load_config().snapshots
    assert [folder.name for folder in snapshot_folders(home)] == [ended.snapshot]
    assert (home / LOCK).exists()
