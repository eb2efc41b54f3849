"""Every text of the site has an English translation with the same values in it, and none is left over."""

from __future__ import annotations

import ast
import importlib
import re
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from ewm.web import messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def key(message: Message) -> tuple[str, str | None]:
    return texts(message.id)[0], message.context


def test_no_module_calls_gettext_by_a_name_that_is_not_gathered() -> None:
    called = {
        alias.asname or alias.name
        for home in messages.HOMES
        for file in (messages.SOURCES / home).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    assert "_now" in called
    assert called - messages.KEYWORDS.keys() == set()


def test_the_catalogue_holds_what_the_sources_say() -> None:
    said = {key(message) for message in messages.gathered() if message.id}
    kept = {key(message) for message in messages.translated() if message.id}
    assert said - kept == set(), "run: make messages"
    assert kept - said == set(), "run: make messages"


def test_every_text_is_translated() -> None:
    missing = [key(message)[0] for message in messages.translated() if message.id and not all(texts(message.string))]
    assert missing == []


def test_a_translation_has_the_values_of_its_text() -> None:
    wrong = [
        key(message)[0]
        for message in messages.translated()
        if message.id
        and {frozenset(PLACEHOLDER.findall(text)) for text in texts(message.string)}
        - {frozenset(PLACEHOLDER.findall(text)) for text in texts(message.id)}
    ]
    assert wrong == []


def stored_by_name() -> Iterator[tuple[str, str]]:
    """Yield the module and the name of each text that an import stores to be said later."""
    for file in (messages.SOURCES / "capture" / "imports").rglob("*.py"):
        module = ".".join(file.relative_to(messages.SOURCES.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                told = [each.value for each in node.keywords if each.arg == "message"]
                told += node.args[3:] if node.func.id == "send_back" else []
                yield from ((module, each.id) for each in told if isinstance(each, ast.Name) and each.id.isupper())


def test_what_imports_store_by_name_is_in_the_catalogue() -> None:
    found = set(stored_by_name())
    assert {name for _, name in found} == {"BROKEN", "CANCELLED", "GONE", "STEP_LOST", "UPLOAD_LOST"}
    texts_stored = [getattr(importlib.import_module(module), name) for module, name in sorted(found)]
    catalogue = messages.translated()
    assert [text for text in texts_stored if catalogue.get(text) is None] == []


def test_one_function_tells_which_column_holds_the_labels() -> None:
    found = {
        file.relative_to(messages.SOURCES).as_posix()
        for home in messages.HOMES
        for file in (messages.SOURCES / home).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.IfExp) and ast.unparse(node.body).strip("'").endswith("label_en")
    }
    assert found == {"capture/forms/fields.py"}


def test_gathering_keeps_translations_and_drops_what_nobody_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "django.po"
    known = (("", r"Language: en\n"), ("Start", "Home page"), ("Ungesagt", "Unsaid"))
    file.write_text("\n".join(f'msgid "{said}"\nmsgstr "{here}"\n' for said, here in known), encoding="utf-8")
    monkeypatch.setattr(messages, "CATALOGUE", file)
    messages.gather()
    with file.open("rb") as stream:
        found: Catalog = read_po(stream, locale="en")
    start = found.get("Start")
    assert start is not None
    assert start.string == "Home page"
    assert found.get("Ungesagt") is None
    first = file.read_bytes()
    messages.gather()
    assert file.read_bytes() == first


def test_what_is_compiled_is_what_django_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gettext  # noqa: PLC0415

    monkeypatch.setattr(messages, "COMPILED", tmp_path / "en" / "LC_MESSAGES" / "django.mo")
    messages.compile_catalogue()
    with (tmp_path / "en" / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        spoken = gettext.GNUTranslations(stream)
    single = {m.id: m.string for m in messages.translated() if m.id and isinstance(m.id, str) and not m.context}
    assert all(spoken.gettext(said) == here for said, here in single.items() if here)


def test_rules_are_read_where_they_are_written_out() -> None:
    source = """
A = Rule("a", "f", "Satz A", "Schritt A")
B = Rule("b", "f", step="Schritt B", sentence="Satz B")
C = Rule(name, field, sentence)
"""
    assert set(messages.texts_of_rules(source)) == {"Satz A", "Schritt A", "Satz B", "Schritt B"}


def test_a_rule_refuses_in_the_language_of_the_page() -> None:
    from django.utils.translation import override  # noqa: PLC0415

    from ewm.capture.projects.rules import SUPPORT_END  # noqa: PLC0415
    from ewm.capture.withdrawing import REASON_LENGTH  # noqa: PLC0415

    with override("de"):
        assert SUPPORT_END.refuse("P", "1 vor 2").message == (
            "Die Begleitung endet vor ihrem Beginn (1 vor 2). Bitte berichtigen."
        )
        assert REASON_LENGTH.refuse("P").message == "Der Grund hat mehr als 180 Zeichen. Bitte kürzen."
    with override("en"):
        assert SUPPORT_END.refuse("P", "1 vor 2").message == (
            "The support ends before it begins (1 vor 2). Please correct it."
        )
        assert REASON_LENGTH.refuse("P").message == "The reason has more than 180 characters. Please shorten it."
