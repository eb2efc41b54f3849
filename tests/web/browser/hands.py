"""Hands that count: every key, every click, and every field that is typed into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class Hands:
    """What somebody does with keyboard and mouse, counted: a text typed into a field is one action."""

    page: Page
    actions: int = 0
    typed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += 1

    def type(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        self.page.keyboard.type(text)
        self.actions += 1
        self.typed += 1

    def click(self, target: Locator) -> None:
        """Click something."""
        target.click()
        self.actions += 1

    def focus(self) -> str:
        """Return what has the focus: its name or id, for messages and for finding one's way."""
        found: str = self.page.evaluate(
            "() => { const one = document.activeElement; return one.name || one.id || one.textContent.trim() }"
        )
        return found
