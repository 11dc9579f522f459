"""What a named ruling holds as a whole: the words in which the Court says so, and its judgment.

    "What did the Court hold in Printz?"   # "Today we hold that Congress cannot ..."

Such a question shares no word with its answer, so no ranking finds it. Courts say by form what they
hold: in the present, in their own name, above the judgment. A question on one matter that a ruling
decides is not asked so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pincite.sentences import sentences
from pincite.types import Citation, Document, Section, Span, Statement
from pincite.words import STOP_WORDS, words
from service.answering.asides import is_reported
from service.answering.by_rule.alone import rulings_named
from service.answering.by_rule.telling import Told
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_MOST_RULINGS, _MOST_WORDS = 2, 120
_ASKS = re.compile(
    r"\b(?:h[eo]ld(?:s|ing)?|dispos(?:ed|ition)|decide[sd]?|decision|rul(?:e[sd]?|ing)|conclude[sd]?|conclusion|outcome|result"
    r"|(?:come|came)\s+out|stands?\s+for)\b",
    re.I,
)
_ASKS_ELSE = re.compile(r"\b(?:who|whose|when|where|why|how (?:many|long|much))\b", re.I)
# What such a question says beside the case's name.
_ASKING_WORDS = """
    hold holds holding holdings held decide decides decided decision rule rules ruled ruling
    conclude concludes concluded conclusion outcome result come came out stand stands case
    supreme court courts justices majority opinion main central key core final finally
    ultimately actually judgment give summary short disposed disposition
"""
_ASKING = STOP_WORDS | frozenset(_ASKING_WORDS.split())
_NOW = r"(?:(?:now|today|here|also|again|therefore|thus|accordingly|hence)[ ,]+)*"
# How surely a sentence says what its court holds, surest first.
_FORMS = (
    re.compile(rf"\b(?:today|now),?\s+we\s+{_NOW}hold\b|\bwe\s+(?:now|today)\s+hold\b", re.I),
    re.compile(
        rf"(?<!because )(?<!if )(?<!since )(?<!that )\b(?:we|this court)\s+{_NOW}holds?\b", re.I
    ),
    re.compile(rf"(?<!because )(?<!if )(?<!since )(?<!that )\bwe\s+{_NOW}conclude\s+that\b", re.I),
    re.compile(
        r"\b(?:order|act|statute|section|provisions?|law|ordinance|seizure|rule)\b[^.;]{0,80}"
        r"\b(?:can ?not|may not|must)\b[^.;]{0,20}\b(?:stand|fall|sustained|upheld|set aside)\b"
        r"|\bnor can\b[^.;]{0,60}\b(?:stand|sustained|upheld)\b",
        re.I,
    ),
)
_JUDGMENT = re.compile(
    r"\b(?:judgments?|decrees?|orders?)\b[^.]{0,160}\b(?:is|are)\b[^.]{0,40}"
    r"\b(?:affirmed|reversed|vacated)\b"
    r"|^\W*(?:affirmed|reversed|vacated)\b[^.]{0,60}\.|\b(?:it is )?so ordered\b"
    r"|\bmotions?\b[^.]{0,120}\bis\b[^.]{0,30}\b(?:granted|denied)\b",
    re.I,
)
_PLAIN = re.compile(r"\b(?:affirmed|reversed|vacated|granted|denied)\b", re.I)
_COURTS_OWN = ("majority", "plurality", "per_curiam")
# What a holding goes on from: "We held in New York that Congress cannot compel the States".
_BEFORE = re.compile(r"we (?:have )?held\b", re.I)
_ENDS = ".!?;:"
_QUOTE_MARKS = re.compile('["“”]')


def held(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """What the rulings hold that a question names and asks nothing else of; None else."""
    if not _ASKS.search(question) or _ASKS_ELSE.search(question):
        return None
    statements: list[Statement] = []
    citations: list[Citation] = []
    for document in _rulings(question, view, holdings):
        for span in holding_of(document):
            citations.append(cite(document, span, view))
            quoted = citations[-1]
            statements.append(Statement(quoted.quote, quoted.channel, (len(citations),)))
    return Told(tuple(statements), tuple(citations), ()) if statements else None


def _rulings(question: str, view: Vantage, holdings: Holdings) -> list[Document]:
    """The rulings named, where the question says nothing else but that it asks what they hold."""
    entries = holdings.works.entries
    rulings = rulings_named(question, view, holdings)
    said = set(words(question)) - _ASKING
    for id_ in rulings:
        said -= set(words(f"{entries[id_].title} {entries[id_].citation or ''} v vs"))
    return [] if said else [holdings.document(id_) for id_ in rulings[:_MOST_RULINGS]]


def holding_of(document: Document) -> list[Span]:
    """The sentence that says most surely what is held, with what goes on from it; the judgment."""
    own = list(_own_sentences(document))
    graded = [(_grade(document, span), at) for at, span in enumerate(own)]
    best = min((pair for pair in graded if pair[0] < len(_FORMS)), default=None)
    judged = [span for span in own if _judges(span.of(document.text))][-1:]
    if best is None:
        return judged
    whole = _with_next(document, own, best[1])
    return [whole, *(span for span in judged if not whole.holds(span))]


def _own_sentences(document: Document) -> Iterator[Span]:
    """The sentences of the Court's own opinion, its notes apart."""
    for section in _own_opinions(document):
        yield from sentences(document.text, section.start, section.end)


def _own_opinions(document: Document) -> Sequence[Span]:
    """The opinions that speak for the Court; the whole text where nobody signs one."""
    parts = [one for one in document.sections if one.part]
    own = [one.span for one in parts if one.part in _COURTS_OWN and _is_outer(one, parts)]
    return own if parts else [Span(0, len(document.text))]


def _is_outer(one: Section, parts: Sequence[Section]) -> bool:
    return not any(
        other.part == one.part and other.span != one.span and other.span.holds(one.span)
        for other in parts
    )


def _grade(document: Document, span: Span) -> int:
    """The first of the forms that a sentence has; their number where it has none."""
    text = span.of(document.text)
    if is_reported(text):
        return len(_FORMS)
    for grade, form in enumerate(_FORMS):
        if (found := form.search(text)) and not _is_quoted(text, found.start()):
            return grade
    return len(_FORMS)


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands within quotation marks that the sentence opens."""
    return len(_QUOTE_MARKS.findall(text, 0, at)) % 2 == 1


def _judges(text: str) -> bool:
    return bool(_JUDGMENT.search(text) and _PLAIN.search(text)) and not is_reported(text)


def _with_next(document: Document, own: Sequence[Span], at: int) -> Span:
    """A sentence with those that go on from it in its paragraph, as many as fit.

    "We held in New York that ..." is said before "Today we hold", and leaned on.
    """
    text, span = document.text, own[at]
    if at and _BEFORE.match(own[at - 1].of(text)) and _joins(text, own[at - 1], span):
        span = Span(own[at - 1].start, span.end)
    for other in own[at + 1 :]:
        if not _joins(text, span, other) or is_reported(other.of(text)):
            break
        span = Span(span.start, other.end)
    return span


def _joins(text: str, one: Span, other: Span) -> bool:
    """Whether a sentence may follow a stretch in one quote: in its paragraph, whole, with room."""
    between = text[one.end : other.start]
    said = text[one.start : other.end]
    whole = said.rstrip('"”’) ')[-1:] in _ENDS
    return not between.strip(" ") and whole and len(said.split()) <= _MOST_WORDS
