"""Questions: asked, answered, settled and reopened by whoever may, seen by both sides, nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.urls import reverse

from ewm.capture.accounts.access import reach_of
from ewm.capture.accounts.roles import Role
from ewm.capture.actors.models import Actor
from ewm.capture.dialogue.models import LONGEST, Contribution, Question, State
from ewm.capture.dialogue.queries import answered_of, unsettled
from ewm.capture.dialogue.services import question_answer, question_ask, question_settle
from ewm.capture.hints import Scope
from ewm.capture.projects.models import Project
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError
from tests.web.site.conftest import FOREIGN, OWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.test import Client

    from ewm.capture.accounts.models import Account
    from tests.web.site.conftest import World


def stored(world: World) -> Question:
    found: Question = Question.objects.get(pk=world.question)
    return found


def step(client: Client, name: str, world: World, **data: Any) -> int:
    return client.post(reverse(f"questions:{name}", args=[world.question]), data).status_code


def test_the_life_of_a_question(client_of: Callable[[str], Client], world: World) -> None:
    evaluator, manager = client_of(Role.EVALUATOR), client_of(Role.CLUSTER_MANAGER)
    ask = reverse("questions:ask", args=["projekte", world.project])
    answer = evaluator.post(ask, {"field": "project_volume", "text": "Woher kommt der Betrag?"})
    question = Question.objects.get(text="Woher kommt der Betrag?")
    assert answer["Location"] == f"/fragen/{question.pk}/"
    assert (question.state, question.cluster_id, question.kind) == (State.ASKED, OWN, "projects")
    url = reverse("questions:detail", args=[question.pk])
    for client in (evaluator, manager):
        assert "Woher kommt der Betrag?" in client.get(url).content.decode()
    manager.post(reverse("questions:answer", args=[question.pk]), {"text": "Aus dem Bescheid."})
    assert Question.objects.get(pk=question.pk).state == State.ANSWERED
    evaluator.post(reverse("questions:reopen", args=[question.pk]), {"text": "Von wann?"})
    assert Question.objects.get(pk=question.pk).state == State.ASKED
    manager.post(reverse("questions:answer", args=[question.pk]), {"bestaetigen": "1"})
    evaluator.post(reverse("questions:settle", args=[question.pk]))
    assert Question.objects.get(pk=question.pk).state == State.SETTLED
    page = manager.get(url).content.decode()
    for text in ("Aus dem Bescheid.", "Von wann?", "Der Wert stimmt so.", "geklärt", "Konto evaluator"):
        assert text in page
    assert "questions" not in page
    assert [each.step for each in question.contributions.order_by("id")] == [
        "ask", "answer", "reopen", "answer", "settle",
    ]  # fmt: skip
    assert [each.history_type for each in Question.history.filter(id=question.pk)].count("~") == 4


def test_who_may_take_which_step(client_of: Callable[[str], Client], world: World) -> None:
    evaluator, manager = client_of(Role.EVALUATOR), client_of(Role.CLUSTER_MANAGER)
    assert step(evaluator, "answer", world, text="x") == 403
    assert step(manager, "settle", world) == 403
    assert step(manager, "reopen", world, text="x") == 403
    assert step(client_of("foreign_manager"), "answer", world, text="x") == 404
    assert step(client_of(Role.CLUSTER_VIEWER), "answer", world, text="x") == 403
    assert stored(world).state == State.ASKED
    assert Contribution.objects.filter(question=stored(world)).count() == 1


def test_a_question_cannot_be_reopened_before_it_was_answered(client_of: Callable[[str], Client], world: World) -> None:
    evaluator = client_of(Role.EVALUATOR)
    assert step(evaluator, "reopen", world, text="Noch einmal?") == 200
    assert stored(world).state == State.ASKED


def test_a_settled_question_takes_no_answer(manager: Client, world: World) -> None:
    question_settle(question=stored(world), version=1)
    assert step(manager, "answer", world, text="Zu spät") == 200
    assert not Contribution.objects.filter(text="Zu spät").exists()


def test_of_two_answers_at_once_the_second_sees_the_first_and_keeps_what_was_typed(
    manager: Client, world: World
) -> None:
    question_answer(question=stored(world), version=1, text="Der andere war schneller.")
    answer = manager.post(reverse("questions:answer", args=[world.question]), {"text": "Mein Text", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Der andere war schneller." in page
    assert "Mein Text" in page
    assert not Contribution.objects.filter(text="Mein Text").exists()
    with pytest.raises(ConflictError):
        question_answer(question=stored(world), version=1, text="x")


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1)])
def test_a_text_that_says_nothing_or_too_much_is_refused_at_the_field(manager: Client, world: World, text: str) -> None:
    answer = manager.post(reverse("questions:answer", args=[world.question]), {"text": text})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert stored(world).state == State.ASKED
    with pytest.raises(RefusedError):
        question_answer(question=stored(world), version=1, text=text)


def test_the_longest_text_is_taken(manager: Client, world: World) -> None:
    assert step(manager, "answer", world, text="x" * LONGEST) == 302


def test_a_field_that_does_not_exist_is_refused(world: World) -> None:
    pk = Project.objects.get(code=world.project).pk
    with pytest.raises(RefusedError, match="question_field_known"):
        question_ask(kind="projects", record_id=pk, cluster=OWN, field="colour", text="Rot?")


def test_an_actor_is_asked_about_in_the_chosen_cluster(client_of: Callable[[str], Client], world: World) -> None:
    evaluator = client_of(Role.EVALUATOR)
    url = reverse("questions:ask", args=["akteure", world.actor])
    assert evaluator.post(f"{url}?cluster={FOREIGN}&feld=land", {"field": "land", "text": "Wo?"}).status_code == 302
    asked = Question.objects.get(actor__code=world.actor)
    assert (asked.cluster_id, asked.kind, asked.record) == (FOREIGN, "actors", Actor.objects.get(code=world.actor))
    assert evaluator.get(reverse("questions:ask", args=["berichte", world.actor])).status_code == 404
    assert evaluator.get(reverse("questions:ask", args=["akteure", "A-999"])).status_code == 404


def test_the_field_of_the_address_is_chosen(client_of: Callable[[str], Client], world: World) -> None:
    url = reverse("questions:ask", args=["projekte", world.project])
    page = client_of(Role.EVALUATOR).get(f"{url}?feld=support_end").content.decode()
    assert '<option value="support_end" selected' in page


def test_the_list_shows_the_own_cluster_by_state(manager: Client, world: World) -> None:
    assert "Ist das schon bestätigt?" in manager.get("/fragen/").content.decode()
    assert f"/fragen/{world.foreign_question}/" not in manager.get("/fragen/").content.decode()
    assert "Ist das schon bestätigt?" not in manager.get("/fragen/?stand=settled").content.decode()
    assert manager.get("/fragen/?stand=nirgends").status_code == 200


def test_conditions_and_counts_for_lists(world: World) -> None:
    project = Project.objects.get(code=world.project)
    assert list(Project.objects.filter(unsettled("projects"), cluster=OWN)) == [project]
    assert answered_of(Scope(OWN, 2020)) == (0, 1)
    question_answer(question=stored(world), version=1, text="Ja.")
    assert answered_of(Scope(OWN, 2020)) == (1, 1)
    assert answered_of(Scope(OWN, 2019)) == (0, 0)
    question_settle(question=stored(world), version=2)
    assert not Project.objects.filter(unsettled("projects"), cluster=OWN).exists()


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (Role.CLUSTER_MANAGER, ("Antworten", "Wert bestätigen")),
        (Role.EVALUATOR, ("Frage abschließen", "Frage stellen")),
        (Role.MINISTRY, ()),
    ],
)
def test_the_panel_of_a_record_offers_what_one_may_do(
    account_of: Callable[[str], Account], world: World, rf: Any, who: str, offered: tuple[str, ...]
) -> None:
    request = rf.get("/")
    request.reach = reach_of(account_of(who))
    record = Project.objects.get(code=world.project)
    template = Template("{% load dialogue %}{% record_questions record %}")
    page = template.render(Context({"request": request, "record": record}))
    assert "Ist das schon bestätigt?" in page
    for text in ("Antworten", "Wert bestätigen", "Frage abschließen", "Frage stellen"):
        assert (text in page) == (text in offered)


def test_an_account_that_is_gone_leaves_its_words(
    client_of: Callable[[str], Client], account_of: Callable[[str], Account], world: World
) -> None:
    evaluator = client_of(Role.EVALUATOR)
    evaluator.post(reverse("questions:ask", args=["projekte", world.project]), {"field": "title", "text": "Kürzer?"})
    question = Question.objects.get(text="Kürzer?")
    assert question.asked_by is not None
    account_of(Role.MINISTRY)  # another account keeps its name
    from ewm.capture.accounts.models import Account as Stored  # noqa: PLC0415

    Stored.objects.filter(pk=question.asked_by).delete()
    page = client_of(Role.CLUSTER_MANAGER).get(reverse("questions:detail", args=[question.pk])).content.decode()
    assert "ehemaliges Konto" in page
    assert "Kürzer?" in page


@pytest.mark.parametrize(("field", "shown"), [("project_volume", True), ("is_main", True), ("role", False)])
def test_who_edits_reads_the_question_at_its_field(manager: Client, world: World, field: str, *, shown: bool) -> None:
    pk = Project.objects.get(code=world.project).pk
    question_settle(question=stored(world), version=1)
    asked = question_ask(kind="projects", record_id=pk, cluster=OWN, field=field, text="Woher kommt das?")
    page = manager.get(f"/projekte/{world.project}/bearbeiten/").content.decode()
    assert ("Frage der Evaluation: Woher kommt das?" in page) == shown
    question_answer(question=asked, version=1, text="Daher.")
    assert "Frage der Evaluation" not in manager.get(f"/projekte/{world.project}/bearbeiten/").content.decode()


def test_the_question_about_a_seat_stands_at_the_seat(manager: Client, world: World) -> None:
    pk = Actor.objects.get(code=world.actor).pk
    question_ask(kind="actors", record_id=pk, cluster=OWN, field="land", text="Noch dort?")
    assert "Frage der Evaluation: Noch dort?" in manager.get(f"/akteure/{world.actor}/bearbeiten/").content.decode()
    assert "Noch dort?" in manager.get(f"/akteure/{world.actor}/").content.decode()
