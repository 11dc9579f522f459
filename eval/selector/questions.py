"""The questions that the selector learns from (`eval/questions/selector`).

One JSON object a line: `text`, `family`, `gold` (the clauses each of which answers it; none where
no text does) and `near` (clauses that look like the answer and are not), as document and quote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import BenchmarkError
from pincite.types import Span

FOLDER = Path(__file__).parents[1] / "questions" / "selector"

Place = tuple[str, Span]
"""A stretch of a document, by its id."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with the stretches that answer it, and those that only look like it."""

    text: str
    family: str
    gold: tuple[Place, ...]
    near: tuple[Place, ...]
    answerable: bool


def lessons(text_of: Callable[[str], str], folder: Path = FOLDER) -> Iterator[Lesson]:
    """Every lesson of the folder; `text_of` gives a document's text. Raises BenchmarkError."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                yield _lesson(json.loads(line), text_of)
            except (KeyError, ValueError) as error:
                raise BenchmarkError(file, number, None, str(error)) from None


def _lesson(row: dict[str, Any], text_of: Callable[[str], str]) -> Lesson:
    gold, near = (
        tuple(place for one in row[name] for place in _places(one, text_of))
        for name in ("gold", "near")
    )
    return Lesson(row["text"], row["family"], gold, near, bool(row["gold"]))


def _places(row: dict[str, str], text_of: Callable[[str], str]) -> Iterator[Place]:
    """Everywhere that a quote stands in its document. Raises ValueError where it does not."""
    text, quote = text_of(row["document"]), row["quote"]
    at = text.find(quote)
    if at < 0:
        raise ValueError(f"{row['document']} does not hold {quote[:60]!r}")
    while at >= 0:
        yield row["document"], Span(at, at + len(quote))
        at = text.find(quote, at + 1)
