"""What something is stands in the quote, or is not said."""

from __future__ import annotations

import pytest

from service.generating.identities import unsupported_identity

REQUEST = "A detainer is a request and not a warrant."
COMES_WITH = "The first is for a detainer that comes with a judicial warrant."


@pytest.mark.parametrize(
    ("statement", "quoted", "stands"),
    [
        ("A detainer is a request.", REQUEST, True),
        ("Detainers are requests.", REQUEST, True),
        ("Detainers are warrants.", COMES_WITH, False),
        ("Every detainer is a command.", REQUEST, False),
        ("Honoring a detainer is voluntary.", "To honor one is wholly voluntary.", True),
        # another check's: a negation, a figure, a sentence that does more than name a thing
        ("A detainer is not a warrant.", REQUEST, True),
        ("The toll is twelve dollars.", "A truck shall pay twelve dollars.", True),
        ("The jail is required to release the person within 36 hours.", "x", True),
    ],
)
def test_a_sentence_that_names_a_thing_needs_a_quote_that_names_it_so(
    statement: str, quoted: str, stands: bool
) -> None:
    assert (unsupported_identity(statement, quoted) == []) is stands
