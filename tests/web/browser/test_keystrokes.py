"""Faster than a spreadsheet: a complete project in at most 40 keys and clicks, five fields of them typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.accounts.roles import Role
from tests.web.browser.hands import Hands
from tests.web.browser.site import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.browser.site import Site

ACTIONS, TYPED = 40, 5


def _until(hands: Hands, name: str) -> None:
    """Press the tab key until a field has the focus."""
    for _ in range(20):
        if hands.focus() == name:
            return
        hands.press("Tab")
    raise AssertionError(f"{name} is not within 20 tabs, the focus is on {hands.focus()}")


def test_a_complete_project_takes_forty_actions(browser: Browser, own_site: Site) -> None:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    one = watched(context)
    page = one.page
    own_site.sign_in(page, Role.CLUSTER_MANAGER)
    hands = Hands(page)
    hands.press("n")
    page.wait_for_url("**/projekte/neu/")
    page.wait_for_function("document.activeElement.name === 'title'")
    hands.type("Lernfabrik für Zerspaner")
    _until(hands, "action_field")
    hands.press("F")
    _until(hands, "is_rdi")
    hands.press("Space")
    _until(hands, "support_start")
    hands.press("h")
    _until(hands, "partners-add-text")
    hands.type("BTU")
    page.wait_for_selector("[role=option]")
    hands.press("Enter")
    _until(hands, "project_volume")
    hands.type("4,3 Mio")
    _until(hands, "project_volume_regional")
    hands.type("1,2 Mio")
    _until(hands, "funding-0-granting_body")
    hands.press("B")
    _until(hands, "funding-0-amount")
    hands.type("2,1 Mio")
    hands.press("Control+Enter")
    page.wait_for_url("**/projekte/MET-*/")
    assert page.locator("h1").inner_text() == "Lernfabrik für Zerspaner"
    assert hands.actions <= ACTIONS, hands.actions
    assert hands.typed <= TYPED, hands.typed
    content = page.locator("main").inner_text()
    for said in ("4.300.000", "1.200.000", "2.100.000", "Fachkräftematrix", "Brandenburgische Technische Universität"):
        assert said in content
    assert one.messages == []
    context.close()
