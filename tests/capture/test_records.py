"""Record tables: loaded whole or not at all, idempotent, wrong cells named by file, line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.utils import timezone

from ewm.capture.actors.models import Actor, ActorSize
from ewm.capture.base import Versioned
from ewm.capture.editorial.models import InterviewNote, SuccessStory
from ewm.capture.projects.models import Project, ProjectParticipation, ProjectStatusEvent
from ewm.capture.records import records_load
from ewm.capture.records.tables import FILES
from ewm.errors import MissingError, RefusedError
from tests.capture.entries import at
from tests.capture.folders import replaced, write_empty, write_folder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("programme")


def counts() -> dict[str, int]:
    """Rows and history entries of every table."""
    models = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return {model.__name__: model.objects.count() + model.history.count() for model in models}


def loaded(folder: Path) -> dict[str, tuple[list[str], list[str], int, list[str]]]:
    return {
        each.kind: (list(each.added), list(each.changed), each.unchanged, list(each.only_stored))
        for each in records_load(folder=folder)
    }


def refused(folder: Path) -> str:
    """Load what must be refused; nothing may have been written."""
    before = counts()
    with pytest.raises(RefusedError) as caught:
        records_load(folder=folder)
    assert counts() == before
    return str(caught.value)


def test_a_folder_is_loaded(tmp_path: Path) -> None:
    assert loaded(write_folder(tmp_path)) == {
        "Akteure": (["UNI", "UNI-F1", "A-1"], [], 0, []),
        "Makrowerte": (["metal core companies 2020 2018"], [], 0, []),
        "Texte": (["metal 2020 3 de 1"], [], 0, []),
        "Interviewnotizen": (["metal 2020 Lage 2021-02-01"], [], 0, []),
        "Projekte": (["P-1", "P-2"], [], 0, []),
        "Sonstige Aktivitäten": (["S-1"], [], 0, []),
        "Erfolgsbeispiele": (["E-1"], [], 0, []),
    }
    project = Project.objects.get(code="P-1")
    assert (project.project_volume, project.project_volume_regional) == (100_000_00, 80_000_50)
    assert (project.project_volume_estimated, project.funding_volume_estimated) == (False, True)
    assert (project.description, project.official_end) == (None, None)
    assert Actor.objects.get(code="A-1").name == "Werk, Nord"
    assert SuccessStory.objects.get().body == "Es ging gut aus.\n\nSehr gut."
    assert SuccessStory.objects.get().activity is None
    assert InterviewNote.objects.get().topic == "Lage"


def test_a_second_load_adds_nothing_and_says_so(tmp_path: Path) -> None:
    records_load(folder=write_folder(tmp_path))
    before = counts()
    for added, changed, unchanged, only_stored in loaded(tmp_path).values():
        assert (added, changed, only_stored) == ([], [], [])
        assert unchanged > 0
    assert counts() == before


def test_days_of_recording_become_the_history(tmp_path: Path) -> None:
    before = timezone.now()
    records_load(folder=write_folder(tmp_path))
    assert Project.history.get(code="P-1").history_date == at(2020, 3, 2)
    events = ProjectStatusEvent.history.order_by("history_date").values_list("status_id", "history_date")
    assert list(events) == [
        ("running", at(2018, 1, 1)),
        ("preparation", at(2020, 3, 2)),
        ("running", at(2020, 6, 15)),
        ("finished", at(2021, 1, 15)),
    ]
    assert {each.history_date for each in ActorSize.history.all()} == {at(2018, 5, 1)}
    # A-1 was recorded on 1 May: before, nobody could know that it takes part in P-2.
    assert ProjectParticipation.history.get(project__code="P-2").history_date == at(2018, 5, 1)
    assert SuccessStory.history.get().history_date >= before
    assert set(Project.history.values_list("history_change_reason", flat=True)) == {"Aus Tabellen geladen"}


def test_what_differs_is_changed_and_the_rest_is_left_alone(tmp_path: Path) -> None:
    records_load(folder=write_folder(tmp_path))
    write_folder(
        tmp_path,
        **replaced("projects.csv", "Vorhaben 2", "Vorhaben zwei"),
        **replaced("actor_sizes.csv", "A-1,micro,2018-01-01\n", ""),
        **replaced("success_stories.yaml", "[wide, digital]", "[digital]"),
    )
    found = loaded(tmp_path)
    assert {kind: each[1] for kind, each in found.items() if each[1]} == {
        "Akteure": ["A-1"],
        "Projekte": ["P-2"],
        "Erfolgsbeispiele": ["E-1"],
    }
    assert Project.objects.get(code="P-2").version == 2
    assert Project.objects.get(code="P-1").version == 1
    assert list(ActorSize.objects.values_list("size_class_id", flat=True)) == ["large"]
    assert [each.history_type for each in ActorSize.history.filter(size_class_id="micro")] == ["-", "+"]
    assert all(each[1] == [] for each in loaded(tmp_path).values())


def test_what_the_folder_lacks_stays_and_is_told(tmp_path: Path) -> None:
    records_load(folder=write_folder(tmp_path))
    found = loaded(write_empty(tmp_path))
    assert found["Projekte"] == ([], [], 0, ["P-1", "P-2"])
    assert Project.objects.count() == 2


def test_an_empty_folder_is_loaded(tmp_path: Path) -> None:
    assert all(each == ([], [], 0, []) for each in loaded(write_empty(tmp_path)).values())


def test_records_may_be_known_from_a_day_where_the_column_is_optional(tmp_path: Path) -> None:
    text = (
        "cluster,delimitation,measure,reporting_year,period_from,period,value,unit,source,note,recorded_on\n"
        "metal,core,companies,2020,,2018,1762,count,Register,,2021-02-01\n"
    )
    records_load(folder=write_folder(tmp_path, macro_values_csv=text))
    model = apps.get_model("editorial", "MacroValue")
    assert model.history.get().history_date == at(2021, 2, 1)


ACTIVITY = "S-1,metal,Treffen,,event,online,2020-09-01,2020-09-02,,true,true,2020-09-03"

# File, what is replaced by what, the place and the rule that the message names.
WRONG: list[tuple[str, str, str, str, str]] = [
    ("projects.csv", "2020-06-01,,true", "01.06.2020,,true", "projects.csv, Zeile 2", "day_form"),
    ("projects.csv", "2020-06-01,,true", "2020-6-1,,true", "projects.csv, Zeile 2", "day_form"),
    ("projects.csv", "2020-06-01,,true", "2020-02-30,,true", "projects.csv, Zeile 2", "day_form"),
    ("projects.csv", "80000.50", "80.000", "projects.csv, Zeile 2", "money_form"),
    ("projects.csv", "80000.50", '"80000,50"', "projects.csv, Zeile 2", "money_form"),
    ("projects.csv", ",true,100000", ",ja,100000", "projects.csv, Zeile 2", "flag_form"),
    ("projects.csv", ",true,100000", ",,100000", "projects.csv, Zeile 2", "value_given"),
    ("projects.csv", "P-2,metal,Vorhaben 2,", "P-2,metal,", "projects.csv, Zeile 3", "row_length"),
    ("projects.csv", "P-2,metal", "P-1,metal", "project_status_events.csv, Zeile 4", "record_of_the_row"),
    ("activities.csv", "S-1,metal", f"{ACTIVITY}\nS-1,metal", "activities.csv, Zeile 3", "activity_code_once"),
    ("projects.csv", "code,cluster", "code,clusters", "projects.csv · clusters", "column_unknown"),
    ("actor_sizes.csv", "actor,size_class,size_from", "actor,size_class", "size_from", "column_missing"),
    ("actor_sizes.csv", "actor,size_class,size_from", "actor,actor,size_class,size_from", "actor", "column_twice"),
    ("actor_sizes.csv", "A-1,large", "A-9,large", "actor_sizes.csv, Zeile 3", "record_of_the_row"),
    ("actor_sizes.csv", "A-1,large", "UNI,large", "actor_sizes.csv, Zeile 3", "size_class_of_a_company"),
    ("actors.csv", "UNI-F1,Fakultät 1,university,UNI", "UNI-F1,Fakultät 1,university,UNO", "actors.csv, Zeile 3",
     "unknown_record"),
    ("project_status_events.csv", "P-1,2020-03-01", "P-1,2020-02-29", "project_status_events.csv, Zeile 2",
     "status_not_before_support"),
    ("project_participations.csv", "P-1,A-1", "P-1,UNI-F1", "project_participations.csv, Zeile 3",
     "project_partner_once"),
    ("macro_values.csv", "1762", "1.762", "macro_values.csv, Zeile 2", "whole_number_form"),
    ("success_stories.yaml", "position: 1", "position: eins", "success_stories.yaml, Zeile 1", "whole_number_form"),
    ("success_stories.yaml", "position: 1", "Position: 1", "success_stories.yaml, Zeile 1", "column_unknown"),
    ("success_stories.yaml", "title: Beispiel", "title: [a, b]", "success_stories.yaml, Zeile 1", "single_value"),
    ("success_stories.yaml", "[wide, digital]", "wide", "success_stories.yaml, Zeile 1", "list_of_values"),
    ("success_stories.yaml", "[wide, digital]", "[wide, {a: b}]", "success_stories.yaml, Zeile 1", "list_of_values"),
    ("success_stories.yaml", "project: P-1", "project: P-7", "success_stories.yaml, Zeile 1", "unknown_record"),
    ("success_stories.yaml", "- code: E-1", "- E-0\n- code: E-1", "success_stories.yaml, Zeile 1", "list_of_mappings"),
    ("edition_texts.yaml", "- {cluster", "{cluster", "edition_texts.yaml", "list_of_mappings"),
    ("edition_texts.yaml", "- {cluster", "- {{cluster", "edition_texts.yaml", "file_unreadable"),
    ("interview_notes.yaml", "2021-02-01", "Februar", "interview_notes.yaml, Zeile 1", "day_form"),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[0]}: {case[4]}")
def test_a_wrong_cell_is_named(tmp_path: Path, case: tuple[str, str, str, str, str]) -> None:
    file, old, new, place, rule = case
    message = refused(write_folder(tmp_path, **replaced(file, old, new)))
    assert f"(Regel: {rule})" in message
    assert place in message


def test_all_wrong_cells_come_together(tmp_path: Path) -> None:
    wrong = {
        **replaced("projects.csv", "80000.50", "viel"),
        **replaced("actor_sizes.csv", "2018-01-01", "früher"),
        **replaced("macro_values.csv", "1762", "x"),
    }
    message = refused(write_folder(tmp_path, **wrong))
    assert len(message.splitlines()) == 3


def test_refusals_of_many_records_come_together(tmp_path: Path) -> None:
    wrong = {
        **replaced("projects.csv", "2021-02-28", "2020-02-28"),
        **replaced("activities.csv", "2020-09-02", "2020-08-02"),
    }
    message = refused(write_folder(tmp_path, **wrong))
    assert "support_end_not_before_start" in message
    assert "activity_end_not_before_start" in message


def test_a_wrong_change_of_a_stored_record_is_refused(tmp_path: Path) -> None:
    records_load(folder=write_folder(tmp_path))
    message = refused(write_folder(tmp_path, **replaced("projects.csv", "2021-02-28", "2020-02-28")))
    assert "P-1 · support_end: projects.csv, Zeile 2" in message


def test_a_stored_record_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    records_load(folder=write_folder(tmp_path))
    message = refused(write_folder(tmp_path, **replaced("activities.csv", "S-1,metal", f"{ACTIVITY}\nS-1,metal")))
    assert message.count("activity_code_once") == 1


def test_files_that_are_missing_or_unknown_are_named(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "projects.csv").rename(tmp_path / "project.csv")
    message = refused(tmp_path)
    assert "projects.csv · Datei: Diese Datei fehlt" in message
    assert "gemeint projects.csv?" in message


def test_another_encoding_is_named(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "actors.csv").write_bytes((tmp_path / "actors.csv").read_text(encoding="utf-8").encode("latin-1"))
    assert "actors.csv" in refused(tmp_path)


def test_a_mark_of_byte_order_is_no_column(tmp_path: Path) -> None:
    write_folder(tmp_path)
    path = tmp_path / "actors.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert loaded(tmp_path)["Akteure"][0] == ["UNI", "UNI-F1", "A-1"]


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    text = replaced("projects.csv", "P-1,metal,Vorhaben 1,,", 'P-1,metal,Vorhaben 1,"eins\nzwei\ndrei",')
    wrong = text["projects_csv"].replace("P-2,metal", "P-2,steel")
    assert "projects.csv, Zeile 5" in refused(write_folder(tmp_path, projects_csv=wrong))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="Den Ordner"):
        records_load(folder=tmp_path / "none")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    records_load(folder=write_folder(tmp_path), progress=lambda *what: told.append(what))
    assert ("Akteure", 3, 3) in told
    assert ("Projekte", 2, 2) in told


def test_no_file_has_a_column_for_the_contact_of_a_person() -> None:
    names = {column.name for columns in FILES.values() for column in columns}
    assert not [name for name in names if any(word in name for word in ("mail", "phone", "contact", "person"))]
