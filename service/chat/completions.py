"""The bodies of OpenAI's chat interface: models, completions, chunks, usage, errors."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from service.chat.said import MODEL
from service.chat.writing import Cited, Content, tokens

Json = dict[str, Any]

DONE = "data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """What every body of one reply carries. The fingerprint is the index that answered."""

    fingerprint: str | None = None
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self, content: Content, prompt: str) -> Json:
        """The whole reply as one body."""
        message = {
            "role": "assistant",
            "content": content.text,
            "refusal": None,
            "annotations": [annotation(one) for one in content.cited],
        }
        choice = {
            "index": 0,
            "message": message,
            "logprobs": None,
            "finish_reason": _finished(content),
        }
        return self._body("chat.completion", [choice]) | {"usage": usage(content, prompt)}

    def opening(self, *, with_usage: bool) -> Json:
        """The first chunk, which only says who speaks."""
        return self._chunk({"role": "assistant", "content": ""}, None, with_usage)

    def chunks(self, content: Content, prompt: str, *, with_usage: bool) -> Iterator[Json]:
        """The rest: a chunk a block with its citations, the reason of the end, what was used."""
        for block in content.blocks:
            delta: Json = {"content": block.text}
            if block.cited:
                delta["annotations"] = [annotation(one) for one in block.cited]
            yield self._chunk(delta, None, with_usage)
        yield self._chunk({}, _finished(content), with_usage)
        if with_usage:
            yield self._body("chat.completion.chunk", []) | {"usage": usage(content, prompt)}

    def _chunk(self, delta: Json, finished: str | None, with_usage: bool) -> Json:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finished}
        body = self._body("chat.completion.chunk", [choice])
        return body | {"usage": None} if with_usage else body

    def _body(self, kind: str, choices: list[Json]) -> Json:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "choices": choices,
            "system_fingerprint": self.fingerprint,
        }


def event(body: Json) -> str:
    """A body as a server-sent event."""
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def annotation(cited: Cited) -> Json:
    """A citation and its place in the content, in characters (code points)."""
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": cited.start,
            "end_index": cited.end,
            "title": cited.title,
            "url": cited.url,
        },
    }


def usage(content: Content, prompt: str) -> Json:
    """What was read and written, in words and signs."""
    read, wrote = tokens(prompt), tokens(content.text)
    return {"prompt_tokens": read, "completion_tokens": wrote, "total_tokens": read + wrote}


def model(created: int) -> Json:
    """The one model that there is."""
    return {"id": MODEL, "object": "model", "created": created, "owned_by": "pincite"}


def error(status: int, what: str, param: str | None = None, code: str | None = None) -> Json:
    """An error in OpenAI's form."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": what, "type": kind, "param": param, "code": code}}


def _finished(content: Content) -> str:
    return "length" if content.cut else "stop"
