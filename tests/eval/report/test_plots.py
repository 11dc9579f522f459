"""Drawings put values where they belong, and say in words what they show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from eval.report.plots import LOOKS, Curve, Plot, Point, Row, Scale, curves, whiskers
from eval.report.printing import milliseconds, share, shown, signed


def drawn(plot: Plot) -> Any:
    return etree.fromstring(str(plot.svg))


def plot(*points: Point, logarithmic: bool = False) -> Plot:
    return whiskers("T", "N", [Row("r", points)], write=share, logarithmic=logarithmic)


def test_a_whisker_runs_from_low_to_high_through_the_value() -> None:
    tree = drawn(plot(Point("a", 0.5, 0.25, 1.0)))
    whisker = tree.findall(".//line[@class='whisker s0']")[0]
    low, high = float(whisker.get("x1")), float(whisker.get("x2"))
    middle = float(tree.find(".//circle").get("cx"))
    # a third of the way from .25 to 1, as 0.5 is
    assert (middle - low) / (high - low) == pytest.approx(1 / 3, abs=0.01)


def test_a_missing_value_is_no_mark() -> None:
    made = plot(Point("a", None), Point("b", 0.5))
    assert drawn(made).find(".//circle") is None
    assert made.rows == (("r", "–", "0.500"),)


def test_the_table_has_what_is_drawn() -> None:
    made = plot(Point("a", 0.5, 0.25, 0.75), Point("b", 0.6))
    assert made.columns == ("", "a", "b")
    assert made.rows == (("r", "0.500 [0.250, 0.750]", "0.600"),)
    assert [name for _, name in made.legend] == ["a", "b"]


def test_as_many_systems_as_there_are_look_different() -> None:
    made = plot(*(Point(f"s{n}", 0.5) for n in range(2 * LOOKS)))
    assert len({str(look) for look, _ in made.legend}) == 2 * LOOKS
    lines = curves(
        "T", "N", [Curve(f"s{n}", ((0, 0),)) for n in range(2 * LOOKS)], x="x", y="y", write=share
    )
    assert len({str(look) for look, _ in lines.legend}) == 2 * LOOKS


def test_hostile_labels_are_text() -> None:
    made = whiskers("<b>&\x00", "\ud800<i>", [Row('"><script>', ())], write=share)
    tree = drawn(made)
    assert tree.find("title").text == "<b>&\ufffd"
    assert tree.find(".//script") is None


def test_a_curve_in_words_gives_its_height_at_each_tenth() -> None:
    line = Curve("a", ((0.05, 0.0), (0.5, 0.2), (1.0, 0.4)))
    made = curves("T", "N", [line], x="coverage", y="risk", write=share)
    assert made.rows[0] == ("0.100", "0.000")
    assert made.rows[4] == ("0.500", "0.200")
    assert made.rows[-1] == ("1.000", "0.400")


def test_a_curve_of_thousands_of_points_is_thinned_and_keeps_its_end() -> None:
    line = Curve("a", tuple((n / 5000, n / 5000) for n in range(5001)))
    made = drawn(curves("T", "N", [line], x="x", y="y", write=share))
    places = made.find(".//polyline").get("points").split()
    assert len(places) < 300
    assert places[-1] == "696.0,10.0"


@pytest.mark.parametrize("values", [(), (0.0,), (1e-9,), (3.2, 700.0), (1e6,)])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_any_values_can_be_drawn(values: tuple[float, ...], logarithmic: bool) -> None:
    made = plot(*(Point(f"s{n}", v, v, v) for n, v in enumerate(values)), logarithmic=logarithmic)
    assert "nan" not in str(made.svg)


@given(st.floats(-10, 10), st.floats(0.01, 10), st.floats(-100, 100))
def test_a_value_never_leaves_the_axis(low: float, width: float, value: float) -> None:
    scale = Scale(low, low + width, 100, 200)
    assert 100 <= scale(value) <= 200 + 1e-6
    assert all(99.9 <= scale(tick) <= 200.1 for tick in scale.ticks())


@given(st.text())
def test_what_is_shown_can_be_written_and_holds_no_controls(text: str) -> None:
    clean = shown(text)
    assert len(clean) == len(text)
    assert clean.encode().decode() == clean
    assert shown(clean) == clean


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.25, "+0.250"), (-0.25, "−0.250"), (0.0, "0.000"), (0.0001, "0.000"), (None, "–")],
)
def test_a_difference_has_a_sign_unless_it_is_nought(value: float | None, printed: str) -> None:
    assert signed(share, value) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(3.14, "3.1 ms"), (1234.5, "1,234 ms"), (0, "0 ms")]
)
def test_times_are_printed_to_what_can_be_told_apart(value: float, printed: str) -> None:
    assert milliseconds(value) == printed
