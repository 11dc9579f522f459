"""What the record of an answer holds, so that a file somebody wrote is told and not stumbled over.

A record may be sound by its hashes and still hold anything: whoever can write the file can seal it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from service.api.answer_bodies import AnswerBody
from service.journal.chain import Json


class _Question(BaseModel):
    asked: str
    read: dict[str, Any]
    looked_for: dict[str, Any] | None
    day: date


class _Answer(AnswerBody):
    """An answer without the clock's part of it, with its day."""

    as_of: date  # type: ignore[assignment]  # a day, where the API gives its words
    timings_ms: dict[str, float] = Field({}, exclude=True)


class _Place(BaseModel):
    document_id: str
    version: str
    start: int
    end: int
    score: float


class _AnswerRecord(BaseModel):
    time: AwareDatetime
    generation: str
    settings: dict[str, Any]
    models: dict[str, Any]
    program: dict[str, Any]
    question: _Question
    answer: _Answer
    hits: list[_Place]


def misfit(record: Json) -> str:
    """What in a record is not as the record of an answer has it; nothing where all is."""
    try:
        _AnswerRecord.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        return f"its {'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return ""
