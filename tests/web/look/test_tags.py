"""Tags and filters: DIN 5008 in German, its English counterpart, and marks that say in words what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from ewm.capture.days import shown_day
from ewm.capture.forms.fields import Tiles
from ewm.web.templatetags import ewm as tags

NBSP = "\N{NO-BREAK SPACE}"
WHEN = datetime(2020, 11, 24, 8, 12, tzinfo=UTC)
MIDNIGHT = datetime(2020, 11, 23, 23, tzinfo=UTC)  # here


def render(source: str, **context: Any) -> str:
    return Template("{% load ewm %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("expression", "german", "english"),
    [
        ("v|euro", f"4.300.000{NBSP}Euro", f"4,300,000{NBSP}euros"),
        ("v|amount", "4.300.000", "4,300,000"),
        ("v|mio", f"4,3{NBSP}Mio. Euro", f"4.3{NBSP}million euros"),
        ("v|tsd", "4.300", "4,300"),
        ("n|number", "2.462", "2,462"),
        ("share|percent", f"93{NBSP}%", "93%"),
        ("share|percent:124", f"75{NBSP}%", "75%"),
        ("share|percent:0", "–", "–"),
        ("d|day", "20.04.2020", f"20{NBSP}April{NBSP}2020"),
        ("w|clock", f"09:12{NBSP}Uhr", "09:12"),
        ("w|moment", f"24.11.2020, 09:12{NBSP}Uhr", f"24{NBSP}November{NBSP}2020, 09:12"),
        ("midnight|moment", "24.11.2020", f"24{NBSP}November{NBSP}2020"),
    ],
)
def test_numbers_and_dates(expression: str, german: str, english: str) -> None:
    values = {"v": 430_000_000, "n": 2462, "share": 93, "d": date(2020, 4, 20), "w": WHEN, "midnight": MIDNIGHT}
    for language, expected in (("de", german), ("en", english)):
        with translation.override(language):
            assert render("{{ " + expression + " }}", **values) == expected


@pytest.mark.parametrize("name", ["number", "euro", "amount", "mio", "tsd", "percent", "day", "moment", "recent"])
def test_nothing_is_a_dash(name: str) -> None:
    assert render("{{ v|" + name + " }}", v=None) == "–"


def test_a_label_that_asks_keeps_its_own_mark() -> None:
    assert (tags.lead_in("Titel"), tags.lead_in("Forschung?")) == ("Titel:", "Forschung?")


def test_a_page_in_english_has_one_kind_of_dates() -> None:
    for language in ("de", "en"):
        with translation.override(language):
            assert shown_day(date(2020, 4, 3)) == tags.day(date(2020, 4, 3))


def test_cents_are_written_only_where_there_are_any() -> None:
    assert tags.amount(123_450) == "1.234,50"
    assert tags.amount(123_400) == "1.234"


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    assert tags.day(datetime(2020, 6, 1, 22, 30, tzinfo=UTC)) == "02.06.2020"


def test_recent_moments_are_told_as_one_says_them() -> None:
    now = timezone.localtime().replace(hour=8, minute=54)
    assert tags.recent(now) == "heute, 08:54"
    assert tags.recent(now - timedelta(days=1)) == "gestern"
    assert tags.recent(now - timedelta(days=2)) == tags.day(now - timedelta(days=2))


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "add" %}')
    labelled = render('{% icon "add" label=text %}', text='<"Neu">')
    assert "aria-hidden" not in labelled
    assert 'aria-label="&lt;&quot;Neu&quot;&gt;"' in labelled
    assert "site/icons.svg#add" in labelled


def test_a_status_is_shape_word_and_colour() -> None:
    mark = render("{% status_mark id word %}", id="running", word="läuft")
    assert "#status-running" in mark
    assert "status--running" in mark
    assert "<span>läuft</span>" in mark
    assert "–" in render("{% status_mark id %}", id=None)


def test_a_severity_alone_is_read_out_and_beside_its_word_it_is_not() -> None:
    assert 'aria-label="Fehlt"' in render('{% severity_mark "error" %}')
    beside = render('{% severity_mark "error" word=True %}')
    assert "aria-label" not in beside
    assert "<span>Fehlt</span>" in beside


@pytest.mark.parametrize(
    ("cookies", "theme", "keys"),
    [
        ({}, "", ""),
        ({"ewm_theme": "dark", "ewm_keys": "off"}, ' data-kern-theme="dark"', ' data-keys="off"'),
        ({"ewm_theme": 'x" onload="', "ewm_keys": "on"}, "", ""),
    ],
)
def test_what_somebody_chose_comes_from_cookies(cookies: dict[str, str], theme: str, keys: str) -> None:
    request = SimpleNamespace(COOKIES=cookies)
    assert render("{% appearance %}", request=request) == theme
    assert render("{% key_switch %}", request=request) == keys


def test_a_page_query_keeps_the_filters() -> None:
    request = RequestFactory().get("/", {"status": ["a", "b"], "seite": "3", "suche": "x y"})
    assert render("{% page_query 4 %}", request=request) == "?status=a&amp;status=b&amp;suche=x+y&amp;seite=4"
    assert render('{% query status="" suche="z" %}', request=request) == "?seite=3&amp;suche=z"


def test_pages_left_out_are_told() -> None:
    assert tags.page_range(Paginator(range(250), 10).page(12)) == [1, None, 10, 11, 12, 13, 14, None, 25]


def test_undo_is_read_from_the_tags_of_a_message() -> None:
    assert tags.undo_url(SimpleNamespace(extra_tags="x undo:/akteure/1/ruecknahme/")) == "/akteure/1/ruecknahme/"
    assert tags.undo_url(SimpleNamespace(extra_tags=None)) == ""


@pytest.mark.parametrize(("name", "expected"), [("Jana Krüger", "JK"), ("Evaluation", "E"), ("", "")])
def test_initials(name: str, expected: str) -> None:
    assert tags.initials(name) == expected


class Sample(forms.Form):
    title = forms.CharField(label="Titel", help_text="Wie im Antrag")
    kind = forms.ChoiceField(label="Art", choices=[("a", "A"), ("b", "B")], widget=Tiles)


def test_a_link_of_the_summary_leads_to_a_control() -> None:
    form = Sample({})
    assert tags.target(form["title"]) == "id_title"
    assert tags.target(form["kind"]) == "id_kind_0"
    assert 'id="id_kind_0"' in str(form["kind"])


def test_a_field_may_be_optional_although_drafts_need_nothing() -> None:
    form = Sample()
    assert not tags.is_optional(form["title"])
    form.fields["title"].required = False
    assert tags.is_optional(form["title"])
    form.fields["title"].optional = False  # type: ignore[attr-defined]
    assert not tags.is_optional(form["title"])
