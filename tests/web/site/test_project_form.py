"""A project on one page: created, changed, refused at the field; nothing that was typed is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ewm.capture.actors.models import Actor
from ewm.capture.drafts.models import Draft
from ewm.capture.projects.models import Project
from tests.web.site.filling import NEW, errors, stored, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World


def test_nine_answers_make_a_project(manager: Client, world: World) -> None:
    assert world.actor
    answer = manager.post(NEW, typed(manager) | {"fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"] == "/projekte/MET-2020-P01/"
    entry = stored("MET-2020-P01")
    assert (entry.title, entry.cluster, entry.is_rdi) == ("Didacticlab", "metall", True)
    assert (entry.project_volume, entry.project_volume_regional) == (430_000_000, 390_000_000)
    assert entry.project_volume_estimated
    assert [(event.status, str(event.status_from)) for event in entry.status_events] == [("preparation", "2020-04-20")]
    assert [(each.actor, each.role) for each in entry.participations] == [("A-1", "lead")]
    assert [each.is_main for each in entry.assignments] == [True]
    history = Project.history.get(code="MET-2020-P01")
    assert history.history_user_id is not None
    assert history.history_channel == "form"
    second = manager.post(NEW, typed(manager) | {"fertig": "1"})
    assert second["Location"] == "/projekte/MET-2020-P02/"


def test_nothing_typed_names_nine_fields(manager: Client, world: World) -> None:
    assert world.actor
    page = manager.get(NEW)
    assert (
        sum(field.required for field in page.context["form"].fields.values()) - 1 == 8
    )  # and an actor; not the cluster
    answer = manager.post(NEW, {"fertig": "1"})
    assert len(answer.context["problems"]) == 9
    assert answer.context["problems_title"] == "Noch 9 Angaben, dann ist das Projekt vollständig"
    assert Project.objects.filter(code__startswith="MET-").count() == 0


def test_whatever_is_refused_stays_in_the_form_and_is_kept(manager: Client, world: World) -> None:
    assert world.actor
    values = typed(
        manager,
        title="x" * 301,
        support_start="32.13.2020",
        project_volume="1.234",
        project_volume_regional="viel",
        description="Zeile <b>eins</b>",
    )
    answer = manager.post(NEW, values | {"fertig": "1"})
    found = errors(answer)
    assert "„1.234“ kann 1.234,00 Euro oder 1,23 Euro heißen" in found["id_project_volume"]
    assert "ist kein Tag" in found["id_support_start"]
    assert "ist kein Betrag" in found["id_project_volume_regional"]
    assert "300" in found["id_title"]
    page = answer.content.decode()
    for text in ("x" * 301, "32.13.2020", 'value="1.234"', 'value="viel"', "Zeile &lt;b&gt;eins&lt;/b&gt;"):
        assert text in page, text
    assert Draft.objects.get().data["project_volume"] == ["1.234"]
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"support_end": "19.4.2020"}, "id_support_end", "endet vor ihrem Beginn (20.04.2020 bis 19.04.2020)"),
        ({"official_start": "2.1.2021", "official_end": "1.1.2021"}, "id_official_end", "vor seinem Beginn"),
        ({"project_volume_regional": "5,1 Mio"}, "id_project_volume_regional", "5.100.000,00 Euro von 4.300.000,00"),
        ({"funding_volume": "5 Mio"}, "id_funding_volume", "übersteigt das Projektvolumen"),
        ({"partners-3-actor": "A-1", "partners-3-role": "partner"}, "id_partners-3-role", "zweimal eingetragen"),
        ({"partners-1-actor": "GIBTSNICHT", "partners-1-role": "partner"}, "id_partners-1-role", "gibt es nicht mehr"),
        ({"partners-1-name": "Neu", "partners-1-actor_type": "company", "partners-1-role": "partner"},
         "id_partners-1-seat", "Für einen neuen Akteur"),
        ({"partners-add-text": "Stahl"}, "id_partners-add", "„Stahl“ ist noch nicht übernommen"),
        ({"funding-0-granting_body": "federal"}, "id_funding-0-amount", "eine Schätzung genügt"),
        ({"funding-4-amount": "10,00"}, "id_funding-4-granting_body", ""),
        ({"supports-0-cluster": "optik", "supports-0-supporting_from": "3.3.20", "supports-0-supporting_to": "2.3.20"},
         "id_supports-0-supporting_to", "endet vor ihrem Beginn"),
    ],
)  # fmt: skip
def test_a_rule_is_refused_at_its_field(
    manager: Client, world: World, values: dict[str, str], field: str, words: str
) -> None:
    assert world.actor
    answer = manager.post(NEW, typed(manager, **values) | {"fertig": "1"})
    assert answer.status_code == 200
    found = errors(answer)
    assert words in found.get(field, f"nichts dort, sondern {found}")
    assert len(found) == 1, found
    assert f'id="{field}' in answer.content.decode()
    assert not Project.objects.filter(title="Didacticlab").exists()


def test_a_term_that_is_not_in_force_is_named_in_words(manager: Client, world: World) -> None:
    assert world.actor
    values = typed(manager)
    answer = manager.post(NEW, values | {"support_start": "20.4.2010", "fertig": "1"})
    found = errors(answer)
    assert "Das Handlungsfeld gilt am Beginn des Eintrags nicht („" in found["id_action_field"]
    assert values["action_field"] not in found["id_action_field"]
    assert f'<option value="{values["action_field"]}" selected' in answer.content.decode()
    answer = manager.post(NEW, values | {"support_start": "20.4.2018", "guidelines": "gl-cross-cluster-teilthemen",
                                         "support_end": "1.1.2019", "fertig": "1"})  # fmt: skip
    assert "„mit Teilthemen“ gilt" in str(errors(answer))


def test_a_complete_project_comes_back_as_it_was_typed(manager: Client, world: World) -> None:
    values = typed(
        manager,
        description="Lernlabor",
        support_end="31.12.2022",
        official_start="1.6.2020",
        official_end="31.5.2022",
        funding_volume="3.870.000",
        funding_volume_regional="3.510.000",
        main_guideline="gl-cross-cluster-teilthemen",
        **{
            "partners-5-actor": world.other_actor,
            "partners-5-role": "partner",
            "partners-7-name": "Stahlwerk Hennig GmbH",
            "partners-7-actor_type": "company",
            "partners-7-seat": "12065",
            "partners-7-role": "associated",
            "funding-0-granting_body": "federal",
            "funding-0-amount": "3,8 Mio",
            "funding-1-granting_body": "state",
            "funding-1-funds_origin": "eu",
            "funding-1-amount": "70.000,00",
            "supports-0-cluster": "optik",
            "supports-0-supporting_from": "1.5.20",
        },
    )
    answer = manager.post(NEW, values | {"guidelines": ["gl-regionalisierung-flaeche"], "fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    entry = stored("MET-2020-P01")
    made = Actor.objects.get(name="Stahlwerk Hennig GmbH")
    assert (made.land_id, made.district_id, made.actor_type_id) == ("12", "12065", "company")
    assert {each.actor: each.role for each in entry.participations} == {
        "A-1": "lead", "A-2": "partner", made.code: "associated",
    }  # fmt: skip
    assert {(each.granting_body, each.funds_origin, each.amount) for each in entry.funding} == {
        ("federal", "federal", 380_000_000), ("state", "eu", 7_000_000),
    }  # fmt: skip
    assert {each.term: each.is_main for each in entry.assignments if each.term.startswith("gl-")} == {
        "gl-cross-cluster-teilthemen": True, "gl-regionalisierung-flaeche": False,
    }  # fmt: skip
    page = manager.get("/projekte/MET-2020-P01/bearbeiten/")
    again = {name: values for name, values in page.context["forms"].raw.values.items() if name != "record"}
    answer = manager.post("/projekte/MET-2020-P01/bearbeiten/", again | {"fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    assert stored("MET-2020-P01") == entry
    assert Project.objects.get(code="MET-2020-P01").version == 1  # nothing changed, nothing written


def test_a_single_funder_gives_all_the_funding(manager: Client, world: World) -> None:
    assert world.actor
    values = typed(manager, funding_volume="3.870.000", **{"funding-0-granting_body": "federal"})
    manager.post(NEW, values | {"fertig": "1"})
    assert [each.amount for each in stored("MET-2020-P01").funding] == [387_000_000]


def test_without_funding_the_volume_is_zero_and_not_shown(manager: Client, world: World) -> None:
    assert world.actor
    manager.post(NEW, typed(manager, funding_state="none") | {"fertig": "1"})
    assert stored("MET-2020-P01").funding_volume == 0
    assert manager.get("/projekte/MET-2020-P01/bearbeiten/").context["form"]["funding_volume"].value() in (None, "")


def test_a_change_moves_the_first_status_with_the_beginning_and_tells_its_reason(manager: Client, world: World) -> None:
    assert world.actor
    manager.post(NEW, typed(manager) | {"fertig": "1"})
    url = "/projekte/MET-2020-P01/bearbeiten/"
    values = manager.get(url).context["forms"].raw.values
    answer = manager.post(url, {**values, "support_start": "4.5.2020", "reason": "Bescheid vom 12.03.", "fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    entry = stored("MET-2020-P01")
    assert [str(event.status_from) for event in entry.status_events] == ["2020-05-04"]
    assert Project.history.filter(code="MET-2020-P01").first().history_change_reason == "Bescheid vom 12.03."


def test_what_a_stored_project_lacks_does_not_keep_other_changes_waiting(manager: Client, world: World) -> None:
    url = reverse("projects:edit", kwargs={"code": world.project})
    values = manager.get(url).context["forms"].raw.values
    answer = manager.post(url, {**values, "title": "Neuer Titel", "fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    assert Project.objects.get(code=world.project).title == "Neuer Titel"


def test_a_refused_project_makes_no_actor(manager: Client, world: World) -> None:
    assert world.actor
    before = Actor.objects.count()
    new = {"partners-1-name": "Neu GmbH", "partners-1-actor_type": "company", "partners-1-seat": "12052",
           "partners-1-role": "partner", "support_end": "1.1.2019"}  # fmt: skip
    answer = manager.post(NEW, typed(manager, **new) | {"fertig": "1"})
    assert answer.status_code == 200
    assert Actor.objects.count() == before


def test_other_days_bring_other_terms_and_what_is_chosen_goes_on_in_its_series(manager: Client, world: World) -> None:
    assert world.actor
    later = {"support_start": "24.11.2026", "action_field": "metall-2014-fachkraeftematrix",
             "guidelines": "gl-cross-cluster-teilthemen"}  # fmt: skip
    answer = manager.post("/projekte/begriffe/", later)
    page = answer.content.decode()
    assert page.count('data-hx-swap-oob="true"') == 2
    assert '<option value="metall-2020-fachkraeftematrix" selected' in page
    assert "metall-2014-" not in page
    assert re.search(r'value="gl-cross-cluster-teilthemen" checked', page)
    answer = manager.post(NEW, later | {"aktualisieren": "1"})
    assert answer.context["forms"].raw.get("action_field") == "metall-2020-fachkraeftematrix"
    answer = manager.post("/projekte/begriffe/", later | {"support_start": "20.4.2012"})
    assert "Fachkräftematrix (gilt in diesem Zeitraum nicht)" in answer.content.decode()
