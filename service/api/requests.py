"""What the API takes, as OpenAPI describes it. An unknown name is refused, never ignored."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from service.api.conversation import History
from service.conversing.turns import Turn

_ASKED: dict[str, Any] = {
    "examples": [
        {"question": "May a city forbid its officers to share immigration status with ICE?"},
        {
            "question": "When may the police honor a civil immigration detainer?",
            "place": "us/ny/new-york-city",
            "as_of": "2017-03-15",
        },
        {
            "question": "And in New York?",
            "history": [{"question": "Must a sheriff in Iowa honor ICE detainers?"}],
        },
    ]
}

Name = Annotated[str, Field(max_length=300)]
Names = Annotated[list[Name], Field(max_length=100)]


class Bounds(TypedDict):
    """What `question_of` takes beside the words."""

    place: str | None
    as_of: str | None
    only_jurisdiction: str | None
    issued_from: str | None
    issued_to: str | None
    kinds: list[str]
    documents: list[str]
    collections: list[str]
    llm: bool


class _Hiding(BaseModel):
    """Filters that hide documents."""

    model_config = ConfigDict(extra="forbid")

    only_jurisdiction: Name | None = Field(
        None, description="only this jurisdiction and below", examples=["us/ny"]
    )
    issued_from: Name | None = Field(
        None, description="only documents issued on or after this day", examples=["2014-01-01"]
    )
    issued_to: Name | None = Field(
        None, description="only documents issued on or before this day", examples=["2017-12-31"]
    )


class _Asking(_Hiding):
    place: Name | None = Field(
        None,
        description="where the asker stands; ranks and labels, never hides",
        examples=["us/ny/new-york-city"],
    )
    as_of: Name | None = Field(
        None, description="the day of the law; default today", examples=["2017-11-22"]
    )


class AskBody(_Asking):
    """A question and what bounds it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_ASKED)

    question: str = Field(description="a question in plain words, or a citation")
    kinds: Names = Field([], description="only documents of these kinds")
    documents: Names = Field([], description="only these documents, by id")
    collections: Names = Field([], description="only these collections")
    llm: bool = Field(
        True, description="false: verbatim quotes alone, where a model would word the answer"
    )
    history: History = Field(
        [], description="the conversation's earlier turns, oldest first; nothing of it is kept"
    )

    def bounds(self) -> Bounds:
        """The filters under the names that the middle uses."""
        return {**_bounds(self, self.kinds, self.documents, self.collections), "llm": self.llm}

    def turns(self) -> list[Turn]:
        """The earlier turns as the middle has them."""
        return [body.turn() for body in self.history]


class SearchQuery(_Asking):
    """Words to search for, and what bounds the search. Lists repeat their parameter."""

    q: str = Field(description="words or a citation", examples=["detainer requests"])
    top: int = Field(10, description="passages to give, 1 to 100", ge=1, le=100)
    kind: Names = Field([], description="only documents of these kinds", examples=[["statute"]])
    document: Names = Field([], description="only these documents, by id")
    collection: Names = Field([], description="only these collections")

    def bounds(self) -> Bounds:
        """The filters under the names that the middle uses."""
        return _bounds(self, self.kind, self.document, self.collection)


class ListQuery(_Hiding):
    """Which documents to list. Lists repeat their parameter."""

    kind: Names = Field([], description="only documents of these kinds", examples=[["ordinance"]])
    collection: Names = Field([], description="only these collections")


class TextQuery(BaseModel):
    """A stretch of a document's canonical text, in character offsets."""

    model_config = ConfigDict(extra="forbid")

    start: int = Field(0, ge=0, description="first character", examples=[0])
    end: int | None = Field(
        None, ge=0, description="one past the last character; default the end", examples=[400]
    )


def _bounds(
    asked: _Asking, kinds: list[str], documents: list[str], collections: list[str]
) -> Bounds:
    return {
        "place": asked.place,
        "as_of": asked.as_of,
        "only_jurisdiction": asked.only_jurisdiction,
        "issued_from": asked.issued_from,
        "issued_to": asked.issued_to,
        "kinds": kinds,
        "documents": documents,
        "collections": collections,
        "llm": True,
    }
