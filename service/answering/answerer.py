"""From ranked passages to an answer or a reason: what may be quoted, as what, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from pincite.said import N_, Said
from pincite.types import Answer, Citation, Filters, Hit, Reason, Statement
from service.abstaining import ENOUGH, Figures, chance, reason_for
from service.answering.by_rule.authorship import who_wrote
from service.answering.by_rule.holding import held
from service.answering.by_rule.origins import made
from service.answering.by_rule.provisions import provisions
from service.answering.by_rule.status import told
from service.answering.by_rule.telling import Told
from service.answering.by_rule.votes import voted
from service.answering.by_rule.wholes import lacking_clause, whole
from service.answering.cautions import notices, unanswered
from service.answering.choosing import NEARLY, behind_of, chosen, cited
from service.answering.conflicts import conflict_in
from service.answering.considering import Asking, Considered, considered
from service.answering.dividing import by_place, divided
from service.answering.evidence import law_alone, weighed
from service.answering.judging import figures_of
from service.answering.meaning import defines, definition_in, term_of, thing_of
from service.answering.places import advised
from service.answering.several import of_each, of_the_sort
from service.answering.sources import lacking, sources_named
from service.answering.timing import succeeding, with_day
from service.citing import cite
from service.matching import matches
from service.vantage import Vantage
from service.wording import place_names

# "Only what is no longer in force answers" is said where its odds are so many times as high.
_FAR_SURER = 10.0
_NEAREST = 5
# What nothing can be quoted of is no surer than what is not answered.
_UNSURE = ENOUGH - 0.01
# A quote so far behind the surest stretch that was read, in log-odds, is none: no evidence of
# what that stretch says. Of 404 questions of families that the selector had not learnt from none
# loses its right quote by it.
_FAR_LESS_SURE = 2.0


def answer_from(asking: Asking, view: Vantage, hits: Sequence[Hit]) -> Answer:
    """The best clauses of the passages that may be quoted, or why there are none.

    Law that is not in force on the day is quoted only when the question asks for it (`timing`);
    it is shown among `nearest` otherwise.
    """
    on = _without_clause(considered(asking, view, hits))
    answer = (
        _by_rule(on)
        or _of_several(on)
        or _divided(on)
        or _disagreeing(on)
        or _quoted(on)
        or _replaced(on)
        or _silent(on)
    )
    readings = [
        Said("“{word}” was read as “{better}”.", word=word, better=better)
        for word, better in asking.wording.respelt
    ]
    readings += [
        Said("This corpus does not hold {name}; what is quoted speaks of it.", name=name)
        for name in on.told_of
        if answer.statements
    ]
    missing = (*on.missing, *on.told_of)
    answer = replace(answer, notices=(*readings, *answer.notices), missing=missing)
    return with_day(answer, on.timing)


def _without_clause(on: Considered) -> Considered:
    """The same, not answered where nothing but a clause is asked for and its text has none such."""
    absent = lacking_clause(on.asking.text, on.view, on.asking.holdings)
    if absent is None:
        return on
    return replace(on, reason="not_in_corpus", missing=(*on.missing, absent), likely=0.0, sure=0.0)


def _by_rule(on: Considered) -> Answer | None:
    """What is said of a text by rule: how it stands, who wrote it, what it holds; with proof."""
    if on.cites_absent:
        return None
    text, holdings = on.asking.text, on.asking.holdings
    said = told(text, on.timing, on.evidence, holdings)
    said = said or who_wrote(text, on.view, on.evidence, holdings)
    said = said or _of_named(on)
    if not said:
        return None
    if not said.statements:
        silent = _silent(replace(on, reason=None))
        return replace(silent, reason="weak_evidence", notices=(*silent.notices, *said.notices))
    return Answer(
        on.asking.question,
        statements=said.statements,
        citations=said.citations,
        notices=(*said.notices, *notices(said.citations, on.view, told=True)),
        confidence=round(max(on.likely, ENOUGH), 4),
    )


def _of_named(on: Considered) -> Told | None:
    """What is told of a text that is named and hardly anything else, if the filters let it be."""
    text, holdings, filters = on.asking.text, on.asking.holdings, on.asking.question.filters
    for tell in (made, voted, held, provisions, whole):
        if said := tell(text, on.view, holdings):
            shown = all(matches(citation.entry, filters) for citation in said.citations)
            known = said.citations or filters == Filters()
            return said if shown and known else None
    return None


def _of_several(on: Considered) -> Answer | None:
    """The best clause of each text, where the question asks which texts or places there are."""
    found = of_each(on, behind_of(on)) if on.reason is None else []
    if not found:
        return None
    answer = _answer(on, cited(found, on), on.likely)
    return replace(answer, notices=(Said(_MAY_BE_MORE), *answer.notices))


def _divided(on: Considered) -> Answer | None:
    """No answer without a place, where the answer hangs on it and none was named."""
    if on.reason is not None or on.near or on.named:
        return None
    each = by_place(on.evidence, NEARLY, behind_of(on))
    return divided(on, each) if each else None


def _disagreeing(on: Considered) -> Answer | None:
    """The sources that disagree on what is asked, both quoted."""
    holdings = on.asking.holdings
    if on.reason is not None:
        return None
    conflict = conflict_in(on.asking.text, on.evidence, on.view, holdings.rarity)
    if conflict is None:
        return None
    stated = [
        (cite(one.document, span, on.view), one.hit.similarity or 0.0)
        for one, span in (conflict.first, conflict.second)
    ]
    answer = _answer(on, stated, on.likely)
    return replace(answer, reason="conflicting", notices=(conflict.words, *answer.notices))


def _quoted(on: Considered) -> Answer | None:
    """The best clauses, where the evidence answers; something of each source that is named."""
    if on.reason is not None:
        return None
    evidence = of_the_sort(on.asking.text, on.evidence)
    stated = chosen(law_alone(on.asking.text, evidence, NEARLY), on, _least_sure(on.figures))
    stated = _defining(stated, on)
    if not stated:
        return None
    stated += _of_the_others(stated, on)
    return advised(_answer(on, stated, on.likely), on.asking.text, on.view)


def _defining(stated: list[tuple[Citation, float]], on: Considered) -> list[tuple[Citation, float]]:
    """Of the quotes those that define the term whose meaning is asked for, else its definition.

    Who asks what a thing is gets them too, and what there is where nothing defines it.
    """
    term = _term(on)
    thing = term or thing_of(on.asking.text, place_names(on.asking.holdings.jurisdictions))
    if thing is None:
        return stated
    defining = [pair for pair in stated if defines(pair[0], thing)]
    if not defining and (found := definition_in(on, thing)) is not None:
        one, span = found
        defining = [(cite(one.document, span, on.view), one.hit.similarity or 0.0)]
    return defining if term else defining or stated


def _term(on: Considered) -> str | None:
    return term_of(on.asking.text, place_names(on.asking.holdings.jurisdictions))


def _least_sure(figures: Figures | None) -> float:
    """The log-odds under which a stretch is no answer, beside the surest that the evidence has."""
    surest = figures.answers if figures else None
    return -inf if surest is None else surest - _FAR_LESS_SURE


def _of_the_others(
    stated: Sequence[tuple[Citation, float]], on: Considered
) -> list[tuple[Citation, float]]:
    """The best quote of each source that the question names and that is not quoted yet."""
    holdings, text = on.asking.holdings, on.asking.text
    named = sources_named(text, holdings, on.view)
    ids = [citation.entry.id for citation, _ in stated]
    wanted: frozenset[str] = frozenset().union(*named)
    theirs = [hit for hit in on.hits if _id(hit) in wanted]
    allowed = [hit for hit in theirs if on.timing.allows(holdings.record(_id(hit)).entry)]
    evidence = [*on.evidence, *weighed(text, allowed, holdings, on.near)]
    return [pair for one in lacking(named, ids, evidence) for pair in chosen([one], on)]


def _id(hit: Hit) -> str:
    return hit.passage.document_id


def _replaced(on: Considered) -> Answer | None:
    """What replaced the retired text that answers best: that is the law now."""
    if reason_for(on.sure, unheld=False) is not None:
        return None
    heirs = succeeding(on.old, on.evidence, on.view)
    ask = on.asking
    figures = figures_of(heirs, ask.wanted, ask.support, ask.selector, unheld=False)
    answers = reason_for(chance(figures), unheld=False) is None
    stated = chosen(heirs, on, _least_sure(figures)) if answers else []
    if not stated:
        return None
    stated += _of_the_others(stated, on)
    entry = on.old[0].document.entry
    words = on.view.works.standing(entry, on.view.day).words
    said = Said("Nearest in words is a text that was {how}; quoted is what replaced it.", how=words)
    answer = _answer(on, stated, on.sure)
    return replace(answer, notices=(said, *answer.notices))


def _silent(on: Considered) -> Answer:
    """Why there is no answer, with what is nearest."""
    evidence, reason = on.evidence, on.reason or "weak_evidence"
    surer = _odds(on.sure) > _FAR_SURER * _odds(on.likely)
    if reason_for(on.sure, unheld=False) is None and surer:
        evidence, reason = on.old, "superseded_only"
    nearest = tuple(cite(one.document, one.hit.passage.span, on.view) for one in evidence)
    nearest = nearest[:_NEAREST]
    why = unanswered(on.view.day, nearest) if reason == "superseded_only" else _REASONS[reason]
    absent = [Said("This corpus does not hold {name}.", name=name) for name in on.missing]
    if on.reason is None and (term := _term(on)) is not None:
        absent.append(Said("No definition of “{term}” was found.", term=term))
    answer = Answer(
        on.asking.question,
        reason=reason,
        nearest=nearest,
        notices=(why, *absent),
        confidence=round(on.likely if on.reason else min(on.likely, _UNSURE), 4),
    )
    return advised(answer, on.asking.text, on.view)


def _odds(chance: float) -> float:
    return chance / (1.0 - chance) if chance < 1.0 else inf


_MAY_BE_MORE = N_(
    "Several texts are asked for: quoted is what was found of each; there may be more that bear."
)
_REASONS: dict[Reason, str] = {
    "not_in_corpus": Said("Nothing in this corpus answers that question."),
    "weak_evidence": Said(
        "No passage here answers that question well enough to be quoted as an answer;"
        " what is shown is nearest, not an answer."
    ),
}


def _answer(on: Considered, stated: Sequence[tuple[Citation, float]], likely: float) -> Answer:
    """An answer of quotes, each with its similarity to the question."""
    citations = tuple(citation for citation, _ in stated)
    beside = [one.document.entry for one in on.evidence[:_NEAREST]]
    return Answer(
        on.asking.question,
        statements=tuple(
            Statement(citation.quote, citation.channel, (place,), support=round(similarity, 4))
            for place, (citation, similarity) in enumerate(stated, start=1)
        ),
        citations=citations,
        notices=notices(citations, on.view, beside=beside),
        confidence=round(likely, 4),
    )
