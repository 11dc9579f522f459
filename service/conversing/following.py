"""The door to follow-ups: a question with the turns before it, to the Question that is answered.

The client holds the conversation; nothing of it is kept here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from pincite.errors import QuestionError
from pincite.settings import Settings
from pincite.types import FollowUp, Question
from service.conversing.faithful import is_faithful
from service.conversing.folding import read, recent
from service.conversing.turns import Known, Reading, Turn
from service.filtering import question_of
from service.holdings import Holdings
from service.retrieval import cleaned


def question_after(
    typed: str,
    history: Sequence[Turn],
    holdings: Holdings,
    settings: Settings,
    *,
    place: str | None = None,
    as_of: str | None = None,
    **bounds: Any,
) -> Question:
    """A Question from typed words, read as a follow-up where it is one. Raises QuestionError.

    A place or day that the last turn had as well goes on from there, so that "and in Denver?"
    may change it; any other is the asker's word.
    """
    asked = question_of(typed, holdings, place=place, as_of=as_of, **bounds)
    turns = _heard(recent(history), len(history), settings)
    if not turns:
        return asked
    typed = cleaned(typed, settings.question_max_chars)
    found = _read(typed, turns, holdings, settings if asked.llm else _by_rule_alone(settings))
    if found is None:
        return asked
    reading, by = found
    last = turns[-1]
    followed = question_of(
        reading.question,
        holdings,
        place=reading.place if (place or None) in (None, last.place) else place,
        as_of=reading.as_of if (as_of or None) in (None, last.as_of) else as_of,
        **bounds,
    )
    return replace(followed, follow_up=FollowUp(typed, by))


def _heard(turns: Sequence[Turn], count: int, settings: Settings) -> list[Turn]:
    """The turns with their questions cleaned as a question is. Raises QuestionError."""
    heard = []
    for number, turn in enumerate(turns, start=count - len(turns) + 1):
        try:
            question = cleaned(turn.question, settings.question_max_chars)
        except QuestionError as error:
            raise QuestionError(f"history, turn {number}: {error}") from None
        heard.append(replace(turn, question=question))
    return heard


def _read(
    typed: str, turns: Sequence[Turn], holdings: Holdings, settings: Settings
) -> tuple[Reading, Literal["rules", "model"]] | None:
    """How it is read, and by whom. What stands by itself by the rules no model is asked about."""
    known = Known(holdings.works.entries, holdings.jurisdictions)
    reading = read(typed, turns, known, settings.question_max_chars)
    if reading is None:
        return None
    better = _of_model(typed, reading.question, turns, settings)
    return (reading, "rules") if better is None else (replace(reading, question=better), "model")


def _by_rule_alone(settings: Settings) -> Settings:
    return settings.model_copy(update={"llm_url": None})


def _of_model(typed: str, by_rules: str, turns: Sequence[Turn], settings: Settings) -> str | None:
    """The reading of the model, where there is one and it names what the rules carry."""
    if not settings.llm_url:
        return None
    from service.generating.rewriting import rewritten

    text = rewritten(typed, turns, settings)
    if not text or len(text) > settings.question_max_chars:
        return None
    earlier = [turn.question for turn in turns]
    return text if is_faithful(text, (typed, by_rules), earlier) else None
