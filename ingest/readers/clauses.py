"""Where a legal clause begins a new line, and where a line break is only the page's width."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.readers.draft import Draft
from ingest.readers.scribe import WRAP

# (a) (12) (iv)  a. 1. iv. A.  — the letter or number that a clause carries before it.
LABEL = re.compile(
    r"(?:\((?:[A-Za-z]{1,2}|[ivxlIVXL]{1,6}|\d{1,3})(?:-\d)?\)|(?:[A-Za-z]|[ivx]{1,5}|\d{1,3})\.)"
    r"(?=\s|$)"
)
# Words that begin a clause wherever they stand at the head of a line.
OPENER = re.compile(
    r"WHEREAS\b|Whereas,|NOW,? THEREFORE\b|BE IT (?:FURTHER )?(?:RESOLVED|ENACTED|ORDERED)\b"
    r"|RESOLVED\b|§+ ?\d[\w.:-]*\.? ?|(?:SECTION|Section|SEC\.|Sec\.) \d+[A-Za-z]?\.(?=\s|$)"
)
# A label that waits for its words, as scanners and scrapers leave it on a line of its own.
BARE_LABEL = re.compile(
    r"(?:\(\w{1,4}\)|[A-Za-z][.,]|\d{1,2}\.|[ivx]{2,4}\.|[£¢©][.,]?"
    r"|§+ ?\d+\.|(?:SECTION|Section|SEC\.|Sec\.) ?\d+[A-Za-z]?\.)"
)
_CLAUSE_END = re.compile(r"(?:[.;:,—–…]|\b(?:and|or))[\"'”’)\]]*$")
# A line that ends so goes on with a reference: "under section" / "2. of this order".
_REFERS = re.compile(
    r"(?:\b(?:of|under|in|by|see|[Ss]ections?|[Ss]ubsections?|subdivisions?|[Pp]aragraphs?"
    r"|subparagraphs?|clauses?|Secs?\.|Art\.|Nos?\.|c\.)|§+|\()$"
)
# A paragraph of three or more lines, all of them short, is an address or a signature.
_SIGNS = re.compile(r"[A-Z\d\[].{0,44}")
_HEADLINE = 90
_LOOSE = re.compile(r"(?<=[\w)\]”’\"']) +(?=[.,;:](?:\s|$))(?!\. \.)|(?<=[\w.)\]”’\"']) +(?=[)\]])")


def is_opener(before: str, after: str) -> bool:
    """Whether the line `after` begins with words that open a clause ("WHEREAS", "§ 4.")."""
    return bool(OPENER.match(after)) and not _REFERS.search(before)


def starts_clause(before: str, after: str) -> bool:
    """Whether `after`, the line below `before`, begins a clause of its own.

    A wrapped line may happen to begin with "(a)": then the line before it has not ended.
    """
    if is_opener(before, after):
        return True
    if not LABEL.match(after) or _REFERS.search(before):
        return False
    return bool(_CLAUSE_END.search(before))


def tighten(draft: Draft) -> Draft:
    """The draft without spaces before commas and full stops, which taken-out tags leave behind."""
    return draft.sub(_LOOSE, "", "space")


def settle_wraps(draft: Draft) -> Draft:
    """The draft with every `WRAP` made a space, or a new line where a clause begins."""
    if WRAP not in draft.text:
        return draft
    settled: list[str] = []
    above = ""
    for line in draft.text.split("\n"):
        settled.append(_settled(line, above) if WRAP in line else line)
        above = line
    # Each break was one character and stays one, so all spans stay where they are.
    return Draft("\n".join(settled), draft.pages, draft.marks, draft.repairs)


def _settled(line: str, above: str) -> str:
    parts = line.split(WRAP)
    if len(parts) > 2 and all(_SIGNS.fullmatch(part.strip()) for part in parts):
        return "\n".join(part.strip(" ").ljust(len(part)) for part in parts)
    pieces = [parts[0]]
    for at, (before, after) in enumerate(pairwise(parts)):
        new = starts_clause(before.strip(), after.strip())
        new = new or (at == 0 and _is_headline(before, after, above))
        pieces += ["\n" if new else " ", after]
    return "".join(pieces)


def _is_headline(before: str, after: str, above: str) -> bool:
    """Whether `before` is the title that belongs to the bare "Section 3." above it."""
    title = before.strip()
    return (
        bool(BARE_LABEL.fullmatch(above.strip()))
        and 0 < len(title) < _HEADLINE
        and title[-1] not in ".,;:"
        and after.strip()[:1].isupper()
    )
