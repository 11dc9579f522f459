"""Are follow-ups read right? Precision and recall over the pairs of `questions/followups.toml`.

    python -m eval.followups    # prints the shares, and what went wrong where it may be tuned on

`dev` and `test` were drawn before the rules were written; `late` and `fresh` were written after
them, and what they showed to be missing is in the rules now: their file says how they were read
first. A follow-up is read right when the reading says all that its label holds and nothing that it
lacks; one that was taken to stand by itself is missed. A *false carry* is a question that stands
by itself and was changed. Every development question of the `sanctuary` benchmark is asked behind
the one before it as well: none may be changed.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.benchmark import source_of
from eval.formats.rows import json_lines
from eval.formats.spans import FAMILIES, question_files, read_families
from eval.question_sets import FOLDER
from ingest.catalogue import load_catalogue
from pincite.index.schema import ancestors
from service.conversing.folding import read
from service.conversing.turns import Known, Turn

LABELS = FOLDER / "followups.toml"
CATALOGUE = Path(__file__).parents[1] / "corpora" / "sanctuary" / "catalogue.toml"
# What went wrong is printed of these alone; the rest is held out.
_TUNED = ("dev", "late", "fresh")
TARGET, MOST_FALSE = 0.9, 0.03
_MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Pair:
    """Earlier turns, a question behind them, and what its reading must say and must not."""

    split: str
    earlier: tuple[Turn, ...]
    asked: str
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and how it was read; None where the question was left as it is."""

    pair: Pair
    reading: str | None

    @property
    def is_right(self) -> bool:
        """Whether the reading says what it must, or nothing was changed that stands."""
        pair, text = self.pair, (self.reading or "").lower()
        if not pair.holds:
            return self.reading is None
        said = [any(one.lower() in text for one in words.split("|")) for words in pair.holds]
        return all(said) and not any(words.lower() in text for words in pair.lacks)


@dataclass(frozen=True, slots=True)
class Scores:
    """Of the readings made, the right ones; of the follow-ups, those; of the rest, the changed."""

    precision: float
    recall: float
    false_carry: float
    follow_ups: int
    standing: int


def load(labels: Path = LABELS) -> tuple[Pair, ...]:
    """The labelled pairs."""
    data = tomllib.loads(labels.read_text(encoding="utf-8"))
    return tuple(_pair(row) for row in data["pair"])


def benchmark_pairs() -> Iterator[Pair]:
    """The development questions of the benchmark, each behind the one before it."""
    folder = source_of("sanctuary").folder
    families = read_families(folder / FAMILIES)
    halves = families.halves if families else {}
    rows = [row for file in question_files(folder) for row in json_lines(file)]
    texts = [row.text("text") for row in rows if halves.get(row.text("family")) == "dev"]
    for before, text in pairwise(texts):
        yield Pair("dev", (Turn(before),), text)


def known() -> Known:
    """What an index of the whole corpus would hold, by its catalogue alone."""
    entries = load_catalogue(CATALOGUE)
    places = {path for e in entries if e.jurisdiction for path in ancestors(e.jurisdiction)}
    return Known({entry.id: entry for entry in entries}, frozenset(places))


def judge(pairs: Sequence[Pair], held: Known) -> tuple[Judged, ...]:
    """Every pair with its reading."""
    readings = (read(pair.asked, pair.earlier, held, _MOST_CHARACTERS) for pair in pairs)
    return tuple(
        Judged(pair, one.question if one else None)
        for pair, one in zip(pairs, readings, strict=True)
    )


def scores(judged: Sequence[Judged]) -> Scores:
    """The shares over some pairs."""
    follow = [one for one in judged if one.pair.holds]
    stand = [one for one in judged if not one.pair.holds]
    right = sum(one.is_right for one in follow)
    made = sum(one.reading is not None for one in judged)
    changed = sum(not one.is_right for one in stand)
    return Scores(
        right / max(made, 1),
        right / max(len(follow), 1),
        changed / max(len(stand), 1),
        len(follow),
        len(stand),
    )


def _pair(row: dict[str, Any]) -> Pair:
    turns = tuple(
        Turn(
            one["question"],
            one.get("place"),
            one.get("as_of"),
            tuple(one.get("documents", ())),
        )
        for one in row["earlier"]
    )
    holds, lacks = tuple(row.get("holds", ())), tuple(row.get("lacks", ()))
    return Pair(row["split"], turns, row["asked"], holds, lacks)


def main() -> int:
    """Print the shares; 1 when the held-out half misses a target."""
    held, pairs = known(), load()
    met = False
    for part in (*_TUNED, "test"):
        judged = judge([pair for pair in pairs if pair.split == part], held)
        if part == "dev":
            judged += judge(tuple(benchmark_pairs()), held)
        said = scores(judged)
        if part == "test":
            met = min(said.precision, said.recall) >= TARGET and said.false_carry <= MOST_FALSE
        if part in _TUNED:
            _print_wrong(judged)
        print(
            f"{part:5}  precision {said.precision:.3f}  recall {said.recall:.3f}"
            f"  false carry {said.false_carry:.3f}"
            f"  ({said.follow_ups} follow-ups, {said.standing} that stand)"
        )
    return 0 if met else 1


def _print_wrong(judged: Sequence[Judged]) -> None:
    for one in judged:
        if not one.is_right:
            print(f"wrong: {one.pair.earlier[-1].question!r} + {one.pair.asked!r}")
            print(f"       {one.reading!r}")


if __name__ == "__main__":
    sys.exit(main())
