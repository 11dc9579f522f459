"""The one way out: what is sent, what is taken, and when it ends."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from haystack.components.generators.chat import MockChatGenerator
from haystack.dataclasses import ChatMessage

from pincite.errors import Abandoned
from pincite.settings import Settings
from service.generating.endpoint import Endpoint as Asked
from service.generating.parsing import SCHEMA
from service.generating.trouble import Trouble

KEY = "sk-very-secret-0123456789"


def asked(endpoint: Any, **more: Any) -> Asked:
    values = {"llm_url": endpoint.url, "llm_model": "m", "llm_api_key": KEY, "llm_seconds": 20}
    return Asked(Settings(**{**values, **more}))


def wait() -> None:
    """Somebody waits."""


def test_the_words_of_a_reply_come_back(endpoint: Any, steps: Any) -> None:
    endpoint.will(steps.say("hello"))
    assert asked(endpoint).reply("be brief", "greet", None, wait) == "hello"


def test_a_request_says_what_is_asked_and_nothing_of_this_machine(
    endpoint: Any, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    endpoint.will(steps.say("hello"))
    asked(endpoint, llm_max_tokens=77).reply("be brief", "greet", SCHEMA, wait)
    [request] = endpoint.requests
    assert request["path"] == "/v1/chat/completions"
    assert {name.lower() for name in request["headers"]} == {
        "host",
        "accept",
        "authorization",
        "content-type",
        "content-length",
    }
    body = request["body"]
    assert body["response_format"] == SCHEMA
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("m", 77, 0.0)
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert "secret" not in str({k: v for k, v in request.items() if k != "headers"})


def test_proxies_of_the_environment_are_not_used(
    endpoint: Any, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    endpoint.will(steps.say("hello"))
    assert asked(endpoint).reply("s", "u", None, wait) == "hello"


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(
    "refused", ["response_format", "temperature", "max_tokens", "response_format max_tokens"]
)
def test_what_an_endpoint_refuses_is_not_sent_again(
    endpoint: Any, steps: Any, status: int, refused: str
) -> None:
    def wrong(body: dict[str, Any]) -> bool:
        return any(name in body for name in refused.split())

    endpoint.will(steps.unless(wrong, status, steps.say("hello")))
    asking = asked(endpoint)
    assert asking.reply("s", "u", SCHEMA, wait) == "hello"
    before = len(endpoint.requests)
    assert before > 1
    assert asking.reply("s", "u", SCHEMA, wait) == "hello"
    assert len(endpoint.requests) == before + 1


def test_one_refusal_for_another_reason_is_not_remembered(endpoint: Any, steps: Any) -> None:
    endpoint.will(*[steps.status(400)] * 4, steps.say("hello"))
    asking = asked(endpoint)
    with pytest.raises(Trouble, match="400"):
        asking.reply("s", "u", SCHEMA, wait)
    assert asking.reply("s", "u", SCHEMA, wait) == "hello"
    assert "response_format" in endpoint.requests[-1]["body"]


def test_a_rate_limit_is_not_tried_again(endpoint: Any, steps: Any) -> None:
    endpoint.will(steps.status(429, Retry_After="1"))
    with pytest.raises(Trouble, match=r"429 \(too many requests\)"):
        asked(endpoint).reply("s", "u", None, wait)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("name", ["redirects", "redirects elsewhere"])
def test_a_redirect_is_not_followed(endpoint: Any, misbehaviours: Any, name: str) -> None:
    endpoint.will(misbehaviours[name])
    with pytest.raises(Trouble, match=r"30[27]"):
        asked(endpoint).reply("s", "u", None, wait)


@pytest.mark.parametrize("name", ["hangs", "drips", "drips headers"])
def test_a_slow_endpoint_is_left_when_its_time_is_over(
    endpoint: Any, misbehaviours: Any, name: str
) -> None:
    endpoint.will(misbehaviours[name])
    with pytest.raises(Trouble, match=r"within 0\.2 s"):
        asked(endpoint, llm_seconds=0.2).reply("s", "u", None, wait)
    assert endpoint.hung_up.wait(10)


@pytest.mark.parametrize("name", ["hangs", "drips", "drips headers"])
def test_a_slow_endpoint_is_left_when_nobody_waits(
    endpoint: Any, misbehaviours: Any, name: str
) -> None:
    gone = threading.Event()

    def go_on() -> None:
        if endpoint.requests:  # the call is under way
            gone.set()
        if gone.is_set():
            raise Abandoned("gone")

    endpoint.will(misbehaviours[name])
    with pytest.raises(Abandoned):
        asked(endpoint, llm_seconds=600).reply("s", "u", None, go_on)
    assert endpoint.hung_up.wait(10)


def test_nobody_listens_there() -> None:
    settings = Settings(llm_url="http://127.0.0.1:9/v1", llm_model="m", llm_api_key=KEY)
    with pytest.raises(Trouble, match="cannot be reached"):
        Asked(settings).reply("s", "u", None, wait)


@pytest.mark.parametrize(
    "given",
    [
        {"llm_url": "http://\u00fc..de/v1"},
        {"llm_url": "http://127.0.0.1:9/\x00"},
        {"llm_api_key": "sk-\u00fcber"},
        {"llm_api_key": "sk-two\nlines"},
    ],
)
def test_what_no_request_can_carry_is_trouble(endpoint: Any, given: dict[str, str]) -> None:
    with pytest.raises(Trouble, match="cannot be reached") as caught:
        asked(endpoint, **given).reply("s", "u", None, wait)
    assert "sk-" not in str(caught.value)
    assert endpoint.requests == []


def test_certificates_that_are_not_there_are_trouble(
    endpoint: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "not-there.pem")
    with pytest.raises(Trouble, match="FileNotFoundError"):
        asked(endpoint, llm_url=endpoint.url.replace("http:", "https:")).reply("s", "u", None, wait)


def test_where_nothing_is_left_out_the_same_is_not_sent_twice(endpoint: Any, steps: Any) -> None:
    endpoint.will(steps.status(400))
    with pytest.raises(Trouble, match="400"):
        asked(endpoint).reply("s", "u", None, wait)
    sent = [request["body"] for request in endpoint.requests]
    assert len(sent) == 2
    assert sent[0] != sent[1]


def test_no_misbehaviour_ends_in_anything_but_words_or_trouble(
    endpoint: Any, misbehaviours: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("openai").setLevel(logging.INFO)  # its debug lines are the user's own wish
    for name, step in misbehaviours.items():
        endpoint.will(step)
        try:
            said = asked(endpoint, llm_seconds=0.3).reply("s", "u", SCHEMA, wait)
        except Trouble as trouble:
            line = str(trouble)
            assert len(line) < 100, name
            assert "\n" not in line
            assert KEY not in line
        else:
            assert said.strip(), name
    assert KEY not in caplog.text
    assert "{]" not in caplog.text  # the arguments of the tool call


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        ("", "empty"),
        (ChatMessage.from_assistant("x", meta={"finish_reason": "length"}), "cut off"),
        (ChatMessage.from_assistant("x", meta={"finish_reason": "content_filter"}), "filtered"),
        ("x" * 50_000, "longer than"),
    ],
)
def test_replies_that_cannot_be_used_are_trouble(reply: Any, trouble: str) -> None:
    settings = Settings(llm_url="http://127.0.0.1:9/v1", llm_model="m")
    model = Asked(settings, lambda settings, bounds: MockChatGenerator(reply))
    with pytest.raises(Trouble, match=trouble):
        model.reply("s", "u", None, wait)
