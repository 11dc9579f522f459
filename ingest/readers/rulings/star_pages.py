"""Star pages: the printed page numbers that a text of running words carries as "[*412]"."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.readers.draft import Draft
from pincite.types import Page, Span

_STAR = re.compile(r"\[\*(?P<page>\d{1,5})\][^\S\n]?")


def star_pages(draft: Draft) -> Draft:
    """The draft with its star pages made pages, and their marks taken out of its sentences.

    Two or more marks that count up one by one are star pages; anything else stays.
    """
    found = list(_STAR.finditer(draft.text))
    numbers = [int(mark["page"]) for mark in found]
    if draft.pages or len(found) < 2 or any(b != a + 1 for a, b in pairwise(numbers)):
        return draft
    ends = [*(mark.start() for mark in found[1:]), len(draft.text)]
    pages = [
        Page(Span(mark.end(), end), label=mark["page"])
        for mark, end in zip(found, ends, strict=True)
    ]
    return draft.paged(pages).replace(((m.start(), m.end(), "") for m in found), "star page")
