"""Which stretches of a law state what a question asks for: a rule, a meaning, a duty to report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.deletions import what_is_left
from pincite.types import Document, Span
from pincite.words import terms
from service.answering.laws import law_of

_LEAST_WORDS = 6
# A rule commands, allows or forbids; a title, a recital, a definition or a count does not.
_RULES = re.compile(
    r"\b(?:shall|must|may|will|cannot|is (?:hereby )?(?:un)?lawful|(?:is|are) (?:hereby )?(?:not )?"
    r"(?:prohibited|authori[sz]ed|required|permitted|entitled|eligible|ineligible|liable|subject"
    r"|revoked|directed)|has the (?:right|power|authority)|nothing in)\b",
    re.I,
)
_NO_RULE = re.compile(
    r"(?:\W*whereas\b|.{0,80}\b(?:may be cited as|shall be known)|be it enacted"
    r"|.{0,160}\b(?:shall take effect|takes effect)\b|.{0,60}\bfinds?\b.{0,40}\bdeclares?\b)",
    re.I | re.S,
)
_DEFINES = re.compile(
    r"\W*(?:\(?\w{1,4}[).]\s*)*(?:[Aa]s used in this|[Tt]he (?:following|term)"
    r"|[“\"][^”\"]{2,80}[”\"]|(?:[A-Z][\w-]*\s+){1,8}(?:shall )?means?\b)"
    r"|.{0,120}\b(?:shall mean|means|has the meaning)\b",
    re.S,
)
_VERB = re.compile(r"\b(?:shall mean|means?|has the meaning|includes?|refers? to)\b")
# Why a law was made, what it is called and when it begins: under such a heading stands no rule.
_NO_RULES_BELOW = re.compile(
    r"(?:(?:legislative|statement of) )?(?:purposes?|findings?|intent|background|preamble|recitals?"
    r"|short title|severability|effective date|fiscal impact)\b",
    re.I,
)
# What is to be reported of a rule is not the rule.
_REPORTS = re.compile(
    r"\b(?:shall|must|will) (?:\w+ ){0,2}?"
    r"(?:transmit|submit|post|publish|file|prepare|issue|provide)\b"
    r"[^.;:]{0,80}\b(?:report|compilation|statistics)"
    r"|\A\W*(?:\(?\w{1,4}[).]\s*)*the (?:total )?number\b",
    re.I,
)
_ASKS_REPORT = re.compile(
    r"\b(?:report\w*|how (?:many|often)|numbers?|statistics|publish\w*)\b", re.I
)
# "Nothing in this section shall be construed to deny bond" lays no duty on anybody.
_CONSTRUED = re.compile(
    r"\bnothing (?:contained )?in (?:this|the)\b[^.;:]*?\b(?:shall|may|will) be"
    r" (?:construed|interpreted|read|deemed)\b",
    re.I,
)
_DUTY = re.compile(
    r"\b(?:shall|must|will|may (?:not|only)|cannot|(?:is|are) (?:hereby )?required)\b", re.I
)
_ASKS_DUTY = re.compile(r"(?:must|(?:is|are|does|do)\b.*\b(?:required|have to|need to))\b", re.I)
# What follows from a breach, and questions for it.
_CONSEQUENCES = re.compile(
    r"\b(?:ineligible|denied|void|invalid|fined?|penalt\w+|liable|imprison\w*|forfeit\w*|withh[eo]ld"
    r"|suspen\w+|revo\w+|mandamus|enjoin\w*|injunction|guilty|misdemeanor|felony|damages"
    r"|disciplin\w+|civil action|complaint)\b",
    re.I,
)
_ASKS_CONSEQUENCE = re.compile(
    r"\b(?:what happens|consequences?|penalt\w+|punish\w*|sanctioned|fined?)\b", re.I
)
# The words before a list that says what a legislature found.
_FINDS = re.compile(r"\b(?:finds?|declares?|determines?)\b[^.;]{0,60}:\s*$", re.I)
_ASKS_MEANING = re.compile(
    r"\b(?:defin\w+|mean(?:s|t|ing)?|what (?:is|are) an?"
    r"(?!.*\b(?:required|allowed|permitted|supposed|obliged|able|entitled) to))\b",
    re.I,
)
# A clause that begins in the middle of a sentence says nothing without what stands before it.
_ENUMERATORS = re.compile(r"(?:\W*(?:\(\w{1,5}\)|\w{1,4}[.)\]]+)(?=\W))*\W*")
# An item of a list is quoted with what leads it in, from so many lines above at most.
_ENUMERATED = re.compile(r"\W*(?:\(\w{1,5}\)|\w{1,3}[.)])\s")
_LEADS_IN = re.compile(r"[:—–]\s*$")
_LINES_BACK, _MOST_LED = 14, 300


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question asks for: a meaning, a duty to report, what a breach brings, any duty.

    `words` are its own; a definition answers that defines one of them.
    """

    meaning: bool = False
    report: bool = False
    consequence: bool = False
    duty: bool = False
    words: frozenset[str] = frozenset()

    def quoted(self, document: Document, span: Span) -> Span | None:
        """What to quote for a stretch that states what is asked for; None where it does not.

        An item of a list is quoted with what leads it in: "(3) Permit an interview" reads as its
        opposite without "the District shall not:".
        """
        if _below_no_rules(document, span) or not _mostly_stands(document, span):
            return None
        quoted = span if self.states(_standing(document, span)) else self._led(document, span)
        return quoted if quoted is not None and _mostly_stands(document, quoted) else None

    def states(self, text: str) -> bool:
        """Whether words state a rule, or where a meaning is asked for, a meaning."""
        if len(text.split()) < _LEAST_WORDS or _NO_RULE.match(text) or _is_fragment(text):
            return False
        defines = _DEFINES.match(text) is not None
        return defines and self._means(text) if self.meaning else not defines and self._rules(text)

    def _means(self, text: str) -> bool:
        """Whether what a definition defines is among the question's words."""
        return not self.words.isdisjoint(terms(_VERB.split(text, maxsplit=1)[0]))

    def _rules(self, text: str) -> bool:
        if self.consequence and not _CONSEQUENCES.search(text):
            return False
        if self.duty and not _DUTY.search(_CONSTRUED.sub("", text)):
            return False
        reports = not self.report and _REPORTS.search(text) is not None
        return _RULES.search(text) is not None and not reports

    def _led(self, document: Document, span: Span) -> Span | None:
        """An item with the lines from its lead-in on, if that states a rule and all is short."""
        text = document.text
        for line in _lines_above(text, span):
            said = line.of(text)
            if _LEADS_IN.search(said) and self._leads(said):
                wider = Span(line.start, span.end)
                return wider if len(wider.of(text).split()) <= _MOST_LED else None
        return None

    def _leads(self, line: str) -> bool:
        """Whether the line before a list states what is asked for with its items."""
        if _DEFINES.match(line):
            return self.meaning and self._means(line)
        return not self.meaning and self._rules(line)


def sought(question: str) -> Sought:
    """What a question asks for."""
    return Sought(
        meaning=_ASKS_MEANING.search(question) is not None,
        report=_ASKS_REPORT.search(question) is not None,
        consequence=_ASKS_CONSEQUENCE.search(question) is not None,
        duty=_ASKS_DUTY.match(question.strip()) is not None,
        words=frozenset(terms(question)),
    )


def _standing(document: Document, span: Span) -> str:
    gone = (mark.span for mark in document.marks if mark.type == "deleted")
    return what_is_left(document.text, span, gone)


def _mostly_stands(document: Document, span: Span) -> bool:
    """Whether an act deletes less than half the words of a stretch."""
    return 2 * len(_standing(document, span).split()) > len(span.of(document.text).split())


def _lines_above(text: str, item: Span) -> Iterator[Span]:
    """The lines above an item of a list, the nearest first, up to what leads the list in."""
    if not _ENUMERATED.match(text, item.start, item.end):
        return
    first = text.rfind("\n", 0, item.start) + 1
    for _ in range(_LINES_BACK):
        start = text.rfind("\n", 0, max(0, first - 1)) + 1
        line = Span(start, max(0, first - 1))
        yield line
        if not _ENUMERATED.match(text, line.start, line.end):
            return
        first = start


def _below_no_rules(document: Document, span: Span) -> bool:
    """Whether what stands above a stretch says that purposes, findings or a title follow."""
    path = law_of(document).layout.outline.path(span.start)
    if any(_NO_RULES_BELOW.match(section.heading) for section in path):
        return True
    return any(_FINDS.search(line.of(document.text)) for line in _lines_above(document.text, span))


def _is_fragment(text: str) -> bool:
    opening = _ENUMERATORS.match(text)
    assert opening is not None
    return text[opening.end() : opening.end() + 1].islower()
