"""Code knows no region: no id of a programme's clusters, terms or indicators stands in ``src/``."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ewm.snapshot.schema import TABLES
from tests.architecture.tree import ROOT, modules, name, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMME = ROOT / "programmes" / "innobb"
INDICATOR = re.compile(r"\b[PSAMT]-\d{2}\b")

# Words that are ids of terms and words of the code's own language at once: what every programme must have, because a
# constraint or a unit cannot be told without it. The names of tables, columns and taxonomies are free as well.
GENERIC = {
    "none": "a constraint: without public funding there is no funding volume",
    "unfunded": "a constraint: the class of projects that nobody funds grants no money",
    "company": "a constraint: only companies have a size class",
    "outside": "a kind of cluster that the schema names: branches outside the structure",
    "joint": "a kind of cluster that the schema names",
    "regional": "a kind of cluster that the schema names",
    "sub_topic": "a kind of cluster that the schema names",
    "lei": "a rule: identifiers of this international register have check digits",
    "ror": "a rule: identifiers of this international register have check digits",
    "vat": "a rule: identifiers of this international register have check digits",
    "count": "a unit of the schema",
    "cents": "a unit of the schema",
    "permille": "a unit of the schema",
    "state": "a column of the results: how a year stands against another",
    "whole": "a column of the results: the denominator of a share",
}
HOMONYMS = tomllib.loads((Path(__file__).parent / "homonyms.toml").read_text(encoding="utf-8"))
SCHEMA = frozenset(TABLES) | {column.name for table in TABLES.values() for column in table.columns}


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node["id"]
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _ids(value)


@cache
def term_ids() -> frozenset[str]:
    """The ids of all terms of the delivered programme."""
    found = [
        term
        for path in sorted((PROGRAMME / "taxonomies").rglob("*.yaml"))
        for term in _ids(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    return frozenset(found)


@cache
def taxonomies() -> frozenset[str]:
    """The names of the taxonomies, which the schema and the rules of capture speak of."""
    return frozenset(path.stem for path in (PROGRAMME / "taxonomies").glob("*.yaml"))


@cache
def cluster_words() -> frozenset[str]:
    """Ids of clusters and of the programme: they must not stand anywhere in a module, not even in a comment."""
    clusters = yaml.safe_load((PROGRAMME / "taxonomies" / "cluster.yaml").read_text(encoding="utf-8"))
    return frozenset(_ids(clusters)) | {PROGRAMME.name}


@cache
def sheet_terms() -> frozenset[str]:
    """The words that the sheets promise with ``term:``."""
    heads = [path.read_text(encoding="utf-8") for path in sorted((PROGRAMME / "methodology").rglob("*.md"))]
    return frozenset(match for head in heads for match in re.findall(r"^term: *(\w+)$", head, flags=re.MULTILINE))


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module but docstrings and formats (the ``02`` of ``{cents:02}``), with its line."""
    left_out = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    formats = [node.format_spec for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) and node.format_spec]
    left_out |= {id(part) for spec in formats for part in ast.walk(spec)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def found(path: Path, ids: frozenset[str]) -> list[str]:
    return [f"{name(path)}:{line}: {value}" for line, value in literals(syntax(path)) if value in ids]


def test_the_programme_has_ids_to_look_for() -> None:
    assert {"running", "gl-oeffnen"} <= term_ids()
    assert len(cluster_words()) > 10
    assert "new_project" in sheet_terms()


@pytest.mark.parametrize("path", modules("src/ewm"), ids=name)
def test_no_id_of_a_term(path: Path) -> None:
    free = GENERIC.keys() | SCHEMA | taxonomies() | HOMONYMS.get(name(path), {}).keys()
    assert found(path, (term_ids() | sheet_terms()) - free) == []


@pytest.mark.parametrize("path", modules("src/ewm"), ids=name)
def test_no_cluster_and_no_indicator(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(cluster_words()))) + r")\b", re.IGNORECASE)
    assert pattern.findall(text) == []
    assert INDICATOR.findall(text) == []


def test_every_homonym_is_needed() -> None:
    stale = [
        f"{file}: {word}"
        for file, words in HOMONYMS.items()
        for word in words
        if not (ROOT / file).is_file() or word not in {value for _, value in literals(syntax(ROOT / file))}
    ]
    assert stale == []


def test_every_generic_word_is_needed() -> None:
    used = {value for path in modules("src/ewm") for _, value in literals(syntax(path))}
    assert GENERIC.keys() <= used
