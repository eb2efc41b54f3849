"""Cover, running head and foot, imprint, and what the file says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.numbers import FORMATTERS
from ewm.report.office.evidence import fact
from ewm.report.office.items import Facts, Para, Span, Tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Meta
    from ewm.report.office.inlines import Inliner
    from ewm.report.office.items import Item, Runs

REGIONS = {"de": "DE", "en": "GB"}


def cover(meta: Meta, inliner: Inliner) -> Iterator[Item]:
    """Yield the field of dots, title, subtitle, cluster, and who published what when with whose money."""
    form, words, imprint = FORMATTERS[meta.language], meta.words, meta.imprint
    dots = inliner.pictures.cover()
    if dots:
        yield Para("figure", (dots,))
        yield Para("cover_note", inliner.runs(meta.dots_text))
    yield Para("title", (Span(meta.title),))
    yield Para("subtitle", (Span(meta.subtitle),))
    yield Para("cover_cluster", (Span(meta.cluster),))
    yield fact(words["publisher"], *map(Span, imprint.publisher))
    cut_off = Span(f"{words['cut_off_of_data']} {form.day(meta.cut_off)}")
    yield fact(words["as_of"], Span(form.day(meta.published_on)), cut_off)
    if imprint.funding:
        yield fact(words["funding"], *map(Span, imprint.funding))


def imprint(meta: Meta) -> Iterator[Item]:
    """Yield publisher, editorial office, funding notice and licence lines."""
    parts = (
        ("publisher", meta.imprint.publisher),
        ("editor", meta.imprint.editor),
        ("funding", meta.imprint.funding),
        ("notices", meta.imprint.notices),
    )
    for word, lines in parts:
        if lines:
            yield fact(meta.words[word], *map(Span, lines))


def running_head(meta: Meta) -> Runs:
    """The head of every page after the cover; the page number of the foot is added by the writers."""
    return (Span(meta.cluster), Tab(), Span(meta.report))


def running_foot(meta: Meta) -> Runs:
    """The foot of every page after the cover, to the right of the page number."""
    form, words = FORMATTERS[meta.language], meta.words
    days = f"{words['cut_off']} {form.day(meta.cut_off)} · {words['export']} {form.day(meta.exported_at.date())}"
    digits = meta.snapshot_hash[:8]
    return (Tab(), Span(days), Tab(), Span(f"{words['snapshot']} {digits[:4]} {digits[4:]}"))


def facts(meta: Meta) -> Facts:
    """Return the metadata of the files."""
    form = FORMATTERS[meta.language]
    return Facts(
        title=f"{meta.title} {meta.subtitle}: {meta.cluster}",
        subject=meta.subtitle,
        author=", ".join(meta.imprint.publisher[:1]),
        description=f"{meta.words['cut_off']} {form.day(meta.cut_off)}, {meta.words['snapshot']} {meta.snapshot}",
        keywords=tuple(dict.fromkeys((meta.cluster, meta.report, str(meta.year)))),
        language=meta.language,
        region=REGIONS[meta.language],
        published_on=meta.published_on,
        exported_at=meta.exported_at,
        identifier=meta.snapshot_hash,
    )
