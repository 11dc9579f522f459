"""What was found on a question, weighed: from when it is asked, what is missing, how it bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pincite.citations.find import citations_in
from pincite.citations.keys import printed_key
from pincite.embedding import DenseEncoder, Vectors
from pincite.types import Hit, Question, Reason
from service.abstaining import Figures, chance, names_unheld, reason_for
from service.answering.asking import Wanted, wanted_of
from service.answering.elsewhere import without_elsewhere
from service.answering.evidence import Evidence, asks_court, weighed
from service.answering.judging import figures_of
from service.answering.places import near_places
from service.answering.selecting import Selector
from service.answering.subjects import unheld_numbers
from service.answering.support import Support
from service.answering.swaying import unswayed
from service.answering.timing import Timing, nearer, outdone, timing_of
from service.holdings import Holdings
from service.naming import (
    names_held_case,
    spoken_of,
    told_of,
    unheld_courts,
    unheld_names,
    unheld_short_names,
)
from service.unheld_places import unheld_places
from service.vantage import Vantage
from service.wording import Wording

_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is looked for: its words, its vector, and what tells words apart."""

    question: Question
    wording: Wording
    vector: Vectors
    holdings: Holdings
    dense: DenseEncoder
    support: Support | None = None
    selector: Selector | None = None

    @property
    def text(self) -> str:
        """The words looked for."""
        return self.wording.text

    @property
    def wanted(self) -> Wanted:
        """What the question wants."""
        return wanted_of(self.text, self.holdings.rarity)


@dataclass(frozen=True, slots=True)
class Considered:
    """What bears on a question, and how surely it answers.

    `named` are the citations in the question, `missing` what it names that is not held, `told_of`
    what is not held either but the evidence speaks of; `near` are the places whose law is wanted.
    `evidence` may be quoted, `old` may not: it is no law on the day. `figures` are those of the
    evidence, `likely` and `sure` the chances that evidence and `old` answer; `reason` is why the
    evidence is no answer, or None. `hits` are all that was found.
    """

    asking: Asking
    timing: Timing
    near: tuple[str, ...]
    named: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: list[Evidence]
    old: list[Evidence]
    figures: Figures | None
    likely: float
    sure: float
    reason: Reason | None
    hits: tuple[Hit, ...] = ()
    told_of: tuple[str, ...] = ()

    @property
    def view(self) -> Vantage:
        """From when and where it is asked."""
        return self.timing.view

    @property
    def cites_absent(self) -> bool:
        """Whether it names a citation that is not held: no other text answers that."""
        return bool(self.missing and self.named)


def considered(asking: Asking, view: Vantage, hits: Sequence[Hit]) -> Considered:
    """The passages weighed, as far as they may be quoted on the day that the question is about."""
    question, text, holdings = asking.question, asking.text, asking.holdings
    named, missing = _names(question.text, text, holdings, view)
    hits = [hit for hit in hits if _is_text(hit)]
    timing = timing_of(text, question.as_of, view, hits)
    near = near_places(question, text, holdings.jurisdictions)
    there = without_elsewhere(text, hits, holdings, view)
    weigh = partial(weighed, text, holdings=holdings, near=near)
    judging = partial(
        figures_of, wanted=asking.wanted, support=asking.support, selector=asking.selector
    )
    usable = timing.usable(there, weigh, _PASSAGES)
    told = spoken_of(named, missing, usable) if named else told_of(missing, usable)
    missing = tuple(name for name in missing if name not in told)
    judged = partial(judging, unheld=bool(missing))
    evidence = unswayed(text, usable, weigh, judged)
    figures = judged(evidence)
    likely = 0.0 if missing and named else chance(figures)
    reason = reason_for(likely, unheld=bool(missing))
    past = [] if missing else timing.retired(there)
    old = weigh(past[:_PASSAGES]) if reason is not None or nearer(past, evidence) else []
    sure = chance(judging(old, unheld=False))
    if reason is None and sure > likely and outdone(old, evidence):
        reason = "superseded_only"
    return Considered(
        asking,
        timing,
        near,
        named,
        missing,
        evidence,
        old,
        figures,
        likely,
        sure,
        reason,
        tuple(hits),
        told,
    )


def _names(
    asked: str, text: str, holdings: Holdings, view: Vantage
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The citations that a question names, and what it names that the corpus does not hold."""
    named = tuple(citations_in(text))
    absent = unheld_numbers(asked, view.works)
    if absent and all(form.startswith("§") for form in named):
        return absent, absent
    return named, _missing(asked, named, holdings)


def _missing(text: str, named: Sequence[str], holdings: Holdings) -> tuple[str, ...]:
    """What the question names and is not held; citations that are held settle it."""
    entries = [record.entry for record in holdings.records.values()]
    if (
        names_unheld(named, holdings.citations)
        and not holdings.links.names_held(named)
        and not names_held_case(text, entries)
    ):
        return tuple(printed_key(form) for form in named if "(" not in form and form[0] != "§")
    if named:
        return ()
    names = unheld_names(text, entries)
    if not names_held_case(text, entries):
        names += unheld_courts(text, entries)
        if asks_court(text):
            names += tuple(name for name in unheld_short_names(text, entries) if name not in names)
    return tuple(dict.fromkeys((*unheld_places(text, holdings, names), *names)))


def _is_text(hit: Hit) -> bool:
    """Whether a passage is of the text that counts: no front or back matter, nothing retired."""
    return not hit.passage.retired and hit.passage.locator.part != "furniture"
