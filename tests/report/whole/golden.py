"""What the delivered report's PDF says and how it is tagged, in the form of its golden files.

    make golden     builds the report in a folder of its own and writes the golden files anew

``text.txt`` is every page's text in reading order, ``tags.txt`` the tag tree with one line for each element of the
document. What changes with the day of the export or with a content hash is replaced by what it is.
"""

from __future__ import annotations

import re
import sys
import tempfile
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from tests.report.pdf.pages import Tag, tags_of, text_of
from tests.report.whole.desk import COMMANDS, LOAD, REPORT, ewm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "report"
TEXT, TAGS = "text.txt", "tags.txt"
_CHANGING = (
    (re.compile(r"(Datenexport |^Stand\n)\d\d\.\d\d\.\d{4}", re.MULTILINE), r"\1<Tag des Exports>"),
    (re.compile(r"\b(\d{4}-\d\d-\d\d)_[0-9a-f]{8}\b"), r"\1_<Prüfwert>"),
    (re.compile(r"Datenstand [0-9a-f]{4} [0-9a-f]{4}\b"), "Datenstand <Prüfwert>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<Prüfwert>"),
)
_ALT = 60
"""Signs of an alternative text that its line keeps."""


def text(pdf: Path) -> str:
    """Return the text of all pages in reading order, each below a line with its number."""
    pages = text_of(pdf, "-raw").removesuffix("\f").split("\f")
    return "".join(f"=== Seite {number}\n{settled(page)}" for number, page in enumerate(pages, 1))


def pages_of(golden: str) -> int:
    """Return the number of pages of a golden text."""
    return golden.count("=== Seite ")


def tags(pdf: Path) -> str:
    """Return the tag tree: one line for each element of the document, what it holds in brackets, runs counted."""
    with pikepdf.open(pdf) as opened:
        return outline(tags_of(opened))


def outline(found: Sequence[Tag]) -> str:
    """Return tags in reading order as lines."""
    lines = [(_held(tag, inside), _alt(tag, inside)) for tag, inside in _below(found, 1)]
    return "".join(_line(held, alt, len(list(run))) for (held, alt), run in groupby(lines))


def golden_files(pdf: Path) -> dict[str, str]:
    """Return the content of the golden files by name."""
    return {TEXT: text(pdf), TAGS: tags(pdf)}


def settled(page: str) -> str:
    """Return a page's text without what changes by itself, one space between words."""
    for changing, name in _CHANGING:
        page = changing.sub(name, page)
    plain = page.replace("\N{SOFT HYPHEN}", "-").replace("\N{NO-BREAK SPACE}", " ")
    return "".join(f"{' '.join(line.split())}\n" for line in plain.splitlines() if line.strip())


def _below(found: Sequence[Tag], depth: int) -> Iterator[tuple[Tag, Sequence[Tag]]]:
    """Yield every tag of a depth with those inside it."""
    starts = [place for place, tag in enumerate(found) if tag.depth == depth]
    for start, end in pairwise([*starts, len(found)]):
        yield found[start], found[start + 1 : end]


def _held(tag: Tag, below: Sequence[Tag]) -> str:
    inside = [_held(child, held) for child, held in _below(below, tag.depth + 1)]
    if not inside:
        return tag.role
    runs = ((held, len(list(run))) for held, run in groupby(inside))
    return f"{tag.role}({' '.join(_times(held, count) for held, count in runs)})"


def _times(held: str, count: int) -> str:
    return held if count == 1 else f"{count}×{held}"


def _alt(tag: Tag, below: Sequence[Tag]) -> str:
    texts = [" ".join(one.alt.split())[:_ALT] for one in (tag, *below) if one.alt]
    return " | ".join(dict.fromkeys(texts))


def _line(held: str, alt: str, count: int) -> str:
    return f"{_times(held, count)}{f'   „{alt}“' if alt else ''}\n"


def main() -> int:
    """Build the report and write the golden files; returns the exit code of what failed."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for words in (*LOAD, *COMMANDS):
            done = ewm(data, *words)
            if done.returncode:
                sys.stderr.write(done.stderr)
                return done.returncode
        files = golden_files(data / "reports" / REPORT / f"{REPORT}.pdf")
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (GOLDEN / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
