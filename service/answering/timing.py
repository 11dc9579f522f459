"""As of when a question asks for the law, and which retired texts it may be answered with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.standing import ENDED, is_law, short_name
from pincite.types import Answer, Entry, Hit
from pincite.works import Works
from service.answering.days import Period, periods_named
from service.answering.evidence import Evidence
from service.answering.subjects import is_of, named_texts, years_of_texts
from service.vantage import Vantage, today

# Law whose dates are not known stands this far behind, in standard deviations: enough to settle a
# tie with law whose dates are.
_UNDATED = 0.05
# Law of which nobody knows whether it still stands is so far behind where a later text of the same
# kind and place, which does stand, bears on the question too: later law goes before earlier.
_OUTLIVED = 0.5
# Asks for what was, not for what is.
_HISTORY = re.compile(
    r"\b(?:used\s+to|formerly|previously|originally|historically|back\s+(?:then|in|when)"
    r"|at\s+(?:that|the)\s+time|in\s+those\s+days|no\s+longer|once\s+(?:allowed|required|forbade)"
    r"|(?:old|older|former|prior|previous|original|retired|repealed|superseded|revoked|expired"
    r"|rescinded|earlier|defunct|history\s+of\s+the)\s+(?:\w+\s+){0,2}?"
    r"(?:laws?|rules?|versions?|texts?|orders?|sections?|statutes?|ordinances?|acts?|polic(?:y|ies)"
    r"|editions?|code|provisions?|wording)"
    r"|before\s+(?:it|that|this|they|the\s+\w+)\s+(?:was|were|is|are|got|changed|amended)\b"
    r"|(?:was|were)\s+(?:allowed|permitted|required|forbidden|prohibited|entitled|able)"
    r"|(?:wording|rule|law)\s+before\b)",
    re.I,
)
_PAST = re.compile(
    r"(?:^|[,;:]\s*(?:and\s+|but\s+)?)(?:[^,;:?]{0,60}?\b)?(?:did|was|were|had)\b(?!\s+not\s+held)",
    re.I,
)
_PRESENT = re.compile(
    r"\b(?:today|now|currently|still|at\s+present|presently|these\s+days)\b", re.I
)
# A question about a bill says so; to any other a bill is no answer.
_OF_BILLS = re.compile(
    r"\b(?:bills?|int\b\.?|intro\w*|propos\w+|would(?:n['’]t)?|legislation|pending|sponsor\w*"
    r"|died|votes?|voted|never\s+(?:passed|enacted)|drafts?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """From when a question is asked, and what it lets a retired text do.

    `named` are the texts that it names; `periods` the times whose law it asks for; `years` those
    by which it tells texts apart. `past` tells whether it asks for what was, `history` whether
    it says so in so many words.
    """

    view: Vantage
    named: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    years: tuple[tuple[int, int | None], ...] = ()
    past: bool = False
    history: bool = False
    bills: bool = False
    shifted: bool = False
    notices: tuple[str, ...] = ()

    def allows(self, entry: Entry) -> bool:
        """Whether a text may carry a statement: current law, a record, or what is asked for."""
        if entry.kind is Kind.BILL:
            return self.bills or entry.id in self.named
        standing = self.view.works.standing(entry, self.view.day)
        if not is_law(entry) or standing.current:
            return True
        return self.history or self._then(entry) or self._singled_out(entry)

    def usable(
        self, hits: Sequence[Hit], weigh: Callable[[Sequence[Hit]], list[Evidence]], most: int
    ) -> list[Evidence]:
        """The evidence that may be quoted, best first.

        A question in the past tense is answered from a retired text only where nothing that
        stands on the day bears on it better.
        """
        entries = self.view.works.entries
        allowed = [hit for hit in hits if self.allows(entries[hit.passage.document_id])]
        if self.past and not self.history and len(allowed) < len(hits):
            every = self.dated(weigh([h for h in hits if not self._is_bill(h)][:most]))
            if every and self._retired(every[0].document.entry):
                return every
        return self.dated(weigh(allowed[:most]))

    def retired(self, hits: Sequence[Hit]) -> list[Hit]:
        """The passages that may not be quoted: ended, not yet begun, never enacted."""
        entries = self.view.works.entries
        return [hit for hit in hits if not self.allows(entries[hit.passage.document_id])]

    def dated(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The evidence with law of unknown date or fate behind, best first."""
        works, day = self.view.works, self.view.day
        later = [one.document.entry for one in evidence if one.score > 0.0 and self._stands(one)]
        told = []
        for one in evidence:
            entry = one.document.entry
            back = _UNDATED * (is_law(entry) and not works.standing(entry, day).since)
            back += _OUTLIVED * any(self._outlives(other, entry) for other in later)
            told.append(replace(one, score=one.score - back))
        return sorted(told, key=lambda one: -one.score)

    def _stands(self, one: Evidence) -> bool:
        """Whether it is law of which it is known that it stands."""
        entry = one.document.entry
        return self.view.works.standing(entry, self.view.day).status == "in_force" and is_law(entry)

    def _outlives(self, later: Entry, entry: Entry) -> bool:
        """Whether a text that stands is later law of its kind and place than one of unknown fate.

        One that the question names, or whose time it asks for, stands back behind none.
        """
        if self.view.works.standing(entry, self.view.day).status != "unknown" or self.history:
            return False
        if later.kind is not entry.kind or later.jurisdiction != entry.jurisdiction:
            return False
        if entry.id in self.named or is_of(entry, self.years) or not is_law(entry):
            return False
        return bool(later.issued and entry.issued and later.issued > entry.issued)

    def _is_bill(self, hit: Hit) -> bool:
        entry = self.view.works.entries[hit.passage.document_id]
        return entry.kind is Kind.BILL and not self.allows(entry)

    def _retired(self, entry: Entry) -> bool:
        return self.view.works.standing(entry, self.view.day).status in ENDED

    def _then(self, entry: Entry) -> bool:
        """Whether it was law at a time that the question names, or is of a year it names."""
        works = self.view.works
        days = [day for time in self.periods for day in (time.first, time.last)]
        if any(works.standing(entry, day).current for day in days):
            return True
        newer = works.current(entry, self.view.day)
        return is_of(entry, self.years) and not any(is_of(one, self.years) for one in newer)

    def _singled_out(self, entry: Entry) -> bool:
        """Whether it is named, and not by a name that an edition in force goes by as well."""
        works = self.view.works
        if entry.id not in self.named:
            return False
        return not any(one.id in self.named for one in works.current(entry, self.view.day))


def timing_of(question: str, asked: date | None, view: Vantage, hits: Sequence[Hit]) -> Timing:
    """When a question is about. `asked` is the day given beside its words, which then rules."""
    named = named_texts(question, view.works)
    past = _PAST.search(question) is not None and not _PRESENT.search(question)
    timing = Timing(
        view,
        named=named,
        years=years_of_texts(question),
        past=past,
        history=_HISTORY.search(question) is not None,
        bills=_OF_BILLS.search(question) is not None,
        notices=_future(asked, view.day),
    )
    if asked is not None:
        return timing
    periods = tuple(
        time
        for time in periods_named(question)
        if time.last < view.day and not _told_of(time, view.works, hits)
    )
    if not _matters(periods, view, hits):
        return timing
    time = periods[-1]
    said = Said(
        "Read as the law on {day}, because the question says “{words}”.",
        day=time.last,
        words=time.words,
    )
    return replace(
        timing,
        view=replace(view, day=time.last),
        periods=periods,
        shifted=True,
        notices=(*timing.notices, said, *_changed_within(time, view.works, hits)),
    )


def _told_of(time: Period, works: Works, hits: Sequence[Hit]) -> bool:
    """Whether a time is one that the ruling found first looks back to, not one whose law is asked.

    "Why were no boats sent in 1940?" is answered by a ruling of 1952 that speaks of 1940.
    """
    if not hits:
        return False
    passage = hits[0].passage
    entry = works.entries[passage.document_id]
    later = entry.kind is Kind.COURT_RULING and not works.standing(entry, time.last).current
    return later and re.search(rf"\b{time.last.year}\b", passage.text) is not None


def _matters(periods: Sequence[Period], view: Vantage, hits: Sequence[Hit]) -> bool:
    """Whether what was found stands differently then than on the day it is asked."""
    entries = {hit.passage.document_id: None for hit in hits}
    laws = [view.works.entries[name] for name in entries]
    return any(
        view.works.standing(entry, time.last).current
        != view.works.standing(entry, view.day).current
        for time in periods
        for entry in laws
        if is_law(entry)
    )


def _changed_within(time: Period, works: Works, hits: Sequence[Hit]) -> list[str]:
    """What of the texts found came into force or ended within a period that is named."""
    if time.first == time.last:
        return []
    said: list[str] = []
    for name in dict.fromkeys(hit.passage.document_id for hit in hits[:_LOOKED_AT]):
        entry = works.entries[name]
        before, after = works.standing(entry, time.first), works.standing(entry, time.last)
        if is_law(entry) and before.current and not after.current:
            until = N_("{name} was in force until {day} of that time.")
            said.append(Said(until, name=short_name(entry), day=after.since))
    return said[:2]


_LOOKED_AT = 5


def _future(asked: date | None, day: date) -> tuple[str, ...]:
    if asked is None or asked <= today():
        return ()
    return (future(day),)


def future(day: date) -> str:
    """What is said of a day that has not come."""
    words = N_("{day} lies in the future: what will change until then is not known here.")
    return Said(words, day=day)


def nearer(past: Sequence[Hit], evidence: Sequence[Evidence]) -> bool:
    """Whether what may not be quoted was found before all that may be."""
    found = max((one.hit.fused for one in evidence), default=0.0)
    return max((hit.fused for hit in past), default=0.0) >= found and bool(past)


def outdone(old: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool:
    """Whether only what is no law now holds what the question names: "§ 6-122" of a bill."""
    return bool(old) and (not evidence or old[0].names > max(one.names for one in evidence))


def succeeding(
    old: Sequence[Evidence], evidence: Sequence[Evidence], view: Vantage
) -> list[Evidence]:
    """Of the evidence what replaced the retired text that answers best: that is the law now."""
    if not old:
        return []
    heirs = {one.id for one in view.works.successors(old[0].document.entry, view.day)}
    return [one for one in evidence if one.document.entry.id in heirs]


def with_day(answer: Answer, timing: Timing) -> Answer:
    """The answer with what was read of its time, said first, and the day it holds for."""
    return replace(answer, notices=(*timing.notices, *answer.notices), as_of=timing.view.day)
