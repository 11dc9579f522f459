"""Is the place right? The program's pinpoints against those of the `sanctuary` benchmark's gold.

    python -m eval.pinpoints [FOLDER]     # of the real corpus; prints every miss and the shares

Every gold quote of both halves has a document, a span and the place that a person gave it. The
place that the program prints for the same span is *equal* when it is the same after normalising
(`Sec.` is `§`, `IV.E` is `IV(E)`, an act's own section or the clause that it rewrites), *inside*
when it is a clause of it or the page of its Part, *wide* when it is only what holds it, else
*wrong*. Not compared: quotes without a gold place, and pages that the copy held does not print.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from eval.corpus import ROOT
from eval.errors import EvaluationError
from eval.formats.rows import json_lines
from eval.opinions import rulings
from pincite.citing.pinpoints import Pin, pin
from pincite.types import Document, Span

QUESTIONS = ROOT / "eval" / "benchmarks" / "sanctuary"
TARGET = 0.95

Verdict = Literal["equal", "inside", "wide", "wrong", "unpaged", "unlabelled"]
RIGHT: frozenset[Verdict] = frozenset({"equal", "inside"})
COMPARED: frozenset[Verdict] = frozenset({"equal", "inside", "wide", "wrong"})

_SECTION_WORD = re.compile(
    r"§+|\b(?:sec(?:tion|\.)s?|para\.|adding|amending|proposed|repealing|note)(?=[\s,]|$)"
)
_DOTTED = re.compile(r"(?<!\bn)[.-](?=(?:[a-z]|\d{1,2}|[ivx]+)(?:$|[ .,(–-]))(\w+)")
_ACT = re.compile(r"(?P<own>[^(]*?) \((?P<there>.+)\)")
_INSIDE = ("(", " (", ".", ",", "–", " n.", " at ")


@dataclass(frozen=True, slots=True)
class Gold:
    """A quote's place, as a person gave it."""

    question: str
    document_id: str
    span: Span
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold place and the program's."""

    gold: Gold
    kind: str
    pin: Pin
    verdict: Verdict

    def __str__(self) -> str:
        where = f"{self.gold.question} {self.gold.document_id}"
        return f"{self.verdict:8} {where}: {self.pin.text!r}, gold {self.gold.place!r}"


def load_gold(folder: Path = QUESTIONS) -> tuple[Gold, ...]:
    """Every gold quote of the benchmark's questions; raises BenchmarkError."""
    return tuple(_of_file(folder))


def _of_file(folder: Path) -> Iterator[Gold]:
    for file in sorted(folder.glob("questions*.jsonl")):
        for row in json_lines(file):
            for one in chain.from_iterable(row.values.get("groups") or ()):
                span = Span(one["start"], one["end"])
                place = one.get("pinpoint") or ""
                yield Gold(row.text("id"), one["document"], span, one["quote"], place)


def judge(gold: Gold, document: Document) -> Judged:
    """The program's place of the gold's span, and whether it is the gold's."""
    if gold.span.of(document.text) != gold.quote:
        raise EvaluationError(f"{gold.question}: {gold.document_id} reads otherwise now; freeze it")
    found = pin(document, gold.span)
    return Judged(gold, document.entry.kind, found, verdict(gold.place, found))


def verdict(gold: str, found: Pin) -> Verdict:
    """How a printed place stands to the gold one."""
    if not gold:
        return "unlabelled"
    if gold.startswith("at ") and not found.pages and not found.text.startswith("at "):
        return "unpaged"
    theirs = [_plain(place) for place in _halves(gold)]
    ours = [_plain(place) for place in _halves(found.text)]
    if any(mine == there for mine in ours for there in theirs):
        return "equal"
    if len(theirs) > 1 and theirs[1].startswith("(") and _is_same_clause(found, theirs):
        return "equal"
    if any(_is_inside(mine, there) for mine in ours for there in theirs) or _in_part(gold, found):
        return "inside"
    return "wide" if any(_is_inside(there, mine) for mine in ours for there in theirs) else "wrong"


def _halves(place: str) -> list[str]:
    """An act's place says where in the act and where in the code; either is the place."""
    found = _ACT.fullmatch(place)
    return [place, found["there"]] if found else [place]


def _plain(place: str) -> str:
    bare = " ".join(_SECTION_WORD.sub(" ", place.casefold()).split())
    return " ".join(_DOTTED.sub(r"(\1)", bare).replace(" ,", ",").replace("( ", "(").split())


def _is_inside(mine: str, there: str) -> bool:
    return mine.startswith(there) and mine[len(there) :].startswith(_INSIDE)


def _is_same_clause(found: Pin, theirs: Sequence[str]) -> bool:
    """Whether a gold clause that names no section of the code is the one that was found."""
    here = _plain(found.change.here) if found.change else ""
    return here.endswith(theirs[1]) and theirs[0].startswith(f"{_plain(found.unit)} (")


def _in_part(gold: str, found: Pin) -> bool:
    """Whether a page or paragraph stands in the Part that the gold names."""
    part = gold.removeprefix("Part ").replace("-", ".")
    return gold.startswith("Part ") and part in found.where.path


def report(judged: Sequence[Judged]) -> str:
    """The misses, a line a kind, and the share that is right of all that can be compared."""
    by_kind: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in judged:
        by_kind[one.kind][one.verdict] += 1
    lines = [str(one) for one in judged if one.verdict in COMPARED - RIGHT]
    for kind, counts in sorted(by_kind.items()):
        counted = ", ".join(f"{n} {name}" for name, n in counts.most_common())
        lines.append(f"{kind:16} {counted}")
    share, compared = accuracy(judged)
    equal = sum(one.verdict == "equal" for one in judged)
    lines.append(
        f"{len(judged)} quotes, {compared} compared: {share:.3f} right (target {TARGET}),"
        f" {equal / compared:.3f} equal"
    )
    return "\n".join(lines)


def accuracy(judged: Sequence[Judged]) -> tuple[float, int]:
    """The share of right places among those that can be compared, and how many those are."""
    compared = [one for one in judged if one.verdict in COMPARED]
    right = sum(one.verdict in RIGHT for one in compared)
    return right / max(len(compared), 1), len(compared)


def main(arguments: Sequence[str]) -> int:
    """Print the report; 2 when the corpus or the benchmark cannot be used."""
    place = os.environ.get("PINCITE_TEST_CORPUS") or ROOT.parent / "shared" / "data"
    try:
        gold = load_gold()
        wanted = sorted({one.document_id for one in gold})
        data = Path(arguments[0] if arguments else place)
        held = {document.entry.id: document for document in rulings(data, wanted)}
        judged = [judge(one, _held(held, one)) for one in gold]
    except (EvaluationError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(report(judged))
    return 0


def _held(held: dict[str, Document], gold: Gold) -> Document:
    if gold.document_id not in held:
        raise EvaluationError(f"{gold.question}: {gold.document_id!r} is not in the corpus")
    return held[gold.document_id]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
