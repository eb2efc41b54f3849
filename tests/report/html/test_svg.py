"""Charts enter a page clean: named, scalable, with ids of their own, and nothing that a page may not hold."""

from __future__ import annotations

import pytest

from ewm.errors import ContentError
from ewm.report.document import FigureBlock, Text
from ewm.report.html.svg import chart

BOX = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="476" height="90">'


def figure(inner: str, alt: str = "Balken: 27 & 31.") -> FigureBlock:
    return FigureBlock(
        "abb-1", "Abbildung 1", (Text("Kopf"),), "", "", "P-01", "EWM", svg=f"{BOX}{inner}</svg>", height=90, alt=alt
    )


def test_a_chart_scales_and_is_named_by_its_alt_text() -> None:
    assert chart(figure('<rect width="3"/>')) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 476 90" role="img" aria-label="Balken: 27 &amp; 31.">'
        '<rect width="3" /></svg>'
    )


def test_ids_are_the_figures_own() -> None:
    svg = chart(
        figure(
            '<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)" fill="url(\'#p\')"/>'
            '<use href="#c"/><use xlink:href="#c"/>'
        )
    )

    assert '<clipPath id="abb-1-c">' in svg
    assert 'clip-path="url(#abb-1-c)" fill="url(#abb-1-p)"' in svg
    assert svg.count('<use href="#abb-1-c" />') == 2


def test_styles_become_attributes_and_roles_are_dropped() -> None:
    svg = chart(figure('<g role="graphics-symbol" aria-label="x" class="mark" style="fill: red; opacity:.5"/>'))

    assert svg.endswith('><g fill="red" opacity=".5" /></svg>')


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<script/>", "<script>"),
        ("<style>*{}</style>", "<style>"),
        ('<image href="a.png"/>', "<image>"),
        ('<use href="https://example.org/#a"/>', "verweist nach außen"),
        ('<g fill="url(https://example.org/#a)"/>', "verweist nach außen"),
        ('<g style="fill"/>', "nicht lesbar"),
        ("<g>", "kein lesbares SVG"),
    ],
)
def test_what_a_page_may_not_hold_is_refused_by_name(inner: str, said: str) -> None:
    with pytest.raises(ContentError, match=r"^Abbildung 1: ") as caught:
        chart(figure(inner))

    assert said in str(caught.value)


def test_event_handlers_are_dropped() -> None:
    assert "onload" not in chart(figure('<g onload="alert(1)"/>'))


def test_a_chart_without_alt_text_is_refused() -> None:
    with pytest.raises(ContentError, match="Abbildung 1: Der Alternativtext fehlt"):
        chart(figure("", alt=" "))
