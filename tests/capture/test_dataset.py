"""All of capture in one file: complete, valid for others, of one moment, the same bytes, visible only when whole."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from ewm.capture.activities.services import activities_create
from ewm.capture.actors.entries import FormerName, FormerParent
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update, actors_create
from ewm.capture.base import Versioned
from ewm.capture.dataset import Form, Scope, dataset_write, form_of
from ewm.capture.dataset.tables import CLUSTERS, RECORDS, TERMS
from ewm.capture.editorial.services import macro_values_create, notes_create, stories_create, texts_create
from ewm.capture.imports.reading import read_table
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update, projects_create
from ewm.cells import SIGNS, restored
from ewm.errors import EwmError, RefusedError
from tests.capture import entries
from tests.support.packages import described, problems
from tests.support.pixels import png

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("everything")
NOT_RECORDS = {
    "ActorMerge", "ActorsApart",  # how actors became one
    "PictureContent",  # bytes: files beside the tables
    "Question", "Contribution", "HintConfirmation", "Comment",  # what is said about records, with accounts
}  # fmt: skip
"""Tables of capture that no dataset holds, each with its reason."""


@pytest.fixture
def everything(records: None) -> None:  # noqa: ARG001
    """Two of every kind, one of each in a foreign cluster, and an actor of which only the foreign one knows."""
    above, below = entries.actor("A-0", clusters=()), entries.actor("A-3", parent="A-0", clusters=())
    past = (FormerParent(parent=None, parent_to=date(2019, 12, 31)),)
    named = (FormerName(name="Alt", name_to=date(2018, 12, 31)),)
    actors_create(entries=[above, replace(below, former_parents=past, former_names=named)])
    foreign = entries.project(
        "P-2", cluster="optics", supporting_clusters=(), assignments=(), participations=partner("A-3")
    )
    projects_create(entries=[foreign])
    activities_create(entries=[entries.activity("S-2", cluster="optics", assignments=(), participations=())])
    stories_create(entries=[entries.story(pictures=(entries.image(),))])
    macro_values_create(entries=[entries.macro(), entries.macro(cluster="optics")])
    texts_create(entries=[entries.passage()])
    notes_create(entries=[entries.note(), entries.note(cluster="optics")])


def partner(code: str) -> Any:
    return (replace(entries.project().participations[0], actor=code),)


def package(folder: Path, scope: Scope | None = None) -> Path:
    """The dataset as a data package."""
    path = folder / "dataset.zip"
    dataset_write(path, Form.DATAPACKAGE, scope or Scope(notes=None))
    return path


def rows(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of a package."""
    with zipfile.ZipFile(path) as packed:
        return list(csv.DictReader(io.StringIO(packed.read(f"data/{name}.csv").decode(), newline="")))


def codes(path: Path, name: str, column: str = "code") -> list[str]:
    return [row[column] for row in rows(path, name)]


def test_every_table_of_capture_is_in_it_or_has_a_reason() -> None:
    tables = {
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Versioned) and not model._meta.app_label.startswith("imports")
    }
    held = {table.model.__name__ for table in (*RECORDS, CLUSTERS, TERMS)}
    assert held | NOT_RECORDS == tables
    assert held & NOT_RECORDS == set()


def test_every_column_of_a_record_is_in_it() -> None:
    """Ids and versions are the database's own; everything else that a table holds is exported."""
    missing = {
        f"{table.name}.{field.name}"
        for table in RECORDS
        for field in table.model._meta.concrete_fields
        if field.name not in {"id", "version", *table.fields}
    }
    assert missing == set()


def test_every_row_is_in_it(tmp_path: Path) -> None:
    path = package(tmp_path)
    for table in RECORDS:
        assert len(rows(path, table.name)) == table.model.objects.count() > 0, table.name


def test_values_are_those_of_the_records(tmp_path: Path) -> None:
    path = package(tmp_path)
    first = rows(path, "projects")[0]
    assert (first["code"], first["cluster"], first["title"]) == ("P-1", "metal", "Vorhaben P-1")
    assert (first["project_volume"], first["support_start"], first["is_rdi"]) == ("100000.00", "2020-03-01", "true")
    assert (first["funding_state"], first["description"], first["withdrawn"]) == ("secured", "", "false")
    assert rows(path, "project_funding")[0] == {
        "project": "P-1", "granting_body": "state", "funds_origin": "eu", "programme": "voucher", "amount": "40000.00",
    }  # fmt: skip
    assert rows(path, "actors")[3]["parent"] == "A-0"
    assert rows(path, "actor_former_parents") == [{"actor": "A-3", "parent": "", "parent_to": "2019-12-31"}]
    assert rows(path, "success_stories")[0]["project"] == "P-1"
    assert rows(path, "macro_values")[0]["value"] == "1762"


def test_others_find_nothing_wrong_in_it(tmp_path: Path) -> None:
    path = package(tmp_path)
    assert problems(path) == []
    resources = {each["name"]: each for each in described(path)["resources"]}
    fields = {field["name"]: field for field in resources["projects"]["schema"]["fields"]}
    assert fields["project_volume"] | {"description": ""} == {
        "name": "project_volume", "type": "number", "unit": "EUR", "title": "Projektvolumen in Euro", "description": "",
        "constraints": {"minimum": "0.00"},
    }  # fmt: skip
    assert fields["code"]["constraints"] == {"required": True, "maxLength": 41, "unique": True}
    assert resources["projects"]["schema"]["primaryKey"] == ["code"]
    keys = resources["project_participations"]["schema"]["foreignKeys"]
    assert {"fields": ["actor"], "reference": {"resource": "actors", "fields": ["code"]}} in keys
    years = {field["name"]: field for field in resources["macro_values"]["schema"]["fields"]}["period"]
    assert (years["type"], years["constraints"]["minimum"], years["constraints"]["maximum"]) == ("integer", 2000, 2100)


def test_the_check_of_others_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = {
        "ForeignKey Error": (b"P-1,A-1,lead", b"P-1,A-9,lead"),
        "PrimaryKey Error": (b"S-1,A-1,partner", b"S-1,A-1,partner\r\nS-1,A-1,partner"),
        "Constraint Error": (b"100000.00", b"-100000.00"),
        "Type Error": (b"2020-03-01", b"01.03.2020"),
        "Hash Count Error": (b"Unternehmensregister", b"Unternehmensregistex"),
    }
    path, broken = package(tmp_path), tmp_path / "broken.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for old, new in wrong.values():
                content = content.replace(old, new)
            target.writestr(name, content)
    found = "\n".join(problems(broken))
    assert {title for title in wrong if title not in found} == set()


def test_terms_are_those_that_occur_with_what_is_above_them(tmp_path: Path) -> None:
    terms = codes(package(tmp_path), "terms", "term_id")
    assert {"secured", "voucher", "wide-technical", "wide", "metal-2014-a", "lead"} <= set(terms)
    assert "refused" not in terms
    assert len(terms) < TERMS.model.objects.count()


def test_pictures_lie_beside_the_tables(tmp_path: Path) -> None:
    path = package(tmp_path)
    (picture,) = rows(path, "story_pictures")
    with zipfile.ZipFile(path) as packed:
        assert packed.read(f"files/picture-{picture['picture']}.png") == png()
    dataset_write(tmp_path / "csv.zip", Form.CSV, Scope())
    with zipfile.ZipFile(tmp_path / "csv.zip") as packed:
        assert packed.read(f"picture-{picture['picture']}.png") == png()
        assert packed.read("projects.csv").decode("utf-8-sig").startswith("Kennung;Heimatcluster;Titel;")


def test_notes_are_given_only_where_asked_for(tmp_path: Path) -> None:
    assert len(rows(package(tmp_path), "interview_notes")) == 2
    some = package(tmp_path, Scope(notes=frozenset({"optics"})))
    assert codes(some, "interview_notes", "cluster") == ["optics"]
    with zipfile.ZipFile(package(tmp_path, Scope())) as packed:
        assert "data/interview_notes.csv" not in packed.namelist()
        assert b"Alles digital" not in b"".join(map(packed.read, packed.namelist()))


def test_of_a_cluster_there_is_what_belongs_to_it(tmp_path: Path) -> None:
    optics = package(tmp_path, Scope(frozenset({"optics"})))
    assert codes(optics, "projects") == ["P-1", "P-2"], "it supports the first"
    assert codes(optics, "activities") == ["S-2"]
    assert codes(optics, "actors") == ["A-1", "A-2", "A-0", "A-3"]
    assert codes(optics, "success_stories") == []
    assert codes(optics, "macro_values", "cluster") == ["optics"]
    assert problems(optics) == []
    metal = package(tmp_path, Scope(frozenset({"metal"})))
    assert codes(metal, "projects") == ["P-1"]
    assert set(codes(metal, "project_participations", "project")) == {"P-1"}
    assert codes(metal, "actors") == ["A-1", "A-2"]
    assert codes(metal, "actor_former_names", "actor") == []


def test_an_earlier_state_of_knowledge_is_what_was_known_then(tmp_path: Path) -> None:
    then = timezone.now()
    before = package(tmp_path).read_bytes()
    stored = Project.objects.get(code="P-1")
    project_update(entry=entries.project(title="Neuer Titel"), version=stored.version, reason="Umbenannt")
    projects_create(entries=[entries.project("P-9", recorded_at=None)])
    assert codes(package(tmp_path), "projects") == ["P-1", "P-2", "P-9"]
    assert codes(package(tmp_path), "projects", "title")[0] == "Neuer Titel"
    past = package(tmp_path, Scope(notes=None, as_of=then))
    assert codes(past, "projects") == ["P-1", "P-2"]
    with zipfile.ZipFile(past) as known, zipfile.ZipFile(io.BytesIO(before)) as was:
        tables = [name for name in was.namelist() if name.startswith("data/")]
        assert {name: known.read(name) for name in tables} == {name: was.read(name) for name in tables}
    with pytest.raises(RefusedError, match="as_of_in_future"):
        package(tmp_path, Scope(as_of=timezone.now() + timedelta(minutes=1)))


@pytest.mark.parametrize("form", list(Form))
def test_the_same_data_give_the_same_bytes_whenever(tmp_path: Path, form: Form, monkeypatch: Any) -> None:
    def bytes_at(second: float) -> bytes:
        with monkeypatch.context() as later:
            later.setattr("time.time", lambda: second)
            dataset_write(tmp_path / "x", form, Scope(notes=None))
        return (tmp_path / "x").read_bytes()

    assert bytes_at(1_700_000_000) == bytes_at(1_795_000_000)


@pytest.mark.parametrize("form", list(Form))
def test_nothing_half_written_is_ever_visible(tmp_path: Path, form: Form, monkeypatch: Any) -> None:
    path = tmp_path / "dataset"
    path.write_bytes(b"before")

    class StoppedError(Exception):
        """In the middle."""

    def stop(text: str, done: int, of: int) -> None:
        assert path.read_bytes() == b"before"
        assert of > 20
        if text == "project_participations":
            assert done > 5
            raise StoppedError

    with pytest.raises(StoppedError):
        dataset_write(path, form, Scope(), stop)
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["dataset"]
    monkeypatch.undo()
    written = dataset_write(path, form, Scope())
    assert zipfile.is_zipfile(path)
    assert written.rows["project_participations"] == 3


def test_every_hostile_text_comes_back_from_every_format(tmp_path: Path) -> None:
    texts = [f"{sign}cmd|' /C calc'!A0" for sign in SIGNS if sign.strip()] + ["a\tb", "'=1", "Zeile\nZwei", '="A";B']
    actors_create(entries=[entries.actor(f"X-{place:02d}", name=text) for place, text in enumerate(texts)])
    for form in (Form.XLSX, Form.ODS):
        path = tmp_path / f"all.{form}"
        dataset_write(path, form, Scope())
        found = {row.cells[0]: str(row.cells[1]) for row in read_table(path, sheet="Akteure").rows}
        assert [restored(found[f"X-{place:02d}"]) for place in range(len(texts))] == texts
    for form, member, delimiter in ((Form.CSV, "actors.csv", ";"), (Form.DATAPACKAGE, "data/actors.csv", ",")):
        dataset_write(tmp_path / "all.zip", form, Scope())
        with zipfile.ZipFile(tmp_path / "all.zip") as packed:
            (tmp_path / "actors.csv").write_bytes(packed.read(member))
        found = {row.cells[0]: str(row.cells[1]) for row in read_table(tmp_path / "actors.csv").rows}
        assert [restored(found[f"X-{place:02d}"]) for place in range(len(texts))] == texts, delimiter


def test_a_merged_actor_names_the_one_it_went_up_in(tmp_path: Path) -> None:
    gone = Actor.objects.get(code="A-3")
    Actor.objects.filter(pk=gone.pk).update(merged_into=Actor.objects.get(code="A-1"))
    path = package(tmp_path)
    assert {row["code"]: row["merged_into"] for row in rows(path, "actors")}["A-3"] == "A-1"
    stored = Actor.objects.get(code="A-1")
    actor_update(entry=entries.actor("A-1", name="Werk Eins"), version=stored.version, reason="Name")
    assert codes(package(tmp_path), "actors", "name")[0] == "Werk Eins"


def test_what_cannot_be_written_says_why(tmp_path: Path, monkeypatch: Any) -> None:
    with pytest.raises(RefusedError, match="cluster_known"):
        package(tmp_path, Scope(frozenset({"unbekannt"})))
    monkeypatch.setattr("ewm.capture.lists.export.xlsx.MOST_ROWS", 3)
    with pytest.raises(EwmError, match="mehr als 2 Zeilen, so viele fasst XLSX nicht"):
        dataset_write(tmp_path / "x.xlsx", Form.XLSX, Scope())
    assert list(tmp_path.iterdir()) == []


def test_the_format_follows_from_the_ending_where_that_tells(tmp_path: Path) -> None:
    assert form_of(tmp_path / "a.xlsx", None) is Form.XLSX
    assert form_of(tmp_path / "a.ods", "csv") is Form.CSV
    for name, form in (("a.zip", None), ("a", None), ("a.xlsx", "pdf")):
        with pytest.raises(EwmError, match="Möglich sind xlsx, ods, csv, datapackage"):
            form_of(tmp_path / name, form)


def test_no_account_and_no_history_is_in_it() -> None:
    words = {"account", "konto", "email", "user", "history", "reason"}
    names = {name for table in RECORDS for name in table.fields}
    assert {name for name in names if any(word in name for word in words)} == set()
    related = {
        field.related_model._meta.label
        for table in RECORDS
        for field in table.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    assert not any("account" in label.lower() for label in related)
