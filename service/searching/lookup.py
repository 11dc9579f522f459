"""The citations in what is searched for: the provision itself, or that it is not held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pincite.citations.find import named_in
from pincite.citations.keys import kind_of, printed_key
from pincite.errors import QuestionError
from pincite.types import Span
from service.citing import cite
from service.describing import citation_json
from service.holdings import Holdings
from service.linking.cited import key_of, places_in_order
from service.linking.held import Place
from service.linking.named import paged
from service.vantage import Vantage

Json = dict[str, Any]

_MOST_CITATIONS = 3
_MOST_PLACES = 2
_MOST_WORDS, _FEW_WORDS = 12, 4
_CASE = re.compile(r"\bvs?\.?\s", re.I)
# What is written as a citation and is of no form that is known: "PMC 12.34", "ABC § 4-5".
_SHAPED = re.compile(r"\s*[A-Z][A-Za-z.]{1,11}\s?(?:§+\s?)?\d[\w.:-]*\d(?:\([\w-]+\))*\s*")
# Codes that only their own city calls so.
_LETTERS: Mapping[str, str] = {
    "SMC": "Seattle Municipal Code",
    "LAMC": "Los Angeles Municipal Code",
    "OMC": "Oakland Municipal Code",
}
_INITIALS = re.compile(rf"\b({'|'.join(_LETTERS)})\s?(?:§+\s?)?(?=\d)")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One citation: as it is printed, how often it is cited here, and what is held of it.

    `places` are citations of what it names; `whole` tells that it is documents, not clauses;
    `around` that only what the clause should lie in was found. `page` is one asked for that the
    text held does not mark.
    """

    key: str
    citation: str
    kind: str
    name: str
    places: tuple[Json, ...]
    documents: int
    mentions: int
    whole: bool = False
    around: bool = False
    page: str = ""


def spelled_out(text: str) -> str:
    """The text with a city's initials for its code as citations write it."""
    return _INITIALS.sub(lambda match: f"{_LETTERS[match[1]]} ", text)


def looked_up(text: str, holdings: Holdings, view: Vantage) -> list[LookedUp]:
    """The first citations of a text, each once; a case by its name too."""
    found: dict[str, str] = {}
    for mention, _ in named_in(text):
        if mention is not None:
            found.setdefault(holdings.links.canonical(mention.key), mention.pin)
    if not found and _alone(text):
        try:
            found[holdings.links.canonical(key_of(text, holdings))] = ""
        except QuestionError:
            return []
    pairs = list(found.items())[:_MOST_CITATIONS]
    return [_looked_up(key, page, holdings, view) for key, page in pairs]


def doubt(text: str, holdings: Holdings) -> str:
    """Why what reads as a citation, and as nothing else, was not looked up; empty for the rest."""
    bare = bool(named_in(text)) and len(text.split()) <= _FEW_WORDS
    if not bare and not _SHAPED.fullmatch(text):
        return ""
    try:
        key_of(text, holdings)
    except QuestionError as error:
        return str(error)
    return ""


def _alone(text: str) -> bool:
    """Whether a text is a case's name, or a section without its code, and little else."""
    said = len(text.split())
    named = bool(_CASE.search(text)) and said <= _MOST_WORDS
    return named or (bool(named_in(text)) and said <= _FEW_WORDS)


def _looked_up(key: str, page: str, holdings: Holdings, view: Vantage) -> LookedUp:
    links = holdings.links
    places = places_in_order(key, holdings, view)
    stands = [place for place in places if not place.quoted] or places
    shown = [p for one in stands[:_MOST_PLACES] for p in paged([one], page, holdings)]
    citing = links.citing(key)
    return LookedUp(
        key=key,
        citation=printed_key(key),
        kind=kind_of(key),
        name=links.name_of(key),
        places=tuple(_cited(shown, holdings, view)),
        documents=len({one.document_id for one in citing}),
        mentions=len(citing),
        whole=all(place.span is None for place in shown),
        around=bool(shown) and not any(place.exact for place in shown),
        page=page if any(place.span is None for place in shown) else "",
    )


def _cited(places: list[Place], holdings: Holdings, view: Vantage) -> Iterator[Json]:
    for place in places:
        document = holdings.document(place.document_id)
        span = place.span or Span(0, len(document.text))
        said = citation_json(cite(document, span, view), 0)
        yield {
            **said,
            "quoted_by_act": place.quoted,
            "whole": place.span is None,
            "language": document.entry.language,
        }
