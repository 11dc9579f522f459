"""The half of a question that asks of the very text which the other half names.

    of_itself("has it been revoked", "Exec. Order No. 13,768")
    # "has Exec. Order No. 13,768 been revoked"

How a text stands and who wrote it is told by rule, from its dates and from its bylines, so such a
half is asked by itself. What else is asked of "it" belongs to the clause that the first half finds.
"""

from __future__ import annotations

import re

_OVER = (
    r"(?:still|revoked|repealed|rescinded|superseded|replaced|expired|amended|overruled|overturned|vacated"
    r"|withdrawn|enacted|in\s+(?:force|effect)|good\s+law)"
)
_IT = (
    r"\b(?:it|they|this|(?:the|that|this)\s+"
    r"(?:law|act|order|ordinance|statute|case|ruling|decision|memo|bill|rule|section|policy))\b(?!['’])"
)
_STANDING = re.compile(
    rf"^(?:(?:when|how|why|by\s+wh\w+)\s+)?(?:is|was|has|have|did|does|are|were)\s+(?P<it>{_IT})"
    rf"(?=(?:\s+\w+){{0,3}}?\s+{_OVER}\b)",
    re.I,
)
_WROTE = re.compile(
    r"^who(?:\s+(?:was|is)\s+the\s+author\s+of)?\s+(?:wrote|authored|delivered|penned)?\s*(?P<it>it|that|this"
    r"|(?:the|that|this)\s+(?:\w+\s+)?(?P<work>opinion|majority|dissent|concurrence)s?"
    r"|(?:the|that|this)\s+(?:case|ruling|decision))\W*$",
    re.I,
)
_APART = re.compile(r"^who\s+(?:all\s+)?(?:dissented|concurred|joined(?:\s+it)?)\W*$", re.I)


def of_itself(half: str, name: str) -> str | None:
    """A half on how a text stands, or on who wrote it, with the text's name; None for any other."""
    half = half.strip(" ,;?.")
    if found := _STANDING.search(half):
        return f"{half[: found.start('it')]}{name}{half[found.end('it') :]}"
    if found := _WROTE.search(half):
        work = (found["work"] or "opinion").lower()
        return f"who wrote the {work} in {name}"
    return f"{half} in {name}" if _APART.search(half) else None
