"""Executive orders as scraped from the Federal Register: one shape of Markdown, mended.

The scraper puts a table of facts before the order, parts sentences after abbreviations, and
sets the title of a section under its number. A title that it got wrong stays as it is.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from ingest.readers.clauses import BARE_LABEL, LABEL
from ingest.readers.draft import Draft, Edit
from ingest.readers.markdown.front_matter import Facts
from pincite.types import Mark, Span

_PREAMBLE = re.compile(
    r"(?<=\n)Summary\nDate: (?P<date>[^\n]+)\n(?P<facts>(?:[^\n]+\n){0,12}?)Sources\n"
    r"(?:[^\n]+\n){1,6}?(?=Executive Order \d+ of )"
)
_FACT = re.compile(r"^([A-Z][\w ]+): (.+)$", re.MULTILINE)
_ISSUED = re.compile(r"(?m)^Executive Order \d+ of [A-Z][a-z]+ \d{1,2}, \d{4}(?P<space> )")
_PICTURE = re.compile(r"^[\w. -]{1,40}\.(?:EPS|eps|gif|jpg|png)\n", re.MULTILINE)
_FILING = re.compile(r"^\[FR Doc\.[^\n]*(?:\n(?:Filed|Billing)[^\n]*)*", re.MULTILINE)
_FILED_BY = re.compile(r"^Filed by the Office of the Federal Register[^\n]*", re.MULTILINE)
_ABBREVIATED = re.compile(
    r"(?:\b(?:U\.S|Fed|Reg|Nos?|Secs?|Stat|Cong|Pub|Exec|Dr|Mrs?|Ms|St|Jr|Sr|Inc|Co|Corp|v|seq|cf"
    r"|Gen|Lt|Col|Rep|Sen|Gov|Art|pp?|vol|ch|et al)|\b[A-Z]|\b[A-Z]\.[A-Z])\.\s*$"
)
_UNFINISHED = re.compile(r"[a-z,–-]\s*$")
_TITLE = 90


def is_federal_order(draft: Draft) -> bool:
    """Whether the text has the scraper's table of facts."""
    return _PREAMBLE.search(draft.text) is not None


def clean_federal_order(draft: Draft) -> tuple[Draft, Facts]:
    """The order without what the scraper added, and the facts that it had written down."""
    facts = _facts(draft.text)
    draft = draft.sub(_PREAMBLE, "", "scraper preamble")
    if issued := _ISSUED.search(draft.text):  # its own head; other orders are named in sentences
        draft = draft.replace([(*issued.span("space"), "\n")], "space")
    draft = draft.sub(_PICTURE, "", "picture name")
    draft = _titled(_rejoined(draft))
    for pattern in (_FILING, _FILED_BY):
        draft = draft.marked(
            Mark(Span(*m.span()), "note", "filing") for m in pattern.finditer(draft.text)
        )
    return draft, facts


def _facts(text: str) -> Facts:
    found = _PREAMBLE.search(text)
    if found is None:
        return ()
    pairs = _FACT.findall(found["facts"])
    return (
        ("title", text.split("\n", 1)[0].strip()),
        *_day(found["date"].strip()),
        *((name.lower().replace(" ", "_"), value.strip()) for name, value in pairs),
    )


def _day(written: str) -> Facts:
    try:
        return (("date", datetime.strptime(written, "%B %d, %Y").date().isoformat()),)
    except ValueError:
        return ()


def _rejoined(draft: Draft) -> Draft:
    """Sentences that were parted after "U.S." or in the middle, whole again."""
    heads = {mark.span.start for mark in draft.marks if mark.type == "heading"}
    edits: list[Edit] = []
    for start, end, following in _line_ends(draft.text):
        line, below = draft.text[start:end], draft.text[end + 1 : following].strip()
        if start in heads or end + 1 in heads or LABEL.match(below) or not below:
            continue
        # A short line may be a title, which ends without a full stop by right.
        if _ABBREVIATED.search(line) or (len(line) > _TITLE and _UNFINISHED.search(line)):
            edits.append((end, end + 1, " "))
    return draft.replace(edits, "space")


def _titled(draft: Draft) -> Draft:
    """ "Section 3." and the title on the line below it, as one heading."""
    levels = {mark.span.start: mark.detail for mark in draft.marks if mark.type == "heading"}
    edits: list[Edit] = []
    for start, end, following in _line_ends(draft.text):
        below = draft.text[end + 1 : following].strip()
        is_number = start in levels and BARE_LABEL.fullmatch(draft.text[start:end].strip())
        if is_number and 0 < len(below) < _TITLE and below[-1] not in ".,;:":
            edits.append((end, end + 1, " "))
    joined = draft.replace(edits, "space")
    return _one_heading_a_line(joined)


def _one_heading_a_line(draft: Draft) -> Draft:
    """The same draft where a heading's mark spans its line, once."""
    marks: dict[int, Mark] = {}
    others: list[Mark] = []
    for mark in draft.marks:
        if mark.type != "heading":
            others.append(mark)
            continue
        start = draft.text.rfind("\n", 0, mark.span.start) + 1
        end = draft.text.find("\n", mark.span.start)
        span = Span(start, len(draft.text) if end < 0 else end)
        marks.setdefault(start, Mark(span, "heading", mark.detail))
    return Draft(draft.text, draft.pages, (), draft.repairs).marked([*others, *marks.values()])


def _line_ends(text: str) -> list[tuple[int, int, int]]:
    """For each line but the last: its start, its end, and the end of the line below."""
    ends = [m.start() for m in re.finditer(r"\n", text)]
    stops = [-1, *ends, len(text)]
    return [(above + 1, end, stops[at + 2]) for at, (above, end) in enumerate(pairwise(stops[:-1]))]
