"""What happens to typed text: drafts by themselves, a question on leaving, and words for those who are signed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.browser.site import watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page

    from tests.web.browser.site import Site, Watched

STATE = "[data-draft-state]"
DRAFTS = "section[aria-labelledby=entwuerfe]"


@pytest.fixture
def form(browser: Browser, own_site: Site) -> Iterator[Watched]:
    """The form of a new project, with a clock that the test turns."""
    context = browser.new_context(locale="de-DE", reduced_motion="reduce")
    one = watched(context)
    own_site.sign_in(one.page, "cluster_manager")
    one.page.clock.install()
    one.page.goto(f"{own_site.base}/projekte/neu/")
    one.page.wait_for_selector("html[data-ready]")
    one.messages.clear()
    yield one
    context.close()


def wait_for_draft(page: Page) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.clock.fast_forward(20_000)


def test_a_draft_is_kept_every_twenty_seconds_if_something_changed(form: Watched) -> None:
    page = form.page
    page.clock.fast_forward(60_000)
    assert not [url for url in form.requests if url.endswith("/entwurf/")]
    page.fill("#id_title", "Lernlabor")
    wait_for_draft(page)
    page.locator(STATE, has_text="Entwurf gespeichert um").wait_for()
    key = page.locator("#eintrag [name=key]").input_value()
    page.goto(f"{page.url}?entwurf={key}")
    assert page.input_value("#id_title") == "Lernlabor"
    assert form.messages == []


def test_leaving_asks_only_while_something_is_not_kept(form: Watched) -> None:
    page = form.page
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    start = page.url
    page.fill("#id_title", "Lernlabor")
    page.evaluate("location.href = '/projekte/'")
    assert asked == ["beforeunload"]
    assert page.url == start
    wait_for_draft(page)
    page.locator(STATE, has_text="Entwurf gespeichert um").wait_for()
    page.goto(start.replace("/neu/", "/"))
    assert asked == ["beforeunload"]


def test_whoever_is_signed_out_is_told_before_anything_is_lost(form: Watched) -> None:
    page = form.page
    page.fill("#id_title", "Lernlabor")
    page.context.clear_cookies(name="sessionid")
    wait_for_draft(page)
    page.locator(STATE, has_text="nicht mehr angemeldet").wait_for()
    assert page.input_value("#id_title") == "Lernlabor"


def test_the_form_of_an_actor_keeps_what_was_typed(form: Watched) -> None:
    """One walk: each site of its own takes longer to start than all of this."""
    page, start = form.page, form.page.url.replace("/projekte/", "/akteure/")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.goto(start)
    page.wait_for_selector("html[data-ready]")
    page.on("dialog", stay)
    page.fill("#id_name", "Gießerei")
    page.evaluate("location.href = '/akteure/'")
    assert (asked, page.url) == (["beforeunload"], start)
    wait_for_draft(page)
    page.locator(STATE, has_text="Entwurf gespeichert um").wait_for()
    page.fill("#id_name", "Gießerei Spree")
    page.press("#id_name", "Enter")
    page.wait_for_url("**/akteure/neu/?entwurf=*")
    page.fill("#id_municipality", "Spremberg")
    page.get_by_role("button", name="Entwurf speichern").click()
    page.goto(start.replace("/neu/", "/"))
    assert page.locator(f"{DRAFTS} li").count() == 1
    page.locator(f"{DRAFTS} a", has_text="Gießerei Spree").click()
    assert page.input_value("#id_municipality") == "Spremberg"
    page.get_by_role("button", name="Entwurf verwerfen").click()
    page.wait_for_url("**/akteure/")
    assert page.locator(DRAFTS).count() == 0
    assert asked == ["beforeunload"]
    page.goto(start)
    page.fill("#id_name", "Gießerei Spree")
    page.context.clear_cookies(name="sessionid")
    wait_for_draft(page)
    page.locator(STATE, has_text="nicht mehr angemeldet").wait_for()
    assert page.input_value("#id_name") == "Gießerei Spree"


def test_an_estimate_is_ticked_by_the_status_until_somebody_decides(form: Watched) -> None:
    page = form.page
    box = page.locator("#id_project_volume_estimated")
    values = page.locator("#id_status option").evaluate_all("options => options.map(option => option.value)")
    early, late = page.input_value("#id_status"), values[-1]
    assert box.is_checked()
    page.select_option("#id_status", late)
    assert not box.is_checked()
    page.select_option("#id_status", early)
    assert box.is_checked()
    box.click()
    page.select_option("#id_status", late)
    page.select_option("#id_status", early)
    assert not box.is_checked()
