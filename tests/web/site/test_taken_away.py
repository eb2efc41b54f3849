"""What was typed is given back when, meanwhile, the right was withdrawn or somebody took the record away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from ewm.capture.accounts.models import Account, Membership
from ewm.capture.accounts.rescue import MARK
from ewm.capture.actors.duplicates.services import actors_merge
from ewm.capture.actors.models import Actor
from ewm.capture.forms.raw import Raw
from ewm.capture.projects.models import Project
from ewm.capture.withdrawing import record_take_back, record_withdraw
from tests.web.site.conftest import FOREIGN, OWN
from tests.web.site.filling import NEW, typed

if TYPE_CHECKING:
    from tests.web.site.conftest import World

EDIT = "/projekte/P-1/bearbeiten/"
TITLE, REASON = "Halb getippt", "Telefonat vom 3.3."
GIVEN_BACK = "Das haben Sie geschrieben"


def changed(manager: Client) -> dict[str, Any]:
    """A change of the project, begun while everything was as it should be."""
    page = manager.get(EDIT)
    return {
        **page.context["forms"].raw.values,
        **marked(page),
        "title": TITLE,
        "reason": REASON,
        "project_volume": "4,3 Mio",
        "fertig": "1",
    }


def marked(page: Any) -> dict[str, str]:
    """What a form carries to say for whom its page was made."""
    return {MARK: page.context["rescue_mark"]}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def assert_given_back(answer: Any, *words: str) -> None:
    page = text(answer)
    assert GIVEN_BACK in page
    for word in words:
        assert f">{word}<" in page, word


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_right_that_was_withdrawn_loses_no_text(manager: Client, account: Account, elsewhere: bool) -> None:  # noqa: FBT001
    new = typed(manager, title=TITLE, cluster=OWN) | marked(manager.get(NEW)) | {"fertig": "1"}
    change = changed(manager)
    held = Membership.objects.filter(account=account)
    if elsewhere:
        held.update(cluster_id=FOREIGN)
    else:
        held.delete()
    status = 404 if elsewhere else 403
    answers = [manager.post(NEW, new), manager.post(EDIT, change)]
    assert [each.status_code for each in answers] == [status, status]
    names = ("Walzwerk Nord GmbH", "angestrebt") if elsewhere else ("A-1", "sought")
    assert_given_back(answers[0], TITLE, "20.4.2020", "4,3 Mio", *names)
    assert_given_back(answers[1], TITLE, REASON, "02.03.2020", names[0])
    assert elsewhere == ("Walzwerk" in text(answers[0]) + text(answers[1])), "read by whoever may read alone"
    assert not Project.objects.filter(title=TITLE).exists()


def test_a_record_that_was_withdrawn_gives_the_text_back_and_keeps_it_as_a_draft(manager: Client, world: World) -> None:
    change = changed(manager)
    record = Project.objects.get(code=world.project)
    record_withdraw(record=record, version=record.version, reason="doppelt")
    answer = manager.post(EDIT, change)
    assert answer.status_code == 404
    assert "Dieser Eintrag ist zurückgezogen" in text(answer)
    assert_given_back(answer, TITLE, REASON)
    assert "steht es als Ihr Entwurf" in text(answer)
    record.refresh_from_db()
    record_take_back(record=record, version=record.version, reason="doch nicht")
    page = text(manager.get(EDIT))
    assert f'value="{TITLE}"' in page
    assert "Das ist Ihr Entwurf vom" in page


def test_a_small_form_gives_its_text_back(manager: Client, world: World) -> None:
    record = Project.objects.get(code=world.project)
    record_withdraw(record=record, version=record.version, reason="doppelt")
    sent = {"status": "running", "status_from": "1.1.2021", "reason": REASON, **marked(manager.get(NEW))}
    answer = manager.post(reverse("projects:status", kwargs={"code": world.project}), sent)
    assert_given_back(answer, REASON, "1.1.2021")
    assert "Kopieren Sie" in text(answer)


def test_an_actor_that_went_up_in_another_gives_the_text_back(manager: Client, world: World) -> None:
    url = reverse("actors:edit", kwargs={"code": world.other_actor})
    page = manager.get(url)
    sent = {**page.context["forms"].raw.values, **marked(page), "name": "Linsenwerk Süd AG", "reason": REASON}
    survivor, merged = (Actor.objects.get(code=code) for code in (world.actor, world.other_actor))
    actors_merge(survivor=survivor.pk, survivor_version=survivor.version, merged=merged.pk,
                 merged_version=merged.version, reason="dieselbe")  # fmt: skip
    answer = manager.post(url, sent)
    assert answer.status_code == 409
    assert "„Walzwerk Nord GmbH“ bearbeiten" in text(answer)
    assert_given_back(answer, "Linsenwerk Süd AG", REASON)
    assert_given_back(manager.get(url), "Linsenwerk Süd AG", REASON)


@pytest.mark.usefixtures("world")
def test_what_others_ask_for_gives_nothing_back(manager: Client, client_of: Any) -> None:
    assert GIVEN_BACK not in text(manager.get("/projekte/gibt-es-nicht/"))
    assert GIVEN_BACK not in text(manager.get("/konten/"))
    assert GIVEN_BACK not in text(client_of("evaluator").post("/auswahl/", {"text": "x"}, follow=True))


GUESSED = {"projects:new": {"partners-0-actor": "A-1", "partners-0-role": "lead"}, "actors:new": {"parent": "A-1"}}
"""Forms in which a code stands for a name."""


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("name", GUESSED)
def test_an_error_tells_no_name_to_whoever_may_not_read_it(name: str, client_of: Any) -> None:
    url, sent = reverse(name), {**GUESSED[name], "title": TITLE, "name": TITLE}
    strangers = [Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)]
    answers = [strangers[0].post(url, sent)]
    foreign = client_of("cluster_manager").get("/konto/").context["rescue_mark"]
    answers.append(strangers[1].post(url, {**sent, MARK: foreign}))
    administrator = client_of("administrator")
    answers.append(administrator.post(url, {**sent, **marked(administrator.get("/konto/"))}))
    assert [each.status_code for each in answers] == [403, 403, 403]
    assert all("Walzwerk" not in text(each) for each in answers)
    assert GIVEN_BACK not in text(answers[0]) + text(answers[1])
    assert_given_back(answers[2], TITLE, "A-1")


def test_after_a_fault_nothing_is_read(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: Any) -> None:
        raise OperationalError

    sent = marked(manager.get(NEW)) | {"title": TITLE}
    monkeypatch.setattr(Raw, "posted", fails)
    manager.raise_request_exception = False
    answer = manager.post(NEW, sent)
    assert answer.status_code == 500
    assert "Das hat nicht geklappt" in text(answer)


@pytest.mark.usefixtures("world")
def test_signs_that_nobody_sees_are_taken_out_before_a_form_is_found_too_old(manager: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = manager.cookies
    sent = typed(manager, title="Halb\0 getippt", action_field="x\0y") | marked(manager.get(NEW))
    answer = strict.post(NEW, sent, headers={"Origin": "http://anderswo.invalid"})
    assert answer.status_code == 403
    assert_given_back(answer, TITLE)
    assert "\0" not in text(answer)
