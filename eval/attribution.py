"""Why a question went wrong: the first of a short list of faults that explains it.

What was quoted is blamed before what was found: an answer from a retired text is that fault,
whatever search returned. Among the rest the earliest step is blamed, since a later step could
not have done better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from eval.measures.gold import NOWHERE, answers, joined, named, shared
from eval.measures.rightness import asked, first
from eval.words import Case, Cited, Given, Group, Ranked, Support
from pincite.types import Span

Fault = Literal[
    "failed",
    "not indexed",
    "wrong version",
    "wrong channel",
    "wrongly answered",
    "not retrieved",
    "wrongly abstained",
    "retrieved but not chosen",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
Held = Callable[[str], bool]
"""Whether the index holds a document, or a unit that the benchmark judges, by its id."""

# Where a system's description names the gold that its index lacks.
NOT_HELD = "not_held"
# A ranking benchmark has no answer: what a reader sees first stands for what was chosen.
CHOSEN = 10


@dataclass(frozen=True, slots=True)
class Blame:
    """What went wrong with one question, and what was seen."""

    fault: Fault
    reason: str


def held_by(described: Mapping[str, Any]) -> Held:
    """What a system holds, by what it says that it lacks of the gold."""
    missing = frozenset(described.get(NOT_HELD, ()))
    return lambda id: id not in missing


def attributed(case: Case, given: Given, held: Held) -> Blame | None:
    """The fault behind a wrong question, or None where it is right or nothing tells.

    Gold and given must count in the same text versions, or have the same words.
    """
    if given.error is not None:
        return Blame("failed", given.error)
    if not asked(given):
        return _ranking(case, given, held)
    if case.answerable is False or (case.answerable is None and not case.groups):
        return _unanswerable(case, given)
    return _answering(case, given, held)


def _unanswerable(case: Case, given: Given) -> Blame | None:
    if case.answerable is None or not given.statements:
        return None
    said = given.citations[0].citation if given.citations else "nothing"
    return Blame("wrongly answered", f"the corpus cannot answer this; it quoted {said}")


def _answering(case: Case, given: Given, held: Held) -> Blame | None:
    missed = [group for group in case.groups if not any(map(_quoting(group), given.citations))]
    if not missed:
        return _well_founded(case, given)
    for look in (_not_indexed, _wrong_version, _wrong_channel, _not_retrieved):
        if blame := look(missed[0], given, held):
            return blame
    if not given.statements:
        return _abstained(given)
    rank = _rank(missed[0], given.ranking)
    found = f"it was found at rank {rank}" if rank else "search was not asked"
    return Blame("retrieved but not chosen", f"{_names(missed[0])} was not quoted; {found}")


def _well_founded(case: Case, given: Given) -> Blame | None:
    """Every group is quoted somewhere; the first statement must rest on one of them."""
    if not given.statements:
        return _abstained(given)
    quotes = first(given)
    if not case.groups or any(_quoting(group)(cited) for group in case.groups for cited in quotes):
        return None
    said = quotes[0].citation if quotes else "nothing"
    return Blame("retrieved but not chosen", f"the first statement rests on {said}, not on gold")


def _abstained(given: Given) -> Blame:
    found = "the answer was found" if given.ranking else "search was not asked"
    said = (given.reason or "nothing").replace("_", " ")
    return Blame("wrongly abstained", f"it said {said}; {found}")


def _not_indexed(group: Group, _given: Given, held: Held) -> Blame | None:
    return _lacking(_unique(support.document_id for support in group.supports), held)


def _lacking(ids: list[str], held: Held) -> Blame | None:
    if any(map(held, ids)):
        return None
    return Blame("not indexed", f"the index does not hold {_some(ids)}")


def _wrong_version(group: Group, given: Given, _held: Held) -> Blame | None:
    versions = {support.document_id: support.version for support in group.supports}
    for cited in given.citations:
        if cited.document_id in versions:
            if cited.version != versions[cited.document_id]:
                return Blame("wrong version", f"{cited.citation} was quoted from another reading")
        elif cited.retired:
            told = cited.status not in ("in_force", "unknown")
            said = cited.status.replace("_", " ") if told else "retired"
            return Blame("wrong version", f"{cited.citation} was quoted, which is {said}")
    return None


def _wrong_channel(group: Group, given: Given, _held: Held) -> Blame | None:
    wanted = {support.channel for support in group.supports if support.channel}
    quoted = [cited for cited in given.citations if cited.channel not in wanted]
    if not wanted or not quoted or len(quoted) < len(given.citations):
        return None
    said, wish = quoted[0], " or ".join(sorted(wanted))
    return Blame("wrong channel", f"{said.citation} is {said.channel}; {wish} was asked for")


def _not_retrieved(group: Group, given: Given, _held: Held) -> Blame | None:
    if "search" not in given.latency_ms or _rank(group, given.ranking):
        return None
    readings = {(s.document_id, s.version) for s in group.supports}
    found = {(r.document_id, r.version) for r in given.ranking}
    if not found & readings and {name for name, _ in found} & {name for name, _ in readings}:
        why = "the index holds another reading than the gold; freeze the questions again"
        return Blame("wrong version", f"{_names(group)}: {why}")
    depth = len(given.ranking)
    return Blame("not retrieved", f"{_names(group)} is not among the {depth} passages found")


def found_at(case: Case, given: Given) -> int | None:
    """The rank (from 1) by which all that is needed was found: a right unit, or every group."""
    if right := _right_units(case):
        ranks = (rank for rank, ranked in enumerate(given.ranking, 1) if ranked.unit in right)
        return next(ranks, None)
    every = [_rank(group, given.ranking) for group in case.groups]
    found = [rank for rank in every if rank is not None]
    return max(found) if found and len(found) == len(every) else None


def _ranking(case: Case, given: Given, held: Held) -> Blame | None:
    """Blame for a question that only ranks."""
    right = _right_units(case)
    if not right and not case.groups:
        return None
    rank = found_at(case, given)
    names = _some(right) if right else _names(_missed(case, given))
    if rank is None:
        ids = right or [support.document_id for support in _missed(case, given).supports]
        return _lacking(_unique(ids), held) or Blame(
            "not retrieved", f"{names} is not among the {len(given.ranking)} found"
        )
    if rank > CHOSEN:
        return Blame("retrieved but not chosen", f"{names} was found at rank {rank}")
    return None


def _right_units(case: Case) -> list[str]:
    return [unit for unit, grade in case.relevant.items() if grade > 0]


def _missed(case: Case, given: Given) -> Group:
    """The group that was found last or not at all."""
    last = len(given.ranking) + 1
    return max(case.groups, key=lambda group: _rank(group, given.ranking) or last)


def _quoting(group: Group) -> Callable[[Cited], bool]:
    return lambda cited: any(_quotes(cited, support) for support in group.supports)


def _quotes(cited: Cited, support: Support) -> bool:
    if cited.document_id != support.document_id or cited.version == support.version:
        return answers(cited, support, NOWHERE)
    # Another reading of the same document: its offsets say nothing, its words do.
    gold, quote = " ".join(support.quote.split()), " ".join(cited.quote.split())
    return bool(quote) and (gold in quote or (quote in gold and 2 * len(quote) >= len(gold)))


def _rank(group: Group, ranking: Iterable[Ranked]) -> int | None:
    """From 1, where the stretches so far hold half of an alternative."""
    found: dict[Support, list[Span]] = {support: [] for support in group.supports}
    for rank, ranked in enumerate(ranking, start=1):
        for support, spans in found.items():
            if (support.document_id, support.version) == (ranked.document_id, ranked.version):
                spans.append(ranked.span)
                inside = sum(shared(support.span, span) for span in joined(spans))
                if 2 * inside >= support.span.end - support.span.start > 0:
                    return rank
    return None


def _names(group: Group) -> str:
    return named(group.supports[0])


def _some(ids: list[str]) -> str:
    return " or ".join(ids[:3]) + (f" or {len(ids) - 3} others" if len(ids) > 3 else "")


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
