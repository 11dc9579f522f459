"""What a passage is known by when it is indexed: title, citation, place, parties, headings.

Both legs see it before the passage; it is never stored in the text and never quoted.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from pincite.places import place_name
from pincite.types import Entry, Passage
from pincite.words import terms

# Raise it with any change to what is printed here: every passage is embedded anew.
CONTEXT_REVISION = 2

# The encoder sees 256 word pieces, and most of them belong to the passage.
_MOST_WORDS = 40
_TITLE_WORDS = 16
_HEADING_WORDS = 10

# "A Local Law to amend the administrative code of the city of New York, in relation to": the
# title of every local law begins so, and what tells one from the other comes after it.
_ENACTING_TITLE = re.compile(r"^A (?:Local )?(?:Law|Bill|Act) to amend .*?,? in relation to ", re.I)
# The line that opens an opinion says what its label and its author's name say.
_BYLINE = re.compile(r"\b(?:delivered the opinion|dissenting|concurring)\b", re.I)


def indexed_text(entry: Entry, passage: Passage, pinpoint: str = "") -> str:
    """What both legs index of a passage: its context, then its own words."""
    return f"{context_of(entry, passage, pinpoint)}\n{passage.text}"


def context_of(entry: Entry, passage: Passage, pinpoint: str = "") -> str:
    """The line that stands before a passage in the index.

    "Communication between agencies, 8 U.S.C. § 1373, United States > § 1373 (a) In general".
    The pinpoint of an act's words names the clause that they rewrite; that is said instead.
    """
    title = _shortened(_ENACTING_TITLE.sub("", entry.title), _TITLE_WORDS)
    citation = entry.citation if entry.citation and entry.citation not in entry.title else ""
    title = "" if title in citation else title
    head = [title, citation, place_name(entry.jurisdiction), " and ".join(entry.parties)]
    said = ", ".join(part for part in head if part)
    below = _headings(passage, said, pinpoint if " (" in pinpoint else "")
    return _shortened(" > ".join(part for part in (said, below) if part), _MOST_WORDS)


def _headings(passage: Passage, said: str, rewritten: str) -> str:
    """The section path, then the two innermost headings that say something new."""
    where = passage.locator
    fresh = [h for h in where.headings if h and not _BYLINE.search(h) and _is_new(h, said)]
    heads = [_shortened(heading, _HEADING_WORDS) for heading in fresh[-2:]]
    author = [where.author] if where.author else []
    return ", ".join(part for part in (rewritten or _labels(where.path), *heads, *author) if part)


def _labels(path: tuple[str, ...]) -> str:
    """The labels above a passage, without those that the next one repeats ("II", "II.A")."""
    last = [
        label
        for label, below in zip_longest(path, path[1:], fillvalue="")
        if not below.startswith(f"{label}.")
    ]
    return "".join(f" {one}" if not one.startswith("(") else one for one in last[-4:]).strip()


def _is_new(heading: str, said: str) -> bool:
    """Whether a heading has a word of meaning that was not said yet."""
    return not set(terms(heading)) <= set(terms(said))


def _shortened(text: str, words: int) -> str:
    every = text.split()
    return text if len(every) <= words else " ".join(every[:words])
