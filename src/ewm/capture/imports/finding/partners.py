"""Partners of a project or an activity: one for each organisation, with its role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded
from ewm.capture.imports.finding.seats import organisation, partner_name
from ewm.capture.imports.found import FoundPartner

if TYPE_CHECKING:
    from ewm.capture.imports.finding.grouping import Group
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.finding.rows import RowValues


def partners_of(group: Group, known: Known) -> tuple[FoundPartner, ...]:
    """Return the partners in the order of the rows; an organisation that comes again counts once.

    Where no row names a role, the first leads (the forms' first role) and the others take part.
    """
    found: dict[str, FoundPartner] = {}
    for row in group.rows:
        name = partner_name(row)
        at = row.get("partner_code") or folded(name)
        if not at:
            continue
        partner = _partner(row, name, known)
        former = found.get(at)
        leads = known.forms.first_role in {partner.role, former.role if former else None}
        found[at] = replace(former or partner, role=known.forms.first_role) if leads else former or partner
    partners = list(found.values())
    if any(each.role == known.forms.first_role for each in partners):
        missing = known.forms.further_role
        return tuple(replace(each, role=each.role or missing) for each in partners)
    return tuple(
        each if each.role else replace(each, role=known.forms.further_role if at else known.forms.first_role)
        for at, each in enumerate(partners)
    )


def _partner(row: RowValues, name: str, known: Known) -> FoundPartner:
    actor = organisation(row, known, start="partner_", name=name, actor_type=row.get("partner_type"))
    return FoundPartner(actor, row.get("partner_role"), row.number)
