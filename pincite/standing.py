"""How an edition may stand on a day, and the days that its own entry gives.

Law has dates: retired, expired or never-enacted words are shown, labelled, never current.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pincite.kinds import KINDS, Kind
from pincite.said import Said, joined
from pincite.types import Entry, Status

ENDED: frozenset[Status] = frozenset({"superseded", "repealed", "revoked", "expired"})
NEVER: frozenset[Status] = frozenset({"not_enacted", "pending"})
CURRENT: frozenset[Status] = frozenset({"in_force", "unknown"})
HOW_ENDED: dict[Status, Said] = {
    "superseded": Said("superseded"),
    "repealed": Said("repealed"),
    "revoked": Said("revoked"),
    "expired": Said("expired"),
}

_REPORTER = re.compile(r",\s*\d+ Fed\. Reg\..*")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands on a day; `words` say it in full, with what ended it and when.

    `since` is the day from which it stands so, `by` the ids of what brought it about.
    """

    status: Status
    words: str = ""
    since: date | None = None
    by: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether its words may be stated as law; what is not known to have ended may be."""
        return self.status in CURRENT


def begins(entry: Entry) -> date | None:
    """The first day of an edition, as far as it is known."""
    return entry.effective or entry.issued


def is_law(entry: Entry) -> bool:
    """Whether an edition is of a kind that can be law."""
    return KINDS[entry.kind].channel == "law"


def short_name(entry: Entry) -> str:
    """What an edition is called in running text: its citation, without the reporter's page."""
    return _REPORTER.sub("", entry.citation) if entry.citation else entry.title


def listed(names: Sequence[str]) -> str:
    """Names as running text: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return names[0] if names else ""
    return Said("{first} and {last}", first=joined(names[:-1]), last=names[-1])


def never_law(entry: Entry) -> str:
    """What is said of an edition that never became law."""
    if entry.kind is Kind.BILL:
        never = entry.status == "not_enacted"
        return Said("bill, never enacted") if never else Said("bill, not enacted")
    if entry.kind is Kind.RESOLUTION:
        never = entry.status == "not_enacted"
        return Said("never adopted") if never else Said("not adopted yet")
    return Said("never in force") if entry.status == "not_enacted" else Said("not in force yet")
