"""What somebody types who fills the form of a project, and what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT, ProjectEntry
from ewm.capture.projects.models import Project

if TYPE_CHECKING:
    from django.test import Client

NEW = "/projekte/neu/"
FIELD = "metall-2016-fachkraeftematrix"
NINE: dict[str, str] = {
    "title": "Didacticlab",
    "action_field": "",
    "is_rdi": "ja",
    "support_start": "20.4.2020",
    "status": "preparation",
    "partners-0-actor": "A-1",
    "partners-0-role": "lead",
    "project_volume": "4,3 Mio",
    "project_volume_estimated": "on",
    "project_volume_regional": "3.900.000",
    "funding_state": "sought",
}


def typed(client: Client, **values: str) -> dict[str, str]:
    """What somebody types who fills the nine required fields and these."""
    page = client.get(NEW).content.decode()
    (key,) = re.findall(r'name="key" value="([0-9a-f]+)"', page)
    terms = client.post("/projekte/begriffe/", {"support_start": "20.4.2020"}).content.decode()
    field = re.findall(r'<option value="([^"]+)"', terms)[0]
    return NINE | {"action_field": field, "key": key} | values


def stored(code: str) -> ProjectEntry:
    pk = Project.objects.get(code=code).pk
    (found,) = read_entries(PROJECT, range(pk, pk + 1)).values()
    return found.entry


def errors(answer: Any) -> dict[str, str]:
    """The summary: text by the id that its line leads to."""
    return {problem.id: f"{problem.label}: {problem.text}" for problem in answer.context["problems"]}
