"""Who says a thing loudest does not make it law: an argument displaces no law that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pincite.types import Hit
from service.abstaining import Figures, chance, reason_for
from service.answering.evidence import Evidence, asks_law


def unswayed(
    question: str,
    evidence: list[Evidence],
    weigh: Callable[[Sequence[Hit]], list[Evidence]],
    figures: Callable[[Sequence[Evidence]], Figures | None],
) -> list[Evidence]:
    """The evidence; without argument, where that bears best on a question that law answers too.

    An opinion may hold the very words of a question. Whether law answers is told from the
    evidence that is left, weighed by itself.
    """
    if not evidence or evidence[0].authority.channel != "argument" or not asks_law(question):
        return evidence
    others = weigh([one.hit for one in evidence if one.authority.channel != "argument"])
    answers = any(one.is_law for one in others[:1])
    return (
        others
        if answers and reason_for(chance(figures(others)), unheld=False) is None
        else evidence
    )
