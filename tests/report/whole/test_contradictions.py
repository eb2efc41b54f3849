"""Sentences that contradict the results, or that nothing proves, planted into the delivered content: all are found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ewm.errors import ContentError
from tests.report.whole.desk import CLUSTER

if TYPE_CHECKING:
    from tests.report.whole.desk import Desk

CHAPTERS = "de/chapters"


class Plant(NamedTuple):
    """A sentence and what the refusal calls in it; ``after`` is the text of the chapter behind which it is planted."""

    file: str
    after: str
    sentence: str
    found: str


PROJECTS, VOLUMES, RDI = "41-neue-projekte.md", "42-volumina.md", "43-fueui.md"
GUIDING, TOPICS, ACTORS, INTRODUCTION = "44-leitlinien.md", "45-schwerpunkte.md", "47-akteure.md", "10-einleitung.md"
IN_PROJECTS, IN_VOLUMES = "die Akteure vernetzen und Kooperationen vorbereiten.", "zusammen ein Volumen von"
IN_ACTORS, IN_TOPICS = "alle anderen auf ihrer obersten Ebene.", "Bei den Sonstigen Aktivitäten lautet"
PLANTS = (
    # typed numbers: false ones, and true ones that nobody would notice when the results change
    Plant(PROJECTS, IN_PROJECTS, "Im Vorjahr waren es 30.", "„30.“"),
    Plant(PROJECTS, IN_PROJECTS, "Seit 2017 sind 124 Projekte hinzugekommen.", "„124“"),
    Plant(ACTORS, IN_ACTORS, "Beteiligt waren 47,5 % Unternehmen.", "„47,5“"),
    Plant(INTRODUCTION, "angestoßen und begleitet hat, und was daraus geworden ist.", "Dies ist Ausgabe 7.", "„7.“"),
    # numbers as words
    Plant(PROJECTS, IN_PROJECTS, "Davon sind zwölf beendet.", "„zwölf“"),
    Plant(ACTORS, IN_ACTORS, "Hundert Akteure waren dabei.", "„Hundert“"),
    Plant(ACTORS, IN_ACTORS, "Drei Hochschulen führen die Liste an.", "„Drei“"),
    # trends, up where it went down, and across a changed rule
    Plant(PROJECTS, IN_PROJECTS, "Die Zahl der Projekte ist gestiegen.", "„gestiegen“"),
    Plant(PROJECTS, IN_PROJECTS, "Die Sonstigen Aktivitäten sind deutlich seltener geworden.", "„deutlich“"),
    Plant(ACTORS, IN_ACTORS, "Der Rückgang bei den Unternehmen hält an.", "„Rückgang“"),
    Plant(TOPICS, "([[abbildung-06]]).", "Das Thema Arbeit hat zugenommen.", "„zugenommen“"),
    Plant(ACTORS, IN_ACTORS, "Das sind mehr als im Jahr davor und erstmals so viele.", "„erstmals“"),
    # shares and ranks
    Plant(PROJECTS, IN_PROJECTS, "Die Hälfte davon ist umgesetzt.", "„Hälfte“"),
    Plant(PROJECTS, IN_PROJECTS, "Ein Drittel ruht.", "„Drittel“"),
    Plant(ACTORS, IN_ACTORS, "Die Mehrheit sitzt in Berlin.", "„Mehrheit“"),
    Plant(ACTORS, IN_ACTORS, "Meist sind es Unternehmen.", "„Meist“"),
    Plant(ACTORS, IN_ACTORS, "Die größte Gruppe bilden Verbände.", "„größte“"),
    # what an expression computes or prints past the results
    Plant(PROJECTS, IN_PROJECTS, "Das sind {{ new.value - before.value }} mehr.", "Ein Ausdruck druckt"),
    Plant(PROJECTS, IN_PROJECTS, "Das sind {{ 27 + 1 }} Projekte.", "Ein Ausdruck druckt"),
    Plant(PROJECTS, IN_PROJECTS, '{{ "Das ist ein Anstieg." }}', "„Anstieg“"),
    # a trend word and a largest item that the results do not carry
    Plant(PROJECTS, IN_PROJECTS, "Die Zahl liegt {{ activities.change(before) }} dem Vorjahr.", ""),
    Plant(RDI, "Nach der Anzahl der Projekte führt", "{{ funders.smallest.label }}", "keinen Eintrag „smallest“"),
)

OWN = (
    ("Im Cluster entstanden 14 neue Projekte.", "„14“"),
    ("Der Umsatz ist gesunken.", "„gesunken“"),
    ("Fast alle Betriebe waren betroffen.", "„Fast all"),
    ("Zwei Drittel der Termine fielen aus.", "„Drittel“"),
)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.sentence)
def test_a_planted_contradiction_is_found(desk: Desk, plant: Plant) -> None:
    line = desk.spoil(f"{CHAPTERS}/{plant.file}", plant.after, f"{plant.after} {plant.sentence}")
    with pytest.raises(ContentError) as refused:
        desk.build()
    message = str(refused.value)
    assert message.startswith(plant.file)
    assert plant.found in message
    places = set(re.findall(rf"{re.escape(plant.file)}, Zeile (\d+)", message))
    assert places <= {str(line)}


@pytest.mark.parametrize(("sentence", "found"), OWN)
def test_a_contradiction_in_an_edition_text_is_found(desk: Desk, sentence: str, found: str) -> None:
    desk.say(f"Ein Jahr mit der Pandemie.\n\n{sentence}")
    with pytest.raises(ContentError, match=r"^Text der Ausgabe zu Kapitel 3, Zeile 3: ") as refused:
        desk.build()
    assert found in str(refused.value)


@pytest.mark.parametrize(("sentence", "found"), OWN)
def test_a_contradiction_in_a_success_story_is_found(desk: Desk, sentence: str, found: str) -> None:
    desk.tell(f"Eine Geschichte.\n\n{sentence}", "MET-2020-E1")
    with pytest.raises(ContentError, match="MET-2020-E1, Zeile 4: ") as refused:
        desk.build()
    assert found in str(refused.value)


@pytest.mark.parametrize(
    ("key", "old", "new", "found"),
    [
        ("headline", "{% else %}Keine neuen Projekte im", "{% else %}Die meisten Projekte im", "„meisten“"),
        ("caption", 'caption: "Anzahl laufender Projekte', 'caption: "Anzahl der 73 laufenden Projekte', "„73“"),
        ("short", 'short: "Laufende und neu', 'short: "Steigende und neu', "„Steigende“"),
        ("notes", "„Umgesetzt“ heißt:", "„Umgesetzt“ heißt bei 55,6 %:", "„55,6“"),
        ("words", "series: Neu initiiert je Jahr", "series: 27 neu initiiert im Jahr", "„27“"),
    ],
)
def test_a_contradiction_around_a_figure_is_found(desk: Desk, key: str, old: str, new: str, found: str) -> None:
    desk.spoil("de/captions.yaml", old, new)
    lines = (desk.form / "de" / "captions.yaml").read_text(encoding="utf-8").splitlines()
    line = 1 + next(number for number, text in enumerate(lines) if text.startswith(f"  {key}:"))
    with pytest.raises(ContentError, match=f"^captions.yaml: abbildung-01: {key}, Zeile {line}: {found}"):
        desk.build()


def test_a_contradiction_in_a_source_is_found(desk: Desk) -> None:
    line = desk.spoil(
        "de/captions.yaml", "Bundesagentur für Arbeit (Beschäftigte", "Bundesagentur (31.672 Beschäftigte"
    )
    with pytest.raises(ContentError, match=f"^captions.yaml: tabelle-1: source, Zeile {line}: „31.672“"):
        desk.build()


def test_no_false_alarm_on_the_delivered_content(open_desk: Desk) -> None:
    """In both languages, for every cluster: nothing that was delivered is taken for a contradiction."""
    clusters = [one.cluster_id for one in open_desk.inputs.programme.clusters if one.kind != "outside"]
    assert CLUSTER in clusters
    for language in ("de", "en"):
        assert open_desk.build(language=language).chapters
    for cluster in ("kunststoffe-chemie", "tim"):
        assert open_desk.build(cluster=cluster).chapters
