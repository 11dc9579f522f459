"""The web page: one form, answers with their citations, and each document's text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.templating import Jinja2Templates

from pincite.errors import PinciteError
from pincite.kinds import KINDS, Kind
from service.api.problems import status_of
from service.engine import Engine
from service.filtering import places_of, question_of
from service.presenting import answer_json, coverage_json, record_json, text_json

router = APIRouter(include_in_schema=False)
_TEMPLATES = Jinja2Templates(Path(__file__).parents[1] / "web" / "templates")


@router.get("/")
def home(
    request: Request, q: str = "", place: str = "", as_of: str = "", kind: str = ""
) -> Response:
    """The form, and the answer when a question came with it. Works without scripts."""
    engine: Engine = request.app.state.engine
    shown: dict[str, Any] = {"q": q, "place": place, "as_of": as_of, "kind": kind}
    status = 200
    try:
        with engine.holdings() as holdings:
            shown |= {
                "places": places_of(holdings.manifest),
                "kinds": [(k.value, KINDS[k].name) for k in Kind],
                "coverage": coverage_json(holdings.manifest),
            }
            if q.strip():
                question = question_of(
                    q, holdings, place=place, as_of=as_of, kinds=[kind] if kind else []
                )
        if q.strip():
            shown["answer"] = answer_json(engine.ask(question))
    except PinciteError as error:
        shown["problem"], status = str(error), status_of(error)
    return _TEMPLATES.TemplateResponse(request, "ask.html", shown, status_code=status)


@router.get("/documents/{id}")
def document(id: str, request: Request, start: int = 0, end: int = 0) -> Response:
    """A document's text with one stretch pointed out, and what it is."""
    engine: Engine = request.app.state.engine
    try:
        with engine.holdings() as holdings:
            held = holdings.document(id)
            shown = _pointed(held.text, start, end) | {
                "record": record_json(holdings.record(id)),
                "stretch": text_json(held, start, end) if end > start else None,
            }
    except PinciteError as error:
        return _TEMPLATES.TemplateResponse(
            request, "ask.html", {"problem": str(error), "q": ""}, status_code=status_of(error)
        )
    return _TEMPLATES.TemplateResponse(request, "document.html", shown)


# What is shown around a quote in a long document, in characters.
_AROUND = 20_000


def _pointed(text: str, start: int, end: int) -> dict[str, Any]:
    """The text in three parts: before, the quote, after; cut far away from the quote."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    first, last = max(0, start - _AROUND), min(len(text), max(start, end) + _AROUND)
    return {
        "before": text[first:start],
        "quote": text[start:end] if end > start else "",
        "after": text[max(start, end) : last],
        "cut_before": first > 0,
        "cut_after": last < len(text),
    }
