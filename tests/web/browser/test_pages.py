"""Every page of the site, as its table lists them: accessible, within its width, silent, asking nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from django.urls import reverse

from ewm.capture.accounts.roles import RIGHTS, Right, Role
from tests.browser.tools import validate
from tests.web.browser.site import CODES, rules, watched
from tests.web.site.test_permissions import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.web.browser.site import Site, Watched

WIDTHS = (320, 360, 1280, 1920)
RULES = (360, 1280)
COLOURS = ("color-contrast", "link-in-text-block")  # the rules of axe-core that ask for colours
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def role_for(right: Right) -> str | None:
    """Return a role that has a right, None for the public."""
    if right == Right.PUBLIC:
        return None
    if right == Right.SIGN_IN:
        return Role.CLUSTER_MANAGER
    return next(role for role in Role if right in RIGHTS[role])


def pages(role: str | None) -> dict[str, str]:
    """Return name and address of every page that is looked at in a role: rows that answer a GET with a page."""
    found = {}
    for name, row in TABLE.items():
        if row["get"] == 200 and row.get("browser", True) and role_for(Right(row["right"])) == role:
            given = {key: str(value).format(**CODES) for key, value in row.get("args", {}).items()}
            found[name] = reverse(name, kwargs=given) + row.get("query", "")
    return found


ROLES = tuple(dict.fromkeys(role_for(Right(row["right"])) for row in TABLE.values()))


BROKEN_WORDS = r"""() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  const range = document.createRange(), found = new Set()
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const around = text.parentElement
    if (!around.checkVisibility() || around.closest('.kern-sr-only, code, select, textarea, thead, .wrap')) continue
    for (const word of text.data.matchAll(/[\p{L}\p{N}.,]{2,}/gu)) {
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      const lines = [...range.getClientRects()].filter(each => each.width > 0).map(each => Math.round(each.top))
      if (new Set(lines).size > 1) found.add(word[0])
    }
  }
  return [...found]
}"""


def look(one: Watched, site: Site, axe: str, name: str) -> list[str]:
    """Return everything that is wrong with an open page: all rules by day, those of colours by night, too.

    Day and night differ in colours alone: ``test_night_changes_colours_alone`` holds the style sheets to it.
    """
    wrong = []
    for width in WIDTHS:
        one.page.set_viewport_size({"width": width, "height": 900})
        over = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wrong.append(f"{name} {width} px: {over} px too wide")
        if width in RULES:
            wrong += [f"{name} {width} px: cut in two: {word}" for word in one.page.evaluate(BROKEN_WORDS)]
            wrong += [f"{name} {width} px: {rule}" for rule in rules(one.page, axe)]
    one.page.emulate_media(color_scheme="dark")
    assert one.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    for width in RULES:
        one.page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{name} dark {width} px: {rule}" for rule in rules(one.page, axe, *COLOURS)]
    one.page.emulate_media(color_scheme="light")
    wrong += [f"{name}: {message}" for message in one.messages]
    wrong += [f"{name}: asked {url}" for url in one.strangers(site.base)]
    one.messages.clear()
    one.requests.clear()
    return wrong


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible(browser: Browser, site: Site, axe: str, role: str | None) -> None:
    context = browser.new_context(color_scheme="light", reduced_motion="reduce", locale="de-DE")
    one = watched(context)
    if role:
        site.sign_in(one.page, role)
    wrong = []
    for name, address in pages(role).items():
        answer = one.page.goto(f"{site.base}{address}")
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status} {one.page.url}"
        one.page.evaluate("document.fonts.ready")
        wrong += look(one, site, axe, name)
    context.close()
    assert wrong == []


def test_every_page_is_valid(browser: Browser, site: Site, tmp_path: Path) -> None:
    files = []
    for role in ROLES:
        context = browser.new_context(locale="de-DE")
        if role:
            site.sign_in(context.new_page(), role)
        for name, address in pages(role).items():
            answer = context.request.get(f"{site.base}{address}")
            assert "text/html" in answer.headers["content-type"], name
            file = tmp_path / f"{re.sub(r'[^a-z0-9]+', '-', name)}.html"
            file.write_text(answer.text(), encoding="utf-8")
            files.append(file)
        context.close()
    assert validate(files, remarks=False) == []
