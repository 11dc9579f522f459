"""Who says a thing loudest does not make it law: an argument displaces no law that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pincite.types import Hit
from service.abstaining import Figures, chance, reason_for
from service.answering.evidence import Evidence, asks_law

# So much of the names of the best argument.
_NAMED = 0.5


def unswayed(
    question: str,
    evidence: list[Evidence],
    weigh: Callable[[Sequence[Hit]], list[Evidence]],
    figures: Callable[[Sequence[Evidence]], Figures | None],
) -> list[Evidence]:
    """The evidence; without argument, where that bears best on a question that law answers too.

    An opinion may hold the very words of a question. Whether law answers is told from the
    evidence that is left, weighed by itself. What a question names by name ("What does Maria
    Archila think cities should do?") law must hold too, if not all that the argument does.
    """
    if not evidence or evidence[0].authority.channel != "argument" or not asks_law(question):
        return evidence
    others = weigh([one.hit for one in evidence if one.authority.channel != "argument"])
    named = _NAMED * evidence[0].names
    answers = any(one.is_law and one.names >= named for one in others[:1])
    return (
        others
        if answers and reason_for(chance(figures(others)), unheld=False) is None
        else evidence
    )
