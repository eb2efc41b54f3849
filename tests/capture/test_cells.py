"""No cell of a table is taken for a formula, and every text comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ewm.capture.lists.cells import neutral, restored

DANGEROUS = "=+-@\t\r\n＝＋－＠"


@given(st.text())
@example("'=1")
@example("''")
@example("'")
@example("''''@x")
def test_every_text_comes_back(text: str) -> None:
    assert restored(neutral(text)) == text


@given(st.text(), st.sampled_from(DANGEROUS))
def test_no_neutral_text_begins_like_a_formula(text: str, sign: str) -> None:
    assert neutral(sign + text)[0] == "'"
    assert neutral(text)[:1] not in set(DANGEROUS)


@given(st.text(), st.text())
def test_two_texts_never_become_the_same(one: str, other: str) -> None:
    assert (neutral(one) == neutral(other)) == (one == other)


@pytest.mark.parametrize("text", ["Prüfstand", "", "100 %", "'s Werk", "a=b", " =1", "„=“"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["'Zitat", "''", "Werk", "=1"])
def test_what_was_never_made_neutral_stays_as_it_is(text: str) -> None:
    assert restored(text) == text
