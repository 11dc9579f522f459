"""The words of a clause that permit, require or forbid, with the verb that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pincite.types import Span
from pincite.words import STOP_WORDS, stem
from service.answering.clauses import ENOUGH, LEAST_APART, Clause

_SAME_VERB = 0.2
_LOOK_BACK = 40
_NOT = r"(?:\s+(?:not|never|only|neither|no longer))?"
_ADVERBS = r"(?:\s+(?:also|hereby|thereby|then|immediately|promptly|otherwise|in any way|\w+ly))?"
_BE = r"(?:\s+(?:be|have been))?"
# A phrase that permits, requires or forbids, with the verb that it is about.
_MODAL = re.compile(
    rf"""
    \b[Nn]othing\s+(?:contained\s+)?(?:in|under)\s[^.;\n]{{1,60}}?\b(?:shall|may|prohibits|limits
      |requires|prevents)\b(?:\s+be\s+(?:construed|interpreted|deemed)\s+(?:to|as))?(?:\s+(?P<b>[a-z]+))?
    | \b(?:shall|may|must|cannot|can|will){_NOT}{_ADVERBS}{_BE}(?:\s+(?P<c>[a-z]+)|(?=\s*[:—]))
    | \b(?:is|are|was|were)(?:\s+(?:hereby|not|therefore|expressly))?\s+(?P<d>prohibited|forbidden
      |barred|unlawful|authorized|authorised|permitted|required|entitled|allowed|exempt
      |unconstitutional|constitutional|invalid|void|preempted|ineligible|eligible)\b
    | \b(?:do|does|did|need)\s+not{_ADVERBS}\s+(?P<e>[a-z]+)
    """,
    re.X,
)
# "No officer ... may": the two words decide together.
_NO = re.compile(
    r"(?:^|[\n.;:,)]\s+|\d\.\s+)(?P<no>[Nn]o)\s(?!later|more|less|longer|event|fewer|case)"
)
_NEGATIVE = re.compile(
    r"\b(?:no|not|never|neither|nothing|cannot|prohibited|forbidden|barred|unlawful|invalid|void"
    r"|unconstitutional|ineligible)\b",
    re.I,
)
_OBLIGES = re.compile(r"(?:shall|must|will)\b")
# "A person who may be removed": the modal of a relative clause decides nothing.
_RELATIVE = re.compile(r"\b(?:who|which|that|as|if|whether|whom)\s+(?:\w+\s+)?$")
# What a party says is not what the text says.
_ATTRIBUTED = re.compile(
    r"\b(?:contends?|argues?|asserts?|claims?|suggests?|urges?|maintains?|petitioners?"
    r"|according to)\b",
    re.I,
)
_LIMITS = re.compile(r"\b(?:except|unless|only (?:if|when|where|after|to the extent))\b", re.I)


def modal(
    question: str, quote: str, rows: Sequence[Clause], wanted: Mapping[str, float]
) -> list[Span]:
    """The phrase that permits or forbids, in the clause nearest to the question, and its limit."""
    found = [phrase for row in rows for phrase in _phrases(quote, row, wanted)]
    best = max((phrase.share for phrase in found), default=0.0)
    top = [phrase for phrase in found if phrase.share >= best - LEAST_APART]
    # Where all phrases forbid, or all permit, it matters less which of them is the nearest.
    alike = len({phrase.forbids for phrase in found}) == 1
    if not top or best < ENOUGH or (not alike and len({one.forbids for one in top}) > 1):
        return []
    spans = list(top[0].spans)
    sentence = top[0].sentence
    limit = _LIMITS.search(quote, sentence.start, sentence.end)
    if limit is not None and not any(one.meets(Span(*limit.span())) for one in spans):
        spans.append(Span(*limit.span()))
    return spans


@dataclass(frozen=True, slots=True)
class Modal:
    """What a sentence permits or forbids: the verb's stem, and the words that do so."""

    verb: str
    words: str
    forbids: bool


def modal_of(sentence: str) -> Modal | None:
    """The one modal phrase of a sentence; None where there is none, or more than one."""
    row = Clause(Span(0, len(sentence)), Span(0, len(sentence)), 1.0)
    found = list(_phrases(sentence, row, {}))
    if len(found) != 1:
        return None
    words = " … ".join(span.of(sentence) for span in found[0].spans)
    return Modal(stem(words.split()[-1].lower()), words, found[0].forbids)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A modal phrase, with the "no" that goes with it, and how near it is to the question."""

    spans: tuple[Span, ...]
    sentence: Span
    share: float
    forbids: bool


def _phrases(quote: str, row: Clause, wanted: Mapping[str, float]) -> Iterator[_Phrase]:
    if _ATTRIBUTED.search(quote, row.sentence.start, row.sentence.end):
        return
    no = _NO.search(quote, max(0, row.span.start - 3), row.span.end)
    for match in _MODAL.finditer(quote, row.span.start, row.span.end):
        if _RELATIVE.search(quote[max(0, match.start() - _LOOK_BACK) : match.start()]):
            continue
        verb = next((word for word in match.groups() if word), "")
        asked = stem(verb) in wanted and verb not in STOP_WORDS
        spans = [Span(*match.span())]
        negated = no is not None and no.end() <= match.start()
        if no is not None and negated:
            spans.insert(0, Span(*no.span("no")))
            no = None  # it goes with the first verb behind it
        forbids = negated or _NEGATIVE.search(match[0]) is not None
        if wanted and not forbids and not asked and _OBLIGES.match(match[0]):
            continue  # a duty to do something else
        yield _Phrase(tuple(spans), row.sentence, row.share + _SAME_VERB * asked, forbids)
