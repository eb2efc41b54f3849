"""A synthetic snapshot of European size, written by the snapshot's own writer.

    python benchmarks/eu_snapshot.py FOLDER [PROJECTS] [SEED]

Two million projects have eight million participations, half a million actors and 1,500 clusters over 20 reporting
years; fewer projects shrink the rest alike. Actors form lines of up to four levels, a tenth of the participations
comes from other clusters, seats spread evenly over 1,500 districts: more groups than life has, hence a hard case.
The same arguments give the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402

from ewm.programme import load_programme  # noqa: E402
from ewm.snapshot.arrow import arrow_schema, batch_of  # noqa: E402
from ewm.snapshot.schema import TABLES  # noqa: E402
from ewm.snapshot.writer import write_snapshot  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

FULL = 2_000_000
FIRST_YEAR, YEARS = 2005, 20
DISTRICTS = 1_500
FIELDS = 8
LAENDER = 16
_EPOCH = 1970
_OWN = frozenset({"cluster", "action_field", "district"})

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many records of each kind go with a number of projects."""

    projects: int

    @property
    def clusters(self) -> int:
        """1,500 at full size, at least six."""
        return max(6, min(1_500, self.projects * 1_500 // FULL))

    @property
    def actors(self) -> int:
        """A quarter of the projects, in whole lines of five."""
        return max(60, self.projects // 4 // 5 * 5)

    @property
    def actors_per_cluster(self) -> int:
        """Actors at home in one cluster."""
        return max(1, self.actors // self.clusters)


def cluster_ids(size: Size) -> list[str]:
    """Ids of the clusters, as long as real ones."""
    return [f"eu-cluster-{number:04}" for number in range(size.clusters)]


def text(words: Sequence[str], codes: Any, missing: Any = None) -> Any:
    """Words by code; ``missing`` marks the rows without one."""
    index = pa.array(codes.astype(np.int32), mask=missing)
    spelled: Any = pa.DictionaryArray.from_arrays(index, pa.array(list(words), pa.string())).cast(pa.string())
    return spelled


def numbered(prefix: str, ids: Any) -> Any:
    """Texts such as ``P17``."""
    return pa.array(np.char.add(prefix, ids.astype(str)).tolist(), pa.string())


def days(values: Any, missing: Any = None) -> Any:
    """Dates from numpy days."""
    return pa.array(values.astype("datetime64[D]").astype(np.int32), mask=missing).cast(pa.date32())


def pick(rng: Generator, words: Sequence[str], shares: Sequence[float], count: int) -> Any:
    """Words drawn with these shares."""
    return text(words, rng.choice(len(words), count, p=shares))


def batch(name: str, columns: Columns) -> list[pa.RecordBatch]:
    """One record batch of a table; a column that is left out stays empty."""
    schema = arrow_schema(TABLES[name])
    rows = len(next(iter(columns.values())))
    arrays = [
        pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(rows, field.type)
        for field in schema
    ]
    loose = pa.schema([field.with_nullable(nullable=True) for field in schema])
    return [pa.RecordBatch.from_arrays(arrays, schema=loose)]


# -- what the programme gives -----------------------------------------------------------------------------------------


def programme_tables(size: Size) -> dict[str, list[pa.RecordBatch]]:
    """Years, clusters and terms: the delivered taxonomies, with clusters, action fields and districts of their own."""
    clusters = [
        {"cluster_id": one, "label_de": one, "label_en": one, "kind": "joint", "position": place}
        for place, one in enumerate(cluster_ids(size))
    ]
    years = [
        {"reporting_year": year, "year_start": date(year, 1, 1), "year_end": date(year, 12, 31)}
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)
    ]
    rows = {"years": years, "clusters": clusters, "terms": [*_delivered_terms(), *_own_terms(size)]}
    return {name: [batch_of(TABLES[name], table)] for name, table in rows.items()}


def _delivered_terms() -> list[dict[str, object]]:
    columns = [column.name for column in TABLES["terms"].columns]
    programme = load_programme(ROOT / "programmes" / "innobb")
    return [
        {**{name: getattr(term, name) for name in columns}, "cluster_id": None}
        for term in programme.terms.values()
        if term.taxonomy not in _OWN
    ]


def _own_terms(size: Size) -> list[dict[str, object]]:
    fields = [(f"{one}-field-{number}", "action_field", one) for one in cluster_ids(size) for number in range(FIELDS)]
    districts = [(district, "district", None) for district in district_ids()]
    return [
        {"term_id": term, "taxonomy": taxonomy, "label_de": term, "label_en": term, "series_id": term, "position": 0,
         "cluster_id": cluster, "example": True}
        for term, taxonomy, cluster in [*fields, *districts]
    ]  # fmt: skip


def district_ids() -> list[str]:
    """Ids of the districts; the first two digits are the land."""
    return [f"{number % LAENDER + 1:02}{number // LAENDER:03}" for number in range(DISTRICTS)]


def guideline_leaves() -> list[str]:
    """Ids of the sub-categories that are assigned, sorted."""
    programme = load_programme(ROOT / "programmes" / "innobb")
    return sorted(term.term_id for term in programme.leaves("guideline") if term.term_id.startswith("gl-"))


# -- actors -----------------------------------------------------------------------------------------------------------


def actor_tables(size: Size, rng: Generator) -> dict[str, list[pa.RecordBatch]]:
    """Actors in blocks of five (a root, two below it, one below the first, one below that), and their clusters."""
    count = size.actors
    ids: Any = np.arange(count)
    place: Any = ids % 5
    root = ids - place
    kind = rng.choice(5, count, p=[0.1, 0.12, 0.63, 0.1, 0.05])[root]
    flat = (rng.random(count) < 0.4)[root] | (kind > 2)
    parent = np.select([place == 1, place == 2, place == 3, place == 4], [root, root, root + 1, root + 3], -1)
    parent = np.where(flat, -1, parent)
    sizes = rng.choice(4, count, p=[0.3, 0.3, 0.2, 0.2])
    hosted = (kind == 0) & (parent == root) & (rng.random(count) < 0.15)
    kind = np.where(hosted, 1, kind)
    districts = rng.integers(0, DISTRICTS, count)
    ids += 1
    actors = {
        "actor_id": ids,
        "code": numbered("A", ids),
        "name": numbered("Einrichtung ", ids),
        "actor_type": text(["university", "research_institute", "company", "municipality", "association"], kind),
        "parent_id": pa.array(parent + 1, mask=parent < 0),
        "size_class": text(["micro", "small", "medium", "large"], sizes, kind != 2),
        "country": text(["DE"], np.zeros(count)),
        "land_id": text([f"{land + 1:02}" for land in range(LAENDER)], districts % LAENDER),
        "district_id": text(district_ids(), districts),
        "example": np.ones(count, bool),
    }
    return {"actors": batch("actors", actors), "actor_clusters": batch("actor_clusters", _memberships(size, rng))}


def _memberships(size: Size, rng: Generator) -> Columns:
    """Every actor belongs to its home cluster, a tenth to a second one for some years."""
    home = home_of_actors(size)
    second = np.flatnonzero(rng.random(size.actors) < 0.1)
    other = (home[second] + 1 + rng.integers(0, size.clusters - 1, len(second))) % size.clusters
    begin = np.datetime64(f"{FIRST_YEAR}-01-01") + rng.integers(0, 365 * YEARS, len(second))
    actor = np.concatenate([np.arange(size.actors), second])
    cluster = np.concatenate([home, other])
    start = np.concatenate([np.full(size.actors, np.datetime64("2000-01-01")), begin])
    end = np.concatenate([np.full(size.actors, np.datetime64("2000-01-01")), begin + 1_500])
    open_end = np.concatenate([np.ones(size.actors, bool), np.zeros(len(second), bool)])
    order = np.lexsort((cluster, actor))
    return {
        "actor_id": actor[order] + 1,
        "member_cluster_id": text(cluster_ids(size), cluster[order]),
        "member_from": days(start[order]),
        "member_to": days(end[order], open_end[order]),
    }


def home_of_actors(size: Size) -> Any:
    """Number of the cluster at which each actor is at home."""
    return np.minimum(np.arange(size.actors) // size.actors_per_cluster, size.clusters - 1)


# -- projects ---------------------------------------------------------------------------------------------------------


def project_tables(size: Size, rng: Generator) -> dict[str, list[pa.RecordBatch]]:
    """Projects with status events, funding, participations and assignments."""
    count = size.projects
    ids: Any = np.arange(count) + 1
    home = np.minimum((rng.random(count) ** 1.5 * size.clusters).astype(np.int64), size.clusters - 1)
    year = FIRST_YEAR + np.minimum((rng.beta(2, 1.3, count) * YEARS).astype(int), YEARS - 1)
    start = (year - _EPOCH).astype("datetime64[Y]").astype("datetime64[D]") + rng.integers(0, 365, count)
    end = start + rng.integers(90, 1_460, count)
    total = np.round(np.exp(rng.normal(12.5, 1.2, count))).astype(np.int64) * 100
    state = rng.choice(3, count, p=[0.6, 0.2, 0.2])
    funding = np.where(state < 2, (total * rng.uniform(0.2, 1, count)).astype(np.int64), 0)
    part = rng.uniform(0.3, 1, count)
    status = rng.choice(6, count, p=[0.15, 0.3, 0.4, 0.07, 0.03, 0.05])
    statuses = ["approved", "running", "finished", "refused", "aborted", "preparation"]
    projects = {
        "project_id": ids,
        "code": numbered("P", ids),
        "cluster_id": text(cluster_ids(size), home),
        "title": numbered("Verbundprojekt ", ids),
        "support_start": days(start),
        "support_end": days(end, rng.random(count) < 0.05),
        "status_at_cut_off": text(statuses, status),
        "is_rdi": rng.random(count) < 0.6,
        "project_volume": pa.array(total, mask=rng.random(count) < 0.02),
        "project_volume_regional": (total * part).astype(np.int64),
        "project_volume_estimated": rng.random(count) < 0.2,
        "funding_volume": funding,
        "funding_volume_regional": (funding * part).astype(np.int64),
        "funding_volume_estimated": rng.random(count) < 0.2,
        "funding_state": text(["secured", "sought", "none"], state),
        "example": np.ones(count, bool),
    }
    return {
        "projects": batch("projects", projects),
        "project_status_events": batch("project_status_events", _events(ids, start, text(statuses, status), size)),
        "project_funding": batch("project_funding", _funding(ids[state < 2], funding[state < 2], rng)),
        "project_participations": batch("project_participations", _participations(home, size, rng)),
        "project_assignments": batch("project_assignments", _assignments(home, size, rng)),
    }


def _events(ids: Any, start: Any, status: Any, size: Size) -> Columns:
    """In preparation from the support's start, in the final status half a year later."""
    first = text(["preparation"], np.zeros(size.projects))
    both = pa.chunked_array([first, status]).combine_chunks()
    order = np.arange(2 * size.projects).reshape(2, -1).T.ravel()
    from_days = np.stack([start, start + 180]).T.ravel()
    return {
        "project_id": np.repeat(ids, 2),
        "status_from": days(from_days),
        "status": both.take(pa.array(order)),
    }


def _funding(ids: Any, amounts: Any, rng: Generator) -> Columns:
    """One grant for most, two for every third."""
    grants = np.where(rng.random(len(ids)) < 0.33, 2, 1)
    project: Any = np.repeat(ids, grants)
    count = len(project)
    body = pick(rng, ["eu", "federal", "state"], [0.3, 0.3, 0.4], count)
    programmes = ["big-transfer-klein", "big-fue", "profit-bb", "wtt", "zim", "horizon-2020"]
    return {
        "funding_id": np.arange(count) + 1,
        "project_id": project,
        "granting_body": body,
        "funds_origin": body,
        "programme_id": text(programmes, rng.integers(0, len(programmes), count), rng.random(count) < 0.1),
        "amount": np.repeat(amounts // grants, grants),
    }


def _participations(home: Any, size: Size, rng: Generator) -> Columns:
    """Four draws per project, a tenth of them from anywhere; one drawn twice counts once."""
    count = size.projects * 4
    project: Any = np.repeat(np.arange(size.projects), 4)
    near = (home[project] * size.actors_per_cluster + rng.integers(0, size.actors_per_cluster, count)) % size.actors
    actor = np.where(rng.random(count) < 0.1, rng.integers(0, size.actors, count), near)
    pairs = np.unique(project * size.actors + actor)
    return {
        "project_id": pairs // size.actors + 1,
        "actor_id": pairs % size.actors + 1,
        "role": pick(rng, ["lead", "partner", "associated"], [0.25, 0.6, 0.15], len(pairs)),
    }


def _assignments(home: Any, size: Size, rng: Generator) -> Columns:
    """One main action field and one to three guidelines per project; action fields sort before guidelines."""
    leaves = guideline_leaves()
    words = [f"{cluster}-field-{number}" for cluster in cluster_ids(size) for number in range(FIELDS)] + leaves
    fields = home * FIELDS + rng.integers(0, FIELDS, size.projects)
    several = rng.integers(1, 4, size.projects)
    project = np.concatenate([np.arange(size.projects), np.repeat(np.arange(size.projects), several)])
    guideline = size.clusters * FIELDS + rng.integers(0, len(leaves), several.sum())
    pairs = np.unique(project * len(words) + np.concatenate([fields, guideline]))
    term = pairs % len(words)
    return {
        "project_id": pairs // len(words) + 1,
        "term_id": text(words, term),
        "is_main": term < size.clusters * FIELDS,
    }


# -- the snapshot -----------------------------------------------------------------------------------------------------


def tables(size: Size, seed: int) -> dict[str, list[pa.RecordBatch]]:
    """Every table of the contract; those that no benchmark reads are empty."""
    rng = np.random.default_rng(seed)
    drawn = {**programme_tables(size), **actor_tables(size, rng), **project_tables(size, rng)}
    return {name: drawn.get(name, [batch_of(table, [])]) for name, table in TABLES.items()}


def generate(home: Path, projects: int, seed: int = 1) -> Path:
    """Write the snapshot below ``home``, unless it is there; returns its folder."""
    last = date(FIRST_YEAR + YEARS - 1, 12, 31)
    info = write_snapshot(
        folder=home,
        cut_off=last,
        as_of=None,
        exported_at=datetime(last.year + 1, 1, 1, tzinfo=UTC),
        programme_id="benchmark",
        programme_version="1",
        programme_hash="0" * 64,
        methodology_hash="0" * 64,
        reporting_years=list(range(FIRST_YEAR, FIRST_YEAR + YEARS)),
        left_out={},
        tables=tables(Size(projects), seed),
    )
    return home / info.name


def ensure(var: Path, projects: int) -> Path:
    """Return the snapshot of this size kept in ``var``; one that another version of this file wrote is replaced."""
    home = var / f"eu-{projects}"
    version, stamp = hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), home / "version.txt"
    found = sorted(path for path in home.glob("20*") if path.is_dir())
    if found and stamp.is_file() and stamp.read_text() == version:
        return found[-1]
    shutil.rmtree(home, ignore_errors=True)
    folder = generate(home, projects)
    stamp.write_text(version)
    return folder


if __name__ == "__main__":
    make, given = (ensure, sys.argv[2:]) if sys.argv[1] == "--ensure" else (generate, sys.argv[1:])
    numbers = [int(number) for number in given[1:]] or [FULL]
    print(make(Path(given[0]), *numbers))
