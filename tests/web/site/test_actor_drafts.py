"""The form of an actor keeps what was typed: as a draft, after a refusal, through the end of a session and a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.access import reach_of
from ewm.capture.accounts.services import roles_set
from ewm.capture.actors.models import Actor
from ewm.capture.drafts.finished import finished_or_none
from ewm.capture.drafts.models import Draft
from ewm.capture.drafts.queries import drafts_of
from tests.web.site.conftest import FOREIGN
from tests.web.site.test_actors import NEW, fields_of, merge_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world")

ADDRESS, LIST, KEEP = "/akteure/neu/", "/akteure/", "/akteure/entwurf/"
EDIT, THROW_AWAY = "/akteure/A-2/bearbeiten/", "/akteure/entwurf/verwerfen/"


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def listed(client: Client, **query: str) -> list[tuple[str, str]]:
    return [(each.title, each.url) for each in client.get(LIST, query).context["drafts"]]


def test_a_draft_is_kept_at_any_moment_and_gone_on_with(manager: Client) -> None:
    number = Actor.objects.count()
    half = {"name": "Halb", "identifiers-0-identifier": "de 1", "sizes-2-size_from": "31.2.", "key": "abc"}
    answer = manager.post(ADDRESS, half | {"entwurf": "1"})
    assert answer["Location"] == f"{ADDRESS}?entwurf=abc"
    page = manager.get(answer["Location"])
    assert page.context["problems"] == []
    text = page.content.decode()
    for typed in ('value="Halb"', 'value="de 1"', 'value="31.2."', "noch nicht gezählt", "Das ist Ihr Entwurf vom"):
        assert typed in text, typed
    assert Actor.objects.count() == number
    done = manager.post(answer["Location"], NEW | {"key": "abc", "fertig": "1"})
    assert done.status_code == 302, done.context["problems"]
    assert Actor.objects.count() == number + 1
    assert not Draft.objects.exists()
    assert manager.get(answer["Location"]).status_code == 404


def test_the_page_keeps_a_draft_of_a_stored_actor_by_itself(manager: Client) -> None:
    fields = {**fields_of(manager, "A-2"), "record": "A-2", "name": "Umbenannt"}
    answer = manager.post(KEEP, fields).json()
    assert "Entwurf gespeichert um" in answer["message"]
    assert answer["url"] == EDIT
    kept = Draft.objects.get()
    assert (kept.key, kept.record, kept.base_version, kept.cluster_id) == ("A-2", "A-2", 1, None)
    assert 'value="Umbenannt"' in shown(manager, EDIT)
    assert "Entwurf</span>" in shown(manager, "/akteure/A-2/")
    assert manager.post(KEEP, {"record": "A-99"}).status_code == 404
    gone = manager.post(THROW_AWAY, {"key": "A-2", "record": "A-2"})
    assert gone["Location"] == "/akteure/A-2/"
    assert 'value="Umbenannt"' not in shown(manager, EDIT)
    manager.post(KEEP, fields)
    assert manager.post(EDIT, {**fields, "reason": "Umfirmierung", "fertig": "1"}).status_code == 302
    assert not Draft.objects.exists()


def test_a_version_that_is_no_number_of_ours_is_none(manager: Client) -> None:
    manager.post(KEEP, {"record": "A-2", "name": "x", "version": "9" * 30})
    assert Draft.objects.get().base_version is None


def test_the_register_lists_the_drafts_of_whoever_looks_in_every_cluster(
    manager: Client, client_of: Callable[[str], Client]
) -> None:
    manager.post(KEEP, {"name": " Gießerei Spree ", "key": "k1"})
    manager.post(KEEP, {"key": "k2"})
    manager.post(KEEP, {"record": "A-2", "name": "Linsenwerk"})
    found = [("Linsenwerk", EDIT), ("noch ohne Namen", f"{ADDRESS}?entwurf=k2"),
             ("Gießerei Spree", f"{ADDRESS}?entwurf=k1")]  # fmt: skip
    assert listed(manager) == found
    assert listed(manager, cluster=FOREIGN) == found
    assert manager.get("/projekte/").context["drafts"] == []
    for role in ("foreign_manager", "cluster_viewer"):
        assert listed(client_of(role)) == [], role


def test_who_records_no_longer_finds_no_drafts_of_actors(manager: Client) -> None:
    manager.post(KEEP, {"name": "Halb", "key": "k"})
    account: Account = Draft.objects.get().account
    assert drafts_of(reach_of(account)).count() == 1
    roles_set(account=account, grants=[])
    account.refresh_from_db()
    assert not drafts_of(reach_of(account)).exists()


def test_what_is_refused_is_kept(manager: Client) -> None:
    answer = manager.post(ADDRESS, NEW | {"seat": "", "seat-text": "Nirgendwo", "key": "k"})
    assert answer.context["problems"]
    assert "Entwurf gespeichert um" in answer.context["state"]
    assert 'value="Nirgendwo"' in shown(manager, f"{ADDRESS}?entwurf=k")


def test_a_draft_of_a_similar_name_is_asked_about_again(manager: Client) -> None:
    like: dict[str, Any] = {**NEW, "name": "Walzwerk Nord AG", "key": "k"}
    asked = manager.post(ADDRESS, like)
    assert [each.key for each in asked.context["alike"]] == ["A-1"]
    manager.post(KEEP, {**like, "deliberate": like["name"]})  # as the page that asks keeps it by itself
    again = {name: values[-1] for name, values in
             manager.get(f"{ADDRESS}?entwurf=k").context["forms"].raw.values.items()}  # fmt: skip
    assert manager.post(ADDRESS, again).context["alike"]
    assert not Actor.objects.filter(name=like["name"]).exists()


def test_another_similar_name_is_asked_about_anew(manager: Client) -> None:
    form = {**NEW, "name": "Walzwerk Nord AG", "key": "k", "fertig": "1"}
    asked = manager.post(ADDRESS, form)
    sent = {**form, "deliberate": asked.context["form"]["deliberate"].value()}
    other = manager.post(ADDRESS, {**sent, "name": "Walzwerk Nord SE"})
    assert [each.key for each in other.context["alike"]] == ["A-1"]
    assert other.context["form"]["deliberate"].value() == "Walzwerk Nord SE"
    assert manager.post(ADDRESS, sent).status_code == 302
    for changed in ({"name": "Walzwerk Nord KG"}, {"municipality": "Cottbus"}):
        back = manager.post(ADDRESS, {**sent, **changed})
        assert "Aus diesem Formular ist schon A-" in back.context["problems"][0].text
        again = {**sent, **changed, "key": back.context["key"]}
        again["deliberate"] = back.context["form"]["deliberate"].value() or ""
        assert "A-1" in [each.key for each in manager.post(ADDRESS, again).context["alike"]], changed
    assert list(Actor.objects.filter(name__startswith="Walzwerk Nord ").values_list("name", flat=True)) == [
        "Walzwerk Nord GmbH", "Walzwerk Nord AG"]  # fmt: skip


def test_one_form_makes_one_actor_however_often_it_is_sent(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {**NEW, "key": "k", "deliberate": NEW["name"], "fertig": "1"}
    answers = [manager.post(ADDRESS, sent) for _ in range(2)]
    looks = iter([None])  # the third one looked before the first one was written
    monkeypatch.setattr(
        "ewm.capture.editing.once.finished_or_none", lambda **said: next(looks, finished_or_none(**said))
    )
    answers.append(manager.post(ADDRESS, sent))
    assert len({each["Location"] for each in answers}) == 1
    assert Actor.objects.filter(name=NEW["name"]).count() == 1
    other = manager.post(ADDRESS, {**sent, "name": "Gießerei Havel GmbH"})
    assert "Aus diesem Formular ist schon A-" in other.context["problems"][0].text
    assert "„Speichern“" in other.context["problems"][0].text
    assert Draft.objects.get().title == "Gießerei Havel GmbH"
    again = {**sent, "name": "Gießerei Havel GmbH", "key": other.context["key"]}
    assert manager.post(ADDRESS, again).status_code == 302
    assert Actor.objects.filter(name__startswith="Gießerei").count() == 2


def test_a_form_that_has_become_an_actor_leaves_no_draft(manager: Client) -> None:
    form: dict[str, Any] = {**NEW, "key": "k", "deliberate": NEW["name"]}
    manager.post(KEEP, form)
    page = manager.post(ADDRESS, {**form, "fertig": "1"})["Location"]
    assert manager.post(KEEP, form).json()["url"] == page
    assert not Draft.objects.exists()
    manager.post(KEEP, {**form, "name": "Kesselbau Havel"})
    assert manager.post(ADDRESS, {**form, "fertig": "1"})["Location"] == page
    assert not Draft.objects.exists()
    manager.post(KEEP, {**form, "name": "Kesselbau Havel"})
    asked = manager.post(ADDRESS, {**form, "name": "Kesselbau Havel", "fertig": "1"})
    assert [each.key for each in Draft.objects.all()] == [asked.context["key"]] != ["k"]


def test_what_was_typed_while_the_session_ended_comes_back(manager: Client) -> None:
    manager.post(KEEP, {"record": "A-2", "name": "Älterer Entwurf"})
    for url in (ADDRESS, EDIT):
        session = manager.session
        text = "name=Abgelaufen&former_names-3-name=Abgelaufen&former_names-3-name_to=5"
        session["rescued"] = {"account": int(session["_auth_user_id"]), "path": url, "text": text}
        session.save()
        back = manager.get(f"{url}?wieder=1")
        assert back.content.decode().count('value="Abgelaufen"') == 2, url
        assert (back.context["state"], back.context["opened_draft"]) == ("Noch nicht gespeichert", False)
        assert 'value="Abgelaufen"' not in shown(manager, url), url
    assert 'value="Älterer Entwurf"' in shown(manager, EDIT)


def test_the_second_of_two_savers_keeps_the_draft_until_it_is_settled(manager: Client) -> None:
    fields = {**fields_of(manager, "A-2"), "reason": "x", "fertig": "1"}
    manager.post(EDIT, {**fields, "municipality": "Cottbus"})
    manager.post(KEEP, {**fields, "record": "A-2", "name": "Meiner"})
    answer = manager.post(EDIT, {**fields, "name": "Meiner"})
    assert "Zwei Fassungen" in answer.content.decode()
    assert Draft.objects.get().title == "Meiner"
    sealed = {name: answer.context[name] for name in ("mine", "seen")}
    settled = manager.post(answer.context["save_url"], sealed)
    assert settled.status_code == 302, settled.content.decode()
    assert not Draft.objects.exists()


def test_what_was_typed_of_an_actor_that_went_up_in_another_is_not_lost(manager: Client) -> None:
    fields = {**fields_of(manager, "A-2"), "name": "Linsenwerk Süd AG"}
    both = {"code": "A-1", "other": "A-2"}
    manager.post(reverse("actors:merge", kwargs=both), merge_form(manager, "A-1", "A-2"))
    assert manager.get(EDIT)["Location"] == "/akteure/A-1/"
    for answer in (manager.post(EDIT, {**fields, "fertig": "1"}), manager.get(EDIT)):
        text = answer.content.decode()
        assert "mit „Walzwerk Nord GmbH“ zusammengeführt" in text
        assert "Linsenwerk Süd AG" in text
        assert "Entwurf verwerfen" in text
        assert "Wird die Zusammenführung zurückgenommen, steht es als Ihr Entwurf" in text
        assert "zurückgeholt" not in text
    assert listed(manager) == [("Linsenwerk Süd AG", EDIT)]
    assert Actor.objects.get(code="A-2").name == "Linsenwerk Süd GmbH"
    manager.post(THROW_AWAY, {"key": "A-2", "record": "A-2"})
    assert manager.get(EDIT)["Location"] == "/akteure/A-1/"
