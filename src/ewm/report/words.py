"""Words for numbers: trend and share words come from one documented table of thresholds, never from a writer's ear.

The table is content (``words.yaml`` of a report form): per language a list of steps for shares and for changes.
All comparisons are done in integers.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import yaml

from ewm.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a table: from ``low`` (inclusive unless ``above``) to ``high`` (exclusive unless ``up_to``)."""

    word: str
    low: Fraction | None
    high: Fraction | None
    above: bool
    up_to: bool

    def holds(self, value: Fraction) -> bool:
        """Return whether a value lies within the step."""
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        return self.high is None or value < self.high or (self.up_to and value == self.high)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    ``numbers`` are the words of the integers 0 to 12, ``guarded`` the words and stems that prose may only use when
    bound, ``names`` the fixed names that may contain digits.
    """

    shares: tuple[Step, ...]
    changes: tuple[Step, ...]
    numbers: tuple[str, ...]
    guarded: tuple[str, ...]
    names: tuple[str, ...]

    def share(self, part: int, whole: int) -> str:
        """Return the word of a share, such as „rund drei Viertel“; raises ContentError where there is no share."""
        if not whole:
            raise ContentError("Ein Anteil an nichts hat kein Wort; bitte den Fall null im Text unterscheiden.")
        if not 0 <= part <= whole:
            raise ContentError(f"{part} ist kein Teil von {whole}; bitte prüfen, welche Zahl zu welcher gehört.")
        return _word(self.shares, Fraction(part, whole), "Anteile")

    def change(self, before: int, after: int) -> str:
        """Return the word of a change against ``before``, such as „leicht gesunken“."""
        if not before:
            raise ContentError("Eine Veränderung gegenüber null hat kein Wort; bitte den Fall im Text unterscheiden.")
        return _word(self.changes, Fraction(after - before, abs(before)), "Veränderungen")

    def number(self, count: int) -> str:
        """Return a small count as a word, a larger one as digits are written elsewhere; raises IndexError."""
        return self.numbers[count]


def _word(steps: tuple[Step, ...], value: Fraction, what: str) -> str:
    for step in steps:
        if step.holds(value):
            return step.word
    raise ContentError(f"words.yaml: Die Tabelle der {what} hat keine Stufe für {float(value):.3f}.")


def _fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _steps(entries: list[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        Step(
            word=entry["word"],
            low=_fraction(entry.get("from", entry.get("above"))),
            high=_fraction(entry.get("below", entry.get("to"))),
            above="above" in entry,
            up_to="to" in entry,
        )
        for entry in entries
    )


def _check_steps(name: str, steps: tuple[Step, ...]) -> None:
    for earlier, later in itertools.pairwise(steps):
        if earlier.high != later.low or earlier.up_to == (not later.above):
            raise ContentError(
                f"words.yaml: In „{name}“ schließen „{earlier.word}“ und „{later.word}“ nicht lückenlos und ohne "
                "Überschneidung aneinander an."
            )


def load_words(path: Path) -> Words:
    """Load the table of words; raises ContentError where steps leave a gap or overlap, or a key is missing."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  (a safe loader)
        words = Words(
            shares=_steps(content["shares"]),
            changes=_steps(content["changes"]),
            numbers=tuple(content["numbers"]),
            guarded=tuple(content["guarded"]),
            names=tuple(content["names"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ContentError(
            f"{path.name}: Die Tabelle der Wörter ist nicht lesbar oder unvollständig ({error})."
        ) from error
    _check_steps("shares", words.shares)
    _check_steps("changes", words.changes)
    return words
