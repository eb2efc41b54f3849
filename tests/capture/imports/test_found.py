"""The contract survives its way through the database as JSON."""

from __future__ import annotations

import json

import pytest

from ewm.capture.imports.found import (
    Found,
    FoundActor,
    FoundPartner,
    Problem,
    RecordKind,
    found_as_json,
    found_from_json,
)
from ewm.capture.imports.profiles import (
    FIELDS,
    Column,
    KeepOnly,
    LeftOut,
    Profile,
    profile_as_json,
    profile_from_json,
)

PARTNER = FoundPartner(
    FoundActor("Prüfwerk GmbH", "company", "DE", "12", "12065", "Hennigsdorf", "small", (("vat", "DE1"),), "A-0001"),
    "lead",
    7,
)
FULL = Found(
    kind=RecordKind.PROJECTS,
    source="liste",
    key="01XX1",
    values={"title": "Titel", "funding_volume": 10, "funding": [{"amount": 10, "programme": None}], "is_rdi": True},
    partners=(PARTNER, FoundPartner(FoundActor("Zweite"), None, 8)),
    rows=(7, 8),
    problems=(Problem(7, "C, Beginn", "31.02.2020", "Das ist kein Tag.", "official_start"),),
    left_out="Buchung",
)


@pytest.mark.parametrize("found", [FULL, Found(RecordKind.ACTORS, "x", "k", {"name": "N"})])
def test_found_is_the_same_after_json(found: Found) -> None:
    assert found_from_json(json.loads(json.dumps(found_as_json(found)))) == found


def test_profile_is_the_same_after_json() -> None:
    profile = Profile(
        id="p",
        label="Liste",
        source="liste",
        kind=RecordKind.PROJECTS,
        columns=(Column(("Ort", "Sitz"), "partner_seat", 2, {"from": "x"}), Column(("Titel",), "title")),
        group_by="group",
        defaults={"is_rdi": True},
        leave_out=(LeftOut("title", "Sammel", "Buchung"),),
        keep=KeepOnly("partner_land", ("11", "12"), "nicht von hier"),
        sheet="Tabelle1",
        saved=True,
    )
    assert profile_from_json(json.loads(json.dumps(profile_as_json(profile)))) == profile


def test_each_field_has_words_and_terms_name_their_taxonomy() -> None:
    for fields in FIELDS.values():
        for name, field in fields.items():
            assert (field.name, bool(field.label_de), field.hint[-1]) == (name, True, "."), name
            assert bool(field.taxonomy) == (field.kind == "term"), name
