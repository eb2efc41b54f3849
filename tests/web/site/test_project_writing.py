"""What happens around the form of a project: drafts, rows without script, new actors, conflicts, bad input, reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse

from ewm.capture.actors.models import Actor
from ewm.capture.drafts.models import Draft
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT, Support
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update
from tests.web.site.conftest import FOREIGN, World
from tests.web.site.filling import NEW, errors, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def test_a_draft_is_kept_at_any_moment_and_gone_on_with(manager: Client, world: World) -> None:
    assert world.actor
    values = {"title": "Halb", "support_start": "3", "partners-0-name": "Werk", "key": "abc"}
    answer = manager.post(NEW, values | {"entwurf": "1"})
    assert answer["Location"] == f"{NEW}?entwurf=abc"
    page = manager.get(answer["Location"])
    assert page.context["problems"] == []
    assert 'value="Halb"' in page.content.decode()
    assert "noch nicht gezählt" in page.content.decode()
    assert Project.objects.filter(title="Halb").count() == 0
    done = manager.post(answer["Location"], typed(manager) | {"key": "abc", "fertig": "1"})
    assert done.status_code == 302
    assert not Draft.objects.exists()
    assert manager.get(answer["Location"]).status_code == 404


def test_the_page_keeps_a_draft_by_itself(manager: Client, world: World) -> None:
    answer = manager.post("/projekte/entwurf/", {"title": "Von selbst", "key": "k1"})
    assert "Entwurf gespeichert um" in answer.json()["message"]
    manager.post("/projekte/entwurf/", {"title": "Noch mehr", "key": "k1"})
    assert Draft.objects.get().title == "Noch mehr"
    url = reverse("projects:edit", kwargs={"code": world.project})
    raw = manager.get(url).context["forms"].raw.values
    manager.post("/projekte/entwurf/", {**raw, "record": world.project, "title": "Entwurf dazu"})
    page = manager.get(url)
    assert 'value="Entwurf dazu"' in page.content.decode()
    assert Draft.objects.get(record=world.project).base_version == 1
    gone = manager.post("/projekte/entwurf/verwerfen/", {"key": world.project, "record": world.project})
    assert gone["Location"] == f"/projekte/{world.project}/"
    assert 'value="Entwurf dazu"' not in manager.get(url).content.decode()


def test_rows_come_and_go_without_script_and_nothing_is_lost(manager: Client, world: World) -> None:
    values = typed(manager, title="Ohne Skript", project_volume="viel", **{"funding-0-amount": "12,50"})
    answer = manager.post(NEW, values | {"mehr": "funding"})
    assert [row.number for row in answer.context["forms"].rows["funding"]] == [0, 1]
    assert answer.context["problems"] == []
    page = answer.content.decode()
    for text in ("Ohne Skript", 'value="viel"', 'value="12,50"'):
        assert text in page, text
    answer = manager.post(NEW, values | {"weniger": "funding-0"})
    assert answer.context["forms"].rows["funding"] == []
    answer = manager.post(NEW, values | {"mehr": "supports"})
    assert len(answer.context["forms"].rows["supports"]) == 1
    answer = manager.post(NEW, values | {"partners-add-text": "linsenwerk", "suchen": "partners"})
    assert f'value="{world.other_actor}"' in answer.content.decode()
    assert "„linsenwerk“ neu anlegen" in answer.content.decode()
    chosen = values | {"partners-add-text": "linsenwerk", "partners-add-found": world.other_actor}
    answer = manager.post(NEW, chosen | {"mehr": "partners"})
    assert [row.typed("actor") for row in answer.context["forms"].rows["partners"]] == ["A-1", "A-2"]
    assert "Linsenwerk Süd GmbH" in answer.content.decode()


def test_a_new_actor_with_a_similar_name_is_warned_of_and_made_deliberately(manager: Client, world: World) -> None:
    assert world.actor
    values = typed(manager) | {
        "partners-add-text": "Walzwerk Nordd GmbH",
        "partners-add-found": "neu",
        "mehr": "partners",
    }
    answer = manager.post(NEW, values)
    row = answer.context["forms"].rows["partners"][1]
    assert (row.typed("name"), row.typed("actor_type"), row.typed("seat")) == ("Walzwerk Nordd GmbH", "company", "12")
    assert "Ähnlich heißt schon: Walzwerk Nord GmbH" in answer.content.decode()
    done = manager.post(NEW, {**answer.context["forms"].raw.values, "fertig": "1"})
    assert done.status_code == 302, errors(done)
    made = Actor.objects.get(name="Walzwerk Nordd GmbH")
    assert "bewusst neu" in Actor.history.get(code=made.code).history_change_reason


def test_ten_thousand_fields_and_a_megabyte_get_clear_answers(manager: Client, world: World) -> None:
    assert world.actor
    answer = manager.post(NEW, {f"f{n}": "x" for n in range(10_001)})
    assert answer.status_code == 400
    assert "Sie war zu groß" in answer.content.decode()
    long = "Ä" * 500_000  # a megabyte in UTF-8
    answer = manager.post(NEW, typed(manager, title=long) | {"fertig": "1"})
    assert answer.status_code == 200
    assert "300" in errors(answer)["id_title"]
    assert long in answer.content.decode()
    assert Draft.objects.get().data["title"] == [long]


def test_a_foreign_cluster_takes_no_new_project(manager: Client, world: World) -> None:
    assert world.actor
    assert manager.post(NEW, typed(manager, cluster=FOREIGN) | {"fertig": "1"}).status_code == 404
    assert manager.get(f"{NEW}?cluster={FOREIGN}").status_code == 404
    assert not Project.objects.filter(title="Didacticlab").exists()


def test_who_only_reads_does_not_write(client_of: Callable[[str], Client], world: World) -> None:
    viewer = client_of("cluster_viewer")
    assert viewer.get(NEW).status_code == 403
    page = viewer.get(f"/projekte/{world.project}/").content.decode()
    assert 'data-key="b"' not in page
    assert 'data-key="s"' not in page


def test_the_second_of_two_savers_sees_both_versions_and_loses_nothing(manager: Client, world: World) -> None:
    url = f"/projekte/{world.project}/bearbeiten/"
    mine = manager.get(url).context["forms"].raw.values
    manager.post(url, {**mine, "title": "Der andere war schneller", "fertig": "1"})
    new = {"partners-1-name": "Neu GmbH", "partners-1-actor_type": "company", "partners-1-seat": "12052",
           "partners-1-role": "partner"}  # fmt: skip
    answer = manager.post(url, {**mine, "title": "Meiner", "description": "Dazu", **new, "fertig": "1"})
    page = answer.content.decode()
    assert "Der andere war schneller" in page
    assert "Meiner" in page
    assert Project.objects.get(code=world.project).title == "Der andere war schneller"
    assert Actor.objects.filter(name="Neu GmbH").count() == 1


def test_what_was_typed_while_the_session_ended_comes_back(manager: Client, world: World) -> None:
    for url in (NEW, f"/projekte/{world.project}/bearbeiten/", f"/projekte/{world.project}/status/"):
        session = manager.session
        text = "cluster=metall&title=Abgelaufen&reason=Abgelaufen&funding-3-amount=12"
        session["rescued"] = {"account": int(session["_auth_user_id"]), "path": url, "text": text}
        session.save()
        assert 'value="Abgelaufen"' in manager.get(f"{url}?wieder=1").content.decode(), url
        assert 'value="Abgelaufen"' not in manager.get(url).content.decode(), url


def test_a_supporting_cluster_reads_and_does_not_write(manager: Client, world: World) -> None:
    url = f"/projekte/{world.foreign_project}/"
    assert manager.get(url).status_code == 404
    assert manager.post("/projekte/entwurf/", {"record": world.foreign_project}).status_code == 404
    shared = read_entries(PROJECT)[(world.foreign_project,)]
    support = Support(cluster="metall", supporting_from=shared.entry.support_start)
    project_update(entry=replace(shared.entry, supporting_clusters=(support,)), version=shared.version)
    page = manager.get(url)
    assert page.status_code == 200
    assert 'data-key="b"' not in page.content.decode()
    for name in ("bearbeiten", "status"):
        assert manager.post(f"{url}{name}/", {"title": "x"}).status_code == 404
