"""What several documents have alike, shown once; what binds others than those asked about, not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Hit, Question
from service.citing import cite
from service.holdings import Holdings
from service.sharing.agencies import named_agreements, of_those_named
from service.vantage import Vantage

if TYPE_CHECKING:  # the pipeline settles what it finds
    from service.asked import Asked

Json = dict[str, Any]


def settled(
    hits: Sequence[Hit], question: Question, view: Vantage, holdings: Holdings
) -> list[Hit]:
    """The hits by their better copies, one a clause, none of an agency that is not asked about."""
    found = holdings.copies.settled(hits, question.text, question.filters, view)
    if question.filters.documents:
        return found  # whoever names documents wants them as they are
    named = named_in(question.text, holdings)
    if named is not None:
        found = of_those_named(found, named, holdings.holders.entries)
    return holdings.holders.one_a_clause(found)


def named_in(question: str, holdings: Holdings) -> frozenset[str] | None:
    """The agreements that a question is about; None when it names no agency and no place."""
    return named_agreements(question, holdings.holders.entries, holdings.jurisdictions)


def told_apart(answer: Answer, view: Vantage, holdings: Holdings) -> Answer:
    """The answer with no agreement's clause twice.

    Where no agency is named, words that were read from page images give way to another
    agreement's text of the same clause.
    """
    if not any(citation.entry.kind is Kind.AGREEMENT for citation in answer.citations):
        return answer
    holders = holdings.holders
    before = dict(enumerate(answer.citations, start=1))
    cited = dict(before)
    if named_in(answer.question.text, holdings) is None:
        for at, citation in before.items():
            if there := holders.cleaner(citation):
                cited[at] = cite(*there, view)
    kept = holders.apart(cited)
    statements = []
    for one in answer.statements:
        if set(one.citations) <= kept.keys():
            quoted = [before[at].quote for at in one.citations]
            text = cited[one.citations[0]].quote if one.text in quoted else one.text
            places = tuple(kept[at] for at in one.citations)
            statements.append(replace(one, text=text, citations=places))
    citations = tuple(cited[at] for at in kept)
    gone = [citation for citation in before.values() if citation not in citations]
    notices = tuple(n for n in answer.notices if not _only_of(n, gone, citations))
    return replace(answer, statements=tuple(statements), citations=citations, notices=notices)


def _only_of(notice: str, gone: Sequence[Citation], kept: Sequence[Citation]) -> bool:
    """Whether a notice was about a citation that is no longer shown."""

    def about(citation: Citation) -> bool:
        return notice == citation.entry.notice or notice.startswith(citation.text)

    return any(map(about, gone)) and not any(map(about, kept))


def also_in(citation: Citation, asked: Asked) -> list[Json]:
    """The other agreements that have a citation's clause, unless the question names others."""
    holdings = asked.holdings
    if citation.entry.kind is not Kind.AGREEMENT:
        return []
    named = named_in(asked.question.text, holdings)
    return [
        {
            "document_id": document.entry.id,
            "title": document.entry.title,
            "citation": cite(document, span, asked.view).text,
            "start": span.start,
            "end": span.end,
        }
        for document, span in holdings.holders.of(citation.quote, citation.entry.id)
        if named is None or document.entry.id in named
    ]
