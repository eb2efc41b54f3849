"""Putting a report together: an edition's own text has a place, or it is named."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.report.assemble import Assembler
from ewm.report.form import load_form
from ewm.snapshot.editorial import Edition

NONE: Any = None


def test_an_own_text_without_a_place_is_not_lost() -> None:
    form = load_form(load_config().programme / "chapters" / "annual-2020", "de")
    setting: Any = SimpleNamespace(form=form, shared={"edition_text": "Text der Ausgabe zu Kapitel"})
    edition = Edition({"3": "Ein Text.", "4.9": "Ein anderer."}, ())
    with pytest.raises(ContentError, match=r"zu Kapitel 4\.9: Für diesen Text hat der Bericht keinen Platz") as caught:
        Assembler(setting, edition, NONE, NONE).chapters()
    assert "Möglich sind 3, 4.2" in str(caught.value)
