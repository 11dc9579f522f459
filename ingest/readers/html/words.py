"""An HTML tree to a draft: one block a line, list letters and headings in their places."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from ingest.readers.clauses import LABEL
from ingest.readers.html.lists import list_letters
from ingest.readers.html.unseen import is_hidden
from ingest.readers.scribe import Scribe
from pincite.types import MarkType

_BLOCK_NAMES = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section"
    " summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_MUTE_NAMES = (
    "script style noscript template head iframe object embed svg math canvas audio video map"
    " select button input textarea datalist"
)
_MUTE = frozenset(_MUTE_NAMES.split())
# Parts of a page that are about the page. What they hold is recorded as taken out. A form is
# none of them: some publishers' software wraps the whole page in one.
FURNITURE: dict[str, str] = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "aside",
    "figcaption": "caption",
}
_CHANGES: dict[str, MarkType] = {
    "del": "deleted",
    "s": "deleted",
    "strike": "deleted",
    "ins": "inserted",
}
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r"h[1-6]")


class Walker:
    """Writes the words of elements into a scribe; `letter` prints a list item's letter."""

    def __init__(self, letter: Callable[[str], str]) -> None:
        self.scribe = Scribe()
        self._letter = letter
        self._letters: dict[HtmlElement, str] = {}
        self._space = False  # white space that counts only if a word follows on the line

    def element(self, element: HtmlElement) -> None:
        """The words of the element, without what stands behind it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _MUTE or is_hidden(element):
            return
        if tag in FURNITURE:
            self._break()
            self.scribe.drop(_SPACE.sub(" ", element.text_content()).strip(), FURNITURE[tag])
        elif tag == "br":
            self._break()
        elif tag in ("td", "th"):
            self._cell(element)
        elif tag == "li":
            self._item(element)
        elif _HEADING.fullmatch(tag):
            self._heading(element)
        elif tag in _BLOCKS:
            if tag == "ol":
                self._letters |= list_letters(element)
            self._block(element)
        elif tag in _CHANGES or _STRUCK.search(element.get("style", "")):
            start = self._here()
            self._inside(element)
            self.scribe.mark(start, _CHANGES.get(tag, "deleted"))
        else:
            self._inside(element)

    def _inside(self, element: HtmlElement) -> None:
        self._words(element.text)
        for child in element:
            self.element(child)
            self._words(child.tail)

    def _block(self, element: HtmlElement) -> None:
        self._break()
        self._inside(element)
        self._break()

    def _heading(self, element: HtmlElement) -> None:
        self._break()
        words = " ".join(visible_words(element).split())
        start = self.scribe.here
        self.scribe.write(words)
        if words:
            self.scribe.mark(start, "heading", element.tag[1])
        self._break()

    def _item(self, element: HtmlElement) -> None:
        self._break()
        letter = self._letters.pop(element, "")
        own = LABEL.match(visible_words(element).strip())
        # Some publishers write the letter into the words as well.
        if letter and (own is None or own[0].strip("().") != letter):
            self.scribe.insert(self._letter(letter), "list letter")
        self._inside(element)
        self._break()

    def _cell(self, element: HtmlElement) -> None:
        if not self.scribe.at_line_start:
            self.scribe.write(" | ")
        self._space = False
        # A block inside a cell does not end the row.
        self._words(visible_words(element).strip())

    def _words(self, text: str | None) -> None:
        if not text:
            return
        words = _SPACE.sub(" ", text)
        if words == " ":
            self._space = True
            return
        self._space = self._space or words.startswith(" ")
        self._here()
        self.scribe.write(words.strip(" "))
        self._space = words.endswith(" ")

    def _here(self) -> int:
        """Where the next word will stand, the space before it written."""
        if self._space and not self.scribe.at_line_start:
            self.scribe.write(" ")
        self._space = False
        return self.scribe.here

    def _break(self) -> None:
        self._space = False
        self.scribe.line()


def visible_words(element: HtmlElement) -> str:
    """The element's text without what is mute or hidden in it; breaks and blocks give a space."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _MUTE and not is_hidden(child):
            gap = " " if child.tag in _BLOCKS or child.tag == "br" else ""
            pieces += [gap, visible_words(child), gap]
        pieces.append(child.tail or "")
    return "".join(pieces)
