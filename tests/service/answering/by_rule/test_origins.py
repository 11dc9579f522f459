"""When a text was made and who signed it is told with the line that says so, or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Link
from service.answering.by_rule.origins import made
from service.answering.by_rule.telling import Told
from service.holdings import Holdings
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Ask = Callable[[str], Told | None]

ORDER = (
    "Order 9 of the Mayor\nMay 25, 2018\nThe order of May 25, 2018 binds all agencies.\n"
    "This Order shall take effect immediately.\nBrian de Vale\nMayor"
)
FEDERAL = "Executive Order 14500 of April 28, 2025\nAgencies act.\nApril 28, 2025."
SIGNED = "Agencies act.\nDONALD Q. PRINT\nTHE WHITE HOUSE,\nApril 28, 2025."


@pytest.fixture
def ask(document: MakeDocument, held: Callable[..., Holdings]) -> Ask:
    """What is said over two orders, a copy of one, and a law that does not name its day."""
    city = document(
        "city", ORDER, Kind.EXECUTIVE_ORDER, title="Order on the counting of the city's ferries",
        citation="N.Y.C. Exec. Order No. 9 (2018)", issued=date(2018, 5, 25),
    )  # fmt: skip
    federal = document(
        "federal", FEDERAL, Kind.EXECUTIVE_ORDER, title="Protecting every bridge and tunnel here",
        issued=date(2025, 4, 28),
    )  # fmt: skip
    copy = document(
        "copy", SIGNED, Kind.EXECUTIVE_ORDER, title="Protecting every bridge and tunnel here",
        issued=date(2025, 4, 28), relations=(Link("same_text_as", "federal"),),
    )  # fmt: skip
    law = document(
        "law", "Nobody counts ferries.", Kind.AMENDING_ACT, title="Local counting of small boats",
        issued=date(2017, 12, 1),
    )  # fmt: skip
    shelf = held(city, federal, copy, law)
    view = Vantage(date(2026, 11, 22), works=shelf.works)
    return lambda question: made(question, view, shelf)


@pytest.mark.parametrize(
    ("question", "said", "quote"),
    [
        (
            "When was the Order on the counting of the city's ferries issued?",
            "N.Y.C. Exec. Order No. 9 (2018) is dated 2018-05-25.",
            "May 25, 2018",
        ),
        (
            "date of the order on the counting of the city's ferries",
            "N.Y.C. Exec. Order No. 9 (2018) is dated 2018-05-25.",
            "May 25, 2018",
        ),
        (
            "Who signed the Order on the counting of the city's ferries?",
            "N.Y.C. Exec. Order No. 9 (2018) is signed by Brian de Vale.",
            "Brian de Vale\nMayor",
        ),
        (
            "Which president signed Protecting every bridge and tunnel here?",
            "Protecting every bridge and tunnel here is signed by DONALD Q. PRINT.",
            "DONALD Q. PRINT\nTHE WHITE HOUSE,",
        ),
    ],
)
def test_the_line_that_tells_it_is_quoted(ask: Ask, question: str, said: str, quote: str) -> None:
    found = ask(question)
    assert found is not None
    assert [str(one.text) for one in found.statements] == [said]
    assert [one.quote for one in found.citations] == [quote]


@pytest.mark.parametrize(
    "question",
    [
        "When was the Local counting of small boats passed?",  # its text does not say
        "Who signed the Local counting of small boats?",
        "When must agencies act by the Order on the counting of the city's ferries?",
        "Who enforces the Order on the counting of the city's ferries?",
        "When was it signed?",
        "What does the Order on the counting of the city's ferries say?",
    ],
)
def test_nothing_else_is_told(ask: Ask, question: str) -> None:
    assert ask(question) is None


def test_a_long_text_is_read_in_no_time(
    document: MakeDocument, held: Callable[..., Holdings]
) -> None:
    title = "Order on the counting of the city's ferries"
    text = "May 25, 2018 " * 20_000 + "A B C D " * 20_000
    long = document("long", text, Kind.EXECUTIVE_ORDER, title=title, issued=date(2018, 5, 25))
    shelf = held(long)
    started = time.perf_counter()
    for question in (f"When was the {title} signed?", f"Who signed the {title}?"):
        assert made(question, Vantage(date(2026, 11, 22), works=shelf.works), shelf) is None
    assert time.perf_counter() - started < 20
