"""Plots as inline SVG, each with a title, a description and its values as a table.

Every plot is one of two: values with whiskers in groups, or curves. Colours come from the
page's stylesheet by class, so light, dark and print need nothing here; shapes and dashes say
the same as the colours do. Element trees escape what they print.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from xml.etree import ElementTree as Tree

from markupsafe import Markup

from eval.report.printing import shown

Write = Callable[[float], str]
Element = Tree.Element

WIDTH, LABELS, RIGHT = 720.0, 176.0, 24.0
ROW, GAP, AXIS = 13.0, 11.0, 30.0
CURVE_HEIGHT = 300.0
_LABEL_LENGTH = 26
# So many colours, shapes and dashes; as many series again get hollow shapes.
LOOKS = 6
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one series with its interval; `value` is None where there is none."""

    series: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A group of points on one line of labels, and how many questions stand behind them."""

    label: str
    points: tuple[Point, ...]
    questions: int | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through (x, y) in the order given."""

    series: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places along an axis, by tenfold steps where `logarithmic`."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Where the value stands; what lies outside stands at the edge."""
        low, high, here = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, here = math.log10(low), math.log10(high), math.log10(here)
        return self.start + (here - low) / (high - low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round values along the axis."""
        if self.logarithmic:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            return [10.0**power for power in powers]
        step = _round_step((self.high - self.low) / 5)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [place * step for place in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing, its legend (series with their looks), and the same values in words."""

    title: str
    note: str
    svg: Markup
    legend: tuple[tuple[Markup, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def whiskers(
    title: str,
    note: str,
    rows: Sequence[Row],
    *,
    write: Write,
    logarithmic: bool = False,
    unit: bool = False,
) -> Plot:
    """Values with their intervals, by group; `unit` fixes the axis to 0..1 at its right end."""
    series = _series(point.series for row in rows for point in row.points)
    heights = [ROW * max(1, len(row.points)) + GAP for row in rows]
    bottom = 8 + sum(heights)
    svg = _canvas(title, note, bottom + AXIS)
    scale = _scale(rows, logarithmic, unit)
    _x_axis(svg, scale, 4, bottom)
    top = 8.0
    for row, height in zip(rows, heights, strict=True):
        middle = top + (height - GAP) / 2
        _text(svg, LABELS - 12, middle + 4, _short(row.label), "label", "end")
        for place, point in enumerate(row.points):
            _whisker(svg, point, series.index(point.series), scale, top + ROW * (place + 0.5))
        top += height
    return Plot(title, note, _drawn(svg), _legend(series), *_whisker_table(rows, series, write))


def curves(title: str, note: str, lines: Sequence[Curve], *, x: str, y: str, write: Write) -> Plot:
    """Lines over shares from 0 to 1 (coverage), with y from 0."""
    series = _series(line.series for line in lines)
    svg = _canvas(title, note, CURVE_HEIGHT + AXIS + 14)
    left = 64.0
    across = Scale(0, 1, left, WIDTH - RIGHT)
    highest = max((point[1] for line in lines for point in line.points), default=1.0)
    up = Scale(0, _ceiling(highest), CURVE_HEIGHT, 10)
    _x_axis(svg, across, 10, CURVE_HEIGHT)
    _text(svg, (left + WIDTH - RIGHT) / 2, CURVE_HEIGHT + AXIS + 6, x, "axis", "middle")
    for tick in up.ticks():
        _line(svg, left, up(tick), WIDTH - RIGHT, up(tick), "grid")
        _text(svg, left - 8, up(tick) + 4, f"{tick:g}", "tick", "end")
    for line in lines:
        look = series.index(line.series)
        places = " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in _thinned(line.points))
        drawn = Tree.SubElement(
            svg, "polyline", {"points": places, "class": f"curve {_look(look)}"}
        )
        drawn.set("stroke-dasharray", _dash(look))
    columns = (x, *series)
    return Plot(
        title,
        f"{note} Upwards: {y}.",
        _drawn(svg),
        _legend(series, line=True),
        columns,
        _at_tenths(lines, write),
    )


def _legend(series: Sequence[str], *, line: bool = False) -> tuple[tuple[Markup, str], ...]:
    return tuple((_key(place, line=line), name) for place, name in enumerate(series))


def _key(place: int, *, line: bool) -> Markup:
    """The look of a series, for the legend."""
    width = 28 if line else 12
    box = f"0 0 {width} 12"
    svg = Tree.Element("svg", {"viewBox": box, "width": str(width), "height": "12"})
    svg.set("class", "key")
    svg.set("aria-hidden", "true")
    if line:
        drawn = Tree.SubElement(svg, "polyline", {"points": f"0,6 {width},6"})
        drawn.set("class", f"curve {_look(place)}")
        drawn.set("stroke-dasharray", _dash(place))
    else:
        _mark(svg, place, 6, 6)
    return _drawn(svg)


_titles = count(1)


def _canvas(title: str, note: str, height: float) -> Element:
    # An id is needed to name the drawing by its own title; it is unique on any page.
    name = f"plot-{next(_titles)}"
    box = {"viewBox": f"0 0 {WIDTH:.0f} {height:.0f}", "role": "img"}
    svg = Tree.Element("svg", box | {"aria-labelledby": f"{name}-title {name}-desc"})
    Tree.SubElement(svg, "title", {"id": f"{name}-title"}).text = shown(title)
    Tree.SubElement(svg, "desc", {"id": f"{name}-desc"}).text = shown(note)
    return svg


def _scale(rows: Sequence[Row], logarithmic: bool, unit: bool) -> Scale:
    values = [
        value
        for row in rows
        for point in row.points
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    ends = (LABELS, WIDTH - RIGHT)
    highest = max(values, default=1.0)
    if logarithmic:
        lowest = min((value for value in values if value > 0), default=1.0)
        low = 10.0 ** math.floor(math.log10(lowest))
        high = 10.0 ** math.ceil(math.log10(max(highest, low * 10)) - 1e-9)
        return Scale(low, high, *ends, logarithmic=True)
    low = min(0.0, min(values, default=0.0))
    return Scale(low, 1.0 if unit else _ceiling(highest), *ends)


def _whisker(svg: Element, point: Point, look: int, scale: Scale, y: float) -> None:
    if point.value is None:
        _text(svg, scale.start + 6, y + 4, "–", "tick", "start")
        return
    if point.low is not None and point.high is not None:
        low, high = scale(point.low), scale(point.high)
        _line(svg, low, y, high, y, f"whisker {_look(look)}")
        for end in (low, high):
            _line(svg, end, y - 3, end, y + 3, f"whisker {_look(look)}")
    _mark(svg, look, scale(point.value), y)


def _mark(svg: Element, look: int, x: float, y: float) -> None:
    shapes: tuple[tuple[tuple[float, float], ...], ...] = (
        (),
        ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
        ((0, -5), (5, 4), (-5, 4)),
        ((0, 5), (5, -4), (-5, -4)),
        ((-2, -5), (2, -5), (2, 5), (-2, 5)),
    )
    corners = shapes[look % LOOKS]
    hollow = " hollow" if look // LOOKS % 2 else ""
    names = {"class": f"mark {_look(look)}{hollow}"}
    if not corners:
        Tree.SubElement(svg, "circle", names | {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4.5"})
        return
    places = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    Tree.SubElement(svg, "polygon", names | {"points": places})


def _x_axis(svg: Element, scale: Scale, top: float, bottom: float) -> None:
    for tick in scale.ticks():
        x = scale(tick)
        _line(svg, x, top, x, bottom, "grid")
        _text(svg, x, bottom + 16, f"{tick:,g}", "tick", "middle")


def _line(svg: Element, x1: float, y1: float, x2: float, y2: float, name: str) -> None:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    Tree.SubElement(svg, "line", {k: f"{v:.1f}" for k, v in ends.items()} | {"class": name})


def _text(svg: Element, x: float, y: float, words: str, name: str, anchor: str) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": name, "text-anchor": anchor}
    Tree.SubElement(svg, "text", place).text = shown(words)


def _whisker_table(
    rows: Sequence[Row], series: tuple[str, ...], write: Write
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    counted = any(row.questions is not None for row in rows)
    columns = ("", *series, *(("questions",) if counted else ()))
    body = []
    for row in rows:
        by_series = {point.series: point for point in row.points}
        cells = [_cell(by_series.get(name), write) for name in series]
        body.append((row.label, *cells, *((str(row.questions or 0),) if counted else ())))
    return columns, tuple(body)


def _cell(point: Point | None, write: Write) -> str:
    if point is None or point.value is None:
        return "–"
    if point.low is None or point.high is None:
        return write(point.value)
    return f"{write(point.value)} [{write(point.low)}, {write(point.high)}]"


def _at_tenths(lines: Sequence[Curve], write: Write) -> tuple[tuple[str, ...], ...]:
    tenths = [place / 10 for place in range(1, 11)]
    return tuple((write(x), *(_height_at(line, x, write) for line in lines)) for x in tenths)


def _height_at(line: Curve, x: float, write: Write) -> str:
    reached = [y for place, y in line.points if place <= x + 1e-9]
    return write(reached[-1]) if reached else "–"


def _thinned(points: Sequence[tuple[float, float]], most: int = 240) -> list[tuple[float, float]]:
    step = max(1, math.ceil(len(points) / most))
    kept = list(points[::step])
    return kept if not points or kept[-1] == points[-1] else [*kept, points[-1]]


def _series(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _ceiling(highest: float) -> float:
    step = _round_step((highest or 1.0) / 5)
    return step * math.ceil((highest or 1.0) / step - 1e-9)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough - 1e-12)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…"


def _look(place: int) -> str:
    return f"s{place % LOOKS}"


def _dash(place: int) -> str:
    """The dashes of a line: those of the hollow half are moved on by some."""
    return _DASHES[(place + place // LOOKS * 2) % LOOKS] or "none"


def _drawn(svg: Element) -> Markup:
    return Markup(Tree.tostring(svg, encoding="unicode"))  # noqa: S704 - the tree escapes
