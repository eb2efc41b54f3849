"""Imports as they stand at each step, without reading a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.found import Found, FoundActor, FoundPartner, Problem, RecordKind, found_as_json
from ewm.capture.imports.models import Import, ImportItem, Outcome, Result, State
from ewm.capture.imports.profiles import Column, Profile, profile_as_json
from ewm.capture.imports.reading.container import Kind
from ewm.capture.imports.views.frame import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client

    from ewm.capture.accounts.models import Account

HEADS = ("Begünstigter", "Vorhaben", "Beginn", "Betrag")
CELLS = (("Walzwerk Nord GmbH", "Schweißzelle", "20.04.2020", "1.000,00"),)
PROFILE = Profile(
    "test", "Testliste", "test", RecordKind.PROJECTS,
    tuple(Column((head,), field) for head, field in zip(
        HEADS, ("partner_name", "title", "support_start", "project_volume"), strict=True)),
    defaults={"is_rdi": True, "funding_state": "secured", "partner_role": "lead"},
)  # fmt: skip


def import_in(state: State, account: Account | None, *, cluster: str = "metall", **values: Any) -> Import:
    """Make an import that stands at a step, with the table that it was read from."""
    ended = state in (State.APPLIED, State.TAKEN_BACK)
    made = Import.objects.create(
        cluster_id=cluster,
        account=account.pk if account else None,
        state=state,
        **{
            "file_name": "liste.csv",
            "sha256": "0" * 64,
            "size": 1,
            "rows": 1,
            "profile": profile_as_json(PROFILE),
            "profile_label": PROFILE.label,
            "created_at": timezone.now(),
            "applied_at": timezone.now() if ended else None,
            "taken_back_at": timezone.now() if state == State.TAKEN_BACK else None,
            **values,
        },
    )
    keep_table(made)
    return made


def keep_table(imported: Import, rows: Sequence[Sequence[str]] = CELLS, heads: Sequence[str] = HEADS) -> None:
    """Keep a small table as what was read of an import's file."""
    path = files.rows_of(imported.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {"kind": Kind.TEXT, "sheet": "", "sheets": []},
        *([at, cells] for at, cells in enumerate((heads, *rows), 1)),
    ]
    told = [*lines, {"cells": len(heads) * (len(rows) + 1)}]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), encoding="utf-8")


def item_in(imported: Import, outcome: Outcome, position: int = 0, **values: Any) -> ImportItem:
    """Make a record of an import: ``match``, ``problems`` and the like are taken as they are given."""
    row = position + 2
    problem = Problem(row, "C, Beginn", "31.02.2020", "Spalte C, Beginn: „31.02.2020“ ist kein Tag.", "support_start")
    found = Found(
        RecordKind.PROJECTS, "test", f"k{position}",
        {"title": f"Schweißzelle {position}", "support_start": "2020-04-20", "project_volume": 100_000},
        (FoundPartner(FoundActor("Walzwerk Nord GmbH", country="DE"), "lead", row),), (row,),
        (problem,) if outcome == Outcome.ERROR else (),
    )  # fmt: skip
    empty: dict[str, Any] = {"record": None, "candidates": [], "partners": [], "differences": []}
    values["match"] = {**empty, **values.get("match", {})}
    return ImportItem.objects.create(
        imported=imported, position=position, first_row=row, row_count=1, rows=[row], key=found.key,
        found=found_as_json(found), outcome=outcome, **values,
    )  # fmt: skip


def applied(account: Account | None, code: str, cluster: str = "metall") -> Import:
    """Make an import that was taken over, with one record."""
    made = import_in(State.APPLIED, account, cluster=cluster)
    item_in(made, Outcome.KNOWN, result=Result.SAME, result_code=code)
    return made


def address(name: str, imported: Import, **more: Any) -> str:
    return reverse(f"imports:{name}", kwargs={"number": imported.pk, **more})


def sent(imported: Import, **values: Any) -> dict[str, Any]:
    imported.refresh_from_db()
    return {"stand": mark_of(imported), **values}


def upload(client: Client, text: str, name: str = "liste.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    return client.post(reverse("imports:new"), {"cluster": "metall", "datei": file})
