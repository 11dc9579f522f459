"""The texts and clauses that a question names where it says hardly anything else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from pincite.citations.find import named_in
from pincite.standing import is_law
from pincite.types import Entry, Span
from pincite.words import STOP_WORDS, terms, words
from pincite.works import Works
from service.answering.subjects import named_texts
from service.holdings import Holdings
from service.linking.held import Place
from service.linking.named import places_meant
from service.vantage import Vantage

_MOST_TEXTS, _LEAST_NAME = 2, 3
_CHAPTER = re.compile(r"\bchapter\b", re.I)
# What names of texts are made of, and says nothing of what is asked.
_GENERIC_WORDS = """
    text full words law laws act ordinance statute section sections subsection paragraph clause
    provision code bill resolution memo memorandum rule article executive order s u c
"""
_GENERIC = STOP_WORDS | frozenset(_GENERIC_WORDS.split())


def named_alone(
    question: str, beside: Collection[str], view: Vantage, holdings: Holdings
) -> list[Place]:
    """The clauses and texts that are named, where the question says nothing else but `beside`."""
    entries, rest, places = holdings.works.entries, question, list[Place]()
    for mention, _ in reversed(named_in(question)):
        if mention is not None:
            written, rest = mention.span.of(question), _without(rest, mention.span)
            places = [*_best_of(places_meant(written, holdings, view), view), *places]
    places = places or [Place(id_) for id_ in _by_name(question, view)]
    left = {word for word in words(rest) if not word.isdigit()} - _GENERIC - set(beside)
    for place in places:
        left -= _known_by(entries[place.document_id])
    clear = all(place.exact for place in places) and len(places) <= _MOST_TEXTS
    return places if clear and not left else []


def _without(text: str, span: Span) -> str:
    return f"{text[: span.start]} {text[span.end :]}"


def _best_of(places: Sequence[Place], view: Vantage) -> list[Place]:
    """The one place of several that is the text itself: law, no copy, a document of its own."""
    entries = view.works.entries

    def rank(place: Place) -> tuple[bool, ...]:
        entry = entries[place.document_id]
        return not is_law(entry), view.works.is_copy(entry), place.span is not None

    return sorted(places, key=rank)[:1]


def _by_name(question: str, view: Vantage) -> list[str]:
    """The editions named by number, title or citation: of a work the one of the day, or the last.

    Who says the whole title of one means that; else law goes before what tells of it.
    """
    works, found = view.works, dict[str, None]()
    named = named_texts(question, works) or _by_citation(question, works)
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


@lru_cache(maxsize=2)
def _cited(works: Works) -> Mapping[str, set[str]]:
    """The words of each citation that has enough of them."""
    every = {id_: set(words(entry.citation or "")) for id_, entry in works.entries.items()}
    return {id_: own for id_, own in every.items() if len(own) >= _LEAST_NAME}


def _known_by(entry: Entry) -> set[str]:
    names = [entry.title, entry.citation or "", entry.jurisdiction or "", *entry.parties, "chapter"]
    return set(words(" ".join(names).replace("-", " ").replace("/", " ")))
