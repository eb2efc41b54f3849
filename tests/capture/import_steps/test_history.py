"""The history of a record names the import that made or changed it, and leads there."""

from __future__ import annotations

from ewm.capture.actors.models import Actor
from ewm.capture.imports.services import import_apply, import_decide, import_undo
from ewm.capture.projects.models import Project
from ewm.capture.timeline.history import History, latest
from ewm.capture.timeline.kinds import ACTORS, PROJECTS
from tests.capture.import_steps.lists import applied, only, preview, row


def test_events_of_an_import_lead_to_it() -> None:
    first = applied([row("Werk A GmbH", "Eins")])
    second = preview([row("Werk A GmbH", "Eins", volume="5.000,00")])
    import_decide(item=only(second).pk, decision={"take": ["project_volume"]})
    import_apply(imported=second, account=None)
    import_undo(imported=second, account=None)
    project = Project.objects.get()
    events = History(PROJECTS, project, None).events
    assert [event.imported for event in events] == [second, second, first]
    assert [event.way for event in events] == ["Import"] * 3
    assert [event.reason for event in events] == [
        f"Import {second} zurückgenommen",
        f"Import {second}: liste.csv",
        f"Import {first}: liste.csv",
    ]
    lines, _ = latest(PROJECTS, project)
    assert [line["url"] for line in lines] == [f"/importe/{number}/ergebnis/" for number in (second, second, first)]
    lines, _ = latest(ACTORS, Actor.objects.get())
    assert "url" not in lines[0]
