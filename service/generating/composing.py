"""An answer in a model's words, from what the rules found: asked, parsed, checked, cited.

Fail-closed: whatever goes wrong, the answer is the one that the rules quoted, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pincite.kinds import Channel
from pincite.reranking import Reranker
from pincite.said import Said, counted
from pincite.settings import Settings
from pincite.types import Answer, Citation, Composition, Span, Statement
from service.answering.cautions import notices
from service.answering.considering import Considered
from service.citing import cite
from service.generating.checking import Ground
from service.generating.mending import Judge, Sound
from service.generating.parsing import SCHEMA, Claim, claims_in
from service.generating.passages import given_passages
from service.generating.prompting import SYSTEM, prompt
from service.generating.trouble import Trouble
from service.vantage import Vantage

MOST_STATEMENTS = 5
# The channel of a statement is that of its weakest quote.
_CHANNELS: tuple[Channel, ...] = ("law", "record", "argument")


Ask = Callable[[str, str, dict[str, Any]], str]
"""Instructions, a prompt and a schema to a model's words. Raises Trouble."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """The statements that stand, and what became of the others."""

    sound: tuple[Sound, ...]
    dropped: int

    @property
    def repaired(self) -> int:
        return sum(one.repaired for one in self.sound)


def may_be_worded(answer: Answer) -> bool:
    """Whether a model may word an answer: the rules quote something, and quotes are all they say.

    Where they are silent, so is the model; how a text stands is told by the catalogue alone. What
    was found by form, and not by likeness, is not among the passages that a model is shown.
    """
    quotes = {citation.quote for citation in answer.citations}
    return (
        answer.question.llm
        and answer.reason is None
        and bool(answer.statements)
        and all(one.text in quotes and one.support is not None for one in answer.statements)
    )


def composed(
    answer: Answer,
    on: Considered,
    ask: Ask,
    reranker: Reranker | None,
    settings: Settings,
    go_on: Callable[[], None],
) -> Answer:
    """The answer in the model's words; or as it was, with why. Raises what `go_on` raises."""
    dropped = 0
    try:
        if reranker is None:
            raise Trouble("no reranker is there to check a model's statements")
        given = given_passages(answer, on, settings.llm_passages)
        text = prompt(on.asking.text, given)
        claims = claims_in(ask(SYSTEM, text, SCHEMA))
        if not claims:
            raise Trouble("the model gave no statement")
        judge = Judge(given, reranker, settings.llm_support, go_on)
        checked = _checked(claims, judge)
        dropped = checked.dropped
        if not checked.sound:
            raise Trouble("no statement of the model checked out")
    except Trouble as trouble:
        return _by_rule(answer, str(trouble), dropped)
    return _worded(answer, checked, on.view, settings.llm_model)


def _checked(claims: Sequence[Claim], judge: Judge) -> _Checked:
    """Each statement once, as far as it stands; those beyond the most are dropped unread."""
    found = [judge.sound(claim) for claim in claims[:MOST_STATEMENTS]]
    sound = {one.text.casefold(): one for one in reversed(found) if one is not None}
    return _Checked(
        tuple(reversed(sound.values())),
        dropped=found.count(None) + max(0, len(claims) - MOST_STATEMENTS),
    )


def _by_rule(answer: Answer, trouble: str, dropped: int) -> Answer:
    said = Said("Quoted by rule; the model's answer was not used: {why}.", why=trouble)
    return replace(
        answer,
        notices=(*answer.notices, said),
        composition=Composition(dropped=dropped, trouble=trouble),
    )


def _worded(answer: Answer, checked: _Checked, view: Vantage, model: str) -> Answer:
    """The answer with the model's statements, law first, and what is to be known of its quotes."""
    citations: dict[tuple[str, Span], Citation] = {}
    rows = []
    for one in checked.sound:
        for ground in one.grounds:
            place = ground.given.document.entry.id, ground.cited
            citations[place] = _cited(ground, view, citations.get(place))
        places = [(g.given.document.entry.id, g.cited) for g in one.grounds]
        rows.append((one, list(dict.fromkeys(places))))
    rows.sort(key=lambda row: _CHANNELS.index(_channel(citations[at] for at in row[1])))
    order = list(dict.fromkeys(at for _, places in rows for at in places))
    statements = tuple(
        Statement(
            one.text,
            _channel(citations[at] for at in places),
            tuple(order.index(at) + 1 for at in places),
            support=round(one.support, 4),
        )
        for one, places in rows
    )
    cited = tuple(citations[at] for at in order)
    return replace(
        answer,
        statements=statements,
        citations=cited,
        notices=(*_kept(answer, view), *notices(cited, view), *_counted(checked)),
        composition=Composition(model, checked.dropped, checked.repaired),
    )


def _cited(ground: Ground, view: Vantage, before: Citation | None) -> Citation:
    """The citation of a ground, the model's own words pointed out where it cites more."""
    citation = before or cite(ground.given.document, ground.cited, view)
    start = citation.span.start
    own = Span(ground.quoted.start - start, ground.quoted.end - start)
    if not Span(0, len(citation.quote)).holds(own) or len(citation.quote) == own.end - own.start:
        return citation
    return replace(citation, deciding=tuple(sorted({*citation.deciding, own})))


def _channel(citations: Iterable[Citation]) -> Channel:
    """The channel of what rests on these quotes: law only where all of them are."""
    return max((citation.channel for citation in citations), key=_CHANNELS.index)


def _kept(answer: Answer, view: Vantage) -> tuple[str, ...]:
    """The answer's notices, without those on quotes that may be gone."""
    of_quotes = set(notices(answer.citations, view))
    return tuple(notice for notice in answer.notices if notice not in of_quotes)


def _counted(checked: _Checked) -> list[str]:
    """What became of the statements that did not check out as they came."""
    dropped, repaired = checked.dropped, checked.repaired
    said: list[str] = []
    if dropped:
        said.append(
            counted(
                "{count} statement of the model did not check out and was left out.",
                "{count} statements of the model did not check out and were left out.",
                dropped,
            )
        )
    if repaired:
        said.append(
            counted(
                "{count} statement of the model was given another quote than the model's.",
                "{count} statements of the model were given another quote than the model's.",
                repaired,
            )
        )
    return said
