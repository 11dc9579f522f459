"""Measures of a ranking of judged units, computed by ir_measures; nothing else imports it.

What is scored is the order given, whatever the scores say: trec_eval would order equal scores by
id. A unit counts where it first stands, and stretches that belong to no unit count as not relevant.
Every grade above 0 is relevant; nDCG takes the grade as its gain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.measures.gold import Context
from eval.measures.measure import Definition, Judge, Measure
from eval.words import Case, Given, Score

# Ours by theirs, where they differ.
_THEIRS = {"MAP": "AP"}
_MOST_RANKS = 5


def score_rankings(
    measures: Sequence[Measure], cases: Sequence[Case], givens: Sequence[Given]
) -> list[dict[str, Score]]:
    """The scores of many questions by ranking measures, in one call of ir_measures."""
    asked = {
        str(place): (case, given)
        for place, (case, given) in enumerate(zip(cases, givens, strict=True))
        if unjudged(case) is None and given.error is None
    }
    values = _values(sorted({(m.definition.name, m.cutoff) for m in measures}), asked)
    return [
        {
            str(m): m.excused(case, given)
            or Score(
                values[str(place), m.definition.name, m.cutoff], _reason(case, given, m.cutoff)
            )
            for m in measures
        }
        for place, (case, given) in enumerate(zip(cases, givens, strict=True))
    ]


def unjudged(case: Case) -> str | None:
    """Why a ranking cannot be scored."""
    relevant = any(grade > 0 for grade in case.relevant.values())
    return None if relevant else "no unit is judged relevant"


def order(given: Given) -> list[str]:
    """The units in the order they were ranked, each once."""
    names = (r.unit or f"stretch {place} of no unit" for place, r in enumerate(given.ranking, 1))
    return list(dict.fromkeys(names))


def _values(
    wanted: Sequence[tuple[str, int]], asked: Mapping[str, tuple[Case, Given]]
) -> dict[tuple[str, str, int], float]:
    if not asked or not wanted:
        return {}
    import ir_measures

    by_theirs: dict[Any, tuple[str, int]] = {
        getattr(ir_measures, _THEIRS.get(name, name)) @ cutoff: (name, cutoff)
        for name, cutoff in wanted
    }
    qrels = {
        key: {unit: max(0, grade) for unit, grade in case.relevant.items()}
        for key, (case, _) in asked.items()
    }
    run = {
        key: {unit: float(-rank) for rank, unit in enumerate(order(given))}
        for key, (_, given) in asked.items()
    }
    found = ir_measures.iter_calc(list(by_theirs), qrels, run)
    return {(one.query_id, *by_theirs[one.measure]): float(one.value) for one in found}


def _reason(case: Case, given: Given, cutoff: int) -> str:
    """Where the relevant units stand: "gold at rank 3", "gold at ranks 1 and 4 (2 of 5)"."""
    units = order(given)[:cutoff]
    relevant = {unit for unit, grade in case.relevant.items() if grade > 0}
    ranks = [str(rank) for rank, unit in enumerate(units, start=1) if unit in relevant]
    if not ranks:
        return f"no gold among the first {cutoff}" if units else "nothing was found"
    more = len(ranks) - _MOST_RANKS
    listed = ", ".join(ranks[:_MOST_RANKS]) + (f" and {more} more" if more > 0 else "")
    of = f" ({len(ranks)} of {len(relevant)})" if len(relevant) > 1 else ""
    return f"gold at {'ranks' if len(ranks) > 1 else 'rank'} {listed}{of}"


def _judge(name: str) -> Judge:
    def judge(case: Case, given: Given, _context: Context, cutoff: int) -> Score:
        values = _values([(name, cutoff)], {"0": (case, given)})
        return Score(values["0", name, cutoff], _reason(case, given, cutoff))

    return judge


ROWS = tuple(
    Definition(name, title, _judge(name), unjudged, cut=True)
    for name, title in (
        ("nDCG", "Normalised discounted cumulative gain of the first k"),
        ("MAP", "Mean average precision of the first k"),
        ("R", "Recall: share of the relevant units among the first k"),
        ("P", "Precision: share of the first k that is relevant"),
        ("RR", "Reciprocal rank of the first relevant unit among the first k"),
        ("Success", "Questions with a relevant unit among the first k"),
    )
)
