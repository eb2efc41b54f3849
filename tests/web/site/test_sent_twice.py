"""A form that is sent again, by a second click, a second window or the way back, makes one record and loses nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ewm.capture.activities.models import Activity
from ewm.capture.background.worker import Worker
from ewm.capture.drafts import finished
from ewm.capture.drafts.models import Draft, FinishedForm
from ewm.capture.projects.models import Project
from ewm.web.worker import _work
from tests.web.site.filling import NEW, errors, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ewm.capture.accounts.models import Account

KEEP = "/projekte/entwurf/"
AGAIN = "Aus diesem Formular ist schon MET-2020-P01 entstanden"


def made() -> list[str]:
    return list(Project.objects.filter(code__startswith="MET-").order_by("code").values_list("title", flat=True))


@pytest.mark.usefixtures("world")
def test_a_second_click_makes_no_second_project(manager: Client) -> None:
    sent = typed(manager) | {"fertig": "1"}
    answers = [manager.post(NEW, sent) for _ in range(2)]
    assert [each["Location"] for each in answers] == ["/projekte/MET-2020-P01/"] * 2
    assert AGAIN in manager.get(answers[1]["Location"]).content.decode()
    assert made() == ["Didacticlab"]


@pytest.mark.usefixtures("world")
def test_whoever_goes_back_and_changes_something_is_asked_and_loses_nothing(manager: Client) -> None:
    sent = typed(manager) | {"fertig": "1"}
    manager.post(NEW, sent)
    answer = manager.post(NEW, sent | {"title": "Lernlabor II"})
    assert AGAIN in str(errors(answer))
    assert 'value="Lernlabor II"' in answer.content.decode()
    assert Draft.objects.get().title == "Lernlabor II"
    assert made() == ["Didacticlab"]
    key = answer.context["key"]
    assert key != sent["key"]
    assert manager.post(NEW, sent | {"title": "Lernlabor II", "key": key})["Location"] == "/projekte/MET-2020-P02/"
    assert made() == ["Didacticlab", "Lernlabor II"]


@pytest.mark.usefixtures("world")
def test_what_is_kept_late_under_a_finished_form_is_no_draft(manager: Client) -> None:
    form = typed(manager)
    manager.post(KEEP, form)
    manager.post(NEW, form | {"fertig": "1"})
    late = manager.post(KEEP, form).json()
    assert late["message"] == "Daraus ist schon MET-2020-P01 entstanden"
    assert late["url"] == "/projekte/MET-2020-P01/"
    assert not Draft.objects.exists()
    manager.post(KEEP, form | {"title": "Lernlabor II"})
    assert Draft.objects.get().title == "Lernlabor II"
    manager.post(KEEP, form)
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("world")
def test_finishing_again_leaves_no_draft_under_the_key_that_was_used_up(manager: Client) -> None:
    form, other = typed(manager), {"title": "Lernlabor II"}
    manager.post(NEW, form | {"fertig": "1"})
    manager.post(KEEP, form | other)
    answer = manager.post(NEW, form | other | {"fertig": "1"})
    assert [each.key for each in Draft.objects.all()] == [answer.context["key"]] != [form["key"]]
    manager.post(KEEP, form | other)
    assert manager.post(NEW, form | {"fertig": "1"})["Location"] == "/projekte/MET-2020-P01/"
    assert [each.key for each in Draft.objects.all()] == [answer.context["key"]]
    assert made() == ["Didacticlab"]


@pytest.mark.usefixtures("world")
def test_of_two_at_the_same_moment_one_is_written(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = typed(manager) | {"fertig": "1"}
    manager.post(NEW, sent)
    look, seen = finished.finished_or_none, iter([False])
    # The second one looked before the first one was written.
    monkeypatch.setattr(
        "ewm.capture.editing.once.finished_or_none", lambda **said: look(**said) if next(seen, True) else None
    )
    assert manager.post(NEW, sent)["Location"] == "/projekte/MET-2020-P01/"
    assert made() == ["Didacticlab"]


@pytest.mark.usefixtures("world")
def test_a_form_of_somebody_else_or_of_another_kind_has_nothing_to_do_with_it(manager: Client, account: Any) -> None:
    sent = typed(manager) | {"fertig": "1"}
    manager.post(NEW, sent)
    FinishedForm.objects.update(kind="activities")
    assert manager.post(NEW, sent)["Location"] == "/projekte/MET-2020-P02/"
    assert FinishedForm.objects.filter(account=account).count() == 2


@pytest.mark.usefixtures("world")
def test_the_worker_forgets_what_was_finished_long_ago_whoever_did(
    manager: Client, account: Account, account_of: Callable[[str], Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    manager.post(NEW, typed(manager) | {"fertig": "1"})
    for owner, key, days in (
        (account, "old", 91),
        (account, "young", 89),
        (account_of("foreign_manager"), "gone", 400),
    ):
        FinishedForm.objects.create(account=owner, kind="projects", key=key, record="MET-1", digest="",
                                    finished_at=timezone.now() - timedelta(days=days))  # fmt: skip
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("ewm.web.worker._tables_are_there", lambda: True)
    monkeypatch.setattr("ewm.capture.background.worker.work", lambda rounds: Worker("w", rounds=rounds).turn())
    assert _work() == 0
    assert FinishedForm.objects.count() == 2
    assert not FinishedForm.objects.filter(key__in=("old", "gone")).exists()


@pytest.mark.usefixtures("world")
def test_an_activity_is_copied_once_for_each_form(manager: Client) -> None:
    url = reverse("activities:copy", kwargs={"code": "S-1"})
    page = manager.get(url)
    sent = {**page.context["forms"].raw.values, "activity_start": "1.3.2021", "activity_end": "1.3.2021",
            "partners-0-actor": "A-1", "partners-0-role": "lead", "fertig": "1"}  # fmt: skip
    terms = manager.post("/aktivitaeten/begriffe/", sent).content.decode()
    field = terms.split('name="action_field"')[1].split('<option value="')[2].split('"')[0]
    answers = [manager.post(url, {**sent, "action_field": field}) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302], errors(answers[0])
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Activity.objects.filter(code__startswith="MET-").count() == 1


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("version", ["9" * 30, "9" * 5000, "²", "-1", ""])
def test_a_version_that_nothing_has_is_a_conflict_and_no_fault(manager: Client, version: str) -> None:
    url = reverse("projects:edit", kwargs={"code": "P-1"})
    raw = manager.get(url).context["forms"].raw.values
    assert "id_title" in errors(manager.post(url, {**raw, "version": version, "title": "", "fertig": "1"}))
    answer = manager.post(url, {**raw, "version": version, "title": "Anders", "fertig": "1"})
    assert "Anders" in answer.content.decode()
    assert Project.objects.get(code="P-1").title == "Vorhaben P-1"
