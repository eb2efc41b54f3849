"""The explanations of the sample report: a count with removed records, a sum of money, a share with merged units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.document import Evidence, EvidenceLine

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOURCE = "Jahresbericht 2020, Kap. 1, ab S. 2"
_ACTOR_OF_ROW = tuple(sorted([*range(34), 0, 0, 5, 5, 5, 33]))
"""34 actors; three of them take part in more than one project."""


def sample_evidence() -> Mapping[str, Evidence]:
    """Return explanations by key. ``P-02:running`` and the outside facts are not printed in the annex."""
    explanations = (_new_projects(), _volume(), _actors(), _running())
    return {explanation.id: explanation for explanation in explanations}


def _new_projects() -> Evidence:
    records = tuple((f"BSP-2020-P{n:02}", f"Beispieltitel {n}", "03.02.2020") for n in range(1, 28))
    return Evidence(
        id="P-01:new",
        value="27",
        meaning="Projekte neu initiiert, Cluster Beispiel, 2020",
        indicator="P-01",
        title="Neu initiierte Projekte",
        source=_SOURCE,
        validity="Alle Sätze gelten seit 2017; die Jahre 2017–2020 sind vergleichbar.",
        sentences=(
            ("S1", "Gezählt werden Projekte, deren Heimat das Cluster des Berichts ist.", "cluster_id = $cluster"),
            ("S2", "Ein Projekt gehört in das Jahr, in dem seine Begleitung anfängt.", "year(support_start) = $year"),
            ("S3", "Abgebrochene und abgelehnte Projekte zählen nicht.", "status_at_cut_off not in ('aborted')"),
        ),
        lines=(
            EvidenceLine("", "Alle Projekte im Datenstand", "", "119", "", "", 1.0, 0.0, ()),
            EvidenceLine(
                "S1",
                "Heimat ist das Cluster des Berichts.",
                "cluster_id = $cluster",
                "115",
                "−4",
                "",
                115 / 119,
                4 / 119,
                (),
            ),
            EvidenceLine(
                "S2",
                "Die Begleitung beginnt im Berichtsjahr.",
                "year(support_start) = $year",
                "31",
                "−84",
                "",
                31 / 119,
                84 / 119,
                (),
            ),
            EvidenceLine(
                "S3",
                "Abgebrochene und abgelehnte Projekte zählen nicht.",
                "status_at_cut_off not in ('aborted', 'refused')",
                "27",
                "−4",
                "",
                27 / 119,
                4 / 119,
                (
                    "BSP-2020-P28 Gießereiprozess",
                    "BSP-2020-P29 Leichtbauträger",
                    "BSP-2020-P30 Prüfstand",
                    "BSP-2020-P31 Schweißroboter",
                ),
            ),
        ),
        record_head=("Eintrag", "Kurztitel", "Beginn"),
        records=records,
        sql="select count(*)\nfrom projects\nwhere year(support_start) = $year",
        raw_value=27,
        raw_whole=None,
    )


def _volume() -> Evidence:
    return Evidence(
        id="P-04:volume",
        value="17,6 Mio. Euro",
        meaning="Projektvolumen der neu initiierten Projekte, 2020",
        indicator="P-04",
        title="Projekt- und Fördervolumina",
        source=_SOURCE,
        validity="Unverändert seit 2017.",
        sentences=(("S1", "Summe der Projektvolumina der neuen Projekte.", "sum(project_volume)"),),
        lines=(
            EvidenceLine("", "Neu initiierte Projekte", "", "27", "", "17,6 Mio. Euro", 1.0, 0.0, ()),
            EvidenceLine(
                "S1", "Summe der Projektvolumina.", "sum(project_volume)", "27", "–", "17,6 Mio. Euro", 1.0, 0.0, ()
            ),
        ),
        record_head=("Eintrag", "Kurztitel", "Volumen"),
        records=tuple(
            (f"BSP-2020-P{n:02}", f"Beispieltitel {n}", "3.800.000,00" if n < 3 else "400.000,00") for n in range(1, 28)
        ),
        sql="select sum(project_volume) from new_project",
        raw_value=1_760_000_000,
        raw_whole=None,
        units=tuple(range(27)),
        parts=(380_000_000,) * 2 + (40_000_000,) * 25,
    )


def _actors() -> Evidence:
    return Evidence(
        id="A-01:actors",
        value="76,5 %",
        meaning="der Akteure an neuen Projekten sitzen in Brandenburg",
        indicator="A-01",
        title="Akteure nach Herkunft",
        source="Jahresbericht 2020, Kap. 4.7, ab S. 17",
        validity="Bis 2018 zählten Fakultäten teils einzeln.",
        sentences=(("S3", "Eine Hochschule zählt einmal.", "coalesce(university_id, actor_id)"),),
        lines=(
            EvidenceLine("", "Beteiligte Akteure", "", "36", "", "", 1.0, 0.0, ()),
            EvidenceLine(
                "S3",
                "Eine Hochschule zählt einmal.",
                "coalesce(university_id, actor_id)",
                "34",
                "−2",
                "",
                34 / 36,
                2 / 36,
                ("Beispielhochschule, Fakultät 1", "Beispielhochschule, Fakultät 2"),
            ),
            EvidenceLine(
                "S4", "davon mit Sitz in Brandenburg", "origin = 'brandenburg'", "26", "−8", "", 26 / 36, 8 / 36, ()
            ),
        ),
        record_head=("Akteur", "Projekt", "Herkunft"),
        records=tuple(
            (
                f"A-{unit:03} · Beispielakteur {unit}",
                f"BSP-2020-P{row + 1:02}",
                "Brandenburg" if unit < 26 else "Berlin",
            )
            for row, unit in enumerate(_ACTOR_OF_ROW)
        ),
        sql="select count(distinct actor_id) from participation",
        raw_value=26,
        raw_whole=34,
        units=_ACTOR_OF_ROW,
        parts=tuple(int(unit < 26) for unit in _ACTOR_OF_ROW),
    )


def _running() -> Evidence:
    return Evidence(
        id="P-02:running",
        value="73",
        meaning="begleitete Projekte, 2020",
        indicator="P-02",
        title="Laufende Projekte",
        source=_SOURCE,
        validity="Unverändert seit 2017.",
        sentences=(("S1", "Der Unterstützungszeitraum berührt das Jahr.", "support_end is null"),),
        lines=(EvidenceLine("", "Alle Projekte im Datenstand", "", "73", "", "", 1.0, 0.0, ()),),
        record_head=("Eintrag", "Kurztitel"),
        records=tuple((f"BSP-2019-P{n:02}", f"Beispieltitel {n}") for n in range(1, 74)),
        sql="select count(*) from projects",
        raw_value=73,
        raw_whole=None,
    )
