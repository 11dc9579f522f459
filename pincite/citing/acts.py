"""What an act's own words say of the text that they change: "amending § 9-131(h)(2)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pincite.kinds import Kind
from pincite.types import Document, Section

# An act says what it rewrites: "Paragraph 1 of subdivision h of section 9-131 ... is amended".
_REWRITES = re.compile(
    r"(?:paragraphs? (?P<paragraph>\w+) of )?(?:subdivisions? (?P<subdivision>\w{1,3}) of )?"
    r"sections? (?P<section>\d[\w.:-]*)(?: and (?P<second>\d[\w.:-]*))?.{0,400}?\bamended\b",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(?:adding (?:thereto )?(?:a )?(?:new )?|a new )sections? (?P<section>\d[\w.:-]*)", re.I
)
_REPEALS = re.compile(
    r"sections? (?P<section>\d[\w.:-]*)[^.]{0,240}?\b(?:is|are)(?: hereby)? repealed\b", re.I
)
_AS_FOLLOWS = re.compile(r"(?<!read) as follows:$")
_CHAPEAU = 600
_CHANGING = (Kind.AMENDING_ACT, Kind.BILL, Kind.EXECUTIVE_ORDER, Kind.OTHER)
_NAMED = re.compile(r"\bsection (?P<section>\d[\w.:-]*)", re.IGNORECASE)
_QUOTES = re.compile(r"\b(?P<how>added|amended|adding)\b.* to read as follows:$")
# What a law says of the code that it changes, and what that code is called in a citation.
_CODES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bD\.C\. Official Code § (?P<number>\d[\d.:-]*\d)"), "D.C. Code"),
    (re.compile(r"\bDistrict of Columbia Official Code\b"), "D.C. Code"),
    (re.compile(r"\badministrative code\b", re.I), "Admin. Code"),
    (re.compile(r"\bcity charter\b", re.I), "Charter"),
    (re.compile(r"\bmunicipal code\b", re.I), "Mun. Code"),
    (re.compile(r"\bExecutive Order No\. (?P<order>\d+)"), "Exec. Order No. {order},"),
)
_SUCH = re.compile(r"\b(?:such|the|said) (?:code|charter|executive order)\b", re.I)


@dataclass(frozen=True, slots=True)
class Change:
    """What an act does to a text: `here` in the act's own words, `code` as the code is cited."""

    deed: str
    here: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.deed} {self.here}".strip()


def quoted_change(document: Document, act: Section, quoted: Section, below: str) -> Change:
    """What an act does to the section that it quotes, when its lead-in says it of that section.

    `below` is what stands behind the section's label: "(a)–(c)".
    """
    line = document.text.rfind("\n", 0, max(quoted.span.start - 1, 0)) + 1
    above = document.text[max(line, act.span.start) : quoted.span.start]
    lead = f"{_lead(document, act)}\n{above}"
    number = quoted.label.split()[-1]
    for word, pattern in (("amending", _REWRITES), ("adding", _ADDS)):
        if any(number in _numbers(match) for match in pattern.finditer(lead)):
            deed = "proposed" if document.entry.kind == Kind.BILL else word
            code = _code(document, act, lead, number, below)
            return Change(deed, f"{quoted.label}{below}", code)
    return Change("", f"{quoted.label}{below}")


def rewritten(
    document: Document, act: Section, clauses: Sequence[str], siblings: str
) -> Change | None:
    """The clause of the code that an act's words rewrite, when the act's lead-in names it.

    `clauses` are the labels above those words, `siblings` the range they make below: "(a)–(c)".
    """
    if document.entry.kind not in _CHANGING:
        return None
    lead = _lead(document, act)
    found, word = _REWRITES.search(lead), "amending"
    if found is None:
        found, word = _REPEALS.search(lead), "repealing"
    if found is None or (document.entry.kind == Kind.EXECUTIVE_ORDER and not clauses):
        return None
    if (clauses or siblings) and _AS_FOLLOWS.search(
        lead
    ):  # those are the act's own, each changes something
        return None
    named = [f"({found[g]})" for g in _GROUPS if found.groupdict().get(g)]
    below = "".join(clauses) + siblings
    if named and below.startswith(named[-1]):
        named.pop()
    number, rest = found["section"].rstrip(".:-"), "".join(named) + below
    deed = "proposed" if document.entry.kind == Kind.BILL else word
    return Change(deed, f"§ {number}{rest}", _code(document, act, lead, number, rest))


def nested_change(
    document: Document, act: Section, clauses: Sequence[Section], siblings: str
) -> tuple[int, Change] | None:
    """What a clause of an act adds: "(b) Section 13-443 is amended ... (3) ... to read so:".

    With how many of the clauses are the act's own; the others are those of the code.
    """
    if document.entry.kind not in _CHANGING:
        return None
    whole = _lead(document, act)
    leads = [document.text[c.span.start : c.span.end].split("\n")[0] for c in clauses]
    for own in range(len(clauses) - 1, 0, -1):
        quotes = _QUOTES.search(leads[own - 1])
        named = [found for lead in (whole, *leads[:own]) if (found := _NAMED.search(lead))]
        if quotes and named:
            deed = "amending" if quotes["how"] == "amended" else "adding"
            number = named[-1]["section"].rstrip(".:-")
            below = "".join(clause.label for clause in clauses[own:]) + siblings
            code = _code(document, act, named[-1].string, number, below)
            code = code or _code(document, act, whole, number, below, _CODES[1:])
            return own, Change(deed, f"§ {number}{below}", code)
    return None


_GROUPS = ("subdivision", "paragraph")


def _numbers(match: re.Match[str]) -> set[str]:
    return {number.rstrip(".:-") for number in match.groups() if number}


def _lead(document: Document, act: Section) -> str:
    """The words of an act's section before what it quotes, without its own number."""
    lead = document.text[act.span.start : min(act.span.end, act.span.start + _CHAPEAU)]
    return lead[lead.find(". ") + 1 :].split("\n")[0]


def _code(
    document: Document,
    act: Section,
    lead: str,
    number: str,
    below: str,
    codes: Sequence[tuple[re.Pattern[str], str]] = _CODES,
) -> str:
    """ "Admin. Code § 9-131(h)(2)": by the lead-in, or by what "such code" there refers to."""
    places = [lead]
    if _SUCH.search(lead):
        places += [document.text[: act.span.start], document.entry.title]
    for place in places:
        for pattern, name in codes:
            named = list(pattern.finditer(place))
            if named:
                groups = named[-1].groupdict()
                return f"{name.format(**groups)} § {groups.get('number') or number}{below}"
    return ""
