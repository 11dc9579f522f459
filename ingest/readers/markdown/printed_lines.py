"""Text taken off printed pages line by line (by OCR, or out of a PDF), made into blocks."""

from __future__ import annotations

import re
from statistics import quantiles

from ingest.readers.clauses import BARE_LABEL, LABEL, is_opener, starts_clause
from ingest.readers.draft import Draft, Edit
from ingest.readers.hyphens import join_hyphens

_PAGE_NUMBER = re.compile(r"^[ \t]*(\d{1,3})[ \t]*$(?=\n\s*\n|\n?\s*\Z|\n)", re.MULTILINE)
_GAP = re.compile(r"\n\s*\n")
_ENACTS = re.compile(r"(?:WHEREAS|Whereas|By (?:virtue|the)|NOW|Pursuant to|Section 1|SECTION 1)\b")
_RUNS_ON = re.compile(
    r"(?:\b(?:of|and|or|the|a|an|to|for|from|in|by|with|on|ensure|no\.)|[,-])$", re.IGNORECASE
)
_FINAL = re.compile(r"[.;:!?][\"”’)\]]*$")
_UNTITLED = re.compile(r"(?:§+ ?\d+\.|(?:SECTION|Section) \d+\.) [^.]*$")
# A clause's letter as scanners misread it: "f, Supervise", "£. Perform".
_MISREAD = re.compile(r"(?:[a-z],|[£¢©®][.,]?)(?= [A-Z]|$)")
_SHORT = 0.7


def join_printed_lines(draft: Draft) -> Draft:
    """The draft with one block a line: paragraphs whole, clauses and titles apart."""
    draft = join_hyphens(_without_page_numbers(draft))
    lines = [(m.start(), m.end(), m[0].strip()) for m in re.finditer(r"[^\n]*\S[^\n]*", draft.text)]
    if len(lines) < 2:
        return draft
    width = quantiles([len(words) for _, _, words in lines], n=10)[-1]
    gaps = {
        at for at in range(1, len(lines)) if _GAP.search(draft.text, lines[at - 1][1], lines[at][0])
    }
    signed = _signatures([words for _, _, words in lines], gaps, width)
    edits: list[Edit] = []
    block, in_head = lines[0][2], True
    for at in range(1, len(lines)):
        start, before, after = lines[at - 1][1], lines[at - 1][2], lines[at][2]
        in_head = in_head and not _ENACTS.match(before)
        joins = at not in signed and _joins(block, before, after, at in gaps, in_head, width)
        edits.append((start, lines[at][0], " " if joins else "\n"))
        block = f"{block} {after}" if joins else after
    return draft.replace(edits, "space")


def _joins(block: str, before: str, after: str, gap: bool, in_head: bool, width: float) -> bool:
    """Whether `after` goes on with the block whose last line is `before`."""
    if BARE_LABEL.fullmatch(block):
        return not LABEL.match(after)
    if is_opener(before, after) or starts_clause(before, after):
        return False
    if _MISREAD.match(after) and re.search(r"[.,;:]$", before):
        return False
    full = len(before) >= _SHORT * width
    if LABEL.match(after) and (gap or not full):
        return False
    if after[0].islower() or _UNTITLED.fullmatch(block):
        return True
    if in_head:
        return bool(_RUNS_ON.search(before)) or (
            before.isupper() and after.isupper() and len(before) > width / 2
        )
    return (full and not _FINAL.search(before)) if gap else True


def _signatures(lines: list[str], gaps: set[int], width: float) -> set[int]:
    """The places of lines that sign: short ones before a gap, behind a finished sentence."""
    signed: set[int] = set()
    for end in (*gaps, len(lines)):
        at = end
        while at > 1 and len(lines[at - 1]) < width / 2 and not _FINAL.search(lines[at - 1]):
            at -= 1
        if _FINAL.search(lines[at - 1]) and end - at > 1:
            signed.update(range(at, end))
    return signed


def _without_page_numbers(draft: Draft) -> Draft:
    """Lines that hold a number only, where the numbers count up as pages do."""
    edits: list[Edit] = []
    page = 0
    for found in _PAGE_NUMBER.finditer(draft.text):
        number = int(found[1])
        if page < number <= page + 2:
            edits.append((found.start(), found.end(), ""))
            page = number
    return draft.replace(edits, "page number")
