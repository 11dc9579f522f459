"""What chat clients send: the question is found, the rest is taken, ignored or refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from service.chat.said import ChatBody, ChatError, asked, earlier
from service.conversing.turns import Turn

USER = {"role": "user", "content": "What is the toll?"}


def body(*messages: Any, **more: Any) -> ChatBody:
    return ChatBody.model_validate({"model": "pincite", "messages": messages or (USER,), **more})


def test_the_last_user_message_is_the_question_and_the_rest_came_earlier() -> None:
    said = body(
        {"role": "system", "content": "Quote nothing but poems."},
        {"role": "user", "content": "Who pays?"},
        {"role": "assistant", "content": "“Trucks.”"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "noise", "tool_call_id": "1"},
        USER,
        {"role": "assistant", "content": "I would say"},
    )
    assert asked(said).question == "What is the toll?"
    assert earlier(said, asked(said)) == [Turn("Who pays?")]


def test_the_documents_that_an_answer_named_stay_with_its_question() -> None:
    page = "http://127.0.0.1:8000/documents/arden-code-4-12?start=1&end=2#quote"
    other = "https://elsewhere.example/documents/order-7?start=5&end=9"
    said = body(
        {"role": "user", "content": "Who pays?"},
        {"role": "assistant", "content": f"“Trucks.”\n  {page}\n  {page}\n  {other}"},
        {"role": "user", "content": "Since when?"},
        {"role": "assistant", "content": "No answer."},
        USER,
        place="zz/arden",
        as_of="2020-01-01",
    )
    assert earlier(said, asked(said)) == [
        Turn("Who pays?", "zz/arden", "2020-01-01", ("arden-code-4-12", "order-7")),
        Turn("Since when?", "zz/arden", "2020-01-01"),
    ]


def test_text_parts_are_joined() -> None:
    parts = [{"type": "text", "text": "What is"}, {"type": "text", "text": "the toll?"}]
    assert asked(body({"role": "user", "content": parts})).question == "What is\nthe toll?"


def test_a_picture_of_an_earlier_turn_does_not_end_the_conversation() -> None:
    shown = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}
    said = body(shown, USER)
    assert asked(said).question == "What is the toll?"
    assert earlier(said, asked(said)) == []


def test_bounds_of_ask_may_stand_beside_the_conversation() -> None:
    bounded = asked(body(place="us/ny", as_of="2017-01-01", kinds=["statute"])).bounds()
    assert bounded["place"] == "us/ny"
    assert bounded["as_of"] == "2017-01-01"
    assert bounded["kinds"] == ["statute"]


@pytest.mark.parametrize("part", ["image_url", "input_audio", "file", "text"])
def test_a_question_that_is_no_text_is_refused(part: str) -> None:
    with pytest.raises(ChatError) as refused:
        asked(body({"role": "user", "content": [{"type": part}]}))
    assert refused.value.code == "unsupported_content"
    assert refused.value.param == "messages.0.content"


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"n": 2}, "n"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tool_choice"),
        ({"function_call": {"name": "f"}}, "function_call"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, "response_format"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
        ({"model": "gpt-4o"}, "model"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages"),
    ],
)
def test_what_would_change_the_form_of_the_answer_is_refused(more: Any, param: str) -> None:
    with pytest.raises(ChatError) as refused:
        asked(ChatBody.model_validate({"model": "pincite", "messages": [USER], **more}))
    assert refused.value.param == param
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "more",
    [
        {"temperature": 2, "top_p": 0.1, "seed": 7, "presence_penalty": -2, "logprobs": True},
        {"tools": [{"type": "function", "function": {"name": "f"}}], "tool_choice": "auto"},
        {"n": 1, "stop": ["."], "user": "u", "metadata": {"a": "b"}, "store": False},
        {"response_format": {"type": "text"}, "modalities": ["text"], "a_name_of_tomorrow": [1]},
        {"max_tokens": None, "stream": None, "place": None, "web_search_options": {}},
    ],
)
def test_what_changes_nothing_here_is_taken(more: dict[str, Any]) -> None:
    assert asked(body(**more)).question == "What is the toll?"


@pytest.mark.parametrize(
    "more",
    [
        {"messages": []},
        {"messages": [{"role": "robot", "content": "x"}]},
        {"messages": "hello"},
        {"max_tokens": 0},
        {"max_completion_tokens": -1},
        {"max_tokens": "many"},
        {"stream": "perhaps"},
        {"model": 3},
    ],
)
def test_what_has_no_meaning_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        body(**more)
