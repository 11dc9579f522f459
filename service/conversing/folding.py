"""A conversation folded from its first question to what it is about now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from service.conversing.adding import again, another_topic, aspect, condition
from service.conversing.changing import (
    another_case,
    another_citation,
    another_place,
    another_time,
)
from service.conversing.leaning import leaning, of_a_judge, of_a_text, without_subject
from service.conversing.saying import Said, said
from service.conversing.turns import Known, Reading, Subject, Turn

# So many earlier turns, and characters of them, are looked back on; what came before is forgotten.
_MOST_TURNS = 200
_MOST_CHARACTERS = 20_000


def recent(turns: Sequence[Turn]) -> Sequence[Turn]:
    """The last turns, as many as are looked back on."""
    kept, characters = 0, 0
    for turn in reversed(turns[-_MOST_TURNS:]):
        characters += len(turn.question)
        if characters > _MOST_CHARACTERS:
            break
        kept += 1
    return turns[len(turns) - kept :]


def read(question: str, turns: Sequence[Turn], known: Known, most: int) -> Reading | None:
    """How a question that follows on these turns is to be read; None where it stands by itself.

    A reading has at most `most` characters; a longer one is none.
    """
    subject = folded(turns, known)
    after = None if subject is None else next_subject(question, subject, known)
    if after is None or len(after.text) > most:
        return None
    return Reading(after.text, after.place, after.as_of)


def folded(turns: Sequence[Turn], known: Known) -> Subject | None:
    """What the last of these turns left the conversation to be about."""
    subject: Subject | None = None
    for turn in recent(turns):
        after = None if subject is None else next_subject(turn.question, subject, known)
        place, as_of = turn.place, turn.as_of
        if after is None:
            after = Subject(turn.question, place=place, as_of=as_of)
        else:
            after = replace(after, place=place or after.place, as_of=as_of or after.as_of)
        subject = replace(after, documents=turn.documents or after.documents)
    return subject


def next_subject(question: str, subject: Subject, known: Known) -> Subject | None:
    """The subject after one more question; None where that stands by itself."""
    heard = said(question)
    if not heard.rest or not any(c.isalnum() for c in heard.rest):
        return None
    return next((new for rule in RULES if (new := rule(heard, subject, known))), None)


Rule = Callable[[Said, Subject, Known], Subject | None]

# Each reads a question as the new subject, or says nothing. The first that speaks counts; where
# none does, the question stands by itself.
RULES: tuple[Rule, ...] = (
    again,
    another_citation,
    another_time,
    another_case,
    another_place,
    aspect,
    condition,
    another_topic,
    of_a_text,
    of_a_judge,
    leaning,
    without_subject,
)
