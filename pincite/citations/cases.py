"""Cases by their reporters, and what only points back at one: "521 U.S., at 935", "Id., at 7"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pincite.citations.full import Taken
from pincite.citations.keys import CitationKind, kind_of
from pincite.citations.mentions import Mention, Written, mention
from pincite.citations.reporters import Volume, volumes

_WORD = r"(?:[A-Z][\w.’'&-]{0,25}|of|the|and|for|&|ex|rel\.|de|la)"
_PARTIES = re.compile(
    rf"(?P<first>{_WORD}(?:,?\s{_WORD}){{0,9}})\s(?:v|vs)\.\s"
    rf"(?P<second>{_WORD}(?:,?\s{_WORD}){{0,9}}),?\s?$"
)
_LEADS = re.compile(
    r"^(?:(?:See|Cf|In|Compare|And|But|The|of|the|and|Accord|Under|Also|As|E\.g\.|Citing|Quoting"
    r"|With|Contra|Since|After|Before|Like|Both|Unlike|Thus|When|Moreover|for|by)\.?,?\s)+"
)
_REACH = 160
_FIRST = ("full", "parallel")
_PIN = re.compile(r",\s(?:at\s)?(?P<pin>\d{1,4}(?:[–-]\d{1,4})?)(?!\d|\s(?:[A-Z][\w.]*\.|U\.))")
# Between a case's reporters stand only pages, notes and commas.
_PARALLEL = re.compile(
    r"(?:,\s(?:at\s)?\d{1,4}(?:[–-]\d{1,4})?(?:,?\s?nn?\.\s?\d{1,3}(?:[–-]\d{1,3})?)?){0,4},\s"
)
_SUPRA = re.compile(
    r"(?P<name>[A-Z][\w.’'&-]{1,25}(?:\s(?:[A-Z][\w.’'&-]{1,25}|of|the|&|v\.)){0,9}),\ssupra\b"
    r"(?:,?\sat\s(?P<pin>\d{1,4}(?:[–-]\d{1,4})?))?"
)
_SHORT = 3
# First words of a party's name that name no case.
_GENERIC = frozenset({"united", "state", "city", "county", "people", "commonwealth", "national"})


@dataclass
class Cases:
    """The cases that a text has cited so far: by volume, and by the names of their parties."""

    pages: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, volume: Volume, key: str, name: str) -> None:
        """Remember a full citation."""
        self.pages.setdefault((volume.volume, volume.reporter), {})[volume.page] = key
        self.names[name.lower()] = key
        for party in name.split(" v. "):
            words = party.lower().split()
            if words and words != ["united", "states"]:
                self.names[party.lower()] = key
            if words and len(words[0]) > _SHORT and words[0] not in _GENERIC:
                self.names[words[0].rstrip(",.")] = key

    def at(self, volume: Volume) -> str | None:
        """The case that a page of a volume is of: the last that begins before it."""
        known = self.pages.get((volume.volume, volume.reporter), {})
        before = [page for page in known if page <= volume.page]
        return known[max(before)] if before else None

    def called(self, name: str) -> str | None:
        """The case of a name, whatever words lead up to it: "See Wyeth"."""
        words = name.lower().split()
        both = words.index("v.") if "v." in words else len(words)
        tried = (" ".join(words[at:]) for at in range(both))
        return next((self.names[said] for said in tried if said in self.names), None)


def cases(text: str, taken: Taken) -> Iterator[Mention]:
    """The cases and journals that are cited by volume and page, and cases by name and "supra"."""
    known, before = Cases(), None
    supras = list(_SUPRA.finditer(text))
    for volume in volumes(text):
        while supras and supras[0].start() < volume.start:
            yield from _by_name(supras.pop(0), known)
        if not taken.take(volume.start, volume.end):
            continue
        before = _case(text, volume, before, known)
        if before is not None:
            yield before
    for supra in supras:
        yield from _by_name(supra, known)


def _case(text: str, volume: Volume, before: Mention | None, known: Cases) -> Mention | None:
    pin = _PIN.match(text, volume.end)
    page = pin["pin"] if pin else ""
    beside = before is not None and _PARALLEL.fullmatch(text, before.span.end, volume.start)
    if volume.short:
        key = before.key if before and beside else known.at(volume)
        if key is None:
            return None
        own = key.rsplit(" ", 1)[0] == f"{volume.volume} {volume.reporter}"
        at = str(volume.page) if own else before.pin if before and beside else ""
        how: Written = "parallel" if beside else "short"
        return mention(volume.start, volume.end, key, pin=at, written=how)
    if before is not None and beside and before.written in _FIRST and before.kind == "case":
        known.add(volume, before.key, "")
        return mention(
            volume.start, volume.end, before.key, volume.key, pin=before.pin, written="parallel"
        )
    kind: CitationKind = kind_of(volume.key)
    name = _name(text, volume.start) if kind == "case" else ""
    known.add(volume, volume.key, name)
    return mention(volume.start, volume.end, volume.key, pin=page, name=name)


def _name(text: str, at: int) -> str:
    """The name of the case that is cited at an offset, if it stands right before."""
    start = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    found = _PARTIES.search(text, start, at)
    if found is None:
        return ""
    first = _LEADS.sub("", found["first"])
    return f"{first} v. {found['second']}" if first else ""


def _by_name(supra: re.Match[str], known: Cases) -> Iterator[Mention]:
    key = known.called(supra["name"])
    if key is not None:
        yield mention(*supra.span(), key, pin=supra["pin"] or "", written="supra")
