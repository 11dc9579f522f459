"""What an act's own words say of the code that they change: "amending § 9-131(h)(2)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.types import Document, Section

# An act says what it rewrites: "Paragraph 1 of subdivision h of section 9-131 ... is amended".
_REWRITES = re.compile(
    r"(?:paragraphs? (?P<paragraph>\w+) of )?(?:subdivisions? (?P<subdivision>\w{1,3}) of )?"
    r"section (?P<section>\d[\w.:-]*)[^.]{0,240}?\bamended\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\badding (?:thereto )?(?:a )?(?:new )?sections? (?P<section>\d[\w.:-]*)", re.I)
_CHAPEAU = 600


def deed(document: Document, act: Section, quoted: Section) -> str:
    """ "amending " or "adding ", when an act's lead-in says that of the section that it quotes."""
    lead = _lead(document, act)
    for words, pattern in (("amending ", _REWRITES), ("adding ", _ADDS)):
        named = {match["section"].rstrip(".:-") for match in pattern.finditer(lead)}
        if quoted.label.split()[-1] in named:
            return words
    return ""


def rewritten(document: Document, act: Section, clauses: Sequence[str], siblings: str) -> str:
    """The clause of the code that an act's words rewrite, when the act's lead-in names it.

    `clauses` are the labels above those words, `siblings` the range they make below: "(a)–(c)".
    """
    if document.entry.kind not in ("amending_act", "bill"):
        return ""
    found = _REWRITES.search(_lead(document, act))
    if found is None:
        return ""
    named = [f"({found[g]})" for g in ("subdivision", "paragraph") if found[g]]
    below = "".join(clauses) + siblings
    if named and below.startswith(named[-1]):
        named.pop()
    return found["section"].rstrip(".:-") + "".join(named) + below


def _lead(document: Document, act: Section) -> str:
    """The words of an act's section before what it quotes, without its own number."""
    lead = document.text[act.span.start : min(act.span.end, act.span.start + _CHAPEAU)]
    return lead[lead.find(". ") + 1 :].split("\n")[0]
