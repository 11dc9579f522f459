"""The page that answers: one box, filters, and answers with their citations.

An answer takes a second, so its page is sent while it is found: the head, the form and a status at
once, the answer when it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.errors import Abandoned, PinciteError
from pincite.types import Question
from service.api.attending import Gone
from service.api.conversation import alone, turns_of
from service.api.problems import status_of, told_late
from service.api.streaming import EventStream
from service.conversing.following import question_after
from service.conversing.turns import Turn
from service.engine import Engine
from service.examples import Example, about_held
from service.filtering import places_of
from service.holdings import Holdings
from service.presenting import read_as_json
from service.web.answered import answer_of, answered
from service.web.ask_form import EVENTS, AskQuery, choices
from service.web.links import address
from service.web.rendering import around, page, page_in_pieces
from service.web.streaming_parts import answering_in_parts

Json = dict[str, Any]
Asked = Annotated[AskQuery, Query()]

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, gone: Gone, asked: Asked) -> Response:
    """The form, and the answer when a question came with it, maybe behind earlier ones."""
    engine: Engine = request.app.state.engine
    shown = blank(engine, asked)
    try:
        with engine.holdings() as holdings:
            shown |= choices(holdings, shown["fields"])
            if not asked.q.strip():
                return page(request, "ask.html", shown | {"examples": _examples(request, holdings)})
        turns = turns_of(asked.after)
        # By rule: a model that words follow-ups takes its time, and changes neither place nor day.
        question = _question(engine, asked.model_copy(update={"llm": False}), turns)
        engine.admit(question)
    except PinciteError as error:
        return page(request, "ask.html", shown | {"problem": str(error)}, status_of(error))
    shown |= {"fields": shown["fields"] | _beside(question, asked), "coming": True}
    return page_in_pieces(request, _pieces(request, engine, asked, turns, shown, gone))


@router.get(EVENTS)
def events(request: Request, gone: Gone, asked: Asked) -> Response:
    """The same answer as events: `stage`, `statement` and `answer`, each a part of the page.

    The data of each is `{"html": …}`; `error` is a problem, as of every stream.
    """
    engine: Engine = request.app.state.engine
    turns = turns_of(asked.after)
    question = _question(engine, asked, turns)
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
        "coming": False,
        "answer": None,
        "problem": "",
        "coverage": None,
        "places": (),
        "kinds": (),
        "documents": (),
    }


def _pieces(
    request: Request,
    engine: Engine,
    asked: AskQuery,
    turns: Sequence[Turn],
    shown: Json,
    gone: Event,
) -> Iterator[str]:
    """The page above the answer, and the rest of it when the answer, or what went wrong, is known.

    What goes wrong is said in the answer's place, for the status has been sent.
    """
    yield around(request, "ask.html", shown)[0]
    try:
        answer = answer_of(engine.ask(_question(engine, asked, turns), gone))
        shown = shown | answered(answer, asked, turns)
    except Abandoned:
        return
    except Exception as error:  # noqa: BLE001 - half a page would wait for ever, whatever failed
        shown = shown | {"problem": told_late(request, error)["detail"]}
    yield around(request, "ask.html", shown)[1]


def _question(engine: Engine, asked: AskQuery, turns: Sequence[Turn]) -> Question:
    with engine.holdings() as holdings:
        return question_after(asked.q, turns, holdings, engine.settings, **asked.bounds())


def _beside(question: Question, asked: AskQuery) -> Json:
    """The place and day that a question is asked for, its own or of the turns before it."""
    read = {"read_as": read_as_json(question), "question": asked.q}
    beside = alone(read, asked.place, asked.as_of)
    return {name: beside[name] for name in ("place", "as_of")}


def _examples(request: Request, holdings: Holdings) -> Sequence[Example]:
    """The questions that the service was started with, else plain ones about what is held.

    One for a place of which nothing is held could not be asked.
    """
    places = places_of(holdings.manifest)
    given: Sequence[Example] = request.app.state.examples
    known = [one for one in given if not one.place or one.place in places]
    return known or about_held(record.entry for record in holdings.manifest.records)
