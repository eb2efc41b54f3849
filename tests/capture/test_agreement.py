"""Service and database agree: what a service refuses under a constraint's name, the database refuses, and nothing more.

Random projects, close to every threshold, are asked of both.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewm.capture.projects.entries import PROJECT, StatusEvent
from ewm.capture.projects.models import Project
from ewm.capture.projects.rules import _check_volumes, check_project
from ewm.capture.shapes import attribute_of
from tests.capture.entries import project

if TYPE_CHECKING:
    from ewm.capture.taxonomies.catalogue import Catalogue

CONSTRAINTS = {constraint.name for constraint in Project._meta.constraints}
DAYS = st.integers(min_value=-1, max_value=1).map(lambda days: date(2020, 3, 1) + timedelta(days=days))
AMOUNTS = st.none() | st.integers(min_value=-1, max_value=3)


@pytest.mark.usefixtures("programme")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.fixed_dictionaries(
        {
            "support_start": DAYS,
            "support_end": st.none() | DAYS,
            "official_start": st.none() | DAYS,
            "official_end": st.none() | DAYS,
            "project_volume": AMOUNTS,
            "project_volume_regional": AMOUNTS,
            "funding_volume": AMOUNTS,
            "funding_volume_regional": AMOUNTS,
            "funding_state": st.sampled_from(["none", "secured", "sought"]),
            "title": st.sampled_from(["", " ", "Vorhaben"]),
        }
    )
)
def test_a_project_is_refused_by_both_or_by_none(catalogue: Catalogue, values: dict[str, Any]) -> None:
    entry = replace(
        project(),
        **values,
        status_events=(StatusEvent(status_from=values["support_start"], status="running"),),
        funding=(),
        assignments=(),
        participations=(),
    )
    refused = {refusal.rule for refusal in check_project(entry, catalogue)}
    assert refused <= CONSTRAINTS
    columns = {field.name for field in fields(entry)} & set(PROJECT.columns)
    row = Project(**{attribute_of(Project, name): getattr(entry, name) for name in columns})
    assert constraint_broken_by(row) in (refused or {""}), refused


def constraint_broken_by(row: Project) -> str:
    """Return the name of the constraint that the database tells, empty where it takes the row."""
    try:
        with transaction.atomic():
            Project.objects.bulk_create([row])
            transaction.set_rollback(True)
    except IntegrityError as error:
        [name] = [name for name in CONSTRAINTS if re.search(rf"\b{name}\b", str(error))]
        return name
    return ""


@given(total=st.none() | st.integers(0, 10), regional=st.none() | st.integers(0, 10))
def test_the_regional_share_is_part_of_the_total(total: int | None, regional: int | None) -> None:
    entry = project(
        project_volume=total, project_volume_regional=regional, funding_volume=None, funding_volume_regional=None
    )
    allowed = regional is None or (total is not None and regional in range(total + 1))
    assert [refusal.rule for refusal in _check_volumes(entry)] == (
        [] if allowed else ["regional_within_project_volume"]
    )
