"""A page read by rapidocr: its lines are found, cut where words stand apart, and recognised.

The recogniser was made for Chinese and loses the spaces of English set in some faces. Where it
gives a line fewer words than the picture shows gaps, each word is recognised by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.readers.format import Limits

_PARAGRAPH_GAP = 1.5  # in distances between neighbouring lines
_WORD_GAP = 0.27  # in heights of a line; a space is a quarter of the letters' size or more
_EDGE = 0.1  # of a line's height: there the lines above and below reach in
_MARGIN = 4  # pixels left around a word
# The finder of lines takes some 170 bytes a pixel. A letter page comes to 3.1 million at the
# engine's own longest side; a square one would come to 4, and one file's memory is bounded.
_MOST_PIXELS = 3_200_000
_LONGEST_SIDE = 2000  # the engine's own


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of words and where it stands, in pixels from the top left."""

    left: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """The height at which its words stand."""
        return (self.top + self.bottom) / 2


def read_page(image: bytes, _: Limits) -> str:
    """The lines of a page's picture, paragraphs apart by a blank line."""
    engine = loaded()
    picture = fitted(engine, image)
    found, _seconds = engine.auto_text_det(picture)
    if found is None:
        return ""
    crops = engine.get_crop_img_list(picture, found)
    return written(
        Box(
            left=float(corners[:, 0].min()),
            top=float(corners[:, 1].min()),
            bottom=float(corners[:, 1].max()),
            text=_recognised(engine, crop),
        )
        for corners, crop in zip(found, crops, strict=True)
    )


def written(boxes: Iterable[Box]) -> str:
    """The boxes as lines in reading order, with a blank one where the page leaves a gap."""
    rows = _rows([box for box in boxes if box.text])
    places = [sum(box.middle for box in row) / len(row) for row in rows]
    steps = [after - before for before, after in pairwise(places)]
    usual = median(steps) if steps else 0.0
    pieces = [" ".join(box.text for box in row) for row in rows]
    ends = ["\n\n" if step > _PARAGRAPH_GAP * usual else "\n" for step in steps]
    return "".join(piece + end for piece, end in zip(pieces, [*ends, ""], strict=False))


def gaps(ink: Sequence[int], widest: float) -> list[int]:
    """Where to cut: the positions in `ink`, columns that hold some, after which a gap comes."""
    return [at for at, (here, after) in enumerate(pairwise(ink), start=1) if after - here > widest]


def fitted(engine: Any, image: bytes) -> Any:
    """The picture, small enough for the engine and for the memory that one file may take."""
    read = engine.load_img.load_img(image)
    height, width = read.shape[:2]
    fits = max(height, width) * math.sqrt(_MOST_PIXELS / (height * width))
    engine.max_side_len = min(_LONGEST_SIDE, int(fits))
    small, *_scale = engine.preprocess(read)
    return engine.load_img.convert_img(small, bytes)


@cache
def loaded() -> Any:
    """The engine, on one thread, a line at a time.

    Batches are padded to their longest line and single words to the width given here, and
    threads wait in a loop: two of them with batches of six take three times the processor.
    """
    import_module("cv2").setNumThreads(1)
    return import_module("rapidocr_onnxruntime").RapidOCR(
        intra_op_num_threads=1,
        inter_op_num_threads=1,
        rec_batch_num=1,
        rec_img_shape=[3, 48, 32],
    )


def _recognised(engine: Any, crop: Any) -> str:
    """The words of a line. Unsure ones stay as they are."""
    line = _text(engine, [crop])
    words = _cut(crop)
    return line if len(line.split()) >= len(words) else _text(engine, words)


def _text(engine: Any, crops: Sequence[Any]) -> str:
    found, _seconds = engine.text_rec(list(crops))
    return " ".join(" ".join(text for text, *_ in found).split())


def _cut(crop: Any) -> list[Any]:
    """The pictures of a line's words."""
    cv2 = import_module("cv2")
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    height = len(grey)
    edge = int(height * _EDGE)
    columns = dark[edge : height - edge].any(axis=0).tolist()
    ink = [at for at, dark_one in enumerate(columns) if dark_one]
    ends = [0, *gaps(ink, _WORD_GAP * height), len(ink)]
    return [
        crop[:, max(0, ink[start] - _MARGIN) : ink[end - 1] + 1 + _MARGIN]
        for start, end in pairwise(ends)
        if start < end
    ]


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes whose middles stand in one another's height make a line, from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        last = rows[-1][-1] if rows else None
        if last and (last.top < box.middle < last.bottom and box.top < last.middle < box.bottom):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]
