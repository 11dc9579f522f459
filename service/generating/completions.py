"""A chat completion in OpenAI's form, cut down to the words of its first choice.

Endpoints differ in all else, and send what no library expects; what is read here is all there is.
"""

from __future__ import annotations

import json
from typing import Any

from service.generating.trouble import Trouble

NO_COMPLETION = "the endpoint's reply is no chat completion"
_FINISHES = ("stop", "length", "content_filter", "tool_calls")


def plain_completion(body: bytes) -> bytes:
    """The completion with nothing in it but its words and why they end. Raises Trouble."""
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Trouble(NO_COMPLETION) from None
    choices = _item(said, "choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message, finish = _item(choice, "message"), _item(choice, "finish_reason")
    if not isinstance(message, dict):
        raise Trouble(NO_COMPLETION)
    content = message.get("content")
    if content is not None and not isinstance(content, str):
        raise Trouble(NO_COMPLETION)
    return json.dumps(_completion(content, finish if finish in _FINISHES else "stop")).encode()


def _item(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _completion(content: str | None, finish: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "",
        "object": "chat.completion",
        "created": 0,
        "model": "",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
