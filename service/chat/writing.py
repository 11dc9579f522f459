"""An answer as the content of a chat message, with the places of its citations in it.

The content is a row of blocks, and only whole blocks are left out: a quote is never cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.reasons import REASONS

Json = dict[str, Any]
Link = Callable[[Json], str]

BETWEEN = "\n\n"
_NEAREST = "Nearest, not an answer:\n"
_MOST_NEAREST = 3
_PIECE = re.compile(r"\w+|[^\w\s]")
# A chat window reads content as Markdown: these would load a picture, link, or become HTML.
_ACTIVE = re.compile(r"!\[|\][(\[:]|<[A-Za-z/!?]|`|~~~|https?:|www\.|data:|javascript:", re.I)


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a citation stands in the content, what it is called and where it is shown."""

    start: int
    end: int
    title: str
    url: str

    def moved(self, by: int) -> Cited:
        """The same in a text that begins so much earlier."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of content that stands or falls as a whole."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message; `cut` says that there was no room for all of it."""

    blocks: tuple[Block, ...]
    cut: bool = False

    @property
    def text(self) -> str:
        """The blocks, one after the other."""
        return "".join(block.text for block in self.blocks)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Every citation, by its place in the whole text."""
        return tuple(one for block in self.blocks for one in block.cited)


def tokens(text: str) -> int:
    """How many words and signs a text has: what this service counts as tokens."""
    return sum(1 for _ in _PIECE.finditer(text))


def written(answer: Json, link: Link, most: int | None = None) -> Content:
    """An answer as content of at most so many tokens; `link` gives the page of a citation."""
    kept: list[Block] = []
    place = spent = 0
    for block in blocks(answer, link):
        before = BETWEEN if kept else ""
        spent += tokens(block.text)
        if most is not None and spent > most:
            return Content(tuple(kept), cut=True)
        cited = tuple(one.moved(place + len(before)) for one in block.cited)
        kept.append(Block(before + block.text, cited))
        place += len(kept[-1].text)
    return Content(tuple(kept))


def blocks(answer: Json, link: Link) -> Iterator[Block]:
    """The answer: why there is none, each statement with its quotes, cautions, what is nearest."""
    if answer["reason"]:
        yield Block(f"{REASONS[answer['reason']]} ({answer['reason']}).")
    for statement in answer["statements"]:
        yield _statement(statement, answer["citations"], link)
    for notice in answer["notices"]:
        yield Block(f"Note: {safe(notice)}")
    for near in answer["nearest"][:_MOST_NEAREST]:
        # An annotation would call it a source of what was said.
        shown = _joined(_quoted(near, f"({near['n']})", link))
        yield Block(f"{_NEAREST if near['n'] == 1 else ''}{shown.text}")


def safe(line: str) -> str:
    """One line that no chat window reads as a picture, a link or HTML."""
    line = " ".join(line.split())
    if not _ACTIVE.search(line):
        return line
    fence = _fence(line, 1)
    return f"{fence} {line} {fence}"


def _statement(statement: Json, citations: Sequence[Json], link: Link) -> Block:
    """Whose words follow, or what a model made of them; then the words, each with its source."""
    cited = [citations[n - 1] for n in statement["citations"]]
    verbatim = statement["text"] in [citation["quote"] for citation in cited]
    said = statement.get("lead", "") if verbatim else _with_numbers(statement)
    parts = [Block(safe(said))] if said else []
    for citation in cited:
        parts += _quoted(citation, f"[{citation['n']}]", link)
    return _joined(parts)


def _with_numbers(statement: Json) -> str:
    return f"{statement['text']} {' '.join(f'[{n}]' for n in statement['citations'])}"


def _quoted(citation: Json, number: str, link: Link) -> list[Block]:
    """A quote with its printed citation, what it is worth, its page, and what goes with it."""
    parts = [_source(citation, f"— {number} ", _worth(citation), link)]
    for companion in citation.get("companions", ()):
        other, term = companion["citation"], companion["term"]
        parts.append(Block(f"{safe(term)} means:" if term else "But:"))
        parts.append(_source(other, "— ", "", link))
    return parts


def _source(citation: Json, number: str, worth: str, link: Link) -> Block:
    """A quote and its printed citation, which are what an annotation points at."""
    url = link(citation)
    cited = f"{_verbatim(citation['quote'])}\n{number}{safe(citation['citation'])}"
    text = f"{cited}{f' ({worth})' if worth else ''}\n  {url}"
    return Block(text, (Cited(0, len(cited), citation["citation"], url),))


def _verbatim(quote: str) -> str:
    """A quote, untouched: between quotation marks, or fenced where it could act as markup."""
    if not _ACTIVE.search(quote):
        return f"“{quote}”"
    fence = _fence(quote, 3)
    return f"{fence}\n{quote}\n{fence}"


def _worth(citation: Json) -> str:
    authority, force = citation["authority"], citation["force"]
    said = [citation["channel"], authority, force if force not in authority else ""]
    return safe("; ".join(part for part in [*said, citation["standing"]] if part))


def _fence(text: str, least: int) -> str:
    """A row of backticks that is longer than any in the text."""
    longest = max((len(row) for row in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


def _joined(parts: Iterable[Block]) -> Block:
    """Blocks as one, a line each."""
    text, cited = "", []
    for part in parts:
        before = "\n" if text else ""
        cited += [one.moved(len(text) + len(before)) for one in part.cited]
        text += before + part.text
    return Block(text, tuple(cited))
