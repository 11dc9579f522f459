"""Volumes of reporters and journals: "521 U.S. 898, 935", by eyecite's tokens.

Only the stretches that can hold one are given to eyecite, and of eyecite only its tokenizer and
its database of reporters are used: its whole finder reads 46 kB/s of opinions, this reads all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eyecite.models import CitationToken
    from eyecite.tokenizers import Tokenizer

# A volume, up to five words that begin large, and a page; "at" where only a page is cited.
_STRETCH = re.compile(
    r"(?<![\w.$-])\d{1,4}\s(?=[A-Z])"
    r"(?:[A-Z][\w.'’]{0,12}(?:\s(?=[A-Z0-9&(]))?|&\s|\d[a-z]{1,2}\s?){1,6},?\s?(?:at\s)?\d{1,5}\b"
)
_OFFICIAL = re.compile(r"(?P<volume>\d{1,3})\sU\.\s?S\.(?P<short>,?\sat)?\s(?P<page>\d{1,4})")
# Written like reporters: dates, and what the grammars of codes and registers read.
_OTHERS = re.compile(
    r"\d+\s(?:U\.\s?S\.\s?C|C\.?\s?[FM]\.?\s?R|Stat|Fed\.\s?Reg|F\.?R\.?\s"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b)"
)


@dataclass(frozen=True, slots=True)
class Volume:
    """A page of a volume: where it stands, its key, and whether only that page is cited."""

    start: int
    end: int
    volume: str
    reporter: str
    page: int
    short: bool

    @property
    def key(self) -> str:
        """Its normal form."""
        return f"{self.volume} {self.reporter} {self.page}"


def volumes(text: str) -> Iterator[Volume]:
    """Every page of a reporter or a journal that is cited, in order."""
    for stretch in _STRETCH.finditer(text):
        written = stretch[0]
        if _OTHERS.match(written):
            continue
        if official := _OFFICIAL.fullmatch(written):
            yield _volume(stretch, official["volume"], "us", official["page"], official["short"])
        else:
            yield from _tokens(stretch)


def reporter_key(name: str) -> str:
    """A reporter's name as keys write it: "S. Ct." is "s ct"."""
    return re.sub(r"\s+", " ", re.sub(r"[.'’]", " ", name.lower().replace("u.s.", "us"))).strip()


def reporter_printed(key: str) -> str:
    """A reporter's name as it is printed."""
    return _names().get(key, key.title())


def is_journal(key: str) -> bool:
    """Whether that is the name of a law journal."""
    return key in _journals()


def _volume(stretch: re.Match[str], volume: str, reporter: str, page: str, short: str) -> Volume:
    return Volume(stretch.start(), stretch.end(), volume, reporter, int(page), bool(short))


def _tokens(stretch: re.Match[str]) -> Iterator[Volume]:
    """The one token of eyecite's that is the whole stretch."""
    from eyecite.models import CitationToken

    for token in _tokenizer().extract_tokens(stretch[0]):
        if not isinstance(token, CitationToken) or token.start or token.end != len(stretch[0]):
            continue
        volume, page = token.groups.get("volume") or "", token.groups.get("page") or ""
        reporter = _edition(token)
        if reporter and volume.isdigit() and page.isdigit():
            start, end = stretch.span()
            yield Volume(start, end, volume, reporter, int(page), token.short)
            return


def _edition(token: CitationToken) -> str:
    """The key of the reporter that a token names; "" where several may be meant."""
    exact = [reporter_key(edition.short_name) for edition in token.exact_editions]
    varied = {reporter_key(edition.short_name) for edition in token.variation_editions}
    written = reporter_key(token.groups.get("reporter") or "")
    if exact or written in varied:
        return written if written in varied or written in exact else exact[0]
    return varied.pop() if len(varied) == 1 else ""


@cache
def _tokenizer() -> Tokenizer:
    from eyecite.tokenizers import default_tokenizer

    return default_tokenizer


@cache
def _names() -> dict[str, str]:
    """Every reporter's and journal's name by its key; the first that has a key keeps it."""
    from reporters_db import JOURNALS, REPORTERS  # type: ignore[import-untyped]

    names: dict[str, str] = {"us": "U.S."}
    for rows in REPORTERS.values():
        for row in rows:
            for edition in row["editions"]:
                key = reporter_key(edition)
                if "." not in names.get(key, ""):
                    names[key] = edition
    for journal in JOURNALS:
        names.setdefault(reporter_key(journal), journal)
    return names


@cache
def _journals() -> frozenset[str]:
    from reporters_db import JOURNALS

    return frozenset(reporter_key(name) for name in JOURNALS)
