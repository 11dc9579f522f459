"""What a chat client sends: the question in its last user message, and what was said before.

Names that OpenAI's interface has and this service has no use for are taken and ignored, as
clients send many; what would change the form of the answer is refused, never ignored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pincite.errors import UsageError
from service.api.requests import AskBody
from service.conversing.turns import Turn

MODEL = "pincite"
MOST_MESSAGES = 2000
# The pages that earlier answers named, at whatever address.
_PAGE = re.compile(r"/documents/([^\s/?#]+)\?start=")
_EXAMPLE: dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "May the jail hold a person on a detainer?"}],
    "place": "us/ny/new-york-city",
}


class ChatError(UsageError):
    """A request that OpenAI's form allows and this service refuses; `param` says which part."""

    def __init__(self, what: str, param: str, code: str, status: int = 400) -> None:
        self.param, self.code, self.status = param, code, status
        super().__init__(what)


class Part(BaseModel):
    """A part of a message: text, or something that is not read here."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: str | None = None


class Message(BaseModel):
    """One turn. Only a user's words are asked; no message changes what may be quoted."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words, without pictures and the like."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream ends with."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool | None = None


class ChatBody(BaseModel):
    """A conversation. `place`, `as_of` and more names of `POST /v1/ask` may stand beside it."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_EXAMPLE]})

    model: str = Field(max_length=300, description=f"always {MODEL!r}")
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_completion_tokens: int | None = Field(
        None, ge=1, description="words and signs at most; a quote is whole or left out"
    )
    max_tokens: int | None = Field(None, ge=1, description="the older name of the same")

    @property
    def most(self) -> int | None:
        """How many tokens the content may have."""
        return self.max_completion_tokens or self.max_tokens

    @property
    def with_usage(self) -> bool:
        """Whether a stream ends with what was used."""
        return bool(self.stream_options and self.stream_options.include_usage)


def asked(body: ChatBody) -> AskBody:
    """The question of a conversation with its bounds. Raises ChatError, ValidationError."""
    known(body.model)
    for name, refused in _REFUSED.items():
        refused(name, (body.model_extra or {}).get(name))
    if body.stream_options is not None and not body.stream:
        raise ChatError(
            "stream_options is for stream = true only", "stream_options", "invalid_value"
        )
    bounds = {n: v for n, v in (body.model_extra or {}).items() if n in _BOUNDS and v is not None}
    return AskBody(question=_question(body.messages), **bounds)


def known(model: str) -> None:
    """Nothing, for our one model. Raises ChatError for another, as OpenAI does."""
    if model != MODEL:
        what = f"there is no model {model[:80]!r} here; use {MODEL!r}"
        raise ChatError(what, "model", "model_not_found", 404)


def earlier(body: ChatBody, beside: AskBody) -> list[Turn]:
    """The questions before the last one, oldest first, with the documents that answers quoted.

    The place and the day beside a conversation were beside its earlier questions as well.
    """
    turns: list[Turn] = []
    for message in body.messages[: _last_of_user(body.messages)]:
        if message.role == "user" and message.text.strip():
            turns.append(Turn(message.text, beside.place, beside.as_of))
        elif message.role == "assistant" and turns:
            quoted = tuple(dict.fromkeys(_PAGE.findall(message.text)))
            turns[-1] = replace(turns[-1], documents=quoted or turns[-1].documents)
    return turns


def _question(messages: list[Message]) -> str:
    place = _last_of_user(messages)
    message = messages[place]
    for part in message.content if isinstance(message.content, list) else ():
        if part.type != "text" or part.text is None:
            raise ChatError(
                f"a question is text; a part of type {part.type[:40]!r} cannot be read here",
                f"messages.{place}.content",
                "unsupported_content",
            )
    return message.text


def _last_of_user(messages: list[Message]) -> int:
    for place in range(len(messages) - 1, -1, -1):
        if messages[place].role == "user":
            return place
    raise ChatError("no message is a user's, so nothing is asked", "messages", "no_question")


def _one_choice(name: str, value: Any) -> None:
    if value not in (None, 1):
        raise ChatError("one answer is given, the same each time; leave n at 1", name, "n_above_1")


def _no_tool_forced(name: str, value: Any) -> None:
    if value not in (None, "auto", "none"):
        raise ChatError("no tool is called here; leave tool_choice at auto", name, "no_tools")


def _text_only(name: str, value: Any) -> None:
    wanted = value.get("type") if isinstance(value, dict) else value
    if wanted not in (None, "text"):
        raise ChatError("answers are text with quotes, not JSON; see POST /v1/ask", name, "no_json")


def _no_sound(name: str, value: Any) -> None:
    if value not in (None, ["text"]):
        raise ChatError("answers are text only", name, "text_only")


_BOUNDS = frozenset(AskBody.model_fields) - {"question", "history"}
_REFUSED = {
    "n": _one_choice,
    "tool_choice": _no_tool_forced,
    "function_call": _no_tool_forced,
    "response_format": _text_only,
    "modalities": _no_sound,
}
