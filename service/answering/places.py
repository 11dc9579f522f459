"""Whose law is wanted, and what an asker there must know of an answer's authority."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from pincite.authority import authority_of, in_words
from pincite.cities import CITIES, cities_in
from pincite.index.schema import ancestors
from pincite.kinds import KINDS
from pincite.places import within
from pincite.said import N_, Said, joined
from pincite.standing import ENDED, listed
from pincite.types import Answer, Entry, Filters, Question
from pincite.works import Works
from service.answering.evidence import asks_law
from service.answering.subjects import without_cases
from service.vantage import Vantage
from service.wording import places_named


def near_places(question: Question, text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """Where the wanted law applies: the places that the question names, or the asker's.

    A city of which nothing is held counts where something of its state is.
    """
    return _named(text, jurisdictions) or ((question.place,) if question.place else ())


def _named(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The places named; "Kansas City" names no state, "Des Moines, Iowa" the city alone."""
    cities = _cities(text, jurisdictions)
    unheld = [name for name in cities_in(text) if not set(CITIES[name]) & jurisdictions]
    for name in unheld:
        text = re.sub(rf"\b{re.escape(name)}\b", " ", text, flags=re.I)
    named = places_named(text, jurisdictions)
    above = {up for city in cities for up in ancestors(city)}
    return (*(place for place in named if place not in above), *cities)


def _cities(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The cities named of which nothing is held, in states of which something is.

    A name that several cities share names none.
    """
    paths = [CITIES[name] for name in cities_in(without_cases(text))]
    return tuple(
        one[0]
        for one in paths
        if len(one) == 1 and one[0] not in jurisdictions and _state(one[0]) in jurisdictions
    )


def _state(path: str) -> str:
    return path.rpartition("/")[0]


def own_law(question: Question, near: Sequence[str], view: Vantage) -> list[Filters]:
    """For each wanted place, what leaves only the law of it that stands on the day.

    Of a place without any it is its state's.
    """
    asked = question.filters
    found = []
    for place in near:
        held = _current(view.works, view.day, place)
        if not held and _state(place) not in ("", "us"):
            held = _current(view.works, view.day, _state(place), alone=True)
        ids = tuple(id for id in asked.documents or held if id in held)
        if ids:
            found.append(replace(asked, documents=ids))
    return found


@lru_cache(maxsize=64)
def _current(works: Works, day: date, place: str, *, alone: bool = False) -> dict[str, None]:
    """The law of a place that stands on the day; its cities' too, or that of the place `alone`."""
    return {
        entry.id: None
        for entry in works.entries.values()
        if KINDS[entry.kind].channel == "law"
        and (entry.jurisdiction == place if alone else within(entry.jurisdiction or "", place))
        and works.standing(entry, day).current
    }


def advised(answer: Answer, text: str, view: Vantage) -> Answer:
    """The answer with what an asker must know of its authority, or of there being none.

    That no law of the asker's place is held; that nothing quoted binds there; that what may be
    done is answered from what is no law.
    """
    said: list[str] = []
    law = [citation for citation in answer.citations if citation.channel == "law"]
    for place in dict.fromkeys((view.place, *_elsewhere(answer, text, view))):
        said += _not_held(place, view.works.entries.values()) if place else []
    if view.place and law and not any(one.force.startswith("binding") for one in law):
        where = in_words(view.place)
        said.append(Said("No law quoted here binds in {place}.", place=where))
    history = any(citation.status in ENDED for citation in answer.citations)
    if answer.citations and not law and not history and asks_law(text):
        labels = dict.fromkeys(citation.authority for citation in answer.citations)
        what = joined([*labels], "; ")
        said.append(Said("No law here answers this; what is quoted is: {what}.", what=what))
    return replace(answer, notices=(*said, *answer.notices))


def _elsewhere(answer: Answer, text: str, view: Vantage) -> tuple[str, ...]:
    """The cities that a question names and nothing is held of, where law answers it."""
    entries = view.works.entries.values()
    rules = {entry.jurisdiction or "" for entry in entries if KINDS[entry.kind].channel == "law"}
    held = frozenset(path for place in rules for path in ancestors(place))
    law = any(citation.channel == "law" for citation in answer.citations)
    return _cities(text, held) if law else ()


def _not_held(place: str, entries: Collection[Entry]) -> list[str]:
    """That the corpus holds no law of a place, and whose law can bind there."""
    binding = {bound for entry in entries for bound in authority_of(entry, _CHIEF).binds}
    if any(within(bound, place) for bound in binding):
        return []
    above = [up for up in reversed(ancestors(place)) if up != place]
    held = [in_words(up) for up in above if up in binding]
    if not held:
        return [Said("This corpus holds no law of {place}.", place=in_words(place))]
    return [Said(_ONLY, place=in_words(place), above=listed(held))]


_ONLY = N_("This corpus holds no law of {place}; only the law of {above} can be binding there.")
# Of a ruling, the part that binds.
_CHIEF = "majority"
