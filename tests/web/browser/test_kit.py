"""The kit in a real browser: what scripts add to the components, by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.tools import validate
from tests.web.browser.site import rules, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.web.browser.site import Site

SUGGESTED = {
    "items": [
        {"value": "A-1", "label": "Stahlwerk Hennig GmbH", "hint": "Unternehmen, Hennigsdorf"},
        {"value": "A-2", "label": "Hennig Service GmbH", "hint": "gehört zu Stahlwerk Hennig"},
    ],
    "create": "„Hennig“ neu anlegen",
    "similar": [{"value": "A-1", "label": "Stahlwerk Hennig GmbH", "score": 91}],
}


@pytest.fixture
def kit(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(locale="de-DE", reduced_motion="reduce")
    one = watched(context)
    one.page.route("**/akteure/suche/**", lambda route: route.fulfill(json=SUGGESTED))
    one.page.goto(f"{site.base}/bausteine/")
    one.page.wait_for_selector("html[data-ready]")
    yield one.page
    assert one.messages == []
    assert one.strangers(site.base) == []
    context.close()


def value(page: Page, name: str) -> str:
    return str(page.locator(f"#teil-1 [name='{name}']").input_value())


def test_a_suggestion_is_taken_by_keyboard(kit: Page) -> None:
    field = kit.locator("#teil-1 #id_who")
    field.click()
    kit.keyboard.type("Hennig")
    kit.wait_for_selector("#id_who_list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    assert kit.locator("#id_who_list [role=option]").count() == 3
    assert kit.locator("#id_who_list mark").first.inner_text() == "Hennig"
    assert "Ähnlich klingt" in kit.locator("#teil-1 [data-combobox-note]").first.inner_text()
    kit.keyboard.press("ArrowDown")
    kit.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "id_who_list_1"
    kit.keyboard.press("Enter")
    assert field.input_value() == "Hennig Service GmbH"
    assert value(kit, "who") == "A-2"
    assert field.get_attribute("aria-expanded") == "false"


def test_escape_closes_the_list_and_keeps_the_text_tab_takes_nothing(kit: Page) -> None:
    field = kit.locator("#teil-1 #id_who")
    field.click()
    kit.keyboard.type("Hennig")
    kit.wait_for_selector("#id_who_list [role=option]")
    kit.keyboard.press("Escape")
    assert kit.locator("#id_who_list").is_hidden()
    assert field.input_value() == "Hennig"
    kit.keyboard.press("ArrowDown")
    kit.wait_for_selector("#id_who_list:not([hidden])")
    kit.keyboard.press("Tab")
    assert field.input_value() == "Hennig"
    assert value(kit, "who") == ""


def test_each_choice_becomes_a_row_and_the_next_can_be_typed(kit: Page) -> None:
    field = kit.locator("#teil-1 #id_next")
    field.click()
    for _ in range(2):
        kit.keyboard.type("Hen")
        kit.wait_for_selector("#id_next_list [role=option]")
        kit.keyboard.press("Enter")
        assert field.input_value() == ""
    assert kit.evaluate("document.activeElement.id") == "id_next"
    assert kit.locator("[data-item]").count() == 2
    assert value(kit, "zeilen-0-actor") == value(kit, "zeilen-1-actor") == "A-1"
    kit.keyboard.type("Hen")
    kit.wait_for_selector("#id_next_list [role=option]")
    kit.keyboard.press("ArrowUp")
    kit.keyboard.press("Enter")
    assert value(kit, "zeilen-2-name") == "Hen"
    assert kit.locator("#zeilen-2-name").is_visible()


def test_a_removed_row_comes_back(kit: Page) -> None:
    kit.locator("#teil-1 #id_next").click()
    kit.keyboard.type("Hen")
    kit.wait_for_selector("#id_next_list [role=option]")
    kit.keyboard.press("Enter")
    kit.locator("[data-row-remove]").click()
    assert kit.locator("[data-item]").is_hidden()
    assert kit.locator("[name=zeilen-0-actor]").is_disabled(), "what is gone is not sent"
    kit.locator(".toast__action", has_text="Rückgängig").last.click()
    assert kit.locator("[data-item]").is_visible()
    assert kit.locator("[name=zeilen-0-actor]").is_enabled()


def test_days_are_written_out_and_chosen_from_the_calendar(kit: Page) -> None:
    field = kit.locator("#teil-1 #id_begin")
    field.fill("3.2.20")
    kit.keyboard.press("Tab")
    assert field.input_value() == "03.02.2020"
    assert kit.evaluate("document.activeElement.hasAttribute('data-date-open')")
    kit.keyboard.press("Enter")
    kit.wait_for_selector(".calendar [role=grid]")
    assert kit.evaluate("document.activeElement.textContent") == "3"
    for key in ("ArrowDown", "ArrowRight", "PageDown", "Home"):
        kit.keyboard.press(key)
    kit.keyboard.press("Enter")
    assert field.input_value() == "09.03.2020"
    assert kit.evaluate("document.activeElement.id") == "id_begin"


def test_escape_closes_the_calendar_and_goes_back_to_its_button(kit: Page) -> None:
    kit.locator("#teil-1 [data-date-open]").click()
    kit.wait_for_selector(".calendar [role=grid]")
    kit.keyboard.press("Escape")
    kit.wait_for_selector(".calendar", state="detached")
    assert kit.evaluate("document.activeElement.hasAttribute('data-date-open')")
    assert value(kit, "begin") == "20.04.2020"


def test_amounts_are_written_out_and_asked_about(kit: Page) -> None:
    field = kit.locator("#teil-1 #id_volume")
    field.fill("4,35 Mio")
    kit.keyboard.press("Tab")
    assert field.input_value() == "4.350.000"
    field.fill("1.234")
    kit.keyboard.press("Tab")
    question = kit.locator("[data-amount-question]")
    assert "1.234,00 Euro" in question.inner_text()
    question.get_by_text("1,23 Euro").click()
    assert field.input_value() == "1,23"
    assert question.count() == 0


def test_tabs_are_walked_by_arrows(kit: Page) -> None:
    tabs = kit.locator("[role=tab]")
    assert tabs.nth(0).get_attribute("aria-selected") == "true"
    assert kit.locator("#reiter-2").is_hidden()
    tabs.nth(0).focus()
    kit.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert kit.locator("#reiter-2").is_visible()
    assert kit.evaluate("document.activeElement.tabIndex") == 0


def test_keys_work_outside_fields_and_not_inside(kit: Page) -> None:
    kit.locator("h1").click()
    kit.keyboard.press("j")
    assert kit.evaluate("document.activeElement.closest('[data-row]') !== null")
    kit.keyboard.press("F8")
    assert kit.evaluate("document.activeElement.matches('[aria-invalid=true]')")
    kit.locator("#teil-1 #id_title").focus()
    kit.keyboard.press("?")
    assert kit.locator("#tasten").is_hidden()
    kit.locator("#id_title").first.blur()
    kit.keyboard.press("?")
    assert kit.locator("#tasten").is_visible()
    kit.keyboard.press("Escape")
    assert kit.locator("#tasten").is_hidden()


def test_the_summary_has_the_focus_and_leads_into_fields(kit: Page) -> None:
    assert kit.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    kit.locator("[data-error-summary] a").first.click()
    assert kit.evaluate("document.activeElement.name") == "action"


def test_light_and_dark_are_kept(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", color_scheme="light")
    page = context.new_page()
    site.sign_in(page, "cluster_manager")
    page.goto(f"{site.base}/bausteine/")
    page.wait_for_selector("html[data-ready]")
    page.locator("[popovertarget=konto]").click()
    page.locator("#konto [data-theme-value=dark]").click()
    assert page.locator("html").get_attribute("data-kern-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-kern-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_pickers_are_accessible(browser: Browser, site: Site, axe: str, width: int, scheme: Any) -> None:
    context = browser.new_context(locale="de-DE", color_scheme=scheme, viewport={"width": width, "height": 1000})
    one = watched(context)
    one.page.route("**/akteure/suche/**", lambda route: route.fulfill(json=SUGGESTED))
    one.page.goto(f"{site.base}/bausteine/")
    one.page.wait_for_selector("html[data-ready]")
    one.page.locator("#teil-1 #id_who").click()
    one.page.keyboard.type("Hennig")
    one.page.wait_for_selector("#id_who_list [role=option]")
    one.page.keyboard.press("ArrowDown")
    wrong = rules(one.page, axe)
    one.page.locator("#teil-1 [data-date-open]").click()
    one.page.wait_for_selector(".calendar [role=grid]")
    wrong += rules(one.page, axe)
    over = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    one.page.keyboard.press("Escape")
    one.page.locator("[popovertarget=filter-status]").click()
    wrong += rules(one.page, axe)
    assert wrong == []
    assert over == 0
    assert one.messages == []
    context.close()


def test_without_script_everything_is_there(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.base}/bausteine/")
    assert page.locator("#reiter-2").is_visible()
    assert page.locator("#teil-1 [data-date-open]").is_hidden()
    assert page.locator("[data-tab]").first.is_hidden()
    assert page.locator("#id_who").first.get_attribute("role") is None
    page.locator("[popovertarget=filter-status]").click()
    assert page.locator("#filter-status").is_visible()
    context.close()


def test_the_validator_finds_nothing(kit: Page, tmp_path: Path) -> None:
    response = kit.request.get(kit.url)
    page = tmp_path / "kit.html"
    page.write_text(re.sub(r"(?i)<meta http-equiv[^>]*>", "", response.text()), encoding="utf-8")
    assert validate([page]) == []
