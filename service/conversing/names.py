"""The texts that a question names, and what a text is called in a question.

title_of(entry)                                  # "8 U.S.C. § 1373"
antecedent("order", subject, known.entries)      # "EO 14159", named or quoted before
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pincite.citations.find import named_in
from pincite.kinds import Kind
from pincite.standing import short_name
from pincite.types import Entry, Span
from service.conversing.turns import Subject
from service.naming import NAME, PARTY

_RULING = frozenset({Kind.COURT_RULING})
_LAW = frozenset({Kind.STATUTE, Kind.ORDINANCE, Kind.AMENDING_ACT, Kind.CONSTITUTION})
_ORDER = frozenset({Kind.EXECUTIVE_ORDER})
_VIEW = frozenset({Kind.OP_ED, Kind.NEWS})
# What a word for a text may mean; the parts of an opinion are words for it too.
PARTS = frozenset({"dissent", "majority", "concurrence", "plurality", "syllabus"})
NOUNS: Mapping[str, frozenset[Kind]] = {
    **dict.fromkeys(("order",), _ORDER),
    **dict.fromkeys(("opinion", "ruling", "decision", "case", "judgment", *PARTS), _RULING),
    **dict.fromkeys(("law", "act", "rule", "policy", "measure"), _LAW | _ORDER),
    **dict.fromkeys(("section", "statute", "provision", "code", "ordinance", "chapter"), _LAW),
    **dict.fromkeys(("agreement", "memorandum", "moa"), frozenset({Kind.AGREEMENT})),
    "bill": frozenset({Kind.BILL}),
    "resolution": frozenset({Kind.RESOLUTION}),
    "fact sheet": frozenset({Kind.FACT_SHEET}),
    **dict.fromkeys(("article", "piece", "essay", "op-ed"), _VIEW),
    "transcript": frozenset({Kind.TRANSCRIPT}),
    "memo": frozenset({Kind.DOJ_MEMO}),
    **dict.fromkeys(("document", "text", "source"), frozenset(Kind)),
}
_TITLED = {"act", "ordinance", "code", "law", "order", "charter"}
_DATED = re.compile(r"\s*\((?:[A-Z][a-z]{2,8}\.? \d{1,2}, )?\d{4}\)$")

CASE = re.compile(rf"{PARTY}\s+vs?\.?\s+{NAME}(?:\s+(?:{NAME}|of|the)){{0,4}}")
_ACT = re.compile(
    rf"(?:{NAME}\s+(?:(?:of|and|the)\s+)?){{1,6}}(?:Act|Ordinance|Charter|Resolution)\b"
)
_BILL = re.compile(rf"(?:(?:{NAME})\s)?\b(?:[SH]\.?\s?B\.?|A\.?B\.?|Int\.?)\s?\d+(?:-\d{{4}})?\b")
_CASED = re.compile(r"^(?:Under|In|Does|Did|Is|Was|Per)\s+")


def title_of(entry: Entry) -> str:
    """What an entry is called in mid-sentence."""
    if entry.kind is Kind.COURT_RULING:
        return entry.title
    if entry.kind in _LAW and set(entry.title.lower().split()) & _TITLED and len(entry.title) < 60:
        return f"the {entry.title}"
    if entry.kind in _VIEW | {Kind.FACT_SHEET}:
        what = "fact sheet" if entry.kind is Kind.FACT_SHEET else "article"
        return f"the {what} “{entry.title.removeprefix('Fact Sheet: ')}”"
    name = _DATED.sub("", short_name(entry))
    return f"the {name}" if entry.kind is Kind.AGREEMENT else name


@dataclass(frozen=True, slots=True)
class Named:
    """A text that a question names: where, as what, and by which key if it is a citation."""

    span: Span
    name: str
    kinds: frozenset[Kind]
    key: str = ""


def named_texts(text: str) -> list[Named]:
    """The texts that a question names, in the order in which it does."""
    found: list[Named] = []
    for mention, _ in named_in(text):
        if mention is not None:
            order = "eo" in mention.key.split(" ")
            kinds = _RULING if mention.kind == "case" else _ORDER if order else _LAW
            found.append(Named(mention.span, mention.span.of(text), kinds, mention.key))
    for pattern, kinds in ((CASE, _RULING), (_ACT, _LAW), (_BILL, _LAW | {Kind.BILL})):
        for match in pattern.finditer(text):
            lead = _CASED.match(match[0])
            span = Span(match.start() + (lead.end() if lead else 0), match.end())
            if not any(span.meets(other.span) for other in found):
                the = "the " if text[: span.start].lower().endswith("the ") else ""
                found.append(Named(span, the + span.of(text), kinds))
    return sorted(found, key=lambda one: one.span.start)


def antecedent(noun: str | None, subject: Subject, entries: Mapping[str, Entry]) -> str | None:
    """The text that "it", or that noun, means: named before, else quoted first."""
    wanted = NOUNS[noun] if noun else frozenset(Kind)
    candidates = [(one.name, one.kinds) for one in named_texts(subject.base)]
    candidates += _quoted(subject, entries)
    return next((name for name, kinds in candidates if kinds & wanted), None)


def _quoted(
    subject: Subject, entries: Mapping[str, Entry]
) -> Iterator[tuple[str, frozenset[Kind]]]:
    for id_ in subject.documents:
        if (entry := entries.get(id_)) is not None:
            yield title_of(entry), frozenset({entry.kind})


def case_named(text: str, entries: Mapping[str, Entry], *, loose: bool = False) -> str | None:
    """The case that is all a text says: "in Printz", "Trump v. Hawaii".

    Where `loose`, a side that is also a place or a person counts too: "Arizona".
    """
    name = re.sub(r"^(?:in|under|for)\s+", "", text, flags=re.I)
    if CASE.fullmatch(name):
        return name
    if loose or name.lower() not in _NO_SIDE:
        return _sides(entries).get(name.lower())
    return None


def cases_in(text: str, entries: Mapping[str, Entry]) -> list[Span]:
    """Where a question names cases, by both sides or by one."""
    found = [Span(*match.span()) for match in CASE.finditer(text)]
    sides = _sides(entries).keys() - _NO_SIDE
    for match in re.finditer(r"(?<!\w)[A-Z][\w-]+(?!\w)", text):
        span = Span(*match.span())
        if match[0].lower() in sides and not any(span.meets(other) for other in found):
            found.append(span)
    return sorted(found)


# Sides that are also places or persons, and beginnings of names that name nothing.
_NO_SIDE = frozenset({"new york", "arizona", "south dakota", "hawaii", "trump", "clinton"})
_NO_NAME = {"new", "south", "national", "united", "united states", "council", "states", "york"}


def _sides(entries: Mapping[str, Entry]) -> Mapping[str, str]:
    """The rulings held by one side: the first, its first word, the last word of the other."""
    sides: dict[str, str] = {}
    for entry in entries.values():
        first, versus, second = entry.title.lower().partition(" v. ")
        if entry.kind is Kind.COURT_RULING and versus:
            for side in (first, first.split(" ")[0], second.split(" ")[-1]):
                sides.setdefault(side, entry.title)
    return {side: title for side, title in sides.items() if side not in _NO_NAME}
