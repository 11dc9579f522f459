"""Asking a language model at an OpenAI-compatible endpoint, through Haystack's generator.

What it says is data: a reply, or Trouble. Keys, URLs and the endpoint's own words stay here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Protocol

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

import httpcore
import httpx
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.utils import Secret
from openai import (
    APIStatusError,
    ContentFilterFinishReasonError,
    LengthFinishReasonError,
    OpenAIError,
)

from pincite.settings import Settings
from service.generating.trouble import Trouble
from service.generating.wire import Bounds, GoOn, Wire

Json = dict[str, Any]

_MOST_BYTES = 256 * 1024
_MOST_CHARACTERS = 40_000
# Which parameters an endpoint takes is learned by asking: first what most take, then less.
_FORMS: tuple[tuple[str, ...], ...] = (
    ("response_format", "max_tokens", "temperature"),
    ("max_tokens", "temperature"),
    ("response_format", "max_completion_tokens"),
    ("max_completion_tokens",),
)
_REFUSES_FORM = frozenset({400, 422})


class Generator(Protocol):
    """What Haystack's chat generators have in common, as far as it is used here."""

    def run(self, messages: Any, *, generation_kwargs: Any = None) -> dict[str, Any]:
        """The replies to messages."""


Build = Callable[[Settings, Bounds], Generator]


class Endpoint:
    """One endpoint, and which form of request it takes; threads may share it."""

    def __init__(self, settings: Settings, build: Build | None = None) -> None:
        self.settings, self._build = settings, build or _generator
        self._form: tuple[str, ...] | None = None

    def reply(self, system: str, user: str, schema: Json | None, go_on: GoOn) -> str:
        """What the model answers. Raises Trouble, and what `go_on` raises."""
        bounds = Bounds(self.settings.llm_seconds, _MOST_BYTES, go_on)
        messages = [ChatMessage.from_system(system), ChatMessage.from_user(user)]
        untried = [form for form in _FORMS if schema or "response_format" not in form]
        forms = [self._form] if self._form else untried
        for last, form in enumerate(forms, start=1 - len(forms)):
            try:
                said = self._said(messages, self._parameters(form, schema), bounds)
            except APIStatusError as error:
                if error.status_code in _REFUSES_FORM and last:
                    continue
                raise Trouble(f"the endpoint answered {_status(error.status_code)}") from None
            if schema is not None:
                self._form = form
            return said
        raise AssertionError("the last form either answers or raises")

    def _parameters(self, form: Sequence[str], schema: Json | None) -> Json:
        values = {
            "response_format": schema,
            "max_tokens": self.settings.llm_max_tokens,
            "max_completion_tokens": self.settings.llm_max_tokens,
            "temperature": 0.0,
        }
        return {name: values[name] for name in form if values[name] is not None}

    def _said(self, messages: Sequence[ChatMessage], parameters: Json, bounds: Bounds) -> str:
        generator: Generator | None = None
        try:
            generator = self._build(self.settings, bounds)
            replies = generator.run(list(messages), generation_kwargs=parameters)["replies"]
            return _text(replies)
        except LengthFinishReasonError:
            raise Trouble(_CUT_OFF) from None
        except ContentFilterFinishReasonError:
            raise Trouble(_FILTERED) from None
        except APIStatusError:
            raise
        except (OpenAIError, httpx.HTTPError) as error:
            raise Trouble(f"the endpoint cannot be reached ({_named(error)})") from None
        except _NO_CONNECTION as error:
            raise Trouble(f"the endpoint cannot be reached ({type(error).__name__})") from None
        finally:
            if isinstance(generator, OpenAIChatGenerator):
                generator.close()


_CUT_OFF = "the model's reply was cut off at its longest length"
_FILTERED = "the endpoint filtered the reply"
_NO_CONNECTION = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.InvalidURL,
    UnicodeError,  # a key that no header can carry
    OSError,
)


def _generator(settings: Settings, bounds: Bounds) -> Generator:
    """Haystack's generator over a wire of its own: no retries, no redirects, no proxies."""
    url = settings.llm_url or ""
    return OpenAIChatGenerator(
        # An endpoint on this machine asks for no key, but the library insists on one.
        api_key=Secret.from_token(settings.llm_api_key or "none"),
        model=settings.llm_model,
        api_base_url=url,
        timeout=settings.llm_seconds,
        max_retries=0,
        http_client_kwargs={
            "transport": Wire(httpx.URL(url), bounds),
            "follow_redirects": False,
            "trust_env": False,
        },
    )


def _text(replies: Sequence[ChatMessage]) -> str:
    """The words of the first reply. Raises Trouble when there are none, or too many."""
    if not replies:
        raise Trouble("the endpoint's reply holds no choices")
    finish = replies[0].meta.get("finish_reason")
    if finish == "length":
        raise Trouble(_CUT_OFF)
    if finish == "content_filter":
        raise Trouble(_FILTERED)
    said = replies[0].text
    if not isinstance(said, str) or not said.strip():
        raise Trouble("the model's reply is empty")
    if len(said) > _MOST_CHARACTERS:
        raise Trouble(f"the model's reply is longer than {_MOST_CHARACTERS} characters")
    return said


def _status(code: int) -> str:
    try:
        return f"{code} ({HTTPStatus(code).phrase.lower()})"
    except ValueError:
        return str(code)


def _named(error: Exception) -> str:
    """What went wrong below a library's own name for it."""
    return type(error.__cause__ or error).__name__
