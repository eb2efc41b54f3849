"""The English words of the site: gathers what is said in German, and compiles the catalogue at set-up.

``python -m ewm.web.messages gather`` brings ``locale/en/LC_MESSAGES/django.po`` to what the sources say: new texts come
with an empty translation, those that nobody says any more go. ``compile`` writes the catalogue that Django reads.
"""

from __future__ import annotations

import ast
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ewm.report.assets import ASSETS

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).resolve().parents[1]
HOMES = ("capture", "web")
ONLY_GERMAN = ("capture/records", "web/management")
"""What these refuse is read on the command line, which speaks German."""
CATALOGUE = Path(__file__).resolve().parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = ASSETS / "locale" / "en" / "LC_MESSAGES" / "django.mo"
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "worded": None,
}
"""By which names modules call Django's gettext; a module that calls it otherwise fails the tests."""


def gathered() -> Catalog:
    """Return every text of the sources, in the order of files, each with the files that say it."""
    found = Catalog(
        locale="en",
        domain="django",
        header_comment="# English words of the site. Written by: make messages",
        project="EWM",
        version="",
        copyright_holder="",
        msgid_bugs_address="",
        fuzzy=False,
    )
    for file in _files():
        place = file.relative_to(SOURCES).as_posix()
        for _, message, _, context in extract("python", BytesIO(_as_python(file)), KEYWORDS):
            found.add(message, locations=[(place, 1)], context=context)
        if file.suffix == ".py" and not place.startswith(ONLY_GERMAN):
            for text in texts_of_rules(file.read_text(encoding="utf-8")):
                found.add(text, locations=[(place, 1)])
    return found


def texts_of_rules(source: str) -> Iterator[str]:
    """Yield what the rules of a module say: sentence and next step of every ``Rule(…)`` that are written out there.

    A rule translates both where it refuses something.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule":
            named = [each.value for each in node.keywords if each.arg in {"sentence", "step"}]
            for each in (*node.args[2:4], *named):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


def _files() -> Iterator[Path]:
    for home in HOMES:
        for file in sorted((SOURCES / home).rglob("*")):
            if file.suffix in {".py", ".html", ".txt"} and "migrations" not in file.parts:
                yield file


def _as_python(file: Path) -> bytes:
    """Return a module as it is, and a template as calls of gettext."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        from django.utils.translation.template import templatize  # noqa: PLC0415 (only templates need it)

        text = templatize(text, origin=str(file))
    return text.encode()


def translated() -> Catalog:
    """Return the catalogue with its translations."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="en", domain="django")


def gather() -> None:
    """Write the catalogue anew: the sources' texts, with the translations that there are."""
    known = translated() if CATALOGUE.is_file() else Catalog(locale="en")
    fresh = gathered()
    for message in fresh:
        if message.id and (former := known.get(message.id, message.context)):
            message.string = former.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, fresh, omit_header=False, width=120, include_lineno=False, sort_by_file=True)
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines(keepends=True)
    moments = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Last-Translator',
        '"Language-Team',
        '"Report-',
    )
    CATALOGUE.write_text("".join(line for line in lines if not line.startswith(moments)), encoding="utf-8")


def compile_catalogue() -> None:
    """Write what Django reads."""
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    draft = COMPILED.with_suffix(".draft")
    with draft.open("wb") as stream:
        write_mo(stream, translated())
    draft.rename(COMPILED)


def main() -> int:
    """Do what the command line says."""
    work = {"gather": gather, "compile": compile_catalogue}.get(" ".join(sys.argv[1:]))
    if work is None:
        sys.stderr.write("python -m ewm.web.messages gather | compile\n")
        return 2
    from django.conf import settings  # noqa: PLC0415 (templates are read with Django's own parser)

    settings.configure(USE_I18N=True)
    work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
