"""What a PDF's text is drawn with and on: told just well enough to know what nobody can see.

Colours count as they look on white paper; None is a colour that is not known, and so is seen.
What is painted over words later is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

Colour = tuple[float, float, float] | None
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
_BLACK: Colour = (0.0, 0.0, 0.0)
_WHITE: Colour = (1.0, 1.0, 1.0)
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
_ALIKE = 0.05
_FAINT = 0.05
_LEAST = 4.0  # points: what is thinner is a rule, and no ground of letters
_MOST = 400
_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_CALIBRATED = {"/CalGray": 1, "/CalRGB": 3}
_SET = {b"g": 1, b"rg": 3, b"k": 4}
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS = _FILLS | {b"S", b"s", b"n"}
_POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2}


class Looks(Protocol):
    """The colour spaces and graphics states that operators name."""

    def space(self, name: str) -> Any:
        """The colour space of that name, or the name."""
        ...

    def opacity(self, name: str) -> float | None:
        """How much is seen of what that graphics state fills, if it says so."""
        ...


@dataclass(frozen=True, slots=True)
class Paint:
    """What fills now: a colour of so many numbers, how much of it is seen, and where."""

    colour: Colour = _BLACK
    components: int = 1
    opacity: float = 1.0
    clip: Box = _EVERYWHERE
    exact: bool = True

    def after(self, operator: bytes, operands: Sequence[Any], looks: Looks) -> Paint:
        """The paint after an operator, which may have nothing to do with it."""
        if count := _SET.get(operator):
            return replace(self, colour=mixed(operands, count), components=count)
        if operator in (b"sc", b"scn"):
            return replace(self, colour=mixed(operands, self.components))
        if operator == b"cs" and operands:
            count = components_of(looks.space(str(operands[0])))
            return replace(self, colour=_BLACK, components=count)
        if operator == b"gs" and operands:
            opacity = looks.opacity(str(operands[0]))
            return self if opacity is None else replace(self, opacity=opacity)
        return self


PLAIN = Paint()


def mixed(operands: Sequence[Any], components: int) -> Colour:
    """The colour of so many numbers; None for a pattern, or a space that is not known."""
    numbers = [float(n) for n in operands if isinstance(n, (int, float))]
    if len(numbers) != components or len(numbers) != len(operands):
        return None
    if components == 4:
        cyan, magenta, yellow = (min(1.0, ink + numbers[3]) for ink in numbers[:3])
        return 1 - cyan, 1 - magenta, 1 - yellow
    if components == 3:
        return numbers[0], numbers[1], numbers[2]
    return (numbers[0],) * 3 if components == 1 else None


def components_of(space: Any) -> int:
    """How many numbers a colour of a space has; 0 where they do not say how light it is."""
    if not isinstance(space, list) or not space:
        return _SPACES.get(str(space), 0)
    if str(space[0]) == "/ICCBased" and len(space) > 1:
        profile = space[1].get_object()
        count = profile["/N"] if isinstance(profile, Mapping) and "/N" in profile else 0
        return count if isinstance(count, int) else 0
    return _CALIBRATED.get(str(space[0]), 0)


@dataclass(slots=True)
class Grounds:
    """What a page has filled so far, the last above the others, and the path that is drawn."""

    _filled: list[tuple[Box, Colour]] = field(default_factory=list)
    _rectangles: list[Box] = field(default_factory=list)
    _outline: list[Point] = field(default_factory=list)
    _clips: bool = False

    def draw(self, operator: bytes, operands: Sequence[Any], ctm: Matrix, paint: Paint) -> Paint:
        """Follow an operator of paths; the paint, whose clip may be another one now."""
        if operator == b"re":
            self._rectangle(operands, ctm)
        elif operator in _POINTS:
            self._outline += _placed(operands[: 2 * _POINTS[operator]], ctm)
        elif operator in (b"W", b"W*"):
            self._clips = True
        elif operator == b"sh":
            self._lay(paint.clip, None)
        elif operator in _ENDS:
            if operator in _FILLS:
                self._fill(paint)
            paint = self._clipped(paint) if self._clips else paint
            self._rectangles, self._outline, self._clips = [], [], False
        return paint

    def image(self, ctm: Matrix) -> None:
        """A picture lies there, of whatever colours."""
        self._lay(_box(_placed((0, 0, 0, 1, 1, 0, 1, 1), ctm)), None)

    def hides(self, paint: Paint, at: Point, size: float) -> bool:
        """Whether letters painted there are clipped away, or cannot be told from their ground."""
        if paint.opacity < _FAINT or not _holds(paint.clip, at, size):
            return True
        if paint.colour is None or len(self._filled) >= _MOST:
            return False
        ground = next((c for box, c in reversed(self._filled) if _holds(box, at, 0)), _WHITE)
        return ground is not None and all(
            abs(one - other) < _ALIKE for one, other in zip(paint.colour, ground, strict=True)
        )

    def _rectangle(self, operands: Sequence[Any], ctm: Matrix) -> None:
        if len(operands) < 4 or not all(isinstance(n, (int, float)) for n in operands[:4]):
            return
        x, y, width, height = map(float, operands[:4])
        corners = (x, y, x + width, y, x, y + height, x + width, y + height)
        if 0 in ctm[:2]:
            self._rectangles.append(_box(_placed(corners, ctm)))
        else:
            self._outline += _placed(corners, ctm)

    def _fill(self, paint: Paint) -> None:
        # Two rectangles may make a frame, and of another shape only the place is known.
        plain = len(self._rectangles) == 1 and not self._outline
        colour = paint.colour if plain and paint.opacity == 1.0 and paint.exact else None
        for box in self._rectangles:
            self._lay(_common(box, paint.clip), colour)
        if self._outline:
            self._lay(_common(_box(self._outline), paint.clip), None)

    def _clipped(self, paint: Paint) -> Paint:
        shapes = [*self._rectangles, *([_box(self._outline)] if self._outline else [])]
        if not shapes:
            return paint
        whole = _box([point for box in shapes for point in (box[:2], box[2:])])
        exact = paint.exact and len(shapes) == 1 and not self._outline
        return replace(paint, clip=_common(whole, paint.clip), exact=exact)

    def _lay(self, box: Box, colour: Colour) -> None:
        left, low, right, high = box
        if right - left >= _LEAST and high - low >= _LEAST and len(self._filled) < _MOST:
            self._filled.append((box, colour))


def _placed(numbers: Sequence[Any], ctm: Matrix) -> list[Point]:
    if not all(isinstance(n, (int, float)) for n in numbers):
        return []
    a, b, c, d, e, f = ctm
    pairs = zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=False)
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in pairs]


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _holds(box: Box, at: Point, margin: float) -> bool:
    x, y = at
    left, low, right, high = box
    return left - margin <= x <= right + margin and low - margin <= y <= high + margin
