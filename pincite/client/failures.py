"""What went wrong at the service, as the error that it raised there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from pincite.client.answers import View
from pincite.errors import (
    Busy,
    IndexUnusable,
    NotFound,
    PinciteError,
    QuestionError,
    ServiceUnusable,
    code_of,
)

_PREFIX = "urn:pincite:problem:"
# A problem that no error of ours is behind: the body, the host, the route.
_BY_STATUS: dict[int, type[PinciteError]] = {
    400: QuestionError,
    404: NotFound,
    413: QuestionError,
    415: QuestionError,
    422: QuestionError,
    503: IndexUnusable,
}
_SECONDS_TO_COME_BACK = 5
V = TypeVar("V", bound=View)


def error_of(status: int, body: bytes, headers: Mapping[str, str]) -> PinciteError:
    """The error behind a response that is none of 200, with the service's own words."""
    problem = _object(body)
    detail = str(problem.get("detail") or f"the service answered {status}")
    return _made(str(problem.get("type")), status, detail, headers)


def error_told(data: bytes) -> PinciteError:
    """The error that a stream ends with."""
    problem = _object(data)
    status = problem.get("status")
    detail = str(problem.get("detail") or "the service failed")
    return _made(str(problem.get("type")), status if isinstance(status, int) else 500, detail, {})


def read_as(view: type[V], body: bytes) -> V:
    """A response as what it should be. Raises ServiceUnusable."""
    try:
        return view.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = f"the answer is none that can be read here: {where or 'body'}: {first['msg']}"
        raise ServiceUnusable(f"{what}; is it a Pincite of this version?") from None


def _made(type_: str, status: int, detail: str, headers: Mapping[str, str]) -> PinciteError:
    code = type_.removeprefix(_PREFIX).replace("-", "_")
    kind = _KNOWN.get(code) or _BY_STATUS.get(status, ServiceUnusable)
    # The words are the service's; some of these would put their own together.
    made = kind.__new__(kind, detail)
    if isinstance(made, Busy):
        after = headers.get("retry-after", "")
        made.seconds = int(after) if after.isdecimal() else _SECONDS_TO_COME_BACK
    return made


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _all(kind: type[PinciteError]) -> Iterator[type[PinciteError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all(below)


_KNOWN = {code_of(kind): kind for kind in _all(PinciteError)}
