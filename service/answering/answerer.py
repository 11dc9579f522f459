"""From ranked passages to an answer or a reason: what may be quoted, as what, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pincite.citing.find import citations_in
from pincite.embedding import DenseEncoder, Vectors
from pincite.kinds import KINDS
from pincite.types import Answer, Citation, Hit, Question, Reason, Statement
from pincite.words import terms
from service.abstaining import chance, names_unheld, reason_for
from service.answering.evidence import Evidence, rarities, weighed
from service.answering.quoting import quotes
from service.citing import cite
from service.holdings import Holdings
from service.standing import CURRENT, standing

_PASSAGES = 10
_NEAREST = 5
_STATEMENTS = 2
# A second passage is quoted too when it bears on the question nearly as well as the best.
_NEARLY = 0.9
# Passages that share this much of their words are copies: two formats, or a template.
_SAME = 0.9


def answer_from(
    question: Question,
    vector: Vectors,
    day: date,
    hits: Sequence[Hit],
    holdings: Holdings,
    dense: DenseEncoder,
) -> Answer:
    """The best sentences of the passages that may be quoted, or why there are none.

    Law that is not in force on `day` is quoted only when the question names it; it is shown
    among `nearest` otherwise. `vector` is the question's.
    """
    named = citations_in(question.text)
    usable = [hit for hit in hits if _may_be_quoted(hit, holdings, day, set(named))][:_PASSAGES]
    evidence = weighed(question.text, usable, holdings)
    reason = _reason(evidence)
    if names_unheld(named, holdings.citations):
        reason = "not_in_corpus"
    wanted = rarities(question.text, holdings)
    if reason is None and (stated := _statements(evidence, wanted, vector, day, dense)):
        return _answer(question, stated)
    if reason != "not_in_corpus" or not named:
        ended = [hit for hit in hits if hit not in usable and not hit.passage.retired]
        old = weighed(question.text, ended[:_PASSAGES], holdings)
        if _reason(old) is None:
            reason, evidence = "superseded_only", old
    nearest = tuple(cite(e.document, e.hit.passage.span, day) for e in evidence[:_NEAREST])
    reason = reason or "weak_evidence"
    return Answer(question, reason=reason, nearest=nearest, notices=_notices(reason, ()))


def _reason(evidence: Sequence[Evidence]) -> Reason | None:
    """Why the evidence is no answer, or None when it is."""
    if not evidence:
        return "not_in_corpus"
    similarity = max(one.hit.similarity or 0.0 for one in evidence)
    return reason_for(chance(similarity, evidence[0].score, evidence[0].names))


def _statements(
    evidence: Sequence[Evidence],
    wanted: dict[str, float],
    vector: Vectors,
    day: date,
    dense: DenseEncoder,
) -> list[tuple[Citation, float]]:
    """The quotes of the best passages with their similarity; law before argument."""
    found = quotes(_distinct(evidence), wanted, vector, dense)
    found.sort(key=lambda quote: -(quote.evidence.score + quote.nearness))
    stated = [(cite(q.evidence.document, q.span, day), q.similarity) for q in found]
    return sorted(stated, key=lambda pair: pair[0].channel == "argument")


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best passages that bear on the question nearly alike, none the copy of another.

    All hold the names and numbers of the question that the best one holds.
    """
    chosen: list[Evidence] = []
    seen: list[set[str]] = []
    for one in evidence:
        if len(chosen) == _STATEMENTS or one.score < _NEARLY * evidence[0].score:
            break
        if one.names < evidence[0].names:  # the same template, under another agency's name
            continue
        said = set(terms(one.hit.passage.text))
        if not any(len(said & other) >= _SAME * len(said | other) for other in seen):
            chosen.append(one)
            seen.append(said)
    return chosen


def _may_be_quoted(hit: Hit, holdings: Holdings, day: date, named: set[str]) -> bool:
    """Whether a passage may carry a statement: current law, a record, or what is asked for."""
    entry = holdings.record(hit.passage.document_id).entry
    if hit.passage.retired or hit.passage.locator.part == "furniture":
        return False
    if KINDS[entry.kind].channel != "law" or standing(entry, day) in CURRENT:
        return True
    return bool(named & set(citations_in(entry.citation or "")))


def _answer(question: Question, stated: Sequence[tuple[Citation, float]]) -> Answer:
    citations = tuple(citation for citation, _ in stated)
    return Answer(
        question,
        statements=tuple(
            Statement(citation.quote, citation.channel, (place,), support=round(similarity, 4))
            for place, (citation, similarity) in enumerate(stated, start=1)
        ),
        citations=citations,
        notices=_notices(None, citations),
    )


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
