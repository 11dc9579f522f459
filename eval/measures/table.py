"""The table of measures, their names, and scoring by several at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.errors import UnknownMeasure
from eval.measures import abstention, answers, latency, ranking, safety, spans
from eval.measures.gold import NOWHERE, Context
from eval.measures.measure import Definition, Measure
from eval.words import Case, Given, Score

_NAME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9]*)(?:@(?P<cutoff>[1-9][0-9]{0,5}))?")
_ALSO = {"AP": "MAP"}


def measure(name: str) -> Measure:
    """The measure of that name: "nDCG@10", "CitationP". Raises UnknownMeasure."""
    match = _NAME.fullmatch(name)
    found = MEASURES.get(_ALSO.get(match["name"], match["name"])) if match else None
    cutoff = int(match["cutoff"] or 0) if match else 0
    if found is None or found.cut != (cutoff > 0):
        raise UnknownMeasure(name, known(cutoff))
    if found.most is not None and cutoff > found.most:
        raise UnknownMeasure(name, known())
    return Measure(found, cutoff)


def known(cutoff: int | None = None) -> list[str]:
    """The names of all measures, with that cutoff, or a usual one, where they take one."""
    return [str(Measure(one, cutoff or one.usual)) for one in MEASURES.values()]


def score_all(
    measures: Sequence[Measure],
    cases: Sequence[Case],
    givens: Sequence[Given],
    context: Context = NOWHERE,
) -> list[dict[str, Score]]:
    """The scores of every question by every measure, in the order of the measures."""
    ranked = [one for one in measures if one.definition in ranking.ROWS]
    of_rankings = ranking.score_rankings(ranked, cases, givens)
    return [
        {str(one): rankings.get(str(one)) or one.score(case, given, context) for one in measures}
        for case, given, rankings in zip(cases, givens, of_rankings, strict=True)
    ]


MEASURES: dict[str, Definition] = {
    row.name: row
    for module in (ranking, spans, answers, safety, abstention, latency)
    for row in module.ROWS
}
