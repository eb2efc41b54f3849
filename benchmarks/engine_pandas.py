"""The twelve tables in pandas: ``python -m benchmarks.engine_pandas FOLDER``.

Written as carefully as the SQL: only the columns that are needed, ids as categories, one expansion by years for both
populations.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.twelve import report

if TYPE_CHECKING:
    from pathlib import Path

STRUCTURE = ["cluster_id", "reporting_year"]
NEW, RUNNING = "new_project", "running_project"
Frame = Any


def read(folder: Path, table: str, *columns: str, words: tuple[str, ...] = ()) -> Frame:
    """Read columns of a table; ``words`` become categories."""
    path = folder / f"{table}.parquet"
    return pq.read_table(path, columns=[*columns, *words], read_dictionary=list(words)).to_pandas()


class Tables:
    """The shared frames, and the results by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: dict[str, list[Frame]] = {}
        self.years = read(folder, "years", "reporting_year")["reporting_year"].to_numpy()
        terms = read(folder, "terms", "term_id", "taxonomy", "parent_id", "series_id")
        self.terms = terms.assign(top=terms["parent_id"].fillna(terms["term_id"])).set_index("term_id")
        self.projects = self.read_projects()
        self.new = self.projects[self.projects["reporting_year"].isin(self.years)]
        self.actors = self.read_actors()

    def read_projects(self) -> Frame:
        """Projects that count, with the years in which they begin and run."""
        columns = (
            "project_id", "support_start", "support_end", "is_rdi", "project_volume", "project_volume_regional",
            "project_volume_estimated", "funding_volume", "funding_volume_regional",
        )  # fmt: skip
        words = ("cluster_id", "status_at_cut_off", "funding_state")
        frame = read(self.folder, "projects", *columns, words=words)
        frame = frame[~frame["status_at_cut_off"].isin(["aborted", "refused"])]
        start, end = pd.to_datetime(frame["support_start"]), pd.to_datetime(frame["support_end"])
        low, high = self.years.min(), self.years.max()
        year = start.dt.year
        last = end.dt.year.fillna(high).clip(upper=high).astype("int32")
        return frame.assign(support_start=start, reporting_year=year, first=year.clip(lower=low), last=last)

    def read_actors(self) -> Frame:
        """Actors with their group and the units that they count as until 2018 and since."""
        words = ("actor_type", "size_class", "land_id", "district_id")
        frame = read(self.folder, "actors", "actor_id", "parent_id", words=words).set_index("actor_id")
        parent = frame["parent_id"].fillna(0).astype("int64")
        top = pd.Series(frame.index, index=frame.index)
        second = top.copy()
        while (above := parent.reindex(top).to_numpy()).any():
            second = second.where(above == 0, top)
            top = top.where(above == 0, above)
        kind = frame["actor_type"]
        institute = kind == "research_institute"
        return frame.assign(
            group=kind.map(self.terms["top"]).astype("category"),
            organisation=second.where(institute, top),
            until_2018=second.where(institute | (kind == "university"), top),
        )

    def add(self, name: str, frame: Frame, population: str, level: str, *keys: str) -> None:
        """Keep a grouped frame as rows of a result; ``keys`` become k1 and k2."""
        frame = frame.reset_index()
        named = dict(zip(keys, ("k1", "k2"), strict=False))
        frame = frame.rename(columns=named).assign(population=population, level=level)
        frame["cluster_id"] = frame["cluster_id"].astype("category")
        for key in ("k1", "k2"):
            if key not in frame:
                frame[key] = None
        self.results.setdefault(f"result_{name}", []).append(frame)

    def count(self, name: str, frame: Frame, population: str, *paths: tuple[str, ...]) -> None:
        """Count rows in total and at each level."""
        for path in ((), *paths):
            self.level(name, frame, population, *path)

    def level(self, name: str, frame: Frame, population: str, *path: str) -> None:
        """Count rows at one level."""
        grouped = frame.groupby([*STRUCTURE, *path], observed=True, sort=False, dropna=False)
        self.add(name, grouped.size().rename("n"), population, " > ".join(path) or "total", *path)


def expand(frame: Frame, columns: list[str]) -> Frame:
    """Repeat rows for each year in which they run."""
    times = (frame["last"] - frame["first"] + 1).clip(lower=0).to_numpy()
    rows = frame[columns].loc[frame.index.repeat(times)]
    offset = np.arange(times.sum()) - np.repeat(times.cumsum() - times, times)
    return rows.assign(reporting_year=(np.repeat(frame["first"].to_numpy(), times) + offset).astype("int32"))


def status_and_volumes(tables: Tables) -> None:
    """The tables over projects alone."""
    new = tables.new
    tables.count("b_01", new, NEW, ("status_at_cut_off",))
    running = expand(tables.projects, ["cluster_id", "status_at_cut_off"])
    tables.count("b_02", running, RUNNING, ("status_at_cut_off",))
    volume = new["project_volume"]  # empty where unknown, hence a float; sums of cents stay exact below 2 ** 53
    sums = new[STRUCTURE].assign(
        project_volume=volume,
        project_volume_regional=new["project_volume_regional"],
        funding_volume=new["funding_volume"],
        funding_volume_regional=new["funding_volume_regional"],
        funded_share=volume.where(new["funding_state"] != "none", 0),
        funded_share_whole=volume,
        funding_ratio=new["funding_volume"],
        funding_ratio_whole=volume,
        mean_volume=volume,
        mean_volume_whole=new["project_volume"].notna().astype("int64"),
        estimated_share=volume.where(new["project_volume_estimated"], 0),
        estimated_share_whole=volume,
    )
    tables.add("p_04", sums.groupby(STRUCTURE, observed=True, sort=False).sum(min_count=1), NEW, "total")
    share = new[STRUCTURE].assign(rdi_share=new["is_rdi"].astype("int64"), rdi_share_whole=1)
    tables.add("b_03", share.groupby(STRUCTURE, observed=True, sort=False).sum(), NEW, "total")


def consortium_and_funding(tables: Tables) -> None:
    """R&D&I projects by consortium and programme, and by main funder."""
    rdi = tables.new[tables.new["is_rdi"]][["project_id", *STRUCTURE]]
    parts = read(tables.folder, "project_participations", "project_id", "actor_id", words=("role",))
    parts = parts[(parts["role"] != "associated") & parts["project_id"].isin(rdi["project_id"])]
    unit = tables.actors["organisation"].reindex(parts["actor_id"]).to_numpy()
    partners = pd.DataFrame({"project_id": parts["project_id"].to_numpy(), "unit": unit}).drop_duplicates()
    group = tables.actors["group"].reindex(partners["unit"]).to_numpy()
    flags = partners.assign(all=1, company=group == "company", science=group == "science")
    found = flags.groupby("project_id", sort=False)[["all", "company", "science"]].sum()
    choice = [found["all"] == 1, (found["company"] > 0) & (found["science"] > 0), found["company"] > 1]
    found["consortium"] = np.select(choice, ["single", "mixed", "joint-companies"], "joint-other")
    grants = read(
        tables.folder, "project_funding", "funding_id", "project_id", "amount", words=("granting_body", "programme_id")
    )
    best = grants.sort_values(["amount", "funding_id"], ascending=[False, True]).drop_duplicates("project_id")
    programme = best.set_index("project_id")["programme_id"].astype("object").map(tables.terms["top"])
    rdi = rdi.assign(
        consortium=rdi["project_id"].map(found["consortium"]), main_programme=rdi["project_id"].map(programme)
    )
    tables.count("p_06", rdi, NEW, ("consortium",), ("consortium", "main_programme"))
    bodies = grants.groupby(["project_id", "granting_body"], observed=True, sort=False)["amount"].sum().reset_index()
    rank = bodies["granting_body"].map({"state": 1, "federal": 2, "eu": 3}).astype("int64")
    first = (
        bodies.assign(rank=rank).sort_values(["amount", "rank"], ascending=[False, True]).drop_duplicates("project_id")
    )
    funder = first.set_index("project_id")["granting_body"].astype("object")
    rdi = rdi.assign(main_funder=rdi["project_id"].map(funder).fillna("unfunded"))
    tables.count("p_07", rdi, NEW, ("main_funder",))


def assignments(tables: Tables) -> None:
    """Guidelines without and with multiple counting, and action fields."""
    assigned = read(tables.folder, "project_assignments", "project_id", "is_main", words=("term_id",))
    assigned = assigned.merge(tables.new[["project_id", "project_volume", *STRUCTURE]], on="project_id")
    taxonomy = assigned["term_id"].map(tables.terms["taxonomy"])
    tagged = assigned[taxonomy == "guideline"]
    tagged = tagged.assign(guideline=tagged["term_id"].map(tables.terms["top"]), guideline_category=tagged["term_id"])
    tables.level("b_04", tagged.drop_duplicates("project_id"), NEW)
    tables.level("b_04", tagged.drop_duplicates(["project_id", "guideline"]), NEW, "guideline")
    tables.level("b_04", tagged, NEW, "guideline", "guideline_category")
    tables.count("b_05", tagged, NEW, ("guideline",))
    fields = assigned[(taxonomy == "action_field") & assigned["is_main"]]
    fields = fields.assign(action_field=fields["term_id"].map(tables.terms["series_id"]))
    for path in ((), ("action_field",)):
        grouped = fields.groupby([*STRUCTURE, *path], observed=True, sort=False)
        frame = grouped.size().rename("n").to_frame()
        frame["project_volume"] = grouped["project_volume"].sum(min_count=1)
        tables.add("p_10", frame, NEW, " > ".join(path) or "total", *path)


def distinct_actors(tables: Tables) -> None:
    """Distinct actors by type and size, seat and district, for new and running projects."""
    parts = read(tables.folder, "project_participations", "project_id", "actor_id")
    projects = tables.projects[["project_id", "cluster_id", "reporting_year", "first", "last"]]
    rows = parts.merge(projects.rename(columns={"reporting_year": "begun"}), on="project_id")
    rows = expand(rows, ["cluster_id", "actor_id", "begun"])
    year = rows["reporting_year"].to_numpy()
    level = tables.actors[["organisation", "until_2018"]].reindex(rows["actor_id"])
    unit = np.where(year <= 2018, level["until_2018"].to_numpy(), level["organisation"].to_numpy())
    rows = rows[["cluster_id", "reporting_year"]].assign(unit=unit, is_new=rows["begun"] == rows["reporting_year"])
    keys = ["cluster_id", "reporting_year", "unit"]
    for population, chosen in ((RUNNING, rows), (NEW, rows[rows["is_new"]])):
        seen = chosen[keys].drop_duplicates(ignore_index=True)
        marks = tables.actors[["group", "size_class", "land_id", "district_id"]].reindex(seen["unit"])
        marks.columns = ["counted_type", "counted_size", "counted_origin", "counted_district"]
        seen = pd.concat([seen, marks.reset_index(drop=True)], axis=1)
        paths = (("counted_type",), ("counted_type", "counted_size"), ("counted_origin",), ("counted_district",))
        tables.count("a_01", seen, population, *paths)


def cross_cluster(tables: Tables) -> None:
    """Projects with partners from outside the home cluster, and their participations."""
    members = read(
        tables.folder, "actor_clusters", "actor_id", "member_from", "member_to", words=("member_cluster_id",)
    )
    members = members.assign(
        member_from=pd.to_datetime(members["member_from"]), member_to=pd.to_datetime(members["member_to"])
    )
    parts = read(tables.folder, "project_participations", "project_id", "actor_id")
    rows = parts.merge(tables.new[["project_id", "support_start", *STRUCTURE]], on="project_id")
    rows = rows.merge(members, on="actor_id")
    start, end = rows["support_start"], rows["member_to"]
    rows = rows[(rows["member_from"] <= start) & (end.isna() | (end >= start))]
    at_home = rows["member_cluster_id"].astype("object").to_numpy() == rows["cluster_id"].astype("object").to_numpy()
    both = pd.MultiIndex.from_frame(rows[["project_id", "actor_id"]])
    outside = rows[~both.isin(both[at_home])].drop_duplicates(["project_id", "member_cluster_id"])
    outside = outside.rename(columns={"member_cluster_id": "outside_cluster_id"})
    tables.level("p_11", outside.drop_duplicates("project_id"), NEW)
    tables.level("p_11", outside, NEW, "outside_cluster_id")
    tables.count("a_02", outside, NEW, ("outside_cluster_id",))


def run(folder: Path, measured: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Compute all tables; they are offered to DuckDB only to be compared."""
    tables = Tables(folder)
    for step in (status_and_volumes, consortium_and_funding, assignments, distinct_actors, cross_cluster):
        step(tables)
    measured["rows"] = sum(len(frame) for frames in tables.results.values() for frame in frames)
    connection = duckdb.connect()
    if "--digest" in sys.argv:
        for name, frames in tables.results.items():
            offer(connection, name, frames)
    return connection


def offer(connection: duckdb.DuckDBPyConnection, name: str, frames: list[Frame]) -> None:
    """Create a result as a table with the columns and types of the compiled one."""
    frame = pd.concat([frame.astype({"cluster_id": "object", "population": "object"}) for frame in frames])
    values = [column for column in frame.columns if column not in {"population", *STRUCTURE, "level", "k1", "k2"}]
    columns = ", ".join(
        [f"{column}::VARCHAR AS {column}" for column in ("population", "cluster_id")]
        + ["reporting_year::INTEGER AS reporting_year"]
        + [f"{column}::VARCHAR AS {column}" for column in ("level", "k1", "k2")]
        + [f"{value}::BIGINT AS {value}" for value in values]
    )
    connection.register("arrived", frame)
    connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {columns} FROM arrived")
    connection.unregister("arrived")


if __name__ == "__main__":
    report(run)
