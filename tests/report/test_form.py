"""What a form's files state: a missing entry is named with its file, as deep as it lies."""

from __future__ import annotations

import pytest

from ewm.errors import ContentError
from ewm.report.form import Entries

STATED = {"cover": {"all": {"indicator": "X"}, "dots": 3}, "title": "Bericht"}


def test_what_is_there_is_given() -> None:
    entries = Entries("form.toml", STATED)
    assert entries["title"] == "Bericht"
    assert entries.group("cover").group("all") == {"indicator": "X"}


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        (("covers",), "form.toml: Die Angabe „covers“ fehlt. Bitte ergänzen."),
        (("cover", "filled"), "form.toml: Die Angabe „cover.filled“ fehlt. Bitte ergänzen."),
        (("cover", "all", "value"), "form.toml: Die Angabe „cover.all.value“ fehlt. Bitte ergänzen."),
        (("cover", "dots"), "form.toml: „cover.dots“ ist keine Gruppe von Angaben."),
    ],
)
def test_what_is_missing_is_named(path: tuple[str, ...], complaint: str) -> None:
    def descend() -> None:
        entries = Entries("form.toml", STATED)
        for key in path:
            entries = entries.group(key)

    with pytest.raises(ContentError) as refused:
        descend()
    assert complaint in str(refused.value)


@pytest.mark.parametrize("content", [None, "text", ["list"]])
def test_a_file_without_entries_is_named(content: object) -> None:
    with pytest.raises(ContentError, match=r"^de/fixed\.yaml: Angaben mit Namen fehlen\."):
        Entries("de/fixed.yaml", content)
