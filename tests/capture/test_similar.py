"""Similar names: the threshold has names on each side, legal forms and short forms say nothing, numbers say much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.capture.actors.similar import SIMILAR, core, score, similar_names

ALIKE = {
    "another legal form": ("Stahlwerk Hennig GmbH", "Stahlwerk Hennig Gmbh & Co. KG"),
    "no legal form": ("Optikwerk Rathenow", "Optikwerk Rathenow AG"),
    "e. V. with and without points": ("Förderverein Metall e. V.", "Foerderverein Metall eV"),
    "short form of a university": ("TU Berlin", "Technische Universität Berlin"),
    "article and preposition": ("Institut für Dünne Schichten", "Institut Dünne Schichten"),
    "order of words": ("Hennig Stahlwerk", "Stahlwerk Hennig"),
    "a slip of the pen": ("Stahlwerk Hennig GmbH", "Stahlwerk Henning GmbH"),
    "umlaut written out": ("Müller Metallbau", "Mueller Metallbau"),
    "just above the threshold": ("Walzwerk Nordhausen", "Walzwerk Nordhalben"),
}
DIFFERENT = {
    "another word": ("Stahlwerk Hennig GmbH", "Stahlbau Krause GmbH"),
    "a part of it": ("Stahlwerk Hennig GmbH", "Stahlwerk Hennigsdorf Service GmbH"),
    "another number": ("BTU, Fakultät 1: Maschinenbau", "BTU, Fakultät 2: Maschinenbau"),
    "a number more": ("Werk Süd", "Werk Süd 2"),
    "the same legal form": ("Adler GmbH & Co. KG", "Buche GmbH & Co. KG"),
    "two universities": ("Technische Universität Berlin", "Technische Universität Dresden"),
    "just below the threshold": ("Walzwerk Nordhausen", "Walzwerk Nordheim"),
}


@pytest.mark.parametrize("case", ALIKE)
def test_alike(case: str) -> None:
    assert score(*ALIKE[case]) >= SIMILAR, (score(*ALIKE[case]), core(ALIKE[case][0]), core(ALIKE[case][1]))


@pytest.mark.parametrize("case", DIFFERENT)
def test_different(case: str) -> None:
    assert score(*DIFFERENT[case]) < SIMILAR, score(*DIFFERENT[case])


def test_the_threshold_itself_is_alike() -> None:
    scores = {case: score(*pair) for case, pair in (ALIKE | DIFFERENT).items()}
    assert min(scores[case] for case in ALIKE) - SIMILAR <= 5, scores
    assert SIMILAR - max(scores[case] for case in DIFFERENT) <= 5, scores


def test_the_most_alike_comes_first_and_each_key_once() -> None:
    known = [("A", "Stahlwerk Henning"), ("B", "Stahlwerk Hennig GmbH"), ("B", "Stahlwerk Hennik"), ("C", "Optikwerk")]
    found = similar_names("Stahlwerk Hennig GmbH", known)
    assert [(each.key, each.name) for each in found] == [("B", "Stahlwerk Hennig GmbH"), ("A", "Stahlwerk Henning")]
    assert found[0].score == 100


def test_a_name_of_legal_forms_alone_is_still_a_name() -> None:
    assert core("AG") == "ag"
    assert core("Und") == "und"
    assert similar_names("…", [("A", "…")]) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_scores_are_percent_and_have_no_direction(one: str, other: str) -> None:
    assert 0 <= score(one, other) <= 100
    assert abs(score(one, other) - score(other, one)) <= 1
    if core(one):
        assert score(one, one) == 100
