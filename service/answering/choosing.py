"""Which words of the ranked passages are quoted, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from pincite.kinds import Channel, Kind
from pincite.standing import ENDED, is_law
from pincite.types import Citation, Entry
from pincite.words import terms
from pincite.works import work_of
from service.answering.asking import LIST, Wanted
from service.answering.considering import Asking, Considered
from service.answering.evidence import Evidence, asks_court
from service.answering.precedence import Behind, precedence
from service.answering.quoting import Quote, quotes
from service.citing import cite
from service.vantage import Vantage

_STATEMENTS = 3
# So many passages, and no further behind the best, are read for the best words. Of 404 questions
# of families that the selector had not learnt from .75, 1.25 and 2 let the right clause be first
# for .772, .785 and .785.
_READ, _READ_NEARLY = 5, 1.25
# Another quote is said too when it is worth nearly what the best is: more than what is no law
# stands back, so that a memo that was asked for is. Of 98 dev questions .2, .4 and .75 quote the
# right clause for 71, 73 and 75, and .65, .59 and .52 of their quotes are right.
_ENOUGH_SAID = 0.4
# Passages bear on the question nearly alike when they are so many standard deviations apart.
NEARLY = 0.5
# Words that are less than this as near to the question as the nearest quote answer nothing. Of the
# same questions .7 and .5 quote the right clause first for .770 and .785 (without the selector .678
# and .686): a clause in its own words is far from a question in everybody's.
_AS_NEAR = 0.5
_ACT = Kind.AMENDING_ACT
_WRITTEN = 0.7
_CHANNELS: tuple[Channel, ...] = ("law", "record", "argument")
# Passages that share this much of their words are copies: two formats, or a template.
_SAME = 0.9


def chosen(
    evidence: Sequence[Evidence], on: Considered, least: float = -inf
) -> list[tuple[Citation, float]]:
    """The quotes of the best passages with their similarity: law, then record, then argument.

    Those whose log-odds are known to be under `least` are left out. The others bear on the question
    nearly alike, so what the law is rests on law; a question that names a record or an argument
    gets only what holds that name. A text comes before a ruling on it, unless the question asks
    what a court said.
    """
    read = _distinct(_as_codified(evidence, on))
    wanted = on.asking.wanted
    found = _near_and_sure(quotes_of(read, on.asking, wanted), least)
    if not found and wanted.sort is LIST:
        # What leads to a list may be far less sure than what does not.
        found = _near_and_sure(quotes_of(read, on.asking, replace(wanted, sort=None)), least)
    if not found:
        return []
    behind = behind_of(on)
    worth = [(q.evidence.score + q.bearing - behind(q.evidence), q) for q in found]
    worth.sort(key=lambda pair: pair[0], reverse=True)
    enough = [quote for value, quote in worth if value >= worth[0][0] - _ENOUGH_SAID]
    return cited(enough[:_STATEMENTS], on)


def quotes_of(
    evidence: Sequence[Evidence], asking: Asking, wanted: Wanted | None = None
) -> list[Quote]:
    """The best words of each of these passages, for what is asked, or else is wanted."""
    wanted = wanted or asking.wanted
    return quotes(evidence, wanted, asking.vector, asking.dense, asking.support, asking.selector)


def cited(said: Sequence[Quote], on: Considered) -> list[tuple[Citation, float]]:
    """The quotes with their similarity: law, then record, then argument; texts before rulings."""
    view, apart = on.view, not asks_court(on.asking.text)
    stated = [(cite(q.evidence.document, q.span, view), q.similarity) for q in said]
    return sorted(
        stated,
        key=lambda pair: (
            _order(pair[0]),
            _afar(pair[0], view),
            pair[0].status == "unknown",
            apart and pair[0].entry.kind is Kind.COURT_RULING,
        ),
    )


def _near_and_sure(found: Sequence[Quote], least: float) -> list[Quote]:
    """The quotes about as near as the nearest, and no surer to be no answer than `least`."""
    near = _AS_NEAR * max((quote.nearness for quote in found), default=0.0)
    return [
        quote
        for quote in found
        if quote.nearness >= near and (quote.odds is None or quote.odds >= least)
    ]


def behind_of(on: Considered) -> Behind:
    return precedence(on.asking.text, on.asking.holdings, on.view)


def _order(citation: Citation) -> int:
    """Law, then record, then argument; what was law, and is asked for, stands where law does."""
    was_law = is_law(citation.entry) and citation.status in ENDED and citation.channel == "record"
    return 0 if was_law else _CHANNELS.index(citation.channel)


def _afar(citation: Citation, view: Vantage) -> bool:
    """Whether words do not bind in the asker's place; without a place, none do."""
    return view.place is not None and not citation.force.startswith("binding")


def _as_codified(evidence: Sequence[Evidence], on: Considered) -> Sequence[Evidence]:
    """The evidence without acts most of whose words stand in a code that bears nearly as well.

    An act that the question names stays: it holds more of the question's names than the code.
    """
    if not evidence:
        return evidence
    near = [one for one in evidence if one.score >= evidence[0].score - _READ_NEARLY]
    codes = [one for one in near if one.document.entry.kind is not _ACT]

    def is_written(act: Evidence) -> bool:
        works = _amended_by(act.document.entry, on)
        said = set(terms(act.hit.passage.text))
        return any(
            work_of(one.document.entry) in works
            and one.names >= act.names
            and len(said & set(terms(one.hit.passage.text))) >= _WRITTEN * len(said)
            for one in codes
        )

    return [one for one in evidence if not is_written(one)]


def _amended_by(entry: Entry, on: Considered) -> set[str]:
    """The works into whose current text an amending act's words were written."""
    if not on.asking.holdings.stands_in_code(entry.id):
        return set()
    entries = on.view.works.entries
    targets = [link.target for link in entry.relations if link.type == "amends"]
    return {work_of(entries[target]) for target in targets if target in entries}


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best passages that bear on the question nearly alike, none the copy of another.

    All hold the names and numbers of the question that the best one holds.
    """
    chosen: list[Evidence] = []
    seen: list[set[str]] = []
    for one in evidence:
        if len(chosen) == _READ or one.score < evidence[0].score - _READ_NEARLY:
            break
        if one.names < evidence[0].names:  # the same template, under another agency's name
            continue
        said = set(terms(one.hit.passage.text))
        if not any(len(said & other) >= _SAME * len(said | other) for other in seen):
            chosen.append(one)
            seen.append(said)
    return chosen
