"""Verbatim or nothing: every quote is held against its source before an answer leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pincite.errors import NotFound, VerificationError
from pincite.types import Answer, Citation, Document, Statement

Documents = Callable[[str], Document]


def verify(citation: Citation, documents: Documents) -> None:
    """Nothing, if the quote is the slice it says it is, of the version that is open.

    Raises VerificationError otherwise. Whoever wrote the citation is not asked.
    """
    name = citation.entry.id
    try:
        document = documents(name)
    except NotFound as error:
        raise VerificationError(str(error)) from None
    if document.entry != citation.entry:
        raise VerificationError(f"{name}: the entry is not the one that is published")
    if document.version != citation.version:
        raise VerificationError(f"{name}: the quote is from another text version")
    span = citation.span
    if not 0 <= span.start < span.end <= len(document.text):
        raise VerificationError(f"{name}: {span.start}:{span.end} lies outside the text")
    if span.of(document.text) != citation.quote:
        raise VerificationError(f"{name}: the text at {span.start}:{span.end} is not the quote")
    deleted = {m for m in document.marks if m.type == "deleted" and span.meets(m.span)}
    if not deleted <= set(citation.marks):
        raise VerificationError(f"{name}: the quote holds deleted words that are not marked")


def verified(answer: Answer, documents: Documents) -> tuple[Answer, int]:
    """The answer without what does not check out, and how many citations were dropped.

    A statement stands on all its citations: with one gone, the statement goes.
    """
    sound = [stands(citation, documents) for citation in answer.citations]
    answer, lost = _without_unsound_companions(answer, documents)
    kept = [place for place, stands in enumerate(sound, start=1) if stands]
    statements = [s for s in answer.statements if s.citations and set(s.citations) <= set(kept)]
    used = sorted({place for statement in statements for place in statement.citations})
    nearest = tuple(c for c in answer.nearest if stands(c, documents))
    dropped = sound.count(False) + len(answer.nearest) - len(nearest) + lost
    emptied = answer.statements and not statements
    return replace(
        answer,
        statements=tuple(_renumbered(statements, used)),
        citations=tuple(answer.citations[place - 1] for place in used),
        nearest=nearest,
        reason="weak_evidence" if emptied else answer.reason,
    ), dropped


def _without_unsound_companions(answer: Answer, documents: Documents) -> tuple[Answer, int]:
    """The answer without the exceptions and definitions that do not check out, and how many."""
    citations, lost = [], 0
    for citation in answer.citations:
        sound = tuple(c for c in citation.companions if stands(c.citation, documents))
        lost += len(citation.companions) - len(sound)
        citations.append(replace(citation, companions=sound))
    return replace(answer, citations=tuple(citations)), lost


def stands(citation: Citation, documents: Documents) -> bool:
    """Whether a citation checks out."""
    try:
        verify(citation, documents)
    except VerificationError:
        return False
    return True


def _renumbered(statements: Sequence[Statement], used: Sequence[int]) -> list[Statement]:
    places = {old: new for new, old in enumerate(used, start=1)}
    return [replace(s, citations=tuple(places[place] for place in s.citations)) for s in statements]
