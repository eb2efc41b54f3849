"""Inlines are escaped, numbers lead to their page, references to their place, footnotes count up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.report.document import Emphasis, Footnote, Link, Number, Reference, Sign, Strong, Text
from ewm.report.html.inlines import Writer
from tests.report.sample_evidence import sample_evidence

if TYPE_CHECKING:
    from ewm.report.document import Inline


@pytest.fixture
def writer() -> Writer:
    return Writer(sample_evidence(), {key: f"evidence/{key[:4]}.html" for key in sample_evidence()}, {"abb-1"})


def test_text_is_escaped(writer: Writer) -> None:
    assert writer.write((Text("<b>&\"'"),)) == "&lt;b&gt;&amp;&#34;&#39;"


def test_importance_and_emphasis_nest(writer: Writer) -> None:
    inlines = (Strong((Text("a<"), Emphasis((Number("27", "fact:x"),)))),)

    assert writer.write(inlines) == (
        '<strong>a&lt;<em><span class="stated" data-evidence="fact:x">27</span></em></strong>'
    )


def test_a_number_leads_to_its_page_with_its_raw_value(writer: Writer) -> None:
    assert writer.write((Number("76,5 %", "A-01:actors"),)) == (
        '<a class="number" href="evidence/A-01.html" title="der Akteure an neuen Projekten sitzen in Brandenburg" '
        'data-value="26" data-whole="34">76,5 %</a>'
    )
    assert "data-whole" not in writer.write((Number("27", "P-01:new"),))


def test_each_place_of_a_number_is_remembered_once_and_in_order(writer: Writer) -> None:
    number = Number("27", "P-01:new")
    writer.write((number,))
    writer.at("kap-1", "1 Einleitung")
    writer.write((number, number))
    writer.at("abb-1", "Abbildung 1")
    writer.write((Strong((number,)),))

    assert list(writer.places["P-01:new"].items()) == [("kap-1", "1 Einleitung"), ("abb-1", "Abbildung 1")]


def test_footnotes_count_up_and_keep_their_text(writer: Writer) -> None:
    written = writer.write((Footnote((Text("eins"),)), Text(" "), Footnote((Text("zwei"),))))

    assert 'href="#note-1" id="noteref-1"' in written
    assert 'href="#note-2" id="noteref-2" role="doc-noteref">2</a>' in written
    assert writer.footnotes == [(Text("eins"),), (Text("zwei"),)]


def test_a_reference_leads_to_its_place(writer: Writer) -> None:
    assert writer.write((Reference("abb-1", "Abbildung 1"),)) == '<a href="#abb-1">Abbildung 1</a>'
    with pytest.raises(ContentError, match=r"„Tabelle 9“ führt ins Leere: Es gibt kein „tab-9“"):
        writer.write((Reference("tab-9", "Tabelle 9"),))


def test_a_sign_is_drawn_and_named(writer: Writer) -> None:
    written = writer.write((Sign("half", 'mit "Note"'),))

    assert 'role="img" aria-label="mit &#34;Note&#34;"><circle class="line"' in written


def test_an_address_is_escaped_and_does_not_tell_where_it_was_followed(writer: Writer) -> None:
    assert writer.write((Link("https://example.org/?a=1&b=2", (Text("dort"),)),)) == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">dort</a>'
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "/etc/passwd", "a.html"]
)
def test_other_addresses_are_refused(writer: Writer, address: str) -> None:
    with pytest.raises(ContentError, match="Möglich sind https, http und mailto"):
        writer.write((Link(address, (Text("dort"),)),))


@pytest.mark.parametrize("inner", [Number("27", "P-01:new"), Footnote((Text("x"),)), Reference("abb-1", "Abbildung 1")])
def test_a_link_within_a_link_is_refused(writer: Writer, inner: Inline) -> None:
    with pytest.raises(ContentError, match=r"Im Verweis auf https://example.org steht etwas"):
        writer.write((Link("https://example.org", (Strong((inner,)),)),))
