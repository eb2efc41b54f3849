"""Pages of imports: choosing a file, columns, rows and decisions, the result, taking back; and who sees them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.carrying import carried
from ewm.capture.imports.models import Import, ImportProfile, State
from ewm.capture.imports.profiles import FIELDS
from ewm.capture.imports.reading import LIMITS
from ewm.capture.imports.uploads import FORM
from ewm.capture.imports.views.labels import label_of_field
from tests.support import efre
from tests.web.site.importing import address, applied, import_in, keep_table, sent, upload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world", "own_folder")


# Choosing a file


def test_a_file_of_a_known_layout_leads_straight_to_its_rows(manager: Client) -> None:
    answer = upload(manager, efre.first())
    made = Import.objects.get()
    assert answer["Location"] == address("rows", made)
    assert made.state == State.REVIEWING
    page = manager.get(answer["Location"])
    assert page.context["page"].summary.rows_in == 24
    assert page.context["page"].summary.adds_up


def test_a_file_that_is_no_table_is_told_with_the_reason(manager: Client) -> None:
    answer = upload(manager, "%PDF-1.7\n", "liste.pdf")
    assert answer.status_code == 422
    assert "ein PDF" in answer.content.decode()
    assert Import.objects.get().state == State.FAILED
    assert not files.folder_of(Import.objects.get().pk).exists()


@pytest.mark.parametrize("cluster", ["optik", "", "gibt-es-nicht"])
def test_a_foreign_cluster_cannot_be_chosen(manager: Client, cluster: str) -> None:
    file = SimpleUploadedFile("liste.csv", b"A;B\n1;2\n")
    assert manager.post(reverse("imports:new"), {"cluster": cluster, "datei": file}).status_code == 422
    assert not Import.objects.exists()


def test_an_empty_file_and_none_are_told_apart(manager: Client) -> None:
    empty = upload(manager, "")
    none = manager.post(reverse("imports:new"), {"cluster": "metall"})
    assert (empty.status_code, none.status_code) == (422, 422)
    assert empty.context["problems"] != none.context["problems"]
    assert not Import.objects.exists()


@pytest.mark.parametrize(("over", "status"), [(0, 422), (1, 413)])
def test_a_body_beyond_the_limit_gets_a_page_and_leaves_nothing(
    manager: Client, monkeypatch: pytest.MonkeyPatch, over: int, status: int, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("ewm.capture.imports.uploads.LIMITS", replace(LIMITS, size=4096))
    head, tail = b'--x\r\nContent-Disposition: form-data; name="datei"; filename="a.csv"\r\n\r\n', b"\r\n--x--\r\n"
    body = head + b"%" * (4096 + FORM + over - len(head) - len(tail)) + tail
    answer = manager.generic("POST", reverse("imports:new"), body, "multipart/form-data; boundary=x")
    assert answer.status_code == status
    assert ("Die Datei ist zu groß" in answer.content.decode()) == bool(over)
    assert not Import.objects.exists()
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


def test_the_template_has_the_terms_of_the_chosen_cluster(manager: Client) -> None:
    for form, mark in (("xlsx", b"PK"), ("ods", b"PK")):
        answer = manager.get(reverse("imports:template"), {"form": form})
        assert answer.getvalue().startswith(mark)
        assert f"ewm-arbeitsmappe-metall-2020.{form}" in answer["Content-Disposition"]
    assert manager.get(reverse("imports:template"), {"form": "pdf"}).status_code == 404


def test_the_template_comes_back_without_anything_to_assign(manager: Client) -> None:
    book = manager.get(reverse("imports:template"), {"form": "ods"}).getvalue()
    file = SimpleUploadedFile("vorlage.ods", book)
    answer = manager.post(reverse("imports:new"), {"cluster": "metall", "datei": file})
    made = Import.objects.get()
    assert answer["Location"] == address("rows", made)
    assert manager.get(address("columns", made))["Location"] == address("rows", made)
    page = manager.get(address("rows", made))
    assert page.context["page"].summary.adds_up
    assert "alle Spalten sind bekannt" in page.content.decode()
    assert any(row.lines.startswith("Projekte ") for row in page.context["page"].rows)


# Whose import it is


def test_the_list_holds_ones_own_imports_only(manager: Client, account: Account) -> None:
    mine = [import_in(state, account) for state in State if state != State.DISCARDED]
    import_in(State.DISCARDED, account)
    import_in(State.MAPPING, None)
    import_in(State.MAPPING, account, cluster="optik")
    page = manager.get(reverse("imports:list"))
    assert len(page.context["page_obj"].object_list) == len(mine)
    with ExitStack() as working:  # somebody is at those that are at work
        for each in mine:
            working.enter_context(carried(each.pk))
        assert all(manager.get(line.url).status_code == 200 for line in page.context["page_obj"].object_list)


def test_nothing_imported_yet_leads_to_the_first_import(manager: Client) -> None:
    text = manager.get(reverse("imports:list")).content.decode()
    assert "Noch kein Import" in text
    assert reverse("imports:template") in text


@pytest.mark.parametrize("name", ["columns", "rows", "result", "progress", "decide"])
def test_an_import_of_somebody_else_is_not_there(manager: Client, name: str) -> None:
    other = import_in(State.MAPPING, None)
    assert manager.get(address(name, other)).status_code == 404


# Columns


def test_an_unknown_layout_is_mapped_asked_and_kept_under_a_name(manager: Client) -> None:
    answer = upload(manager, efre.third())
    made = Import.objects.get()
    assert answer["Location"] == address("columns", made)
    fields = ("partner_name", "title", "official_start", "project_volume", "partner_seat")
    form = {f"feld-{at}": field for at, field in enumerate(fields)}
    form |= {
        "art": "projects", "standard-support_start": "{official_start}", "standard-is_rdi": "ja",
        "standard-funding_state": "secured", "standard-partner_role": "lead", "weiter": "1",
    }  # fmt: skip
    asked = manager.post(address("columns", made), sent(made, **form))
    assert asked.status_code == 422
    assert [each["id"] for each in asked.context["problems"]] == ["frage-2", "frage-3"]
    readings = {each.column: dict(each.readings) for each in asked.context["page"].questions.values()}
    answers = {
        "antwort-2": next(answer for answer, said in readings[2].items() if said == "01.03.2021"),
        "antwort-3": next(answer for answer, said in readings[3].items() if said.startswith("1.200")),
    }
    done = manager.post(address("columns", made), sent(made, **form, **answers, name="Liste der Kammer"))
    assert done["Location"] == address("rows", made)
    item = made.items.order_by("position")[1]
    assert item.found["values"]["official_start"] == "2021-03-02"
    assert item.found["values"]["project_volume"] == 220_000
    assert ImportProfile.objects.get().name == "Liste der Kammer"
    again = upload(manager, efre.third())
    later = Import.objects.latest("pk")
    assert later.profile_label == "Liste der Kammer"
    assert again["Location"] == address("columns", later)  # the day and the amount are asked once for each file
    assert item.found["source"] == profile_source(later)


def profile_source(imported: Import) -> str:
    assert imported.profile is not None
    return str(imported.profile["source"])


def test_what_no_column_fills_is_named_with_the_way_out(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    form = {"feld-1": "title", "art": "projects", "weiter": "1"}
    answer = manager.post(address("columns", made), sent(made, **form))
    assert answer.status_code == 422
    told = [each["text"] for each in answer.context["problems"]]
    assert [text.partition("“")[0] for text in told] == [
        "„Beginn der Begleitung", "„Forschung, Entwicklung oder Innovation", "„öffentliche Förderung",
    ]  # fmt: skip
    shown = answer.content.decode()
    assert all(f'id="{each["id"]}"' in shown for each in answer.context["problems"])
    nameless = manager.post(address("columns", made), sent(made, **{"feld-2": "support_start", "weiter": "1"}))
    assert "wie der Eintrag heißt" in nameless.context["problems"][0]["text"]


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    form = {"feld-1": "title", "name": "Meine Liste", "merken": "1"}
    assert manager.post(address("columns", made), sent(made, **form)).status_code == 200
    answer = manager.post(address("columns", made), sent(made, **form))
    assert answer.status_code == 422
    assert answer.context["problems"][0]["id"] == "name"
    assert 'value="Meine Liste"' in answer.content.decode()


def test_other_kinds_have_other_fields(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    answer = manager.post(address("columns", made), sent(made, art="actors", profil="", vorschlag="1"))
    offered = {option.value for _group, options in answer.context["page"].rows[0].options for option in options}
    assert offered == set(FIELDS[answer.context["page"].profile.kind])
    assert "actor_type" in offered


def test_columns_assigned_in_another_window_are_not_overwritten(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    old = sent(made, weiter="1", **{"feld-1": "title"})
    Import.objects.filter(pk=made.pk).update(answers={"1": "comma"})
    answer = manager.post(address("columns", made), old)
    assert answer.status_code == 409
    assert "in einem anderen Fenster" in answer.content.decode()


def test_a_page_of_a_step_that_is_over_leads_to_where_the_import_stands(manager: Client, account: Account) -> None:
    made = applied(account, "P-1")
    for name in ("columns", "decide", "apply"):
        answer = manager.post(address(name, made), sent(made))
        assert answer["Location"] == address("result", made)
    assert manager.get(address("rows", made))["Location"] == address("result", made)


def test_every_field_has_a_name_on_pages() -> None:
    names = {name for fields in FIELDS.values() for name in fields}
    assert {name for name in names if label_of_field(name) == name} == set()


# What takes long


def test_a_large_file_is_read_in_the_background_and_can_be_cancelled(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ewm.capture.imports.views.work.reads_at_once", lambda _: False)
    answer = upload(manager, efre.third())
    made = Import.objects.get()
    assert answer["Location"] == address("progress", made)
    page = manager.get(answer["Location"])
    assert 'data-hx-trigger="every 1s"' in page.content.decode()
    assert "kein Hintergrundprozess" in page.content.decode()
    manager.post(address("cancel", made))
    made.refresh_from_db()
    assert made.state == State.CANCELLED
    over = manager.get(address("progress", made), headers={"HX-Request": "true"})
    assert "every 1s" not in over.content.decode()


def test_a_step_that_is_done_leads_a_waiting_page_on(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    answer = manager.get(address("progress", made), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address("columns", made)
    assert manager.get(address("progress", made))["Location"] == address("columns", made)


# Saved mappings


def test_a_saved_mapping_is_removed_by_whoever_saved_it(
    manager: Client, account: Account, client_of: Callable[[str], Client]
) -> None:
    saved = ImportProfile.objects.create(
        name="Meine", account=account.pk, profile={"kind": "projects", "columns": []}, saved_at=timezone.now()
    )
    other = client_of("foreign_manager")
    assert other.post(reverse("imports:profiles"), {"entfernen": saved.pk}).status_code == 404
    assert other.get(reverse("imports:profiles")).context["profiles"][0].by == account.name
    assert manager.post(reverse("imports:profiles"), {"entfernen": saved.pk}).status_code == 302
    assert not ImportProfile.objects.exists()


def test_a_column_without_heading_and_long_cells_fit_the_page(manager: Client, account: Account) -> None:
    made = import_in(State.MAPPING, account)
    keep_table(made, rows=(("x" * 500, "", "20.04.2020", "1"),), heads=("Name", "", "Beginn", "Betrag"))
    text = manager.get(address("columns", made)).content.decode()
    assert "x" * 61 not in text
