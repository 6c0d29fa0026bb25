"""Accent colours: contrast as WCAG computes it, the nearest colour that can be read, both themes."""

import re
from math import cos

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.present import colour
from quiz.present.colour import DARK, LIGHT, READABLE
from quiz.settings import PROJECT

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
CAREFUL = settings(deadline=None, derandomize=True, max_examples=300)


class TestContrast:
    """Contrast."""

    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            # As WebAIM's and the W3C's own examples give them.
            *(("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)),
            *(("#ff0000", "#ffffff", 4.00), ("#0000ff", "#ffffff", 8.59), ("#123456", "#123456", 1.0)),
        ],
    )
    def test_it_is_wcags_ratio(self, one, other, ratio):
        assert colour.contrast(one, other) == pytest.approx(ratio, abs=0.005)

    @CAREFUL
    @given(COLOURS, COLOURS)
    def test_it_is_the_same_both_ways_and_from_1_to_21(self, one, other):
        ratio = colour.contrast(one, other)
        assert ratio == colour.contrast(other, one)
        assert 1 <= ratio <= 21


class TestNearest:
    """The nearest colour that can be read."""

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @CAREFUL
    @given(chosen=COLOURS)
    def test_it_can_be_read_and_stays_as_it_is_from_then_on(self, theme, chosen):
        found = colour.nearest(chosen, theme)
        assert colour.least_contrast(found, theme) >= READABLE
        assert colour.nearest(found, theme) == found

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @CAREFUL
    @given(chosen=COLOURS)
    def test_a_colour_that_can_be_read_is_left_alone(self, theme, chosen):
        assert (colour.nearest(chosen, theme) == chosen) == colour.is_readable(chosen, theme)

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @CAREFUL
    @given(chosen=COLOURS)
    def test_it_changes_no_more_than_it_must(self, theme, chosen):
        """Past the border by less than what a step of lightness changes."""
        found = colour.nearest(chosen, theme)
        if found != chosen:
            assert colour.least_contrast(found, theme) < READABLE + 0.12

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @CAREFUL
    @given(chosen=COLOURS)
    def test_it_keeps_its_hue(self, theme, chosen):
        before, after = colour._to_oklch(chosen), colour._to_oklch(colour.nearest(chosen, theme))
        if min(before[1], after[1]) > 0.05:  # greys have no hue to keep
            assert cos(before[2] - after[2]) > 0.995

    def test_a_yellow_is_darkened_on_paper_and_left_bright_at_night(self):
        assert colour.nearest("#ffd400", LIGHT) == "#8a7200"
        assert colour.nearest("#ffd400", DARK) == "#ffd400"


class TestAccents:
    """A colour in both themes."""

    @CAREFUL
    @given(COLOURS)
    def test_it_is_readable_everywhere_whatever_was_chosen(self, chosen):
        both = colour.accents(chosen)
        for shade, theme in ((both.light, LIGHT), (both.dark, DARK)):
            grounds = (*theme.surfaces, shade.on_accent, shade.wash)
            assert min(colour.contrast(shade.accent, ground) for ground in grounds) >= READABLE

    def test_the_themes_are_those_of_the_style_sheet(self):
        sheet = (PROJECT / "static" / "app.css").read_text(encoding="utf-8")
        for number, theme in enumerate((LIGHT, DARK)):
            pairs = {
                name: colour.read(pair.split(",")[number].strip())
                for name, pair in re.findall(r"--([\w-]+): light-dark\(([^)]*)\)", sheet)
            }
            assert (pairs["paper"], pairs["sheet"]) == theme.surfaces
        assert "--on-accent: light-dark(#fff," in sheet


class TestReading:
    """Colours as people type them."""

    @pytest.mark.parametrize("typed", ["#1a5fb4", "#1A5FB4", "1a5fb4", "  #1a5fb4 "])
    def test_a_colour_is_understood(self, typed):
        assert colour.read(typed) == "#1a5fb4"

    def test_three_digits_are_doubled(self):
        assert colour.read("#15b") == "#1155bb"

    @pytest.mark.parametrize(
        "typed", ["", "#", "red", "#12345", "#1234567", "#12345g", "rgb(1,2,3)", "#1a5fb4;", "١٢٣", "#123\n}", "\x00"]
    )
    def test_anything_else_is_none(self, typed):
        assert colour.read(typed) is None
