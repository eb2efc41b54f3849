"""A whole region of random records: every table, every term, many years, much that must not be counted.

    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=300, seed=1))

The records obey the keys and the references of the contract, nothing more: they are for comparing two ways to compute
the same thing, not for looking like life. The same seed gives the same rows.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ewm.snapshot.arrow import batch_of
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from ewm.programme import Programme

Row = dict[str, Any]
Rows = dict[str, list[Row]]

FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2020, 12, 31)
_HOMES = 3


def random_region(programme: Programme, *, count: int = 300, seed: int = 1) -> Rows:
    """Return the rows of every table: ``count`` actors, projects and activities in the first three clusters."""
    return _Region(programme, count, seed).rows()


def fill(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Create every table of the contract on the connection, with these rows."""
    for name, table in arrow_tables(rows).items():
        connection.register("arrived", table)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM arrived")  # noqa: S608  (a name of the contract)
        connection.unregister("arrived")


def arrow_tables(rows: Rows) -> dict[str, pa.Table]:
    """Return every table of the contract as an Arrow table with these rows."""
    return {name: pa.Table.from_batches([batch_of(table, rows.get(name, []))]) for name, table in TABLES.items()}


class _Region:
    """Draws the rows table by table; later tables refer to earlier ones."""

    def __init__(self, programme: Programme, count: int, seed: int) -> None:
        self.programme = programme
        self.numbers = range(1, count + 1)
        self.random = random.Random(seed)  # noqa: S311  (records for tests, no secret)
        self.clusters = [cluster.cluster_id for cluster in programme.clusters]
        self.homes = [cluster.cluster_id for cluster in programme.clusters if cluster.kind != "outside"][:_HOMES]
        assigned = (programme.leaves("guideline"), programme.leaves("focus_topic"))
        self.tags = [term.term_id for terms in assigned for term in terms]

    def rows(self) -> Rows:
        drawn = self.programme_rows()
        drawn["actors"] = self.actors()
        drawn["actor_clusters"] = self.memberships(drawn["actors"])
        drawn["projects"], drawn["project_status_events"], drawn["project_funding"] = self.projects()
        drawn["activities"] = self.activities()
        drawn["macro_values"] = self.macro_values()
        for owner, key in (("project", "project_id"), ("activity", "activity_id")):
            records = drawn["projects" if owner == "project" else "activities"]
            drawn[f"{owner}_participations"] = self.participations(key, records, drawn["actors"])
            drawn[f"{owner}_assignments"] = self.assignments(key, records)
        return drawn

    def programme_rows(self) -> Rows:
        columns = {name: [column.name for column in TABLES[name].columns] for name in ("clusters", "terms")}
        years = self.programme.reporting_years
        return {
            "years": [
                {"reporting_year": year, "year_start": date(year, 1, 1), "year_end": date(year, 12, 31)}
                for year in years
            ],
            "clusters": [{name: getattr(c, name) for name in columns["clusters"]} for c in self.programme.clusters],
            "terms": [{name: getattr(t, name) for name in columns["terms"]} for t in self.programme.terms.values()],
        }

    # -- drawing ----------------------------------------------------------------------------------------------------

    def term(self, taxonomy: str, *, or_none: bool = False) -> str | None:
        ids: list[str | None] = [term.term_id for term in self.programme.leaves(taxonomy)]
        return self.random.choice([*ids, None] if or_none else ids)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange((LAST_DAY - FIRST_DAY).days + 1))

    def end(self, start: date, days: int) -> date | None:
        return None if self.chance(0.3) else start + timedelta(days=self.random.randrange(days))

    def some(self, items: Sequence[Any], most: int) -> list[Any]:
        return self.random.sample(items, self.random.randrange(most + 1))

    # -- tables -----------------------------------------------------------------------------------------------------

    def actors(self) -> list[Row]:
        """Lines of up to any depth, and a company at the top of one line or two."""
        drawn: list[Row] = []
        types = [term.term_id for term in self.programme.leaves("actor_type")]
        types += ["company"] * 5 + ["university"] * 3 + ["research_institute"] * 3
        for number in self.numbers:
            parent = self.random.choice(drawn) if drawn and self.chance(0.35) else None
            kind = parent["actor_type"] if parent and self.chance(0.9) else self.random.choice(types)
            drawn.append(
                {
                    "actor_id": number,
                    "code": f"A{number}",
                    "name": f"Akteur {number}",
                    "actor_type": kind,
                    "parent_id": parent and parent["actor_id"],
                    "size_class": self.term("size_class", or_none=True) if kind == "company" else None,
                    "example": True,
                    **self.seat(),
                }
            )
        return drawn

    def seat(self) -> Row:
        if self.chance(0.2):
            return {"country": "PL", "land_id": None, "district_id": None}
        if self.chance(0.3):
            return {"country": "DE", "land_id": self.term("land"), "district_id": None}
        district = self.term("district") or ""
        return {"country": "DE", "land_id": district[:2], "district_id": district}

    def memberships(self, actors: list[Row]) -> list[Row]:
        """Up to two clusters each, some twice, some ended before or within the years."""
        drawn: dict[tuple[int, str, date], Row] = {}
        for actor in actors:
            for cluster in self.some([*self.homes, *self.homes, *self.clusters], 2):
                start = date(self.random.choice([2010, 2018, 2020]), 1, 1)
                drawn[actor["actor_id"], cluster, start] = {
                    "actor_id": actor["actor_id"],
                    "member_cluster_id": cluster,
                    "member_from": start,
                    "member_to": self.random.choice([None, None, date(2020, 6, 30), date(2018, 6, 30)]),
                }
        return list(drawn.values())

    def projects(self) -> tuple[list[Row], list[Row], list[Row]]:
        """Return projects, their status events up to the cut-off and their funding."""
        projects: list[Row] = []
        events: list[Row] = []
        funding: list[Row] = []
        for number in self.numbers:
            start = self.day()
            own_events = self.status_events(number, start)
            volume = self.random.choice([100_000_000, self.random.randrange(1000, 300_000_000)])
            own_funding = self.funding(number, volume, len(funding))
            funded = sum(row["amount"] for row in own_funding)
            projects.append(
                {
                    "project_id": number,
                    "code": f"P{number}",
                    "cluster_id": self.random.choice(self.homes),
                    "title": f"Projekt {number}",
                    "support_start": start,
                    "support_end": self.end(start, 1200),
                    "status_at_cut_off": own_events[-1]["status"],
                    "is_rdi": self.chance(0.6),
                    "project_volume": volume if self.chance(0.9) else None,
                    "project_volume_regional": volume // 2,
                    "project_volume_estimated": self.chance(0.3),
                    "funding_volume": funded,
                    "funding_volume_regional": funded // 2,
                    "funding_volume_estimated": self.chance(0.3),
                    "funding_state": self.random.choice(["secured", "sought"]) if own_funding else "none",
                    "example": True,
                }
            )
            events.extend(own_events)
            funding.extend(own_funding)
        return projects, events, funding

    def status_events(self, project: int, start: date) -> list[Row]:
        drawn: list[Row] = [{"project_id": project, "status_from": start, "status": "preparation"}]
        for _ in range(self.random.randrange(4)):
            following = drawn[-1]["status_from"] + timedelta(days=self.random.randrange(1, 400))
            if following <= LAST_DAY:
                drawn.append({"project_id": project, "status_from": following, "status": self.term("status")})
        return drawn

    def funding(self, project: int, volume: int, used: int) -> list[Row]:
        """Return up to three grants; equal amounts and several grants of one body are frequent."""
        return [
            {
                "funding_id": used + index,
                "project_id": project,
                "granting_body": body,
                "funds_origin": body,
                "programme_id": self.term("funding_programme", or_none=True),
                "amount": self.random.choice([volume // 4, volume // 5]),
            }
            for index, body in enumerate(self.some(["eu", "federal", "federal", "state"], 3), start=1)
        ]

    def activities(self) -> list[Row]:
        drawn: list[Row] = []
        for number in self.numbers:
            start = self.day()
            drawn.append(
                {
                    "activity_id": number,
                    "code": f"S{number}",
                    "cluster_id": self.random.choice(self.homes),
                    "title": f"Aktivität {number}",
                    "activity_kind": self.term("activity_kind"),
                    "activity_format": self.term("activity_format", or_none=True),
                    "activity_start": start,
                    "activity_end": self.end(start, 300),
                    "is_standard": self.chance(0.1),
                    "is_lead": self.chance(0.7),
                    "example": True,
                }
            )
        return drawn

    def participations(self, key: str, records: list[Row], actors: list[Row]) -> list[Row]:
        return [
            {key: record[key], "actor_id": actor["actor_id"], "role": self.term("role")}
            for record in records
            for actor in self.some(actors, 5)
        ]

    def assignments(self, key: str, records: list[Row]) -> list[Row]:
        """Up to four tags, and one or two action fields of which one is the main one."""
        fields = [term.term_id for term in self.programme.leaves("action_field")]
        drawn: list[Row] = []
        for record in records:
            drawn.extend({key: record[key], "term_id": term, "is_main": False} for term in self.some(self.tags, 4))
            for index, term in enumerate(self.some(fields, 2)):
                drawn.append({key: record[key], "term_id": term, "is_main": index == 0})
        return drawn

    def macro_values(self) -> list[Row]:
        combinations = [
            (cluster, delimitation.term_id, measure.term_id, year)
            for cluster in self.homes
            for delimitation in self.programme.leaves("delimitation")
            for measure in self.programme.leaves("macro_measure")
            for year in self.programme.reporting_years
        ]
        return [
            {
                "macro_value_id": number,
                "cluster_id": cluster,
                "delimitation": delimitation,
                "measure": measure,
                "reporting_year": year,
                "period": year - 1,
                "value": self.random.randrange(9999),
                "unit": self.term("unit"),
                "source": "Beispiel",
            }
            for number, (cluster, delimitation, measure, year) in enumerate(combinations, start=1)
        ]
