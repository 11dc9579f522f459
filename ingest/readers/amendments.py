"""The drafting marks of amending acts: [bracketed] words are deleted, underlined ones are new.

The rule holds between the enacting clause and the drafters' slip of an act that amends, and
nowhere else: in a resolution an underline is emphasis, and in a code a bracket is an editor's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.draft import Draft
from pincite.types import Mark, MarkType, Span

_ENACTING = re.compile(
    r"^[^\S\n]*(?:Be it (?:therefore )?(?:enacted|ordained)\b|(?:It is )?hereby ordained\b"
    r"|The People of the State of [^\n]{3,200}?\bdo(?: hereby)? enact as follows)[^:\n]*:?",
    re.IGNORECASE | re.MULTILINE,
)
_AMENDS = re.compile(
    r"\b(?:is|are)(?: hereby)? (?:amended|repealed|renumbered|relettered)\b"
    r"|\bamended (?:to read as follows|by adding)\b",
    re.IGNORECASE,
)
# No deletion runs on into the next instruction of the act: "§ 3. Section 9-131 of ...".
_INSTRUCTION = re.compile(r"^[^\S\n]*(?:§|Section|Sec\.)[^\S\n]*\d+\.[^\S\n]", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]]")
# What editors put between brackets.
_NOT_DELETED = re.compile(
    r"\[\s*(?:sic|\.{3}|…|\*(?:\s*\*)*|emphasis (?:added|supplied)|see note[^\]]*|footnote[^\]]*)"
    r"\.?\s*\]",
    re.IGNORECASE,
)
_SLIP_LINE = re.compile(
    r"-{5,}|Session\s+\d{1,3}|LS\s?\#?[\s\d,/]*(?:,\s?LS[\s\d,]+)?"
    r"|Int\.?\s?(?:No\.?)?\s?\#?\s?\d{1,5}-\d{4}(?:-[A-Z])?"
    r"|[A-Z]{2,4}(?:/[A-Z]{2,4})*"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s*)?\d{1,2}:\d{2}\s?[APap]\.?[Mm]\.?"
)
_RUN_IN = (
    # "§ 10-178 Immigration enforcement. a. Definitions. ..." and "... enforcement. The city ..."
    re.compile(r"^([^\S\n]*§[^\S\n]*\d+-[\d.]+\.?[^\S\n]+[^.\n\[]{3,200}\.)([^\S\n]+)(?=\S)", re.M),
    # "b. Prohibition on honoring a civil immigration detainer. 1. The department ..."
    re.compile(
        r"^([^\S\n]*[a-z](?:-\d)?\.[^\S\n]+[A-Z][^.;\n\[]{3,250}\.)([^\S\n]+)(?=1\.[^\S\n])", re.M
    ),
)
_SECTION_HEADING = re.compile(
    r"^[^\S\n]*(§[^\S\n]*\d+-[\d.]+\.?[^\S\n]+[^.\n\[]{3,200}\.)\s*$", re.M
)


def amends(text: str) -> bool:
    """Whether the text is an act that amends: it enacts, and says what it amends."""
    return _ENACTING.search(text) is not None and _AMENDS.search(text) is not None


def mark_amendments(draft: Draft, underlined: Iterable[Span] = ()) -> Draft:
    """The draft of an act with its deleted and inserted words marked, its slip noted.

    `underlined` are the underlined stretches. A text that does not amend comes back unmarked.
    """
    enacting = _ENACTING.search(draft.text)
    slip = _slip(draft.text)
    draft = draft.marked([Mark(slip, "note")] if slip else [])
    if enacting is None or not amends(draft.text):
        return draft
    body = Span(enacting.end(), slip.start if slip else len(draft.text))
    new = _joined(draft.text, (_cut(span, body) for span in underlined))
    # Brackets that are underlined themselves belong to the new words.
    deleted = [
        span
        for span in _deletions(draft.text, body)
        if not any(words.holds(span) for words in _meeting(span, new))
    ]
    inserted = [part for span in new for part in _without(span, deleted)]
    return draft.marked([*_marks(deleted, "deleted"), *_marks(inserted, "inserted")])


def split_run_in(draft: Draft) -> Draft:
    """The draft with clauses that run in behind a heading on lines of their own."""
    if not amends(draft.text):
        return draft
    for pattern in _RUN_IN:
        draft = draft.replace(
            [(m.start(2), m.end(2), "\n") for m in pattern.finditer(draft.text)], "space"
        )
    headings = _SECTION_HEADING.finditer(draft.text)
    return draft.marked(Mark(Span(*found.span(1)), "heading", "2") for found in headings)


def drafting_facts(draft: Draft, *, underlining: bool) -> tuple[tuple[str, str], ...]:
    """What to say of the drafting marks of this text."""
    if not amends(draft.text):
        return ()
    shown = "brackets and underlining" if underlining else "brackets only"
    facts = [("drafting", shown)]
    if not underlining:
        facts.append(("drafting_notice", "new words are not marked: the file has no underlining"))
    if unmatched := _unmatched(draft):
        facts.append(("unmatched_brackets", str(unmatched)))
    return tuple(facts)


def _slip(text: str) -> Span | None:
    """The drafters' initials, numbers and times under an act, if any."""
    lines = list(re.finditer(r"[^\n\f]+", text))
    start = len(text)
    while lines and (not lines[-1][0].strip() or _SLIP_LINE.fullmatch(lines[-1][0].strip())):
        start = lines.pop().start()
    # Capitals alone may end any text; a slip is numbered or dated.
    return Span(start, len(text)) if lines and re.search(r"\d", text[start:]) else None


def _deletions(text: str, body: Span) -> list[Span]:
    """The bracketed stretches in order, outermost ones only."""
    borders = [m.start() for m in _INSTRUCTION.finditer(text, body.start, body.end)]
    edges = [body.start, *borders, body.end]
    pairs = [pair for start, end in pairwise(edges) for pair in _pairs(text, start, end)]
    outermost: list[Span] = []
    for pair in sorted(pairs):
        if not outermost or pair.start >= outermost[-1].end:
            outermost.append(pair)
    return [pair for pair in outermost if not _NOT_DELETED.fullmatch(pair.of(text))]


def _pairs(text: str, start: int, end: int) -> Iterable[Span]:
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            yield Span(opened.pop(), bracket.end())


def _unmatched(draft: Draft) -> int:
    """How many brackets of the body pair with nothing."""
    enacting = _ENACTING.search(draft.text)
    body = Span(enacting.end() if enacting else 0, len(draft.text))
    paired = [mark.span for mark in draft.marks if mark.type in ("deleted", "inserted")]
    loose = (part.of(draft.text) for part in _without(body, _joined(draft.text, paired)))
    return sum(len(_BRACKET.findall(_NOT_DELETED.sub("", words))) for words in loose)


def _cut(span: Span, body: Span) -> Span:
    return Span(max(span.start, body.start), min(span.end, body.end))


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those with only white space between them made one."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [span for span in joined if span.of(text).strip()]


def _without(span: Span, holes: Sequence[Span]) -> Iterable[Span]:
    """What is left of `span` outside `holes`, which come in order and do not meet."""
    start = span.start
    for hole in _meeting(span, holes):
        if start < hole.start:
            yield Span(start, hole.start)
        start = hole.end
    if start < span.end:
        yield Span(start, span.end)


def _meeting(span: Span, spans: Sequence[Span]) -> Sequence[Span]:
    """Those of `spans`, which come in order and do not meet, that meet `span`."""
    first = bisect_right(spans, span.start, key=lambda other: other.end)
    last = bisect_left(spans, span.end, key=lambda other: other.start)
    return spans[first:last]


def _marks(spans: Iterable[Span], type: MarkType) -> Iterable[Mark]:
    return (Mark(span, type) for span in spans)
