"""Which figures float: one that does not fit moves to the next page's top, and text after it fills the gap.

The typesetter reports how high the pieces of each chapter are; the pages are then filled on paper for every choice of
floating rows, which is cheap, and the best choices are set in earnest. The look stays with the theme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

TOP, BOTTOM = 34.0, 273.0
"""Upper and lower edge of the type area, in mm from the top of the page."""

SPACE = 8.0
"""Space between two pieces, in mm (7 above a figure, 9 below it and above a section)."""

HEAD = 26.0
"""Of a text, so many mm stay together: its heading and the first lines."""

FLOAT_COST = 12.0
"""A figure away from its text is as bad as a gap of so many mm."""

MAX_ROWS = 10
"""So many rows of figures that leave gaps are looked at together: 2¹⁰ choices take some hundredths of a second."""


class Spot(TypedDict):
    """What the typesetter reports, in the order of the pages.

    ``chapter``: one begins, ``text``: a text of ``height`` mm begins, ``frame``: a figure or table with ``id`` begins,
    ``end``: a text or frame ends; each at ``y`` mm from the top of ``page``.
    """

    kind: Literal["chapter", "text", "frame", "end"]
    id: str
    page: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A text (without ids) or a row of figures that stand together, as high as they are, in mm."""

    height: float
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pieces of one chapter, from ``start`` mm below the upper edge of its first page on."""

    start: float
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Pages:
    """Pages being filled: height used on the current one, floats that wait, and the gaps left behind."""

    used: float
    waiting: list[float] = field(default_factory=list)
    gaps: list[tuple[int, float]] = field(default_factory=list)

    def turn(self, cause: int) -> None:
        """Go to the next page, whose top takes the floats that wait."""
        if self.used < BOTTOM - TOP:
            self.gaps.append((cause, BOTTOM - TOP - self.used))
        self.used = 0.0
        while self.waiting and self._fits(self.waiting[0]):
            self._take(self.waiting.pop(0))

    def flush(self, cause: int) -> None:
        """Go on only after all floats that wait."""
        while self.waiting:
            self.turn(cause)

    def frame(self, cause: int, height: float) -> None:
        """Set a figure that does not float."""
        if not self._fits(height):
            self.turn(cause)
        self._take(height)

    def floating(self, height: float) -> None:
        """Set a figure that floats: on this page if it fits, else it waits."""
        if not self.waiting and self._fits(height):
            self._take(height)
        else:
            self.waiting.append(height)

    def text(self, cause: int, height: float) -> None:
        """Set a text, which may go on over pages."""
        if not self._fits(min(height, HEAD)):
            self.turn(cause)
        rest = height
        while not self._fits(rest):
            rest -= max(0.0, BOTTOM - TOP - self.used - SPACE)
            self.used = BOTTOM - TOP
            self.turn(cause)
        self._take(rest)

    def _fits(self, height: float) -> bool:
        return self.used + (SPACE if self.used else 0.0) + height <= BOTTOM - TOP or not self.used

    def _take(self, height: float) -> None:
        self.used += (SPACE if self.used else 0.0) + height


def stretches(spots: Iterable[Spot]) -> Iterator[Stretch]:
    """Return the chapters as they lie while nothing floats; figures without text between them are one row."""
    start, pieces = 0.0, list[Piece]()
    begun: dict[str, float] = {}
    for spot in spots:
        if spot["kind"] == "chapter":
            if any(piece.ids for piece in pieces):
                yield Stretch(start, tuple(pieces))
            start, pieces = spot["y"] - TOP, []
        elif spot["kind"] == "text":
            pieces.append(Piece(spot["height"]))
        elif spot["kind"] == "frame":
            begun[spot["id"]] = spot["y"]
        elif spot["id"] in begun:
            pieces.append(Piece(spot["y"] - begun[spot["id"]], (spot["id"],)))
    if any(piece.ids for piece in pieces):
        yield Stretch(start, tuple(pieces))


def fill(stretch: Stretch, floating: AbstractSet[str]) -> list[tuple[int, float]]:
    """Fill pages with a chapter; return the gaps at their feet, each with the index of the piece that caused it."""
    pages = _Pages(stretch.start)
    for index, piece in enumerate(stretch.pieces):
        if not piece.ids:
            pages.text(index, piece.height)
            continue
        if index and not stretch.pieces[index - 1].ids:
            pages.flush(index)
        if piece.ids[0] in floating:
            pages.floating(piece.height)
        else:
            pages.frame(index, piece.height)
    pages.flush(len(stretch.pieces))
    return pages.gaps


def choices(stretch: Stretch, gap: float) -> list[frozenset[str]]:
    """Return choices of floating figures for one chapter, the best on paper first; floating nothing is one of them.

    Only rows that would leave a gap of more than ``gap`` mm, or come soon after one, are considered.
    """
    rows = list(_rows(stretch))
    troubled = {cause for cause, size in fill(stretch, frozenset()) if size > gap}
    if not troubled:
        return [frozenset()]
    eligible = [ids for ids, followed, index in rows if followed and index >= min(troubled)][:MAX_ROWS]
    found = [
        frozenset(id_ for row in chosen for id_ in row)
        for count in range(len(eligible) + 1)
        for chosen in combinations(eligible, count)
    ]
    return sorted(found, key=lambda chosen: (_cost(stretch, chosen), len(chosen)))


def _cost(stretch: Stretch, floating: AbstractSet[str]) -> float:
    """Large gaps count more than many small ones."""
    return sum(size**2 for _, size in fill(stretch, floating)) + len(floating) * FLOAT_COST**2


def _rows(stretch: Stretch) -> Iterator[tuple[tuple[str, ...], bool, int]]:
    """Rows of figures: their ids, whether text follows, and the index of the first."""
    pieces: Sequence[Piece] = stretch.pieces
    index = 0
    while index < len(pieces):
        begin = index
        while index < len(pieces) and pieces[index].ids:
            index += 1
        if index > begin:
            yield tuple(piece.ids[0] for piece in pieces[begin:index]), index < len(pieces), begin
        index += 1


def real_cost(spots: Sequence[Spot], floating: AbstractSet[str]) -> float:
    """What the pages as set are worth, measured like pages on paper: gaps before what begins a new page."""
    lowest: dict[int, float] = {}
    for spot in spots:
        if spot["kind"] != "chapter":
            lowest[spot["page"]] = max(lowest.get(spot["page"], 0.0), spot["y"])
    flow = sorted((spot for spot in spots if spot["id"] not in floating), key=lambda spot: (spot["page"], spot["y"]))
    cost = len(floating) * FLOAT_COST**2
    for former, spot in pairwise(flow):
        before = spot["page"] - 1
        if spot["kind"] in {"text", "frame"} and spot["page"] > former["page"] and before in lowest:
            cost += (BOTTOM - lowest[before]) ** 2
    return cost
