"""Works and their editions in time, made from entries: what stands on a day, and why.

Nothing here is stored: how an edition stands is computed from dates and relations when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pincite.kinds import Kind
from pincite.said import N_, Said, joined
from pincite.standing import (
    ENDED,
    HOW_ENDED,
    NEVER,
    Standing,
    begins,
    is_law,
    listed,
    never_law,
    short_name,
)
from pincite.types import Entry, Relation, Status

__all__ = ["Change", "Ending", "Standing", "Works"]

ENDS: dict[Relation, Status] = {
    "supersedes": "superseded",
    "revokes": "revoked",
    "repeals": "repealed",
}
_REPLACED = frozenset({"superseded", "repealed", "revoked"})
ALIKE: frozenset[Relation] = frozenset({"same_text_as", "excerpt_of"})
_COMPILED = frozenset({Kind.CONSTITUTION, Kind.STATUTE, Kind.ORDINANCE})
# Days at which standings are kept: a service is mostly asked about today.
_MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Change:
    """What another edition does to this one, from the other's first day."""

    type: Relation
    actor: Entry

    @property
    def day(self) -> date | None:
        """The day from which it works; None where it is not known."""
        return begins(self.actor)

    @property
    def until(self) -> date | None:
        """The day on which a temporary act takes back what it did."""
        return None if self.actor.status in _REPLACED else self.actor.expires


@dataclass(frozen=True, slots=True)
class Ending:
    """How an edition ended: when, as what, and by which other editions."""

    status: Status
    day: date | None
    by: tuple[Entry, ...] = ()

    def words(self) -> str:
        """The ending as a clause: "superseded on 2021-04-27 by D.C. Law 23-282"."""
        parts = {
            "ended": HOW_ENDED.get(self.status, self.status),
            "day": self.day,
            "whom": listed([short_name(actor) for actor in self.by]),
        }
        return Said(_ENDINGS[bool(self.day), bool(self.by)], **parts)


class Works:
    """The editions of one generation, by work, with the relations between them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._works: dict[str, list[Entry]] = defaultdict(list)
        self._changes: dict[str, list[Change]] = defaultdict(list)
        self._copies: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries.values():
            self._works[work_of(entry)].append(entry)
            for link in entry.relations:
                if link.type in ALIKE:
                    self._copies[link.target].append(entry.id)
                else:
                    self._changes[link.target].append(Change(link.type, entry))
        self._endings: dict[str, Ending | None] = {}
        self._standings: dict[tuple[str, date], Standing] = {}

    def standing(self, entry: Entry, day: date) -> Standing:
        """How an edition stands on that day."""
        if self.entries.get(entry.id) is not entry and self.entries.get(entry.id) != entry:
            return self._standing(entry, day)
        key = entry.id, day
        if key not in self._standings:
            if len(self._standings) >= _MOST_KEPT:
                self._standings.clear()
            self._standings[key] = self._standing(entry, day)
        return self._standings[key]

    def editions(self, entry: Entry) -> tuple[Entry, ...]:
        """Every edition of the work, in order of time; what has no date comes last."""
        return tuple(sorted(self._works.get(work_of(entry), [entry]), key=in_time))

    def changes(self, entry: Entry) -> tuple[Change, ...]:
        """What other editions do to this one or to the text it is a copy or part of, in time."""
        alike = self._alike(entry)
        found = {
            (change.type, change.actor.id): change
            for name in sorted(alike)
            for change in self._changes.get(name, ())
            if change.actor.id not in alike and not self.is_copy(change.actor)
        }
        return tuple(sorted(found.values(), key=lambda change: in_time(change.actor)))

    def ending(self, entry: Entry) -> Ending | None:
        """How the edition ended or will end; None where nothing says that it does."""
        if self.entries.get(entry.id) is not entry:
            return self._ending(entry)
        if entry.id not in self._endings:
            self._endings[entry.id] = self._ending(entry)
        return self._endings[entry.id]

    def current(self, entry: Entry, day: date) -> tuple[Entry, ...]:
        """The editions of the work that stand on that day, copies left out."""
        return tuple(
            one
            for one in self.editions(entry)
            if is_law(one) and not self.is_copy(one) and self.standing(one, day).current
        )

    def successors(self, entry: Entry, day: date) -> tuple[Entry, ...]:
        """What stands on that day in the place of an edition that was superseded by it."""
        found, seen, todo = [*self.current(entry, day)], {entry.id}, [entry]
        while todo:
            ended = self.ending(todo.pop())
            for actor in ended.by if ended and ended.status == "superseded" else ():
                if actor.id in seen:
                    continue
                seen.add(actor.id)
                if self.standing(actor, day).current:
                    found.append(actor)
                else:
                    todo.append(actor)
        return tuple(one for one in dict.fromkeys(found) if one.id != entry.id)

    def is_copy(self, entry: Entry) -> bool:
        """Whether another entry that is held is the copy to cite instead."""
        targets = (link.target for link in entry.relations if link.type == "same_text_as")
        return any(target in self.entries for target in targets)

    def amendments(self, entry: Entry, day: date) -> tuple[Change, ...]:
        """The amendments of an edition that work on that day: temporary ones lapse on theirs."""
        found = []
        for change in self.changes(entry):
            if change.type != "amends" or change.actor.status in NEVER or change.day is None:
                continue
            if change.day <= day and (change.until is None or day < change.until):
                found.append(change)
        return tuple(found)

    def aftermath(self, entry: Entry, day: date) -> str:
        """What became by that day of that which ended an edition, in one sentence, or nothing."""
        ended = self.ending(entry)
        for actor in ended.by if ended else ():
            then = self.ending(actor)
            if then and then.day and then.day <= day and then.status in ("revoked", "repealed"):
                return Said(
                    "{name} was itself {ended}; that alone does not bring back {text}.",
                    name=short_name(actor),
                    ended=then.words(),
                    text=short_name(entry),
                )
        return ""

    def _alike(self, entry: Entry) -> frozenset[str]:
        """The edition, its copies, and the wholes it is of: what ends those ends it."""
        seen, todo = set[str](), [entry.id]
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            held = entry if name == entry.id else self.entries.get(name)
            todo += [link.target for link in held.relations if link.type in ALIKE] if held else []
            todo += [copy for copy in self._copies.get(name, ()) if self._is_same(copy, name)]
        return frozenset(seen)

    def _is_same(self, copy: str, original: str) -> bool:
        links = self.entries[copy].relations
        return any(link.type == "same_text_as" and link.target == original for link in links)

    def _ending(self, entry: Entry) -> Ending | None:
        enders = [
            change
            for change in self.changes(entry)
            if change.type in ENDS and change.actor.status not in NEVER
        ]
        expires = entry.expires or self._inherited(entry)
        if not enders and expires is None and entry.status not in ENDED:
            return None
        days = [change.day for change in enders if change.day is not None]
        if expires is not None and (entry.status in ENDED or not days):
            day: date | None = expires
        else:
            day = min([*days, *([expires] if expires else [])], default=None)
        by = [change for change in enders if change.day == day] or enders
        if expires is not None and day == expires and day not in days and entry.status == "expired":
            by = []
        if entry.status in ENDED:
            status = entry.status
        else:
            status = ENDS[by[0].type] if by and day in (*days, None) else "expired"
        return Ending(status, day, self._named(entry, day, status, [c.actor for c in by]))

    def _named(
        self, entry: Entry, day: date | None, status: Status, by: list[Entry]
    ) -> tuple[Entry, ...]:
        """What ended it: of a section of a code, the act that rewrote it on that day."""
        if status != "expired" and all(actor.kind in _COMPILED for actor in by):
            acts = [
                change.actor
                for change in self.changes(entry)
                if change.type == "amends" and day is not None and change.day == day
            ]
            by = acts or by
        return tuple(by)

    def _inherited(self, entry: Entry) -> date | None:
        """The end of what an entry is a copy or a part of."""
        days = [
            held.expires
            for name in self._alike(entry)
            if (held := self.entries.get(name)) is not None and held.expires is not None
        ]
        return min(days, default=None)

    def _standing(self, entry: Entry, day: date) -> Standing:
        first, ended = begins(entry), self.ending(entry)
        if entry.status in NEVER or entry.kind is Kind.BILL:
            status = entry.status if entry.status in NEVER else "not_enacted"
            return Standing(status, never_law(replace(entry, status=status)), entry.issued)
        if first is not None and day < first:
            return Standing("pending", _not_yet(entry, first))
        if ended is not None and (ended.day is None or ended.day <= day):
            names = tuple(actor.id for actor in ended.by)
            return Standing(ended.status, ended.words(), ended.day, names)
        if first is None and ended is not None and entry.status in ENDED:
            said = Said("dates unknown, {ended}", ended=ended.words())
            return Standing("unknown", said)
        status = "in_force" if ended is not None and entry.status in ENDED else entry.status
        return Standing(status, self._in_force(entry, status, day, ended), first)

    def _in_force(self, entry: Entry, status: Status, day: date, ended: Ending | None) -> str:
        first = begins(entry)
        if not is_law(entry):
            return _recorded(entry, status)
        if entry.kind is Kind.COURT_RULING:
            return Said("decided on {day}", day=first) if first else Said("dates unknown")
        if status == "unknown" and first:
            return Said("dated {day}; whether it is still in force is not known", day=first)
        if status == "unknown":
            return Said("dates unknown; whether it is still in force is not known")
        said = Said("in force since {day}", day=first) if first else Said("in force, dates unknown")
        said = joined([said, *(_amended(change) for change in self._later(entry, first, day))])
        if ended is not None and ended.day is not None:
            said = joined([said, _will_end(ended)], "; ")
        return said

    def _later(self, entry: Entry, first: date | None, day: date) -> list[Change]:
        """The amendments that work on the day and that the text may not have in it."""
        start, ended = first or date.min, self.ending(entry)
        last = ended.day if ended is not None and ended.day else date.max
        through = max(start, entry.current_through or start)
        return [
            change
            for change in self.amendments(entry, day)
            if change.day is not None
            and change.day < last
            # a compiled text has the lasting amendments in it, and the temporary ones never
            and change.day > (start if change.until else through)
        ]

    def unwritten(self, entry: Entry, day: date) -> tuple[Change, ...]:
        """The amendments in force on that day that came after the edition's text."""
        return tuple(self._later(entry, begins(entry), day))


def work_of(entry: Entry) -> str:
    """The name of the work that an edition is of: by itself, its own."""
    return entry.work or entry.id


def in_time(entry: Entry) -> tuple[date, str]:
    """Sorts editions by their first day; what has none comes last."""
    return begins(entry) or date.max, entry.id


def _not_yet(entry: Entry, first: date) -> str:
    if entry.issued is not None and entry.effective is not None and entry.issued < first:
        return Said("not in force before {day}", day=first)
    if entry.effective:
        return Said("not in force before {day}", day=first)
    if entry.kind is Kind.COURT_RULING:
        return Said("decided {day}, after that day", day=first)
    return Said("dated {day}, after that day", day=first)


def _amended(change: Change) -> str:
    until = N_("temporarily amended from {day} until {until} by {whom}")
    lasting = N_("amended from {day} by {whom}")
    parts = {"day": change.day, "until": change.until, "whom": short_name(change.actor)}
    return Said(until if change.until else lasting, **parts)


def _will_end(ended: Ending) -> str:
    whom = listed([short_name(actor) for actor in ended.by])
    if ended.status == "expired":
        if not whom:
            return Said("expires on {day}", day=ended.day)
        return Said("expires on {day} by {whom}", day=ended.day, whom=whom)
    return ended.words()


def _recorded(entry: Entry, status: Status) -> str:
    """What is said of a text that is no law, where its standing matters at all."""
    if entry.kind is Kind.AGREEMENT and status == "unknown":
        return Said("whether it still stands is not known")
    if entry.kind is Kind.RESOLUTION and status == "in_force":
        return Said("adopted on {day}", day=entry.issued) if entry.issued else Said("adopted")
    return ""


# By whether the day is known, and by what it ended.
_ENDINGS = {
    (True, True): N_("{ended} on {day} by {whom}"),
    (True, False): N_("{ended} on {day}"),
    (False, True): N_("{ended} by {whom}, on a day not known"),
    (False, False): N_("{ended}, on a day not known"),
}
