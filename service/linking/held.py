"""What a document holds by the key of a citation: itself, its sections, and their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pincite.citations.find import citations_in, code_of
from pincite.citations.keys import kind_of, nested, section_of, tidy
from pincite.kinds import Kind
from pincite.types import Document, Entry, Section, Span

# Acts and bills quote the sections of the code that they change, under the code's numbers.
_QUOTING = frozenset({Kind.AMENDING_ACT, Kind.BILL})
_CITY, _CITY_CODE = "us/ny/new-york-city", "nyc admin code"
_LEAD = 500
# "Subdivision a of section 9-131 of the administrative code ..., is amended to read as follows".
_REWRITTEN = re.compile(
    r"[Ss]ection (?P<number>\d{1,2}-\d{2,4}(?:\.\d)?)\b(?=[^\n]{0,300}\bamended\b)"
)
_LABEL = re.compile(r"(?:§§?\s?|Secs?\.\s?|Sections?\s)(?P<number>\d[\w.:–-]*)\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpus holds what a key names.

    `span` is None where it is the whole document; `exact` tells whether the very clause was
    found, or only what it should lie in; `quoted` whether an act or a bill quotes it there, and
    does not itself stand as that text.
    """

    document_id: str
    span: Span | None = None
    exact: bool = True
    quoted: bool = False

    @property
    def around(self) -> Place:
        """The same, for a key of something that should lie in it."""
        return replace(self, exact=False)


def keys_held(entry: Entry, sections: Iterable[Section]) -> Iterator[tuple[str, Span | None]]:
    """The keys of an entry and where in it each stands; None for all of it."""
    own = own_keys(entry)
    for key in own:
        yield key, None
    order = next((f"{key} §" for key in own if key.startswith("eo ")), "")
    code = code_of(entry.citation or "") or order
    for section in sections if code else ():
        if number := _number(section.label):
            yield f"{code} {number}", section.span


def quotes_code(entry: Entry) -> bool:
    """Whether a text may set out sections of the city's code."""
    return entry.kind in _QUOTING and entry.jurisdiction == _CITY


def sections_quoted(document: Document) -> Iterator[tuple[str, Span]]:
    """The sections of the city's code whose words an act of the city sets out or rewrites."""
    for section in document.sections:
        number = _number(section.label)
        if "-" in number:
            yield f"{_CITY_CODE} {number}", section.span
        elif number:
            lead = document.text[section.span.start : section.span.start + _LEAD]
            for match in _REWRITTEN.finditer(lead):
                yield f"{_CITY_CODE} {match['number']}", section.span


def own_keys(entry: Entry) -> list[str]:
    """The keys of the whole document: not those of the sections of a code."""
    forms = citations_in(entry.citation or "")
    sections = ("statute", "regulation", "local_code", "section")
    return [form for form in forms if kind_of(form) not in sections]


def _number(label: str) -> str:
    """The number of a section by its label: "1373" of "§ 1373"; "" for a clause or a heading."""
    found = _LABEL.match(label)
    return tidy(found["number"]) if found else ""


def clause_of(place: Place, key: str, sections: Sequence[Section]) -> Place:
    """The clause of a section that a key names, as deep as the document's sections have it."""
    inner = place.span
    for label in _clauses(key):
        below = _child(sections, inner, label)
        if below is None:
            return replace(place, span=inner).around
        inner = below
    return replace(place, span=inner)


def _clauses(key: str) -> list[str]:
    """The labels of the clauses that a key names, outermost first: "(a)", "(1)"."""
    forms = [form for form in nested(key) if form.startswith(section_of(key))]
    return [form[len(before) :] for before, form in pairwise(forms)]


def _child(sections: Iterable[Section], inner: Span | None, label: str) -> Span | None:
    """The nearest section below a span that bears a label."""
    below = [
        section
        for section in sections
        if inner is not None and inner.holds(section.span) and section.span != inner
    ]
    level = min((section.level for section in below), default=0)
    found = [s.span for s in below if s.label == label and s.level == level]
    return found[0] if found else None
