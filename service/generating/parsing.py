"""A model's reply as claims: statements, with the passages they name and the words they quote.

JSON as the schema has it where the model keeps to it; else what can be made of fences, prose
around it, trailing commas, one object, other names, or plain sentences with [1] and quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pincite.sentences import sentences
from service.generating.trouble import Trouble

SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "statements",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "statements": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "text": {"type": "string"},
                            "citations": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "properties": {
                                        "passage": {"type": "integer"},
                                        "quote": {"type": "string"},
                                    },
                                    "required": ["passage", "quote"],
                                    "additionalProperties": False,
                                },
                            },
                        },
                        "required": ["text", "citations"],
                        "additionalProperties": False,
                    },
                }
            },
            "required": ["statements"],
            "additionalProperties": False,
        },
    },
}
# The names that models give to the parts of a statement, beside those of the schema.
_LISTS = ("statements", "answer", "answers", "claims", "results")
_TEXTS = ("text", "statement", "claim", "sentence", "answer")
_CITED = ("citations", "quotes", "sources", "evidence")
_NUMBERS = ("passage", "passages", "source", "number", "n", "id", "citation")
_WORDS = ("quote", "quotes", "quoted", "words", "text")

_MOST_CITED = 4
# JSON is looked for from so many brackets on; prose before it holds few.
_MOST_STARTS = 20
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?![\d])")
_MARKER = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
# No opening mark stands in a quote: ten thousand that nothing closes are looked at once each.
_QUOTED = re.compile(r'"([^"]{8,})"|“([^“”]{8,})”|«([^«»]{8,})»')


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that a statement quotes, and the passage they are said to be of, if any is named."""

    passage: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a model, not checked yet."""

    text: str
    cited: tuple[Cited, ...] = ()


def claims_in(reply: str) -> list[Claim]:
    """The claims of a reply, in order. Raises Trouble where it has no readable form."""
    for value in _values(reply):
        rows = _rows(value)
        if rows is not None:
            return [claim for row in rows if (claim := _claim(row)) is not None]
    found = list(_from_prose(reply))
    if not found:
        raise Trouble("the model's reply is not in the form that was asked for")
    return found


def _values(reply: str) -> Iterator[Any]:
    """What JSON the reply holds: the whole, or what starts at one of its brackets."""
    for text in (reply, _TRAILING_COMMA.sub("", reply)):
        starts = [match.start() for match in re.finditer(r"[{\[]", text)][:_MOST_STARTS]
        for start in starts:
            try:
                yield json.JSONDecoder().raw_decode(text, start)[0]
            except (ValueError, RecursionError):
                continue


def _rows(value: Any) -> list[Any] | None:
    """The statements that a JSON value holds; None where it is something else."""
    if isinstance(value, list):
        return value if any(isinstance(row, dict) for row in value) else None
    if not isinstance(value, dict):
        return None
    for name in _LISTS:
        if isinstance(value.get(name), list):
            return list(value[name])
    return [value] if isinstance(_first(value, _TEXTS), str) else None


def _claim(row: Any) -> Claim | None:
    text = _first(row, _TEXTS) if isinstance(row, dict) else None
    if not isinstance(text, str):
        return None
    nested = [one for one in _listed(_first(row, _CITED)) if isinstance(one, dict)]
    cited = (pair for one in nested or [row] for pair in _pairs(one, own=one is not row))
    return Claim(text, tuple(islice(cited, _MOST_CITED)))


def _pairs(row: dict[str, Any], *, own: bool) -> Iterator[Cited]:
    """Passages and words of one citation; where lists are not as long, each goes with each."""
    numbers = [n for one in _listed(_first(row, _NUMBERS)) for n in _numbers_in(one)]
    names = _WORDS if own else _WORDS[:-1]
    words = [one for one in _listed(_first(row, names)) if isinstance(one, str) and one.strip()]
    if len(numbers) == len(words):
        yield from (Cited(n, one) for n, one in zip(numbers, words, strict=True))
    else:
        named: list[int | None] = [*numbers] or [None]
        yield from (Cited(n, one) for one in words for n in named)


def _numbers_in(value: Any) -> list[int]:
    """The passage numbers of 2, 2.0, "2", "[2]" or "passages 1, 2"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return []
    said = str(value)[:80].removesuffix(".0")
    return [int(match) for match in _NUMBER.findall(said)]


def _from_prose(reply: str) -> Iterator[Claim]:
    """Sentences that name a passage as [2], with the words that they put in quotation marks."""
    for span in sentences(reply):
        said = span.of(reply)
        numbers = [n for group in _MARKER.findall(said) for n in _numbers_in(group)]
        text = _MARKER.sub("", said).strip()
        if numbers and text:
            words = ["".join(match.groups(default="")) for match in _QUOTED.finditer(said)]
            cited = (Cited(n, one) for one in words for n in numbers)
            yield Claim(text, tuple(islice(cited, _MOST_CITED)))


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
