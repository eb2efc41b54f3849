"""What was typed is given back when, meanwhile, the right was withdrawn or somebody took the record away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.models import Account, Membership
from ewm.capture.actors.duplicates.services import actors_merge
from ewm.capture.actors.models import Actor
from ewm.capture.projects.models import Project
from ewm.capture.withdrawing import record_take_back, record_withdraw
from tests.web.site.conftest import FOREIGN, OWN
from tests.web.site.filling import NEW, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World

EDIT = "/projekte/P-1/bearbeiten/"
TITLE, REASON = "Halb getippt", "Telefonat vom 3.3."
GIVEN_BACK = "Das haben Sie geschrieben"


def changed(manager: Client) -> dict[str, Any]:
    """A change of the project, begun while everything was as it should be."""
    raw = manager.get(EDIT).context["forms"].raw.values
    return {**raw, "title": TITLE, "reason": REASON, "project_volume": "4,3 Mio", "fertig": "1"}


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
    new, change = typed(manager, title=TITLE, cluster=OWN) | {"fertig": "1"}, changed(manager)
    held = Membership.objects.filter(account=account)
    if elsewhere:
        held.update(cluster_id=FOREIGN)
    else:
        held.delete()
    status = 404 if elsewhere else 403
    answers = [manager.post(NEW, new), manager.post(EDIT, change)]
    assert [each.status_code for each in answers] == [status, status]
    assert_given_back(answers[0], TITLE, "20.4.2020", "Walzwerk Nord GmbH", "4,3 Mio", "angestrebt")
    assert_given_back(answers[1], TITLE, REASON, "02.03.2020", "Walzwerk Nord GmbH")
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
    sent = {"status": "running", "status_from": "1.1.2021", "reason": REASON}
    answer = manager.post(reverse("projects:status", kwargs={"code": world.project}), sent)
    assert_given_back(answer, REASON, "1.1.2021")
    assert "Kopieren Sie" in text(answer)


def test_an_actor_that_went_up_in_another_gives_the_text_back(manager: Client, world: World) -> None:
    url = reverse("actors:edit", kwargs={"code": world.other_actor})
    sent = {**manager.get(url).context["forms"].raw.values, "name": "Linsenwerk Süd AG", "reason": REASON}
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
