"""Star pages: "*935" in the text of an opinion, where a page of the reporter begins."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pincite.citing.keeping import Same
from pincite.types import Document, Page, Span

_STAR = re.compile(r"(?<![\w*])\[?\*(?P<page>\d{1,4})\]?(?![\w*])")
_REPORTED = re.compile(r"\d+ [A-Z][\w. ]*? (?P<page>\d+)(?:, \d+)? \(")
# A page that prints none (a figure, a lost star) may be passed over.
_LONGEST_STEP = 3


def star_pages(document: Document) -> tuple[Page, ...]:
    """The reporter's pages by the stars in the text; none where they do not count up from it."""
    reported = _REPORTED.search(document.entry.citation or "")
    return _found(Same(document.text), int(reported["page"])) if reported else ()


@lru_cache(maxsize=64)
def _found(text: Same[str], first: int) -> tuple[Page, ...]:
    stars = [(int(m["page"]), m.start()) for m in _STAR.finditer(text.value)]
    numbers = [first, *(number for number, _ in stars)]
    steps = [after - before for before, after in pairwise(numbers)]
    if len(stars) < 2 or not (0 <= steps[0] <= _LONGEST_STEP):
        return ()
    if not all(0 < step <= _LONGEST_STEP for step in steps[1:]):
        return ()
    starts = [*([] if steps[0] == 0 else [(first, 0)]), *stars]
    ends = [*(at for _, at in starts[1:]), len(text.value)]
    return tuple(
        Page(Span(at, end), label=str(number))
        for (number, at), end in zip(starts, ends, strict=True)
    )
