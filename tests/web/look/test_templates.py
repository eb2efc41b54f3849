"""Templates: every part says what it needs and renders; nothing inline that the content policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from ewm.web.kit import KitForm, sample

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "src" / "ewm" / "web" / "templates"
STATIC = ROOT / "src" / "ewm" / "web" / "static" / "ewm"
TEMPLATES = sorted((ROOT / "src" / "ewm").rglob("templates/**/*.html"))
PARTS = sorted((HOME / "parts").glob("*.html"))
_RUN = r"<script(?![^>]*\s(?:src=|type=.application/json.))"
INLINE = re.compile(rf"\sstyle=|\son[a-z]+=|<style|javascript:|{_RUN}|hx-on|hx-vars", re.IGNORECASE)


def name(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "ewm").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "wrong",
    ['<p style="x">', '<a onclick="x">', "<style>", "<script>", '<script type="module">', "<p data-hx-on:click>"],
)
def test_inline_code_is_found(wrong: str) -> None:
    assert INLINE.search(wrong)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_part_says_first_what_it_needs(path: Path) -> None:
    comment = re.match(r"\{% comment %\}(.*?)\{% endcomment %\}", path.read_text(encoding="utf-8"), re.DOTALL)
    assert comment
    assert re.search(r"[Cc]ontext|script alone", comment[1])


CONTEXTS: dict[str, dict[str, Any]] = {
    "badge": {"kind": "info", "text": "geprüft", "symbol": "success"},
    "bar": {"form_id": "f", "state": "Entwurf", "cancel_url": "/"},
    "chip_active": {"label": "Beginn", "value": "2020", "url": "?"},
    "chip_filter": {"group": sample()["groups"][0]},
    "completeness": {"percent": 82, "small": True},
    "dialog": {"id": "d", "title": "Titel", "text": "Text", "action_url": "/", "action": "Ja"},
    "empty": {
        "title": "Noch nichts",
        "text": "Text",
        "action": "Neu",
        "action_url": "/",
        "key": "N",
        "second_url": "/",
    },
    "error_summary": {"errors": [{"label": "Titel", "text": "fehlt", "id": "id_title"}]},
    "filter_options": {"group": sample()["groups"][0]},
    "note": {
        "kind": "error",
        "text": "Text",
        "title": "Titel",
        "action_url": "/",
        "action": "Noch einmal",
        "code": "7F",
    },
    "panel_head": {"title": "Akteure", "count": 5, "url": "/", "more": "Alle"},
    "skeleton": {"text": "lädt"},
    "toast": {"text": "Zusammengeführt", "undo": "/zurueck/"},
    "value": {"text": "4.300", "estimated": True, "short": True},
}


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_part_renders_what_it_was_given(path: Path) -> None:
    request = RequestFactory().get("/")
    context = {**sample(), "label": "Liste", **CONTEXTS.get(path.stem, {})}
    html = render_to_string(f"parts/{path.name}", context, request)
    for value in CONTEXTS.get(path.stem, {}).values():
        if isinstance(value, str) and value not in ("error", "info", "f"):
            assert value in html
    assert html.count("<div") == html.count("</div>")
    assert html.count("<span") == html.count("</span>")


def test_a_part_without_its_context_is_empty_or_whole() -> None:
    assert render_to_string("parts/crumbs.html", {}).strip() == ""
    assert render_to_string("parts/error_summary.html", {}).strip() == ""
    assert render_to_string("parts/messages.html", {}).strip() == ""


def way(**context: Any) -> list[str]:
    html = render_to_string("parts/crumbs.html", context)
    return re.findall(r">([^<>\n]+)</(?:a|span)>", html)


def test_the_way_to_a_page_begins_with_the_chosen_cluster() -> None:
    chosen = SimpleNamespace(cluster="a", label="Alpha")
    steps = [{"label": "Projekte", "url": "/projekte/"}, {"label": "Eins", "url": ""}]
    assert way(crumbs=steps, focus=chosen) == ["Alpha", "Projekte", "Eins"]
    assert way(crumbs=steps, focus=chosen, record=SimpleNamespace(cluster_id="a")) == ["Alpha", "Projekte", "Eins"]
    assert way(crumbs=steps, focus=chosen, record=SimpleNamespace(cluster_id="b")) == ["Projekte", "Eins"]
    assert way(crumbs=[{"label": "Alpha", "url": "/"}, *steps], focus=chosen) == ["Alpha", "Projekte", "Eins"]
    assert way(crumbs=steps[1:], focus=chosen) == ["Alpha", "Eins"]
    assert way(crumbs=steps[1:]) == [], "one step says no more than the heading"


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    html = KitForm({"begin": "31.2.2020"})["begin"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_begin_helptext id_begin_error"' in html
    assert html.count('id="id_begin_error"') == html.count('id="id_begin_helptext"') == 1
    assert 'value="31.2.2020"' in html, "what was typed stays"


def test_choices_are_one_group_with_a_name() -> None:
    html = KitForm({})["research"].as_field_group()
    assert html.count("<fieldset") == html.count("<legend") == 1
    assert 'aria-describedby="id_research_error"' in html
    assert html.count('type="radio"') == 2


def test_optional_fields_say_so_and_the_others_nothing() -> None:
    form = KitForm()
    assert "(optional)" in form["text"].as_field_group()
    assert "(optional)" not in form["title"].as_field_group()


def test_text_is_escaped_wherever_it_stands() -> None:
    evil = '"><script src="x">'
    form = KitForm(dict.fromkeys(KitForm.base_fields, evil))
    html = "".join(field.as_field_group() for field in form)
    html += render_to_string("parts/note.html", {"text": evil, "title": evil})
    html += render_to_string("parts/error_summary.html", {"form": form})
    assert "<script" not in html


def test_every_sheet_is_used_and_every_one_used_is_there() -> None:
    frame = re.search(r'for sheet in "([^"]+)"', (HOME / "base.html").read_text(encoding="utf-8"))
    assert frame
    named = set(frame[1].split())
    single = re.compile(r"'ewm/([\w-]+)\.css'")
    named |= {sheet for path in TEMPLATES for sheet in single.findall(path.read_text(encoding="utf-8"))}
    assert named == {path.stem for path in STATIC.glob("*.css")}


COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(|:\s*(?:white|black|red|blue|grey|gray)\b")


def test_only_the_token_sheet_names_colours() -> None:
    found = {
        f"{path.name}: {colour}"
        for path in STATIC.glob("*.css")
        if path.name != "tokens.css"
        for colour in COLOUR.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set()
    assert COLOUR.search("color: #abc")
    assert COLOUR.search((STATIC / "tokens.css").read_text(encoding="utf-8"))


def test_every_word_of_the_scripts_is_translated_with_the_page() -> None:
    words = set(re.findall(r'data-word="([^"]+)"', (HOME / "parts" / "words.html").read_text(encoding="utf-8")))
    used = {
        word
        for path in STATIC.glob("*.js")
        for word in re.findall(r"\bword\('([a-z-]+)'", path.read_text(encoding="utf-8"))
    }
    used |= {
        "month-before",
        "month-after",
        "found",
        "nothing-found",
        "signed-out",
        "draft-not-saved",
        "not-loaded",
        "no-suggestions-now",
    }
    assert used == words


@pytest.mark.django_db
def test_the_kit_is_there_in_a_demonstration_only(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.EWM_DEMO = False
    assert Client().get("/bausteine/").status_code == 404
    settings.EWM_DEMO = True
    page = Client().get("/bausteine/")
    assert page.status_code == 200
    assert page.content.count(b'role="option"') == 0
    assert b'data-word="choose-day"' in page.content


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_tables_get_their_roles_by_script(path: Path) -> None:
    """A validator calls these roles wrong in the page; tables.js adds them, where some browsers need them."""
    assert not re.search(r'role="(?:table|rowgroup|row|columnheader|rowheader|cell)"', path.read_text(encoding="utf-8"))
