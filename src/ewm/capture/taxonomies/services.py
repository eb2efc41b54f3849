"""Bring the clusters and terms of the programme's files into the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.writing import row_update, rows_create
from ewm.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from ewm.capture.base import Versioned
    from ewm.programme import Programme

REASON = "Programm geladen"


@dataclass(frozen=True, slots=True)
class Change:
    """Fields of one stored row that the programme has otherwise."""

    row: Versioned
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a programme would do to the database, by kind and id (a cluster is a term, too), in file order."""

    added: dict[str, Versioned] = field(default_factory=dict)
    changed: dict[str, Change] = field(default_factory=dict)
    ended: dict[str, Change] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def nothing(self) -> bool:
        """Tell whether the database already says what the programme says."""
        return not (self.added or self.changed or self.ended)

    def __add__(self, other: Plan) -> Plan:
        return Plan(
            self.added | other.added,
            self.changed | other.changed,
            self.ended | other.ended,
            self.unchanged + other.unchanged,
        )


def plan_programme(*, programme: Programme, today: date) -> Plan:
    """Compare the programme with the database.

    A cluster or term that the files no longer have is never deleted: it ends on the day of loading, unless it ended
    before or begins later (then on its first day, because a period has one).
    """
    clusters = {cluster.cluster_id: _columns(asdict(cluster), "kind") for cluster in programme.clusters}
    terms = {
        term_id: _columns(asdict(term), "parent", "scheme", "cluster", "series")
        for term_id, term in programme.terms.items()
    }
    return _plan(Cluster, "cluster_id", clusters, today) + _plan(Term, "term_id", terms, today)


def refuse_other_programme(programme: Programme) -> None:
    """Raise MissingError where the database's clusters and terms are not those of the programme."""
    if not plan_programme(programme=programme, today=timezone.localdate()).nothing:
        raise MissingError(
            "Cluster und Begriffe der Datenbank sind nicht die des Programms. Bitte zuerst laden: ewm programme load"
        )


def programme_load(
    *, programme: Programme, today: date | None = None, progress: Callable[[str, int, int], None] | None = None
) -> Plan:
    """Load clusters and terms, in one transaction; a second load of the same programme writes nothing.

    Returns what was added, changed and ended.
    """
    moment = timezone.now()
    with transaction.atomic():
        plan = plan_programme(programme=programme, today=today or timezone.localdate(moment))
        for model in (Cluster, Term):
            new = [row for row in plan.added.values() if isinstance(row, model)]
            rows_create(new, recorded_at=[moment] * len(new), reason=REASON)
        changes = [*plan.changed.values(), *plan.ended.values()]
        for done, change in enumerate(changes, 1):
            row_update(change.row, version=change.row.version, values=change.values, reason=REASON, recorded_at=moment)
            if progress:
                progress("Begriffe", done, len(changes))
    return plan


def _columns(values: dict[str, Any], *relations: str) -> dict[str, Any]:
    """Name the columns of relations as the models do; the files name them so already, but for the kind."""
    return {f"{name}_id" if name in relations else name: value for name, value in values.items()}


def _plan(model: type[Versioned], key: str, wanted: Mapping[str, Mapping[str, Any]], today: date) -> Plan:
    kind = model._meta.verbose_name
    stored = {f"{kind} {getattr(row, key)}": row for row in model.objects.all()}
    wanted = {f"{kind} {name}": values for name, values in wanted.items()}
    changes = {name: _change(stored[name], values) for name, values in wanted.items() if name in stored}
    return Plan(
        added={name: model(**values) for name, values in wanted.items() if name not in stored},
        changed={name: change for name, change in changes.items() if change.values},
        ended={name: _end(row, today) for name, row in stored.items() if name not in wanted and not _ended(row, today)},
        unchanged=sum(1 for change in changes.values() if not change.values),
    )


def _change(row: Versioned, wanted: Mapping[str, Any]) -> Change:
    return Change(row, {name: value for name, value in wanted.items() if getattr(row, name) != value})


def _ended(row: Any, today: date) -> bool:
    return row.valid_to is not None and row.valid_to <= max(today, row.valid_from or today)


def _end(row: Any, today: date) -> Change:
    return Change(row, {"valid_to": max(today, row.valid_from or today)})
