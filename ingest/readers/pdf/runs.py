"""A page's drawing operators made into runs of text with their places. Knows no PDF library.

Character and word spacing, horizontal scaling and kerning all move the pen here: a space is
written only where the page shows one, so that letters set apart by spacing stay one word.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ingest.readers.pdf.paints import PLAIN, Grounds, Looks, Matrix, Paint

Operation = tuple[Sequence[Any], bytes]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
GLYPH_NUMBERS = 0xF0000  # private use: a glyph whose character is not known, by its number
# Modes of letters that draw nothing: invisible, or the shape of a clip; and those that fill.
_INVISIBLE, _FILLED = (3, 7), (0, 4)
_UNREADABLE = 1.5  # points
_DEEPEST = 12
_MOST_FORMS = 2000


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one character code shows, and how far it moves the pen, in ems."""

    text: str
    width: float
    is_space_code: bool = False


class Face(Protocol):
    """A font: how its strings decode."""

    bold: bool
    space: float
    drawn: bool
    """Whether its glyphs are drawings with sizes and colours of their own."""

    def glyphs(self, data: bytes) -> Iterable[Glyph]:
        """The glyphs of a shown string."""
        ...


@dataclass(frozen=True, slots=True)
class Image:
    """An image: only the place that it covers matters here."""


@dataclass(frozen=True, slots=True)
class Form:
    """A drawing within the drawing."""

    key: int
    matrix: Matrix
    operations: Callable[[], Iterable[Operation]]
    resources: Resources


class Resources(Looks, Protocol):
    """The fonts and drawings that operators name."""

    def face(self, name: str) -> Face | None:
        """The font of that name."""
        ...

    def drawing(self, name: str) -> Image | Form | None:
        """The image or form of that name."""
        ...


@dataclass(slots=True)
class Run:
    """Characters shown on one baseline. `x` and `y` are measured along the direction of reading."""

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool
    space: float
    turn: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Ink:
    """What a page shows: its text runs in drawing order, and the area that images cover."""

    runs: list[Run] = field(default_factory=list)
    image_area: float = 0.0


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix
    face: Face | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    paint: Paint = PLAIN


@dataclass(frozen=True, slots=True)
class _Pen:
    """Where a string starts, how far a unit of text space moves, and what its runs look like."""

    start: float
    base: float
    turn: int
    unit: float
    size: float
    state: _State
    hidden: bool

    @classmethod
    def at(cls, place: Matrix, state: _State, grounds: Grounds) -> _Pen:
        a, b, c, d, x, y = place
        turn = round(math.degrees(math.atan2(b, a)) / 90) % 4
        along, across = ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
        size = abs(state.size) * math.hypot(c, d) or 1.0
        inside = 0.3 * state.size
        middle = (x + inside * (a + c), y + inside * (b + d))
        hidden = state.mode in _INVISIBLE or (
            state.mode in _FILLED
            and not (state.face and state.face.drawn)
            and grounds.hides(state.paint, middle, size)
        )
        return cls(along, across, turn, math.hypot(a, b), size, state, hidden)

    @property
    def unreadable(self) -> bool:
        """Whether its letters are smaller than any print."""
        return self.size < _UNREADABLE and not (self.state.face and self.state.face.drawn)

    def run(self, start: float) -> Run:
        """A new run that starts there."""
        face = self.state.face
        return Run(
            text="",
            x=start,
            end=start,
            y=self.base,
            size=self.size,
            bold=face is not None and face.bold,
            space=face.space if face else 0.25,
            turn=self.turn,
            hidden=self.hidden,
        )


class Painter:
    """Follows operators and collects the ink. One painter a page."""

    def __init__(self, ctm: Matrix = IDENTITY) -> None:
        self.ink = Ink()
        self._state = _State(ctm)
        self._stack: list[_State] = []
        self._line = self._pen = IDENTITY
        self._run: Run | None = None
        self._inside: list[int] = []
        self._forms = 0
        self._grounds = Grounds()
        self._acts: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": lambda a: self._set(ctm=product(_matrix(a), self._state.ctm)),
            b"BT": lambda a: self._place(IDENTITY),
            b"Tm": lambda a: self._place(_matrix(a)),
            b"Td": lambda a: self._next(_number(a, 0), _number(a, 1)),
            b"TD": self._next_leading,
            b"T*": lambda a: self._next(0.0, -self._state.leading),
            b"Tc": lambda a: self._set(spacing=_number(a, 0)),
            b"Tw": lambda a: self._set(word_spacing=_number(a, 0)),
            b"Tz": lambda a: self._set(scale=_number(a, 0) / 100),
            b"TL": lambda a: self._set(leading=_number(a, 0)),
            b"Ts": lambda a: self._set(rise=_number(a, 0)),
            b"Tr": lambda a: self._set(mode=int(_number(a, 0))),
            b"Tj": lambda a: self._show(a[:1]),
            b"TJ": lambda a: self._show(a[0] if a and isinstance(a[0], list) else ()),
            b"'": self._next_and_show,
            b'"': self._spaced_and_show,
        }

    def paint(self, operations: Iterable[Operation], resources: Resources) -> None:
        """Follow a content stream."""
        for operands, operator in operations:
            if operator == b"Tf":
                face = resources.face(str(operands[0])) if operands else None
                self._set(face=face, size=_number(operands, 1))
            elif operator == b"Do":
                self._draw(resources.drawing(str(operands[0])) if operands else None)
            elif operator == b"INLINE IMAGE":
                self._cover()
            elif act := self._acts.get(operator):
                act(operands)
            else:
                self._paint(operator, operands, resources)
        self._flush()

    def draw(self, form: Form, ctm: Matrix) -> None:
        """Draw a form at a place of its own, as an annotation's appearance is."""
        self._state = replace(self._state, ctm=ctm, paint=PLAIN)
        self._draw(form)

    def _draw(self, drawing: Image | Form | None) -> None:
        if isinstance(drawing, Image):
            self._cover()
        if not isinstance(drawing, Form) or drawing.key in self._inside:
            return
        self._forms += 1
        if len(self._inside) >= _DEEPEST or self._forms > _MOST_FORMS:
            return
        before = self._state, self._stack, self._line, self._pen
        self._flush()
        self._inside.append(drawing.key)
        self._stack = []
        self._set(ctm=product(drawing.matrix, self._state.ctm))
        self.paint(drawing.operations(), drawing.resources)
        self._inside.pop()
        self._state, self._stack, self._line, self._pen = before

    def _paint(self, operator: bytes, operands: Sequence[Any], resources: Resources) -> None:
        paint = self._state.paint.after(operator, operands, resources)
        paint = self._grounds.draw(operator, operands, self._state.ctm, paint)
        if paint is not self._state.paint:
            self._set(paint=paint)

    def _cover(self) -> None:
        self._grounds.image(self._state.ctm)
        a, b, c, d, _, _ = self._state.ctm
        self.ink.image_area += abs(a * d - b * c)

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def _save(self, _: Sequence[Any]) -> None:
        self._stack.append(self._state)

    def _restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _place(self, matrix: Matrix) -> None:
        self._flush()
        self._line = self._pen = matrix

    def _next(self, x: float, y: float) -> None:
        self._place(product((1.0, 0.0, 0.0, 1.0, x, y), self._line))

    def _next_leading(self, operands: Sequence[Any]) -> None:
        self._set(leading=-_number(operands, 1))
        self._next(_number(operands, 0), _number(operands, 1))

    def _next_and_show(self, operands: Sequence[Any]) -> None:
        self._next(0.0, -self._state.leading)
        self._show(operands[:1])

    def _spaced_and_show(self, operands: Sequence[Any]) -> None:
        self._set(word_spacing=_number(operands, 0), spacing=_number(operands, 1))
        self._next_and_show(operands[2:])

    def _show(self, parts: Sequence[Any]) -> None:
        state = self._state
        if state.face is None:
            return
        place = product((1, 0, 0, 1, 0, state.rise), product(self._pen, state.ctm))
        pen = _Pen.at(place, state, self._grounds)
        moved = 0.0
        for part in parts:
            if isinstance(part, bytes):
                for glyph in state.face.glyphs(part):
                    width = glyph.width * state.size * state.scale
                    if not pen.unreadable:
                        self._add(glyph.text, moved, width, pen)
                    extra = state.word_spacing if glyph.is_space_code else 0.0
                    moved += width + (state.spacing + extra) * state.scale
            elif isinstance(part, (int, float)):
                moved -= float(part) / 1000 * state.size * state.scale
        a, b, c, d, e, f = self._pen
        self._pen = (a, b, c, d, e + moved * a, f + moved * b)
        self._flush()

    def _add(self, text: str, moved: float, width: float, pen: _Pen) -> None:
        start = pen.start + moved * pen.unit
        run = self._run
        if run is None or not _continues(run, text, start):
            self._flush()
            run = self._run = pen.run(start)
        elif text != " " and is_apart(run, start) and not run.text.endswith(" "):
            run.text += " "
        run.text += text
        run.end = start + width * pen.unit

    def _flush(self) -> None:
        if self._run is not None and self._run.text:
            self.ink.runs.append(self._run)
        self._run = None


def is_apart(run: Run, start: float) -> bool:
    """Whether what starts there stands a word's distance behind the run."""
    return start - run.end > min(max(0.6 * run.space, 0.13), 0.3) * run.size


def product(left: Matrix, right: Matrix) -> Matrix:
    """The matrix that applies `left` and then `right`."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _continues(run: Run, text: str, start: float) -> bool:
    """A run breaks at wide gaps and around blanks, so that a filled-in value can stand there."""
    if start - run.end > run.size or start < run.end - run.size:
        return False
    return (text == "_") == run.text.endswith("_") and not run.text.endswith("   ")


def _number(operands: Sequence[Any], index: int) -> float:
    value = operands[index] if index < len(operands) else 0.0
    return float(value) if isinstance(value, (int, float)) else 0.0


def _matrix(operands: Sequence[Any]) -> Matrix:
    if len(operands) < 6:
        return IDENTITY
    a, b, c, d, e, f = (_number(operands, index) for index in range(6))
    return a, b, c, d, e, f
