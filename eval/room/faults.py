"""The faults of a run in the words of the pages, and how its questions are sifted by outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eval.attribution import Fault
from eval.report.questions import Asked
from pincite.said import N_

FAULTS: Mapping[Fault, tuple[str, str]] = {
    "failed": (N_("Failed"), N_("the question raised an error or ran out of time")),
    "not indexed": (N_("Not indexed"), N_("the index holds none of the documents that answer")),
    "wrong version": (N_("Wrong version"), N_("a retired text or another reading was quoted")),
    "wrong channel": (
        N_("Wrong channel"),
        N_("only text of another channel was quoted: argument or record for law"),
    ),
    "wrongly answered": (
        N_("Wrongly answered"),
        N_("the corpus cannot answer, yet an answer was given"),
    ),
    "not retrieved": (N_("Not retrieved"), N_("the gold is not among the passages found")),
    "wrongly abstained": (
        N_("Wrongly abstained"),
        N_("the gold was found, yet no answer was given"),
    ),
    "retrieved but not chosen": (
        N_("Retrieved but not chosen"),
        N_("the gold was found, and something else was quoted"),
    ),
}
"""Each fault's name, and what it means."""
VERDICTS: Mapping[str, str] = {
    "right": N_("right"),
    "answered": N_("answered"),
    "rightly abstained": N_("rightly abstained"),
    **{str(fault): name for fault, (name, _) in FAULTS.items()},
}
"""How a question ended, by the workbench's word."""

_SIFTS: Mapping[str, Callable[[Asked], bool]] = {
    "": lambda asked: True,
    "wrong": lambda asked: any(outcome.wrong for outcome in asked.outcomes),
    "right": lambda asked: not any(outcome.wrong for outcome in asked.outcomes),
}
OUTCOMES = {"": N_("All"), "wrong": N_("Wrong"), "right": N_("Right")}
"""The coarse outcomes to choose from, before the faults."""


def passes(asked: Asked, outcome: str) -> bool:
    """Whether a question ended so in some system. An unknown outcome is that of none."""
    if sift := _SIFTS.get(outcome):
        return sift(asked)
    return any(one.verdict == outcome for one in asked.outcomes)
