"""Whose words a question asks for: what Justice Jackson wrote is not told by another's opinion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# "Scalia, Kennedy, Thomas, and Alito, JJ.", "CHIEF JUSTICE ROBERTS", "MR. CLEMENT".
_TITLES = ("chief", "justice", "judge", "general", "mr", "mrs", "ms", "j", "jj", "and")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’])+")
# Names that are words too are a justice's only behind the title.
_WORDS = frozenset(["white", "black", "brown", "stone", "day", "field", "marshall", "clark"])
_TITLED = r"\b(?:justices?|judges?|j\.)\s+"


def speakers_named(question: str, authors: Iterable[str | None]) -> frozenset[str]:
    """Those of the authors whose surname the question says."""
    said = question.replace("’", "'")
    return frozenset(
        author
        for author in authors
        if author is not None and any(_says(said, name) for name in surnames(author))
    )


@lru_cache(maxsize=1_000)
def surnames(author: str) -> tuple[str, ...]:
    """The surnames, in small letters, of authors as an opinion or a transcript prints them."""
    words = (word.replace("’", "'").lower() for word in _NAME.findall(author))
    return tuple(word for word in words if word not in _TITLES)


def _says(question: str, name: str) -> bool:
    before = _TITLED if name in _WORDS else r"\b"
    return re.search(rf"{before}{re.escape(name)}\b", question, re.I) is not None
