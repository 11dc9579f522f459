"""Stretches that speak, but not for themselves: why, in passing, or what somebody argued.

A recital orders nothing; a footnote hangs on other words; what begins midway (a proviso, half
a sentence) wants what stands before it; an act's drafting says where its words go, or which go; and
what a court reports of an argument may be what it goes on to reject.
"""

from __future__ import annotations

import re

from pincite.authority import is_recital
from pincite.kinds import Kind
from pincite.types import Span
from service.answering.asking import Wanted
from service.answering.evidence import Evidence
from service.answering.stretches import has_deleted
from service.answering.units import DRAFTS

# How far each stands back, in steps of nearness (docs/experiments.md).
_RECITAL = 1.0
_FOOTNOTE = 0.5
_MIDWAY = 1.0
_REPORTED = 2.0
_DRAFTING = 1.0

# Where the opening of a sentence is looked for.
_LOOKED_AT = 400
# "provided, however, that", "may only honor a detainer": the sentence began before; so did the
# thought of "Id., at 664". An item of a list ("a. ships") begins there.
_OPENS_MIDWAY = re.compile(
    r"[“\"\s]*(?:(?-i:[a-z])(?!\w{0,3}[.)])|(?:and )?provided,? (?:further|however|that)\b"
    r"|(?:\d+ )?(?:id\.|ibid\.|cf\.|see,? (?:also|e\.g\.)))",
    re.I,
)
# What may stand before the subject: "Second, ...", "Relying on Garcia, ...".
_OPENING = (
    r"\W*(?:(?:\d+|first|second|third|fourth|finally|next|moreover|thus|likewise|similarly"
    r"|alternatively|instead|rather|however|but|and|yet|now|nonetheless|nevertheless|here|indeed"
    r"|further(?:more)?|in (?:addition|the alternative|particular|this court)"
    r"|(?:(?:relying|based|drawing) (?:\w+ly )?(?:up)?on|citing|though|although) [^,]{1,80}),?:?"
    r"\s+){0,3}"
)
_PARTY = (
    r"(?:petitioners?|respondents?|appell(?:ants?|ees?)|plaintiffs?|defendants?|government"
    r"|parties|solicitor general|united states|states?(?: of [A-Z]\w+)?|cit(?:y|ies)|county"
    r"|amic(?:i|us)(?: curiae)?|dissent(?:s|ers?)?|attorney general|counsel|challengers"
    r"|opponents|justice \w+(?:['’]s dissent)?)"
)
_ADVERB = (
    r"(?:also|further|now|then|likewise|instead|alternatively|first|next|primarily|principally"
    r"|nevertheless|nonetheless|finally|strenuously|apparently|too)"
)
_ARGUES = (
    r"(?:argu|contend|maintain|assert|claim|submit|insist|urg|suggest|emphasi[sz]|object|respond"
    r"|reli(?=ed|es)|rely|protest|complain|counter|concede|repl(?=y|ies|ied)|stress|invok"
    r"|would have us|point to|seeks? to|attempts? to|tries to|puts? for(?:th|ward)|advance)\w*"
)
_BY_NOBODY = (
    r"it (?:is|was|has been) (?:also |further |now |then |next )?(?:argued|contended|said|urged"
    r"|suggested|claimed|objected|asserted|insisted)"
)
_WHO = rf"(?:(?:both |all )?(?:the|these|those|our|several|some)\s+(?:[a-z]+\s+)?)?{_PARTY}"
# Whoever they are: "The mill owners argue that".
_ANYBODY = (
    r"(?:the|these|those|some)\s+(?:[\w’'-]+\s+){1,3}?(?:argu|contend|maintain|insist)\w*\s+that"
)
# "It is permissible, the Government asserts, for Congress", "The Government's position is that".
_BETWEEN = (
    rf"(?:[^.?!,]{{1,60}},\s+{_WHO}\s+{_ARGUES},|{_WHO}['’]s?\s+(?:position|argument|theory)\s)"
)
_REPORTS = re.compile(
    rf"{_BETWEEN}|{_OPENING}(?:{_WHO}(?:\s+and\s+(?:the\s+)?{_PARTY})?,?(?:\s+{_ADVERB}){{0,2}}\s+{_ARGUES}"
    rf"|{_BY_NOBODY}|{_ANYBODY})\b",
    re.I,
)
# "..., 143 U.S. 649, 12 S.Ct. 495, 36 L.Ed. 294 (1892)": where a case is printed.
_PRINTED = re.compile(
    r"(?:,? \d+ (?:U\. ?S\.|S\. ?Ct\.|L\. ?Ed\.(?: ?2d)?)[ \d,-]*)+(?:\(\d{4}\))?"
)


def is_reported(text: str) -> bool:
    """Whether a sentence of a ruling opens by telling what a party, or another judge, argued."""
    return _REPORTS.match(_PRINTED.sub("", text[:_LOOKED_AT])) is not None


def opens_midway(text: str) -> bool:
    """Whether a stretch wants what stands before it: a proviso, half a sentence, "Id., at 664"."""
    return _OPENS_MIDWAY.match(text) is not None


def aside(one: Evidence, span: Span, wanted: Wanted) -> float:
    """How far a stretch stands back from a question that may want such stretches."""
    text = span.of(one.document.text)
    back = _RECITAL * is_recital(text) + _FOOTNOTE * _in_footnote(one, span)
    back += _MIDWAY * opens_midway(text)
    drafted = DRAFTS.search(text) is not None or has_deleted(one.document, span)
    back += _DRAFTING * (drafted and not wanted.change)
    ruling = one.document.entry.kind is Kind.COURT_RULING
    return back + _REPORTED * (ruling and not wanted.argument and is_reported(text))


def _in_footnote(one: Evidence, span: Span) -> bool:
    return any(m.type == "footnote" and m.span.holds(span) for m in one.document.marks)
