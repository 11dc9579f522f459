"""A citation found in a text: where it stands, what it cites, and how it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pincite.citations.keys import CitationKind, kind_of, nested
from pincite.types import Span

Written = Literal["full", "parallel", "short", "supra", "id", "section"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in one text.

    `key` is the deepest thing cited, `keys` all under which it is found: a clause counts for its
    section, a parallel reporter for the case. `pin` is the page cited within a case, `name` the
    case's name where it was written. `written` tells a full citation from those that only point
    back at one: `521 U.S., at 935`, `Printz, supra`, `Id.`, a bare `§ 1373(c)`; a parallel one
    says again where the one before it stands.
    """

    span: Span
    key: str
    keys: tuple[str, ...]
    kind: CitationKind
    pin: str = ""
    written: Written = "full"
    name: str = ""


def mention(
    start: int,
    end: int,
    key: str,
    *also: str,
    pin: str = "",
    written: Written = "full",
    name: str = "",
) -> Mention:
    """A mention of a key, known by every key that it lies in, and by `also`."""
    keys = tuple(dict.fromkeys([*nested(key), *also]))
    return Mention(Span(start, end), key, keys, kind_of(key), pin, written, name)
