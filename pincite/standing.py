"""Whether an edition is law on a given day, as far as its catalogue entry tells.

Law has dates: retired, expired or never-enacted words are shown, labelled, never current.
"""

from __future__ import annotations

from datetime import date

from pincite.types import Entry, Status

_ENDED: frozenset[Status] = frozenset({"superseded", "repealed", "revoked", "expired"})
_NEVER: frozenset[Status] = frozenset({"not_enacted", "pending"})
CURRENT: frozenset[Status] = frozenset({"in_force", "unknown"})


def standing(entry: Entry, day: date) -> Status:
    """The edition's status on that day; "unknown" where the entry does not tell.

    An edition that has ended since counts as in force on a day between its two dates, if both
    are known. Before its first day it is pending.
    """
    begins = entry.effective or entry.issued
    if entry.status in _NEVER:
        return entry.status
    if begins is not None and day < begins:
        return "pending"
    if entry.expires is not None and begins is not None and day < entry.expires:
        return "in_force"
    if entry.expires is not None and entry.expires <= day:
        return entry.status if entry.status in _ENDED else "expired"
    return entry.status
