"""The texts that a question names, by citation, by number and year, or by title; and their year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pincite.citations.find import citations_in
from pincite.index.schema import ancestors
from pincite.kinds import Kind
from pincite.places import within
from pincite.standing import begins
from pincite.types import Entry
from pincite.words import terms
from pincite.works import Works
from service.wording import places_named

# A title of at least so many telling words is named by nearly all of them; where the question is
# about a text and says so, this share of them will do.
_LEAST_TITLE = 4
_MOST_OF = 0.85
_HALF = 0.55
_ORDER = r"(?:exec(?:utive|\.)\s+order|e\.?\s?o\.?|order|local\s+law)s?"
_NUMBERED = re.compile(
    rf"\b(?P<kind>{_ORDER})\s+(?:no\.?\s*|number\s+)?(?P<number>\d{{1,3}})\b"
    rf"(?P<rest>(?:(?!\b{_ORDER}\s)[^?;]){{0,40}})",
    re.I,
)
_CITED_NUMBER = re.compile(r"(?:Order|Law) No\. (\d{1,3})\b")
_YEAR = re.compile(r"\b(1[6-9]\d\d|2\d\d\d)\b")
_TEXT = (
    r"(?:laws?|acts?|versions?|texts?|orders?|ordinances?|rules?|statutes?|polic(?:y|ies)|codes?"
    r"|editions?|sections?|provisions?|amendments?|eo)\b"
)
_MONTH = (
    r"(?:(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d\d?,\s+)?)?"
)
_BEFORE = re.compile(
    rf"{_MONTH}\b(?P<year>1[6-9]\d\d|2\d\d\d)(?:\s+[\w.’'&-]+){{0,3}}?\s+{_TEXT}", re.I
)
_BEHIND = re.compile(
    rf"\b{_TEXT}[\w\s.’'&-]{{0,40}}?\b(?:of|from|in|on)\s+{_MONTH}\b(?P<year>1[6-9]\d\d|2\d\d\d)\b",
    re.I,
)
_PARTY = r"[A-Z][\w.’'&-]{0,40}"
# "Clinton v. City of New York": the place in a party's name is no place that is asked about.
_CASE = re.compile(
    rf"(?<!\w){_PARTY}(?:\s[A-Z][\w.’'&-]{{0,40}}){{0,4}}\s+vs?\.?\s+{_PARTY}(?:\s{_PARTY})?"
    rf"(?:\s(?:of|for)\s(?:the\s)?{_PARTY}(?:\s{_PARTY})?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def named_texts(question: str, works: Works) -> tuple[str, ...]:
    """The ids of the entries that a question names, in the order in which it does.

    A title may be everyday words ("Enforcement of federal immigration law" in one state): where
    the question names a place, they name no text of another.
    """
    index, found = _index(works), dict[str, None]()
    for key in citations_in(question):
        found.update(dict.fromkeys(index.by_key.get(key, ())))
    for match in _NUMBERED.finditer(question):
        year = _YEAR.search(match["rest"])
        held = index.by_number.get(match["number"], ())
        found.update(
            (entry.id, None) for entry in held if year is not None and _of_year(entry, int(year[1]))
        )
    asked, places = set(terms(question)), places_named(without_cases(question), index.places)
    for title, ids in index.by_title.items():
        if len(title & asked) >= _MOST_OF * len(title):
            here = (id_ for id_ in ids if not _is_elsewhere(works.entries[id_], places))
            found.update(dict.fromkeys(here))
    return tuple(found)


def _is_elsewhere(entry: Entry, places: Sequence[str]) -> bool:
    """Whether a text's place is none of these, nor in one, nor around one."""
    own = entry.jurisdiction
    if own is None or not places:
        return False
    return not any(within(own, place) or within(place, own) for place in places)


def without_cases(question: str) -> str:
    """A question without the names of cases: "New York v. United States" names no place."""
    return _CASE.sub(" ", question)


def unheld_numbers(question: str, works: Works) -> tuple[str, ...]:
    """The orders and local laws that a question names by number and year, if none is held."""
    index, missing = _index(works), []
    for match in _NUMBERED.finditer(question):
        if (year := _YEAR.search(match["rest"])) is None:
            continue
        if any(_of_year(entry, int(year[1])) for entry in index.by_number.get(match["number"], ())):
            return ()
        kind = "Local Law" if "law" in match["kind"].lower() else "Executive Order"
        missing.append(f"{kind} {match['number']} of {year[1]}")
    return tuple(missing)


def meant(question: str, entries: Iterable[Entry], *, rulings: bool) -> Entry | None:
    """Of these the entry whose title the question says the most of, if it says half of it.

    Where it asks of `rulings`, the name of the first party will do.
    """
    asked = set(terms(question))
    best, most = None, _HALF
    for entry in entries:
        title = frozenset(terms(entry.title))
        if rulings and entry.kind is Kind.COURT_RULING:
            title = frozenset(terms(entry.title.split(" v. ")[0]))
        elif len(title) < _LEAST_TITLE:
            continue
        said = len(title & asked) / len(title) if title else 0.0
        if said > most:
            best, most = entry, said
    return best


def mentions(text: str, entry: Entry) -> bool:
    """Whether a text cites an edition, by its citation or by its number and year."""
    if set(_keys(entry)) & set(citations_in(text)):
        return True
    number = _CITED_NUMBER.search(entry.citation or "")
    return number is not None and any(
        match["number"] == number[1]
        and (year := _YEAR.search(match["rest"])) is not None
        and _of_year(entry, int(year[1]))
        for match in _NUMBERED.finditer(text)
    )


def years_of_texts(question: str) -> tuple[tuple[int, int | None], ...]:
    """Years, with months where told, by which a question tells one text from another."""
    found = [m for form in (_BEFORE, _BEHIND) for m in form.finditer(question)]
    return tuple(
        (int(m["year"]), _MONTHS.index(m["month"][:3].lower()) + 1 if m["month"] else None)
        for m in found
    )


def is_of(entry: Entry, years: Iterable[tuple[int, int | None]]) -> bool:
    """Whether an edition was made or began in one of these years and months."""
    days = [day for day in (entry.issued, begins(entry)) if day is not None]
    return any(
        day.year == year and month in (None, day.month) for year, month in years for day in days
    )


class _Index:
    """Where each name leads."""

    def __init__(self, works: Works) -> None:
        self.by_key: dict[str, list[str]] = {}
        self.by_number: dict[str, list[Entry]] = {}
        self.by_title: dict[frozenset[str], list[str]] = {}
        own = {entry.jurisdiction for entry in works.entries.values()}
        self.places = frozenset(path for place in own if place for path in ancestors(place))
        for entry in works.entries.values():
            for key in _keys(entry):
                self.by_key.setdefault(key, []).append(entry.id)
            if number := _CITED_NUMBER.search(entry.citation or ""):
                self.by_number.setdefault(number[1], []).append(entry)
            title = frozenset(terms(entry.title))
            if len(title) >= _LEAST_TITLE and entry.kind is not Kind.AGREEMENT:
                self.by_title.setdefault(title, []).append(entry.id)


@lru_cache(maxsize=2)
def _index(works: Works) -> _Index:
    return _Index(works)


@lru_cache(maxsize=10_000)
def _keys(entry: Entry) -> tuple[str, ...]:
    """The citations of an edition; a bare section is one of any code."""
    return tuple(key for key in citations_in(entry.citation or "") if not key.startswith("§"))


def _of_year(entry: Entry, year: int) -> bool:
    days = [day.year for day in (entry.issued, entry.effective) if day is not None]
    return year in days or f"{year}" in (entry.citation or "")
