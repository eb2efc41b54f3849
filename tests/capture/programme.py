"""A small programme, made up for the tests: two clusters, one outside, and the taxonomies that the rules ask about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.programme import Cluster, HintValues, Label, Programme, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

STRATEGY_BEGIN = date(2019, 6, 4)
PLAN_BEGIN = date(2020, 11, 1)

# taxonomy -> term ids; "parent/child" puts a term below another.
_TERMS: dict[str, tuple[str, ...]] = {
    "cluster_kind": ("joint", "outside"),
    "cluster": ("metal", "optics", "others"),
    "actor_type": ("science", "science/university", "company", "company/start-up", "chamber"),
    "size_class": ("micro", "large"),
    "land": ("11", "12"),
    "district": ("11000", "12052"),
    "status": ("preparation", "running", "finished", "aborted"),
    "role": ("lead", "partner", "associated"),
    "funding_state": ("none", "secured", "sought"),
    "funding_body": ("state", "federal", "eu", "unfunded"),
    "funding_programme": ("voucher", "research"),
    "guideline": ("wide", "wide/wide-technical", "wide/wide-social", "narrow"),
    "focus_topic": ("digital", "work"),
    "masterplan": ("metal-2014", "metal-2020"),
    "action_field": ("metal-2014-a", "metal-2014-b", "metal-2020-a", "optics-a"),
    "activity_kind": ("event", "workshop"),
    "activity_format": ("on-site", "online"),
    "identifier_scheme": ("ror", "lei", "register"),
    "delimitation": ("core", "whole"),
    "macro_measure": ("companies", "turnover"),
    "unit": ("count", "cents"),
}
_SPECIAL: dict[str, dict[str, Any]] = {
    "wide": {"valid_from": STRATEGY_BEGIN},
    "wide-technical": {"valid_from": STRATEGY_BEGIN},
    "wide-social": {"valid_from": STRATEGY_BEGIN},
    "narrow": {"valid_to": date(2019, 6, 3)},
    "metal-2014-a": {"cluster_id": "metal", "valid_to": date(2020, 10, 31), "scheme_id": "metal-2014"},
    "metal-2014-b": {"cluster_id": "metal", "valid_to": date(2020, 10, 31), "scheme_id": "metal-2014"},
    "metal-2020-a": {
        "cluster_id": "metal",
        "valid_from": PLAN_BEGIN,
        "scheme_id": "metal-2020",
        "series_id": "metal-2014-a",
    },
    "optics-a": {"cluster_id": "optics"},
}


def term(taxonomy: str, name: str, position: int = 1, **values: Any) -> Term:
    """Make one term; ``parent/child`` names its parent."""
    parent, _, term_id = name.rpartition("/")
    plain = Term(
        term_id=term_id,
        taxonomy=taxonomy,
        label_de=f"{term_id} (de)",
        label_en=term_id,
        parent_id=parent or None,
        scheme_id=None,
        cluster_id=None,
        series_id=term_id,
        code=None,
        position=position,
        valid_from=None,
        valid_to=None,
        example=True,
        source=None,
    )
    return replace(plain, **(_SPECIAL.get(term_id, {}) | values))


def small_programme(without: Iterable[str] = (), **changed: dict[str, Any]) -> Programme:
    """Make the programme, without some terms, or with other values for some (``wide={"label_en": "broad"}``)."""
    terms = {
        made.term_id: made
        for taxonomy, names in _TERMS.items()
        for position, name in enumerate(names, 1)
        if (made := term(taxonomy, name, position)).term_id not in set(without)
    }
    terms |= {name: replace(terms[name], **values) for name, values in changed.items()}
    return Programme(
        id="small",
        title=Label("Kleines Programm", "Small programme"),
        version="1",
        languages=("de", "en"),
        laender=("12",),
        reporting_years=(2017, 2018, 2019, 2020),
        path=Path("small"),
        content_hash="0" * 64,
        clusters=tuple(
            Cluster(
                cluster_id=each.term_id,
                label_de=each.label_de,
                label_en=each.label_en,
                kind="outside" if each.term_id == "others" else "joint",
                position=each.position,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
            )
            for each in terms.values()
            if each.taxonomy == "cluster"
        ),
        terms=terms,
        taxonomy_labels={name: Label(name, name) for name in sorted(_TERMS)},
        hints=HintValues(
            usual_project_volume=50_000,
            partner_roles=("lead", "partner"),
            cross_cluster_guideline="wide",
            guidelines_recorded_from=date(2020, 1, 1),
            final_statuses=("finished", "aborted"),
            finished_statuses=("finished",),
        ),
    )
