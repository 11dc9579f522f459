"""The answers to the halves of a question as one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pincite.said import N_, Said
from pincite.types import Answer, Citation, Question, Statement

_MOST = 3


def joined(question: Question, answers: Sequence[Answer]) -> Answer | None:
    """One answer that says something of each half, the first quotes first; None where none does.

    A half on which nothing can be quoted is told. The whole is as sure as its least sure quote.
    """
    if not any(answer.statements for answer in answers):
        return None
    said = _in_turn([_pairs(answer) for answer in answers])[:_MOST]
    citations = [citation for _, own in said for citation in own]
    told = [answer for answer in answers if answer.statements]
    notices = [notice for answer in told for notice in answer.notices]
    notices += [_silent(answer) for answer in answers if not answer.statements]
    sure = [answer.confidence for answer in told if answer.confidence is not None]
    return Answer(
        question,
        statements=tuple(_numbered(said)),
        citations=tuple(citations),
        notices=tuple(dict.fromkeys(notices)),
        confidence=min(sure, default=None),
        as_of=told[0].as_of,
        missing=tuple(dict.fromkeys(name for answer in answers for name in answer.missing)),
    )


def _silent(answer: Answer) -> str:
    words = N_("Of “{question}” nothing was found that could be quoted as an answer.")
    return Said(words, question=answer.question.text)


_Pair = tuple[Statement, tuple[Citation, ...]]


def _pairs(answer: Answer) -> list[_Pair]:
    return [
        (statement, tuple(answer.citations[place - 1] for place in statement.citations))
        for statement in answer.statements
    ]


def _in_turn(halves: Sequence[Sequence[_Pair]]) -> list[_Pair]:
    """The first of each half, then the second of each; what is said alike of one quote once."""
    most = max(map(len, halves))
    found: dict[tuple[object, ...], _Pair] = {}
    for at in range(most):
        for half in halves:
            for pair in half[at : at + 1]:
                places = tuple((c.entry.id, c.span) for c in pair[1])
                found.setdefault((pair[0].text, places), pair)
    return list(found.values())


def _numbered(said: Sequence[_Pair]) -> list[Statement]:
    """The statements with the numbers that their citations have in the whole answer."""
    found, last = [], 0
    for statement, own in said:
        places = tuple(range(last + 1, last + len(own) + 1))
        found.append(replace(statement, citations=places))
        last += len(own)
    return found
