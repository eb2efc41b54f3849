"""Filters of a list in the browser: counted when they are opened, by mouse, by keyboard and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.browser.site import rules, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.web.browser.site import Site, Watched

LIST = "/projekte/?ansicht=alle"
CHOICES = "#filter-status input[type=checkbox]"


@pytest.fixture
def one(browser: Browser, site: Site) -> Iterator[Watched]:
    """The list of projects of somebody who manages a cluster."""
    context = browser.new_context(locale="de-DE", reduced_motion="reduce")
    found = watched(context)
    site.sign_in(found.page, "cluster_manager")
    found.page.goto(f"{site.base}{LIST}")
    found.page.wait_for_selector("html[data-ready]")
    found.requests.clear()
    yield found
    context.close()


def rows(one: Watched) -> int:
    text = one.page.locator("#summe").inner_text()
    return int(text.split()[0])


def test_a_filter_is_counted_when_it_opens_and_keeps_what_others_hold(one: Watched, axe: str) -> None:
    page = one.page
    everything = rows(one)
    assert not [url for url in one.requests if "zaehlen" in url]
    page.click("[popovertarget=filter-status]")
    page.wait_for_selector(CHOICES)
    counts = [int(each) for each in page.locator("#filter-status .meta").all_inner_texts()]
    assert sum(counts) == everything
    assert page.locator("#filter-status").is_visible(), "what comes does not close the box"
    assert rules(page, axe) == []
    page.locator(CHOICES).first.check()
    page.click("#filter-status button")
    page.wait_for_url(re.compile("status="))
    assert rows(one) == counts[0]
    assert page.evaluate("document.activeElement.id") == "summe"
    page.click("[popovertarget=filter-mehr]")
    page.wait_for_selector("#filter-mehr input[name=fue]")
    assert page.evaluate("document.activeElement.id") != "summe", "the focus stays where somebody is"
    page.locator("#filter-mehr input[name=fue]").first.check()
    page.click("#filter-mehr button")
    page.wait_for_url(re.compile("status=.*fue="))
    assert page.locator(".chip--on").count() == 2
    assert one.messages == []


def test_the_keyboard_opens_counts_and_chooses(one: Watched) -> None:
    page = one.page
    page.locator("[popovertarget=filter-status]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(CHOICES)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(CHOICES).first.is_checked()
    page.keyboard.press("Escape")
    assert page.locator("#filter-status").is_hidden()
    page.keyboard.press("Enter")
    assert page.locator(CHOICES).first.is_checked(), "opened again, not asked again"
    assert len([url for url in one.requests if "zaehlen=status" in url]) == 1


def test_what_could_not_be_counted_is_asked_again(one: Watched) -> None:
    page = one.page
    page.route("**/*zaehlen=status*", lambda route: route.abort())
    page.click("[popovertarget=filter-status]")
    page.wait_for_selector("text=Das ließ sich gerade nicht laden")
    page.unroute("**/*zaehlen=status*")
    page.keyboard.press("Escape")
    page.click("[popovertarget=filter-status]")
    page.wait_for_selector(CHOICES)


def test_without_scripts_a_link_shows_the_values(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    site.sign_in(page, "cluster_manager")
    page.goto(f"{site.base}{LIST}")
    page.click("[popovertarget=filter-status]")
    page.click("#filter-status >> text=Werte anzeigen")
    page.click("[popovertarget=filter-status]")
    page.locator(CHOICES).first.check()
    page.click("#filter-status button")
    assert "status=" in page.url
    assert page.locator(".chip--on").count() == 1
    context.close()
