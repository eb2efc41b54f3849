"""What stands around a figure or table: the finding above, the official caption, rules, notes and source below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.bound import unmarked
from ewm.report.document import Note
from ewm.report.form import caption_place
from ewm.report.template import outside_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.report.markdown import Reader
    from ewm.report.setting import Setting


def caption(
    setting: Setting,
    name: str,
    spec: Mapping[str, Any],
    reader: Reader,
    names: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Return the fields that figures and tables share, for their constructors.

    Texts come from the language's captions, facts for headline and notes from the spec. Raises ContentError naming
    the figure or table and what is missing.
    """
    words = setting.words(name)
    facts = spec.get("facts", {})
    place = f"captions.yaml: {name}"
    missing = [key for key in ("label", "headline", "caption", "short", "source") if not words.get(key)]
    if missing:
        raise ContentError(f"{caption_place(setting.form, name, 'label')}: Es fehlt {', '.join(missing)}.")

    declared = outside_facts(place, words.get("outside", ()))

    def render(text: object) -> str:
        return setting.render(place, str(text), facts, names, declared)

    notes = [(note["kind"], render(note["text"])) for note in words.get("notes", ())]
    return {
        "id": name,
        "label": words["label"],
        "headline": reader.inlines(render(words["headline"])),
        "caption": unmarked(render(words["caption"])),
        "short": unmarked(render(words["short"])),
        "rules": ", ".join(spec.get("rules", ())),
        "source": unmarked(render(words["source"])),
        "notes": tuple(Note(kind, reader.inlines(text)) for kind, text in notes if text.strip()),
    }
