"""A client gets the form that it asks for, and JSON where it does not say."""

from __future__ import annotations

import pytest

from service.api.streaming import wants_events

EVENTS = "text/event-stream"
JSON = "application/json"


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("", False),
        ("*/*", False),
        (JSON, False),
        ("application/*", False),
        (EVENTS, True),
        ("TEXT/Event-Stream", True),
        ("text/event-stream;charset=utf-8", True),
        ("text/*", True),
        (f"{EVENTS}, */*", True),  # named before what is let in
        (f"{EVENTS}, {JSON}", False),  # both named alike
        (f"{JSON}, {EVENTS}", False),
        (f"{JSON};q=0.5, {EVENTS}", True),
        (f"{JSON}, {EVENTS};q=0.9", False),
        (f"{EVENTS};q=0.1, */*", False),
        (f"{EVENTS}; q=0, */*", False),
        (f"{EVENTS};Q=0.5;x=y, {JSON};q=0.4", True),
        (f"{JSON};q=0, {EVENTS};q=0.001", True),
        ("text/html", False),  # neither: JSON, as everywhere
        (f"{EVENTS};q=0", False),
        (f"{EVENTS};q=high", True),
        (f"{EVENTS};q=2", True),
        (",;,", False),
        ("\u00e9", False),
    ],
)
def test_the_accept_header_says_which(accept: str, events: bool) -> None:
    assert wants_events(accept) is events
