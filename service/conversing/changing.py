"""The same question of something else of its sort: a place, a time, a law, a case."""

from __future__ import annotations

import re
from dataclasses import replace

from pincite.places import place_path
from pincite.words import terms
from service.conversing.names import case_named, cases_in
from service.conversing.places import moved, place_in, places_of
from service.conversing.saying import Said
from service.conversing.swaps import recited, repersoned, retimed
from service.conversing.turns import Known, Subject, trimmed

_CAPITALISED = re.compile(r"[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}")
_MOST_WORDS = 12


def another_place(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same in another place: "and in New York?"."""
    place = _place(said, subject, known)
    if place is None:
        return None
    base = moved(subject.base, place, known.jurisdictions)
    if base is None:
        return replace(subject, condition="", topic=place, aspect="")
    stands = place_path(place, sorted(known.jurisdictions)) if subject.place else None
    return replace(subject, base=base, aspect="", place=stands, documents=())


def another_time(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same at another time: "and in 2016?"."""
    base = retimed(subject.base, said.rest)
    return None if base is None else replace(subject, base=base, aspect="", as_of=None)


def another_citation(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same of another law: "and § 1644?"."""
    if not said.opened or len(said.rest.split()) > _MOST_WORDS:
        return None  # a citation typed alone is looked for
    base = recited(said.rest, subject, known.entries)
    return None if base is None else replace(subject, base=base, aspect="", documents=())


def another_case(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same in another case, by another person, in another part of an opinion."""
    if not said.opened:
        return None
    old = cases_in(subject.base, known.entries)
    if (case := case_named(said.rest, known.entries, loose=bool(old))) is not None:
        base = f"{trimmed(subject.base)}, in {case}?"
        if len(old) == 1:
            base = subject.base[: old[0].start] + case + subject.base[old[0].end :]
        return replace(subject, base=base, aspect="", documents=())
    changed = repersoned(subject.base, said.rest)
    return None if changed is None else replace(subject, base=changed, aspect="")


def _place(said: Said, subject: Subject, known: Known) -> str | None:
    """The place that is all that is said; a capitalised name is one where another was spoken of."""
    place = place_in(said.rest, known.jurisdictions, loose=True)
    if place is None and (said.asks or said.opened):
        place = _place_of_the_same(said.rest, subject, known)
    if place is None and said.opened and _CAPITALISED.fullmatch(said.rest):
        place = said.rest if places_of(subject.base, known.jurisdictions) else None
    return place


def _place_of_the_same(text: str, subject: Subject, known: Known) -> str | None:
    """The place of what was spoken of elsewhere: "North Carolina sheriffs?"."""
    before, _, last = text.rpartition(" ")
    if not before or not set(terms(last)) & set(terms(subject.base)):
        return None
    return place_in(before, known.jurisdictions, loose=False)
