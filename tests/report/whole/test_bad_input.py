"""Content that is wrong stops the report: named with file, line and remedy, and the former report stays as it was."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.report.publish import FORMATS, write_report
from tests.report.whole.desk import BUILD, REPORT, ewm

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.document import Document
    from tests.report.whole.desk import Desk

CHAPTER = "de/chapters/43-fueui.md"
FIGURE = "figures/abbildung-04.yaml"
CAPTIONS = "de/captions.yaml"
FIXED = "de/fixed.yaml"
REFERENCE = "[[abbildung-03]]"
CALLING = "44-leitlinien.md"


@dataclass(frozen=True)
class Slip:
    """A text of the form that is replaced, and what the refusal says of it; ``below``: lines between text and slip."""

    name: str
    file: str
    old: str
    new: str
    says: tuple[str, ...]
    below: int = 0
    calls: str = ""


def in_head(name: str, old: str, new: str, *says: str) -> Slip:
    """A slip in the head of a chapter."""
    return Slip(name, CHAPTER, old, new, says)


def in_line(name: str, new: str, *says: str) -> Slip:
    """A slip in a line of a chapter's text."""
    return Slip(name, CHAPTER, REFERENCE, new, says)


def in_block(name: str, new: str, *says: str) -> Slip:
    """A slip in a block of its own, two lines below where the chapter's text is cut."""
    return Slip(name, CHAPTER, REFERENCE, f"x\n\n{new}\n\ny", says, below=2)


def in_figure(name: str, file: str, old: str, new: str, *says: str, calls: str) -> Slip:
    """A slip in the spec or the texts of a figure, which the chapter ``calls`` shows."""
    return Slip(name, file, old, new, says, calls=calls)


RDI, FUNDERS = "rdi: {indicator: P-06}", "level: main_funder, each: funding_body}"
PARTS = "project_parts: {indicator: P-08, level: guideline > guideline_category, each: guideline/*}"
ENVELOPES = "form: envelopes\nrules"
SLIPS = (
    in_head("an unknown indicator", RDI, "rdi: {indicator: P-99}", "rdi: ", "P-99", "P-01,"),
    in_head("an unknown value", "value: rdi_share}", "value: nothing}", "share: ", "„nothing“", "rdi_share"),
    in_head("an unknown population", RDI, "rdi: {indicator: P-06, population: x}", "„x“", "new_project"),
    in_head("an unknown level", FUNDERS, "level: x, each: status}", "Stufe „x“"),
    in_head("an unknown taxonomy", FUNDERS, "level: main_funder, each: funders}", "Taxonomie „funders“"),
    in_head("a year not recorded", RDI, "rdi: {indicator: P-06, year: -9}", "nicht erhoben"),
    in_line("an unknown name", "{{ nothing }}", "Den Namen „nothing“", "rdi, share"),
    in_line("an unknown property", "{{ rdi.nothing }}", "Die Eigenschaft „nothing“"),
    in_line("an expression left open", "{{ rdi ", "nicht lesbar"),
    in_line("a reference to nowhere", "[[abbildung-77]]", "[[abbildung-77]]", "abbildung-01"),
    in_line("a picture in the text", "![Foto](bild.png)", "image", "fett, kursiv"),
    in_block("a block of code", "```\ncode\n```", "fence", "Absätze"),
    in_block("HTML", "<div>z</div>", "html_block", "Absätze"),
    in_block("a table", "| a | b |", "| a | b |", "Tabellen"),
    in_block("a list in a list", "- Oberpunkt\n  - Unterpunkt", "genau ein Absatz", "auflösen"),
    in_block("bold left open", "**fett", "„**“", "schließen"),
    in_block("a link left open", "[Quelle](https://example.org", "„](“", "schließen"),
    in_block("a footnote left open", "^[offen", "Fußnote", "offen", "Klammer ergänzen"),
    in_block("an unknown directive", ":: chart schon", ":: chart schon", "figure"),
    in_block("an unknown figure", ":: figure karte", "„karte“", "abbildung-01"),
    in_figure(
        "no alternative text", CAPTIONS, "  alt: 'Balken in Gruppen", "  x: 'B", "(alt) fehlt", calls="43-fueui.md"
    ),
    in_figure("no short title", CAPTIONS, '  short: "FuEuI-Projekte"\n', "", "Es fehlt short", calls="43-fueui.md"),
    in_figure(
        "no label", CAPTIONS, "  label: Abbildung\N{NO-BREAK SPACE}3\n", "", "Es fehlt label", calls="43-fueui.md"
    ),
    Slip(
        "no strategies", "form.toml", "[schemes]", "[schemas]", ("annual-2020/form.toml: Die Angabe „schemes“ fehlt",)
    ),
    Slip(
        "no strategy for its kind", "form.toml", "regional =", "region =", ("form.toml: Die Angabe „schemes.regional“",)
    ),
    Slip("no filled dots", "form.toml", "[cover.filled]", "[cover.full]", ("form.toml: Die Angabe „cover.filled“",)),
    Slip("no period", FIXED, "\nperiod:", "\nperiods:", ("de/fixed.yaml: Die Angabe „period“ fehlt. Bitte ergänzen.",)),
    Slip("no publisher", FIXED, "publisher_lines:", "publishers:", ("de/fixed.yaml: Die Angabe „publisher_lines“",)),
    Slip("no name for a text", FIXED, "edition_story:", "story:", ("de/fixed.yaml: Die Angabe „edition_story“",)),
    in_figure("no data", FIGURE, PARTS, PARTS.replace("*", "st-arbeit"), "sind leer", "weglassen", calls=CALLING),
    in_figure("an entry missing", FIGURE, "all_projects:", "all_projekte:", "all_projects", calls=CALLING),
    Slip("broken YAML", FIGURE, ENVELOPES, ENVELOPES.replace("env", "[env"), ("kein gültiges YAML",), below=1),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_named_with_its_file_and_line(desk: Desk, slip: Slip) -> None:
    line = desk.spoil(slip.file, slip.old, slip.new) + slip.below
    with pytest.raises(ContentError) as refused:
        desk.build()
    message = str(refused.value)
    assert [part for part in slip.says if part not in message] == []
    named = slip.file.rpartition("/")[2]
    assert named in message
    places = dict(re.findall(r"([\w-]+\.(?:md|yaml)), Zeile (\d+)", message))
    if slip.calls:  # the chapter that calls the figure
        assert slip.calls in places
    elif named in places or slip.below or slip.file == CHAPTER:
        assert places[named] == str(line)


def test_a_trend_word_across_a_break_is_refused(desk: Desk) -> None:
    facts = "  acts: {indicator: S-01}\n  before: {indicator: S-01, year: -1}\n"
    desk.spoil(CHAPTER, "  rdi_before:", f"{facts}  rdi_before:")
    line = desk.spoil(CHAPTER, REFERENCE, "{{ acts.change(before) }}")
    with pytest.raises(ContentError, match=f"43-fueui.md, Zeile {line}: S-01: Zwischen 2019 und 2020 .*T-03 S1"):
        desk.build()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Ein guter Anfang.\n\n{{ nothing }}", "Zeile 3: Den Namen „nothing“"),
        ("Ein guter Anfang.\n\n| a | b |", "Zeile 3: „| a | b |“"),
        ("Ein guter Anfang mit [[abbildung-77]].", "Zeile 1: Der Verweis"),
        ("Ein {{ guter Anfang.", "Zeile 1: Der Ausdruck"),
    ],
)
def test_an_edition_text_is_named_itself(desk: Desk, body: str, says: str) -> None:
    desk.say(body)
    with pytest.raises(ContentError, match="^Text der Ausgabe zu Kapitel 3, " + re.escape(says)):
        desk.build()


def test_lines_of_a_chapter_stay_its_own_below_an_edition_text(desk: Desk) -> None:
    """However long the edition's text is, what follows in the chapter's file keeps its line."""
    desk.say("Ein Absatz.\n\nNoch ein Absatz.\n\nUnd noch ein Absatz.")
    line = desk.spoil("de/chapters/30-cluster-im-jahr.md", ":: end\n", ":: end\n\n{{ nothing }}\n") + 2
    with pytest.raises(ContentError, match=f"^30-cluster-im-jahr.md, Zeile {line}: Den Namen „nothing“"):
        desk.build()


def content(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_former_report_stays_byte_for_byte(own_data: Path, data: Path, desk: Desk) -> None:
    """On the command line: one block on stderr, exit code 3, nothing else changed."""
    home = own_data / "reports"
    home.mkdir()
    (home / REPORT).symlink_to(data / "reports" / REPORT)
    before = content(home / REPORT)
    line = desk.spoil(CHAPTER, REFERENCE, "{{ nothing }}")
    done = ewm(own_data, *BUILD, programme=desk.inputs.programme.path)
    assert done.returncode == 3
    assert done.stderr.startswith(f"Fehler: 43-fueui.md, Zeile {line}: Den Namen „nothing“ gibt es nicht.")
    assert "Traceback" not in done.stderr
    assert content(home / REPORT) == before
    assert [path.name for path in home.iterdir() if not path.name.startswith(".lock")] == [REPORT]


def test_a_sign_that_no_font_has_is_named_and_nothing_is_published(
    desk: Desk, document: Document, tmp_path: Path
) -> None:
    """Whatever the format: a copy that shows a box, or a sign from another font, is not published either."""
    home, brand = tmp_path / "reports", desk.inputs.programme.path / "brand"
    desk.say("Gut gemacht \N{THUMBS UP SIGN}, weiter so.")
    spoilt = desk.build()
    for form in FORMATS:
        write_report(document, home, name=form, formats=[form], brand_folder=brand)
        before = content(home)
        with pytest.raises(ContentError, match=r"Kapitel 3 .*U\+1F44D.*Gut gemacht"):
            write_report(spoilt, home, name=form, formats=[form], brand_folder=brand)
        assert content(home) == before


def test_a_copy_of_the_programme_gives_the_same_report(desk: Desk, document: Document) -> None:
    """What the slips above are measured against: unspoilt, the copy is the delivered report."""
    assert desk.build().chapters == document.chapters
