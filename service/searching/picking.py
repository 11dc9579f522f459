"""Results that somebody chose, by their permanent places, to be taken away or compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pincite.errors import QuestionError
from pincite.said import N_, Said
from pincite.types import Document, Span
from service.citing import cite
from service.describing import citation_json, index_json
from service.holdings import Holdings
from service.vantage import Vantage

Json = dict[str, Any]

MOST_PICKED = 200
_LONGEST = 50_000
_MOST_ECHOED = 80


def pick_of(citation: Json, digits: int) -> str:
    """What names a passage in a form: document, version and characters."""
    version = citation["version"][:digits]
    return f"{citation['document_id']}@{version}:{citation['start']}-{citation['end']}"


def picked(picks: Sequence[str], holdings: Holdings) -> list[tuple[Document, Span]]:
    """The passages that are named, each once. Raises QuestionError, NotFound."""
    if not picks:
        raise QuestionError(Said("nothing is chosen; tick the passages to take first"))
    if len(picks) > MOST_PICKED:
        many = N_("{count} passages are chosen; at most {most} are taken")
        raise QuestionError(Said(many, count=len(picks), most=MOST_PICKED))
    return list(_passages(dict.fromkeys(picks), holdings))


def as_search(
    text: str, passages: Sequence[tuple[Document, Span]], view: Vantage, holdings: Holdings
) -> Json:
    """The chosen passages in the form of a search, as files are written from it."""
    return {
        "question": text,
        "hits": [citation_json(cite(document, span, view), 0) for document, span in passages],
        "index": index_json(holdings.manifest),
        "as_of": view.day.isoformat(),
    }


def places_of(passages: Sequence[tuple[Document, Span]]) -> list[str]:
    """The places that the chosen passages are of, in order. Raises QuestionError."""
    places = [d.entry.jurisdiction for d, _ in passages if d.entry.jurisdiction]
    if not places:
        raise QuestionError(Said("what is chosen is of no place, so there is nothing to compare"))
    return list(dict.fromkeys(places))


def _passages(picks: Iterable[str], holdings: Holdings) -> Iterator[tuple[Document, Span]]:
    for pick in picks:
        name, _, place = pick.rpartition("@")
        version, _, characters = place.partition(":")
        start, _, end = characters.partition("-")
        if not (name and version and _whole(start) and _whole(end)):
            unknown = N_("{pick!r} names no passage; search again")
            raise QuestionError(Said(unknown, pick=pick[:_MOST_ECHOED]))
        document, span = holdings.document(name), Span(int(start), int(end))
        if not document.version.startswith(version):
            changed = N_("{name} has changed since; search again")
            raise QuestionError(Said(changed, name=name[:_MOST_ECHOED]))
        length = span.end - span.start
        if not 0 < length <= _LONGEST or span.end > len(document.text):
            raise QuestionError(f"{start}:{end} is no passage of {name[:_MOST_ECHOED]}")
        yield document, span


def _whole(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 10
