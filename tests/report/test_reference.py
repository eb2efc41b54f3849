"""The reference of the template language tells what there is: nothing is left out, nothing has gone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from ewm.config import load_config
from ewm.report import reference
from ewm.report.assemble import Assembler
from ewm.report.form import load_form
from ewm.report.template import Chapter, read_chapter

FORM = load_config().programme / "chapters" / "annual-2020"
NONE: Any = None


def test_every_directive_is_described() -> None:
    setting: Any = SimpleNamespace(labels={})
    reader = Assembler(setting, NONE, NONE, NONE)._reader("x.md")
    assert {*reader.directives, "key", "margin", "lead", "edition"} == set(reference.DIRECTIVES)


def test_every_key_of_heads_and_facts_is_described() -> None:
    def head(keys: dict[str, Any]) -> Chapter:
        return read_chapter(Path("x.md"), f"---\n{yaml.safe_dump(keys)}---\n")

    given = {"id": "x", "number": "1", "title": "x", "short": "x", "outside": [{"says": "a", "source": "b"}]}
    facts = {"one": dict.fromkeys(reference.FACT, "x")}
    assert head({**given, "facts": facts}).id == "x"
    assert set(reference.HEAD) == {*given, "facts"}
    with pytest.raises(Exception, match="kennt extra nicht"):
        head({**given, "extra": 1})


@pytest.mark.parametrize("path", sorted([*FORM.glob("figures/*.yaml"), *FORM.glob("tables/*.yaml")]), ids=str)
def test_every_key_of_a_spec_is_described(path: Path) -> None:
    spec = yaml.safe_load(path.read_text(encoding="utf-8"))
    _, keys = {**reference.FIGURES, **reference.TABLES}[spec["form"]]
    assert set(spec) <= {*keys, "form", "rules", "facts"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_key_of_captions_and_words_is_described(language: str) -> None:
    form = load_form(FORM, language)
    assert {key for entry in form.texts.captions.values() for key in entry} <= set(reference.CAPTION)
    assert set(yaml.safe_load((FORM / language / "words.yaml").read_text("utf-8"))) == set(reference.WORDS)


def test_a_part_without_a_description_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "`of(one, many, article, none)`" in reference.describe_templates()
    monkeypatch.delitem(reference.BOUND, "share")
    with pytest.raises(LookupError, match="share"):
        reference.describe_templates()
