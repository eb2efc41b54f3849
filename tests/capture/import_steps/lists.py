"""Small lists of projects, read as far as the review; the child process that reads files is left out."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.services import actors_create
from ewm.capture.imports import files
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import Import, ImportItem, Outcome, State
from ewm.capture.imports.profiles import Column, Profile
from ewm.capture.imports.services import import_apply, import_begin, import_map
from ewm.capture.imports.storing import import_of, move
from ewm.capture.imports.summary import summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

CLUSTER, OTHER_CLUSTER = "metall", "optik"
HEADER = ("Wer", "Titel", "Beginn", "Ende", "Volumen", "Kreis", "Nr", "LEI")
LEI = "529900T8BM49AURSDO55"
PROFILE = Profile(
    id="test",
    label="Testliste",
    source="testliste",
    kind=RecordKind.PROJECTS,
    columns=tuple(
        Column((header,), field, options={"scheme": "lei"} if header == "LEI" else {})
        for header, field in zip(
            HEADER,
            (
                "partner_name",
                "title",
                "support_start",
                "support_end",
                "project_volume",
                "partner_district",
                "number",
                "partner_identifier",
            ),
            strict=True,
        )
    ),
    defaults={"is_rdi": True, "funding_state": "sought", "partner_type": "company", "partner_country": "DE"},
)
NUMBERED = replace(PROFILE, id="numbered", source="nummernliste")


def row(who: str, title: str, start: str = "01.03.2020", **more: str) -> list[str]:
    """One row: ``end``, ``volume``, ``district``, ``nr``, ``lei`` are empty unless given."""
    return [who, title, start, *(more.get(name, "") for name in ("end", "volume", "district", "nr", "lei"))]


def read(rows: Sequence[Sequence[str]], *, cluster: str = CLUSTER, header: Sequence[str] = HEADER) -> int:
    """Begin an import whose file is read already; returns its number."""
    imported = import_begin(file=io.BytesIO(b"x"), name="liste.csv", cluster=cluster, account=None)
    lines: list[Any] = [{"kind": "csv", "sheet": "", "sheets": []}]
    lines += [[at, [cell or None for cell in cells]] for at, cells in enumerate([header, *rows], 1)]
    lines.append({"cells": sum(map(len, rows))})
    files.rows_of(imported.pk).write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    move(imported.pk, (State.READING,), State.MAPPING, cells=100)
    return imported.pk


def preview(rows: Sequence[Sequence[str]], *, profile: Profile = PROFILE, cluster: str = CLUSTER) -> int:
    """Begin an import and match its rows; every row is accounted for."""
    number = read(rows, cluster=cluster)
    import_map(imported=number, profile=profile)
    accounted(number)
    return number


def accounted(number: int) -> None:
    """Make sure that every row of the file is in exactly one tally."""
    summary = summary_of(import_of(number))
    assert summary.adds_up, summary


def applied(rows: Sequence[Sequence[str]], *, profile: Profile = PROFILE, cluster: str = CLUSTER) -> int:
    """Import rows from begin to end."""
    number = preview(rows, profile=profile, cluster=cluster)
    import_apply(imported=number, account=None)
    accounted(number)
    return number


def items(number: int) -> list[ImportItem]:
    return list(Import.objects.get(pk=number).items.all())


def outcomes(number: int) -> list[str]:
    return [item.outcome for item in items(number)]


def only(number: int) -> ImportItem:
    [item] = items(number)
    return item


def stored_actor(name: str, code: str = "A-0001", **more: Any) -> str:
    """Record an organisation; returns its code."""
    values: dict[str, Any] = {"actor_type": "company", "country": "DE", "land": "12", **more}
    with acting_as(None, Channel.FORM):
        actors_create(entries=[ActorEntry(code=code, name=name, **values)])
    return code


NEW, KNOWN, DECIDE, ERROR, LEFT_OUT = (
    Outcome.NEW.value, Outcome.KNOWN.value, Outcome.DECIDE.value, Outcome.ERROR.value, Outcome.LEFT_OUT.value,
)  # fmt: skip
