"""The page of the corpus: what is held, what could not be read, what is cited and not held."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from service.engine import Engine
from service.listing import listing
from service.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/documents")
def documents() -> Response:
    """Where this page was before."""
    return RedirectResponse("/corpus", 308)


@router.get("/corpus")
def corpus(request: Request) -> Response:
    """Every document by kind, and every file that could not be read."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        listed = listing(holdings.manifest, holdings.links)
    by_kind = sorted(listed["documents"], key=lambda r: (r["kind_name"], r["title"]))
    groups = [(name, list(held)) for name, held in groupby(by_kind, lambda r: r["kind_name"])]
    return page(request, "corpus.html", {"groups": groups, **listed})
