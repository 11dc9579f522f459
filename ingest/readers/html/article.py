"""Where the article stands on a web page full of other things.

trafilatura finds the main text but rewrites it, so it only points: the words are ours.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement, tostring

from ingest.readers.draft import Draft, Edit
from ingest.readers.web_furniture import strip_web_furniture

_LETTERS = re.compile(r"\W+")
_SENTENCE = re.compile(r"[.!?][\"”’)]*$")
_LEAST = 25  # letters a line must have to be told apart from others
_ENOUGH = 200  # letters that make an article; below that, nothing was found


def article_only(draft: Draft, tree: HtmlElement) -> Draft:
    """The draft from the article's title to its last line, without furniture in between."""
    found = _main_text(tree)
    if len(found) < _ENOUGH:
        return strip_web_furniture(draft)
    lines = [(m.start(), m.end(), _letters(m[0])) for m in re.finditer(r"[^\n]+", draft.text)]
    inside = [at for at, line in enumerate(lines) if len(line[2]) >= _LEAST and line[2] in found]
    if not inside:
        return strip_web_furniture(draft)
    first, last = _with_title(draft, lines, inside[0]), inside[-1]
    edits: list[Edit] = [(0, lines[first][0], ""), (lines[last][1], len(draft.text), "")]
    draft = draft.replace([edit for edit in edits if edit[0] < edit[1]], "outside the article")
    return strip_web_furniture(_without_strangers(draft, found))


def _main_text(tree: HtmlElement) -> str:
    import trafilatura  # a second to import, and most files are not articles

    page = tostring(tree, encoding="unicode")
    found = trafilatura.extract(page, include_comments=False, favor_recall=True)
    return _letters(found or "")


def _with_title(draft: Draft, lines: list[tuple[int, int, str]], first: int) -> int:
    """The place of the last top heading above the first line that was found."""
    titles = {mark.span.start for mark in draft.marks if mark.detail == "1"}
    above = [at for at in range(first + 1) if lines[at][0] in titles]
    return above[-1] if above else first


def _without_strangers(draft: Draft, found: str) -> Draft:
    """The draft without short lines that neither are sentences nor were found; bylines stay."""
    heads = {mark.span.start for mark in draft.marks if mark.type == "heading"}
    edits = [
        (m.start(), m.end(), "")
        for m in re.finditer(r"[^\n]+\n?", draft.text)
        if m.start() not in heads
        and not _SENTENCE.search(m[0].strip())
        and len(m[0]) < 100
        and not m[0].startswith("By ")
        and _letters(m[0]) not in found
    ]
    return draft.replace(edits, "furniture")


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()
