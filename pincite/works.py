"""Works and their editions in time, made from entries: what stands on a day, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pincite.standing import standing
from pincite.types import Entry, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands on a day; `words` say it in full, with what ended it and when."""

    status: Status
    words: str = ""


class Works:
    """The editions of one generation, by work, with the relations between them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = {entry.id: entry for entry in entries}

    def standing(self, entry: Entry, day: date) -> Standing:
        """How an edition stands on that day."""
        return Standing(standing(entry, day))
