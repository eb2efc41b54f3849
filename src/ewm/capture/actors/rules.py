"""What must hold for an actor. Rules with a constraint's name are enforced by the database as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.actors.dated import parents_of
from ewm.capture.actors.identifiers import check_identifier
from ewm.capture.actors.models import GERMANY
from ewm.capture.periods import Period
from ewm.capture.refusing import Rule, german
from ewm.capture.taxonomies.rules import Use, check_cluster, check_term
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.capture.actors.dated import Dated
    from ewm.capture.actors.entries import ActorEntry, Membership
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

COMPANY = "company"

COUNTRY = Rule("actor_country_two_capitals", "country", "Der Staat ist kein Kürzel aus zwei Großbuchstaben (ISO 3166)")
LAND = Rule("actor_land_in_germany", "land", "Ein Land steht nur bei einem Sitz in Deutschland")
DISTRICT = Rule("actor_district_in_land", "district", "Der Kreis liegt nicht in dem angegebenen Land")
OWN_PARENT = Rule("actor_not_its_own_parent", "parent", "Ein Akteur kann sich nicht selbst übergeordnet sein")
ONCE_OWN_PARENT = Rule("actor_never_its_own_parent", "parent", "Ein Akteur kann sich nie selbst übergeordnet sein")
CYCLE = Rule("hierarchy_without_cycle", "parent", "Die übergeordneten Einrichtungen laufen im Kreis")
FORMER_NAME_ENDED = Rule(
    "former_name_ended",
    "name_to",
    "Der frühere Name gilt noch, sein letzter Tag liegt nicht vor heute",
    "Bitte eintragen, sobald der neue Name gilt.",
)
FORMER_PARENT_ENDED = Rule(
    "former_parent_ended",
    "parent_to",
    "Die frühere Zuordnung gilt noch, ihr letzter Tag liegt nicht vor heute",
    "Bitte eintragen, sobald die neue gilt.",
)
SIZE_OF_COMPANY = Rule("size_class_of_a_company", "size_class", "Eine Größenklasse haben nur Unternehmen")
MEMBERSHIP_END = Rule(
    "actor_cluster_end_not_before_begin", "member_to", "Die Zugehörigkeit zum Cluster endet vor ihrem Beginn"
)


def check_actor(entry: ActorEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one actor in itself."""
    yield from check_text(entry.code, "name", entry.name, "actor_name_given", entry.place, longest=300)
    yield from check_term(catalogue, entry.actor_type, ("actor_type",), Use(entry.code, "actor_type", entry.place))
    yield from _check_former(entry)
    yield from _check_seat(entry, catalogue)
    yield from _check_sizes(entry, catalogue)
    for membership in entry.clusters:
        yield from _check_membership(entry, membership, catalogue)
    for each in entry.identifiers:
        yield from check_text(
            entry.code, "identifier", each.identifier, "actor_identifier_given", each.place, longest=100
        )
        yield from check_term(catalogue, each.scheme, ("identifier_scheme",), Use(entry.code, "scheme", each.place))
        yield from check_identifier(entry, each)


def _check_former(entry: ActorEntry) -> Iterator[Refusal]:
    """Former names and parents have ended: name and parent are those of today, whoever reads them."""
    today = timezone.localdate()
    for each in entry.former_names:
        yield from check_text(entry.code, "name", each.name, "actor_former_name_given", each.place, longest=300)
        if each.name_to >= today:
            yield FORMER_NAME_ENDED.refuse(entry.code, f"{each.name}, {german(each.name_to)}", place=each.place)
    for above in entry.former_parents:
        if above.parent == entry.code:
            yield ONCE_OWN_PARENT.refuse(entry.code, f"bis {german(above.parent_to)}", place=above.place)
        if above.parent_to >= today:
            detail = f"{above.parent or 'keine'}, {german(above.parent_to)}"
            yield FORMER_PARENT_ENDED.refuse(entry.code, detail, place=above.place)


def _check_seat(entry: ActorEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    if not re.fullmatch(r"[A-Z]{2}", entry.country):
        yield COUNTRY.refuse(entry.code, entry.country, place=entry.place)
    if entry.land is not None and entry.country != GERMANY:
        yield LAND.refuse(entry.code, f"{entry.land}, {entry.country}", place=entry.place)
    if entry.district is not None and entry.district[:2] != entry.land:
        yield DISTRICT.refuse(entry.code, f"{entry.district}, Land {entry.land or 'leer'}", place=entry.place)
    yield from check_term(catalogue, entry.land, ("land",), Use(entry.code, "land", entry.place))
    yield from check_term(catalogue, entry.district, ("district",), Use(entry.code, "district", entry.place))
    if entry.municipality is not None:
        yield from check_text(
            entry.code, "municipality", entry.municipality, "actor_municipality_given", entry.place, longest=200
        )


def _check_sizes(entry: ActorEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    is_company = catalogue.is_a(entry.actor_type, COMPANY)
    for size in entry.sizes:
        if not is_company:
            yield SIZE_OF_COMPANY.refuse(entry.code, f"{size.size_class} bei {entry.actor_type}", place=size.place)
        use = Use(entry.code, "size_class", size.place, Period.day(size.size_from))
        yield from check_term(catalogue, size.size_class, ("size_class",), use)


def _check_membership(entry: ActorEntry, membership: Membership, catalogue: Catalogue) -> Iterator[Refusal]:
    period = Period(membership.member_from, membership.member_to)
    if not period.has_days:
        detail = f"{german(membership.member_from)} bis {german(membership.member_to)}"
        yield MEMBERSHIP_END.refuse(entry.code, detail, place=membership.place)
    use = Use(entry.code, "cluster", membership.place, period if period.has_days else None)
    yield from check_cluster(catalogue, membership.cluster, use, within_structure=False)


def check_hierarchy(entry: ActorEntry, parents: Mapping[str, Dated[str | None]]) -> Iterator[Refusal]:
    """Yield a refusal where, on some day, the parents lead back to the actor.

    ``parents`` gives what stands above each actor, by period; that of the entry itself is read from the entry.
    """
    if entry.parent == entry.code:
        yield OWN_PARENT.refuse(entry.code, place=entry.place)
        return
    if entry.parent is None and not entry.former_parents:
        return
    found = line_upwards(entry.code, entry.code, {**parents, entry.code: parents_of(entry)})
    if found:
        line, common = found
        when = f", {common}" if common.first or common.last else ""
        yield CYCLE.refuse(entry.code, f"{' → '.join(line)}{when}", place=entry.place)


def line_upwards(start: str, target: str, parents: Mapping[str, Dated[str | None]]) -> tuple[list[str], Period] | None:
    """Return a line of actors from one up to another, with days on which it stands; None where there is never one.

    Where a line meets itself before it gets there, the circle is another actor's matter.
    """

    def upwards(line: list[str], days: Period) -> tuple[list[str], Period] | None:
        for held, above in parents.get(line[-1], ()):
            common = days.common(held)
            if above is None or not common.has_days:
                continue
            if above == target:
                return [*line, above], common
            if above not in line and (found := upwards([*line, above], common)):
                return found
        return None

    return upwards([start], Period())
