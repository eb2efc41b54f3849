"""What becomes of the rows of a file, in numbers that add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum

from ewm.capture.imports.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.models import Import


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records, and from how many rows of the file."""

    items: int = 0
    rows: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.items + other.items, self.rows + other.rows)


@dataclass(frozen=True, slots=True)
class Summary:
    """Every row below the header is in exactly one of the tallies.

    ``known``: there already, nothing to write; ``changed``: there already, with fields that are taken over;
    ``decide``: somebody must say, ``error``: something is wrong with it, ``left_out``: on purpose. None of the last
    three is written. ``reasons`` says why, and of how many records.
    """

    rows_in: int
    new: Tally = Tally()
    known: Tally = Tally()
    changed: Tally = Tally()
    decide: Tally = Tally()
    error: Tally = Tally()
    left_out: Tally = Tally()
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> Tally:
        """All records with all their rows."""
        return self.new + self.known + self.changed + self.decide + self.error + self.left_out

    @property
    def adds_up(self) -> bool:
        """Tell whether every row of the file is accounted for."""
        return self.all.rows == self.rows_in

    @property
    def taken(self) -> Tally:
        """What is written."""
        return self.new + self.changed

    def as_json(self) -> dict[str, Any]:
        """Return the numbers for a page or a command."""
        return asdict(self)


def summary_of(imported: Import) -> Summary:
    """Count the records of an import as they stand; two queries."""
    tallies: dict[str, Tally] = {}
    counted = imported.items.order_by().values("outcome", "takes").annotate(n=Count("pk"), rows_sum=Sum("row_count"))
    for outcome, takes, items, rows in counted.values_list("outcome", "takes", "n", "rows_sum"):
        name = "changed" if outcome == Outcome.KNOWN and takes else str(outcome)
        tallies[name] = tallies.get(name, Tally()) + Tally(items, rows)
    reasons = imported.items.order_by().exclude(reason="").exclude(outcome=Outcome.NEW).values("reason")
    told = dict(reasons.annotate(n=Count("pk")).order_by("-n", "reason").values_list("reason", "n"))
    return Summary(imported.rows, reasons=told, **tallies)
