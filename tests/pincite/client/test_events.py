"""A stream of events is read however its bytes are cut, and says when it broke off."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.client import Said, Stage
from pincite.client.answers import Event
from pincite.client.events import EventReader
from pincite.errors import Busy, IndexMissing, PinciteError, QuestionError, ServiceUnusable

# Characters that `str.splitlines` takes for the end of a line.
QUOTE = "first\u2028second\x85third\x0bfourth — § 1"
STATEMENT = {"text": QUOTE, "channel": "law", "citations": [1], "cited": []}
WIRE = (
    b"retry: 5000\nid: 1\nevent: status\ndata: "
    + json.dumps({"stage": "retrieve"}).encode()
    + b"\n\n: the work goes on\n\nevent: of_tomorrow\ndata: 7\n\nevent: statement\ndata: "
    + json.dumps(STATEMENT, ensure_ascii=False).encode()
    + b"\n\n"
)


def told(*chunks: bytes) -> list[Event]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.fed(chunk)]


@given(st.lists(st.integers(0, len(WIRE)), max_size=8))
def test_it_does_not_matter_how_the_bytes_are_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(WIRE)]
    events = told(*(WIRE[a:b] for a, b in pairwise(places)))
    assert events == [
        Stage(stage="retrieve"),
        Said(text=QUOTE, channel="law", citations=[1], cited=[]),
    ]


def test_carriage_returns_are_line_ends_too() -> None:
    assert told(WIRE.replace(b"\n", b"\r\n")) == told(WIRE)


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        ({"type": "urn:pincite:problem:index-missing", "status": 503}, IndexMissing),
        ({"type": "urn:pincite:problem:question-error", "status": 422}, QuestionError),
        ({"type": "urn:pincite:problem:busy", "status": 503}, Busy),
        ({"type": "urn:pincite:problem:of-tomorrow", "status": 422}, QuestionError),
        ({"type": "urn:pincite:problem:internal-server-error", "status": 500}, ServiceUnusable),
        ([], ServiceUnusable),
    ],
)
def test_an_error_that_is_told_is_raised(problem: object, kind: type[PinciteError]) -> None:
    said = {**problem, "detail": "why"} if isinstance(problem, dict) else problem
    with pytest.raises(kind) as raised:
        told(b"event: error\ndata: " + json.dumps(said).encode() + b"\n\n")
    assert type(raised.value) is kind
    assert str(raised.value) in ("why", "the service failed")


def test_a_stream_that_broke_off_is_no_answer() -> None:
    reader = EventReader()
    list(reader.fed(WIRE))
    with pytest.raises(ServiceUnusable, match="broke off"):
        reader.end()


def test_an_event_that_cannot_be_read_says_where() -> None:
    with pytest.raises(ServiceUnusable, match="stage: Field required"):
        told(b"event: status\ndata: {}\n\n")
