"""The data package of a list: one table with its schema, valid for others, and what was filtered as its description."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.lists.cells import restored
from ewm.capture.projects.services import projects_create
from tests.support.packages import described, problems
from tests.web.site.conftest import project
from tests.web.site.lists.conftest import get

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.usefixtures("projects")


def package(client: Client, folder: Path, query: str, kind: str = "projects") -> Path:
    """The package of a list as a file."""
    answer: Any = client.get(reverse(f"{kind}:export", args=["datapackage"]) + query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert re.search(r'filename="projects-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"]) or kind != "projects"
    path = folder / "list.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def rows(path: Path, name: str = "projects") -> list[dict[str, str]]:
    """The rows of a table in a package."""
    with zipfile.ZipFile(path) as packed:
        return list(csv.DictReader(io.StringIO(packed.read(f"data/{name}.csv").decode(), newline="")))


@pytest.mark.parametrize("kind", ["projects", "activities", "actors"])
def test_others_find_nothing_wrong(manager: Client, tmp_path: Path, kind: str) -> None:
    path = package(manager, tmp_path, "?ansicht=alle&alle_spalten=ja", kind)
    assert problems(path) == []
    (resource,) = described(path)["resources"]
    assert resource["schema"]["primaryKey"] == ["kennung"]
    assert len(resource["schema"]["fields"]) > 5


def test_it_holds_the_rows_typed_and_says_how_they_were_filtered(manager: Client, tmp_path: Path) -> None:
    path = package(manager, tmp_path, "?beginn=2020&sortierung=-volumen")
    said = described(path)
    (resource,) = said["resources"]
    assert resource["description"].startswith("Cluster: Metall; Filter Beginn: 2020; Datenstand: ")
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert (fields["volumen"]["type"], fields["volumen"]["unit"]) == ("number", "EUR")
    assert fields["volumen"]["title"] == "Projektvolumen in Euro"
    assert (fields["beginn"]["type"], fields["volumen_geschaetzt"]["type"]) == ("date", "boolean")
    first, second = rows(path)
    assert (first["titel"], first["volumen"], first["volumen_geschaetzt"]) == ("Ätzen von Blech", "1000000.00", "true")
    assert (second["volumen"], second["beginn"]) == ("999999.99", "2020-03-02")
    assert said["sources"][0]["title"].startswith("Innovationsstrategie")


def test_licence_and_publisher_are_the_operators(manager: Client, tmp_path: Path, settings: Any) -> None:
    assert "licenses" not in described(package(manager, tmp_path, "?ansicht=alle"))
    file = tmp_path / "operator.toml"
    file.write_text(
        '[operator]\nname = "Amt für Beispiele"\n[data]\nlicence = "DL-DE-BY-2.0"\nlicence_url = "https://x.invalid/by"',
        encoding="utf-8",
    )
    settings.EWM_OPERATOR = str(file)
    path = package(manager, tmp_path, "?ansicht=alle")
    said = described(path)
    assert said["licenses"] == [{"name": "DL-DE-BY-2.0", "path": "https://x.invalid/by"}]
    assert said["contributors"] == [{"title": "Amt für Beispiele", "roles": ["publisher"]}]
    assert problems(path) == []


def test_hostile_texts_are_neutral_and_the_check_of_others_can_fail(manager: Client, tmp_path: Path) -> None:
    hostile = ("=1+1", "-2", "@x", "\ta", 'mit "Anführung", Komma', "Zeile\nZwei", "'=x")
    projects_create(entries=[replace(project(f"X-{place}"), title=text) for place, text in enumerate(hostile)])
    path = package(manager, tmp_path, "?suche=X-&sortierung=kennung")
    assert problems(path) == []
    titles = [row["titel"] for row in rows(path)]
    assert [title for title in titles if title[0] in "=+-@\t"] == []
    assert [restored(title) for title in titles] == list(hostile)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"2020-03-02", b"02.03.2020"))
    assert problems(broken) != []


def test_the_menu_of_a_list_offers_it(manager: Client) -> None:
    page = get(manager, "?ansicht=alle")
    assert f'formaction="{reverse("projects:export", args=["datapackage"])}"' in page.html
