"""Earlier turns as clients send them: a list in a body, or hidden fields of the page's form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pincite.errors import QuestionError
from service.conversing.turns import Turn

Json = dict[str, Any]

# Turns that one request may bring, and characters of one earlier question.
MOST_TURNS = 500
_MOST_CHARACTERS = 20_000
# What the page brings along goes into an address: so many turns and characters of them.
_MOST_SHOWN = 10
_MOST_CARRIED = 4_000
_MOST_DOCUMENTS = 5

_Short = Annotated[str, Field(max_length=300)]


class TurnBody(BaseModel):
    """An earlier question of a conversation, and the documents that its answer quoted."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=_MOST_CHARACTERS, description="as it was asked")
    place: _Short | None = Field(None, description="the place given beside it")
    as_of: _Short | None = Field(None, description="the day of the law given beside it")
    documents: list[_Short] = Field(
        [], max_length=100, description="ids of what its answer quoted, the first quoted first"
    )

    def turn(self) -> Turn:
        """The turn that this describes."""
        return Turn(self.question, self.place or None, self.as_of or None, tuple(self.documents))


History = Annotated[list[TurnBody], Field(max_length=MOST_TURNS)]


def turns_of(fields: Sequence[str]) -> tuple[Turn, ...]:
    """The turns of hidden fields, each a TurnBody as JSON. Raises QuestionError."""
    if len(fields) > MOST_TURNS:
        raise QuestionError(f"after: {len(fields)} earlier turns; at most {MOST_TURNS} are taken")
    return tuple(_turn(field, number) for number, field in enumerate(fields, start=1))


def carried(turns: Sequence[Turn], answer: Json, place: str, as_of: str) -> list[str]:
    """The hidden fields of a follow-up's form: the turns so far, and the one just answered.

    Where these are too many, what the last question was read as stands for all of them.
    """
    read = answer["read_as"]
    quoted = dict.fromkeys(citation["document_id"] for citation in answer["citations"])
    documents = tuple(quoted)[:_MOST_DOCUMENTS]
    beside = read or {"place": place or None, "as_of": as_of or None}
    last = Turn(answer["question"], beside["place"], beside["as_of"], documents)
    every = [*turns, last]
    fields = [_field(turn) for turn in every]
    if len(fields) <= _MOST_SHOWN and sum(map(len, fields)) <= _MOST_CARRIED:
        return fields
    return [_field(replace(last, question=beside.get("question", last.question)))]


def alone(answer: Json, place: str, as_of: str) -> Json:
    """What asks for the same answer without the turns before it."""
    if read := answer["read_as"]:
        return {
            "q": read["question"],
            "place": read["place"] or "",
            "as_of": read["as_of"] or "",
        }
    return {"q": answer["question"], "place": place, "as_of": as_of}


def without_reading(answer: Json) -> Json:
    """The answer without the notice of how it was read, for a page that says so elsewhere."""
    read = answer["read_as"]
    said = f"Read as: {read['question']}" if read else None
    return {**answer, "notices": [notice for notice in answer["notices"] if notice != said]}


def _turn(field: str, number: int) -> Turn:
    try:
        return TurnBody.model_validate_json(field).turn()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = f"{where}: {first['msg']}" if where else first["msg"]
        raise QuestionError(f"after, turn {number}: {said}") from None


def _field(turn: Turn) -> str:
    body = TurnBody.model_validate(asdict(turn) | {"documents": list(turn.documents)})
    return body.model_dump_json(exclude_defaults=True)
