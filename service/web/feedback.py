"""Where a reader says that an answer helped or was wrong, if the settings name a file for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from pincite.errors import NotFound, PinciteError
from service.api.problems import status_of
from service.engine import Engine
from service.feedback import Feedback, keep
from service.web.links import address, own_path
from service.web.rendering import page, problem_page

PATH = "/feedback"
_OFF = "feedback is not kept here: the setting feedback_log names no file"

router = APIRouter(include_in_schema=False)


class FeedbackForm(BaseModel):
    """What the form under an answer sends. What it says is checked where it is kept."""

    question: str = ""
    verdict: str = ""
    note: str = ""
    cited: list[str] = []
    reason: str = ""
    generation: str = ""
    log_id: str = ""
    back: str = "/"


@router.post(PATH)
def take(request: Request, form: Annotated[FeedbackForm, Form()]) -> Response:
    """Keep one line, then thank; 404 where no file is named for it."""
    settings = _engine(request).settings
    said = form.model_dump(exclude={"back"}) | {"cited": tuple(form.cited)}
    try:
        if settings.feedback_log is None:
            raise NotFound(_OFF)
        keep(Feedback(**said), settings.feedback_log, settings.question_max_chars)
    except PinciteError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return problem_page(request, status_of(error), str(error))
    return RedirectResponse(address(PATH, {"back": own_path(form.back)}), 303)


@router.get(PATH)
def thanks(request: Request, back: str = "/") -> Response:
    """A word of thanks, and the way back."""
    if _engine(request).settings.feedback_log is None:
        raise NotFound(_OFF)
    return page(request, "thanks.html", {"back_to": own_path(back)})


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine
