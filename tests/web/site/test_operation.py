"""Whoever runs the site learns what happens, is warned in time, and reads nothing personal in a log."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.urls import reverse

from ewm.web import deployment, health, logs

if TYPE_CHECKING:
    from collections.abc import Callable

TYPED = "Erika Musterfrau"


@pytest.fixture
def lines() -> Callable[[], list[dict[str, Any]]]:
    """Write log lines as in production; returns them."""
    settings = logs.logging_settings("INFO")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter = dict(settings["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    handler.addFilter(logs.WithoutTyped())
    loggers = [logging.getLogger(name) for name in ("ewm", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)

    def read() -> list[dict[str, Any]]:
        for logger in loggers:
            logger.removeHandler(handler)
        return [json.loads(line) for line in written.getvalue().splitlines()]

    return read


def test_a_request_is_one_line_without_anything_personal(
    manager: Client, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = manager.get(reverse("start"), {"suche": TYPED})
    found = lines()
    (line,) = [each for each in found if each.get("event") == "request"]
    assert line["view"] == "start"
    assert line["status"] == 200
    assert isinstance(line["account"], int)
    assert line["request"] == answer[logs.HEADER]
    assert TYPED not in json.dumps(found, ensure_ascii=False)


def test_a_fault_is_logged_without_what_was_typed(
    client_of: Callable[[str], Client], lines: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("anonymous")
    client.raise_request_exception = False

    def broken(_: Any) -> Any:
        local = f"{TYPED}, a variable at the moment of the fault"
        raise RuntimeError(f"no such thing as {TYPED}") from ValueError(local)

    monkeypatch.setattr(health, "JsonResponse", broken)
    answer = client.get(reverse("live"), {"suche": TYPED})
    assert answer.status_code == 500
    text = json.dumps(lines(), ensure_ascii=False)
    assert "RuntimeError" in text
    assert "test_operation.py" in text, "where it arose"
    assert TYPED not in text


@pytest.mark.parametrize(("error", "told"), [(DatabaseError("x"), False), (OperationalError("locked"), True)])
def test_of_a_fault_only_the_words_of_programs_are_kept(
    error: Exception,
    told: bool,  # noqa: FBT001
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    try:
        raise error
    except DatabaseError:
        logging.getLogger("ewm.test").exception("broken")
    (line,) = [each for each in lines() if each.get("event") == "broken"]
    (fault,) = line["exception"]
    assert ("exc_value" in fault) is told
    assert fault["frames"]


@pytest.mark.django_db
def test_the_site_is_ready_where_every_part_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    client = Client()
    assert client.get(reverse("live")).json() == {"live": True}
    assert client.get(reverse("ready")).status_code == 200

    def down() -> bool:
        raise DatabaseError("connection to 10.0.0.7 refused")

    monkeypatch.setitem(health.CHECKS, "database", down)
    answer = client.get(reverse("ready"))
    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert b"10.0.0.7" not in answer.content


@pytest.mark.django_db
def test_a_data_folder_that_is_gone_is_not_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("EWM_DATA", str(tmp_path / "gone"))
    answer = Client().get(reverse("ready"))
    assert answer.status_code == 503
    assert answer.json()["data_folder"] is False


@pytest.mark.parametrize(
    ("version", "warned"), [((3, 6, 23), 0), ((3, 7, 0), 1), ((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0)]
)
def test_an_sqlite_with_the_fault_of_the_journal_is_warned_of(version: tuple[int, int, int], warned: int) -> None:
    assert len(deployment._sqlite(version)) == warned


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, []),
        ({"synchronous_commit": "off"}, ["ewm.E001"]),
        ({"synchronous_commit": "remote_apply"}, []),
        ({"fsync": "off"}, ["ewm.E003"]),
        ({"full_page_writes": "off"}, ["ewm.E004"]),
    ],
)
def test_a_postgresql_that_may_lose_what_it_acknowledged_is_refused(
    said: dict[str, str], refused: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cursor:
        asked = ""

        def __enter__(self) -> Cursor:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def execute(self, statement: str) -> None:
            self.asked = statement.removeprefix("SHOW ")

        def fetchone(self) -> tuple[str]:
            return (said.get(self.asked, "on"),)

    class Connection:
        vendor = "postgresql"

        def cursor(self) -> Cursor:
            return Cursor()

    monkeypatch.setattr(deployment, "connection", Connection())
    assert [each.id for each in deployment.durable(None)] == refused


def test_a_demonstration_is_no_deployment(settings: Any) -> None:
    settings.EWM_DEMO = True
    assert [each.id for each in deployment.no_demonstration(None)] == ["ewm.E002"]
    settings.EWM_DEMO = False
    assert deployment.no_demonstration(None) == []
