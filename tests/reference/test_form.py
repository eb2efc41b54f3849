"""A list that does not have the form is refused with the place of each mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.indicators.published_form import load_published

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
document: Jahresbericht 2020
cluster: metall
reporting_year: 2020
units: {Mio. Euro: 100000000}
ranges: {wenigstens zwei: {at_least: 2}}
changes: {gleich: {at_least: 0, at_most: 0}}
groups:
  - chapter: "4.1"
    from_page: 8
    caption: Abbildung
    defaults: {check: exact, query: {indicator: P-01, level: status_at_cut_off}}
    figures:
      - {id: eins, text: erste, value: 1, query: {k1: running}}
      - {id: zwei, text: zweite, value: 1/2, query: {level: total, k1: null}}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "published.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_figure_takes_from_its_group_what_it_does_not_state(tmp_path: Path) -> None:
    published = load_published(write(tmp_path, GOOD))
    first, second = published.figures
    assert (first.chapter, first.from_page, first.query.level, first.query.k1) == (
        "4.1", 8, "status_at_cut_off", ("running",),
    )  # fmt: skip
    assert (second.query.level, second.query.k1, second.query.year, second.query.value) == ("total", (), 2020, "n")
    assert first.query.population is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("document: Jahresbericht 2020\n", "", "Kopf: Die Angabe „document“ fehlt."),
        ("units:", "unit:", "Kopf: Die Angabe „unit“ ist nicht vorgesehen. Gemeint „units“?"),
        ("Mio. Euro: 100000000", "Mio. Euro: 0", "Einheit Mio. Euro: Eine Einheit ist größer als 0."),
        ("{at_least: 2}", "{}", "Wort wenigstens zwei: Das Wort setzt keine Grenze."),
        ("{at_least: 2}", "{atleast: 2}", "Gemeint „at_least“?"),
        ("{at_least: 2}", "{at_least: 0.5}", "„0.5“ ist keine Zahl."),
        ("value: 1,", "value: 17.6,", "Zahl eins: „17.6“ ist keine Zahl."),
        ("value: 1,", "value: true,", "„True“ ist keine Zahl."),
        ("value: 1, ", "", "Zahl eins: Zur Prüfung „exact“ gehört die Angabe „value“."),
        ("value: 1,", "value: 1, word: gleich,", "gehört die Angabe „word“ nicht. Bitte streichen."),
        ("value: 1,", "check: genau, value: 1,", "Möglich: exact, rounded, range, order."),
        ("value: 1,", "check: range, word: gleich,", "Zahl eins: „gleich“ ist nicht bekannt."),
        ("value: 1,", "check: order, word: gleich,", "Zur Prüfung „order“ gehört die Angabe „against“."),
        ("value: 1,", "value: 1, unit: Mio,", "„Mio“ ist nicht bekannt."),
        ("id: zwei", "id: eins", "Zahl eins: Diese Kennung kommt mehrfach vor."),
        ("text: erste, ", "", "Zahl eins: Die Angabe „text“ fehlt."),
        ("{k1: running}", "{k1: null}", "Die Stufe „status_at_cut_off“ braucht 1 Schlüssel"),
        ("{k1: running}", "{k1: running, k2: x}", "Die Stufe „status_at_cut_off“ braucht 1 Schlüssel"),
        ("{k1: running}", "{k1: running, pick: most}", "„most“ ist nicht bekannt."),
        ("{k1: running}", "{k1: running, per: 0}", "Durch 0 lässt sich nicht teilen."),
        ("{k1: running}", "running", "Hier werden Angaben der Form Schlüssel: Wert erwartet."),
        ("from_page: 8", "from_page: acht", "„acht“ ist keine ganze Zahl ab 0."),
        ("figures:", "figure:", "Gruppe 1: Die Angabe „figures“ fehlt."),
        ("reporting_year: 2020", "reporting_year: x", "Kopf: „x“ ist keine ganze Zahl ab 0."),
        ("- {id: eins, text: erste, value: 1, query: {k1: running}}", "- eins", "Kap. 4.1: Hier werden Angaben"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(ContentError) as caught:
        load_published(write(tmp_path, GOOD.replace(old, new, 1)))
    assert str(caught.value).startswith("published.yaml, ")
    assert says in str(caught.value)


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("value: 1,", "value: eins,").replace("value: 1/2", "value: halb")
    with pytest.raises(ContentError) as caught:
        load_published(write(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_file_and_what_is_no_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"fehlt: published\.yaml"):
        load_published(tmp_path / "published.yaml")
    with pytest.raises(ContentError, match="Schlüssel: Wert"):
        load_published(write(tmp_path, "- nur eine Liste"))
    with pytest.raises(ContentError, match="kein gültiges YAML"):
        load_published(write(tmp_path, "a: [1"))
