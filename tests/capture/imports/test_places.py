"""Places by name, official key or NUTS code, and the state that a column names."""

from __future__ import annotations

import pytest

from ewm.capture.actors.quick import Seat
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.places import read_places

pytestmark = pytest.mark.usefixtures("innobb")
HENNIGSDORF = Seat("DE", "12", "12065", "Hennigsdorf")
COTTBUS = Seat("DE", "12", "12052", "Cottbus")


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("Hennigsdorf, Stadt", HENNIGSDORF),
        ("Stadt Hennigsdorf", HENNIGSDORF),
        ("12065136", HENNIGSDORF),
        ("120650136136", HENNIGSDORF),  # the regional key, with the association of municipalities
        ("12065", Seat("DE", "12", "12065")),
        ("DE40A", Seat("DE", "12", "12065")),
        ("DE40", Seat("DE", "12")),
        ("DE4", Seat("DE", "12")),
        ("12", Seat("DE", "12")),
        ("09564000", Seat("DE", "09")),  # a key beyond the programme's districts: the Land at least
        ("9564000", Seat("DE", "09")),  # a spreadsheet has dropped the zero
        ("Cottbus/Chóśebuz", COTTBUS),
        ("Cottbus/Chóśebuz, kreisfreie Stadt", COTTBUS),
        ("Senftenberg/Zły Komorow, Stadt", Seat("DE", "12", "12066", "Senftenberg")),
        ("Frankfurt/Oder", Seat("DE", "12", "12053", "Frankfurt (Oder)")),
        ("Schwedt/Oder", Seat("DE", "12", "12073", "Schwedt/Oder")),
        ("Landkreis Barnim", Seat("DE", "12", "12060")),
        ("Oberhavel, Landkreis", Seat("DE", "12", "12065")),
        ("Land Brandenburg", Seat("DE", "12")),
        ("Brandenburg", Seat("DE", "12")),
        ("Brandenburg an der Havel, Stadt", Seat("DE", "12", "12051", "Brandenburg an der Havel")),
        ("Nauen, Stadt", Seat("DE", municipality="Nauen")),
        ("Waldkirchen , Niederbay", Seat("DE", municipality="Waldkirchen, Niederbay")),
        ("Deutschland", Seat("DE")),
        ("Frankreich", Seat("FR")),
        ("FRK26", Seat("FR")),
        ("EL303", Seat("GR")),
    ],
)
def test_a_place_becomes_a_seat(text: str, seat: Seat) -> None:
    assert read_places().seat(text) == seat


def test_a_key_that_cannot_be_is_told() -> None:
    with pytest.raises(CellError, match="„99065136“ gibt es nicht"):
        read_places().seat("99065136")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Deutschland", "DE"), ("DE", "DE"), ("France", "FR"), ("EL", "GR"), ("BRD", "DE"), ("polen", "PL")],
)
def test_a_state_by_name_or_letters(text: str, code: str) -> None:
    assert read_places().country(text) == code


def test_what_is_no_state_is_told() -> None:
    with pytest.raises(CellError, match="kein Staat"):
        read_places().country("Atlantis")
