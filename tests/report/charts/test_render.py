"""The drawn picture is the specification: same texts at the same places, named, described, without dead weight."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.report.charts import FORMS, load_style
from tests.report.charts.ink import texts_of_spec, texts_of_svg
from tests.report.charts.samples import SAMPLES

STYLE = load_style(load_config().programme, "de")
SVG = "{http://www.w3.org/2000/svg}"
DYNAMIC = {"signal", "expr", "test", "update", "transform", "on", "url", "href"}


def _rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for data in spec["data"] for row in data["values"]]


def _keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {key for value in node.values() for key in _keys(value)}
    return {key for value in node for key in _keys(value)} if isinstance(node, list) else set()


@pytest.mark.parametrize("name", FORMS)
def test_svg_shows_what_the_specification_says(name: str) -> None:
    figure = FORMS[name].render(SAMPLES[name], STYLE, "Was man sieht.", "Befund")
    assert [astuple(box) for box in texts_of_svg(figure.svg)] == [
        pytest.approx(astuple(box), abs=0.01) for box in texts_of_spec(dict(figure.spec))
    ]
    root = ElementTree.fromstring(figure.svg)  # noqa: S314 (our own output)
    assert root.attrib["viewBox"] == f"0 0 {figure.width:g} {figure.height:g}"
    assert root.attrib["role"] == "img"
    names = {element.attrib["id"]: element.text for element in root if "id" in element.attrib}
    assert [names[part] for part in root.attrib["aria-labelledby"].split()] == ["Befund", "Was man sieht."]
    assert root.attrib["font-family"] == "Fira Sans"
    tips = [row["tooltip"] for row in _rows(dict(figure.spec)) if "tooltip" in row]
    assert [element.text for element in root.iter(f"{SVG}title")][1:] == tips


@pytest.mark.parametrize("name", FORMS)
def test_specification_is_plain_data_without_expressions(name: str) -> None:
    figure = FORMS[name].render(SAMPLES[name], STYLE, "Was man sieht.")
    spec = json.loads(json.dumps(figure.spec))
    assert spec["$schema"].endswith("/vega/v6.json")
    assert spec["description"] == "Was man sieht."
    assert not _keys(spec) & DYNAMIC
    tips = [row["tooltip"] for data in spec["data"] for row in data["values"] if "tooltip" in row]
    assert tips, "what carries a value says it in the browser"


def test_two_charts_in_one_page_have_different_ids() -> None:
    form = FORMS["bars"]
    svgs = [form.render(SAMPLES["bars"], STYLE, alt).svg for alt in ("eins", "zwei")]
    first, second = (set(re.findall(r' id="(\w+)"', svg)) for svg in svgs)
    assert first
    assert not first & second


def test_same_data_same_bytes() -> None:
    form = FORMS["district_map"]
    assert (
        form.render(SAMPLES["district_map"], STYLE, "Karte").svg
        == form.render(SAMPLES["district_map"], STYLE, "Karte").svg
    )


def test_title_and_description_are_escaped() -> None:
    svg = FORMS["bars"].render(SAMPLES["bars"], STYLE, 'A & B < "C"').svg
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own output)
    assert [element.text for element in root if "id" in element.attrib] == ['A & B < "C"'] * 2


@pytest.mark.parametrize("alt", ["", "   "])
def test_a_figure_without_alt_text_is_refused(alt: str) -> None:
    with pytest.raises(ContentError, match="keinen Alternativtext"):
        FORMS["bars"].render(SAMPLES["bars"], STYLE, alt)


def test_no_form_knows_content() -> None:
    """Words come with data: no umlaut, no indicator id and no cluster in the drawing code but in error messages."""
    folder = Path(__file__).resolve().parents[3] / "src" / "ewm" / "report" / "charts"
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b[PSAM]-\d\d\b|[Mm]etall|Brandenburg|Berlin", text), path.name
