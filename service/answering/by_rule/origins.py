"""When a text was made, and who signed an order: said by rule, with the line that tells it."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date
from itertools import islice

from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.sentences import sentences
from pincite.standing import short_name
from pincite.types import Document, Entry, Span, Statement
from service.answering.by_rule.alone import named_alone
from service.answering.by_rule.telling import Told
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_WHEN = re.compile(r"\b(?:when|dated?|(?:what|which) (?:day|year|date))\b", re.I)
_WHO = re.compile(r"\b(?:who|which (?:mayor|president|governor|official))\b", re.I)
_SIGNED = re.compile(r"\b(?:sign|signed|issue|issued)\b", re.I)
# What such a question says beside the name.
_MADE_WORDS = """
    issue issued sign signed decide decided adopt adopted enact enacted pass passed publish
    published write written make made date dated day year release released file filed introduce
    introduced hand handed down come came promulgated mayor president governor official
"""
_MADE = frozenset(_MADE_WORDS.split())
_MOST_WORDS, _MOST_DAYS, _LONGEST_LINE = 60, 20, 2_000
# Where the one who signs stands: above the office, at the end.
_AT_THE_END = 1_500
_SIGNATURE = re.compile(
    r"^(?P<who>[A-Z][\w.’'-]{1,20}(?: (?:[A-Z][\w.’'-]{0,20}|d[aei]|de la|v[ao]n)){1,5})\n"
    r"(?:(?:First |Acting )?(?:Deputy )?(?:Mayor|Governor|President|County Executive)\b"
    r"|THE WHITE HOUSE\b)[^\n]{0,60}$",
    re.M,
)


def made(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """When the one text that is named was made, or who signed it, if that is asked; None else."""
    who = _WHO.search(question) is not None and _SIGNED.search(question) is not None
    if not who and not _WHEN.search(question):
        return None
    places = named_alone(question, _MADE, view, holdings)
    if len(places) != 1 or places[0].span is not None:
        return None
    entry = holdings.works.entries[places[0].document_id]
    for document in _texts(entry, holdings):
        if found := _signer(document) if who else _day(document):
            words, span = found
            citation = cite(document, span, view)
            said = Said(words[0], name=short_name(entry), **words[1])
            return Told((Statement(said, citation.channel, (1,)),), (citation,), ())
    return None


def _texts(entry: Entry, holdings: Holdings) -> Iterator[Document]:
    """The text itself, then copies of it: one may bear a signature that another lacks."""
    yield holdings.document(entry.id)
    for other in holdings.works.entries.values():
        if any(link.type == "same_text_as" and link.target == entry.id for link in other.relations):
            yield holdings.document(other.id)


_Words = tuple[str, dict[str, str | date]]


def _day(document: Document) -> tuple[_Words, Span] | None:
    """The day that the catalogue gives, with the first sentence of the text that names it."""
    day = document.entry.issued
    if day is None:
        return None
    month = month_name[day.month]
    form = re.compile(
        rf"\b(?:{month}|{month[:3]}\.?)\s{day.day}(?:st|nd|rd|th)?,?\s{day.year}\b"
        rf"|\b{day.isoformat()}\b|\b{day.day}(?:st|nd|rd|th)\sday\sof\s{month},?\s{day.year}\b",
        re.I,
    )
    for found in islice(form.finditer(document.text), _MOST_DAYS):
        start, end = _line(document.text, found.start())
        for span in sentences(document.text, start, min(end, start + _LONGEST_LINE)):
            is_short = len(span.of(document.text).split()) <= _MOST_WORDS
            if is_short and span.start <= found.start() < span.end:
                return (N_("{name} is dated {day}."), {"day": day}), span
    return None


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _signer(document: Document) -> tuple[_Words, Span] | None:
    """Who signs an order, with that line and the office below it."""
    if document.entry.kind is not Kind.EXECUTIVE_ORDER:
        return None
    start = max(0, len(document.text) - _AT_THE_END)
    signed = [*_SIGNATURE.finditer(document.text, start)][-1:]
    for one in signed:
        return (N_("{name} is signed by {who}."), {"who": one["who"]}), Span(*one.span())
    return None
