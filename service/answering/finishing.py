"""What is done last to an answer of quotes: its order, the words that decide, the lead-ins."""

from __future__ import annotations

from dataclasses import replace

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Statement
from service.answering.companions import is_limited_by
from service.answering.deciding import decided
from service.answering.leads import led
from service.holdings import Holdings
from service.vantage import Vantage


def finished(answer: Answer, question: str, holdings: Holdings, view: Vantage) -> Answer:
    """The answer with deciding words and lead-ins: a rule before its exception, what decides first.

    `question` are the words looked for. What a model wrote keeps its order.
    """
    if answer.composition.model is not None:
        return answer
    answer = decided(answer, question, holdings.rarity)
    return led(_ordered(answer, holdings), view)


def _ordered(answer: Answer, holdings: Holdings) -> Answer:
    """The statements in order; the citations follow them, so that the first is [1]."""
    cited = answer.citations
    single = [one for one in answer.statements if len(one.citations) == 1]
    if len(single) < len(answer.statements) or len(single) < 2:
        return answer
    order = _rule_first(_deciding_first(list(answer.statements), cited), cited, holdings)
    if order == list(answer.statements):
        return answer
    statements = tuple(replace(one, citations=(at,)) for at, one in enumerate(order, start=1))
    citations = tuple(cited[one.citations[0] - 1] for one in order)
    return replace(answer, statements=statements, citations=citations)


def _deciding_first(order: list[Statement], cited: tuple[Citation, ...]) -> list[Statement]:
    """Of the quotes that are worth as much as the first, one that decides goes first.

    All bear nearly alike, or they would not be quoted.
    """

    def worth(one: Statement) -> tuple[str, str, bool]:
        citation = cited[one.citations[0] - 1]
        return citation.channel, citation.force, citation.entry.kind is Kind.COURT_RULING

    def decides(one: Statement) -> bool:
        return bool(cited[one.citations[0] - 1].deciding)

    alike = [one for one in order if worth(one) == worth(order[0])]
    first = next((one for one in alike if decides(one)), order[0])
    return [first, *(one for one in order if one is not first)]


def _rule_first(
    order: list[Statement], cited: tuple[Citation, ...], holdings: Holdings
) -> list[Statement]:
    """The same, with a clause that limits another quoted one right behind it."""
    for one in order:
        limit = cited[one.citations[0] - 1]
        for rule in order[order.index(one) + 1 :]:
            if _limits(limit, cited[rule.citations[0] - 1], holdings):
                rest = [other for other in order if other is not one]
                at = rest.index(rule) + 1
                return [*rest[:at], one, *rest[at:]]
    return order


def _limits(limit: Citation, rule: Citation, holdings: Holdings) -> bool:
    if limit.version != rule.version or rule.entry.kind is Kind.COURT_RULING:
        return False
    return is_limited_by(holdings.document(rule.entry.id), rule.span, limit.span)
