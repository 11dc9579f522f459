"""What a passage is known by when it is indexed: title, citation, place, parties, headings.

Both legs see it before the passage; it is never stored in the text and never quoted.
"""

from __future__ import annotations

from pincite.types import Entry, Passage

# Raise it with any change to what is printed here: every passage is embedded anew.
CONTEXT_REVISION = 1

# The encoder sees 256 word pieces, and most of them belong to the passage.
_MOST_WORDS = 40
_TITLE_WORDS = 16
_HEADING_WORDS = 10

_POSTAL = """
    AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado;
    CT Connecticut; DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii;
    ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana;
    ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi;
    MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey;
    NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma;
    OR Oregon; PA Pennsylvania; PR Puerto Rico; RI Rhode Island; SC South Carolina;
    SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
    WV West Virginia; WI Wisconsin; WY Wyoming
"""
_STATES = {row[:2].lower(): row[3:] for row in map(str.strip, _POSTAL.split(";"))}


def context_of(entry: Entry, passage: Passage) -> str:
    """The line that stands before a passage in the index.

    "Communication between agencies, 8 U.S.C. § 1373, United States > § 1373 (a) In general"
    """
    title = _shortened(entry.title, _TITLE_WORDS)
    citation = entry.citation if entry.citation and entry.citation not in entry.title else ""
    head = [title, citation, place_name(entry.jurisdiction), " and ".join(entry.parties)]
    said = ", ".join(part for part in head if part)
    below = _headings(passage, said)
    return _shortened(" > ".join(part for part in (said, below) if part), _MOST_WORDS)


def place_name(jurisdiction: str | None) -> str:
    """A jurisdiction's path in words: "us/ny/new-york-city" is "New York City, New York"."""
    if not jurisdiction:
        return ""
    parts = jurisdiction.split("/")
    if parts == ["us"]:
        return "United States"
    names = [
        _STATES.get(part) or part.replace("-", " ").title() if depth == 1 else part
        for depth, part in enumerate(parts)
    ][1 if parts[0] == "us" else 0 :]
    names = [name.replace("-", " ").title() if name.islower() else name for name in names]
    return ", ".join(reversed(names))


def _headings(passage: Passage, said: str) -> str:
    """The section path, then the two innermost headings that say something new."""
    where = passage.locator
    labels = "".join(
        label if label.startswith("(") else f" {label}" for label in where.path[-4:]
    ).strip()
    fresh = [h for h in where.headings if h and h.casefold() not in said.casefold()]
    heads = [_shortened(heading, _HEADING_WORDS) for heading in fresh[-2:]]
    author = [where.author] if where.author else []
    return ", ".join(part for part in (labels, *heads, *author) if part)


def _shortened(text: str, words: int) -> str:
    every = text.split()
    return text if len(every) <= words else " ".join(every[:words])
