"""Whatever happens to a file, the reader answers with its list of problems, never with a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ewm.errors import ContentError
from ewm.programme import load_programme
from tests.programme.example import HEAD, TAXONOMIES, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FILES = {"head": HEAD, **TAXONOMIES}
PIECES = st.sampled_from(
    ["", ":", "- ", "{", "}", "[", "]", "\n", "\n  ", "&a ", "*a", "? ", "!!set ", "<<: ", "# ", '"', "terms: ",
     "id: x", "defaults: ", "2020-01-01", "---\n", "\t", "\x00", "ä", "= ", "[[title]]\n", "9" * 400],
)  # fmt: skip
HEADED = "taxonomy: land\nlabel: {de: a, en: b}\n"


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, str]:
    """A file's name and its text after one to three replacements."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES) + text[end:]
    return name, text


@given(damage=damages())
@example(damage=("land", HEADED + "terms: &a\n  - {id: x, label: {de: a, en: b}, terms: *a}\n"))
@example(damage=("land", HEADED + "terms: [[x]]\n"))
@example(damage=("head", HEAD.replace("2020", "true")))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_problems_are_raised(damage: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    name, text = damage
    folder: Path = write(tmp_path_factory.mktemp("damaged"), **{name: text})
    try:
        programme = load_programme(folder)
    except ContentError as error:
        answer = str(error)
    else:
        answer = f"Das Programm {programme.id} wurde geladen"
    assert answer.startswith("Das Programm ")
