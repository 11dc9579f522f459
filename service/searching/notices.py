"""What a reader must know before the results: what was read otherwise, what is lacking."""

from __future__ import annotations

from collections.abc import Sequence

from pincite.citations.find import named_in
from pincite.said import Said
from service.asked import Asked
from service.naming import unheld_names
from service.unheld_places import unheld_places


def notices(asked: Asked, looked_up: Sequence[str] = ()) -> list[str]:
    """What was respelt, what else was looked for, and what is named and not held.

    What was looked up by its name is told there.
    """
    wording, holdings = asked.wording, asked.holdings
    assert wording is not None
    said: list[str] = [
        Said("Read “{typed}” as “{better}”.", typed=typed, better=better)
        for typed, better in wording.respelt
    ]
    if wording.widened:
        said.append(Said("Also looked for, with less weight: {words}.", words=wording.widened))
    text = without_citations(asked.question.text)
    names = unheld_names(text, (record.entry for record in holdings.records.values()))
    missing = [n for n in (*names, *unheld_places(text, holdings, names)) if n not in looked_up]
    if missing:
        said.append(Said("Named and not held here: {names}.", names="; ".join(missing)))
    return said


def without_citations(text: str) -> str:
    """The text without what it cites: whether that is held is told where it is looked up."""
    for mention, _ in reversed(named_in(text)):
        if mention is not None:
            text = f"{text[: mention.span.start]} {text[mention.span.end :]}"
    return text
