"""What points to an actor, and moving it: participations in projects and activities, and the actors below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.models import Activity, ActivityParticipation
from ewm.capture.actors.models import Actor, ActorFormerParent
from ewm.capture.projects.models import Project, ProjectParticipation
from ewm.capture.taxonomies.models import Term
from ewm.capture.writing import row_delete, row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.base import Versioned
    from ewm.capture.entry_writing import Occasion


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record in which actors take part: its model, that of the participations, their field for it."""

    name: str
    record: type[Versioned]
    participation: type[Versioned]
    owner: str
    start: str
    end: str


KINDS = (
    Kind("projects", Project, ProjectParticipation, "project", "support_start", "support_end"),
    Kind("activities", Activity, ActivityParticipation, "activity", "activity_start", "activity_end"),
)


@dataclass(frozen=True, slots=True)
class Movement:
    """From which actor (id) to which, and the occasion on which it is written."""

    source: int
    target: int
    occasion: Occasion

    def change(self, row: Versioned, **values: Any) -> None:
        """Change a row that nobody else has changed since it was read."""
        row_update(
            row,
            version=row.version,
            values=values,
            reason=self.occasion.reason,
            recorded_at=self.occasion.now,
        )

    def touch(self, model: type[Versioned], pk: int) -> None:
        """Give a record its next version: a part of it changed."""
        self.change(model.objects.get(pk=pk))


def strengths() -> dict[str, int]:
    """Return how strong a role is, by id: the smaller the stronger, in the order of the programme."""
    return dict(Term.objects.filter(taxonomy="role").values_list("term_id", "position"))


def move_participations(kind: Kind, movement: Movement) -> list[dict[str, Any]]:
    """Let the target take part where the source does; returns what was done, for ``give_participations_back``.

    Where both take part, one participation stays, in the stronger of the two roles.
    """
    order, owner_id = strengths(), f"{kind.owner}_id"
    mine = {getattr(row, owner_id): row for row in kind.participation.objects.filter(actor_id=movement.target)}
    done = []
    for row in kind.participation.objects.filter(actor_id=movement.source).order_by("id"):
        record = getattr(row, owner_id)
        note: dict[str, Any] = {"record": record, "role": row.role_id}
        if (kept := mine.get(record)) is None:
            movement.change(row, actor_id=movement.target)
            note["row"] = row.pk
        else:
            stronger = min(kept.role_id, row.role_id, key=lambda role: order.get(role, len(order)))
            note |= {"was": kept.role_id, "became": stronger}
            if stronger != kept.role_id:
                movement.change(kept, role_id=stronger)
            row_delete(row, version=row.version, reason=movement.occasion.reason, recorded_at=movement.occasion.now)
        movement.touch(kind.record, record)
        done.append(note)
    return done


def give_participations_back(kind: Kind, movement: Movement, done: Iterable[dict[str, Any]]) -> int:
    """Let the target take part again where it did before; returns how many could not be given back.

    A participation that somebody has taken out since stays out; a role that somebody has changed since stays.
    """
    lost = 0
    for note in done:
        owner = {f"{kind.owner}_id": note["record"], "actor_id": movement.source}
        row = kind.participation.objects.filter(**owner).first()
        if row is None or ("row" in note and row.pk != note["row"]):
            lost += 1
            continue
        if "row" in note:
            movement.change(row, actor_id=movement.target)
        else:
            if row.role_id == note["became"] != note["was"]:
                movement.change(row, role_id=note["was"])
            again = kind.participation(**{**owner, "actor_id": movement.target, "role_id": note["role"]})
            rows_create([again], recorded_at=[movement.occasion.now], reason=movement.occasion.reason)
        movement.touch(kind.record, note["record"])
    return lost


def move_children(movement: Movement) -> dict[str, list[int]]:
    """Put the target above the actors that the source stands or once stood above; returns them."""
    children = list(Actor.objects.filter(parent_id=movement.source).exclude(pk=movement.target))
    former = list(ActorFormerParent.objects.filter(parent_id=movement.source).exclude(actor_id=movement.target))
    _put_above(movement, children, former)
    return {"children": [row.pk for row in children], "former_children": [row.pk for row in former]}


def give_children_back(movement: Movement, done: dict[str, list[int]]) -> None:
    """Put the target above its actors again, but for those that stand elsewhere by now."""
    children = Actor.objects.filter(pk__in=done["children"], parent_id=movement.source)
    former = ActorFormerParent.objects.filter(pk__in=done["former_children"], parent_id=movement.source)
    _put_above(movement, list(children), list(former))


def _put_above(movement: Movement, children: list[Any], former: list[Any]) -> None:
    for child in children:
        movement.change(child, parent_id=movement.target)
    for row in former:
        movement.change(row, parent_id=movement.target)
    for pk in sorted({row.actor_id for row in former} - {row.pk for row in children}):
        movement.touch(Actor, pk)
