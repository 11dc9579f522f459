"""What cannot be true of a catalogue's works in time: circles of endings, two laws at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from ingest.catalogue_lines import Lines
from pincite.errors import CatalogueError
from pincite.standing import begins, is_law
from pincite.types import Entry, Link
from pincite.works import ENDS, Works

_LAST = date.max


def impossible_relations(entries: Sequence[Entry | None], lines: Lines) -> Iterator[CatalogueError]:
    """Every circle of endings, and every day on which two editions of a work are both in force."""
    places = {entry.id: place for place, entry in enumerate(entries) if entry is not None}
    known = {entry.id: entry for entry in entries if entry is not None}
    for circle in _circles(known):
        first = min(circle, key=lambda link: places[link[0]])
        told = " → ".join([source for source, _ in _from(circle, first[0])] + [first[0]])
        what = f"{first[1].type} {first[1].target!r} closes a circle: {told}; one of these is wrong"
        yield lines.error(places[first[0]], first[1].type, what)
    yield from _overlaps(known, places, lines)


def _circles(known: dict[str, Entry]) -> list[list[tuple[str, Link]]]:
    """The circles among what supersedes, revokes and repeals, each once, as its links."""
    done: set[str] = set()
    circles: list[list[tuple[str, Link]]] = []
    for start in known:
        path: list[tuple[str, Link]] = []
        todo = [(start, iter(_ends(known[start])))] if start not in done else []
        while todo:
            name, links = todo[-1]
            link = next(links, None)
            if link is None:
                done.add(name)
                todo.pop()
                del path[-1:]
            elif link.target in known and link.target not in done:
                on_path = [source for source, _ in todo]
                path.append((name, link))
                if link.target in on_path:
                    circles.append(path[on_path.index(link.target) :])
                    path.pop()
                else:
                    todo.append((link.target, iter(_ends(known[link.target]))))
    return circles


def _ends(entry: Entry) -> list[Link]:
    # An entry that names itself is told of by whoever checks single links.
    return [k for k in entry.relations if k.type in ENDS and k.target != entry.id]


def _from(circle: list[tuple[str, Link]], start: str) -> list[tuple[str, Link]]:
    at = [source for source, _ in circle].index(start)
    return circle[at:] + circle[:at]


def _overlaps(
    known: dict[str, Entry], places: dict[str, int], lines: Lines
) -> Iterator[CatalogueError]:
    works, editions = Works(known.values()), defaultdict(list)
    for entry in known.values():
        if entry.work and is_law(entry):
            editions[entry.work].append(entry)
    for work, held in editions.items():
        for one, other in combinations(held, 2):
            day = None if _alike(one, other, known) else _both_in_force(one, other, works)
            if day is not None:
                when = "today" if day == _LAST else f"on {day}"
                what = (
                    f"{other.id!r} and {one.id!r} are both in force {when}, as editions of"
                    f" {work!r}; give the older one its `expires`, or mark a copy `same_text_as`"
                )
                yield lines.error(places[other.id], "effective", what)


def _alike(one: Entry, other: Entry, known: dict[str, Entry]) -> bool:
    """Whether the two are copies or parts of the same text."""
    return bool(_texts(one, known) & _texts(other, known))


def _texts(entry: Entry, known: dict[str, Entry]) -> set[str]:
    seen, todo = set[str](), [entry.id]
    while todo:
        name = todo.pop()
        if name not in seen and name in known:
            seen.add(name)
            todo += [
                link.target
                for link in known[name].relations
                if link.type in ("same_text_as", "excerpt_of")
            ]
    return seen


def _both_in_force(one: Entry, other: Entry, works: Works) -> date | None:
    """The first day on which both are in force; the last of all days stands for "today"."""
    days = [day for entry in (one, other) if (day := begins(entry)) is not None]
    days += [
        ended.day - timedelta(days=1)
        for entry in (one, other)
        if (ended := works.ending(entry)) and ended.day and ended.day > date.min
    ]
    for day in [*sorted(days), _LAST]:
        if all(works.standing(entry, day).status == "in_force" for entry in (one, other)):
            return day
    return None
