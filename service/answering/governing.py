"""The words that govern a quote from inside a list: "the District shall not:" turns what follows.

A long list is quoted in part; what its lead-in forbids would then read as if it were allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.types import Answer, Citation, Document, Section, Span
from service.answering.units import DRAFTS
from service.holdings import Holdings

_UNDER = N_("{text} stands under these words: “{lead}”")
_LEADS = re.compile(r"[:—–]\s*$")
_TURNS = re.compile(
    r"\b(?:not|no|nor|neither|never|cannot|unless|except|without|prohibit\w*|forbid\w*|unlawful)\b",
    re.I,
)
# The end of a long lead-in is what tells.
_MOST_WORDS = 40


def governed(answer: Answer, holdings: Holdings) -> Answer:
    """The answer with what its quotes stand under, where that forbids or makes an exception."""
    notices = [
        Said(_UNDER, text=citation.text, lead=lead)
        for citation in answer.citations
        if (lead := lead_over(citation, holdings.document(citation.entry.id)))
    ]
    return replace(answer, notices=tuple(dict.fromkeys((*answer.notices, *notices))))


def lead_over(citation: Citation, document: Document) -> str:
    """The lead-ins that a quote stands under and lacks, outermost first, if one turns it."""
    if citation.entry.kind is Kind.COURT_RULING:
        return ""
    leads = [span.of(document.text) for span in _leads(citation.span, document)]
    if not any(_TURNS.search(lead) for lead in leads):
        return ""
    return " ".join(map(_short, leads))


def _leads(quote: Span, document: Document) -> Iterator[Span]:
    """The lead-ins of the sections in which a quote begins, but not at their start."""
    for section in document.sections:
        if section.span.start < quote.start < section.span.end:
            lead = _own_words(section, document)
            said = lead.of(document.text)
            if lead.end <= quote.start and _LEADS.search(said) and not DRAFTS.search(said):
                yield lead


def _own_words(section: Section, document: Document) -> Span:
    """What a section says before the first one in it."""
    inside = (
        one.span.start
        for one in document.sections
        if section.span.start < one.span.start < section.span.end
    )
    return Span(section.span.start, min(inside, default=section.span.end))


def _short(lead: str) -> str:
    said = lead.split()
    return " ".join(said if len(said) <= _MOST_WORDS else ["…", *said[-_MOST_WORDS:]])
