"""Vega itself draws every specification as it is printed: same marks, same order, same places, same paint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from ewm.config import load_config
from ewm.report.charts import FORMS, load_style
from ewm.report.charts.render import render_svg
from tests.report.charts.samples import SAMPLES
from tests.report.charts.worlds import WORLDS

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

STYLE = load_style(load_config().programme, "de")
SPACE = "{http://www.w3.org/2000/svg}"
PAINT = ("fill", "stroke", "stroke-width", "stroke-dasharray")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")

Mark = tuple[str, list[float], dict[str, str]]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def _paint(element: ElementTree.Element) -> dict[str, str]:
    return {key: element.attrib[key].lower() for key in PAINT if key in element.attrib}


def by_vega(spec: dict[str, Any]) -> list[Mark]:
    """Marks as Vega's own renderer writes them."""
    marks: list[Mark] = []
    for group in ElementTree.fromstring(vl_convert.vega_to_svg(spec)).iter(f"{SPACE}g"):  # noqa: S314
        found = re.match(r"mark-(text|rect|symbol|path)", group.attrib.get("class", ""))
        for element in group if found else ():
            kind, got = found.group(1) if found else "", element.attrib
            at = _numbers(got.get("transform", "translate(0,0)"))
            if kind == "text":
                text = f"{''.join(element.itertext())}|{got['text-anchor']}|{got['font-weight']}"
                marks.append((text, [*at, *_numbers(got["font-size"])], _paint(element)))
            elif kind == "symbol":
                path = _numbers(got["d"])
                reach = path[0] if "A" in got["d"] else -path[0]
                marks.append(("circle" if "A" in got["d"] else "diamond", [*at, reach], _paint(element)))
            elif kind == "rect":
                x, y, width, height = _numbers(got["d"])[:4]
                marks.append(("rect", [x, y, width, height], _paint(element)))
            else:
                marks.append(("path", _numbers(got["d"]), _paint(element)))
    return marks


def as_printed(spec: dict[str, Any]) -> list[Mark]:
    """Marks as they are printed."""
    marks: list[Mark] = []
    for element in ElementTree.fromstring(render_svg(spec, title="t", alt="a")):  # noqa: S314
        kind, got = element.tag.removeprefix(SPACE), element.attrib
        if kind == "text":
            text = f"{element.text}|{got.get('text-anchor', 'start')}|{got['font-weight']}"
            marks.append((text, [float(got[key]) for key in ("x", "y", "font-size")], _paint(element)))
        elif kind == "circle":
            marks.append((kind, [float(got[key]) for key in ("cx", "cy", "r")], _paint(element)))
        elif kind == "rect":
            marks.append((kind, [float(got[key]) for key in ("x", "y", "width", "height")], _paint(element)))
        elif kind == "path":
            marks.append((kind, _numbers(got["d"]), _paint(element)))
    return marks


def _diamond(numbers: list[float]) -> list[float]:
    """Middle and reach of a diamond drawn from its left corner over top, right and bottom."""
    (left, y), (x, top) = numbers[:2], numbers[2:4]
    assert numbers[4:] == pytest.approx([2 * x - left, y, x, 2 * y - top], abs=0.03)
    return [x, y, x - left]


def compare(spec: dict[str, Any]) -> None:
    vega, printed = by_vega(spec), as_printed(spec)
    assert len(vega) == len(printed)
    for theirs, ours in zip(vega, printed, strict=True):
        numbers = _diamond(ours[1]) if theirs[0] == "diamond" else ours[1]
        assert theirs[0] == ("diamond" if theirs[0] == "diamond" else ours[0])
        assert numbers == pytest.approx(theirs[1], abs=0.02)
        assert ours[2] == theirs[2]


@pytest.mark.parametrize("name", FORMS)
def test_vega_draws_what_is_printed(name: str) -> None:
    compare(FORMS[name].draw(SAMPLES[name], STYLE).spec("alt"))


@pytest.mark.soak
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_vega_draws_what_is_printed_for_any_data(name: str, data: DataObject) -> None:
    compare(FORMS[name].draw(data.draw(WORLDS[name]), STYLE).spec("alt"))
