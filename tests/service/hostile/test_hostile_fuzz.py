"""Any text at all, even one that no reader would let through, is harmless at every door."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import redirect_stdout

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from pincite.console import print_value
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.unseen import UNSEEN
from service.engine import Engine
from service.printing import print_document, print_hits

SIGNS = (
    "<>&\"'{}%[]()=+-@|`\\/#!\n\t\x00\x07\x1b\x7f\x85\x9b\u00ad\u200b\u200d\u2028\u202e\u2066\ufeff"
)
PIECES = (
    "<script>",
    "</p>",
    "{{",
    "%}",
    "[bold]",
    "\x1b]8;;",
    "javascript:",
    "&#60;",
    "\U000e0041",
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(SIGNS),
        st.sampled_from(PIECES),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    min_size=1,
    max_size=40,
).map("".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TEXTS)
@example("<script>alert(1)</script>\x1b[2J\u202e{{ 7 * 7 }}[bold]x[/bold]")
def test_any_text_is_shown_as_words(
    empty: tuple[Settings, Shelf, Engine],
    publish: Callable[..., str],
    local: Callable[[Engine], TestClient],
    harmless_page: Callable[[str], HtmlElement],
    words: str,
) -> None:
    _, shelf, engine = empty
    text = f"ferry {words} toll"
    publish(shelf, paper=text)
    door = local(engine)
    told = door.get("/v1/documents/paper/text").json()
    assert told["text"] == text, "data is given as it is"
    for address in (f"/documents/paper?start=0&end={len(text)}", "/?q=ferry+toll", "/documents"):
        page = door.get(address)
        assert page.status_code == 200
        harmless_page(page.text)
    shown = {**door.get("/v1/documents/paper").json(), **told}
    found = door.get("/v1/search", params={"q": "ferry toll"}).json()
    for as_json in (False, True):
        out = io.StringIO()
        with redirect_stdout(out):
            print_value(found, as_json, print_hits)
            print_value(shown, as_json, print_document)
        assert UNSEEN.search(re.sub(r"\x1b\[[\d;]*m", "", out.getvalue())) is None
    read, _ = json.JSONDecoder().raw_decode(out.getvalue())
    assert read == found, "escapes change no value"
