"""The passages that a model is given: those quoted by rule, what goes with them, what is near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.context import context_of
from pincite.places import place_name
from pincite.types import Answer, Citation, Document, Passage, Span
from service.answering.considering import Considered
from service.answering.evidence import Evidence
from service.citing import cite


@dataclass(frozen=True, slots=True)
class Given:
    """A passage as the model sees it: its stretch, and how that is cited."""

    document: Document
    span: Span
    citation: Citation

    @property
    def known(self) -> str:
        """What the passage is known by beside its words: titles, places, parties, headings.

        Who speaks is part of it where the words are not law: they are told as that person's.
        """
        entry, where = self.document.entry, self.citation.locator
        passage = Passage(entry.id, self.document.version, self.span, "", where)
        said = [entry.title, self.citation.text, entry.citation, place_name(entry.jurisdiction)]
        if self.citation.channel != "law":
            said += [entry.issuer, self.citation.authority, where.author]
        return " ".join([context_of(entry, passage), *(one for one in said if one)])


def given_passages(answer: Answer, on: Considered, most: int) -> list[Given]:
    """The passages of the answer's quotes, then their companions, then the rest of the evidence."""
    given: list[Given] = []
    for document, span in _stretches(answer, on):
        if len(given) == most:
            break
        if not any(one.document is document and one.span.meets(span) for one in given):
            given.append(Given(document, span, cite(document, span, on.view)))
    return given


def _stretches(answer: Answer, on: Considered) -> Iterator[tuple[Document, Span]]:
    document = on.asking.holdings.document
    for citation in answer.citations:
        yield document(citation.entry.id), _passage_of(citation, on.evidence)
    for citation in answer.citations:
        for one in citation.companions:
            yield document(one.citation.entry.id), one.citation.span
    for evidence in on.evidence:
        yield evidence.document, evidence.hit.passage.span


def _passage_of(citation: Citation, evidence: Sequence[Evidence]) -> Span:
    """The passage that a quote was cut from; the quote itself where none holds it."""
    return next(
        (
            one.hit.passage.span
            for one in evidence
            if one.document.entry.id == citation.entry.id
            and one.hit.passage.span.holds(citation.span)
        ),
        citation.span,
    )
