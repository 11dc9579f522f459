"""The order of what was found, and its grouping by document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pincite.types import Entry
from service.searching.facets import CHANNELS, Found, dated

_LAST = 10**9


@dataclass(frozen=True, slots=True)
class Group:
    """The passages found of one document, in order."""

    entry: Entry
    found: tuple[Found, ...]


def _relevance(one: Found) -> Any:
    return one.at


def _newest(one: Found) -> Any:
    day = dated(one.entry)
    return -day.toordinal() if day else _LAST


def _oldest(one: Found) -> Any:
    day = dated(one.entry)
    return day.toordinal() if day else _LAST


def _authority(one: Found) -> Any:
    """Law before record before argument; a constitution before a statute; a country's first."""
    return CHANNELS.index(one.channel), one.rank, one.reach


SORTS: Mapping[str, Callable[[Found], Any]] = {
    "relevance": _relevance,
    "newest": _newest,
    "oldest": _oldest,
    "authority": _authority,
}
"""Every order by its name; among equals the more relevant comes first."""


def grouped(found: Iterable[Found], sort: str) -> list[Group]:
    """The documents in the order of the first of their passages, each with its own in order."""
    key = SORTS[sort]
    groups: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda one: (key(one), one.at)):
        groups.setdefault(one.entry.id, []).append(one)
    return [Group(own[0].entry, tuple(own)) for own in groups.values()]
