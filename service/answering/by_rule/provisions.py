"""The clauses of one sort of a text that is named: its exceptions, penalties, what it forbids.

    "What are the exceptions in Somerville Code § 2-6?"    "Nothing in this ordinance shall ..."
    "What penalties does Iowa Code chapter 27A provide?"   "... shall be denied any state funds"

Such a question says nothing of the matter, so no ranking tells these clauses from the others of the
text: the form of their words does. Where the text has no such words, that is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.standing import short_name
from pincite.types import Citation, Document, Span, Statement
from service.answering.asides import opens_midway
from service.answering.by_rule.alone import named_alone
from service.answering.by_rule.clause_sorts import SORTS, Sort
from service.answering.by_rule.duties import duties_in
from service.answering.by_rule.telling import Told
from service.answering.stretches import has_deleted
from service.answering.units import DRAFTS, units
from service.citing import cite
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage

_MOST, _MOST_WORDS, _LEAST_WORDS = 3, 120, 6
# A code may have millions of characters; who asks of all of it is answered by the ranking.
_LONGEST = 200_000
_ENDS = re.compile(r"(?:[.;:,—–”\"\])]|\b(?:and|or))\s*$")
_LEAD_ENDS = re.compile(r"[:—–]\s")
_ENUMERATOR = re.compile(r"\W*?(\(?)(\w{1,4})[.)]\s")
_FIRST_OF = N_(
    "Quoted are the first {shown} of {all} clauses of {name} of that sort; read the rest."
)
_NONE = N_("No clause of that sort was found in {name}.")


def provisions(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """The clauses of the sort that is asked for, of the text or the two texts that are named.

    Without statements where the text has none of that sort; None where something else is asked.
    """
    if said := _duties(question, view, holdings):
        return said
    for sort in SORTS:
        if sort.asks.search(question) is None:
            continue
        if places := named_alone(question, sort.words, view, holdings):
            return _of_all(sort, places, view, holdings)
    return None


def _duties(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """What a text that is named says that somebody who is named shall do."""
    asked = duties_in(question)
    if asked is None:
        return None
    rest, sort = asked
    places = named_alone(rest, sort.words, view, holdings)
    return _of_all(sort, places, view, holdings)


def _of_all(sort: Sort, places: Sequence[Place], view: Vantage, holdings: Holdings) -> Told | None:
    """What is told of each text that has such clauses; of one alone also that it has none."""
    told = [said for place in places if (said := _told(sort, place, view, holdings))]
    some = [said for said in told if said.statements] or (told if len(places) == 1 else [])
    if not some:
        return None
    citations = tuple(citation for said in some for citation in said.citations)
    notices = tuple(notice for said in some for notice in said.notices)
    return Told(_quoted(citations), citations, notices)


def _told(sort: Sort, place: Place, view: Vantage, holdings: Holdings) -> Told | None:
    document = holdings.document(place.document_id)
    within = place.span or Span(0, len(document.text))
    ruling = document.entry.kind is Kind.COURT_RULING
    if ruling or within.end - within.start > _LONGEST:
        return None
    name = cite(document, place.span, view).text if place.span else short_name(document.entry)
    found = clauses_of(sort, document, within)
    if not found:
        # What is no whole clause may say it, and of an act that takes words away what stays.
        said = sort.holds.search(document.text, within.start, within.end) is not None
        knows = sort.silent and not said and not has_deleted(document, within)
        return Told((), (), (Said(_NONE, name=name),)) if knows else None
    citations = tuple(cite(document, span, view) for span in found[:_MOST])
    more = Said(_FIRST_OF, shown=len(citations), all=len(found), name=name)
    return Told(_quoted(citations), citations, (more,) if len(found) > _MOST else ())


def _quoted(citations: Sequence[Citation]) -> tuple[Statement, ...]:
    return tuple(
        Statement(one.quote, one.channel, (at,)) for at, one in enumerate(citations, start=1)
    )


def clauses_of(sort: Sort, document: Document, within: Span) -> list[Span]:
    """The clauses of that sort, in reading order: those under its headings, else all."""
    text = document.text
    whole = sorted(one for one in _whole(document, within) if _is_of(sort, one.of(text)))
    found = _apart(whole, text, sort)
    headed = [
        one.span
        for one in document.sections
        if one.part is None and within.holds(one.span) and sort.headed.match(one.heading)
    ]
    return [one for one in found if any(span.holds(one) for span in headed)] or found


def _whole(document: Document, within: Span) -> list[Span]:
    """Sentences, and lead-ins with items, of what stays; no headings that stand as clauses do."""
    notes = [one.span for one in document.sections if one.part is not None]
    found = []
    for unit in units(document, within):
        said = unit.of(document.text)
        fits = _LEAST_WORDS <= len(said.split()) <= _MOST_WORDS and _ENDS.search(said)
        if not fits or has_deleted(document, unit) or any(one.holds(unit) for one in notes):
            continue
        if not DRAFTS.search(said) and not opens_midway(said):
            found.append(unit)
    return found


def _apart(found: Sequence[Span], text: str, sort: Sort) -> list[Span]:
    """Stretches of which none holds another: an item with its lead, but not with its siblings.

    Where it is the lead that is of the sort, the items that say nothing of it alone stay with it.
    """
    starts = sorted(one.start for one in found)
    kept: list[Span] = []
    for start, alike in groupby(sorted(found), key=lambda one: one.start):
        first, *longer = alike
        if kept and kept[-1].meets(first):
            continue
        at = bisect_left(starts, first.end)
        alone = starts[at] if at < len(starts) else len(text)
        led = sort.holds.search(_LEAD_ENDS.split(first.of(text))[0])
        together = [one for one in longer if led and one.end <= alone]
        best = together[-1] if together else first
        inner = found[bisect_left(starts, start) : bisect_left(starts, best.end)]
        if not any(
            best.holds(two) and _is_sibling(best.of(text), two.of(text))
            for two in inner
            if two.start != start
        ):
            kept.append(best)
    return kept


def _is_sibling(first: str, second: str) -> bool:
    """Whether two clauses are items of one list: "(a)" and "(c)", not "(a)" and "(i)"."""
    marks = [_ENUMERATOR.match(one) for one in (first, second)]
    return (
        marks[0] is not None
        and marks[1] is not None
        and _style(*marks[0].group(1, 2)) == _style(*marks[1].group(1, 2))
    )


def _style(before: str, label: str) -> tuple[str, str]:
    if label.isdigit():
        return before, "1"
    if re.fullmatch(r"[ivx]+", label):
        return before, "i"
    return before, "a" if label.islower() else "A"


def _is_of(sort: Sort, text: str) -> bool:
    return sort.holds.search(text) is not None and sort.lacks.search(text) is None
