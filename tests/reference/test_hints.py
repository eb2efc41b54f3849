"""What the plausibility checks say about the reference records, and that they see partners as the figures do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.indicators.explain import ask, explain

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from tests.reference.conftest import Reference

pytestmark = pytest.mark.django_db

EXPECTED = [
    ("KUC-2020-P01", "term", "cross_cluster_tag_differs", "warning", ["P-11 S3"]),
    ("MET-2020-A23", "activity_end", "activity_without_end", "error", ["T-03 S3"]),
    ("MET-2020-A29", "activity_end", "activity_without_end", "error", ["T-03 S3"]),
    ("MET-2020-A34", "activity_end", "activity_without_end", "error", ["T-03 S3"]),
]


def test_the_list_is_exactly_this(reference: Reference) -> None:
    assert [
        (hint.finding.record, hint.finding.field, hint.name, hint.severity, [str(each) for each in hint.sources])
        for hint in reference.hints
    ] == EXPECTED


def test_partners_from_other_clusters_are_those_of_the_figures(reference: Reference, methodology: Methodology) -> None:
    """No cross-cluster project of the reference began before the reporting years or was given up."""
    clusters = reference.known_now.execute("SELECT DISTINCT cluster_id FROM projects").fetchall()
    counted = set()
    for (cluster,) in clusters:
        for year in methodology.years:
            question = ask(methodology, "P-11", cluster_id=cluster, year=year)
            answer = explain(reference.known_now, methodology, question, records=True)
            at = answer.record_columns.index("project_id")
            counted |= {row[at].split()[0] for row in answer.records}
    assert len(counted) >= 8
    assert reference.cross_cluster == counted


def test_the_threshold_is_the_one_of_the_sentence(methodology: Methodology) -> None:
    sheet = methodology.sheet("T-01")
    (sentence,) = (each for each in sheet.sentences if each.named("Hinweis") == "project_below_usual_scope")
    assert "50.000 Euro" in sentence.text
