"""From bytes to text: byte order mark, UTF-8, what the file declares, then a careful guess.

A file whose words cannot be told from its bytes is refused: a wrong guess would be quoted.
"""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from ingest.readers.format import Limits
from pincite.errors import FileRefused

# The longest marks first: UTF-32's begins with UTF-16's.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A text that says Latin-1 means Windows-1252, where the curly quotes and dashes are: so do
# all browsers (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
# Control bytes that no text carries; tab, line feed, form feed, carriage return, escape do.
_BINARY = bytes({*range(32)} - {8, 9, 10, 11, 12, 13, 27})
_HIGH = bytes(range(128, 256))
_MOSTLY_ASCII = 0.7
_SAMPLE = 65536
_MAX_CHAOS = 0.1


def decode(data: bytes, limits: Limits, declared: str | None = None) -> str:
    """The text of `data`. `declared` is the encoding the file or its markup names, if any.

    Raises FileRefused: "empty", "unknown_encoding", or "expands_too_much".
    """
    if not data.strip():
        raise FileRefused("empty", "the file holds no text; nothing to index")
    text = _marked(data) or _unmarked(data, declared)
    if not text.strip("\x00\ufeff \t\r\n\f"):
        raise FileRefused("empty", "the file holds white space only; nothing to index")
    if len(text) > limits.max_chars:
        raise FileRefused(
            "expands_too_much",
            f"{len(text):,} characters of text, limit {limits.max_chars:,}; split the file",
        )
    return text


def _marked(data: bytes) -> str | None:
    """The text of a file that begins with a byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data, encoding)
            if text is None:
                raise _unknown(f"it begins as {encoding.upper()} but does not go on so")
            return text
    return None


def _unmarked(data: bytes, declared: str | None) -> str:
    if _is_binary(data):
        raise _unknown("its bytes are not text")
    for encoding in ("utf-8", _codec(declared)):
        text = _strictly(data, encoding) if encoding else None
        if text is not None:
            return text
    return _guessed(data)


def _is_binary(data: bytes) -> bool:
    """Whether the head holds more than stray control bytes."""
    head = data[:_SAMPLE]
    strays = len(head) - len(head.translate(None, _BINARY))
    return strays > max(2, len(head) // 1000)


def _codec(declared: str | None) -> str | None:
    """The codec's Python name, or None when nothing (or nothing known) is declared."""
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name) if name else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is not for text
        return None


def _guessed(data: bytes) -> str:
    # A guess from a handful of accents is a coin toss; texts that are nearly all ASCII are
    # Western, and the encoding that Western texts mean is Windows-1252.
    if len(data.translate(None, _HIGH)) > _MOSTLY_ASCII * len(data):
        text = _strictly(data, "cp1252")
        if text is not None:
            return text
    best = from_bytes(data, threshold=_MAX_CHAOS).best()
    if best is None:
        raise _unknown("no known encoding makes words of it")
    return str(best)


def _unknown(what: str) -> FileRefused:
    return FileRefused("unknown_encoding", f"{what}; save it as UTF-8")
