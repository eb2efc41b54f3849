"""Files in the layouts of the programme become the records that they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.finding import find
from ewm.capture.imports.found import Found, RecordKind
from ewm.capture.imports.profiles import Column, Profile, recognise
from ewm.capture.imports.profiles.content import import_content
from ewm.capture.imports.reading import read_table
from ewm.capture.imports.values import questions
from tests.capture.imports import layouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ewm.capture.imports.reading import Table
    from ewm.programme import Programme

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("innobb")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Table]:
    """Reads content as a table."""

    def reading(content: bytes) -> Table:
        path = tmp_path / "datei"
        path.write_bytes(content)
        return read_table(path)

    return reading


def found_in(table: Table, expected: str) -> list[Found]:
    """Return what is found by the recognised profile, which must be the expected one, without a question."""
    recognised = recognise(table, import_content().profiles)
    assert recognised is not None
    assert (recognised.profile.id, recognised.share, questions(table, recognised.profile)) == (expected, 1.0, [])
    found = find(table, recognised.profile, today=TODAY)
    assert sorted(number for each in found for number in each.rows) == [row.number for row in table.rows[1:]]
    assert len({each.key for each in found}) == len(found)
    return found


@pytest.mark.parametrize("header", [layouts.OLD_CATALOGUE, layouts.NEW_CATALOGUE])
def test_federal_catalogue(read: Callable[[bytes], Table], header: str) -> None:
    joint, alone, abroad, *booked = found_in(read(layouts.catalogue(header)), "foerderkatalog")
    assert joint.rows == (2, 3, 4)
    assert [(each.actor.name, each.role, each.row) for each in joint.partners] == [
        ("Musterwerk Probe GmbH", "lead", 2),
        ("Universität Musterstadt", "partner", 3),  # the faculty begins with its name
        ("Muster-Institut für Fügetechnik", "partner", 4),  # an institute has its own
    ]
    first, second = joint.partners[0].actor, joint.partners[1].actor
    assert (first.country, first.land, first.district, first.municipality) == ("DE", "12", "12065", "Hennigsdorf")
    assert (second.land, second.district, second.municipality) == ("11", "11000", "Berlin")
    assert [each.actor.actor_type for each in joint.partners] == ["company", "university", "other"]
    values = joint.values
    assert values["title"] == "Leichte Bleche - LEIBLE"
    assert (values["official_start"], values["official_end"]) == ("2020-03-01", "2023-03-31")
    # The third grant is not disclosed (0,00): the sum of the others is a part, told as an estimate.
    assert (values["funding_volume"], values["funding_volume_estimated"]) == (79363950, True)
    assert "project_volume" not in values
    assert values["funding"] == [
        {"granting_body": "federal", "funds_origin": "federal", "programme": None, "amount": 79363950}
    ]
    assert values["status_events"] == [
        {"status_from": "2020-03-01", "status": "running"},
        {"status_from": "2023-04-01", "status": "finished"},
    ]
    assert (alone.key, alone.values["title"]) == ("01XX0002", "Kühlung ohne Wasser")
    assert alone.values["status_events"] == [{"status_from": "2027-07-15", "status": "approved"}]
    assert "funding_volume_estimated" not in alone.values
    lyon = abroad.partners[0].actor
    assert (lyon.country, lyon.land, lyon.district) == ("FR", None, None)
    assert [each.left_out[:34] for each in booked] == ["Buchung des Fördergebers, kein Vor"] * 2
    assert not any(each.problems for each in (joint, alone, abroad, *booked))


def test_efre_of_brandenburg(read: Callable[[bytes], Table]) -> None:
    stand, sheets, again, state = found_in(read(layouts.BRANDENBURG), "efre-brandenburg-2014")
    assert again.key == f"{sheets.key}#2"  # the same beneficiary, title and day, another sum
    assert stand.values == {
        "title": 'Gemeinschaftsstand "Probe 2015"',
        "is_rdi": False,
        "funding_state": "secured",
        "support_start": "2014-05-20",
        "official_start": "2014-05-20",
        "project_volume": 10269105,
        "funding_volume": 8215284,
        "funding_volume_estimated": True,
        "funding": [{"granting_body": "state", "funds_origin": "eu", "programme": None, "amount": 8215284}],
        "status_events": [{"status_from": "2014-05-20", "status": "running"}],
    }
    assert sheets.values["is_rdi"] is True
    seats = [
        (a.land, a.district, a.municipality) for each in (stand, sheets, again, state) for a in [each.partners[0].actor]
    ]
    assert seats == [
        ("12", "12065", "Hennigsdorf"),
        ("12", "12052", "Cottbus"),
        ("12", "12052", "Cottbus"),  # carried out in Nauen: of one organisation's places the most exact one is its seat
        ("12", None, None),
    ]
    assert not any(each.problems for each in (stand, sheets, again, state))


def test_efre_of_brandenburg_knows_only_years_before(read: Callable[[bytes], Table]) -> None:
    ended, open_ = found_in(read(layouts.OLD_BRANDENBURG), "efre-brandenburg-2007")
    assert (ended.values["support_start"], ended.values["support_end"]) == ("2009-01-01", "2012-12-31")
    assert (ended.values["funding_volume"], "official_start" in ended.values) == (125_000_000, False)
    assert ended.values["status_events"][-1] == {"status_from": "2013-01-01", "status": "finished"}  # type: ignore[index]
    assert "support_end" not in open_.values


def test_efre_of_bavaria(read: Callable[[bytes], Table]) -> None:
    wider, transfer = found_in(read(layouts.BAVARIA), "efre-bayern-2014")
    assert wider.rows == (2,)
    assert transfer.rows == (4,)  # a cell of the row before goes over two lines
    assert (wider.values["project_volume"], wider.values["funding_volume"]) == (45_900_000, 11_475_000)
    actor = wider.partners[0].actor
    assert (actor.land, actor.district, actor.municipality) == ("09", None, "Musterkirchen, Niederbay")
    assert (transfer.values["is_rdi"], transfer.partners[0].actor.land) == (True, "09")


def test_efre_of_berlin_writes_a_dot_before_the_cents(read: Callable[[bytes], Table]) -> None:
    lenses, fund = found_in(read(layouts.BERLIN), "efre-berlin-2014")
    assert (lenses.values["project_volume"], fund.values["project_volume"]) == (4_953_441_862, 120_000_050)
    assert lenses.values["funding_volume"] == 2_476_720_931
    assert lenses.partners[0].actor.land == "11"


def test_kohesio_keeps_what_lies_in_the_region(read: Callable[[bytes], Table]) -> None:
    here, there = found_in(read(layouts.KOHESIO), "kohesio")
    assert (here.key, here.values["official_start"], here.left_out) == ("Q1", "2016-04-03", "")
    assert (here.values["project_volume"], here.values["funding_volume"]) == (10_000_000, 5_000_000)
    assert there.left_out == "Das Vorhaben liegt weder in Berlin noch in Brandenburg."


def test_cordis(read: Callable[[bytes], Table]) -> None:
    light, far, broken, nobody = found_in(read(layouts.cordis()), "cordis")
    assert light.values["title"] == 'LEIBLE: "Light" sheets for all'
    # Every organisation's row repeats the project's sums: they count once.
    assert (light.values["project_volume"], light.values["funding_volume"]) == (399_999_950, 250_000_000)
    assert [
        (each.actor.name, each.actor.actor_type, each.actor.country, each.actor.district, each.role)
        for each in light.partners
    ] == [
        ("LYON METAL SA", "company", "FR", None, "lead"),
        ("UNIVERSITÄT MUSTERSTADT", "university", "DE", "12052", "partner"),
        ("ATHEN DIGITAL", "company", "GR", None, "associated"),
    ]
    # Of VAT numbers only those with fitting check digits are taken over.
    assert [each.actor.identifiers for each in light.partners] == [(), (("vat", "DE136695976"),), ()]
    assert (far.left_out, nobody.left_out) == ("Kein Partner mit Sitz in Berlin oder Brandenburg.",) * 2
    assert far.values["title"] == 'WEIT: "Far" away'
    assert broken.values["status_events"] == [
        {"status_from": "2020-01-01", "status": "running"},
        {"status_from": "2022-07-01", "status": "aborted"},
    ]
    assert broken.partners[0].actor.actor_type == "municipality"
    assert not any(each.problems for each in (light, far, broken, nobody))


PROJECTS = Profile(
    id="p",
    label="Liste",
    source="liste",
    kind=RecordKind.PROJECTS,
    columns=(
        Column(("Titel",), "title"),
        Column(("Beginn",), "support_start"),
        Column(("Summe",), "project_volume"),
        Column(("FuE",), "is_rdi"),
        Column(("Förderung",), "funding_state"),
        Column(("Begriffe",), "terms"),
    ),
)


def test_a_problem_names_row_column_and_way_out(read: Callable[[bytes], Table]) -> None:
    table = read("Titel;Beginn;Summe;FuE;Förderung\nA;31.02.2020;zwölf;vielleicht;gesichrt\n".encode())
    (found,) = find(table, PROJECTS, today=TODAY)
    told = {each.field: each for each in found.problems}
    assert {each.row for each in found.problems} == {2}
    assert told["support_start"].column == "B, Beginn"
    assert told["support_start"].value == "31.02.2020"
    assert "TT.MM.JJJJ" in told["support_start"].message
    assert "kein Betrag" in told["project_volume"].message
    assert "weder ja noch nein" in told["is_rdi"].message
    assert "Möglich: angestrebt, keine öffentliche Förderung, sichergestellt" in told["funding_state"].message
    assert len(told) == 4


def test_what_is_missing_is_told_once(read: Callable[[bytes], Table]) -> None:
    table = read("Titel;Beginn;Summe;FuE;Förderung\n;01.02.2020;5;ja;\nB;;5;ja;angestrebt\n".encode())
    without_title, without_day = find(table, PROJECTS, today=TODAY)
    assert without_title.left_out
    assert [(each.field, each.column) for each in without_day.problems] == [("support_start", "B, Beginn")]


def test_a_corrected_cell_is_read_again(read: Callable[[bytes], Table]) -> None:
    table = read("Titel;Beginn;Summe;FuE;Förderung\nA;31.02.2020;4.000,00;ja;angestrebt\n".encode())
    (wrong,) = find(table, PROJECTS, today=TODAY)
    (right,) = find(table, PROJECTS, corrections={(2, 1): "29.02.2020", (2, 2): "5.000,50"}, today=TODAY)
    assert (len(wrong.problems), right.problems) == (1, ())
    assert (right.values["support_start"], right.values["project_volume"]) == ("2020-02-29", 500_050)


def test_an_ambiguous_column_is_asked_once_and_read_by_the_answer(read: Callable[[bytes], Table]) -> None:
    table = read(
        "Titel;Beginn;Summe;FuE;Förderung\nA;03/04/2020;1.234;ja;secured\nB;05/06/2020;5.678;ja;secured\n".encode()
    )
    asked = questions(table, PROJECTS)
    assert [(each.column, each.header, each.example, each.readings) for each in asked] == [
        (1, "Beginn", "03/04/2020", (("dmy", "03.04.2020"), ("mdy", "04.03.2020"))),
        (2, "Summe", "1.234", ((",", "1.234,00 Euro"), (".", "1,23 Euro"))),
    ]
    values = [each.values for each in find(table, PROJECTS, {"1": "mdy", "2": "."}, today=TODAY)]
    assert [(each["support_start"], each["project_volume"]) for each in values] == [
        ("2020-03-04", 123),
        ("2020-05-06", 568),
    ]


@pytest.mark.parametrize(
    ("summe", "asked"),
    [("1.234", True), ("1234", False), ("1.234,00", False), ("1.234.567", False), ("12.34", False), ("0.123", False)],
)
def test_only_what_has_two_meanings_is_asked(read: Callable[[bytes], Table], summe: str, asked: bool) -> None:  # noqa: FBT001
    table = read(f"Titel;Beginn;Summe;FuE;Förderung\nA;20/04/2020;{summe};ja;secured\n".encode())
    assert bool(questions(table, PROJECTS)) == asked


def test_terms_by_id_and_label_and_those_of_the_cluster(read: Callable[[bytes], Table], innobb: Programme) -> None:
    focus = next(term for term in innobb.taxonomy("focus_topic") if not term.parent_id)
    fields = [term for term in innobb.taxonomy("action_field") if term.cluster_id == "metall"]
    label = fields[0].label_de
    same = [term for term in fields if term.label_de == label]
    table = read(
        "Titel;Beginn;Summe;FuE;Förderung;Begriffe\n"
        f"A;01.02.2019;5;ja;secured;{label}\nB;01.02.2022;5;ja;secured;{label}\nC;01.02.2022;5;ja;secured;{focus.term_id}\n".encode()
    )
    found = find(table, PROJECTS, cluster="metall", today=TODAY)
    assert len(same) == 2
    assert [each.values.get("assignments") for each in found[:2]] == [
        [{"term": term.term_id, "is_main": False}] for term in same
    ]


def test_actors_and_activities(read: Callable[[bytes], Table]) -> None:
    actors = Profile(
        id="a",
        label="Akteure",
        source="akteure",
        kind=RecordKind.ACTORS,
        columns=(
            Column(("Name",), "name"),
            Column(("Ort",), "seat"),
            Column(("USt",), "identifier", options={"scheme": "vat"}),
            Column(("Größe",), "size_class"),
            Column(("gehört zu",), "parent"),
        ),
        defaults={"size_from": "2020-01-01"},
    )
    table = read(
        "Name;Ort;USt;Größe;gehört zu\nProbe GmbH;12065136;DE 136695976;1 bis 9 Beschäftigte;A-0001\n".encode()
    )
    (actor,) = find(table, actors, today=TODAY)
    assert actor.values == {
        "name": "Probe GmbH",
        "actor_type": "company",
        "country": "DE",
        "land": "12",
        "district": "12065",
        "municipality": "Hennigsdorf",
        "identifiers": [{"scheme": "vat", "identifier": "DE136695976"}],
        "sizes": [{"size_class": "micro", "size_from": "2020-01-01"}],
        "parent": {"code": "A-0001"},
    }
    activities = Profile(
        id="v",
        label="Veranstaltungen",
        source="v",
        kind=RecordKind.ACTIVITIES,
        group_by="title",
        columns=(
            Column(("Was",), "title"),
            Column(("Art",), "activity_kind"),
            Column(("Tag",), "activity_start"),
            Column(("Wer",), "partner_name"),
            Column(("federführend",), "is_lead"),
        ),
    )
    table = read(
        "Was;Art;Tag;Wer;federführend\nTreffen;Workshop;20. April 2020;Probe GmbH;ja\n"
        "Treffen;Workshop;21.04.2020;Muster e.V.;\n".encode()
    )
    (meeting,) = find(table, activities, today=TODAY)
    assert meeting.values == {
        "title": "Treffen",
        "activity_kind": "workshop",
        "activity_start": "2020-04-20",
        "is_lead": True,
    }
    assert [(each.actor.name, each.role) for each in meeting.partners] == [
        ("Probe GmbH", "lead"),
        ("Muster e.V.", "partner"),
    ]


@pytest.mark.parametrize(("options", "third"), [({"of": "project"}, (None, "Nauen")), ({}, ("12054", "Potsdam"))])
def test_of_places_of_projects_the_one_named_most_often_is_the_seat(
    read: Callable[[bytes], Table], options: dict[str, str], third: tuple[str | None, str]
) -> None:
    seat = Column(("Ort",), "partner_seat", options=options)
    profile = replace(
        PROJECTS,
        columns=(*PROJECTS.columns[:2], Column(("Wer",), "partner_name"), seat),
        defaults={"is_rdi": True, "funding_state": "secured"},
    )
    table = read(
        b"Titel;Beginn;Wer;Ort\nA;01.02.2020;Probe GmbH;Nauen\nB;01.02.2020;PROBE GmbH;Nauen\n"
        b"C;01.02.2020;Probe GmbH;Potsdam\nD;01.02.2020;Andere;Potsdam\n"
    )
    actors = [each.partners[0].actor for each in find(table, profile, today=TODAY)]
    assert [(each.district, each.municipality) for each in actors] == [
        (None, "Nauen"),
        (None, "Nauen"),
        third,
        ("12054", "Potsdam"),
    ]


def test_a_key_does_not_depend_on_the_order_of_rows(read: Callable[[bytes], Table]) -> None:
    lines = layouts.catalogue().splitlines(keepends=True)
    one = found_in(read(b"".join(lines)), "foerderkatalog")
    other = found_in(read(b"".join([lines[0], *reversed(lines[1:])])), "foerderkatalog")
    assert {each.key: each.values["title"] for each in one} == {each.key: each.values["title"] for each in other}
