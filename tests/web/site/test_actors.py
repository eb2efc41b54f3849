"""Pages of actors: the register, one actor, its form, duplicates, merging and taking back."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.actors.duplicates.candidates import alike_pairs
from ewm.capture.actors.duplicates.models import ActorMerge, ActorsApart
from ewm.capture.actors.entries import ACTOR, ActorEntry, FormerName
from ewm.capture.actors.models import Actor
from ewm.capture.actors.places import find_places, read_seat, written_seat
from ewm.capture.actors.services import actors_create
from ewm.capture.actors.similar import core
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.services import projects_create
from tests.web.site.conftest import actor, project

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("world")

NEW = {"name": "Gießerei Spree GmbH", "actor_type": "company", "seat": "DE|12|12052|Cottbus", "seat-text": "Cottbus"}
A1, A2 = {"code": "A-1"}, {"code": "A-2"}


def entry_of(code: str) -> ActorEntry:
    return read_entries(ACTOR)[(code,)].entry


def fields_of(client: Client, code: str) -> dict[str, str]:
    """What the form of an actor holds, as a browser would send it back."""
    forms = client.get(reverse("actors:edit", kwargs={"code": code})).context["forms"]
    return {name: values[-1] for name, values in forms.raw.values.items()}


def page(client: Client, code: str) -> str:
    return client.get(reverse("actors:page", kwargs={"code": code})).content.decode()


def test_the_list_shows_what_each_does_in_the_chosen_cluster_and_year(manager: Client) -> None:
    def projects(year: int) -> dict[str, int]:
        shown = manager.get(reverse("actors:list"), {"jahr": str(year), "ansicht": "alle"}).context["list"]
        at = [column.key for column in shown.columns].index("projekte")
        return {row.title: row.cells[at].value for row in shown.rows}

    assert projects(2020) == {"Walzwerk Nord GmbH": 1, "Linsenwerk Süd GmbH": 0}
    assert projects(2019) == {"Walzwerk Nord GmbH": 0, "Linsenwerk Süd GmbH": 0}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"suche": "nord"}, ["Walzwerk Nord GmbH"]),
        ({"beteiligt": "ja", "jahr": "2020"}, ["Walzwerk Nord GmbH"]),
        ({"beteiligt": "oberste"}, ["Linsenwerk Süd GmbH", "Walzwerk Nord GmbH"]),
        ({"typ": "university"}, []),
    ],
)
def test_the_list_is_filtered(manager: Client, query: dict[str, str], found: list[str]) -> None:
    shown = manager.get(reverse("actors:list"), query).context["list"]
    assert [row.title for row in shown.rows] == found


def test_a_page_shows_only_records_within_reach(manager: Client) -> None:
    text = page(manager, "A-1")
    assert "Vorhaben P-1" in text
    assert "Vorhaben P-2" not in text
    assert "ein Projekt" in text


def test_the_tree_shows_who_counts(manager: Client) -> None:
    actors_create(
        entries=[
            ActorEntry(code="U", name="Hochschule", actor_type="university", land="12"),
            ActorEntry(code="F", name="Fakultät", actor_type="university", land="12", parent="U"),
        ]
    )
    later = manager.get(reverse("actors:page", kwargs={"code": "F"}), {"jahr": 2020}).context["tree"]
    assert (later.size, later.counted, later.top.counts, later.top.below[0].counts) == (2, 1, True, False)
    assert later.levels.rule == "T-05"
    before = manager.get(reverse("actors:page", kwargs={"code": "F"}), {"jahr": 2018}).context["tree"]
    assert (before.counted, before.top.below[0].counts) == (2, True)


def test_a_merged_actor_forwards(manager: Client) -> None:
    answer = manager.get(reverse("actors:page", kwargs={"code": "A-3"}))
    assert (answer.status_code, answer["Location"]) == (301, reverse("actors:page", kwargs=A1))
    assert "no-store" in answer["Cache-Control"]
    assert "A-3 ist in diesem Akteur aufgegangen" in page(manager, "A-1")
    assert manager.get(reverse("actors:edit", kwargs={"code": "A-3"})).status_code == 302


def test_a_new_actor_is_written(manager: Client) -> None:
    answer = manager.post(reverse("actors:new"), NEW | {"identifiers-0-scheme": "vat",
                                                        "identifiers-0-identifier": "de 136 695 976"})  # fmt: skip
    assert answer.status_code == 302, answer.context["problems"]
    made = entry_of(answer["Location"].rstrip("/").rpartition("/")[2])
    assert (made.name, made.land, made.district, made.municipality) == (NEW["name"], "12", "12052", "Cottbus")
    assert made.identifiers[0].identifier == "DE136695976"


@pytest.mark.parametrize(
    ("changes", "label", "text"),
    [
        ({"name": ""}, "Name", "Bitte angeben"),
        ({"seat": "", "seat-text": ""}, "Sitz", "Bitte angeben"),
        ({"seat": "", "seat-text": "Nirgendwo"}, "Sitz", "„Nirgendwo“ ist noch nicht gewählt"),
        ({"seat-text": "Potsdam"}, "Sitz", "„Potsdam“ ist noch nicht gewählt"),
        ({"seat": "DE|99|99999|X", "seat-text": "X"}, "Sitz", "99"),
        ({"seat": "kaputt", "seat-text": "kaputt"}, "Sitz", "nicht gewählt"),
        ({"parent-text": "Walzwerk"}, "Gehört zu", "„Walzwerk“ ist noch nicht gewählt"),
        ({"identifiers-0-scheme": "vat", "identifiers-0-identifier": "DE136695977"}, "Kennung", "Prüfziffer"),
        ({"sizes-0-size_class": "micro", "sizes-0-size_from": "31.2.2020"}, "gilt ab", "kein Tag"),
        ({"actor_type": "association", "sizes-0-size_class": "micro", "sizes-0-size_from": "1.2.2020"}, "Größe", "nur"),
        ({"name": "N" * 1_000_000}, "Name", "300"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(manager: Client, changes: dict[str, str], label: str, text: str) -> None:
    count = Actor.objects.count()
    answer = manager.post(reverse("actors:new"), {**NEW, **changes})
    assert answer.status_code == 200
    problems = answer.context["problems"]
    assert any(each.label == label and text in each.text for each in problems), problems
    assert Actor.objects.count() == count


def test_without_script_a_place_is_found_and_taken(manager: Client) -> None:
    answer = manager.post(reverse("actors:new"), {**NEW, "seat": "", "seat-text": "hennigsd"})
    [first, *_] = answer.context["form"].fields["seat"].widget.found
    assert (first["value"], first["label"]) == ("DE|12|12065|Hennigsdorf", "Hennigsdorf")
    taken = {**NEW, "seat": "", "seat-text": "hennigsd", "seat-found": first["value"]}
    made = manager.post(reverse("actors:new"), taken)["Location"].rstrip("/").rpartition("/")[2]
    assert entry_of(made).municipality == "Hennigsdorf"


def test_places_are_found_by_name_and_key() -> None:
    assert [each.value for each in find_places("oberhav")] == ["DE|12|12065|"]
    by_key = [each.seat.district for each in find_places("12065")]
    assert len(by_key) > 1
    assert set(by_key) == {"12065"}
    assert "DE|05||" in [each.value for each in find_places("nordrhein")]
    assert find_places("polen")[0].value == "PL|||"
    assert find_places(" ") == []
    seat = read_seat("DE|12|12065|Hennigsdorf")
    assert seat is not None
    assert written_seat(seat) == "DE|12|12065|Hennigsdorf"
    assert read_seat("XX|||") is None


def test_a_similar_name_is_asked_about_once(manager: Client) -> None:
    like = {**NEW, "name": "Walzwerk Nord AG"}
    asked = manager.post(reverse("actors:new"), like)
    assert [each.key for each in asked.context["alike"]] == ["A-1"]
    assert not Actor.objects.filter(name=like["name"]).exists()
    deliberate = {name: values[-1] for name, values in asked.context["forms"].raw.values.items()}
    assert manager.post(reverse("actors:new"), deliberate).status_code == 302
    reason = Actor.objects.get(name=like["name"]).history.get().history_change_reason
    assert reason.startswith("Erfassung, bewusst neu trotz ähnlicher Namen (A-1 ")


def test_a_new_name_keeps_the_one_before(manager: Client) -> None:
    fields = fields_of(manager, "A-2")
    change = {**fields, "name": "Optik Süd AG", "name_from": "1.7.2019", "reason": "Umfirmierung"}
    assert manager.post(reverse("actors:edit", kwargs=A2), change).status_code == 302
    entry = entry_of("A-2")
    assert (entry.name, entry.former_names) == (
        "Optik Süd AG", (FormerName(name="Linsenwerk Süd GmbH", name_to=date(2019, 6, 30)),),
    )  # fmt: skip
    assert "vorher „Linsenwerk Süd GmbH“" in page(manager, "A-2")
    # A correction keeps nothing, an earlier change than the last is refused.
    fields = fields_of(manager, "A-2")
    manager.post(reverse("actors:edit", kwargs=A2), {**fields, "name": "Optik Süd SE", "reason": "Tippfehler"})
    assert len(entry_of("A-2").former_names) == 1
    fields = fields_of(manager, "A-2")
    early = {**fields, "name": "Optik", "name_from": "1.7.2019", "reason": "x"}
    problems = manager.post(reverse("actors:edit", kwargs=A2), early).context["problems"]
    assert [each.label for each in problems] == ["Neuer Name gilt ab"]


def test_the_second_of_two_savers_sees_both_versions(manager: Client) -> None:
    fields = fields_of(manager, "A-2")
    manager.post(reverse("actors:edit", kwargs=A2), {**fields, "name": "Linsenwerk A", "reason": "eins"})
    answer = manager.post(reverse("actors:edit", kwargs=A2), {**fields, "name": "Linsenwerk B", "reason": "zwei"})
    assert answer.status_code == 200
    assert all(name in answer.content.decode() for name in ("Linsenwerk A", "Linsenwerk B"))
    assert entry_of("A-2").name == "Linsenwerk A"


def test_rows_come_and_go_without_script(manager: Client) -> None:
    more = manager.post(reverse("actors:new"), {**NEW, "mehr": "sizes"})
    assert len(more.context["forms"].rows["sizes"]) == 1
    fewer = manager.post(reverse("actors:new"), {**NEW, "sizes-0-size_from": "1.1.2020", "weniger": "sizes-0"})
    assert fewer.context["forms"].rows["sizes"] == []
    assert fewer.context["problems"] == []


def merge_form(client: Client, code: str, other: str) -> dict[str, Any]:
    preview = client.get(reverse("actors:merge", kwargs={"code": code, "other": other})).context["preview"]
    return {
        "survivor_version": preview.survivor.version,
        "merged_version": preview.merged.version,
        "reason": "dieselbe Firma",
    }


def test_duplicates_are_told_merged_and_taken_back(manager: Client) -> None:
    actors_create(entries=[actor("B-1", "Walzwerk Nort GmbH")])
    pairs = manager.get(reverse("actors:duplicates")).context["page_obj"].object_list
    assert [(each.one.code, each.other.code) for each in pairs] == [("A-1", "B-1")]
    both = {"code": "B-1", "other": "A-1"}
    preview = manager.get(reverse("actors:merge", kwargs=both))
    text = preview.content.decode()
    assert "Vorhaben P-1" in text
    assert "dazu 1 Eintrag" in text or "dazu ein Eintrag anderer Cluster" in text
    assert "Vorhaben P-2" not in text
    form = merge_form(manager, "B-1", "A-1") | {"name": "taken"}
    answer = manager.post(reverse("actors:merge", kwargs=both), form, follow=True)
    assert answer.status_code == 200
    assert entry_of("B-1").name == "Walzwerk Nord GmbH"
    assert Actor.objects.get(code="A-1").merged_into.code == "B-1"
    assert "Vorhaben P-1" in page(manager, "B-1")
    assert manager.get(reverse("actors:page", kwargs={"code": "A-3"}))["Location"].endswith("/B-1/")
    [message] = [str(each) for each in answer.context["messages"]]
    assert "jederzeit zurücknehmen" in message
    made = ActorMerge.objects.get(merged__code="A-1")
    manager.post(reverse("actors:undo", kwargs={"code": "B-1", "merge": made.pk}))
    assert Actor.objects.get(code="A-1").merged_into is None
    assert entry_of("B-1").name == "Walzwerk Nort GmbH"


def test_told_apart_a_pair_is_no_candidate_any_more(manager: Client) -> None:
    actors_create(entries=[actor("B-1", "Walzwerk Nort GmbH")])
    address = reverse("actors:apart", kwargs={"code": "A-1", "other": "B-1"})
    assert manager.post(address, {"reason": " "}).status_code == 302
    assert not ActorsApart.objects.exists()
    manager.post(address, {"reason": "zwei Werke"})
    shown = manager.get(reverse("actors:duplicates"))
    assert list(shown.context["page_obj"]) == []
    assert "zwei Werke" in shown.content.decode()


def test_a_merge_without_reason_or_with_an_old_version_does_nothing(manager: Client) -> None:
    address = reverse("actors:merge", kwargs={"code": "A-1", "other": "A-2"})
    form = merge_form(manager, "A-1", "A-2")
    refused = manager.post(address, form | {"reason": ""})
    assert (refused.status_code, [each["id"] for each in refused.context["problems"]]) == (422, ["reason"])
    overtaken = manager.post(address, form | {"merged_version": 7})
    assert (overtaken.status_code, overtaken.context["overtaken"]) == (409, True)
    assert manager.post(reverse("actors:merge", kwargs={"code": "A-1", "other": "A-1"}), form).status_code == 422
    assert Actor.objects.get(code="A-2").merged_into is None


def test_the_preview_says_which_open_figures_change(manager: Client) -> None:
    actors_create(entries=[actor("B-1", "Walzwerk Nort GmbH")])
    both = (Participation(actor="A-1", role="partner"), Participation(actor="B-1", role="lead"))
    projects_create(entries=[replace(project("P-9"), participations=both)])
    address = reverse("actors:merge", kwargs={"code": "A-1", "other": "B-1"})
    preview = manager.get(address, {"jahr": 2020}).context["preview"]
    assert [(each.kind, each.before, each.after) for each in preview.recounts] == [("projects", 2, 1)]
    assert preview.joined == ((2020, 1),)
    early = manager.get(address, {"jahr": 2019}).context["preview"]
    assert early.recounts == ()


def test_five_thousand_names_are_compared_in_seconds() -> None:
    words = ("Stahl", "Werk", "Optik", "Hennig", "Bau", "Technik", "Nord", "Süd", "Müller", "Krause", "Holz", "Glas")
    names = [
        f"{words[at % 12]}{words[at // 12 % 12].lower()} {words[at // 144 % 12]} {words[at // 1728 % 12]}technik GmbH"
        for at in range(5000)
    ]
    known = tuple(
        sorted(((core(name), f"A-{at}", name) for at, name in enumerate(names)), key=lambda each: len(each[0]))
    )
    start = time.perf_counter()
    alike_pairs(known)
    first = time.perf_counter() - start
    start = time.perf_counter()
    alike_pairs(known)
    assert first < 20
    assert time.perf_counter() - start < 0.5
