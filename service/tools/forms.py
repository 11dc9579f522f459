"""What the tools take and give. An unknown name is refused; every list and text has a limit."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.api.answer_bodies import CitationBody
from service.api.requests import Name, Names
from service.comparing.table import MOST_PLACES, MOST_QUESTIONS

MOST_TEXT = 20_000
_MOST_WORDS = 2_000

_Words = Annotated[str, Field(max_length=_MOST_WORDS)]
_AsOf = Annotated[Name | None, Field(description="the day of the law, as 2017-11-22")]


class _Taken(BaseModel):
    """What every tool's arguments have in common."""

    model_config = ConfigDict(extra="forbid")


class SearchInput(_Taken):
    """Words to search for, and what bounds the search."""

    query: _Words = Field(description="words, a question or a citation")
    top: int = Field(10, ge=1, le=50, description="passages to give")
    place: Name | None = Field(None, description="where you stand, as us/ny; ranks, never hides")
    as_of: _AsOf = None
    kinds: Names = Field([], description="only documents of these kinds")
    documents: Names = Field([], description="only these documents, by id")


class FetchInput(_Taken):
    """What to open."""

    id: Name = Field(description="an id that `search` gave, or a document's id")


class PassageInput(_Taken):
    """A stretch of a document's text, in characters."""

    document_id: Name = Field(description="as answers and hits name it")
    start: int = Field(ge=0, description="first character")
    end: int = Field(ge=1, description=f"one past the last, at most {MOST_TEXT} characters on")
    as_of: _AsOf = None


class CitationInput(_Taken):
    """A citation, in any written form."""

    citation: Name = Field(description="for instance 8 U.S.C. § 1373(a), or the name of a case")
    passages: int = Field(5, ge=1, le=20, description="citing sentences to show of a document")
    as_of: _AsOf = None


class CompareInput(_Taken):
    """Questions are the rows, places the columns."""

    questions: list[_Words] = Field(min_length=1, max_length=MOST_QUESTIONS)
    jurisdictions: list[Name] = Field(
        min_length=1, max_length=MOST_PLACES, description="as us/ny/new-york-city, or by name"
    )
    as_of: _AsOf = None


class Found(BaseModel):
    """A passage that was found; `fetch` opens its `id`, `url` shows it to a person."""

    id: str
    title: str = Field(description="the printed legal citation with its pinpoint")
    url: str
    text: str = Field(description="the passage, verbatim")
    document_id: str
    document: str = Field(description="the document's title")
    start: int
    end: int
    channel: str = Field(description="law, record or argument")
    authority: str
    status: str
    standing: str


class SearchResult(BaseModel):
    """Passages found, best first."""

    results: list[Found]


class FetchResult(BaseModel):
    """The text around a passage, or of a document from its beginning, verbatim."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str] = Field(
        description="document_id, citation, status …, `start` and `end` of the text in the"
        " document, and `next`, the id under which a long document goes on"
    )


class PassageResult(BaseModel):
    """A stretch of a document as a citation: its `quote` is the text from `start` to `end`."""

    passage: CitationBody
    characters: int = Field(description="how many the whole document has")
    page_url: str = Field(description="where this service shows it to a person")
