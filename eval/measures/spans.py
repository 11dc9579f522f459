"""Measures of the stretches that search returned against gold characters, whatever was cut how.

Precision counts the characters of any gold stretch; recall takes, of every group, the alternative
of which most was found. Characters that several stretches hold count once.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.measures.gold import Context, Place, by_place, covered, joined, named, shared
from eval.measures.measure import Definition
from eval.words import Case, Given, Group, Score, Support
from pincite.types import Span

ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """Characters: of gold, of gold that was found, of what was found, of that which is gold."""

    gold: float
    gold_found: float
    given: int
    given_right: int

    @property
    def precision(self) -> float:
        return self.given_right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def without_gold(case: Case) -> str | None:
    """Why stretches cannot be scored."""
    return None if case.groups else "no gold stretch is given"


def char_precision(case: Case, given: Given, context: Context, cutoff: int) -> Score:
    """The share of the characters of the first k stretches that are gold."""
    found = _found(case, given, context, cutoff)
    reason = f"{found.given_right} of {found.given} characters found are gold"
    return Score(found.precision, reason)


def char_recall(case: Case, given: Given, context: Context, cutoff: int) -> Score:
    """The share of the gold characters that lie in the first k stretches."""
    found = _found(case, given, context, cutoff)
    return Score(found.recall, f"{found.gold_found:.0f} of {found.gold:.0f} gold characters found")


def char_f1(case: Case, given: Given, context: Context, cutoff: int) -> Score:
    """The harmonic mean of the two."""
    found = _found(case, given, context, cutoff)
    return Score(found.f1, f"precision {found.precision:.2f}, recall {found.recall:.2f}")


def support_recall(case: Case, given: Given, context: Context, cutoff: int) -> Score:
    """The share of groups that the first k stretches cover.

    A group is covered when at least half of the characters of one alternative lie in them
    together: a border between two passages that runs through a quote must not zero it.
    """
    found = by_place(given.ranking[:cutoff])
    best = [_best(group, found, context) for group in case.groups]
    missed = [named(support) for support, share in best if share < ENOUGH]
    if not missed:
        return Score(1.0, f"all {len(best)} gold groups are covered" if best[1:] else "covered")
    what = " and ".join(missed)
    return Score(1 - len(missed) / len(best), f"not among the first {cutoff}: {what}")


def _best(group: Group, found: dict[Place, list[Span]], context: Context) -> tuple[Support, float]:
    shares = [(support, covered(support, found, context)) for support in group.supports]
    return max(shares, key=lambda pair: pair[1])


def _found(case: Case, given: Given, context: Context, cutoff: int) -> _Found:
    found = by_place(given.ranking[:cutoff])
    best = [_best(group, found, context) for group in case.groups]
    lengths = [_length(support) for support, _ in best]
    return _Found(
        gold=sum(lengths),
        gold_found=sum(n * share for n, (_, share) in zip(lengths, best, strict=True)),
        given=sum(span.end - span.start for spans in found.values() for span in spans),
        given_right=sum(_right(case, place, spans, context) for place, spans in found.items()),
    )


def _right(case: Case, place: Place, spans: list[Span], context: Context) -> int:
    document_id, version = place
    supports = (one for group in case.groups for one in group.supports)
    places = (context.place(one, version) for one in supports if one.document_id == document_id)
    gold = joined(span for span in places if span)
    return sum(shared(one, span) for one in gold for span in spans)


def _length(support: Support) -> int:
    return support.span.end - support.span.start


ROWS = (
    Definition(
        "CharP",
        "Share of the characters found that are gold",
        char_precision,
        without_gold,
        cut=True,
    ),
    Definition(
        "CharR", "Share of the gold characters that are found", char_recall, without_gold, cut=True
    ),
    Definition("CharF1", "Harmonic mean of CharP and CharR", char_f1, without_gold, cut=True),
    Definition(
        "SupportR",
        "Share of the gold groups that are covered",
        support_recall,
        without_gold,
        cut=True,
    ),
)
