"""Which stored organisation or project a row means: surely, perhaps, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.actors.duplicates.services import actors_merge
from ewm.capture.actors.entries import ACTOR, FormerName, Identifier
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.imports.matching import candidates as why
from ewm.capture.imports.services import import_apply, import_decide
from ewm.capture.projects.entries import PROJECT, ProjectEntry, StatusEvent
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create, projects_update
from ewm.capture.withdrawing import record_withdraw
from tests.capture.import_steps.lists import (
    CLUSTER,
    DECIDE,
    ERROR,
    KNOWN,
    LEFT_OUT,
    LEI,
    NEW,
    NUMBERED,
    OTHER_CLUSTER,
    applied,
    items,
    only,
    outcomes,
    preview,
    row,
    stored_actor,
)

if TYPE_CHECKING:
    from ewm.capture.imports.models import ImportItem

TITLE = "Energieeffiziente Glühlinie für breite Bänder"


def partner(item: ImportItem) -> dict[str, Any]:
    [found] = item.match["partners"]
    return dict(found)


def project(code: str = "X-1", *, actor: str | None = "A-0001", **more: Any) -> str:
    """Record a project by hand."""
    start = more.pop("support_start", date(2020, 3, 1))
    taking_part = (Participation(actor=actor, role="lead"),) if actor else ()
    values: dict[str, Any] = {
        "cluster": CLUSTER, "title": TITLE, "is_rdi": True, "funding_state": "sought",
        "status_events": (StatusEvent(status_from=start, status="running"),), "participations": taking_part, **more,
    }  # fmt: skip
    projects_create(entries=[ProjectEntry(code=code, support_start=start, **values)])
    return code


@pytest.mark.parametrize(
    ("stored", "named", "more", "outcome", "reason"),
    [
        ({"name": "Walzwerk Havel GmbH"}, "WALZWERK  HAVEL GMBH", {}, NEW, why.SAME_NAME),
        ({"name": "Walzwerk Havel GmbH", "district": "12052"}, "Walzwerk Havel GmbH", {"district": "12052"}, NEW,
         why.SAME_NAME_AND_SEAT),
        ({"name": "Walzwerk Havel GmbH", "district": "12051"}, "Walzwerk Havel GmbH", {"district": "12052"}, NEW,
         why.SAME_NAME),
        ({"name": "Walzwerk Havel GmbH", "country": "AT", "land": None}, "Walzwerk Havel GmbH", {}, DECIDE,
         why.SAME_NAME_OTHER_SEAT),
        ({"name": "Walzwerk Havel GmbH"}, "Walzwerk Havell GmbH", {}, DECIDE, why.SIMILAR_NAME),
        ({"name": "Walzwerk Havel GmbH", "district": "12052"}, "Walzwerk Havell GmbH", {"district": "12052"}, DECIDE,
         why.SIMILAR_NAME_SAME_SEAT),
        ({"name": "Walzwerk Havel GmbH", "district": "12051"}, "Walzwerk Havell GmbH", {"district": "12052"}, DECIDE,
         why.SIMILAR_NAME_OTHER_SEAT),
        ({"name": "Walzwerk Havel GmbH", "country": "AT", "land": None}, "Walzwerk Havell GmbH", {}, NEW, ""),
        ({"name": "Walzwerk Havel GmbH"}, "Bauteilzentrum Wildau AG", {}, NEW, ""),
        ({"name": "Fakultät 1"}, "Fakultät 2", {}, NEW, ""),
        ({"name": "Neuer Name AG", "former_names": (FormerName(name="Alter Name AG", name_to=date(2019, 1, 1)),)},
         "Alter Name AG", {}, NEW, why.SAME_NAME),
        ({"name": "Ganz anders SE", "identifiers": (Identifier(scheme="lei", identifier=LEI),)}, "Walzwerk",
         {"lei": LEI}, NEW, why.BY_IDENTIFIER),
    ],
)  # fmt: skip
def test_an_organisation_is_known_similar_or_new(
    stored: dict[str, Any], named: str, more: dict[str, str], outcome: str, reason: str
) -> None:
    stored_actor(**stored)
    item = only(preview([row(named, "Neues Vorhaben", **more)]))
    found = partner(item)
    assert item.outcome == outcome
    if outcome == DECIDE:
        assert (found["code"], found["actor"]) == (None, None)
        assert [(each["code"], each["why"]) for each in found["candidates"]] == [("A-0001", reason)]
        assert 87 <= found["candidates"][0]["score"] <= 99
    else:
        assert found["code"] == ("A-0001" if reason else None)
        assert (found["why"], found["score"]) == (reason, 100 if reason else 0)
        assert bool(found["actor"].startswith("+")) is not bool(reason)


def test_of_several_of_one_name_the_seat_tells_which() -> None:
    stored_actor("Stadtwerke GmbH", "A-0001", district="12051")
    stored_actor("Stadtwerke GmbH", "A-0002", district="12052")
    first = only(preview([row("Stadtwerke GmbH", "Eins", district="12052")]))
    second = only(preview([row("Stadtwerke GmbH", "Zwei")]))
    assert (first.outcome, partner(first)["code"]) == (NEW, "A-0002")
    assert (second.outcome, {each["code"] for each in partner(second)["candidates"]}) == (DECIDE, {"A-0001", "A-0002"})


def test_a_merged_organisation_leads_to_its_survivor() -> None:
    applied([row("Walzwerk Havel GmbH", "Eins")])
    stored_actor("Havelstahl AG", "A-0900")
    ids = dict(Actor.objects.values_list("code", "id"))
    actors_merge(
        survivor=ids["A-0900"], survivor_version=1, merged=ids["A-0001"], merged_version=1, reason="dasselbe"
    )  # fmt: skip
    item = only(preview([row("Walzwerk Havel GmbH", "Etwas anderes")]))
    assert (item.outcome, partner(item)["code"]) == (NEW, "A-0900")
    again = only(preview([row("Walzwerk Havel GmbH", "Eins")]))
    assert (again.outcome, again.match["differences"]) == (KNOWN, [])


def test_a_renamed_organisation_is_known_by_its_key() -> None:
    applied([row("Walzwerk Havel GmbH", "Eins")])
    stored = read_entries(ACTOR)["A-0001",]
    actor_update(entry=replace(stored.entry, name="Ganz anders SE"), version=stored.version)
    item = only(preview([row("Walzwerk Havel GmbH", "Neues Vorhaben")]))
    assert (item.outcome, partner(item)["code"], partner(item)["why"]) == (NEW, "A-0001", why.BY_KEY)


def test_a_decision_is_remembered_for_the_next_file_of_the_source() -> None:
    stored_actor("Walzwerk Havel GmbH")
    number = preview([row("Walzwerk Havell GmbH", "Eins")])
    import_decide(item=only(number).pk, decision={"partners": {"0": "A-0001"}})
    assert outcomes(number) == [NEW]
    import_apply(imported=number, account=None)
    assert Actor.objects.count() == 1
    assert outcomes(preview([row("Walzwerk Havell GmbH", "Ein zweites Vorhaben")])) == [NEW]
    other = replace(NUMBERED, source="anderswoher")
    assert outcomes(preview([row("Walzwerk Havell GmbH", "Ein drittes", nr="7")], profile=other)) == [DECIDE]


@pytest.mark.parametrize(
    ("stored", "asked", "outcome", "reason", "score"),
    [
        ({}, row("Walzwerk Havel GmbH", TITLE), KNOWN, why.SAME_ALL, 100),
        ({}, row("Walzwerk Havel GmbH", TITLE.upper()), KNOWN, why.SAME_ALL, 100),
        ({}, row("Walzwerk Havel GmbH", TITLE, "01.04.2020"), DECIDE, why.SAME_TITLE_PARTNER, 95),
        ({}, row("Walzwerk Havel GmbH", f"{TITLE}n"), DECIDE, why.SIMILAR_ALL, 98),
        ({}, row("Walzwerk Havel GmbH", f"{TITLE}n", "01.04.2020"), DECIDE, why.SIMILAR_TITLE_PARTNER, 93),
        ({}, row("Prüfstand Nord AG", TITLE), DECIDE, why.SAME_TITLE_START, 90),
        ({}, row("Prüfstand Nord AG", f"{TITLE}n"), DECIDE, why.SIMILAR_TITLE_START, 88),
        ({}, row("Prüfstand Nord AG", TITLE, "01.04.2020"), NEW, "", 0),
        ({"actor": None}, row("Prüfstand Nord AG", TITLE, "01.04.2020"), DECIDE, why.SAME_TITLE, 85),
        ({}, row("Walzwerk Havel GmbH", "Etwas ganz anderes"), NEW, "", 0),
        ({"cluster": OTHER_CLUSTER}, row("Walzwerk Havel GmbH", TITLE), NEW, "", 0),
    ],
)  # fmt: skip
def test_a_project_is_known_similar_or_new(
    stored: dict[str, Any], asked: list[str], outcome: str, reason: str, score: int
) -> None:
    stored_actor("Walzwerk Havel GmbH")
    project(**stored)
    item = only(preview([asked]))
    assert item.outcome == outcome
    if outcome == KNOWN:
        assert (item.match["record"]["code"], item.match["record"]["why"]) == ("X-1", reason)
        assert item.match["chosen"]["code"] == "X-1"
    else:
        assert item.match["record"] is None
        shown = [(each["code"], each["why"], each["score"]) for each in item.match["candidates"]]
        assert shown == ([("X-1", reason, score)] if reason else [])


def test_a_withdrawn_project_is_neither_similar_nor_made_again() -> None:
    number = applied([row("Walzwerk Havel GmbH", TITLE)])
    record_withdraw(record=Project.objects.get(), version=1, reason="gehört nicht dazu")
    item = only(preview([row("Walzwerk Havel GmbH", TITLE)]))
    assert (item.outcome, "zurückgezogen" in item.reason) == (LEFT_OUT, True)
    # A file of another source knows nothing of it.
    assert outcomes(preview([row("Walzwerk Havel GmbH", TITLE, nr="1")], profile=NUMBERED)) == [NEW]
    assert number


def test_a_project_that_moved_to_another_cluster_is_left_alone() -> None:
    applied([row("Walzwerk Havel GmbH", TITLE)])
    [stored] = read_entries(PROJECT).values()
    projects_update(changes=[(replace(stored.entry, cluster=OTHER_CLUSTER), stored.version)], reason="verschoben")
    item = only(preview([row("Walzwerk Havel GmbH", TITLE)]))
    assert (item.outcome, "anderen Cluster" in item.reason) == (LEFT_OUT, True)


def test_what_another_cluster_imported_says_nothing_here() -> None:
    applied([row("Walzwerk Havel GmbH", TITLE)], cluster=OTHER_CLUSTER)
    item = only(preview([row("Walzwerk Havel GmbH", TITLE)]))
    assert (item.outcome, partner(item)["code"]) == (NEW, "A-0001")


def test_a_number_of_the_source_is_stronger_than_words() -> None:
    applied([row("Walzwerk Havel GmbH", TITLE, nr="FKZ-1")], profile=NUMBERED)
    item = only(preview([row("Umbenannt GmbH", "Ein ganz anderer Titel", "01.01.2021", nr="FKZ-1")], profile=NUMBERED))
    assert (item.outcome, item.match["record"]["why"]) == (KNOWN, why.BY_KEY)
    assert {each["field"] for each in item.match["differences"]} == {"title", "support_start", "participations"}


def test_a_similar_actor_that_takes_part_already_is_that_one() -> None:
    applied([row("Walzwerk Havel GmbH", TITLE, nr="FKZ-1")], profile=NUMBERED)
    item = only(preview([row("Walzwerk Havell GmbH", TITLE, nr="FKZ-1")], profile=NUMBERED))
    assert (item.outcome, partner(item)["why"], item.match["differences"]) == (KNOWN, why.TAKES_PART, [])


def test_of_two_rows_that_mean_one_project_the_second_is_asked_about() -> None:
    stored_actor("Walzwerk Havel GmbH")
    project()
    rows = [row("Walzwerk Havel GmbH", TITLE), row("Walzwerk Havel GmbH", TITLE)]
    number = preview(rows)
    assert outcomes(number) == [KNOWN, DECIDE]
    second = items(number)[1]
    assert "Zeile 2" in second.reason
    import_decide(item=second.pk, decision={"record": "X-1"})
    assert outcomes(number) == [KNOWN, DECIDE]
    import_decide(item=second.pk, decision={"record": "new"})
    assert outcomes(number) == [KNOWN, NEW]
    import_apply(imported=number, account=None)
    assert Project.objects.count() == 2
    assert outcomes(preview(rows)) == [KNOWN, KNOWN]


def test_a_real_repetition_becomes_two_projects_once() -> None:
    rows = [row("Walzwerk Havel GmbH", TITLE), row("Walzwerk Havel GmbH", TITLE)]
    applied(rows)
    assert Project.objects.count() == 2
    applied(rows)
    assert Project.objects.count() == 2


def test_a_wrong_row_is_told_with_its_column() -> None:
    item = only(preview([row("Walzwerk Havel GmbH", TITLE, end="01.01.2020")]))
    assert item.outcome == ERROR
    [wrong] = item.problems
    assert (wrong["row"], wrong["column"], wrong["value"]) == (2, "D, Ende", "01.01.2020")
    assert "endet vor ihrem Beginn" in wrong["message"]
