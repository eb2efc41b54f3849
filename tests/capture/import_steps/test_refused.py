"""What rules and other people refuse while an import is applied: nothing is written, and its rows say why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from ewm.capture.actors.models import Actor
from ewm.capture.imports import applying
from ewm.capture.imports.applying import writing
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.kinds import KINDS
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.rules import OVERTAKEN, REASON_LENGTH
from ewm.capture.imports.services import import_apply, import_decide, import_undo
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.published import REASON_FOR_PUBLISHED
from ewm.capture.refusing import Rule
from ewm.errors import RefusedError
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import ERROR, KNOWN, NEW, applied, items, only, outcomes, preview, row
from tests.capture.refused import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

ROWS = [row("Werk A GmbH", "Eins"), row("Werk B GmbH", "Zwei", end="31.12.2021"), row("Werk C GmbH", "Drei")]


def refusing(monkeypatch: pytest.MonkeyPatch, *refusals: Rule, record: str, times: int = 10) -> list[int]:
    """Let the service for new projects refuse one record, some times; returns how often it did."""
    kind = KINDS[RecordKind.PROJECTS]
    create: Callable[..., list[int]] = kind.create
    calls: list[int] = []

    def refused(*, entries: Sequence[Any], reason: str) -> list[int]:
        if len(calls) < times:
            calls.append(len(entries))
            raise RefusedError([each.refuse(record) for each in refusals])
        return create(entries=entries, reason=reason)

    monkeypatch.setattr(writing, "KINDS", {**KINDS, RecordKind.PROJECTS: replace(kind, create=refused)})
    return calls


def test_a_refused_record_is_told_at_its_row_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    number, before = preview(ROWS), row_hashes()
    rule = Rule("some_rule", "support_end", "Das Ende passt nicht")
    refusing(monkeypatch, rule, record="MET-2020-P02")
    refused = rules(lambda: import_apply(imported=number, account=None))
    assert refused == [(f"Import {number}, Zeile 3", "support_end", "some_rule")]
    assert row_hashes() == before
    assert outcomes(number) == [NEW, ERROR, NEW]
    [problem] = items(number)[1].problems
    assert (problem["row"], problem["column"], problem["value"]) == (3, "D, Ende", "31.12.2021")
    assert "Das Ende passt nicht" in items(number)[1].reason
    monkeypatch.undo()
    assert Import.objects.get(pk=number).state == State.REVIEWING


def test_a_code_that_somebody_took_meanwhile_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    number = preview(ROWS)
    calls = refusing(monkeypatch, PROJECT.once, record="MET-2020-P01", times=2)
    import_apply(imported=number, account=None)
    assert len(calls) == 2
    assert Project.objects.count() == 3
    assert Actor.objects.count() == 3


def test_who_is_overtaken_again_and_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    number, before = preview(ROWS), row_hashes()

    def overtaken(*_: Any, **__: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(applying, "apply", overtaken)
    assert [each[2] for each in rules(lambda: import_apply(imported=number, account=None))] == [OVERTAKEN.name]
    assert row_hashes() == before


def test_a_published_record_needs_a_reason_and_the_row_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    applied(ROWS)
    number = preview([row("Werk A GmbH", "Eins", volume="5.000,00")])
    import_decide(item=only(number).pk, decision={"take": ["project_volume"]})

    def published(_shape: Any, _stored: Any, entry: Any, *, given: bool) -> list[Any]:
        return [] if given else [REASON_FOR_PUBLISHED.refuse(entry.code)]

    monkeypatch.setattr("ewm.capture.serving.refuse_without_reason", published)
    refused = rules(lambda: import_apply(imported=number, account=None))
    assert [each[2] for each in refused] == [REASON_FOR_PUBLISHED.name]
    assert outcomes(number) == [KNOWN]
    import_apply(imported=number, account=None, reason="Bescheid vom 12.03.2021")
    said = Project.history.filter(code="MET-2020-P01").values_list("history_change_reason", flat=True).first()
    assert said == f"Import {number}: liste.csv; Bescheid vom 12.03.2021"


def test_a_reason_fits_into_the_history() -> None:
    number = preview(ROWS)
    for step in (import_apply, import_undo):
        long = rules(lambda step=step: step(imported=number, account=None, reason="g" * 121))  # type: ignore[misc]
        assert [each[2] for each in long] == [REASON_LENGTH.name]
        step(imported=number, account=None, reason="g" * 120)
    reasons = set(Project.history.values_list("history_change_reason", flat=True))
    assert {each[-5:] for each in reasons} == {"ggggg"}
    assert max(map(len, reasons)) <= 200
