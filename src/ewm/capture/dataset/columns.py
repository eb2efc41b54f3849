"""The columns of a table for people and programs: titles, kinds, descriptions, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, BooleanField, DateField, IntegerField

from ewm.capture.dataset.constraints import constraints_of
from ewm.capture.dataset.tables import CLUSTERS, RECORDS, TERMS
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import Head, Reference
from ewm.capture.served import programme
from ewm.capture.shapes import target_of
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.snapshot.schema import TABLES as CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field

    from ewm.capture.dataset.tables import Table

_CENTS, _EUROS = "in Cent", "in Euro"


def heads_of(table: Table) -> list[Head]:
    """Return the heads of a table's columns."""
    return [_head(table, table.model._meta.get_field(name)) for name in table.fields]


def _head(table: Table, field: Any) -> Head:
    kind = _kind(field)
    constraints = constraints_of(table.model, field)
    return Head(
        name=field.name,
        title=str(field.verbose_name).replace(_CENTS, _EUROS),
        kind=kind,
        description=_description(table, field),
        constraints=_in_euros(constraints) if kind is Kind.MONEY else constraints,
    )


def _in_euros(constraints: dict[str, Any]) -> dict[str, Any]:
    """Return bounds of cents as bounds of euros, as texts so that they stay exact."""
    return {
        name: f"{value / 100:.2f}" if name in {"minimum", "maximum"} else value for name, value in constraints.items()
    }


def _kind(field: Field[Any, Any]) -> Kind:
    if isinstance(field, DateField):
        return Kind.DAY
    if isinstance(field, BooleanField):
        return Kind.YES_NO
    if isinstance(field, BigIntegerField) and str(field.verbose_name).endswith(_CENTS):
        return Kind.MONEY
    if isinstance(field, IntegerField):
        return Kind.YEAR if "jahr" in str(field.verbose_name).lower() else Kind.COUNT
    return Kind.TEXT


def _description(table: Table, field: Any) -> str:
    """Return what the contract of snapshots says of a column, and from which taxonomy its terms come."""
    contract = CONTRACT.get(table.name)
    columns = contract.columns if contract else ()
    found = next((each for each in columns if each.name in {field.name, f"{field.name}_id"}), None)
    said = [found.description.replace(_CENTS, _EUROS)] if found else []
    if found and found.taxonomy in programme().taxonomies:
        said.append(f"Taxonomie {programme().taxonomy_labels[found.taxonomy].de}")
    return "; ".join(said)


def references_of(table: Table) -> Iterator[Reference]:
    """Yield to which tables a table's columns refer."""
    names = {each.model: each.name for each in RECORDS if not each.owner}
    for name in table.fields:
        model = table.model._meta.get_field(name).related_model
        target = target_of(table.model, name)
        if model is Term:
            yield Reference(name, TERMS.name, "term_id")
        elif model is Cluster:
            yield Reference(name, CLUSTERS.name, "cluster_id")
        elif target is not None:
            yield Reference(name, names[target], "code")
