"""Puts a report together: chapters in their order, figures and tables where they are called, evidence behind it all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.annex import Annex, figure_data
from ewm.report.bound import unmarked
from ewm.report.document import (
    Block,
    Chapter,
    EvidenceBlock,
    FigureBlock,
    Heading,
    KeyNumber,
    Number,
    Paragraph,
    Picture,
    Story,
    TableBlock,
    Text,
    Tiles,
)
from ewm.report.figures import make_figure
from ewm.report.form import caption_line
from ewm.report.markdown import Reader, Source
from ewm.report.tables import make_table
from ewm.report.template import REMEDY, Finding, outside_facts, render, unbound, unbound_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ewm.report.charts.style import Style
    from ewm.report.setting import Setting
    from ewm.report.template import Chapter as ChapterTemplate
    from ewm.report.template import OutsideFact
    from ewm.snapshot.editorial import Edition, EditionPicture, EditionStory

_OWN = "\ue005"
"""Private-use character in the place of an edition's own text, while its chapter is rendered."""

_EDITION = re.compile(r"^:: edition (?P<chapter>\S+)\n(?P<default>.*?)^:: end$", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Assembler:
    """Makes the chapters of one report; raises ContentError listing every text that nothing proves."""

    setting: Setting
    edition: Edition
    annex: Annex
    style: Style
    figures: list[FigureBlock] = field(default_factory=list)

    def chapters(self) -> tuple[Chapter, ...]:
        """Return all chapters; sections („4.1“) become headings of the chapter before them."""
        self._place_texts()
        self._guard()
        found: list[Chapter] = []
        for template in self.setting.form.texts.chapters:
            title, blocks = self._chapter(template)
            if "." in template.number and found:
                heading = Heading(template.id, 2, (Text(title),), template.number)
                last = found[-1]
                found[-1] = Chapter(last.id, last.number, last.title, (*last.blocks, heading, *blocks))
            else:
                found.append(Chapter(template.id, template.number, title, blocks))
        return tuple(found)

    def _place_texts(self) -> None:
        """Raise ContentError for an edition's own text that no chapter has a place for: it would be lost."""
        templates = self.setting.form.texts.chapters
        places = [match["chapter"] for one in templates for match in _EDITION.finditer(one.body)]
        if lost := sorted(set(self.edition.texts) - set(places)):
            raise ContentError(
                f"{self.setting.shared['edition_text']} {', '.join(lost)}: Für diesen Text hat der Bericht keinen "
                f"Platz. Möglich sind {', '.join(places)}. Bitte das Kapitel im Text der Ausgabe ändern oder "
                "„:: edition …“ in die Kapiteldatei schreiben."
            )

    def _guard(self) -> None:
        words = self.setting.form.texts.words
        findings: list[Finding] = []
        for chapter in self.setting.form.texts.chapters:
            findings.extend(unbound(chapter, words))
        for name, text in self._own_texts():
            findings.extend(unbound_text(name, text, 1, (), words))
        for name, key, text in self._captions():
            found = unbound_text(f"captions.yaml: {name}: {key}", text, 0, self._caption_outside(name), words)
            findings.extend(replace(one, line=one.line + caption_line(self.setting.form, name, key)) for one in found)
        if findings:
            raise ContentError("\n".join([*map(str, findings), REMEDY]))

    def _own_texts(self) -> Iterator[tuple[str, str]]:
        for chapter, text in self.edition.texts.items():
            yield f"{self.setting.shared['edition_text']} {chapter}", text
        for story in self._told():
            name = f"{self.setting.shared['edition_story']} {story.code}"
            yield name, f"{story.title}\n{story.body}"
            if story.picture:
                yield f"{name}, Alternativtext", story.picture.alt

    def _captions(self) -> Iterator[tuple[str, str, str]]:
        for name, words in self.setting.form.texts.captions.items():
            for key in ("headline", "caption", "short", "source", "alt"):
                if key in words:
                    yield name, key, str(words[key])
            for word in words.get("words", {}).values():
                yield name, "words", str(word)
            for note in words.get("notes", ()):
                yield name, "notes", str(note["text"])

    def _caption_outside(self, name: str) -> tuple[OutsideFact, ...]:
        return outside_facts(name, self.setting.form.texts.captions[name].get("outside", ()))

    # -- one chapter -------------------------------------------------------------------------------------------------

    def _chapter(self, template: ChapterTemplate) -> tuple[str, tuple[Block, ...]]:
        title = self.setting.render(template.path.name, template.title, {})
        places = [match["chapter"] for match in _EDITION.finditer(template.body)]
        own = [self._own(template, place) for place in places if place in self.edition.texts]
        text = self._render(replace(template, body=_EDITION.sub(self._place, template.body)))
        for one in own:
            text = text.replace(_OWN, self._render(one), 1)
        sources = tuple(Source(one.path.name, one.first_line, one.body) for one in (*own, template))
        return unmarked(title), tuple(_gather_tiles(self._reader(template.path.name, sources).blocks(text)))

    def _render(self, template: ChapterTemplate) -> str:
        return render(template, self.setting.binder, self.setting.shared)

    def _place(self, match: re.Match[str]) -> str:
        """Return what stands in the place of an edition's own text while a chapter is rendered: as many lines."""
        if match["chapter"] in self.edition.texts:
            return _OWN + "\n" * match[0].count("\n")
        return f"\n{match['default']}"

    def _own(self, template: ChapterTemplate, place: str) -> ChapterTemplate:
        """Return an edition's own text as a template that knows the facts of its chapter."""
        name = f"{self.setting.shared['edition_text']} {place}"
        return replace(template, path=Path(name), body=self.edition.texts[place], first_line=1)

    def _reader(self, name: str, sources: Sequence[Source] = ()) -> Reader:
        directives: dict[str, Callable[[str], Sequence[Block]]] = {
            "figure": lambda rest: [self._figure(rest)],
            "table": lambda rest: [self._table(rest)],
            "tile": lambda rest: [self._tile(name, rest)],
            "evidence": lambda rest: [self._evidence(name, rest)],
            "stories": lambda _rest: self._stories(),
            "comparability": lambda _rest: self.annex.comparability(),
            "changes": lambda _rest: self.annex.changes(),
            "corrections": lambda _rest: self.annex.corrections(),
            "indicators": lambda _rest: self.annex.indicators(),
            "hashes": lambda _rest: self.annex.hashes(),
            "figuredata": lambda _rest: figure_data(self.figures, self.setting.form.texts.fixed),
        }
        return Reader(name, self.setting.labels, directives, sources)

    def _figure(self, name: str) -> FigureBlock:
        figure = make_figure(self.setting, name, self._reader(name), self.style)
        self.figures.append(figure)
        return figure

    def _table(self, name: str) -> TableBlock:
        return make_table(self.setting, name, self._reader(name))

    def _tile(self, name: str, rest: str) -> Tiles:
        (block,) = self._reader(name).blocks(f":: key {rest}")
        if not isinstance(block, KeyNumber):
            raise ContentError(f"{name}: „:: tile {rest}“ ist keine Zahl mit Bedeutung.")
        return Tiles((block,))

    def _evidence(self, name: str, rest: str) -> EvidenceBlock:
        number = next((inline for inline in self._reader(name).inlines(rest) if isinstance(inline, Number)), None)
        if number is None:
            raise ContentError(f"{name}: „:: evidence {rest}“ nennt kein gebundenes Ergebnis.")
        return EvidenceBlock(number.evidence)

    # -- stories -----------------------------------------------------------------------------------------------------

    def _told(self) -> Sequence[EditionStory]:
        """The stories of this edition; they are recorded in the programme's first language and told in that alone."""
        first = self.setting.order.programme.languages[0]
        return self.edition.stories if self.setting.form.texts.language == first else ()

    def _stories(self) -> Sequence[Block]:
        if not self._told():
            key = "stories_elsewhere" if self.edition.stories else "no_stories"
            return [Paragraph((Text(self.setting.form.texts.fixed[key]),))]
        return [self._story(story) for story in self._told()]

    def _story(self, story: EditionStory) -> Story:
        name = f"{self.setting.shared['edition_story']} {story.code}"
        reader = self._reader(name, (Source(name, 1, story.body),))
        blocks = reader.blocks(self.setting.render(name, story.body, {}))
        linked = (Text(f"{story.record[0]} {story.record[1]}"),) if story.record else ()
        picture = self._picture(name, story.picture) if story.picture else None
        return Story(story.code.lower(), story.title, picture, (), tuple(self._tags(story)), blocks, linked)

    def _picture(self, name: str, picture: EditionPicture) -> Picture:
        """Return a story's picture with its credit; raises ContentError where alternative text or credit is missing."""
        for what, text in (("Alternativtext", picture.alt), ("Bildnachweis", picture.credit)):
            if not text.strip():
                raise ContentError(
                    f"{name}: Dem Bild {picture.path.name} fehlt der {what}. Bitte beim Erfolgsbeispiel ergänzen und "
                    "den Datenstand neu schreiben."
                )
        alt = unmarked(self.setting.render(f"{name}, Alternativtext", picture.alt, {}))
        return Picture(str(picture.path), alt, picture.credit)

    def _tags(self, story: EditionStory) -> Iterator[tuple[str, tuple[str, ...]]]:
        terms = self.setting.order.programme.terms
        by_taxonomy: dict[str, list[str]] = {}
        for term in story.terms:
            by_taxonomy.setdefault(terms[term].taxonomy, []).append(self.setting.language.label(term))
        labels = self.setting.order.programme.taxonomy_labels
        for taxonomy, found in by_taxonomy.items():
            yield labels[taxonomy].get(self.setting.form.texts.language), tuple(found)  # type: ignore[arg-type]


def _gather_tiles(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with runs of tiles put together."""
    for is_tile, run in groupby(blocks, key=lambda block: isinstance(block, Tiles)):
        if is_tile:
            yield Tiles(tuple(number for block in run if isinstance(block, Tiles) for number in block.numbers))
        else:
            yield from run


def reference_labels(
    chapters: Sequence[ChapterTemplate], captions: Mapping[str, Mapping[str, str]], words: Mapping[str, str]
) -> dict[str, str]:
    """Return how the text calls what it refers to: figures and tables by their label, chapters by their number."""
    labels = {name: str(entry.get("label", "")) for name, entry in captions.items()}
    for chapter in chapters:
        kind = words["annex"] if chapter.number.isalpha() else words["chapter"]
        labels[chapter.id] = f"{kind}\N{NO-BREAK SPACE}{chapter.number}"
    return labels
