"""Pages of imports: rows and decisions about them, taking over, the result, taking back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.models import Import, ImportItem, Outcome, Result, State
from ewm.capture.imports.views.rows_form import column_of
from ewm.capture.imports.views.showing import row_of
from ewm.capture.imports.views.words import Said, lines_of
from ewm.capture.projects.models import Project
from tests.support import efre
from tests.web.site.importing import address, applied, import_in, item_in, sent, upload

if TYPE_CHECKING:
    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world", "own_folder")


# Rows


def test_first_comes_what_must_be_decided_and_chips_count_rows(manager: Client, account: Account) -> None:
    made = import_in(State.REVIEWING, account, rows=5)
    order = (Outcome.NEW, Outcome.LEFT_OUT, Outcome.KNOWN, Outcome.ERROR, Outcome.DECIDE)
    for at, outcome in enumerate(order):
        item_in(made, outcome, at)
    page = manager.get(address("rows", made)).context["page"]
    assert [row.mark.label for row in page.rows] == ["zu entscheiden", "Fehler", "bekannt", "neu", "weggelassen"]
    assert {chip.label: chip.count for chip in page.chips} == {
        "Alle": 5, "Neu": 1, "Bekannt": 1, "Zu entscheiden": 1, "Fehler": 1, "Weggelassen": 1,
    }  # fmt: skip
    only = manager.get(address("rows", made), {"art": "error"}).context["page"]
    assert [row.mark.label for row in only.rows] == ["Fehler"]
    assert page.apply_label == "2 Zeilen übernehmen"
    assert page.bar_line.startswith("2 offene Zeilen bleiben außen vor.")


def test_a_page_holds_no_more_than_fifty_rows(manager: Client, account: Account) -> None:
    made = import_in(State.REVIEWING, account, rows=60)
    for at in range(60):
        item_in(made, Outcome.NEW, at)
    page = manager.get(address("rows", made)).context["page"]
    assert len(page.rows) <= 50
    assert page.page_obj.paginator.count == 60


def test_where_nothing_is_ready_the_button_leads_to_what_is_in_the_way(manager: Client, account: Account) -> None:
    made = import_in(State.REVIEWING, account)
    item_in(made, Outcome.ERROR)
    page = manager.get(address("rows", made))
    assert page.context["page"].obstacle_url in page.content.decode()
    assert "Zu den Fehlern" in page.content.decode()


@pytest.mark.parametrize(
    ("rows", "written"), [([41], "41"), ([41, 42, 43], "41–43"), ([41, 57], "41, 57"), ([9, 10], "9–10")]
)
def test_rows_are_written_short(rows: list[int], written: str) -> None:
    assert lines_of(rows) == written


@pytest.mark.parametrize(("letter", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52)])
def test_letters_of_columns_are_numbers(letter: str, number: int) -> None:
    assert column_of(letter) == number


@pytest.fixture
def similar(manager: Client) -> Import:
    """A list whose third row names nearly an actor that is there, whose last has a day that does not exist."""
    text = efre.first(8).replace(efre.SIMILAR, "Walzwerk Nord Gmbh & Co. KG")
    upload(manager, text)
    return Import.objects.get()


def only(imported: Import, outcome: Outcome) -> ImportItem:
    return imported.items.get(outcome=outcome)


def test_a_decision_changes_the_row_the_counts_and_the_bar(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.DECIDE)
    page = manager.get(address("rows", similar)).context["page"]
    (choice,) = page.rows[0].choices
    form = sent(similar, nur=str(item.pk), **{choice.name: "A-1"})
    answer = manager.post(address("decide", similar), form, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert f'id="ergebnis-{item.pk}"' in shown
    assert 'id="zahlen"' in shown
    assert 'id="leiste"' in shown
    item.refresh_from_db()
    assert (item.outcome, item.decision) == (Outcome.NEW, {"partners": {"0": "A-1"}})


def test_without_script_the_whole_page_is_sent(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.DECIDE)
    answer = manager.post(address("decide", similar), sent(similar, merken="1", **{f"akteur-{item.pk}-0": "new"}))
    assert answer["Location"] == address("rows", similar)
    item.refresh_from_db()
    assert item.outcome == Outcome.NEW


def test_a_code_that_nobody_has_decides_nothing(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.DECIDE)
    answer = manager.post(
        address("decide", similar), sent(similar, merken="1", **{f"akteur-{item.pk}-0": "A-777"}), follow=True
    )
    assert answer.context["page"].summary.decide.rows == 1
    item.refresh_from_db()
    (choice,) = row_of(item, Said()).choices
    assert [option.label for option in choice.options if option.chosen] == ["Bitte entscheiden"]


@pytest.mark.parametrize(("least", "left"), [("100", 1), ("80", 0)])
def test_similar_ones_are_taken_together_from_a_score_on(
    manager: Client, similar: Import, least: str, left: int
) -> None:
    manager.post(address("decide", similar), sent(similar, alle="bekannt", ab=least))
    assert similar.items.filter(outcome=Outcome.DECIDE).count() == left


def test_what_is_open_or_wrong_is_decided_for_all(manager: Client, similar: Import) -> None:
    for way in ("neu", "weglassen"):
        manager.post(address("decide", similar), sent(similar, alle=way))
    assert not similar.items.filter(outcome__in=(Outcome.DECIDE, Outcome.ERROR)).exists()
    assert only(similar, Outcome.LEFT_OUT).first_row == 9


def test_a_wrong_cell_is_corrected_in_place(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.ERROR)
    (row,) = [each for each in manager.get(address("rows", similar)).context["page"].rows if each.id == item.pk]
    (wrong,) = row.problems
    assert wrong.value == "31.02.2015"
    answer = manager.post(address("correct", similar), sent(similar, zeile=str(item.pk), **{wrong.name: "28.2.2015"}))
    assert answer["Location"].endswith(f"#zeile-{item.pk}")
    item = similar.items.get(first_row=9)
    assert item.outcome == Outcome.NEW
    assert item.found["values"]["official_start"] == "2015-02-28"


def test_a_row_is_left_out_with_a_reason_and_taken_in_again(manager: Client, similar: Import) -> None:
    item = similar.items.filter(outcome=Outcome.NEW).first()
    assert item is not None
    form = {"weglassen": str(item.pk), f"grund-{item.pk}": "kein Projekt des Clusters"}
    manager.post(address("decide", similar), sent(similar, **form))
    item.refresh_from_db()
    assert (item.outcome, item.reason) == (Outcome.LEFT_OUT, "kein Projekt des Clusters")
    manager.post(address("decide", similar), sent(similar, zurueck=str(item.pk)))
    item.refresh_from_db()
    assert item.outcome == Outcome.NEW


def test_only_what_is_ticked_is_taken_into_a_known_record(manager: Client, similar: Import) -> None:
    manager.post(address("apply", similar), sent(similar))
    later = efre.first(8).replace("1.500,10", "1.600,00").replace("2.500,10", "2.600,00")
    upload(manager, later.replace(efre.SIMILAR, "Walzwerk Nord Gmbh & Co. KG"))
    again = Import.objects.latest("pk")
    page = manager.get(address("rows", again), {"art": "known"}).context["page"]
    first, second = [row for row in page.rows if row.differences]
    volume = next(each for each in first.differences if each.value == "project_volume")
    assert (volume.before, volume.after) == ("1.500,10\N{NO-BREAK SPACE}Euro", "1.600\N{NO-BREAK SPACE}Euro")
    told = {f"felder-{each.id}": "1" for each in (first, second)}
    manager.post(address("decide", again), sent(again, merken="1", **told, **{f"feld-{first.id}": ["project_volume"]}))
    result = manager.get(manager.post(address("apply", again), sent(again))["Location"]).context["page"]
    assert [each.count for each in result.numbers] == [0, 1, 5, 2]
    volumes = {Project.objects.get(code=each.code).project_volume for each in (first, second)}
    assert volumes == {160_000, 250_010}


def test_decisions_on_columns_that_changed_meanwhile_are_not_taken(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.DECIDE)
    old = sent(similar, merken="1", **{f"akteur-{item.pk}-0": "new"})
    Import.objects.filter(pk=similar.pk).update(answers={"3": "comma"})
    answer = manager.post(address("decide", similar), old, follow=True)
    assert "in einem anderen Fenster" in answer.content.decode()
    assert only(similar, Outcome.DECIDE) == item


def test_choices_come_back_after_the_session_ended(manager: Client, similar: Import, account: Account) -> None:
    item = only(similar, Outcome.DECIDE)
    page = manager.get(address("rows", similar))
    form = sent(similar, merken="1", _konto=page.context["rescue_mark"], **{f"akteur-{item.pk}-0": "new"})
    manager.session.flush()
    away = manager.post(address("decide", similar), form)
    assert away["Location"].startswith(reverse("account_login"))
    kept = dict(manager.session.items())
    manager.force_login(account)
    session = manager.session
    session.update({name: value for name, value in kept.items() if not name.startswith("_auth")})
    session.save()
    back = manager.get(address("decide", similar), {"wieder": "1"})
    assert back.status_code == 200
    (choice,) = next(row for row in back.context["page"].rows if row.id == item.pk).choices
    assert [option.value for option in choice.options if option.chosen] == ["new"]
    assert only(similar, Outcome.DECIDE) == item


# Taking over, the result, taking back


def test_what_is_open_stays_out_and_every_row_is_accounted_for(manager: Client, similar: Import) -> None:
    before = Project.objects.count()
    answer = manager.post(address("apply", similar), sent(similar))
    assert answer["Location"] == address("result", similar)
    page = manager.get(answer["Location"]).context["page"]
    assert [each.count for each in page.numbers] == [6, 0, 0, 2]
    assert sum(each.count for each in page.numbers) == similar.rows == 8
    assert Project.objects.count() == before + 6
    assert all(row.url and row.done == "angelegt" for row in page.records)
    assert {row.lines for row in page.refused} == {"4", "9"}
    csv = manager.get(address("not_taken", similar, form="csv")).getvalue().decode()
    assert "31.02.2015" in csv
    assert manager.get(address("not_taken", similar, form="doc")).status_code == 404


def test_choices_on_the_page_count_when_it_is_taken_over(manager: Client, similar: Import) -> None:
    item = only(similar, Outcome.DECIDE)
    manager.post(address("apply", similar), sent(similar, **{f"akteur-{item.pk}-0": "A-1"}))
    item.refresh_from_db()
    assert item.result == Result.CREATED


def test_an_import_is_taken_back_as_a_whole(manager: Client, similar: Import) -> None:
    before = set(Project.objects.values_list("code", flat=True))
    manager.post(address("apply", similar), sent(similar))
    answer = manager.post(address("undo", similar), follow=True)
    assert set(Project.objects.values_list("code", flat=True)) == before
    page = answer.context["page"]
    assert page.taken_back
    assert not page.may_undo
    assert manager.post(address("undo", similar))["Location"] == address("result", similar)


def test_what_somebody_changed_since_is_named_with_the_second_way(manager: Client, similar: Import) -> None:
    manager.post(address("apply", similar), sent(similar))
    code = similar.items.exclude(result_code=None)[0].result_code
    manager.post(reverse("projects:status", kwargs={"code": code}), {"status": "finished", "status_from": "1.12.2020"})
    answer = manager.post(address("undo", similar))
    assert answer.status_code == 409
    found = {each["url"]: each["why"] for each in answer.context["changed"]}
    assert "seither geändert" in found[reverse("projects:page", kwargs={"code": code})]
    assert "Alles andere zurücknehmen" in answer.content.decode()
    done = manager.post(address("undo", similar), {"geaenderte": "lassen"}, follow=True)
    assert "bleibt" in " ".join(str(each) for each in done.context["messages"])
    assert Project.objects.filter(code=code).exists()
    assert Project.objects.count() == 3


def test_what_somebody_has_a_draft_of_is_not_taken_back_unasked(manager: Client, similar: Import) -> None:
    manager.post(address("apply", similar), sent(similar))
    code = similar.items.exclude(result_code=None)[0].result_code
    manager.post(reverse("projects:draft"), {"record": code, "title": "Angefangen"})
    answer = manager.post(address("undo", similar))
    assert answer.status_code == 409
    found = {each["url"]: each["why"] for each in answer.context["changed"]}
    assert found[reverse("projects:page", kwargs={"code": code})] == "Jemand hat einen Entwurf dazu angefangen."


@pytest.mark.parametrize(("days", "offered"), [(90, True), (91, False)])
def test_taking_back_is_offered_for_ninety_days(manager: Client, account: Account, days: int, *, offered: bool) -> None:
    made = applied(account, "P-1")
    noon = timezone.localtime().replace(hour=12)  # days are those of the calendar, whatever the hour and the season
    Import.objects.filter(pk=made.pk).update(applied_at=noon - timedelta(days=days))
    assert manager.get(address("result", made)).context["page"].may_undo == offered


def test_an_import_is_discarded_and_nothing_is_kept(manager: Client, similar: Import) -> None:
    answer = manager.post(address("discard", similar), follow=True)
    assert similar.file_name in " ".join(str(each) for each in answer.context["messages"])
    assert not files.folder_of(similar.pk).exists()
    assert answer.context["page_obj"].paginator.count == 0
