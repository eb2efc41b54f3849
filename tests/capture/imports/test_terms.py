"""Terms by id and label in both languages; of terms with one label that of the day, of the cluster, without parts."""

from __future__ import annotations

from datetime import date

import pytest

from ewm.capture.actors.similar import folded
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.terms import Named, Terms, read_terms
from ewm.capture.periods import Period

OLD, NEW = Period(None, date(2019, 12, 31)), Period(date(2020, 1, 1), None)


def terms(*named: Named) -> Terms:
    names: dict[str, list[Named]] = {}
    for each in named:
        for name in dict.fromkeys((folded(each.label), folded(each.id))):
            names.setdefault(name, []).append(each)
    return Terms({"guideline": names})


@pytest.mark.usefixtures("innobb")
@pytest.mark.parametrize(
    ("text", "taxonomy", "term"),
    [
        ("running", "status", "running"),
        ("Begonnen / laufend", "status", "running"),
        ("started/running", "status", "running"),
        ("Hochschule", "actor_type", "university"),
        ("brandenburg", "land", "12"),
        ("metall", "cluster", "metall"),
        ("Metall", "cluster", "metall"),
    ],
)
def test_by_id_and_label(text: str, taxonomy: str, term: str) -> None:
    assert read_terms().one(text, (taxonomy,)) == term


@pytest.mark.usefixtures("innobb")
def test_a_word_nobody_knows_is_told_with_what_may_be_meant() -> None:
    known = read_terms()
    with pytest.raises(CellError, match="Gemeint „Antragstellung“"):
        known.one("Antragsstellung", ("status",))
    with pytest.raises(CellError, match="Möglich: Bund, EU, Land"):
        known.one("Xyz", ("funding_body",))
    with pytest.raises(CellError, match="Bitte Kennung oder Bezeichnung"):
        known.one("Xyz", ("district",))


@pytest.mark.parametrize(
    ("day", "cluster", "found"),
    [(date(2019, 5, 1), "", "a-old"), (date(2020, 1, 1), "", "a-new"), (date(2020, 1, 1), "metal", "a-new")],
)
def test_of_one_label_the_term_in_force(day: date, cluster: str, found: str) -> None:
    known = terms(Named("a-old", "a", OLD), Named("a-new", "a", NEW), Named("a-optics", "a", NEW, "optics"))
    if cluster or day < date(2020, 1, 1):
        assert known.one("a", ("guideline",), day, cluster or "metal") == found
    else:
        with pytest.raises(CellError, match=r"mehrere Begriffe\. Bitte die Kennung eintragen: a-new, a-optics"):
            known.one("a", ("guideline",), day)


def test_of_a_term_and_its_part_of_one_label_the_part() -> None:
    known = terms(Named("whole", "a", NEW, is_branch=True), Named("part", "a", NEW))
    assert known.one("a", ("guideline",)) == "part"
    assert known.one("whole", ("guideline",)) == "whole"


def test_several_are_separated_and_counted_once() -> None:
    known = terms(Named("one", "a", NEW), Named("two", "b, c", NEW))
    assert known.several("a; b, c|a\nb, c;") == ["one", "two"]
    with pytest.raises(CellError, match="„x“ ist kein Begriff"):
        known.several("a; x")
