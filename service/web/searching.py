"""The page that finds passages: for who looks for clauses rather than an answer.

Every state of it has an address: words, filters, order and page stand in the query. What a script
asks for while the page stands is the same page without its frame.
"""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from pincite.citations.keys import printed_key
from pincite.errors import PinciteError
from pincite.kinds import KINDS
from pincite.types import Mark, Span
from service.api.attending import Gone
from service.api.exports import download
from service.api.problems import status_of
from service.api.requests import Name, Names
from service.engine import Engine
from service.exporting.formats import format_of
from service.filtering import places_of
from service.holdings import Holdings
from service.linking.cited import viewed
from service.searching.facets import FACETS
from service.searching.finding import survey
from service.searching.lookup import doubt, looked_up, spelled_out
from service.searching.notices import notices
from service.searching.picking import as_search, pick_of, picked
from service.searching.picking import places_of as places_picked
from service.searching.showing import opening, shown
from service.searching.sorting import SORTS
from service.searching.wanted import Wanted, wanted_of
from service.web import language
from service.web.links import VERSION_DIGITS
from service.web.marking import Line, lines
from service.web.rendering import page, part

Json = dict[str, Any]

PATH = "/search"
_MOST_EXAMPLES = 4

router = APIRouter(include_in_schema=False)


class SearchPage(BaseModel):
    """What the address of a search says; its names are those of `/v1/search` where they mean the
    same. Lists repeat their parameter."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(max_length=20_000)] = ""
    channel: Names = []
    authority: Names = []
    kind: Names = []
    jurisdiction: Names = []
    year: Names = []
    status: Names = []
    document: Names = []
    collection: Names = []
    issued_from: Name = ""
    issued_to: Name = ""
    place: Name = ""
    as_of: Name = ""
    sort: Name = "relevance"
    page: int = Field(1, ge=1, le=1000)

    def wanted(self, holdings: Holdings) -> Wanted:
        """The search itself. Raises QuestionError."""
        return wanted_of(
            spelled_out(self.q),
            holdings,
            chosen=self.chosen(),
            sort=self.sort,
            page=self.page,
            place=self.place,
            as_of=self.as_of,
            issued_from=self.issued_from,
            issued_to=self.issued_to,
            collections=self.collection,
        )

    def chosen(self) -> dict[str, list[str]]:
        """The values chosen by facet."""
        return {facet: getattr(self, facet) for facet in FACETS}

    def address(self, **changes: Any) -> str:
        """The shortest address of this search, or of one that differs; from its first page."""
        said = self.model_copy(update={"page": 1, **changes}).model_dump(exclude_defaults=True)
        asked = {name: value for name, value in said.items() if value}
        return PATH + (f"?{urlencode(asked, doseq=True)}" if asked else "")

    def without(self, name: str, value: str) -> str:
        """The address of the same search without one value of one filter."""
        held = getattr(self, name)
        rest = [one for one in held if one != value] if isinstance(held, list) else ""
        return self.address(**{name: rest})


class Taken(BaseModel):
    """Passages that were chosen on the page, and where they go."""

    model_config = ConfigDict(extra="forbid")

    pick: list[Name] = []
    q: Annotated[str, Field(max_length=20_000)] = ""
    as_of: Name = ""
    place: Name = ""
    to: Name = "docx"


@router.get(PATH)
def search(request: Request, asked: Annotated[SearchPage, Query()], gone: Gone) -> Response:
    """The form, and what was found when there were words."""
    found, status = _shown(request, asked, gone)
    return page(request, "search.html", found, status)


@router.get(f"{PATH}/part")
def search_part(request: Request, asked: Annotated[SearchPage, Query()], gone: Gone) -> Response:
    """The same without the frame of the site, for a page that stands."""
    found, status = _shown(request, asked, gone)
    kept = {"Vary": "Accept-Language, Cookie", "Content-Language": language.language_of(request)}
    return HTMLResponse(part(request, "parts/search.html", found), status, kept)


@router.get(f"{PATH}/take")
def take(request: Request, taken: Annotated[Taken, Query()]) -> Response:
    """The passages chosen as a file, or their places side by side."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        passages = picked(taken.pick, holdings)
        if taken.to == "compare":
            query = {"place": places_picked(passages), "q": taken.q, "as_of": taken.as_of}
            said = {name: value for name, value in query.items() if value}
            return RedirectResponse(f"/compare?{urlencode(said, doseq=True)}", 303)
        kind = format_of(taken.to)
        view = viewed(holdings, taken.as_of or None)
        return download(as_search(taken.q, passages, view, holdings), kind)


def _shown(request: Request, asked: SearchPage, gone: Event) -> tuple[Json, int]:
    """All that the templates name, and the status."""
    engine: Engine = request.app.state.engine
    said: Json = {
        "asked": asked,
        "problem": "",
        "results": None,
        "sorts": list(SORTS),
        "pick_of": partial(pick_of, digits=VERSION_DIGITS),
        "marked": _marked,
        "opening": opening,
        "most": engine.settings.question_max_chars,
        "places": [],
        "kinds": {kind.value: rule.name for kind, rule in KINDS.items()},
        "titles": {},
        "examples": [],
    }
    try:
        with engine.holdings() as holdings:
            said["places"] = places_of(holdings.manifest)
            said["titles"] = {id_: r.entry.title for id_, r in holdings.records.items()}
            wanted = asked.wanted(holdings)
            if not asked.q.strip():
                said["examples"] = _examples(holdings)
                return said, 200
        return said | _found(engine, wanted, asked, gone), 200
    except PinciteError as error:
        return said | {"problem": str(error)}, status_of(error)


def _found(engine: Engine, wanted: Wanted, asked: SearchPage, gone: Event) -> Json:
    surveyed = survey(engine, wanted, gone)
    holdings, view = surveyed.asked.holdings, surveyed.asked.view
    text = surveyed.asked.question.text
    looked = looked_up(text, holdings, view)
    facets = [
        {
            "name": facet,
            "values": [(v, n, v in wanted.chosen.get(facet, ())) for v, n in counted],
        }
        for facet, counted in surveyed.counts.items()
    ]
    return {
        "results": shown(surveyed),
        "facets": facets,
        "chips": [(facet, v) for facet in FACETS for v in wanted.chosen.get(facet, ())],
        "notices": notices(surveyed.asked, [one.name for one in looked]),
        "looked_up": looked,
        "doubt": "" if looked else doubt(text, holdings),
        "day": view.day.isoformat(),
        "canonical": asked.address(page=asked.page),
    }


def _marked(citation: Json) -> list[Line]:
    """The lines of a hit's excerpt, or of the beginning of a provision, with what was searched."""
    start, within = citation["start"], citation.get("excerpt") or opening(citation)
    marks = [Mark(Span(m["start"] - start, m["end"] - start), m["type"]) for m in citation["marks"]]
    found = [span for span in citation.get("matching", ()) if within.meets(span)]
    return list(lines(citation["quote"], within, marks, deciding=found))


def _examples(holdings: Holdings) -> list[str]:
    """What these documents cite most of what is held: something to begin with."""
    return [printed_key(key) for key in list(holdings.links.sources(held=True))[:_MOST_EXAMPLES]]
