"""What the forms suggest is read as strictly as the rest of the programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.programme import load_form_values, load_programme
from ewm.programme.forms import FILE, SIGNS

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.programme import Programme


@pytest.fixture(scope="module")
def delivered() -> Programme:
    return load_programme(load_config().programme)


def spoiled(delivered: Programme, tmp_path: Path, old: str, new: str) -> Programme:
    text = (delivered.path / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return replace(delivered, path=tmp_path)


def test_every_status_of_the_delivered_programme_has_a_sign(delivered: Programme) -> None:
    values = load_form_values(delivered)
    assert set(values.signs) == {term.term_id for term in delivered.taxonomy("status")}
    assert set(values.signs.values()) == set(SIGNS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('first_status = "preparation"', 'first_status = "preparing"', 'Gemeint "preparation"'),
        ('first_status = "preparation"', 'first_state = "preparation"', 'Gemeint "first_status"'),
        ('aborted = "cross"', "", 'der Status "aborted" hat kein Zeichen'),
        ('aborted = "cross"', 'aborted = "star"', 'das Zeichen "star" gibt es nicht'),
        ('running = "secured"', 'running = "certain"', "taxonomies/funding_state.yaml"),
        ('optik = "OPT"', 'optik = "Opt"', 'der Anfang "Opt" (optik)'),
        ('optik = "OPT"', 'optik = "MET"', 'der Anfang "MET" gehört zu mehreren Clustern'),
        ('optik = "OPT"', 'optiks = "OPT"', 'Gemeint "optik"'),
        ("[signs]", "[signs", "kein gültiges TOML"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(
    delivered: Programme, tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(ContentError, match=r"forms\.toml, Zeile \d+: ") as refused:
        load_form_values(spoiled(delivered, tmp_path, old, new))
    assert message in str(refused.value)


def test_a_programme_without_the_file_is_told_so(delivered: Programme, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="die Datei fehlt"):
        load_form_values(replace(delivered, path=tmp_path))
