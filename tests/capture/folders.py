"""Folders of record tables for tests: every file is there, a test writes the ones that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.records.tables import FILES

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = {
    "actors.csv": """\
code,name,actor_type,parent,country,land,district,municipality,example,recorded_on
UNI,Hochschule,university,,DE,12,12052,Cottbus,true,2017-01-02
UNI-F1,Fakultät 1,university,UNI,DE,12,12052,Cottbus,true,2017-01-02
A-1,"Werk, Nord",company,,DE,12,,,true,2018-05-01
""",
    "actor_sizes.csv": "actor,size_class,size_from\nA-1,micro,2018-01-01\nA-1,large,2020-01-01\n",
    "actor_clusters.csv": """\
actor,cluster,member_from,member_to
A-1,metal,2018-01-01,
UNI,optics,2017-01-01,2019-12-31
""",
    "actor_identifiers.csv": "actor,scheme,identifier\nUNI,ror,02wxx3e24\n",
    "projects.csv": """\
code,cluster,title,description,support_start,support_end,official_start,official_end,is_rdi,project_volume,\
project_volume_regional,project_volume_estimated,funding_volume,funding_volume_regional,funding_volume_estimated,\
funding_state,example,recorded_on
P-1,metal,Vorhaben 1,,2020-03-01,2021-02-28,2020-06-01,,true,100000,80000.50,,50000,,true,secured,true,2020-03-02
P-2,metal,Vorhaben 2,Zwei,2018-01-01,,,,false,,,,0,,,none,true,2018-01-01
""",
    "project_status_events.csv": """\
project,status_from,status,recorded_on
P-1,2020-03-01,preparation,2020-03-02
P-1,2020-06-01,running,2020-06-15
P-2,2018-01-01,running,
P-2,2020-12-31,finished,2021-01-15
""",
    "project_funding.csv": "project,granting_body,funds_origin,programme,amount\nP-1,state,eu,voucher,50000\n",
    "project_supporting_clusters.csv": "project,cluster,supporting_from,supporting_to\nP-1,optics,2020-03-01,\n",
    "project_participations.csv": "project,actor,role\nP-1,UNI-F1,lead\nP-1,A-1,partner\nP-2,A-1,lead\n",
    "project_assignments.csv": """\
project,term,is_main
P-1,wide-technical,
P-1,metal-2014-a,true
P-2,metal-2014-b,true
""",
    "activities.csv": """\
code,cluster,title,description,activity_kind,activity_format,activity_start,activity_end,is_standard,is_lead,example,\
recorded_on
S-1,metal,Treffen,,event,online,2020-09-01,2020-09-02,,true,true,2020-09-03
""",
    "activity_participations.csv": "activity,actor,role\nS-1,UNI,partner\n",
    "activity_assignments.csv": "activity,term,is_main\nS-1,metal-2014-b,true\n",
    "macro_values.csv": """\
cluster,delimitation,measure,reporting_year,period_from,period,value,unit,source,note
metal,core,companies,2020,,2018,1762,count,Unternehmensregister,
""",
    "success_stories.yaml": """\
- code: E-1
  cluster: metal
  reporting_year: 2020
  position: 1
  title: Beispiel
  body: |
    Es ging gut aus.

    Sehr gut.
  project: P-1
  activity:
  terms: [wide, digital]
  example: true
""",
    "edition_texts.yaml": """\
- {cluster: metal, reporting_year: 2020, chapter: "3", language: de, position: 1, body: Ein Absatz., example: true}
""",
    "interview_notes.yaml": """\
- {cluster: metal, reporting_year: 2020, topic: Lage, body: Digital., held_on: 2021-02-01, example: true}
""",
}


def empty_files() -> dict[str, str]:
    """Every file with nothing but its head."""
    return {
        name: "[]\n" if name.endswith(".yaml") else ",".join(c.name for c in columns if not c.optional) + "\n"
        for name, columns in FILES.items()
    }


def write_folder(folder: Path, **changes: str) -> Path:
    """Write the records, with other text for some files (``projects_csv=...``)."""
    files = {**RECORDS, **{"".join((name.rpartition("_")[0], ".", name.rpartition("_")[2])): text
                           for name, text in changes.items()}}  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_empty(folder: Path) -> Path:
    """Write files that hold no record."""
    for name, text in empty_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def replaced(file: str, old: str, new: str) -> dict[str, str]:
    """A changed text of one file, as ``write_folder`` takes it."""
    text = RECORDS[file]
    assert text.count(old) == 1, (old, text)
    return {file.replace(".", "_"): text.replace(old, new)}
