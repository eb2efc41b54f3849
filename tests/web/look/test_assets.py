"""The site's assets: small, without data addresses, licensed, and with every symbol that a template asks for."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from ewm.errors import MissingError
from ewm.report.assets import ASSETS
from ewm.web import assets
from ewm.web.assets import build as builder
from ewm.web.assets.sprite import build_sprite
from ewm.web.symbols import OTHER_STATUS, SEVERITIES, status_symbol, symbols

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "src" / "ewm").rglob("templates/**/*.html"))
STATIC = ROOT / "src" / "ewm" / "web" / "static" / "ewm"
ICON = re.compile(r'{%\s*icon\s+"([^"]+)"')
DEFAULT_SYMBOL = re.compile(r'symbol\|default:"([^"]+)"')


def test_every_file_is_as_the_manifest_says() -> None:
    folder = assets.site_folder()
    files = json.loads((folder / assets.MANIFEST).read_text(encoding="utf-8"))["files"]
    assert set(files) >= {assets.STYLES, assets.SPRITE, assets.SCRIPT, assets.LICENCES}
    for name, digest in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_style_sheet_is_small_and_asks_for_nothing() -> None:
    text = (assets.site_folder() / assets.STYLES).read_text(encoding="utf-8")
    assert len(text) < 80_000
    assert not re.search(r"url\(|@import|data:", text)
    for needed in (".kern-level-2,", ".panel", "--kern-color-darkblue-700", ".kern-btn--primary", "data-kern-theme"):
        assert needed in text


def test_night_changes_colours_alone() -> None:
    """So it is enough to look at a page by day, and at its colours by night."""
    found = []
    for path in sorted(STATIC.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", text):
            if "data-kern-theme" in selector:
                found += re.findall(r"^\s*([-\w]+)\s*:\s*(.+?);", body, flags=re.MULTILINE)
        dark = re.findall(r"prefers-color-scheme: dark\) *\{\s*([^{]*?)\s*\{", text)
        assert all("data-kern-theme" in selector for selector in dark), path.name
    assert len(found) > 10
    colours = r"--[-\w]+|color-scheme"
    assert [name for name, _ in found if not re.fullmatch(colours, name)] == []
    assert [value for _, value in found if not re.search(r"color|oklch|^(?:light|dark)$", value)] == []


def test_every_symbol_of_a_template_is_in_the_sprite() -> None:
    used = {name for path in TEMPLATES for name in ICON.findall(path.read_text(encoding="utf-8"))}
    used |= {name for path in TEMPLATES for name in DEFAULT_SYMBOL.findall(path.read_text(encoding="utf-8"))}
    used |= {severity.symbol for severity in SEVERITIES.values()} | {OTHER_STATUS}
    assert len(used) > 20
    assert used - symbols() == set()


def test_symbols_take_the_colour_of_the_text() -> None:
    sprite = (assets.site_folder() / assets.SPRITE).read_text(encoding="utf-8")
    assert not re.search(r'(?:fill|stroke)="(?!none|currentColor)', sprite)
    assert "style=" not in sprite


def test_a_status_without_a_drawing_gets_a_ring_with_a_dot() -> None:
    assert status_symbol("running") == "status-running"
    assert status_symbol("unheard-of") == OTHER_STATUS


def test_every_package_that_reaches_a_reader_has_its_licence() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    listed = {entry["name"]: entry for entry in assets.licences()}
    assert set(asked) - set(listed) == {"sass"}, "sass stays on the machine that builds"
    for entry in listed.values():
        assert (ASSETS / entry["text"]).stat().st_size > 500
        assert entry["attribution"]
        assert entry["used_for"]


def test_a_second_build_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: Path) -> Path:
        raise AssertionError(f"npm was called in {root}")

    monkeypatch.setattr(builder, "present_packages", refuse)
    assert not builder.build(root=ROOT, target=ASSETS / assets.SITE)


def test_a_build_that_breaks_leaves_the_former_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    target = tmp_path / "_assets" / "site"
    target.mkdir(parents=True)
    (target / "kern.css").write_text("former", encoding="utf-8")

    def broken(_packages: Path) -> str:
        raise MissingError("sass refuses")

    monkeypatch.setattr(builder, "present_packages", lambda root: root)
    monkeypatch.setattr(builder, "compile_styles", broken)
    with pytest.raises(MissingError, match="sass refuses"):
        builder.build(root=tmp_path, target=target)
    assert (target / "kern.css").read_text(encoding="utf-8") == "former"


def test_a_drawing_replaces_the_symbol_of_the_same_name(tmp_path: Path) -> None:
    source = tmp_path / "src/scss/core/utilities/_icons.scss"
    source.parent.mkdir(parents=True)
    source.write_text(
        '$add: functions.svg-url(\'<svg viewBox="0 0 9 9"><path fill="#000" d="M1 1"/></svg>\');\n'
        '$check: functions.svg-url(\'<svg viewBox="0 0 9 9"><path d="M2 2"/></svg>\');\n',
        encoding="utf-8",
    )
    own = tmp_path / "icons"
    own.mkdir()
    (own / "add.svg").write_text('<svg viewBox="0 0 24 24"><path d="M3 3"/></svg>', encoding="utf-8")
    sprite = build_sprite(tmp_path, own)
    assert '<symbol id="add" viewBox="0 0 24 24"><path d="M3 3"/></symbol>' in sprite
    assert '<symbol id="check" viewBox="0 0 9 9"><path d="M2 2"/></symbol>' in sprite
    source.write_text("", encoding="utf-8")
    with pytest.raises(MissingError, match="keine Symbole mehr"):
        build_sprite(tmp_path, own)
