"""What a conversation is made of. It lives with the client; nothing here is kept.

Turn("Must a sheriff in Iowa honor ICE detainers?")     # an earlier question
Subject("Must a sheriff in Iowa honor ICE detainers?")  # what the talk is about after it
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pincite.types import Entry


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, the place and day given beside it, and the ids of what was quoted."""

    question: str
    place: str | None = None
    as_of: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the open generation holds: its entries by id, and the places of their law."""

    entries: Mapping[str, Entry]
    jurisdictions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about: a question that stands by itself, and what was added to it.

    `condition` narrows it ("if it has expired"), `topic` asks the same of something else
    ("minors"), `aspect` asks something else of the same ("why"). Each gives way to its like.
    `place` and `as_of` were given beside the question; `documents` were quoted last.
    """

    base: str
    condition: str = ""
    topic: str = ""
    aspect: str = ""
    place: str | None = None
    as_of: str | None = None
    documents: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as one question."""
        said = trimmed(self.base)
        said += f" {self.condition}" if self.condition else ""
        said += f", and what about {self.topic}" if self.topic else ""
        said += f", and {self.aspect}" if self.aspect else ""
        return self.base if said == trimmed(self.base) else f"{said}?"


def trimmed(question: str) -> str:
    """A question without the mark at its end; "D.C." keeps its dot."""
    return re.sub(r"(?<![A-Z])\.+$", "", question.rstrip(" ?!"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A follow-up as it is answered: by itself, for a place and a day."""

    question: str
    place: str | None = None
    as_of: str | None = None
