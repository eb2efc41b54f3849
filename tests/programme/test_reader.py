"""What the reader makes of a right programme."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ewm.programme import Cluster, Label, Programme, Term, load_programme
from ewm.snapshot import schema
from tests.programme.example import TAXONOMIES, replaced, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="programme")
def load(tmp_path: Path) -> Programme:
    return load_programme(write(tmp_path))


def test_head(programme: Programme, tmp_path: Path) -> None:
    assert programme.id == "beispiel"
    assert programme.title == Label("Beispiel", "Example")
    assert programme.version == "1"
    assert programme.languages == ("de", "en")
    assert programme.laender == ("01",)
    assert programme.reporting_years == (2019, 2020)
    assert programme.path == tmp_path / "beispiel"


def test_fields_are_the_columns_of_the_snapshot() -> None:
    assert [field.name for field in fields(Term)] == [column.name for column in schema.TERMS.columns]
    assert [field.name for field in fields(Cluster)] == [column.name for column in schema.CLUSTERS.columns]


def test_a_nested_term_takes_what_it_does_not_say(programme: Programme) -> None:
    assert programme.terms["holz-alt-haus"] == Term(
        term_id="holz-alt-haus",
        taxonomy="action_field",
        label_de="Haus",
        label_en="House",
        parent_id="holz-alt-bau",
        scheme_id="holz-alt",
        cluster_id="holz",
        series_id="holz-alt-haus",
        code=None,
        position=2,
        valid_from=date(2014, 6, 1),
        valid_to=date(2019, 12, 31),
        example=False,
        source="Plan, S. 2",
    )


def test_an_example_does_not_borrow_a_source(programme: Programme) -> None:
    term = programme.terms["holz-alt-turm"]
    assert (term.example, term.source) == (True, None)


def test_a_source_ends_an_inherited_example(tmp_path: Path) -> None:
    changed = replaced("action_field", "{id: holz-neu-bau,", '{id: holz-neu-bau, source: "Plan, S. 3",')
    term = load_programme(write(tmp_path, **changed)).terms["holz-neu-bau"]
    assert (term.example, term.source) == (False, "Plan, S. 3")


def test_clusters(programme: Programme) -> None:
    assert programme.clusters == (
        Cluster("holz", "Holz", "Wood", "joint", 1, None, None),
        Cluster("glas", "Glas", "Glass", "joint", 2, date(2014, 1, 1), None),
    )
    assert programme.terms["glas"].taxonomy == "cluster"


def test_series(programme: Programme) -> None:
    series = {term_id: term.series_id for term_id, term in programme.terms.items()}
    assert series["holz-neu-bau"] == series["holz-alt-bau"] == "holz-alt-bau"
    assert series["holz-alt-haus"] == "holz-alt-haus"


def test_a_series_of_three_begins_with_the_first(tmp_path: Path) -> None:
    third = "  - {id: holz-drei, valid_from: 2022-01-01, continues: holz-neu, label: {de: 3, en: 3}}\n"
    ended = TAXONOMIES["masterplan"].replace("valid_from: 2020-01-01,", "valid_from: 2020-01-01, valid_to: 2021-12-31,")
    fields_ended = replaced("action_field", "valid_from: 2020-01-01,", "valid_from: 2020-01-01, valid_to: 2021-12-31,")
    programme = load_programme(write(tmp_path, masterplan=ended + third, **fields_ended))
    assert programme.terms["holz-drei"].series_id == "holz-alt"


def test_taxonomies_are_sorted_and_terms_in_file_order(programme: Programme) -> None:
    assert programme.taxonomies == ("action_field", "cluster", "cluster_kind", "land", "masterplan")
    assert programme.taxonomy_labels["land"] == Label("Land", "Land")
    fields_of_action = programme.taxonomy("action_field")
    assert [term.position for term in fields_of_action] == [1, 2, 3, 4]
    assert fields_of_action[0].term_id == "holz-alt-bau"


def test_an_unknown_taxonomy_is_no_empty_one(programme: Programme) -> None:
    with pytest.raises(KeyError, match="gibtesnicht"):
        programme.taxonomy("gibtesnicht")


def test_leaves_are_terms_without_sub_terms(programme: Programme) -> None:
    assert [term.term_id for term in programme.leaves("action_field")] == [
        "holz-alt-haus",
        "holz-alt-turm",
        "holz-neu-bau",
    ]


def test_label(programme: Programme) -> None:
    assert programme.label("holz", "de") == "Holz"
    assert programme.label("holz", "en") == "Wood"
    with pytest.raises(KeyError):
        programme.label("eisen", "de")


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [("2014-05-01", "2014-06-01"), ("2019-12-31", "2020-02-01"), ("2013-01-01", "2021-01-01"), ("2013-01-01", None),
     ("2019-12-31", None)],
)  # fmt: skip
def test_in_force_on_at_least_one_day(programme: Programme, first_day: str, last_day: str | None) -> None:
    term = programme.terms["holz-alt-bau"]  # 2014-06-01 to 2019-12-31
    last = date.fromisoformat(last_day) if last_day else None
    assert programme.in_force(term, date.fromisoformat(first_day), last)


@pytest.mark.parametrize(
    ("first_day", "last_day"), [("2014-05-01", "2014-05-31"), ("2020-01-01", "2020-02-01"), ("2020-01-01", None)]
)
def test_not_in_force_on_any_day(programme: Programme, first_day: str, last_day: str | None) -> None:
    term = programme.terms["holz-alt-bau"]
    last = date.fromisoformat(last_day) if last_day else None
    assert not programme.in_force(term, date.fromisoformat(first_day), last)


def test_a_term_without_dates_is_always_in_force(programme: Programme) -> None:
    assert programme.in_force(programme.terms["holz"], date.min, date.min)
    assert programme.in_force(programme.terms["holz"], date.max, None)


def test_values_are_frozen(programme: Programme) -> None:
    with pytest.raises(FrozenInstanceError):
        programme.version = "2"  # type: ignore[misc]


def test_words_that_yaml_would_guess_at_stay_words(tmp_path: Path) -> None:
    changed = replaced("land", '"01", code: DEF', '"01", code: 01e5').items()
    land = {name: text + "  - {id: no, label: {de: on, en: 1.0}}\n" for name, text in changed}
    terms = load_programme(write(tmp_path, **land)).terms
    assert terms["01"].code == "01e5"
    assert (terms["no"].label_de, terms["no"].label_en) == ("on", "1.0")


def test_the_hash_follows_the_content_and_nothing_else(tmp_path: Path) -> None:
    first = load_programme(write(tmp_path / "a"))
    same = load_programme(write(tmp_path / "b"))
    other = load_programme(write(tmp_path / "c", **replaced("land", "DEF", "DE")))
    assert len(first.content_hash) == 64
    assert first.content_hash == same.content_hash != other.content_hash


def test_the_hash_covers_the_head_and_the_names_of_the_files(tmp_path: Path) -> None:
    first = load_programme(write(tmp_path / "a"))
    newer = load_programme(write(tmp_path / "b", **replaced("head", 'version = "1"', 'version = "2"')))
    more = load_programme(
        write(
            tmp_path / "c", unit=TAXONOMIES["cluster_kind"].replace("cluster_kind", "unit").replace("joint", "stueck")
        )
    )
    assert len({first.content_hash, newer.content_hash, more.content_hash}) == 3


def test_without_the_c_library_the_same_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path)
    script = (
        "import sys, yaml; del yaml.CSafeLoader\n"
        "from pathlib import Path\n"
        "from ewm.programme import load_programme\n"
        "from ewm.programme.nodes import _PlainLoader\n"
        "assert issubclass(_PlainLoader, yaml.SafeLoader)\n"
        "print(sorted(load_programme(Path(sys.argv[1])).terms.values(), key=lambda term: term.term_id))"
    )
    slow = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    quick = sorted(load_programme(folder).terms.values(), key=lambda term: term.term_id)
    assert slow.stdout.strip() == str(quick)
