"""What a publisher prints below the law: history, annotations, editors' notes. Not law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.draft import Draft
from pincite.types import Mark, Span

_LABELS = (
    r"histor(?:y|ical notes?)|source|credits?|editor[’']?s[’']? notes?|editorial notes?"
    r"|code commission notes?|compiler[’']s notes?|revisor[’']s notes?|publisher[’']s notes?"
    r"|effect of amendments?|the \d{4} amendments?|amendment notes?|effective dates?(?: of[^.]*)?"
    r"|opinions? of the attorney general|attorney general opinions?|cross[ -]references?(?:\(s\))?"
    r"|(?:state law|charter|federal law|statutory) references?(?:\(s\))?|references? in text"
    r"|(?:case |judicial )?(?:annotations?|notes to decisions|case notes)|notes? of decisions"
    r"|research references?|law reviews?|textbooks|collateral references|section to section ref\w*"
    r"|statutory notes and related subsidiaries|derivation|law revision commission comments?"
)
# "History." and "HISTORY:" open a note; "History of the city" does not.
_LABEL = re.compile(rf"\*? ?(?:{_LABELS})(?: ?[.:–—-]|\s*$)", re.IGNORECASE)
# Credits that stand without a label: "Acts 2018, ch. 973, § 1."; "(Ord. No. 2003-1, 1-9-2003)".
_CREDIT = re.compile(
    r"(?:Acts|Laws|Ga\. L\.|Session Laws|Stats\.) \d{4}, "
    r"|\((?:Ord\.|Res\.|Code \d{4}|Comp\.|Acts \d)|\[(?:Amended|Adopted|Added|Repealed) "
)
_GATHERED = re.compile(r"^(?:Retrieved|Accessed|Downloaded|Scraped)(?: on)?: ?\d", re.MULTILINE)


def opens_note(line: str) -> bool:
    """Whether the line begins a note, by its label or by the form of a credit."""
    return bool(_LABEL.match(line) or _CREDIT.match(line))


def mark_note_tails(draft: Draft) -> Draft:
    """All that follows the first note of a section, up to the next heading, marked as note.

    So do the publishers of state codes set their pages: the law first, then the apparatus.
    """
    heads = {mark.span.start for mark in draft.marks if mark.type == "heading"}
    marks: list[Mark] = []
    opened: int | None = None
    end = 0
    for start, line in _lines(draft.text):
        if start in heads and opened is not None:
            marks.append(Mark(Span(opened, end), "note"))
            opened = None
        elif opened is None and start not in heads and opens_note(line):
            opened = start
        end = start + len(line)
    if opened is not None:
        marks.append(Mark(Span(opened, end), "note"))
    return draft.marked(marks)


def mark_note_lines(draft: Draft) -> Draft:
    """Single lines that are notes, in texts where the law goes on behind them."""
    return draft.marked(
        Mark(Span(start, start + len(line)), "note")
        for start, line in _lines(draft.text)
        if opens_note(line)
    )


def mark_preamble(draft: Draft) -> Draft:
    """What whoever gathered a code wrote under its title about the gathering, marked as note."""
    heads = [mark.span for mark in draft.marks if mark.type == "heading"][:2]
    if len(heads) < 2:
        return draft
    between = Span(heads[0].end, heads[1].start)
    gathered = _GATHERED.search(between.of(draft.text))
    return draft.marked([Mark(between, "note", "preamble")] if gathered else [])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
