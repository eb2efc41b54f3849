"""What an inventive person types into the form of a project: read, or refused with the reason; kept in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ewm.capture.drafts.models import Draft
from ewm.capture.projects.models import Project
from ewm.web.clean import CleanTextMiddleware
from tests.web.site.filling import NEW, errors, stored, typed

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.test import Client, RequestFactory


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("support_start", "31.02.2020", "„31.02.2020“ ist kein Tag im Kalender"),
        ("support_start", "1.1.0000", "liegt nicht in den Jahren 1900 bis 2199"),
        ("support_start", "1.1.99", "kann in zwei Jahrhunderten liegen"),
        ("support_start", "übermorgen", "ist kein Tag. Bitte als Tag.Monat.Jahr"),
        ("project_volume", "1,234", "mehr als zwei Stellen hinter dem Komma"),
        ("project_volume", "99999999999999999999", "mehr als zehn Billionen Euro"),
        ("project_volume", "1e9", "ist kein Betrag"),
        ("project_volume", "1.234", "kann 1.234,00 Euro oder 1,23 Euro heißen"),
        ("project_volume", "-5", "Der Betrag ist negativ"),
        ("title", "\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}", "Der Text fehlt"),
        ("title", "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT MARK}", "Bitte angeben"),
        ("title", "😀" * 301, "301 Zeichen"),
    ],
)
def test_what_is_refused_says_why_at_its_field_and_stays(manager: Client, field: str, text: str, words: str) -> None:
    answer = manager.post(NEW, typed(manager, **{field: text, "project_volume_regional": "0"}) | {"fertig": "1"})
    assert answer.status_code == 200
    assert words in errors(answer)[f"id_{field}"]
    assert not Project.objects.filter(title="Didacticlab").exists()
    if words != "Bitte angeben":
        assert Draft.objects.get().data[field] == [text]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Prüf\x00stand", "Prüfstand"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}Prüfstand\N{POP DIRECTIONAL FORMATTING}", "Prüfstand"),
        ("\ufeffPrüf\N{ZERO WIDTH SPACE}stand", "Prüfstand"),
        ("👩\N{ZERO WIDTH JOINER}🔬 ₂ اختبار", "👩\N{ZERO WIDTH JOINER}🔬 ₂ اختبار"),
        ("<b>Prüf</b> & =1+1", "<b>Prüf</b> & =1+1"),
    ],
)
def test_signs_that_nobody_sees_are_left_out_and_all_others_stay(manager: Client, text: str, title: str) -> None:
    sent = {
        "title": text,
        "support_start": "20.4.2020\N{RIGHT-TO-LEFT MARK}",
        "project_volume": "4\u202f300\u00a0000 €",
    }
    answer = manager.post(NEW, typed(manager, **sent) | {"fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    entry = stored("MET-2020-P01")
    assert (entry.title, str(entry.support_start), entry.project_volume) == (title, "2020-04-20", 430_000_000)


@pytest.mark.usefixtures("world")
def test_a_draft_holds_nothing_that_a_database_refuses(manager: Client) -> None:
    manager.post("/projekte/entwurf/", {"title": "a\x00b", "x\x00y": "1", "key": "k\x001"})
    draft = Draft.objects.get()
    assert (draft.key, draft.title, draft.data["xy"]) == ("k1", "ab", ["1"])


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("name", ["projects:page", "activities:page", "actors:page", "timeline:project"])
def test_an_address_with_such_a_sign_leads_nowhere(manager: Client, name: str) -> None:
    assert manager.get(reverse(name, kwargs={"code": "P-1"}).replace("P-1", "P-1%00")).status_code == 404
    assert manager.get(reverse(name, kwargs={"code": "A-1"}).replace("A-1", "%E2%80%8BA-1")).status_code == 404


def test_a_query_is_cleaned_and_one_without_such_signs_stays_as_it_is(rf: RequestFactory) -> None:
    request = rf.get("/", {"q": "a\x00b", "r": ["1", "2\u200b"]})
    CleanTextMiddleware(lambda _: None).process_view(request, None, (), {})  # type: ignore[arg-type,return-value]
    assert (request.GET["q"], request.GET.getlist("r")) == ("ab", ["1", "2"])
    with pytest.raises(AttributeError):
        request.GET["q"] = "c"  # type: ignore[misc]
    request = rf.get("/", {"q": "ab"})
    before: QueryDict = request.GET
    CleanTextMiddleware(lambda _: None).process_view(request, None, (), {})  # type: ignore[arg-type,return-value]
    assert request.GET is before
