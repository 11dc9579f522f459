"""Every question with its gold and its given passages side by side, or only the failures.

Values for the page; the page escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.attribution import Blame, found_at
from eval.measures import measure
from eval.records import Row
from eval.report.printing import brief, clipped
from eval.report.tables import Cell, Line, Table
from eval.words import Case, Cited, Given, Group, Support
from pincite.types import Span

# Above so many outcomes (questions times systems) only failures are listed, a row each.
MOST_OUTCOMES = 1_500
MOST_FAILURES = 500
_LONGEST_QUOTE, _LONGEST_REASON = 900, 160
_LONGEST_QUESTION, _LONGEST_ID = 140, 40
_MOST_GOLD_UNITS, _MOST_FOUND = 3, 3

Blames = Mapping[tuple[str, str], Blame | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `gold` where the gold and the given share it."""

    text: str
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in pieces and where it stands."""

    pieces: tuple[Piece, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A measure's value for one question, printed, with its reason."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system gave: passages quoted, lines about the rest, scores."""

    system: str
    verdict: str
    wrong: bool
    reason: str
    passages: tuple[Passage, ...]
    lines: tuple[str, ...]
    scores: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it; `without` says what stands in the place of gold."""

    number: int
    id: str
    text: str
    about: str
    answer: str
    gold: tuple[Passage, ...]
    without: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The failures of a long benchmark, and how many questions are left out."""

    note: str
    table: Table


def parts(
    cases: Sequence[Case], rows: Mapping[str, Mapping[str, Row]], blames: Blames
) -> tuple[Part, ...]:
    """All questions: first those that some system got wrong."""
    asked = asked_of(cases, rows, blames)
    wrong = [one for one in asked if any(outcome.wrong for outcome in one.outcomes)]
    right = [one for one in asked if one not in wrong]
    named = (("Wrong in some system", wrong), ("Right in every system", right))
    return tuple(Part(title, tuple(some)) for title, some in named if some)


def asked_of(
    cases: Sequence[Case], rows: Mapping[str, Mapping[str, Row]], blames: Blames
) -> tuple[Asked, ...]:
    """All questions in their order, with what each system gave."""
    return tuple(_asked(number, case, rows, blames) for number, case in enumerate(cases, start=1))


def shortlist(
    cases: Sequence[Case], rows: Mapping[str, Mapping[str, Row]], blames: Blames
) -> Shortlist:
    """A row a question that some system got wrong, those that most got wrong first."""
    failures = {case.id: sum(_wrong(case, s, blames) for s in rows) for case in cases}
    failed = sorted((c for c in cases if failures[c.id]), key=lambda c: -failures[c.id])
    shown = failed[:MOST_FAILURES]
    note = (
        f"{len(failed):,} of {len(cases):,} questions went wrong in some system; those that most"
        f" systems got wrong stand first. {len(cases) - len(failed):,} right questions are left out"
        + (f", and {left:,} wrong ones" if (left := len(failed) - len(shown)) else "")
        + ". The run's folder holds them all."
    )
    columns = ("Question", "Asked", "Gold", *(f"{system}: rank of gold" for system in rows))
    lines = tuple(
        Line(clipped(case.id, _LONGEST_ID), tuple(_short_cells(case, rows, blames)))
        for case in shown
    )
    return Shortlist(note, Table("Failures", columns, lines, align="number"))


def _short_cells(
    case: Case, rows: Mapping[str, Mapping[str, Row]], blames: Blames
) -> Iterator[Cell]:
    yield Cell(clipped(case.question.text, _LONGEST_QUESTION), look="words")
    yield Cell(_gold_names(case), look="where")
    for system, by_case in rows.items():
        row = by_case.get(case.id)
        rank = found_at(case, row.given) if row else None
        blame = blames.get((system, case.id))
        note = blame.fault if blame and blame.fault != "not retrieved" else ""
        yield Cell(str(rank or "–"), note=note, look="number worse" if blame else "number")


def _gold_names(case: Case) -> str:
    units = [unit for unit, grade in case.relevant.items() if grade > 0]
    names = units or [s.document_id for group in case.groups for s in group.supports[:1]]
    more = len(names) - _MOST_GOLD_UNITS
    return ", ".join(names[:_MOST_GOLD_UNITS]) + (f" and {more} more" if more > 0 else "")


def _asked(number: int, case: Case, rows: Mapping[str, Mapping[str, Row]], blames: Blames) -> Asked:
    outcomes = tuple(
        _outcome(system, case, by_case[case.id], blames.get((system, case.id)))
        for system, by_case in rows.items()
        if case.id in by_case
    )
    cited = [c for by_case in rows.values() if case.id in by_case for c in _cited(by_case[case.id])]
    facts = (case.kind.replace("_", " "), case.voice, case.family, case.split or "")
    about = " · ".join(fact for fact in facts if fact and fact != "other")
    gold = tuple(_gold_passages(case, cited))
    without = _gold_names(case) or _no_gold(case)
    return Asked(number, case.id, case.question.text, about, case.answer, gold, without, outcomes)


def _no_gold(case: Case) -> str:
    if case.answerable:
        return "No gold is given."
    expected = f" Expected: {case.expected.replace('_', ' ')}." if case.expected else ""
    return f"The corpus cannot answer this.{expected}"


def _gold_passages(case: Case, cited: Sequence[Cited]) -> Iterator[Passage]:
    for place, group in enumerate(case.groups, start=1):
        for nth, support in enumerate(group.supports):
            name = f"{place} of {len(case.groups)}" if len(case.groups) > 1 else ""
            or_else = "alternative" if nth else ""
            others = [c.span for c in cited if _same_text(c, support)]
            facts = (or_else or name, support.pinpoint, support.document_id, support.channel or "")
            pieces = _pieces(support.quote, support.span, others)
            yield Passage(pieces, " · ".join(fact for fact in facts if fact))


def _outcome(system: str, case: Case, row: Row, blame: Blame | None) -> Outcome:
    given = row.given
    verdict = blame.fault if blame else _verdict(case, given)
    reason = blame.reason if blame else ""
    passages = tuple(_given_passage(cited, case.groups) for cited in given.citations)
    scores = tuple(
        Scored(name, _value(score.value), clipped(score.reason, _LONGEST_REASON))
        for name, score in row.scores.items()
        if measure(name).definition.unit != "ms"
    )
    return Outcome(
        system, verdict, blame is not None, reason, passages, tuple(_lines(case, given)), scores
    )


def _verdict(case: Case, given: Given) -> str:
    if given.statements:
        return "right" if case.groups else "answered"
    asked = "ask" in given.latency_ms
    return "rightly abstained" if asked and not case.groups else "right"


def _lines(case: Case, given: Given) -> Iterator[str]:
    quotes = {" ".join(cited.quote.split()) for cited in given.citations}
    for said in given.statements:
        if " ".join(said.text.split()) not in quotes:
            yield f"Said, as {said.channel}: {clipped(said.text, _LONGEST_QUOTE)}"
    if given.reason:
        yield f"Reason given: {given.reason.replace('_', ' ')}"
    if given.confidence is not None:
        yield f"Confidence: {given.confidence:.2f}"
    if given.ranking:
        best = ", ".join(r.unit or r.document_id for r in given.ranking[:_MOST_FOUND])
        rank = found_at(case, given)
        gold = f"gold at rank {rank}" if rank else "gold not found"
        about = f" ({gold})" if case.groups or case.relevant else ""
        yield f"Search gave {len(given.ranking)}{about}: {best}" + ", …" * (len(given.ranking) > 3)
    if given.latency_ms:
        yield "Took " + ", ".join(f"{name} {ms:,.0f} ms" for name, ms in given.latency_ms.items())


def _given_passage(cited: Cited, groups: Sequence[Group]) -> Passage:
    supports = [support for group in groups for support in group.supports]
    others = [support.span for support in supports if _same_text(cited, support)]
    status = cited.status.replace("_", " ")
    retired = "retired" if cited.retired and status == "in force" else ""
    facts = (cited.citation, cited.document_id, cited.channel, status, retired, *cited.marks)
    source = " · ".join(fact for fact in facts if fact and fact != "unknown")
    return Passage(_pieces(cited.quote, cited.span, others), source)


def _same_text(cited: Cited, support: Support) -> bool:
    return (cited.document_id, cited.version) == (support.document_id, support.version)


def _pieces(quote: str, span: Span, others: Sequence[Span]) -> tuple[Piece, ...]:
    """The quote cut where it begins and ends to be shared with the others."""
    shared = [other for other in others if other.meets(span)]
    left = max(0, len(quote) - _LONGEST_QUOTE)
    end = min(span.end, span.start + len(quote) - left)
    ends = {place for other in shared for place in (other.start, other.end)}
    cuts = sorted({span.start, end, *(at for at in ends if span.start < at < end)})
    pieces = []
    for start, stop in pairwise(cuts):
        here = Span(start, stop)
        text = Span(start - span.start, stop - span.start).of(quote)
        pieces.append(Piece(text, any(other.holds(here) for other in shared)))
    if left:
        pieces.append(Piece(f" … ({left:,} more characters)"))
    return tuple(pieces) or (Piece(clipped(quote, _LONGEST_QUOTE)),)


def _cited(row: Row) -> tuple[Cited, ...]:
    return row.given.citations


def _wrong(case: Case, system: str, blames: Blames) -> bool:
    return blames.get((system, case.id)) is not None


def _value(value: float | None) -> str:
    return "n/a" if value is None else brief(value)
