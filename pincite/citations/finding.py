"""Every citation of a text with its offsets, and what those that point back point at.

    mentions("see 8 U.S.C. § 1373(a); § 1373(b)")   # keys "8 usc 1373(a)", "8 usc 1373(b)"

A bare section is resolved by what the text cited before by that number, or by the code that the
text is of; `Id.` by what stands before it. What cannot be resolved is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pincite.citations.cases import cases
from pincite.citations.full import Bare, full, section_key
from pincite.citations.grammars import NOWHERE, Context
from pincite.citations.keys import section_of
from pincite.citations.lists import CODE_LIST
from pincite.citations.mentions import Mention, mention

# Raise when the grammars find other mentions: those kept in a library are then made anew.
MENTIONS_REVISION = 3

_ID = re.compile(
    r"(?<![\w.])(?:[Ii]d\.|[Ii]bid\.)"
    r"(?:,?\sat\s(?P<pin>\d{1,4}(?:[–-]\d{1,4})?)(?![\d_])|,?\s(?P<sign>§§?)\s?(?=\d))?"
)
# What stands between a citation and an "Id." may be another source that no grammar reads.
_OTHER_SOURCE = re.compile(
    r"\b(?:App\.|Brief|Tr\.|[Ss]upra|[Aa]nte|[Pp]ost|Federalist|Cong\.|H\.\s?R\.|Rep\.|Decl|Memo"
    r"|Report|Record|Lords|Debates|Papers|Fed\. Cas|Exhibit|Elliot|Farrand|Commentaries|ed\.\s\d{4}"
    r"|slip op\.|___|-{3,}|http)"
)
_ID_REACH = 1500
_ID_PAGES = 600
_PROGRAM = re.compile(r"(?<![\w.(])287\s?\(g\)(?P<clauses>(?:\(\d{1,2}\)(?:\([A-Z]\))?)?)")
_OF_ANOTHER = re.compile(r",?\s(?:of|in)\s(?:the|this|that|such|said|an?|any|S\.|Pub|P\.L|H\.)\b")
_BESIDE = re.compile(r",\s(?:as\samended,\s)?(?:§{1,2}\s?[\w().-]{1,12},\s)?")
_COMPOUND = re.compile(r"\d+[a-z]{0,2}[-.:]\d.*")
_CITY_SECTION = re.compile(r"\d{1,2}-\d{2,4}(?:\.\d+)?")
_HEADING = re.compile(r"\.?\s+[A-Z“\"\[]|\.?$|\.\n", re.M)
_LONG = 3


def mentions(text: str, context: Context = NOWHERE) -> tuple[Mention, ...]:
    """All mentions in a text, in order; none lies within another."""
    found, bare, taken = full(text, context)
    found = sorted([*found, *cases(text, taken)], key=lambda one: one.span)
    found = sorted([*found, *_bare_sections(text, bare, found, context)], key=lambda o: o.span)
    found = sorted([*found, *_programs(text, found)], key=lambda one: one.span)
    found = sorted([*found, *_ids(text, found)], key=lambda one: one.span)
    return tuple(_parallel(text, list(_apart(found))))


def _apart(found: Sequence[Mention]) -> Iterator[Mention]:
    end = 0
    for one in found:
        if one.span.start >= end:
            yield one
            end = one.span.end


def _parallel(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """An act's page in the Statutes, and an order's in the Register, as the act and the order."""
    before: Mention | None = None
    for one in found:
        if before is not None and _BESIDE.fullmatch(text, before.span.end, one.span.start):
            first, second = before.key.split()[0], one.key.split()[1]
            if (first, second) in (("pub", "stat"), ("eo", "fr")):
                keys = (*before.keys, one.key)
                one = replace(one, key=before.key, keys=keys, kind=before.kind, written="parallel")
        yield one
        before = one


def _bare_sections(
    text: str, bare: Sequence[Bare], found: Sequence[Mention], context: Context
) -> Iterator[Mention]:
    """Sections without a source, where the text says before whose they are."""
    numbers: dict[str, str] = {}
    seen = iter(found)
    following = next(seen, None)
    for one in bare:
        while following is not None and following.span.start < one.start:
            _remember(text, following, numbers)
            following = next(seen, None)
        key = _resolved(text, one, numbers, context)
        if key:
            yield mention(one.start, one.end, key + one.item.clauses, written="section")


def _remember(text: str, one: Mention, numbers: dict[str, str]) -> None:
    """The section that a mention cites, by the number under which the text has it."""
    if one.kind not in ("statute", "regulation", "local_code") or "/" in one.key:
        return
    written = one.span.of(text)
    section = section_of(one.key)
    for item in CODE_LIST.read(written, _number_at(written), several=False):
        numbers[item.number] = section
        break
    numbers[section.rsplit(" ", 1)[-1]] = section


def _number_at(written: str) -> int:
    """Where the section's number starts: behind the sign, else it is the last number."""
    sign = re.search(r"(?:§\s?|[Ss]ections?\s|[Ss]ecs?\.\s)(?=\d)", written)
    if sign:
        return sign.end()
    starts = [m.start() for m in re.finditer(r"(?<![\w.(-])\d", written)]
    return starts[-1] if starts else len(written)


def _resolved(text: str, one: Bare, numbers: dict[str, str], context: Context) -> str:
    number = one.item.number
    if _is_heading(text, one) or _OF_ANOTHER.match(text, one.end):
        return ""
    if (len(number) >= _LONG or _COMPOUND.fullmatch(number)) and number in numbers:
        return numbers[number]
    if _COMPOUND.fullmatch(number):
        if context.code and not context.code.endswith("usc"):
            return section_key(context.code, number)
        if context.lies_in("us/ny/new-york-city") and _CITY_SECTION.fullmatch(number):
            return f"nyc admin code {number}"
    return ""


def _is_heading(text: str, one: Bare) -> bool:
    """Whether the section is the one that begins here, and not one that is cited."""
    line = text[max(one.start - 2, 0) : one.start].rstrip('[“"')
    return (not line or line.endswith("\n")) and _HEADING.match(text, one.end) is not None


def _programs(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """ "287(g)" by itself, under which everybody knows 8 U.S.C. § 1357(g)."""
    at, spans = 0, [one.span for one in found]
    for match in _PROGRAM.finditer(text):
        while at < len(spans) and spans[at].end <= match.start():
            at += 1
        if at == len(spans) or spans[at].start >= match.end():
            clauses = match["clauses"]
            yield mention(*match.span(), f"8 usc 1357(g){clauses}", written="section")


def _ids(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """ "Id." and "Ibid.", by the citation right before them; each may lead to the next."""
    at, last = 0, None
    for match in _ID.finditer(text):
        while at < len(found) and found[at].span.start < match.start():
            last, at = found[at], at + 1
        if last is None or not _leads_to(text, last, match):
            last = None
            continue
        last = _again(text, match, last)
        if last is not None:
            yield last


def _leads_to(text: str, last: Mention, match: re.Match[str]) -> bool:
    between = text[last.span.end : match.start()]
    return len(between) <= _ID_REACH and _OTHER_SOURCE.search(between) is None


def _again(text: str, match: re.Match[str], last: Mention) -> Mention | None:
    """What an "Id." cites: the same case at another page, another section of the same code."""
    if match["sign"]:
        code = section_of(last.key).rsplit(" ", 1)[0]
        item = next(CODE_LIST.read(text, match.end(), several=False), None)
        if item is None or last.kind not in ("statute", "regulation", "local_code"):
            return None
        key = section_key(code, item.number) + item.clauses
        return mention(match.start(), item.end, key, written="id")
    pin = match["pin"] or ""
    if last.kind in ("case", "journal"):
        first = int(last.key.rsplit(" ", 1)[1])
        if pin and not first <= int(re.split(r"\D", pin)[0]) <= first + _ID_PAGES:
            return None
    elif pin:
        return None
    return mention(*match.span(), last.key, pin=pin, written="id")
