"""Files made of chunks, each under the same headings: the headings stand once."""

from __future__ import annotations

from ingest.readers.draft import Draft, Edit
from pincite.types import Mark


def drop_repeated_headings(draft: Draft) -> Draft:
    """The draft without headings that only repeat where one already is.

    Done only where the file's first heading comes again: elsewhere two sections in a row may
    rightly have one title.
    """
    heads = [mark for mark in draft.marks if mark.type == "heading"]
    if not heads or not _comes_again(draft.text, heads):
        return draft
    edits: list[Edit] = []
    path: dict[int, str] = {}
    for mark in heads:
        level, words = int(mark.detail), mark.span.of(draft.text).strip()
        if path.get(level) == words:
            edits.append((mark.span.start, mark.span.end, ""))
            continue
        path = {above: title for above, title in path.items() if above < level}
        path[level] = words
    return draft.replace(edits, "repeated heading")


def _comes_again(text: str, heads: list[Mark]) -> bool:
    first = heads[0]
    return any(
        mark.detail == first.detail and mark.span.of(text) == first.span.of(text)
        for mark in heads[1:]
    )
