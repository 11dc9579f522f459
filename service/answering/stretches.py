"""The stretches of passages that may be quoted, with how well each covers the question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pincite.deletions import nothing_left
from pincite.kinds import Kind
from pincite.types import Document, Span
from pincite.words import terms
from service.answering.asking import Wanted
from service.answering.evidence import Evidence
from service.answering.support import Support
from service.answering.units import units

COVERED = 4.0
"""How much the late-interaction model's view of a stretch counts beside nearness: of 106 dev
questions 67 to 71 quote the right clause first, alike at any weight from 3 to 6."""
# What is encoded for one answer: a question may not cost more than about two passages.
_MOST_UNITS = 24
# An answer says at least this many words that neither the question nor the headings say.
_FRESH = 2
# "25 See n. 29, infra." and "6 §1701, 111 Stat. 1101." have no words that sentences are made of.
_SAID = re.compile(
    r"\b(?!(?:see|also|infra|supra|ante|post|quoting|citing|the|cert|denied)\b)[a-z]{3,}\b"
)
_LEAST_SAID = 2

# "This act takes effect 30 days after": what an act says of its own beginning.
_BEGINS = re.compile(
    r"\bthis (?:local )?(?:law|act|ordinance|order|section|chapter)\b[^.;]{0,20}"
    r"\b(?:takes? effect|becomes? effective|(?:is|be) effective)\b",
    re.I,
)

Stretch = tuple[Evidence, Span, float]
"""A stretch of a passage, and how near it comes to the question's words."""


def stretches(
    evidence: Sequence[Evidence], wanted: Wanted, support: Support | None
) -> list[Stretch]:
    """The stretches of the passages that say something and cover the question best, in order.

    What a text says of its own beginning is none where no beginning is asked for.
    """
    return _covering(
        [
            (one, span)
            for one in evidence
            for span in units(one.document, one.hit.passage.span)
            if _says_more(one, span, wanted.terms)
            and not is_deleted(one.document, span)
            and (wanted.effect or not _BEGINS.search(span.of(one.document.text)))
        ],
        support,
    )


def is_deleted(document: Document, span: Span) -> bool:
    """Whether every word of a stretch is one that an amending act takes away."""
    gone = (mark.span for mark in document.marks if mark.type == "deleted")
    return nothing_left(document.text, span, gone)


def has_deleted(document: Document, span: Span) -> bool:
    """Whether some words of a stretch are taken away by an act; most askers want what stays."""
    return any(mark.type == "deleted" and span.meets(mark.span) for mark in document.marks)


def _covering(places: Sequence[tuple[Evidence, Span]], support: Support | None) -> list[Stretch]:
    """The stretches worth encoding with how well each covers the question, in their order.

    They are those that cover it best; where no model tells, those of the best passages.
    """
    if support is None:
        return [(one, span, 0.0) for one, span in places[:_MOST_UNITS]]
    covered = [(one, span, support.covered(one, span)) for one, span in places]
    least = sorted((place[2] for place in covered), reverse=True)[:_MOST_UNITS][-1:]
    return [place for place in covered if place[2] >= least[0]][:_MOST_UNITS]


def _says_more(one: Evidence, span: Span, question: Collection[str]) -> bool:
    """Whether a stretch says anything beside its document's title, its headings, the question.

    Of a ruling's sentences those that merely cite say nothing.
    """
    entry, where = one.document.entry, one.hit.passage.locator
    above = " ".join([entry.title, entry.citation or "", *where.headings, *where.path])
    text = span.of(one.document.text)
    if entry.kind is Kind.COURT_RULING and len(_SAID.findall(text)) < _LEAST_SAID:
        return False
    fresh = set(terms(text)) - set(terms(above)) - set(question)
    return len(fresh) >= _FRESH
