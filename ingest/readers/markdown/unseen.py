"""Words between HTML tags of a Markdown file that hide them: written, then taken back."""

from __future__ import annotations

import re

from ingest.readers.html.styles import hides, styled
from ingest.readers.scribe import Scribe

_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area"})


class Unseen:
    """Follows the tags of one file, and takes back what stood in a hidden element."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._name, self._depth, self._start = "", 0, 0

    def tag(self, markup: str, name: str, *, closing: bool) -> bool:
        """Whether the tag opens, closes or lies in what is hidden."""
        if self._depth:
            if name == self._name and not markup.endswith("/>"):
                self._depth += -1 if closing else 1
            if not self._depth:
                self.end()
            return True
        if closing or name in _EMPTY or markup.endswith("/>") or not _is_hidden(markup):
            return False
        self._name, self._depth, self._start = name, 1, self._scribe.here
        return True

    def paragraph(self) -> None:
        """A paragraph of the file ends, and with it one that a tag began."""
        if self._depth and self._name == "p":
            self.end()

    def end(self) -> None:
        """What is hidden ends here: nobody sees what no tag closes, either."""
        if self._name:
            self._scribe.take_back(self._start)
        self._name, self._depth = "", 0


def _is_hidden(markup: str) -> bool:
    inside = re.sub(r"^<[\w-]+", "", markup).rstrip("/>")
    said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(inside)}
    return (
        "hidden" in said
        or said.get("aria-hidden") == "true"
        or ("style" in said and hides(styled(said["style"])))
    )
