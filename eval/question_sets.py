"""The project's own questions over the real corpus, and whether an answer is right.

`sanctuary-dev` may be tuned on; `sanctuary-test` never. Every expected quote was checked by
reading the document.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.independent import words

FOLDER = Path(__file__).parent / "questions"
# A quote is the expected one when it holds this share of its words, in order of words.
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what a right answer cites: any of `documents`, any of `quotes`.

    `reason` is set, and `quotes` is empty, when the right answer is to say why there is none.
    """

    id: str
    text: str
    documents: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    pinpoint: str = ""
    channel: str = ""
    reason: str | None = None
    place: str | None = None
    as_of: str | None = None
    ten: bool = False


def load_questions(name: str) -> tuple[Asked, ...]:
    """The question set of that name."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_asked(table) for table in data["question"])


def _asked(table: dict[str, Any]) -> Asked:
    return Asked(
        id=table["id"],
        text=table["question"],
        documents=tuple(table.get("documents", ())),
        quotes=tuple(table.get("quotes", ())),
        pinpoint=table.get("pinpoint", ""),
        channel=table.get("channel", ""),
        reason=table.get("reason"),
        place=table.get("place"),
        as_of=str(table["as_of"]) if "as_of" in table else None,
        ten=bool(table.get("ten", False)),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one answer did. Shares over a set count every question, answered or not."""

    asked: Asked
    answered: bool
    document_first: bool
    clause_first: bool
    clause_anywhere: bool
    reason: str | None


def outcome(asked: Asked, answer: dict[str, Any]) -> Outcome:
    """Judge an answer as `POST /v1/ask` gives it."""
    cited = [answer["citations"][n - 1] for s in answer["statements"] for n in s["citations"]]
    right = [c["document_id"] in asked.documents and says(c["quote"], asked.quotes) for c in cited]
    return Outcome(
        asked=asked,
        answered=bool(cited),
        document_first=bool(cited) and cited[0]["document_id"] in asked.documents,
        clause_first=bool(right) and right[0],
        clause_anywhere=any(right),
        reason=answer["reason"],
    )


def says(quote: str, expected: Iterable[str]) -> bool:
    """Whether a quote holds most of an expected one's words, or is a good part of one."""
    return any(_shared(quote, one) >= _ENOUGH for one in expected)


def _shared(quote: str, expected: str) -> float:
    """The share of the shorter text's words that the other has, no shorter than six words."""
    ours, theirs = Counter(words(quote)), Counter(words(expected))
    common = (ours & theirs).total()
    return common / max(6, min(ours.total(), theirs.total()))
