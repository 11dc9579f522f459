"""Runs of text made into lines, in the order in which a person reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.runs import Run, is_apart

_SAME_BASELINE = 0.35  # of the type size: a raised footnote number still stands on the line
_COLUMN_LINES = 3
_MOST_RISES = 0.2
_WIDE_GAP = 1.5
_NUMBER = re.compile(r"\s*\d+\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `y` grows upwards.

    `inner` is where its text starts behind a number; `cells` counts the parts between wide gaps.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool = False
    turn: int = 0
    inner: float = 0.0
    cells: int = 1

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def lines_of(runs: Sequence[Run], width: float, height: float) -> list[Line]:
    """The lines of a page: columns one after the other, each from top to bottom."""
    shown = [run for run in _once(runs) if _on_page(run, width, height)]
    pieces = _pieces(shown)
    if not _has_columns(pieces):
        pieces = _top_to_bottom(pieces)
    lines = (_line(piece) for piece in pieces)
    return [line for line in lines if line.text]


def _once(runs: Iterable[Run]) -> Iterable[Run]:
    """Each run once: some programs make letters bold by drawing them twice."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        key = (run.text, round(run.x), round(run.y))
        if run.text.strip() and key in seen:
            continue
        seen.add(key)
        yield run


def _on_page(run: Run, width: float, height: float) -> bool:
    across, up = (width, height) if run.turn % 2 == 0 else (height, width)
    sign_x, sign_y = _SIGNS[run.turn]
    return -2 < sign_x * run.x < across + 2 and -2 < sign_y * run.y < up + 2


_SIGNS = ((1, 1), (1, -1), (-1, -1), (-1, 1))


def _pieces(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that follow each other on one baseline, as they were drawn."""
    pieces: list[list[Run]] = []
    for run in runs:
        last = pieces[-1] if pieces else None
        if last and _on_baseline(last[-1], run) and run.x > last[-1].end - 0.7 * run.size:
            last.append(run)
        elif run.text.strip():
            pieces.append([run])
    return pieces


def _on_baseline(left: Run, right: Run) -> bool:
    reach = _SAME_BASELINE * max(left.size, right.size)
    return left.turn == right.turn and abs(left.y - right.y) <= reach


def _has_columns(pieces: Sequence[list[Run]]) -> bool:
    """Whether texts stand side by side, so that only the drawing order tells how to read."""
    falls: list[list[list[Run]]] = []  # stretches in which each piece stands below the last
    for piece in pieces:
        if not falls or piece[0].y > falls[-1][-1][0].y + 0.5 * piece[0].size:
            falls.append([])
        falls[-1].append(piece)
    texts = [fall for fall in map(_texts, falls) if len(fall) >= _COLUMN_LINES]
    if len(falls) > max(6, _MOST_RISES * len(pieces)):
        return True
    return any(_beside(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :])


def _texts(pieces: Iterable[list[Run]]) -> list[list[Run]]:
    return [piece for piece in pieces if sum(len(run.text.split()) for run in piece) > 2]


def _beside(left: Sequence[list[Run]], right: Sequence[list[Run]]) -> bool:
    """Whether two stretches share heights but not the page's width."""
    a, b = _box(left), _box(right)
    shared = min(a[3], b[3]) - max(a[2], b[2])
    return shared > 2 * left[0][0].size and (a[1] <= b[0] or b[1] <= a[0])


def _box(pieces: Sequence[list[Run]]) -> tuple[float, float, float, float]:
    return (
        min(piece[0].x for piece in pieces),
        max(piece[-1].end for piece in pieces),
        min(piece[0].y for piece in pieces),
        max(piece[0].y for piece in pieces),
    )


def _top_to_bottom(pieces: Sequence[list[Run]]) -> list[list[Run]]:
    """One column: by height, and what shares a baseline from left to right as one line."""
    rows: list[list[Run]] = []
    for piece in sorted(pieces, key=lambda p: (p[0].turn, -p[0].y)):
        if rows and _shares_row(rows[-1], piece):
            rows[-1].extend(piece)
        else:
            rows.append(list(piece))
    return [sorted(row, key=lambda run: run.x) for row in rows]


def _shares_row(row: Sequence[Run], piece: Sequence[Run]) -> bool:
    first, other = row[0], piece[0]
    apart, size = abs(first.y - other.y), min(first.size, other.size)
    if first.turn != other.turn:
        return False
    if len(piece) == 1 and len(other.text.strip()) == 1:  # a bullet may hang lower
        return apart <= 0.5 * size
    return apart <= 0.25 * size or (apart <= 0.8 * size and _fills(row, piece))


def _fills(row: Sequence[Run], piece: Sequence[Run]) -> bool:
    """Whether a value stands over a blank in the other line, as forms are filled in."""
    return any(
        blank.text.startswith("__") and blank.x - size < value.x < blank.end
        for blanks, values in ((row, piece), (piece, row))
        for blank in blanks
        for value in values
        if (size := value.size) and not value.text.startswith("_")
    )


def _line(runs: Sequence[Run]) -> Line:
    text = ""
    last: Run | None = None
    for run in runs:
        if last is not None and text[-1:] != " " and (is_apart(last, run.x) or _over(last, run)):
            text += " "
        text += run.text
        last = run if run.text.strip() or last is None else last
    inked, letters = _inked(runs)
    return Line(
        text=" ".join(text.split()),
        x=inked[0].x,
        end=max(run.end for run in inked),
        y=inked[0].y,
        size=_size(letters),
        bold=all(run.bold for run in letters),
        turn=inked[0].turn,
        inner=_inner(inked),
        cells=1 + sum(b.x - a.end > _WIDE_GAP * b.size for a, b in pairwise(inked)),
    )


def _inked(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The runs that show anything, and those with letters or digits."""
    inked = [run for run in runs if run.text.strip()] or list(runs)
    letters = [run for run in inked if any(c.isalnum() for c in run.text)]
    return inked, letters or inked


def _size(letters: Sequence[Run]) -> float:
    """The size of most of the letters."""
    counts: Counter[float] = Counter()
    for run in letters:
        counts[round(run.size, 1)] += len(run.text)
    return counts.most_common(1)[0][0]


def _over(last: Run, run: Run) -> bool:
    """Whether a run is written over the end of the last, as a value over its blank."""
    return run.x < last.end - last.size


def _inner(inked: Sequence[Run]) -> float:
    """Where the text behind a leading number starts; the line's own start without one."""
    first = inked[0]
    if first.text.strip().isdigit() and len(inked) > 1:
        return inked[1].x
    number = _NUMBER.match(first.text)
    share = number.end() / len(first.text) if number else 0.0
    return first.x + share * (first.end - first.x)
