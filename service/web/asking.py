"""The page that answers: one box, filters, and answers with their citations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.errors import PinciteError
from pincite.kinds import KINDS, Kind
from service.api.attending import Gone
from service.api.conversation import alone, carried, turns_of, without_reading
from service.api.problems import status_of
from service.conversing.following import question_after
from service.engine import Engine
from service.filtering import places_of
from service.presenting import answer_json, coverage_json
from service.web.rendering import page

Json = dict[str, Any]

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(
    request: Request,
    gone: Gone,
    q: str = "",
    place: str = "",
    as_of: str = "",
    kind: str = "",
    after: Annotated[list[str], Query()] = [],  # noqa: B006
    llm: bool = True,
) -> Response:
    """The form, and the answer when a question came with it, maybe behind earlier ones."""
    engine: Engine = request.app.state.engine
    shown: Json = {"q": q, "place": place, "as_of": as_of, "kind": kind, "kinds": [], "places": []}
    shown |= {"most": engine.settings.question_max_chars}
    shown |= {"answer": None, "problem": "", "coverage": None}
    status = 200
    try:
        with engine.holdings() as holdings:
            coverage = coverage_json(holdings.manifest)
            shown |= {
                "places": places_of(holdings.manifest),
                "kinds": [(k.value, KINDS[k].name) for k in Kind if k.value in coverage["kinds"]],
                "coverage": coverage,
            }
            if q.strip():
                kinds = [kind] if kind else []
                turns = turns_of(after)
                bounds: Json = {"place": place, "as_of": as_of, "kinds": kinds, "llm": llm}
                question = question_after(q, turns, holdings, engine.settings, **bounds)
        if q.strip():
            answer = answer_json(engine.ask(question, gone))
            shown["carried"] = carried(turns, answer, place, as_of)
            shown["answer"] = without_reading(answer)
            asked = alone(answer, place, as_of)
            shown |= {"alone": asked | {"kind": kind}, "place": asked["place"]}
            shown["as_of"] = asked["as_of"]
    except PinciteError as error:
        shown["problem"], status = str(error), status_of(error)
    return page(request, "ask.html", shown, status)
