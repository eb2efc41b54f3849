"""A session that expires while somebody types brings the text back after the sign-in, and only to its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.rescue import LIMIT, rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.accounts.services import account_create
from ewm.web.context import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.capture.accounts.models import Account

TEXT = "Prüfstand für Schweißnähte & mehr; 4,3 Mio"
FORM, PLAIN = "/formular/?aus=P-1", "/ohne/"


class Typed(forms.Form):
    title = forms.CharField()
    partner = forms.MultipleChoiceField(choices=[("A-1", "A-1"), ("A-2", "A-2")])


@needs(Right.SIGN_IN)
@rescues
def form_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse("gespeichert")
    typed = rescued(request)
    said = [str(message) for message in get_messages(request)]
    return HttpResponse(f"{page(request)['rescue_mark']}\n{typed.urlencode() if typed else 'leer'}\n{said}")


@needs(Right.SIGN_IN)
def plain_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.method)


urlpatterns = [path("formular/", form_page), path("ohne/", plain_page), path("", include("ewm.web.urls"))]


@pytest.fixture(autouse=True)
def _pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def writer(programme: Any) -> Account:  # noqa: ARG001
    return account_create(email="schreibt@beispiel.invalid", name="Wer schreibt")


@pytest.fixture
def other(programme: Any) -> Account:  # noqa: ARG001
    return account_create(email="anders@beispiel.invalid", name="Wer anders")


def typed_by(account: Account, client: Client, **more: Any) -> dict[str, Any]:
    """What a form that was made for an account holds when it is sent."""
    client.force_login(account)
    mark = client.get("/formular/").content.decode().splitlines()[0]
    return {"title": TEXT, "partner": ["A-1", "A-2"], "_konto": mark, **more}


def sent_without_session(client: Client, data: dict[str, Any], address: str = FORM, **headers: str) -> Any:
    client.logout()
    return client.post(address, data, headers=headers or None)


def target(answer: Any) -> str:
    """Where the sign-in leads to."""
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == "/anmeldung/"
    return str(parse_qs(urlsplit(answer["Location"]).query)["next"][0])


def shown(client: Client, address: str) -> str:
    return str(client.get(address).content.decode().splitlines()[1])


def test_the_text_is_back_after_the_sign_in_with_every_value(writer: Account) -> None:
    client = Client()
    again = target(sent_without_session(client, typed_by(writer, client)))
    assert again == "/formular/?aus=P-1&wieder=1"
    client.force_login(writer)
    answer = client.get(again).content.decode()
    posted = parse_qs(answer.splitlines()[1])
    assert posted == {"title": [TEXT], "partner": ["A-1", "A-2"]}
    assert "gespeichert ist noch nichts" in answer
    assert shown(client, again) == answer.splitlines()[1], "loading the page again loses nothing"
    assert shown(client, "/formular/") == "leer", "a form opened anew is empty"


def test_it_is_dropped_when_the_form_is_sent_again(writer: Account) -> None:
    client = Client()
    again = target(sent_without_session(client, typed_by(writer, client)))
    client.force_login(writer)
    assert shown(client, again) != "leer"
    assert client.post(again, {"title": TEXT}).content.decode() == "gespeichert"
    assert shown(client, again) == "leer"
    assert "rescued" not in client.session


def test_whoever_else_signs_in_on_the_same_machine_neither_sees_nor_holds_it(writer: Account, other: Account) -> None:
    client = Client()
    again = target(sent_without_session(client, typed_by(writer, client)))
    assert "rescued" in client.session
    client.force_login(other)
    assert shown(client, again) == "leer"
    assert "rescued" not in client.session


def test_another_address_does_not_get_it(writer: Account) -> None:
    client = Client()
    sent_without_session(client, typed_by(writer, client))
    client.force_login(writer)
    kept = client.session["rescued"]
    session = client.session
    session["rescued"] = {**kept, "path": "/ohne/"}
    session.save()
    assert shown(client, "/formular/?wieder=1") == "leer"


def test_a_view_that_does_not_say_so_keeps_nothing(writer: Account) -> None:
    client = Client()
    data = typed_by(writer, client)
    assert target(sent_without_session(client, data, PLAIN)) == PLAIN
    assert "rescued" not in client.session


@pytest.mark.parametrize("mark", ["", "1", "1:gefälscht"])
def test_without_a_true_mark_nothing_is_kept(mark: str, writer: Account) -> None:
    client = Client()
    assert target(sent_without_session(client, {**typed_by(writer, client), "_konto": mark})) == FORM
    assert "rescued" not in client.session


@pytest.mark.parametrize("length", [LIMIT - 200, LIMIT + 1])
def test_the_limit_is_told(length: int, writer: Account) -> None:
    client = Client()
    data = typed_by(writer, client, title="x" * length)
    answer = sent_without_session(client, data)
    kept = length < LIMIT
    assert ("rescued" in client.session) == kept
    page = client.get(answer["Location"])
    assert any("zu lang" in str(message) for message in get_messages(page.wsgi_request)) != kept


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Mode": "cors"}, {"HX-Request": "true"}])
def test_a_script_hears_that_nobody_is_signed_in_and_stays_where_it_is(
    headers: dict[str, str], writer: Account
) -> None:
    client = Client()
    answer = sent_without_session(client, typed_by(writer, client), **headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert client.get("/formular/", headers=headers).status_code == 401


def page_from_before(account: Account) -> tuple[Client, dict[str, Any]]:
    """A client that checks CSRF and whose open page is older than its session: the token no longer fits."""
    client = Client(enforce_csrf_checks=True)
    data = typed_by(account, client)
    client.cookies["csrftoken"] = "a" * 32
    return client, {**data, "csrfmiddlewaretoken": "b" * 32}


def test_a_page_that_is_older_than_the_session_brings_its_text_back(writer: Account) -> None:
    client, data = page_from_before(writer)
    answer = client.post(FORM, data, headers={"Origin": "http://testserver"})
    assert (answer.status_code, answer["Location"]) == (302, "/formular/?aus=P-1&wieder=1")
    assert parse_qs(shown(client, answer["Location"]))["title"] == [TEXT]


def test_a_page_of_another_site_or_another_account_plants_nothing(writer: Account, other: Account) -> None:
    client, data = page_from_before(writer)
    for headers in ({"Origin": "https://anderswo.example"}, {}):
        answer = client.post(FORM, data, headers=headers)
        assert answer.status_code == 403
        assert "zu lange offen" in answer.content.decode()
    client.force_login(other)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(FORM, data, headers={"Origin": "http://testserver"}).status_code == 403
    assert "rescued" not in client.session


def test_the_mark_stands_in_the_part_that_forms_include() -> None:
    assert 'name="_konto" value="7:x"' in render_to_string("parts/rescue_mark.html", {"rescue_mark": "7:x"})
