"""Whether the outcome of a question is right, and what an answer cites.

This one judgement stands behind accuracy, selective accuracy and the risk-coverage curve.
"""

from __future__ import annotations

from eval.measures.gold import NOWHERE, Context, named, right
from eval.words import Case, Cited, Given, Score

WORDS = 120


def asked(given: Given) -> bool:
    """Whether an answer was asked for, rather than a ranking alone."""
    return bool(given.statements or given.reason or "ask" in given.latency_ms)


def rightness(case: Case, given: Given, context: Context = NOWHERE) -> Score:
    """Whether the outcome is right: 1 or 0, or None where nothing tells.

    Right is an answer whose first statement cites a quote that is right for a gold group (it holds
    half of an alternative's characters, or lies wholly inside), and silence where the corpus has
    no answer.
    """
    if given.error is not None:
        return Score(0.0, f"failed: {given.error}")
    if not asked(given):
        return Score(None, "no answer was asked for")
    if case.answerable is False:
        if given.statements:
            return Score(0.0, f"answered with {_cites(given)}; the corpus cannot answer")
        return Score(1.0, "rightly silent")
    if not case.groups:
        return Score(None, "no gold stretch is given")
    if not given.statements:
        return Score(0.0, f"wrongly silent: {given.reason or 'no reason given'}")
    found = [gold for cited in first(given) if (gold := right(cited, case.groups, context))]
    if found:
        return Score(1.0, f"the first statement quotes {named(found[0])}")
    return Score(0.0, f"the first statement quotes {_cites(given)}, which is not gold")


def first(given: Given) -> list[Cited]:
    """The citations of the first statement."""
    return cited_by(given, 1)


def cited_by(given: Given, statements: int | None = None) -> list[Cited]:
    """The citations of the first statements (of all), each once, in their order."""
    places = dict.fromkeys(
        place for said in given.statements[:statements] for place in said.citations
    )
    return [given.citations[place - 1] for place in places if 1 <= place <= len(given.citations)]


def overlong(cited: Cited) -> bool:
    """Whether a quote is longer than an answer may quote: 120 words, unless it is one block.

    A text version has a block (clause, paragraph) a line, so one block has no line end.
    """
    return len(cited.quote.split()) > WORDS and "\n" in cited.quote.strip()


def _cites(given: Given) -> str:
    return ", ".join(one.citation for one in first(given)) or "nothing"
