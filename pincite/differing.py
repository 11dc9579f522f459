"""The word differences of two texts, faithful to the last space.

Words are aligned by the fewest that change; white space is part of the word behind it, and a
difference of white space alone is a change of white space. Common words that stand lonely among
changes are changed too, as an editor's redline has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

Side = Literal["same", "deleted", "inserted"]

# White space, then a word, a number or one other character; last, the white space at the end.
_TOKEN = re.compile(r"(\s*)(\d+(?:[.,:]\d+)*|\w+(?:['’]\w+)*|[^\w\s])|(\s+)\Z")
# Texts of about 500 words are compared word by word; longer ones between words that both hold once.
_SHORT = 250_000
_ANCHOR = 6
# Pairs of words that may be compared in one go: 30,000 by 30,000 take a third of a second.
_MOST_PAIRS = 10**9

# Up to so many common words are lonely, where longer changes stand on both sides.
_LONELY = 3

_Token = tuple[str, str]  # white space, word
_Run = tuple[bool, Sequence[_Token], Sequence[_Token]]  # the same words?, of one, of the other


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that both texts have, or that was deleted from one, or inserted by the other."""

    kind: Side
    text: str


def word_changes(one: str, other: str, most: int | None = None) -> tuple[Change, ...]:
    """What leads from `one` to `other`, in order; deleted words before those inserted for them.

    What is the same and deleted, joined, is `one`; what is the same and inserted is `other`.
    Long texts are compared between the runs of words that each holds once, so that a stretch
    that is left out takes no words from its neighbours; of more than `most` pairs of words one
    is said to stand for the other.
    """
    runs = _gathered(_aligned(_tokens(one), _tokens(other), most or _MOST_PAIRS))
    return tuple(_merged(_pieces(runs)))


def changed_words(changes: Sequence[Change]) -> tuple[int, int]:
    """How many words were deleted, and how many inserted."""
    deleted, inserted = (
        sum(len(re.findall(r"\w+(?:['’]\w+)*", c.text)) for c in changes if c.kind == kind)
        for kind in ("deleted", "inserted")
    )
    return deleted, inserted


def _tokens(text: str) -> list[_Token]:
    return [(m[1] or m[3] or "", m[2] or "") for m in _TOKEN.finditer(text)]


def _aligned(one: Sequence[_Token], other: Sequence[_Token], most: int) -> Iterator[_Run]:
    """Runs of the same words and of changed ones."""
    # Numbers for words: the library tells other values apart by hash alone.
    numbers: dict[str, int] = {}
    first, second = (
        [numbers.setdefault(word, len(numbers)) for _, word in side] for side in (one, other)
    )
    anchors = _anchors(first, second) if len(one) * len(other) > _SHORT else []
    at = other_at = 0
    for start, begin, length in [*anchors, (len(one), len(other), 0)]:
        for same, left, right in _opcodes(first[at:start], second[other_at:begin], most):
            yield same, one[at:start][left], other[other_at:begin][right]
        at, other_at = start + length, begin + length
        yield True, one[start:at], other[begin:other_at]


def _opcodes(one: list[int], other: list[int], most: int) -> Iterator[tuple[bool, slice, slice]]:
    """The fewest changes of words; too many words are one change."""
    if len(one) * len(other) > most:
        yield False, slice(None), slice(None)
        return
    for code in Levenshtein.opcodes(one, other):
        left, right = slice(code.src_start, code.src_end), slice(code.dest_start, code.dest_end)
        yield code.tag == "equal", left, right


def _anchors(one: list[int], other: list[int]) -> list[tuple[int, int, int]]:
    """Runs of words that both texts hold once and in one order: where each begins, how long."""
    mine, theirs = _once(one), _once(other)
    pairs = sorted((at, theirs[gram]) for gram, at in mine.items() if gram in theirs)
    runs: list[tuple[int, int, int]] = []
    for start, begin in _rising(pairs):
        if runs:
            first, second, length = runs[-1]
            if start - first == begin - second and start <= first + length:
                runs[-1] = first, second, start - first + _ANCHOR
                continue
            if start < first + length or begin < second + length:
                continue
        runs.append((start, begin, _ANCHOR))
    return runs


def _once(numbers: list[int]) -> dict[tuple[int, ...], int]:
    """Where each run of words that occurs once begins."""
    grams: dict[tuple[int, ...], int] = {}
    for at, gram in enumerate(zip(*(numbers[shift:] for shift in range(_ANCHOR)), strict=False)):
        grams[gram] = -1 if gram in grams else at
    return {gram: at for gram, at in grams.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs of which both sides rise (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [second]
        piles[pile : pile + 1] = [at]
    chain, at = [], piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _gathered(runs: Iterator[_Run]) -> list[_Run]:
    """Runs in turn the same and changed, without common words that are lonely among changes."""
    turns: list[_Run] = []
    for run in runs:
        if turns and turns[-1][0] == run[0]:
            run = _together(turns.pop(), run)
        elif len(turns) > 1 and not run[0] and _lonely(turns[-2], turns[-1], run):
            between, before = turns.pop(), turns.pop()
            run = _together(_together(before, between), run)
        turns.append(run)
    return turns


def _together(first: _Run, second: _Run) -> _Run:
    same = first[0] and second[0]
    return same, [*first[1], *second[1]], [*first[2], *second[2]]


def _lonely(before: _Run, between: _Run, after: _Run) -> bool:
    most = min(max(len(one), len(other)) for _, one, other in (before, after))
    return len(between[1]) <= min(_LONELY, most - 1)


def _pieces(runs: Sequence[_Run]) -> Iterator[Change]:
    for same, one, other in runs:
        if same:
            for (gap, word), (other_gap, _) in zip(one, other, strict=True):
                yield from _replaced(gap, other_gap)
                yield Change("same", word)
        else:
            yield from _replaced(_joined(one), _joined(other))


def _joined(tokens: Sequence[_Token]) -> str:
    return "".join(gap + word for gap, word in tokens)


def _replaced(one: str, other: str) -> Iterator[Change]:
    """A text for another; the white space before both stays where it is the same."""
    if one == other:
        yield Change("same", one)
        return
    shared = _gap(one)
    if shared and shared == _gap(other):
        yield Change("same", shared)
        one, other = one[len(shared) :], other[len(shared) :]
    yield Change("deleted", one)
    yield Change("inserted", other)


def _gap(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _merged(pieces: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one, nothing empty, deleted before inserted."""
    held = {"same": "", "deleted": "", "inserted": ""}
    for piece in pieces:
        if not piece.text:
            continue
        turned = ("deleted", "inserted") if piece.kind == "same" else ("same",)
        if any(held[kind] for kind in turned):
            yield from _flushed(held)
        held[piece.kind] += piece.text
    yield from _flushed(held)


def _flushed(held: dict[str, str]) -> Iterator[Change]:
    for kind in get_args(Side):
        if held[kind]:
            yield Change(kind, held[kind])
            held[kind] = ""
