"""Colours for screens: the brand's by day, and a dark set that is derived from it and keeps its contrasts."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.report.brand import Colours

WHITE, BLACK = "#FFFFFF", "#000000"

_CONTRASTS = {
    "ink": 13.0,
    "grey": 7.0,
    "blue": 7.0,
    "blue_mid": 4.5,
    "blue_light": 4.5,
    "ochre": 4.5,
    "ochre_text": 7.0,
    "red": 6.0,
}
"""The least contrast (WCAG 2.2) of a role on the lighter of the two dark grounds."""


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (``#RRGGBB``) after WCAG 2.2: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share (0 to 1) of another in it."""
    parts = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)


def lifted(colour: str, ground: str, least: float) -> str:
    """Return the colour in its hue and saturation, just so much lighter as reaches a contrast on a dark ground."""
    if contrast(colour, ground) >= least:
        return colour
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    for step in range(round(lightness * 100), 101):
        lighter = hls_to_rgb(hue, max(lightness, step / 100), saturation)
        candidate = "#" + "".join(f"{round(part * 255):02X}" for part in lighter)
        if contrast(candidate, ground) >= least:
            return candidate
    return WHITE


def day(colours: Colours) -> Mapping[str, str]:
    """Return the colours of a light screen by role; ``paper`` is the ground, ``card`` that of charts."""
    return {**asdict(colours), "paper": WHITE, "card": WHITE, "card_ink": colours.ink}


def night(colours: Colours) -> Mapping[str, str]:
    """Return the colours of a dark screen by role; charts keep a light card with the ink of the day."""
    paper = mixed(colours.night, BLACK, 0.65)
    tint = mixed(colours.night, BLACK, 0.45)
    lifts = {
        role: lifted(colour, tint, _CONTRASTS[role]) for role, colour in asdict(colours).items() if role in _CONTRASTS
    }
    return {
        **lifts,
        "paper": paper,
        "tint": tint,
        "hair": mixed(paper, WHITE, 0.25),
        "blue_envelope": mixed(colours.night, BLACK, 0.25),
        "night": mixed(colours.night, BLACK, 0.3),
        "card": mixed(WHITE, colours.night, 0.03),
        "card_ink": colours.ink,
    }


def variables(colours: Mapping[str, str]) -> str:
    """Return colours as declarations of CSS variables."""
    return " ".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in colours.items())
