"""The texts and clauses that a question names where it says hardly anything else."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from pincite.citations.find import named_in
from pincite.citations.keys import printed_key
from pincite.citing.pinpoints import pinpoint
from pincite.kinds import Kind
from pincite.places import place_name
from pincite.standing import is_law
from pincite.types import Entry, Span
from pincite.words import STOP_WORDS, terms, words
from pincite.works import Works, work_of
from service.answering.owners import owners_of_law
from service.answering.sources import texts_named
from service.answering.subjects import named_texts
from service.holdings import Holdings
from service.linking.held import Place
from service.linking.named import places_meant
from service.vantage import Vantage

_MOST_TEXTS, _LEAST_NAME = 2, 3
_OWN = re.compile(r"['’]s\b")
_VERSUS = re.compile(r" vs?\.? ", re.I)
# Who signed an order stands before its name, and at its end.
_MAKER = re.compile(
    r"\b(?P<who>(?:(?:president|mayor|governor)\s+)?[\w.]+(?:['’]s?)?)\s+"
    r"(?=(?:executive\s+order|e\.?o\.?)\b)",
    re.I,
)
_AT_THE_END = 1_500
_LAST = re.compile(r"\((?P<clause>\w+)\)$|§ (?P<section>[\w.-]+)$")
_CHAPTER = re.compile(r"\bchapter\b", re.I)
# What names of texts are made of, and says nothing of what is asked.
_GENERIC_WORDS = """
    text full words law laws act ordinance statute section sections subsection paragraph clause
    provision code bill resolution memo memorandum rule article executive order eo s u c
"""
_GENERIC = STOP_WORDS | frozenset(_GENERIC_WORDS.split())


def named_alone(
    question: str, beside: Collection[str], view: Vantage, holdings: Holdings
) -> list[Place]:
    """The clauses and texts that are named, where the question says nothing else but `beside`."""
    found = [places[0] for _, places in _found(question, beside, view, holdings)]
    return found if all(place.exact for place in found) else []


def no_such_clause(
    question: str, beside: Collection[str], view: Vantage, holdings: Holdings
) -> str | None:
    """The clause that is named, and nothing else, of texts that are held and have none such."""
    for key, places in _found(question, beside, view, holdings):
        label = _LAST.search(key)
        if label is None or places[0].exact:
            continue
        form = _clause_form(label) if label["clause"] else _section_form(label)
        if not any(form.search(_text(place, holdings)) for place in places):
            return printed_key(key)
    return None


def _clause_form(label: re.Match[str]) -> re.Pattern[str]:
    one = re.escape(label["clause"])
    return re.compile(rf"\({one}\)|^\W*{one}\.", re.I | re.M)


def _section_form(label: re.Match[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:§|\bsec(?:tion|\.))\s?{re.escape(label['section'])}\b", re.I)


def _text(place: Place, holdings: Holdings) -> str:
    text = holdings.document(place.document_id).text
    return text if place.span is None else place.span.of(text)


def _found(
    question: str, beside: Collection[str], view: Vantage, holdings: Holdings
) -> list[tuple[str, list[Place]]]:
    """What is named by its key ("" for a name), with its places; none where more is said."""
    entries, rest, found = holdings.works.entries, question, list[tuple[str, list[Place]]]()
    for mention in reversed([one for one, _ in named_in(question) if one is not None]):
        written, rest = mention.span.of(question), _without(rest, mention.span)
        places = _best_first(places_meant(written, holdings, view), view, holdings)
        if not places:
            return []
        found.insert(0, (mention.key, places))
    found = found or [("", [Place(id_)]) for id_ in _by_name(question, view, holdings)]
    left = set(words(_OWN.sub("", rest))) - _GENERIC - set(beside)
    for _, places in found:
        left -= _known_by(entries[places[0].document_id])
        left -= _makers(question, left, places[0], holdings)
    return found if len(found) <= _MOST_TEXTS and not left else []


def _makers(question: str, left: Collection[str], place: Place, holdings: Holdings) -> set[str]:
    """Of the words left those that name who signed an order: "Bloomberg's Executive Order 120"."""
    document = holdings.document(place.document_id)
    if document.entry.kind is not Kind.EXECUTIVE_ORDER or not left:
        return set()
    signed = set(words(document.text[-_AT_THE_END:]))
    named = {word for one in _MAKER.finditer(question) for word in words(_OWN.sub("", one["who"]))}
    return {word for word in named if word in signed or word.removesuffix("s") in signed}


def _without(text: str, span: Span) -> str:
    return f"{text[: span.start]} {text[span.end :]}"


def _best_first(places: Sequence[Place], view: Vantage, holdings: Holdings) -> list[Place]:
    """The places, first what is the very text: exact, law, no copy, a document of its own.

    Of like sections of one document the code's go before those of its charter and appendices,
    which are cited with what they are parts of.
    """
    entries = view.works.entries

    def rank(place: Place) -> tuple[int, ...]:
        entry = entries[place.document_id]
        is_part = place.span is not None
        above = pinpoint(holdings.document(entry.id), place.span).count(",") if place.span else 0
        return not place.exact, not is_law(entry), view.works.is_copy(entry), is_part, above

    return sorted(places, key=rank)


def _by_name(question: str, view: Vantage, holdings: Holdings) -> list[str]:
    """The editions named by number, title or citation: of a work the one of the day, or the last.

    A ruling may be named by a party. Who says the whole title of one means that; else law goes
    before what tells of it.
    """
    works, found = view.works, dict[str, None]()
    named = named_texts(question, works) or _by_citation(question, works)
    named = named or rulings_named(question, view, holdings) or _of_owner(question, view, holdings)
    for id_ in named:
        newer = [one.id for one in works.current(works.entries[id_], view.day) if one.id in named]
        found.update(dict.fromkeys(newer or [id_]))
    ids = [id_ for id_ in found if not works.is_copy(works.entries[id_])]
    titles = {id_: set(terms(works.entries[id_].title)) for id_ in ids}
    said = [id_ for id_ in ids if titles[id_] <= set(terms(question))]
    longest = max((len(titles[id_]) for id_ in said), default=0)
    law = [id_ for id_ in ids if is_law(works.entries[id_])]
    return [id_ for id_ in said if len(titles[id_]) == longest] or law or ids


def _by_citation(question: str, works: Works) -> list[str]:
    """The texts all words of whose citation are said, as "Iowa Code chapter 27A"."""
    said = set(words(_CHAPTER.sub("ch", question)))
    return [id_ for id_, own in _cited(works).items() if own <= said]


def _of_owner(question: str, view: Vantage, holdings: Holdings) -> list[str]:
    """The one or two laws held of the place whose law is spoken of: "Iowa law"."""
    works, owners = view.works, owners_of_law(question, holdings.jurisdictions)
    theirs = [
        entry
        for entry in works.entries.values()
        if entry.jurisdiction in owners and is_law(entry) and entry.kind is not Kind.COURT_RULING
    ]
    of_works = {work_of(entry): entry.id for entry in theirs if not works.is_copy(entry)}
    return [*of_works.values()] if len(owners) == 1 and len(of_works) <= _MOST_TEXTS else []


@lru_cache(maxsize=2)
def _cited(works: Works) -> Mapping[str, set[str]]:
    """The words of each citation that has enough of them."""
    every = {id_: set(words(entry.citation or "")) for id_, entry in works.entries.items()}
    return {id_: own for id_, own in every.items() if len(own) >= _LEAST_NAME}


def rulings_named(question: str, view: Vantage, holdings: Holdings) -> list[str]:
    """The rulings named by case or party, in whatever letters: "clinton v new york"."""
    entries = holdings.works.entries
    for written in (question, _VERSUS.sub(" v. ", question.title())):
        ids = [min(ids) for ids in texts_named(written, holdings, view)]
        if rulings := [id_ for id_ in ids if entries[id_].kind is Kind.COURT_RULING]:
            return rulings if len(rulings) == len(ids) else []
    return []


def _known_by(entry: Entry) -> set[str]:
    issued = entry.issued
    day = f"{month_name[issued.month]} {issued.day} {issued.year}" if issued else ""
    where = [entry.jurisdiction or "", place_name(entry.jurisdiction)]
    names = [entry.title, entry.citation or "", *where, *entry.parties, day]
    said = _OWN.sub("", " ".join(names))
    apart = said.replace("-", " ").replace("/", " ")
    return {"chapter", "v", "vs"} | set(words(said)) | set(words(apart))
