"""The timeline of a work: its versions, what changed them, and what became of that in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pincite.standing import Standing, begins
from pincite.types import Entry
from pincite.works import Change, Works, in_time

_Step = Callable[[Works, Entry], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Version:
    """One text on a timeline. `of_work` tells the work's own versions from what bears on them.

    `until` is the first day on which it is no longer in force. `done_to` is what it suffers,
    `does` what it does to other texts of the timeline, each as a change by its actor.
    """

    entry: Entry
    of_work: bool
    since: date | None
    until: date | None
    standing: Standing
    done_to: tuple[Change, ...]
    does: tuple[tuple[str, Entry], ...]


def timeline(works: Works, entry: Entry, day: date) -> tuple[Version, ...]:
    """The work's versions and all that changed or ended them, in order of time.

    The chain is followed both ways: what the order revoked, and what revoked the order.
    """
    own = {edition.id for edition in works.editions(entry)}
    reached = own | _followed(works, own, _touched_by) | _followed(works, own, _touched)
    held = sorted((works.entries[name] for name in reached), key=in_time)
    return tuple(_version(works, one, day, reached, one.id in own) for one in held)


def _version(works: Works, entry: Entry, day: date, reached: set[str], own: bool) -> Version:
    ended = works.ending(entry)
    done_to = [change for change in works.changes(entry) if change.actor.id in reached]
    does = [
        (link.type, works.entries[link.target])
        for link in entry.relations
        if link.target in reached and link.target in works.entries
    ]
    return Version(
        entry,
        own,
        begins(entry),
        ended.day if ended else None,
        works.standing(entry, day),
        tuple(done_to),
        tuple(does),
    )


def _followed(works: Works, start: set[str], step: _Step) -> set[str]:
    """All that is reached from some texts by taking the same step again and again."""
    seen: set[str] = set()
    todo = sorted(start)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for near in step(works, works.entries[name]):
            todo += [edition.id for edition in works.editions(works.entries[near])]
    return seen


def _touched_by(works: Works, entry: Entry) -> Iterator[str]:
    yield from (change.actor.id for change in works.changes(entry))


def _touched(works: Works, entry: Entry) -> Iterator[str]:
    yield from (link.target for link in entry.relations if link.target in works.entries)
