"""Layouts: read strictly from the programme, recognised by their headers, guessed where nobody knows them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.profiles import (
    FIELDS,
    Column,
    Profile,
    columns_of,
    header_row,
    placed_columns,
    propose,
    recognise,
)
from ewm.capture.imports.profiles.content import import_content, load_import_content
from ewm.capture.imports.profiles.options import OPTIONS
from ewm.capture.imports.reading import Row, Table
from ewm.capture.imports.reading.container import Kind
from ewm.capture.served import programme
from ewm.errors import ContentError

if TYPE_CHECKING:
    from ewm.programme import Programme


def table(*rows: tuple[object, ...]) -> Table:
    """Return a table of these rows, numbered from 1."""
    return Table(Kind.TEXT, "", (), tuple(Row(at, row) for at, row in enumerate(rows, 1)))  # type: ignore[arg-type]


@pytest.fixture
def content(tmp_path: Path) -> Programme:
    """The shipped programme with its import files in a folder that may be changed."""
    shipped = programme()
    shutil.copytree(shipped.path / "imports", tmp_path / "imports")
    shutil.copy(shipped.path / "imports.toml", tmp_path / "imports.toml")
    return replace(shipped, path=tmp_path)


def test_the_shipped_layouts_are_read(content: Programme) -> None:
    found = load_import_content(content)
    assert [each.id for each in found.profiles] == sorted(path.stem for path in (content.path / "imports").iterdir())
    assert len(found.profiles) >= 7
    for profile in found.profiles:
        needed = {name for name, field in FIELDS[profile.kind].items() if field.needed}
        told = {column.field for column in profile.columns} | set(profile.defaults)
        assert needed <= told, profile.id


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("cordis", 'kind = "projects"', 'kind = "project"', 'Zeile 5: "kind" fehlt oder ist keines'),
        ("cordis", 'label = "', 'titel = "', 'unbekannter Schlüssel "titel"'),
        ("cordis", 'field = "title"', 'field = "titel"', 'das Feld "titel" gibt es nicht. Gemeint "title"?'),
        ("cordis", 'per = "record"', 'per = "row"', '"per" ist keines von record'),
        ("cordis", "{zero =", "{null =", 'kennt die Angabe "null" nicht. Erlaubt: decimal, zero, per'),
        ("cordis", 'PRC = "company"', 'PRC = "firma"', '"firma" steht nicht in taxonomies/actor_type.yaml'),
        ("cordis", 'scheme = "vat"', 'scheme = "pic"', '"scheme" nennt kein Verzeichnis'),
        ("cordis", 'funding_state = "secured"', 'funding_state = "sure"', '"sure" steht nicht in taxonomies/fund'),
        ("cordis", "{official_start}", "{start}", 'nennt das Feld "start", das es nicht gibt'),
        ("cordis", 'values = ["11", "12"]', "values = 11", '"values" in [keep] ist keine Liste'),
        ("cordis", '[keep]\nfield', '[keep]\nfeld', 'in "keep" fehlt der Text "field"'),
        ("cordis", "[[columns]]", "[[columns]", "kein gültiges TOML"),
        ("foerderkatalog", 'occurrence = 2', 'occurrence = 0', '"occurrence" ist keine Zahl ab 1'),
        ("foerderkatalog", 'reason = "Buchung', 'grund = "Buchung', 'in "leave_out" ist "grund" unbekannt'),
        ("foerderkatalog", 'group_by = "group"', 'group_by = "verbund"', 'das Feld "verbund" gibt es nicht'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_key(content: Programme, file: str, old: str, new: str, told: str) -> None:
    path = content.path / "imports" / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_import_content(content)
    assert told in str(caught.value)
    assert f"imports/{file}.toml, Zeile " in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('ended = "finished"', 'ended = "done"', '"ended" nennt keinen Status'),
        ("chamber = [", "kammer = [", '"kammer" steht nicht in taxonomies/actor_type.yaml'),
        ('business_development = ["*wirtschaftsförder"]', "business_development = 1", "ist keine Liste der Form"),
        ("[statuses]", "[status]", 'unbekannter Schlüssel "status"'),
    ],
)
def test_what_is_wrong_for_all_is_told(content: Programme, old: str, new: str, told: str) -> None:
    path = content.path / "imports.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_import_content(content)
    assert told in str(caught.value)


def test_a_missing_file_is_told(content: Programme) -> None:
    (content.path / "imports.toml").unlink()
    with pytest.raises(ContentError, match=r"imports\.toml, Zeile 1: die Datei fehlt"):
        load_import_content(content)


@pytest.mark.parametrize(
    ("name", "actor_type"),
    [
        ("Musterwerk GmbH & Co. KG", "company"),
        ("Probe e. K.", "company"),
        ("Technische Hochschule Muster", "university"),
        ("Filmuniversität Muster", "university"),
        ("Fraunhofer-Institut für Proben", "research_institute"),
        ("Förderverein Probe e.V.", "association"),
        ("Industrie- und Handelskammer Muster", "chamber"),
        ("Landkreis Muster", "municipality"),
        ("Stadtwerke Muster", "other"),  # a word, not a part of one
        ("Wirtschaftsförderung Muster GmbH", "business_development"),
    ],
)
def test_a_name_tells_the_type(name: str, actor_type: str) -> None:
    assert import_content().type_of(name) == actor_type


LIST = Profile(
    id="liste",
    label="Liste",
    source="liste",
    kind=RecordKind.PROJECTS,
    columns=tuple(Column((name,), field) for name, field in (
        ("Titel", "title"), ("Unions-Kofinan-zierungssatz", "cofinancing"), ("Beginn des\nVorhabens", "official_start"),
        ("Ort", "partner_seat"), ("Ende", "official_end"),
    )),
)  # fmt: skip


def test_headers_are_compared_without_case_blanks_breaks_and_hyphens() -> None:
    headers = ("TITEL ", "Unions-Kofinanzierungs- satz", "Beginn  des Vorhabens", "ort", "Ende")
    recognised = recognise(table(headers), [LIST])
    assert recognised is not None
    assert recognised.share == 1


@pytest.mark.parametrize(("headers", "fits"), [(("Titel", "Ort", "Ende"), True), (("Titel", "Ort"), False)])
def test_three_of_five_columns_are_enough(headers: tuple[str, ...], fits: bool) -> None:  # noqa: FBT001
    assert (recognise(table(headers), [LIST]) is not None) == fits


def test_the_profile_that_says_more_is_taken() -> None:
    shorter = replace(LIST, id="kurz", columns=LIST.columns[:1])
    recognised = recognise(
        table(("Titel", "Unions-Kofinanzierungssatz", "Beginn des Vorhabens", "Ort", "Ende")), [shorter, LIST]
    )
    assert recognised is not None
    assert recognised.profile.id == "liste"


def test_columns_of_one_header_are_told_apart() -> None:
    profile = replace(LIST, columns=(Column(("Ort",), "partner_seat", 2), Column(("Ort",), "partner_municipality")))
    placed = placed_columns(columns_of(table(("Ort", "Titel", "Ort"))), profile)
    assert {index: column.field for index, column in placed.items()} == {0: "partner_municipality", 2: "partner_seat"}


def test_titles_above_a_table_are_no_header() -> None:
    made = table(
        ("Liste der Vorhaben", None, None),
        ("Stand: 30.09.2026", None, None),
        ("Titel", "Beginn", "Summe"),
        ("A", "Potsdam", "x"),
        ("B", 5, None),
    )
    assert header_row(made).number == 3
    assert [(each.index, each.letter, each.header, each.examples) for each in columns_of(made)] == [
        (0, "A", "Titel", ("A", "B")),
        (1, "B", "Beginn", ("Potsdam", "5")),
        (2, "C", "Summe", ("x",)),
    ]


def test_an_unknown_layout_is_guessed() -> None:
    headers = (
        "Lfd. Nr.", "Begünstigter", "Bezeichnung des Vorhabens", "Kurzbeschreibung", "Laufzeitbeginn", "Laufzeitende",
        "Förderfähige Gesamtkosten (EUR)", "Bewilligter Betrag", "Standort", "Farbe",
    )  # fmt: skip
    profile = propose(table(headers), RecordKind.PROJECTS)
    assert {column.headers[0]: column.field for column in profile.columns} == {
        "Begünstigter": "partner_name",
        "Bezeichnung des Vorhabens": "title",
        "Kurzbeschreibung": "description",
        "Laufzeitbeginn": "official_start",
        "Laufzeitende": "official_end",
        "Förderfähige Gesamtkosten (EUR)": "project_volume",
        "Bewilligter Betrag": "funding_volume",
        "Standort": "partner_seat",
        "Lfd. Nr.": "number",
    }
    assert profile.defaults == {"support_start": "{official_start}"}
    assert propose(table(headers), RecordKind.PROJECTS).source == profile.source
    assert propose(table(headers[1:]), RecordKind.PROJECTS).source != profile.source


@pytest.mark.parametrize(
    ("kind", "headers", "fields"),
    [
        (RecordKind.ACTORS, ("Name", "Typ", "Ort", "Bundesland"), ["name", "actor_type", "seat", "land"]),
        (RecordKind.ACTIVITIES, ("Veranstaltung", "Art", "Datum", "Partner"),
         ["title", "activity_kind", "activity_start", "partner_name"]),
        (RecordKind.PROJECTS, ("x", "y"), []),
    ],
)  # fmt: skip
def test_a_guess_for_each_kind(kind: RecordKind, headers: tuple[str, ...], fields: list[str]) -> None:
    assert [column.field for column in propose(table(headers), kind).columns] == fields


PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "importprofil.md"


def test_the_example_of_the_page_is_a_layout(content: Programme) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (content.path / "imports" / "musterstiftung.toml").write_text(example, encoding="utf-8")
    profile = next(each for each in load_import_content(content).profiles if each.id == "musterstiftung")
    assert (profile.group_by, profile.columns[4].occurrence, len(profile.columns)) == ("group", 2, 8)


def test_the_page_names_every_field_and_option() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = {name for fields in FIELDS.values() for name in fields} | {
        name for each in OPTIONS.values() for name in each
    }
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
