"""A report form: the folder of a programme that says what one kind of report contains.

    form.toml           which strategy applies to which kind of cluster, the dots of the cover
    figures/, tables/   what a figure or table shows, without language
    de/, en/            chapters, captions, fixed words, guarded words and thresholds of a language

Another language is another folder with the same files; nothing else changes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import yaml

from ewm.errors import ContentError
from ewm.report.template import Chapter, read_chapter
from ewm.report.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entries(dict[str, Any]):
    """What a file of a form states; whoever asks for an entry that is not there is told file and entry."""

    def __init__(self, file: str, content: object, above: str = "") -> None:
        if not isinstance(content, dict):
            found = f"„{above.rstrip('.')}“ ist keine Gruppe von Angaben" if above else "Angaben mit Namen fehlen"
            raise ContentError(f"{file}: {found}. Bitte ergänzen; eine Angabe hat die Form „Name: Wert“.")
        super().__init__(content)
        self.file, self.above = file, above

    def __missing__(self, key: str) -> Any:
        """Raise ContentError naming file and entry."""
        raise ContentError(f"{self.file}: Die Angabe „{self.above}{key}“ fehlt. Bitte ergänzen.")

    def group(self, key: str) -> Entries:
        """Return the entries of a group; raises ContentError where it is missing or no group."""
        return Entries(self.file, self[key], f"{self.above}{key}.")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language: chapters in order, captions by figure or table, fixed words, the table of words."""

    language: str
    chapters: tuple[Chapter, ...]
    captions: Mapping[str, Mapping[str, Any]]
    fixed: Entries
    words: Words


@dataclass(frozen=True, slots=True)
class Form:
    """A report form in one language, with the specs of its figures and tables."""

    path: Path
    settings: Entries
    specs: Mapping[str, Mapping[str, Any]]
    texts: Texts


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raises ContentError naming the file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  (a safe loader)
    except OSError as error:
        raise ContentError(f"{path.parent.name}/{path.name} fehlt. Bitte die Datei anlegen.") from error
    except yaml.MarkedYAMLError as error:
        line = f", Zeile {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ContentError(f"{path.parent.name}/{path.name}{line}: kein gültiges YAML: {error.problem}.") from error


def caption_place(form: Form, name: str, key: str) -> str:
    """Return file and line of a caption's text; without a text of this key, where the caption begins."""
    return f"captions.yaml, Zeile {caption_line(form, name, key)}: {name}"


def caption_line(form: Form, name: str, key: str) -> int:
    """Return the line of a caption's text; without a text of this key, that on which the caption begins."""
    lines = (form.path / form.texts.language / "captions.yaml").read_text(encoding="utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:"))
    inside = takewhile(lambda numbered: numbered[1].startswith((" ", "#")), enumerate(lines[begin:], begin + 1))
    return next((number for number, line in inside if line.startswith(f"  {key}:")), begin)


def load_form(folder: Path, language: str) -> Form:
    """Load a report form in one language; raises ContentError naming file and remedy for what is missing or wrong."""
    if not (folder / "form.toml").is_file():
        raise ContentError(f"Die Berichtsform „{folder.name}“ gibt es nicht (form.toml fehlt in {folder}).")
    if not (folder / language).is_dir():
        known = ", ".join(sorted(path.name for path in folder.iterdir() if (path / "words.yaml").is_file()))
        raise ContentError(f"Die Berichtsform „{folder.name}“ gibt es nicht in der Sprache „{language}“ ({known}).")
    try:
        settings = tomllib.loads((folder / "form.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{folder.name}/form.toml ist kein gültiges TOML: {error}") from error
    specs = {
        path.stem: read_yaml(path) for kind in ("figures", "tables") for path in sorted((folder / kind).glob("*.yaml"))
    }
    return Form(folder, Entries(f"{folder.name}/form.toml", settings), specs, _texts(folder / language))


def _texts(folder: Path) -> Texts:
    return Texts(
        language=folder.name,
        chapters=tuple(read_chapter(path) for path in sorted((folder / "chapters").glob("*.md"))),
        captions=read_yaml(folder / "captions.yaml"),
        fixed=Entries(f"{folder.name}/fixed.yaml", read_yaml(folder / "fixed.yaml")),
        words=load_words(folder / "words.yaml"),
    )
