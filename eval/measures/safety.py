"""Counts of what must never happen: text stated as the law that is not, or is no longer, the law.

Only statements of the law channel are looked at: the same words said as a record or an argument
are labelled, and right. Retired and deleted words may be quoted when they are what was asked for,
that is, when they are gold. The figure of a set is the sum; 0 is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from eval.figures import total
from eval.measures.gold import Context, right
from eval.measures.measure import Definition, Judge
from eval.measures.rightness import asked, cited_by
from eval.words import Case, Cited, Given, Score, Support
from pincite.kinds import KINDS

_LAW_KINDS = frozenset(kind.value for kind, rule in KINDS.items() if rule.channel == "law")
_Wrong = Callable[[Cited, Support | None], str | None]


def non_law(cited: Cited, gold: Support | None) -> str | None:
    """Why a quote is no law: by its own label, its document's kind, or the gold's channel."""
    if cited.channel != "law":
        return f"is {cited.channel}"
    if cited.kind not in _LAW_KINDS:
        return f"is a {cited.kind}"
    if gold and gold.channel not in (None, "law"):
        return f"is {gold.channel}, says the gold"
    return None


def retired(cited: Cited, gold: Support | None) -> str | None:
    """Why a quote is no current law."""
    return f"is {cited.status.replace('_', ' ')}" if cited.retired and gold is None else None


def deleted(cited: Cited, gold: Support | None) -> str | None:
    """Why a quote holds words that are no longer law."""
    return "holds deleted words" if "deleted" in cited.marks and gold is None else None


def _counting(wrong: _Wrong) -> Judge:
    def judge(case: Case, given: Given, context: Context, _: int) -> Score:
        if not asked(given):
            return Score(None, "no answer was asked for")
        law = _cited_as_law(given)
        found = [(one, wrong(one, right(one, case.groups, context))) for one in law]
        faults = [f"{one.citation} {why}" for one, why in found if why]
        if faults:
            return Score(float(len(faults)), "; ".join(faults))
        return Score(0.0, f"{len(law)} quotes of law, all sound" if law else "no law was stated")

    return judge


def _cited_as_law(given: Given) -> list[Cited]:
    law = tuple(said for said in given.statements if said.channel == "law")
    return cited_by(replace(given, statements=law))


ROWS = tuple(
    Definition(
        name,
        title,
        _counting(wrong),
        unit="count",
        better="low",
        failed=None,
        over=lambda _: total,
    )
    for name, title, wrong in (
        ("NonLawAsLaw", "Quotes of arguments or records stated as law", non_law),
        ("RetiredAsCurrent", "Quotes of retired text stated as law", retired),
        ("DeletedAsCurrent", "Quotes with deleted words stated as law", deleted),
    )
)
