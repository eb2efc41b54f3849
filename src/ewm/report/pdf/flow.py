"""Which figures float: one that does not fit moves to the next page's top, and text after it fills the gap.

The typesetter reports how high the pieces of each chapter are; the pages are then filled on paper for every choice of
floating figures, which is cheap, and the best choice is set in earnest. The look stays with the theme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

TOP, BOTTOM = 34.0, 273.0
"""Upper and lower edge of the type area, in mm from the top of the page."""

SPACE = 8.0
"""Space between two pieces, in mm (7 above a figure, 9 below it and above a section)."""

HEAD = 26.0
"""Of a text, so many mm stay together: its heading and the first lines."""

DISTANCE_COST: Mapping[int, float] = {0: 12.0, 1: 20.0, 2: 70.0}
"""A figure so many pages after its text is as bad as a gap of so many mm."""

FAR_COST = 150.0
"""The same for a figure three or more pages away."""

MAX_FIGURES = 11
"""So many figures of a chapter are looked at: 2¹¹ choices take some hundredths of a second."""


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
    """A text, or the figure or table with ``id``, as high as it is in mm."""

    height: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pieces of one chapter, from ``start`` mm below the upper edge of its first page on."""

    start: float
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Pages:
    """Pages being filled: height used on the current one, figures that wait with the page of their text.

    ``gaps`` are the empty mm at the feet of pages, each with the index of the piece that begins the next page;
    ``distances`` say of each floating figure how many pages it stands after its text.
    """

    used: float
    number: int = 0
    waiting: list[tuple[Piece, int]] = field(default_factory=list)
    gaps: list[tuple[int, float]] = field(default_factory=list)
    distances: dict[str, int] = field(default_factory=dict)

    def turn(self, cause: int) -> None:
        """Go to the next page, whose top takes the figures that wait."""
        if self.used < BOTTOM - TOP:
            self.gaps.append((cause, BOTTOM - TOP - self.used))
        self.used = 0.0
        self.number += 1
        while self.waiting and self._fits(self.waiting[0][0].height):
            piece, anchor = self.waiting.pop(0)
            self.distances[piece.id] = self.number - anchor
            self._take(piece.height)

    def flush(self, cause: int) -> None:
        """Go on only after all figures that wait."""
        while self.waiting:
            self.turn(cause)

    def in_place(self, cause: int, piece: Piece) -> None:
        """Set a figure just here, after all that wait."""
        self.flush(cause)
        if not self._fits(piece.height):
            self.turn(cause)
        self._take(piece.height)

    def floating(self, piece: Piece) -> None:
        """Set a figure that floats: on this page if it fits, else it waits."""
        if not self.waiting and self._fits(piece.height):
            self.distances[piece.id] = 0
            self._take(piece.height)
        else:
            self.waiting.append((piece, self.number))

    def text(self, cause: int, height: float) -> None:
        """Set a text, which may go on over pages."""
        if not self._fits(min(height, HEAD)):
            self.turn(cause)
        rest = height
        while rest > self._room():
            rest -= max(0.0, self._room())
            self.used = BOTTOM - TOP
            self.turn(cause)
        self._take(rest)

    def cost(self) -> float:
        """Large gaps count more than many small ones, and a figure far from its text more than one near it."""
        away = sum(DISTANCE_COST.get(distance, FAR_COST) ** 2 for distance in self.distances.values())
        return sum(size**2 for _, size in self.gaps) + away

    def _room(self) -> float:
        return BOTTOM - TOP - self.used - (SPACE if self.used else 0.0)

    def _fits(self, height: float) -> bool:
        return height <= self._room() or not self.used

    def _take(self, height: float) -> None:
        self.used += (SPACE if self.used else 0.0) + height


def stretches(spots: Iterable[Spot]) -> Iterator[Stretch]:
    """Return the chapters with figures as they lie while nothing floats."""
    start, pieces = 0.0, list[Piece]()
    begun: dict[str, float] = {}
    for spot in spots:
        if spot["kind"] == "chapter":
            if any(piece.id for piece in pieces):
                yield Stretch(start, tuple(pieces))
            start, pieces = spot["y"] - TOP, []
        elif spot["kind"] == "text":
            pieces.append(Piece(spot["height"]))
        elif spot["kind"] == "frame":
            begun[spot["id"]] = spot["y"]
        elif spot["id"] in begun:
            pieces.append(Piece(spot["y"] - begun[spot["id"]], spot["id"]))
    if any(piece.id for piece in pieces):
        yield Stretch(start, tuple(pieces))


def fill(stretch: Stretch, floating: AbstractSet[str]) -> Pages:
    """Fill pages with a chapter; what floats stands before the next figure in place and before the chapter's end."""
    pages = Pages(stretch.start)
    for index, piece in enumerate(stretch.pieces):
        if not piece.id:
            pages.text(index, piece.height)
        elif piece.id in floating:
            pages.floating(piece)
        else:
            pages.in_place(index, piece)
    pages.flush(len(stretch.pieces))
    return pages


def best_choice(stretch: Stretch, gap: float) -> frozenset[str]:
    """Return which figures of one chapter float best, on paper.

    Figures are considered from the first that would leave a gap of more than ``gap`` mm on, if text follows them.
    """
    troubled = [cause for cause, size in fill(stretch, frozenset()).gaps if size > gap]
    if not troubled:
        return frozenset()
    last_text = max((index for index, piece in enumerate(stretch.pieces) if not piece.id), default=0)
    eligible = [piece.id for piece in stretch.pieces[troubled[0] : last_text] if piece.id][:MAX_FIGURES]
    every = (frozenset(chosen) for count in range(len(eligible) + 1) for chosen in combinations(eligible, count))
    return min(every, key=lambda chosen: (fill(stretch, chosen).cost(), len(chosen)))


def gaps_cost(spots: Sequence[Spot], floating: AbstractSet[str]) -> float:
    """What the gaps of the pages as set cost, measured like pages on paper: before what begins a new page."""
    lowest: dict[int, float] = {}
    for spot in spots:
        if spot["kind"] != "chapter":
            lowest[spot["page"]] = max(lowest.get(spot["page"], 0.0), spot["y"])
    flow = sorted((spot for spot in spots if spot["id"] not in floating), key=lambda spot: (spot["page"], spot["y"]))
    cost = 0.0
    for former, spot in pairwise(flow):
        before = spot["page"] - 1
        if spot["kind"] in {"text", "frame"} and spot["page"] > former["page"] and before in lowest:
            cost += (BOTTOM - lowest[before]) ** 2
    return cost
