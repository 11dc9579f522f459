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
# "In Jackson", "Jackson County", "Jackson, Mississippi": places are called so too.
_UNTITLED = r"(?<!\bin )(?<!city of )(?<!town of )(?<!\bnear )\b"
# But "in Jackson's view" a judge speaks.
_OWN = (
    r"(?=['’]s\s(?:view|opinion|concurr|dissent|words?|framework|test|scheme|categor|[A-Z]\w+\s"
    r"(?:opinion|concurr|dissent|framework|test)))"
)
_PLACE = re.compile(r",? (?i:county|city|town|parish|police|jail|sheriff|miss)|, [A-Z]")


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
    titled = re.search(rf"{_TITLED}{re.escape(name)}\b", question, re.I)
    if titled or name in _WORDS:
        return titled is not None
    own = re.search(rf"\bin\s{re.escape(name)}{_OWN}", question, re.I)
    named = re.finditer(rf"{_UNTITLED}{re.escape(name)}\b", question, re.I)
    return own is not None or any(not _PLACE.match(question, match.end()) for match in named)
