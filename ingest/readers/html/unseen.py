"""Takes out of a page what nobody who looks at it sees, before its words are read."""

from __future__ import annotations

from lxml.html import HtmlElement

from ingest.readers.html.styles import Sheet, ground_of, hides, is_lost, sheets_of, styled

_NEVER_SHOWN = frozenset({"script", "style", "template", "noscript", "head"})


def drop_unseen(tree: HtmlElement) -> int:
    """Take hidden elements out of the tree; how many characters of words went with them."""
    sheet = sheets_of(tree.iter("style"))
    body = tree.find("body")
    found = list(_hidden(tree if body is None else body, sheet))
    gone = 0
    for element in found:
        gone += len("".join(element.text_content().split()))
        element.drop_tree()
    return gone


def is_hidden(element: HtmlElement) -> bool:
    """Whether what the element says of itself keeps it from being seen."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or ("style" in element.attrib and hides(styled(element.get("style", ""))))
    )


def _hidden(root: HtmlElement, sheet: Sheet) -> list[HtmlElement]:
    """The outermost elements below `root` that are hidden, or lost on their ground."""
    found: list[HtmlElement] = []
    waiting = [(child, _laid(root)) for child in reversed(root)]
    while waiting:
        element, ground = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN:
            continue
        ground = _laid(element) or ground
        colour = styled(element.get("style", "")).get("color") or element.get("color", "").lower()
        if is_hidden(element) or sheet.hides(element) or is_lost(colour, ground):
            found.append(element)
        else:
            waiting += [(child, ground) for child in reversed(element)]
    return found


def _laid(element: HtmlElement) -> str:
    """The colour that an element lays under its words, if it says one."""
    return ground_of(styled(element.get("style", ""))) or str(element.get("bgcolor", "")).lower()
