"""From ranked passages to an answer or a reason: what may be quoted, as what, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pincite.embedding import DenseEncoder

from pincite.citing.find import citations_in, citations_of
from pincite.kinds import KINDS
from pincite.types import Answer, Citation, Hit, Question, Reason, Statement
from service.abstaining import THRESHOLDS, reason_for
from service.answering.extractive import Candidate, candidates, chosen
from service.citing import cite
from service.holdings import Holdings
from service.standing import CURRENT, standing

_NEAREST = 5


def answer_from(
    question: Question, day: date, hits: Sequence[Hit], holdings: Holdings, dense: DenseEncoder
) -> Answer:
    """The best sentences of the passages that may be quoted, or why there are none.

    Law that is not in force on `day` is quoted only when the question names it; it is shown
    among `nearest` otherwise.
    """
    named = set(citations_in(question.text))
    usable = [hit for hit in hits if _may_be_quoted(hit, holdings, day, named)]
    ranked = candidates(question.text, usable, holdings, dense)
    scores = [candidate.score for candidate in ranked]
    reason = reason_for(scores, THRESHOLDS)
    if reason is None:
        picked = chosen(ranked)
        return _stated(question, [(c, cite(c.document, c.span, day)) for c in picked])
    if reason != "not_in_corpus" or len(usable) < len(hits):
        retired = [hit for hit in hits if hit not in usable]
        old = candidates(question.text, retired, holdings, dense)
        if old and reason_for([c.score for c in old], THRESHOLDS) is None:
            reason = "superseded_only"
            ranked = old
    nearest = tuple(cite(c.document, c.span, day) for c in _distinct(ranked)[:_NEAREST])
    return Answer(question, reason=reason, nearest=nearest, notices=_notices(reason, nearest))


def _may_be_quoted(hit: Hit, holdings: Holdings, day: date, named: set[str]) -> bool:
    """Whether a passage may carry a statement: current law, a record, or what the question names."""
    entry = holdings.record(hit.passage.document_id).entry
    if hit.passage.retired or hit.passage.locator.part == "furniture":
        return False
    if KINDS[entry.kind].channel != "law" or standing(entry, day) in CURRENT:
        return True
    return bool(named & set(citations_of(entry)))


def _stated(question: Question, picked: Sequence[tuple[Candidate, Citation]]) -> Answer:
    citations = tuple(citation for _, citation in picked)
    return Answer(
        question,
        statements=tuple(
            Statement(c.quote, c.channel, (place,), support=round(candidate.score, 4))
            for place, (candidate, c) in enumerate(picked, start=1)
        ),
        citations=citations,
        notices=_notices(None, citations),
    )


def _distinct(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of each passage."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in ranked:
        best.setdefault((candidate.document.entry.id, candidate.hit.passage.span.start), candidate)
    return list(best.values())


def _notices(reason: Reason | None, citations: Sequence[Citation]) -> tuple[str, ...]:
    """What a reader must know before relying on these quotes, each said once."""
    said = [_REASONS[reason]] if reason in _REASONS else []
    for citation in citations:
        said += _cautions(citation)
    return tuple(dict.fromkeys(said))


_REASONS: dict[Reason | None, str] = {
    "not_in_corpus": "Nothing in this corpus answers that question.",
    "weak_evidence": "No passage here answers that question well enough to be quoted as an answer.",
    "superseded_only": "Only texts that are no longer in force answer that question.",
}


def _cautions(citation: Citation) -> list[str]:
    entry, said = citation.entry, []
    if citation.status not in CURRENT:
        said.append(f"{citation.text} is {_words(citation.status)}; it is not current law.")
    if citation.channel == "argument":
        said.append(f"{citation.text} is {citation.authority}; it states a view.")
    if any(mark.type == "deleted" for mark in citation.marks):
        said.append(f"{citation.text}: words in [brackets] are deleted by the act.")
    if any(mark.type == "ocr" for mark in citation.marks):
        said.append(f"{citation.text} was read by machine from page images; check the original.")
    if citation.channel == "law" and entry.current_through is not None:
        said.append(f"{citation.text}: text current through {entry.current_through:%Y-%m-%d}.")
    return said + ([entry.notice] if entry.notice else [])


def _words(status: str) -> str:
    return status.replace("_", " ")
