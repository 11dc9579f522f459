"""What the tools do: each reads, and none changes anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from pydantic import BaseModel

from pincite.errors import QuestionError
from pincite.types import Document, Span
from service.api.answer_bodies import AnswerBody
from service.api.citations import CitationsBody
from service.api.comparisons import ComparisonBody
from service.api.requests import AskBody
from service.chat.writing import Link, written
from service.citing import cite
from service.comparing.table import compare, comparison_json
from service.conversing.following import question_after
from service.describing import citation_json
from service.engine import Engine
from service.filtering import day_of, question_of
from service.linking.cited import citation_json_of, viewed
from service.presenting import answer_json, search_json
from service.tools.forms import (
    MOST_TEXT,
    CitationInput,
    CompareInput,
    FetchInput,
    FetchResult,
    PassageInput,
    PassageResult,
    SearchInput,
    SearchResult,
)

Json = dict[str, Any]

_STRETCH = re.compile(r"(?P<id>.+):(?P<start>\d{1,9})-(?P<end>\d{1,9})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a tool works with: the engine, the address of a passage's page, and whether the caller
    has `gone`.
    """

    engine: Engine
    link: Link
    gone: Event


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it says of itself, what it takes and gives, and what it does.

    `text` tells its result to a reader; without it the result is told as JSON.
    """

    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    act: Callable[[Desk, Any], Json]
    text: Callable[[Desk, Json], str] | None = None


def ask(desk: Desk, sent: AskBody) -> Json:
    """The verified answer, or why there is none."""
    with desk.engine.holdings() as holdings:
        settings, turns = desk.engine.settings, sent.turns()
        question = question_after(sent.question, turns, holdings, settings, **sent.bounds())
    return answer_json(desk.engine.ask(question, desk.gone))


def search(desk: Desk, sent: SearchInput) -> Json:
    """Passages, best first."""
    bounds = sent.model_dump(exclude={"query"})
    with desk.engine.holdings() as holdings:
        question = question_of(sent.query, holdings, **bounds)
    hits = search_json(desk.engine.search(question, desk.gone))["hits"]
    return {"results": [_found(hit, desk.link) for hit in hits]}


def fetch(desk: Desk, sent: FetchInput) -> Json:
    """The section around a passage, or a document from its beginning."""
    named = _STRETCH.fullmatch(sent.id)
    with desk.engine.holdings() as holdings:
        document = holdings.document(named["id"] if named else sent.id)
        if named:
            asked = _stretch(document, int(named["start"]), int(named["end"]))
            shown = _around(document, asked)
        else:
            asked = shown = Span(0, min(len(document.text), MOST_TEXT))
        cited = citation_json(cite(document, asked, viewed(holdings, None)), 0)
    entry = document.entry
    title = cited["citation"] if named else entry.citation or entry.title
    return {
        "id": sent.id,
        "title": title,
        "text": shown.of(document.text),
        "url": desk.link(cited),
        "metadata": _metadata(document, cited, shown),
    }


def read_passage(desk: Desk, sent: PassageInput) -> Json:
    """A stretch of a document with its citation."""
    with desk.engine.holdings() as holdings:
        document = holdings.document(sent.document_id)
        span = _stretch(document, sent.start, sent.end)
        cited = citation_json(cite(document, span, viewed(holdings, sent.as_of)), 0)
    return {
        "passage": cited,
        "characters": len(document.text),
        "page_url": desk.link(cited),
    }


def lookup_citation(desk: Desk, sent: CitationInput) -> Json:
    """What a citation is, where it is held, who cites it."""
    with desk.engine.holdings() as holdings:
        view = viewed(holdings, sent.as_of)
        return citation_json_of(sent.citation, holdings, view, sent.passages)


def compare_places(desk: Desk, sent: CompareInput) -> Json:
    """What several places say."""
    day = day_of("as_of", sent.as_of)
    return comparison_json(compare(desk.engine, sent.questions, sent.jurisdictions, day))


def _found(hit: Json, link: Link) -> Json:
    same = ("document_id", "start", "end", "channel", "authority", "status", "standing")
    return {
        "id": f"{hit['document_id']}:{hit['start']}-{hit['end']}",
        "title": hit["citation"],
        "url": link(hit),
        "text": hit["quote"],
        "document": hit["title"],
        **{name: hit[name] for name in same},
    }


def _stretch(document: Document, start: int, end: int) -> Span:
    """A stretch that can be shown. Raises QuestionError."""
    length = len(document.text)
    if not 0 <= start < end <= length:
        what = f"{start}:{end} is no stretch of {document.entry.id}, which has {length} characters"
        raise QuestionError(what)
    if end - start > MOST_TEXT:
        raise QuestionError(f"{start}:{end} is too long; {MOST_TEXT} characters at most at a time")
    return Span(start, end)


def _around(document: Document, span: Span) -> Span:
    """The widest section around a stretch that is not too long to show; else the stretch."""
    around = [section.span for section in document.sections if section.span.holds(span)]
    short = [one for one in around if one.end - one.start <= MOST_TEXT]
    return max(short, key=lambda one: one.end - one.start, default=span)


def _metadata(document: Document, cited: Json, shown: Span) -> dict[str, str]:
    """What a reader needs to cite the text, as plain words."""
    names = ("document_id", "citation", "kind", "jurisdiction", "authority", "status", "standing")
    length, last = len(document.text), shown.end
    said = {name: cited[name] for name in names}
    said |= {"title": cited["title"], "version": cited["version"], "quote": ""}
    said |= {"start": shown.start, "end": last, "characters": length, "published": cited["url"]}
    if Span(cited["start"], cited["end"]) != shown:
        said["quote"] = cited["quote"]
    if last < length:
        said["next"] = f"{cited['document_id']}:{last}-{min(length, last + MOST_TEXT)}"
    return {name: str(value) for name, value in said.items() if value not in (None, "")}


def _told(desk: Desk, answer: Json) -> str:
    return written(answer, desk.link).text


TOOLS = {
    "ask": Tool(
        "Ask the documents",
        "Answer a question of law or policy with verbatim, pinpoint-cited quotes, or say why the"
        " documents do not answer it. Quote its words as they are, with their citations.",
        AskBody,
        AnswerBody,
        ask,
        _told,
    ),
    "search": Tool(
        "Search passages",
        "Find passages of statutes, orders, opinions and commentary, best first, each with its"
        " printed citation. `fetch` opens an id.",
        SearchInput,
        SearchResult,
        search,
    ),
    "fetch": Tool(
        "Fetch a passage or document",
        "The verbatim text around a passage that `search` found, or of a document by its id.",
        FetchInput,
        FetchResult,
        fetch,
    ),
    "read_passage": Tool(
        "Read a stretch of a document",
        "The exact characters between two offsets of a document, as a citation: whose words they"
        " are, what they are worth, whether they are in force.",
        PassageInput,
        PassageResult,
        read_passage,
    ),
    "lookup_citation": Tool(
        "Look up a citation",
        "What a legal citation is, in any written form; where the documents hold it; who cites it.",
        CitationInput,
        CitationsBody,
        lookup_citation,
    ),
    "compare": Tool(
        "Compare places",
        "What several places' own law says on the same questions: for each a verified quote, or"
        " that it is silent, or that nothing of it is held.",
        CompareInput,
        ComparisonBody,
        compare_places,
    ),
}
