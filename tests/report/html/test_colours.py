"""Dark colours keep the brand's hue and reach their contrast, and no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.report.html.colours import contrast, day, lifted, mixed, night, variables

if TYPE_CHECKING:
    from ewm.report.brand import Brand


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_a_colour_is_lifted_to_its_contrast_and_no_step_further() -> None:
    ground, colour = "#061F31", "#0F4C75"

    bright = lifted(colour, ground, 7.0)

    assert 7.0 <= contrast(bright, ground) < 7.6
    assert contrast(colour, ground) < 7.0
    assert bright[1:3] < bright[3:5] < bright[5:7], "still a blue"


def test_a_colour_that_is_light_enough_stays() -> None:
    assert lifted("#DFB066", "#000000", 4.5) == "#DFB066"


def test_a_contrast_out_of_reach_gives_white() -> None:
    assert lifted("#0F4C75", "#000000", 22) == "#FFFFFF"


def test_text_can_be_read_on_every_ground(brand: Brand) -> None:
    for palette in (day(brand.colours), night(brand.colours)):
        for ground in ("paper", "tint"):
            for role in ("ink", "grey", "blue", "red", "ochre_text"):
                assert contrast(palette[role], palette[ground]) >= 4.5, (role, ground)
        assert contrast(palette["card_ink"], palette["card"]) >= 4.5
        assert contrast("#FFFFFF", palette["night"]) >= 4.5
        assert contrast(palette["blue"], palette["tint"]) >= 3, "bars on their track"


def test_a_mix_lies_between_its_colours() -> None:
    assert mixed("#000000", "#FFFFFF", 0) == "#000000"
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#000000", "#FFFFFF", 1) == "#FFFFFF"


def test_variables_are_named_by_role() -> None:
    assert variables({"blue_mid": "#7399B8", "ink": "#1B2329"}) == "--blue-mid: #7399B8; --ink: #1B2329;"
