"""Full citations: those that say what they cite by themselves, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pincite.citations.amendments import amendments
from pincite.citations.grammars import AFTER, BEFORE, NOWHERE, NUMBERED, Context, municipal_key
from pincite.citations.ina import INA_SECTIONS, code_section
from pincite.citations.keys import code_key
from pincite.citations.lists import CODE_LIST, USC_LIST, Item, Listing
from pincite.citations.mentions import Mention, mention

# A code that no row names: "Ariz. Rev. Stat. Ann. §13–1509", "Port Alder Mun. Code § 12.40.040".
_OTHER_CODE = re.compile(
    r"(?:\bCode(?:\sof\sOrdinances)?|\bStats?\.|\bLaws)(?:\sAnn\.)?,?\s?"
    r"(?:(?P<sign>§§?|[Ss]ections?|[Ss]ecs?\.)\s?(?=\d)|(?=\d{1,3}[A-Z]?[-.]\d))"
)
_CODE_NAME = re.compile(
    r"(?<![\w.])(?:(?:[A-Z][\w.’'-]{0,20}|of|and|&),?\s?){1,7}(?:Code|Stats?\.|Laws)"
    r"(?:\sof\sOrdinances)?(?:\sAnn\.)?,?\s?$"
)
# Words that a sentence or a question opens with are no part of a code's name: "Is Somerville Code".
_NO_PART = re.compile(
    r"^(?:(?:See|In|The|Under|Cf\.|Compare|And|Of|But|Also|With|That|This|By|To|of|and|&|Is|Are|Was|Were"
    r"|Do|Does|Did|Has|Have|Had|May|Must|Can|Could|Would|Should|Shall|Will(?!\sCounty)|What|When|Where"
    r"|Why|How|Who|Which|Whether|If|Since|Until|After|Before|For|From|On|At|As|Per|Quote|Show|Explain"
    r"|Summari[sz]e|Violating|Citing)\s)+"
)
_STATE = re.compile(r",?\s[A-Z][a-z]*\.,|,\s[A-Z][a-z]*\.(?=\s)")
_NAME_REACH = 70
_SECTIONS = re.compile(r"(?<![\w§])(?P<sign>§§?\s?|[Ss]ections?\s|SECTIONS?\s|[Ss]ecs?\.\s)(?=\d)")
_NEXT_ORDER = re.compile(r"(?:,?\s(?:and|or)\s|,\s)(?:No\.\s?)?(?P<number>1\d,?\d{3})(?![\d-])")
_PARTS_REACH = 60
_PARTS = re.compile(
    r"(?:\b[Pp]aragraph \(?(?P<inner>\d{1,2})\)? of )?"
    r"\b[Ss]ub(?:division|section|sec\.) \(?(?P<outer>[a-z]|\d{1,2})\)? of $"
)
_SEVERAL = re.compile(r"§§|[Ss]ections\b|SECTIONS\b|[Ss]ecs\.")


@dataclass(frozen=True, slots=True)
class Bare:
    """A section that names no source: "§ 1373(c)", with what it would be a section of unsaid."""

    start: int
    end: int
    item: Item


class Taken:
    """Stretches that were read already; an earlier form keeps what a later one would take."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take a stretch, unless some of it is taken."""
        at = bisect_left(self._spans, (start, end))
        if at and self._spans[at - 1][1] > start:
            return False
        if at < len(self._spans) and self._spans[at][0] < end:
            return False
        insort(self._spans, (start, end))
        return True


def full(text: str, context: Context = NOWHERE) -> tuple[list[Mention], list[Bare], Taken]:
    """The full citations of codes, acts, orders and registers, in order; the bare sections.

    Cases stand in reporters and are found by `pincite.citations.cases`.
    """
    taken = Taken()
    found = [*_before(text, context, taken), *_numbered(text, context, taken)]
    found += _other_codes(text, taken)
    found += [one for one in amendments(text) if taken.take(one.span.start, one.span.end)]
    after, bare = _after(text, context, taken)
    return sorted([*found, *after], key=lambda one: one.span), bare, taken


def listed(start: int, code: str, items: list[Item]) -> Iterator[Mention]:
    """The mentions of a list of sections of one code; the first has the code's name with it."""
    for at, item in enumerate(items):
        key = section_key(code, item.number)
        yield mention(item.start if at else start, item.end, key + item.clauses)


def section_key(code: str, number: str) -> str:
    """A section's key; one of the Immigration and Nationality Act by its place in title 8."""
    if code != "ina":
        return f"{code} {number}"
    section = code_section(number)
    if section is None and number in INA_SECTIONS.values():  # a slip of many texts
        section = number
    return f"8 usc {section}" if section else f"ina {number}"


def _before(text: str, context: Context, taken: Taken) -> Iterator[Mention]:
    for pattern, code, listing in BEFORE:
        for match in pattern.finditer(text):
            name = code(match, context)
            if name:
                yield from _list(text, match, name, listing, taken)


def _list(
    text: str, match: re.Match[str], code: str, listing: Listing, taken: Taken
) -> Iterator[Mention]:
    several = _SEVERAL.search(match[0]) is not None
    items = list(listing.read(text, match.end(), several=several))
    if items and taken.take(match.start(), items[-1].end):
        yield from listed(match.start(), code, items)


def _numbered(text: str, context: Context, taken: Taken) -> Iterator[Mention]:
    for pattern, key_of in NUMBERED:
        for match in pattern.finditer(text):
            key = key_of(match, context)
            if key and taken.take(*match.span()):
                yield mention(*match.span(), key)
                if key.startswith("eo "):
                    yield from _more_orders(text, match.end(), taken)


def _more_orders(text: str, at: int, taken: Taken) -> Iterator[Mention]:
    """The orders that follow one: "Executive Orders 13768, 13993 and 14159"."""
    while (match := _NEXT_ORDER.match(text, at)) and taken.take(*match.span("number")):
        yield mention(*match.span("number"), f"eo {match['number'].replace(',', '')}")
        at = match.end()


def _other_codes(text: str, taken: Taken) -> Iterator[Mention]:
    for match in _OTHER_CODE.finditer(text):
        reach = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _NAME_REACH)
        end = match.start("sign") if match["sign"] else match.end()
        name = _CODE_NAME.search(text, reach, end)
        if name is None:
            continue
        bare = _STATE.sub("", _NO_PART.sub("", name[0])).strip(" ,")
        code = code_key(bare)
        if " code" in f" {code}" and "rev" not in code:
            code = municipal_key(re.sub(r"\s?\b[Cc]ode\b.*$", "", bare))
        if len(code.split()) > 1:
            lead = re.match(_NO_PART, name[0])
            start = name.start() + (lead.end() if lead else 0)
            items = list(CODE_LIST.read(text, match.end(), several="§§" in match[0]))
            if items and taken.take(start, items[-1].end):
                yield from listed(start, code, items)


def _after(text: str, context: Context, taken: Taken) -> tuple[list[Mention], list[Bare]]:
    """Sections by what follows them, "section 9-131 of the ..."; and those that nothing follows."""
    found: list[Mention] = []
    bare: list[Bare] = []
    for match in _SECTIONS.finditer(text):
        several = _SEVERAL.search(match["sign"]) is not None
        items = list(CODE_LIST.read(text, match.end(), several=several))
        if not items or not taken.take(match.start(), items[-1].end):
            continue
        code, items = _code_after(text, match.end(), items, context, several=several)
        if code:
            start, items = _with_parts(text, match.start(), items)
            found += listed(start, code, items)
        else:
            starts = [match.start(), *(item.start for item in items[1:])]
            bare += [Bare(s, item.end, item) for s, item in zip(starts, items, strict=True)]
    return found, bare


def _with_parts(text: str, start: int, items: list[Item]) -> tuple[int, list[Item]]:
    """The list with the parts of its one section that are named before it: "paragraph 4 of
    subdivision a of section 9-131"."""
    parts = _PARTS.search(text, max(0, start - _PARTS_REACH), start)
    if parts is None or len(items) != 1 or items[0].clauses:
        return start, items
    named = [f"({part})" for part in (parts["outer"], parts["inner"]) if part]
    return parts.start(), [replace(items[0], clauses="".join(named))]


def _code_after(
    text: str, first: int, items: list[Item], context: Context, *, several: bool
) -> tuple[str, list[Item]]:
    end = items[-1].end
    for pattern, code in AFTER:
        match = pattern.match(text, end)
        if match and (name := code(match, context)):
            listing = USC_LIST if name == "ina" or name.endswith("usc") else CODE_LIST
            again = list(listing.read(text, first, several=several))
            return name, again or items
    return "", items
