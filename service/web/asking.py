"""The page that answers: one box, filters, and answers with their citations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.errors import PinciteError
from service.api.attending import Gone
from service.api.conversation import turns_of
from service.api.problems import status_of, told_late
from service.api.streaming import EventStream
from service.conversing.following import question_after
from service.conversing.turns import Turn
from service.engine import Engine
from service.examples import Example, about_held
from service.filtering import places_of
from service.holdings import Holdings
from service.web.answered import answer_of, answered
from service.web.ask_form import EVENTS, AskQuery, choices
from service.web.links import address
from service.web.rendering import page
from service.web.streaming_parts import answering_in_parts

Json = dict[str, Any]
Asked = Annotated[AskQuery, Query()]

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, gone: Gone, asked: Asked) -> Response:
    """The form, and the answer when a question came with it, maybe behind earlier ones."""
    engine: Engine = request.app.state.engine
    shown = blank(engine, asked)
    status = 200
    try:
        with engine.holdings() as holdings:
            shown |= choices(holdings, shown["fields"])
            if asked.q.strip():
                turns = turns_of(asked.after)
                question = question_after(
                    asked.q, turns, holdings, engine.settings, **asked.bounds()
                )
            else:
                shown["examples"] = _examples(request, holdings)
        if asked.q.strip():
            shown |= answered(answer_of(engine.ask(question, gone)), asked, turns)
    except PinciteError as error:
        shown["problem"], status = str(error), status_of(error)
    return page(request, "ask.html", shown, status)


@router.get(EVENTS)
def events(request: Request, gone: Gone, asked: Asked) -> Response:
    """The same answer as events: `stage`, `statement` and `answer`, each a part of the page.

    The data of each is `{"html": …}`; `error` is a problem, as of every stream.
    """
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        turns: Sequence[Turn] = turns_of(asked.after)
        question = question_after(asked.q, turns, holdings, engine.settings, **asked.bounds())
    shown = partial(answered, asked=asked, turns=turns)
    base = blank(engine, asked)
    work = answering_in_parts(request, engine, question, gone, lambda a: {**base, **shown(a)})
    return EventStream(work, partial(told_late, request), gone)


def blank(engine: Engine, asked: AskQuery) -> Json:
    """What the page names before anything is known."""
    return {
        "fields": asked.fields(),
        "back": address("/", {**asked.fields(), "after": asked.after}),
        "most": engine.settings.question_max_chars,
        "events": EVENTS,
        "feedback": engine.settings.feedback_log is not None,
        "examples": (),
        "answer": None,
        "problem": "",
        "coverage": None,
        "places": (),
        "kinds": (),
        "documents": (),
    }


def _examples(request: Request, holdings: Holdings) -> Sequence[Example]:
    """The questions that the service was started with, else plain ones about what is held.

    One for a place of which nothing is held could not be asked.
    """
    places = places_of(holdings.manifest)
    given: Sequence[Example] = request.app.state.examples
    known = [one for one in given if not one.place or one.place in places]
    return known or about_held(record.entry for record in holdings.manifest.records)
