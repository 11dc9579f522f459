"""From ranked passages to an answer or a reason: what may be quoted, as what, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from pincite.citing.find import citations_in
from pincite.embedding import DenseEncoder, Vectors
from pincite.kinds import KINDS, Channel
from pincite.standing import CURRENT
from pincite.types import Answer, Citation, Hit, Question, Reason, Statement
from pincite.words import terms
from service.abstaining import chance, names_unheld, reason_for
from service.answering.evidence import Evidence, rarities, weighed
from service.answering.quoting import quotes
from service.citing import cite
from service.holdings import Holdings
from service.naming import names_held_case, unheld_names
from service.vantage import Vantage
from service.wording import Wording

_PASSAGES = 20
_NEAREST = 5
_STATEMENTS = 3
# Another passage is quoted too when it bears on the question nearly as well as the best: so many
# standard deviations behind it.
_NEARLY = 0.5
# Words that are less than this as near to the question as the nearest quote answer nothing.
_AS_NEAR = 0.7
_CHANNELS: tuple[Channel, ...] = ("law", "record", "argument")
# Passages that share this much of their words are copies: two formats, or a template.
_SAME = 0.9


def answer_from(
    question: Question,
    wording: Wording,
    vector: Vectors,
    view: Vantage,
    hits: Sequence[Hit],
    holdings: Holdings,
    dense: DenseEncoder,
) -> Answer:
    """The best clauses of the passages that may be quoted, or why there are none.

    Law that is not in force on `view.day` is quoted only when the question names it; it is shown
    among `nearest` otherwise. `wording` is what was looked for, `vector` stands for it.
    """
    named = citations_in(wording.text)
    missing = _missing(question.text, named, holdings)
    hits = [hit for hit in hits if _is_text(hit)]
    usable = [hit for hit in hits if _may_be_quoted(hit, view, set(named))]
    evidence = weighed(wording.text, usable[:_PASSAGES], holdings)
    # A citation that is not held is answered by no other text.
    likely = 0.0 if missing and named else _chance(evidence, unheld=bool(missing))
    reason = reason_for(likely, unheld=bool(missing))
    wanted = rarities(wording.text, holdings)
    if reason is None and (stated := _statements(evidence, wanted, vector, view, dense)):
        return _answer(question, stated, likely, wording)
    if not missing:
        ended = [hit for hit in hits if hit not in usable]
        old = weighed(wording.text, ended[:_PASSAGES], holdings)
        if reason_for(_chance(old, unheld=False), unheld=False) is None:
            reason, evidence = "superseded_only", old
    reason = reason or "weak_evidence"
    nearest = tuple(cite(e.document, e.hit.passage.span, view) for e in evidence[:_NEAREST])
    notices = (*_readings(wording), *_notices(reason, ()), *_absences(missing))
    return Answer(
        question, reason=reason, nearest=nearest, notices=notices, confidence=round(likely, 4)
    )


def _missing(text: str, named: Sequence[str], holdings: Holdings) -> tuple[str, ...]:
    """What the question names and the corpus does not hold; citations that it holds settle it."""
    entries = [record.entry for record in holdings.records.values()]
    if names_unheld(named, holdings.citations) and not names_held_case(text, entries):
        return tuple(form.upper() for form in named if "(" not in form and form[0] != "§")
    return () if named else unheld_names(text, entries)


def _chance(evidence: Sequence[Evidence], *, unheld: bool) -> float:
    """How likely the evidence answers; `unheld` tells whether a named source is not here."""
    if not evidence:
        return 0.0
    best = evidence[0]
    similarity = max(one.hit.similarity or 0.0 for one in evidence)
    return chance(similarity, best.hit.fused, best.names, unheld=unheld)


def _statements(
    evidence: Sequence[Evidence],
    wanted: dict[str, float],
    vector: Vectors,
    view: Vantage,
    dense: DenseEncoder,
) -> list[tuple[Citation, float]]:
    """The quotes of the best passages with their similarity: law, then record, then argument.

    They bear on the question nearly alike, so what the law is rests on law; a question that
    names a record or an argument gets only what holds that name.
    """
    found = quotes(_distinct(evidence), wanted, vector, dense)
    best = max((quote.nearness for quote in found), default=0.0)
    found = [quote for quote in found if quote.nearness >= _AS_NEAR * best]
    found.sort(key=lambda quote: -(quote.evidence.score + quote.nearness))
    stated = [(cite(q.evidence.document, q.span, view), q.similarity) for q in found]
    return sorted(stated, key=lambda pair: _CHANNELS.index(pair[0].channel))


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best passages that bear on the question nearly alike, none the copy of another.

    All hold the names and numbers of the question that the best one holds.
    """
    chosen: list[Evidence] = []
    seen: list[set[str]] = []
    for one in evidence:
        if len(chosen) == _STATEMENTS or one.score < evidence[0].score - _NEARLY:
            break
        if one.names < evidence[0].names:  # the same template, under another agency's name
            continue
        said = set(terms(one.hit.passage.text))
        if not any(len(said & other) >= _SAME * len(said | other) for other in seen):
            chosen.append(one)
            seen.append(said)
    return chosen


def _is_text(hit: Hit) -> bool:
    """Whether a passage is of the text that counts: no front or back matter, nothing retired."""
    return not hit.passage.retired and hit.passage.locator.part != "furniture"


def _may_be_quoted(hit: Hit, view: Vantage, named: set[str]) -> bool:
    """Whether a passage may carry a statement: current law, a record, or what is asked for."""
    entry = view.works.entries[hit.passage.document_id]
    if KINDS[entry.kind].channel != "law" or view.works.standing(entry, view.day).status in CURRENT:
        return True
    return bool(named & set(citations_in(entry.citation or "")))


def _answer(
    question: Question,
    stated: Sequence[tuple[Citation, float]],
    likely: float,
    wording: Wording,
) -> Answer:
    citations = tuple(citation for citation, _ in stated)
    return Answer(
        question,
        statements=tuple(
            Statement(citation.quote, citation.channel, (place,), support=round(similarity, 4))
            for place, (citation, similarity) in enumerate(stated, start=1)
        ),
        citations=citations,
        notices=(*_readings(wording), *_notices(None, citations)),
        confidence=round(likely, 4),
    )


def _readings(wording: Wording) -> list[str]:
    """Which words were read as others, so that a wrong guess is seen."""
    return [f"“{word}” was read as “{better}”." for word, better in wording.respelt]


def _absences(missing: Sequence[str]) -> list[str]:
    """What was named and is not here."""
    return [f"This corpus does not hold {name}." for name in missing]


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
