"""Slip opinions, as laid out on the page: heads, indented paragraphs, notes at the foot.

1. links that were set on lines of their own go back into their sentence;
2. page heads become pages ("slip op. 10"); the number restarts with every opinion;
3. lines become blocks by their indentation;
4. a note that cuts a paragraph in two goes below it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.readers.draft import Draft, Match
from ingest.readers.hyphens import join_hyphens, unwrap
from ingest.readers.rulings.layout import Piece, arranged
from ingest.readers.rulings.slip_lines import Block, Line, blocks_of, lines_of, notes_of
from pincite.types import Mark, Page, Span

# Citations that the publisher linked stand unindented between blank lines, their target behind.
_LINK = re.compile(
    r"[^\S\n]*\n(?P<blank>[^\S\n]+\n)?\n"
    r"(?P<words>\S[^\n]*(?:\n\S[^\n]*)*)"
    r"(?:\n[^\S\n]*)*?(?=\n[^\S\n]+\S|\Z)(?:\n {4}(?= ?\S)(?! ?\d+ {3,}[A-Z]| ?—{4}))?"
)
_TARGET = re.compile(r"\[([^\]]*?)\s*\]\(/[^)]*\)")
_TIGHT = re.compile(r"[^\w(\[“‘]|\Z")
_SENTENCE_END = re.compile(r"[.?!][”’)]*\s*\Z")

_DISPOSITION = re.compile(r",? ?(?:affirmed|reversed|vacated|dismissed|remanded)")

_NAMES = r"[A-Z][A-Z .,&’'-]+"
# The publisher's links to "Ibid." and to pages took in a page head or a Part's letter at times.
_HEAD_NUMBER = re.compile(r"(?P<text>.*, at) (?P<number>\d{1,3})")
_HEAD_TITLE = re.compile(rf"\n[^\S\n]+{_NAMES}v\. ?{_NAMES}\n")
_HEAD_START = re.compile(rf"(?P<text>.*\.) (?P<number>\d{{1,3}}) (?P<title>{_NAMES}v\.)")
_PART = re.compile(
    r"(?P<text>(?:Ibid|Id)\..*?) (?P<label>[A-H]|[IVX]{2,}|\d) (?P<rest>[A-Z]\w+\b.*)"
)
_CITE = re.compile(r"Cite as: \d+ U\. ?S\. _+ \(\d{4}\)\s*(?P<number>\d{1,3})?")
_TITLE = re.compile(rf"(?P<number>\d{{1,3}})[^\S\n]{{3,}}{_NAMES}(?:v\. ?{_NAMES})?")
_FIRST = re.compile(r"\(Slip Opinion\).*?(?P<number>\d{1,3})")
_NUMBER = re.compile(r"(?P<number>\d{1,3})")
_CASE = re.compile(rf"{_NAMES}v\. ?{_NAMES}")
_MORE = re.compile(
    rf"{_NAMES}v\. ?{_NAMES}|(?P<number>\d{{1,3}})|Syllabus|Per Curiam|Opinion of .{{3,40}}"
    r"|Opinion R the Court|Appendix(?: [A-Z])? to opinion of .{3,40}"
    r"|[A-Z][A-Z, and]+, (?:C\. )?JJ?\., [a-z ]+\.?"
)
_HEAD_LINE = re.compile(r"(?m)^[^\S\n]*(?P<words>\S.*?)?[^\S\n]*$\n?")
_RULE = re.compile(r"(?m)^[^\S\n]*(?:_{6,}|—{4,})[^\S\n]*\n")
_LEVELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[IVX]+\.?"), "2"),
    (re.compile(r"[A-H]\.?"), "3"),
    (re.compile(r"\d+\.?"), "4"),
    (re.compile(r"[a-h]\.?"), "5"),
)


def clean_slip(draft: Draft) -> Draft:
    """The opinions as one block a line, with pages, headings and notes marked."""
    draft = _without_links(draft)
    draft = _without_heads(draft)
    draft = _blocked(draft)
    return unwrap(join_hyphens(draft))


def _without_links(draft: Draft) -> Draft:
    """Linked citations back in their lines. Markup is read, not repaired: no record."""
    before = draft.repairs
    draft = draft.sub(_LINK, _inline, "markup")
    return replace(draft, repairs=before)


def _inline(link: Match) -> str:
    """The link's words on a line that goes on with what follows; lines it swallowed stand anew."""
    words = _TARGET.sub(r"\1", link["words"]).replace("\\", "").replace("\n", " ").rstrip()
    before, after = link.string[: link.start()], link.string[link.end() :][:200]
    is_new = _DISPOSITION.match(after) and _SENTENCE_END.search(before[-9:])
    if head := _HEAD_NUMBER.fullmatch(words) if _HEAD_TITLE.match(after) else None:
        return f"\n{head['text']}\n    {head['number']}    "
    if head := _HEAD_START.fullmatch(words):
        return f"\n{head['text']}\n    {head['number']}    {head['title']} "
    if part := _PART.fullmatch(words):
        words = f"{part['text']}\n{' ' * 30}{part['label']}\n{' ' * 7}{part['rest']}"
    gap = "" if _TIGHT.match(after) or after[:1].isspace() else " "
    return ("\n\n" if is_new else "\n") + words + gap


def _without_heads(draft: Draft) -> Draft:
    """Page heads gone, a Page begun where each stood; ruled lines of captions gone."""
    heads = list(_heads(draft.text))
    if not heads:
        return draft
    starts = [span.end for span, _ in heads]
    ends = [span.start for span, _ in heads[1:]] + [len(draft.text)]
    labels = [_label(span.of(draft.text), number) for span, number in heads]
    pages = [
        Page(Span(start, end), label=label)
        for start, end, label in zip(starts, ends, labels, strict=True)
    ]
    draft = draft.paged(pages)
    draft = draft.replace(((s.start, s.end, "") for s, _ in heads), "running head")
    ruled = [m for m in _RULE.finditer(draft.text) if "_" in m.group()]
    return draft.replace(((m.start(), m.end(), "") for m in ruled), "ruled line")


def _heads(text: str) -> Iterator[tuple[Span, str]]:
    """Every page head with its number: a first line, then what belongs to it."""
    lines = [m for m in _HEAD_LINE.finditer(text) if m.group()]
    at = 0
    while at < len(lines):
        first = _opening([line["words"] or "" for line in lines[at : at + 2]])
        at += 1
        if first is None:
            continue
        start, number = lines[at - 1].start(), first["number"]
        while at < len(lines) and (more := _belongs(lines[at]["words"] or "", number)):
            number = number or more["number"]
            at += 1
        yield Span(start, lines[at - 1].end()), number or ""


def _opening(lines: Sequence[str]) -> Match | None:
    """The first line of a page head, where the first of two lines is one."""
    above_case = (_NUMBER,) if _CASE.fullmatch(lines[-1]) else ()
    forms = (_CITE, _TITLE, _FIRST, *above_case)
    return next((found for form in forms if (found := form.fullmatch(lines[0]))), None)


def _belongs(words: str, number: str | None) -> Match | None:
    """Whether a line goes on with a page head. A second number would be a Part's heading."""
    found = _MORE.fullmatch(words) or re.fullmatch("", words)
    return None if found and number and words.isdigit() else found


def _label(head: str, number: str) -> str:
    return f"{'syllabus' if 'Syllabus' in head else 'slip op.'} {number}"


def _blocked(draft: Draft) -> Draft:
    """Lines set as blocks, a blank line between two; headings and notes marked.

    A note follows the paragraph that its page cut in two, so that the sentence reads on.
    """
    lines = [line for page in draft.pages for line in lines_of(draft.text, page.span)]
    blocks = list(_in_order(lines))
    pieces = [Piece(line.span, before) for block in blocks for line, before in _parted(block)]
    draft, spans = arranged(draft, pieces, dropped="note rule", moved="note below its paragraph")
    return draft.marked(_marks(blocks, spans))


def _in_order(lines: Sequence[Line]) -> Iterator[Block]:
    """The body's blocks, each followed by the notes that begin on the page where it ends."""
    body = list(blocks_of([line for line in lines if not line.foot]))
    notes = deque(notes_of([line for line in lines if line.foot]))
    for block, following in zip_longest(body, body[1:]):
        yield block
        while notes and (following is None or notes[0].span.start < following.span.start):
            yield notes.popleft()


def _parted(block: Block) -> Iterator[tuple[Line, str]]:
    for line in block.lines:
        yield line, "\n\n" if line in block.starts else "\n"


def _marks(blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Mark]:
    places = iter(spans)
    for block in blocks:
        lines = [next(places) for _ in block.lines]
        span = Span(lines[0].start, lines[-1].end)
        if block.lines[0].foot:
            yield Mark(span, "footnote", block.note)
        elif block.kind == "heading":
            words = block.lines[0].words
            level = next((level for form, level in _LEVELS if form.fullmatch(words)), "6")
            yield Mark(span, "heading", level)
