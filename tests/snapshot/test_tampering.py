"""A snapshot that is not byte for byte what was written is read by nobody, and the message says what is wrong."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from ewm.errors import TamperedError
from ewm.snapshot.arrow import write_parquet
from ewm.snapshot.home import CORRECTIONS, find_snapshot
from ewm.snapshot.manifest import DATAPACKAGE, MANIFEST, canonical, sha256
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.verify import Problem, verify_chain, verify_snapshot
from tests.support.snapshots import build_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FLIPS = 300
PROJECTS = "projects.parquet"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_snapshot(tmp_path, {"projects": [{"project_id": n, "project_volume": n} for n in range(1, 30)]})


def refused(folder: Path) -> list[Problem]:
    """All problems, after proving that opening stops with the same ones."""
    problems = verify_snapshot(folder)
    with pytest.raises(TamperedError) as caught:
        open_snapshot(folder)
    assert all(str(problem) in str(caught.value) for problem in problems)
    assert "ewm snapshot verify" in str(caught.value)
    assert caught.value.exit_code == 5
    return problems


def test_an_untouched_snapshot_has_no_problem(folder: Path) -> None:
    assert verify_snapshot(folder) == []
    assert verify_chain(folder.parent) == []
    assert open_snapshot(folder).info.rows["projects"] == 29


def test_three_hundred_flipped_bits_are_all_noticed(folder: Path) -> None:
    dice = random.Random(20201231)  # noqa: S311
    files = sorted(folder.iterdir())
    sizes = [path.stat().st_size for path in files]
    hit = {path.name: 0 for path in files}
    for number in range(FLIPS):
        # Every file at least ten times, the others in proportion to their bytes.
        path = files[number % len(files)] if number < 10 * len(files) else dice.choices(files, sizes)[0]
        good = path.read_bytes()
        bad = bytearray(good)
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        path.write_bytes(bad)
        assert [problem.file for problem in verify_snapshot(folder)] == [path.name]
        path.write_bytes(good)
        hit[path.name] += 1
    assert sum(hit.values()) == FLIPS
    assert min(hit.values()) >= 10
    assert verify_snapshot(folder) == []


def test_a_flipped_bit_stops_reading(folder: Path) -> None:
    raw = bytearray((folder / PROJECTS).read_bytes())
    raw[100] ^= 4
    (folder / PROJECTS).write_bytes(raw)
    assert refused(folder) == [Problem(PROJECTS, "Der Inhalt wurde verändert (SHA-256 stimmt nicht)")]


@pytest.mark.parametrize("name", [PROJECTS, DATAPACKAGE, MANIFEST])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert [problem.file for problem in refused(folder)] == [name]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "projects.parquet.bak"])
def test_an_added_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("x")
    assert [problem.file for problem in refused(folder)] == [name]


def test_a_renamed_file_is_named_under_both_names(folder: Path) -> None:
    (folder / PROJECTS).rename(folder / "projekte.parquet")
    assert {problem.file for problem in refused(folder)} == {PROJECTS, "projekte.parquet"}


def test_two_files_that_changed_places_are_named(folder: Path) -> None:
    (folder / PROJECTS).rename(folder / "x")
    (folder / "terms.parquet").rename(folder / PROJECTS)
    (folder / "x").rename(folder / "terms.parquet")
    assert {problem.file for problem in refused(folder)} == {PROJECTS, "terms.parquet"}


@pytest.mark.parametrize("left", [0, 1, -1])
def test_a_truncated_file_is_named(folder: Path, left: int) -> None:
    raw = (folder / PROJECTS).read_bytes()
    (folder / PROJECTS).write_bytes(raw[:left])
    assert [problem.file for problem in refused(folder)] == [PROJECTS]


def test_a_link_or_a_folder_in_place_of_a_file_is_named(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / CORRECTIONS
    shutil.copy(folder / PROJECTS, copy)
    (folder / PROJECTS).unlink()
    (folder / PROJECTS).symlink_to(copy)
    (folder / "terms.parquet").unlink()
    (folder / "terms.parquet").mkdir()
    assert {problem.file for problem in refused(folder)} == {PROJECTS, "terms.parquet"}


def test_rows_in_another_order_are_noticed(folder: Path) -> None:
    table = pq.read_table(folder / PROJECTS)
    write_parquet(table.take(list(reversed(range(table.num_rows)))), folder / PROJECTS)
    assert [problem.file for problem in refused(folder)] == [PROJECTS]


def test_a_renamed_folder_is_named(folder: Path) -> None:
    moved = folder.rename(folder.with_name("2019-12-31_" + folder.name[-8:]))
    assert [problem.file for problem in refused(moved)] == [moved.name]


def edit(folder: Path, change: Callable[[dict[str, Any]], object], *, rehash: bool) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    change(manifest)
    if rehash:
        del manifest["hash"]
        manifest["hash"] = sha256(canonical(manifest))
    (folder / MANIFEST).write_bytes(canonical(manifest))


@pytest.mark.parametrize("rehash", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda m: m["content"].update(cut_off="2019-12-31"), id="cut-off"),
        pytest.param(lambda m: m["content"]["files"][PROJECTS].update(rows=1), id="rows"),
        pytest.param(lambda m: m["content"]["files"].pop(PROJECTS), id="file"),
        pytest.param(lambda m: m["content"].pop("programme"), id="part"),
        pytest.param(lambda m: m.update(content=[]), id="form"),
        pytest.param(lambda m: m.update(chain=None), id="chain"),
        pytest.param(lambda m: m.update(name="2020-12-31_00000000"), id="name"),
        pytest.param(lambda m: m["content"].update(schema_version=2), id="version"),
    ],
)
def test_an_edited_manifest_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object], *, rehash: bool
) -> None:
    edit(folder, change, rehash=rehash)
    assert {problem.file for problem in refused(folder)} <= {MANIFEST, folder.name}


def test_a_manifest_in_another_spelling_is_refused(folder: Path) -> None:
    raw = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(raw.replace(b"\n", b"\n "))
    assert [problem.file for problem in refused(folder)] == [MANIFEST]


@pytest.mark.parametrize("raw", [b"", b"\xff", b"null\n", b"[" * 100_000, b"{}\n"])
def test_what_is_no_manifest_is_refused(folder: Path, raw: bytes) -> None:
    (folder / MANIFEST).write_bytes(raw)
    assert [problem.file for problem in refused(folder)] == [MANIFEST]


def test_a_newer_schema_is_told_as_such(folder: Path) -> None:
    edit(folder, lambda m: m["content"].update(schema_version=99), rehash=True)
    assert "Schemaversion 99" in refused(folder)[0].message


def test_a_list_of_files_that_leads_elsewhere_is_refused(folder: Path) -> None:
    def add(manifest: dict[str, Any]) -> None:
        manifest["content"]["files"]["../evil"] = manifest["content"]["files"][PROJECTS]
        manifest["content_hash"] = sha256(canonical(manifest["content"]))

    edit(folder, add, rehash=True)
    assert {"../evil", MANIFEST} <= {problem.file for problem in refused(folder)}


def test_all_problems_are_found_at_once(folder: Path) -> None:
    (folder / PROJECTS).unlink()
    (folder / "terms.parquet").write_bytes(b"x")
    (folder / "extra").write_bytes(b"")
    assert {problem.file for problem in refused(folder)} == {PROJECTS, "terms.parquet", "extra"}


def test_a_damaged_snapshot_is_not_taken_for_written_already(folder: Path) -> None:
    rows = {"projects": [{"project_id": n, "project_volume": n} for n in range(1, 30)]}
    assert build_snapshot(folder.parent, rows) == folder
    (folder / PROJECTS).write_bytes(b"")
    with pytest.raises(TamperedError, match=PROJECTS):
        build_snapshot(folder.parent, rows)


def test_a_damaged_manifest_blocks_its_own_cut_off_and_the_chain_only(chain: list[Path]) -> None:
    home = chain[0].parent
    (chain[2] / MANIFEST).write_bytes(b"x")
    with pytest.raises(TamperedError, match=chain[2].name):
        find_snapshot(home)
    with pytest.raises(TamperedError, match=chain[2].name):
        build_snapshot(home, cut_off=date(2021, 12, 31))
    assert find_snapshot(home, name=chain[0].name) == chain[0]
    assert verify_snapshot(chain[0]) == []


@pytest.fixture
def chain(tmp_path: Path) -> list[Path]:
    return [build_snapshot(tmp_path, {"projects": [{"project_volume": n}]}) for n in (1, 2, 3)]


def test_a_whole_chain_has_no_problem(chain: list[Path]) -> None:
    assert verify_chain(chain[0].parent) == []
    assert verify_chain(chain[0].parent / "nothing here") == []


@pytest.mark.parametrize(("gone", "noticed_at"), [(0, 1), (1, 2)])
def test_a_removed_snapshot_is_noticed_at_its_successor(chain: list[Path], gone: int, noticed_at: int) -> None:
    shutil.rmtree(chain[gone])
    [problem] = verify_chain(chain[0].parent)
    assert problem.file == chain[noticed_at].name
    assert f"Nr. {gone + 1}" in problem.message


def test_an_older_manifest_written_anew_is_noticed_at_its_successor(chain: list[Path]) -> None:
    edit(chain[1], lambda m: m.update(exported_at="2030-01-01T00:00:00+00:00"), rehash=True)
    assert verify_snapshot(chain[1]) == []
    [problem] = verify_chain(chain[0].parent)
    assert problem.file == chain[2].name
    assert chain[1].name in problem.message


def test_a_damaged_snapshot_is_named_with_its_folder(chain: list[Path]) -> None:
    (chain[1] / PROJECTS).write_bytes(b"x")
    assert [problem.file for problem in verify_chain(chain[0].parent)] == [f"{chain[1].name}/{PROJECTS}"]


def test_what_belongs_to_no_snapshot_is_noticed(chain: list[Path]) -> None:
    home = chain[0].parent
    (home / CORRECTIONS).mkdir()
    (home / CORRECTIONS / f"{chain[0].name}.yaml").write_text("corrections: []\n")
    (home / CORRECTIONS / "2020-12-31_ffffffff.yaml").write_text("corrections: []\n")
    (home / "copy").mkdir()
    assert {problem.file for problem in verify_chain(home)} == {"copy", "corrections/2020-12-31_ffffffff.yaml"}
