"""A model's sentence as plain words, or nothing: no link, no markup, no hidden character leaves.

Formatting is taken off. A sentence that holds something active, or something that hides, is
dropped whole: nobody who words a quoted text needs either.
"""

from __future__ import annotations

import html
import re
import unicodedata

from pincite.unseen import UNSEEN as HIDING

_LEAST, _MOST = 8, 500
# Characters without width that models and documents carry along; taken off.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_ACTIVE = re.compile(
    r"""\w+://|\bwww\.|\b(?:javascript|vbscript|data|mailto|file|tel):\S
        |\]\s*\(|!\[|\]\s*\[\D|^\s*\[[^\]]+\]:      # links and images of Markdown
        |<\s*[a-z/!?]|&\#?\w+;                       # markup of HTML
        |\w@\w|\b[\w-]{2,}\.(?:com|org|net|gov|edu|info|io|co|us|uk|eu|de|ru|cn|dev|app|ai)\b
    """,
    re.I | re.X | re.M,
)
_OPENING = re.compile(r"^\s*(?:(?:[#>*•+-]+|\(?\d{1,2}[.)])\s+)+")
_MARKERS = re.compile(r"\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
_EMPHASIS = str.maketrans("", "", "*`~|")
_UNDERSCORES = re.compile(r"(?<!\w)_+|_+(?!\w)")


def plain_statement(text: str) -> str | None:
    """The sentence in plain words; None where it holds what may not leave."""
    said = html.unescape(text[: 4 * _MOST]).translate(_UNSEEN)
    if any(map(_is_hidden, said)) or HIDING.search(said) or _ACTIVE.search(said):
        return None
    said = _MARKERS.sub("", _OPENING.sub("", said))
    said = _UNDERSCORES.sub("", said.translate(_EMPHASIS))
    said = " ".join(said.split())
    fits = _LEAST <= len(said) <= _MOST and len(text) <= 4 * _MOST
    return said if fits and not _ACTIVE.search(said) and _is_latin(said) else None


def shown(text: str) -> str:
    """A document's words as a model is shown them: no hidden characters, lines as they are."""
    said = HIDING.sub("", text.translate(_UNSEEN))
    return "".join(c for c in said if c == "\n" or not _is_hidden(c))


def _is_hidden(character: str) -> bool:
    """Whether a character draws nothing itself: controls, turned directions, tags, private use."""
    return character not in "\n\t\r" and unicodedata.category(character)[0] == "C"


def _is_latin(text: str) -> bool:
    """Whether every letter is one of English or its neighbours: no look-alikes of other scripts."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(c, "") for c in letters)
