"""Texts in cells of tables: no spreadsheet may take one for a formula, and what was written can be read back.

A program that opens a table computes a cell that begins with ``= + - @``, a tab or a carriage return (OWASP, "CSV
Injection"; the wide forms of the signs count as well). Such a text gets an apostrophe before it. So does one that
already begins with apostrophes before such a sign, so that ``restored`` always gives back what ``neutral`` was given.
"""

from __future__ import annotations

import re

SIGNS = "=+-@\t\r\n＝＋－＠"
"""What a text must not begin with."""
_SIGNS = re.escape(SIGNS)
_DANGEROUS = re.compile(f"'*[{_SIGNS}]")
_NEUTRAL = re.compile(f"'+[{_SIGNS}]")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def restored(text: str) -> str:
    """Return what ``neutral`` was given; a text that it never gives is left as it is."""
    return text[1:] if _NEUTRAL.match(text) else text
