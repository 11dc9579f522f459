"""HTML files: law as publishers set it, with its list letters, and articles without furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.readers.clauses import tighten
from ingest.readers.decoding import decode
from ingest.readers.draft import Draft
from ingest.readers.format import Format, Limits
from ingest.readers.html.article import article_only
from ingest.readers.html.lists import is_lettered
from ingest.readers.html.unseen import drop_unseen
from ingest.readers.html.words import Walker
from ingest.readers.law_notes import mark_note_tails
from ingest.readers.markdown.front_matter import Facts
from pincite.errors import FileRefused
from pincite.types import Reading

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
# "§ 162-62. Legal status", "4-42-101. Compliance", "Sec. 2. Definitions", "Article IV"
_SECTION = re.compile(
    r"(?:§+ ?\d|\d[\dA-Z]*(?:[-.:]\d[\dA-Z]*)+\.? |(?:Section|Sec\.|SECTION|SEC\.) \d"
    r"|(?:Article|ARTICLE|Chapter|CHAPTER|Title|TITLE) [\dIVXLC]+\b)"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES = ("article:published_time", "datePublished", "date", "dc.date", "DC.date", "pubdate")
_TITLES = ("og:title", "dc.title", "DC.title")


def read_html(data: bytes, limits: Limits) -> Reading:
    """The reading of an HTML file. Nothing is fetched, run or expanded."""
    declared = _CHARSET.search(data[:_HEAD])
    tree = _tree(decode(data, limits, declared[1].decode("ascii") if declared else None))
    unseen = drop_unseen(tree)
    draft = law_draft(tree) if _is_law(tree) else article_only(_draft(tree, "{}. "), tree)
    reading = draft.finish(HTML.name, HTML.revision, (*_facts(tree), *_hid(unseen)))
    if not reading.text:
        raise FileRefused("no_text", "the page holds markup only; save it after it has loaded")
    return reading


def law_draft(tree: HtmlElement) -> Draft:
    """A page of law: letters as statutes print them, the publisher's notes marked."""
    return mark_note_tails(_draft(tree, "({}) "))


def _draft(tree: HtmlElement, letter: str) -> Draft:
    walker = Walker(letter.format)
    body = tree.find("body")
    walker.element(tree if body is None else body)
    return tighten(walker.scribe.draft())


def _tree(text: str) -> HtmlElement:
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        # Bytes, for lxml refuses a str that declares an encoding of its own.
        tree: HtmlElement = document_fromstring(text.replace("\x00", "").encode(), parser=parser)
    except ParserError as error:
        raise FileRefused("no_text", f"nothing in it can be read as HTML ({error})") from error
    if any("depth" in entry.message for entry in parser.error_log):
        # libxml2 stops there, and what stands behind would be lost without a word.
        raise FileRefused("malformed", "its tags nest deeper than any page's; flatten them")
    return tree


def _is_law(tree: HtmlElement) -> bool:
    """Whether a heading numbers a section, and the page is no article or has lettered lists."""
    if not any(_SECTION.match(" ".join(words.split())) for words in _headings(tree)):
        return False
    article = tree.find(".//article") is not None or _meta(tree, ("og:type",)) == "article"
    return not article or any(is_lettered(ol) for ol in tree.iter("ol"))


def _headings(tree: HtmlElement) -> Iterator[str]:
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        yield heading.text_content()


def _facts(tree: HtmlElement) -> Facts:
    title = _meta(tree, _TITLES) or tree.findtext(".//title") or ""
    stamps = [str(stamp.get("datetime")) for stamp in tree.iter("time") if stamp.get("datetime")]
    day = _DAY.match(_meta(tree, _DATES) or next(iter(stamps), ""))
    pairs = (("title", " ".join(title.split())), ("date", day[0] if day else ""))
    return tuple((name, value) for name, value in pairs if value)


def _hid(characters: int) -> Facts:
    """That the page holds words which it does not show; they are not in the text."""
    return (("hidden_characters", str(characters)),) if characters else ()


def _meta(tree: HtmlElement, names: tuple[str, ...]) -> str:
    """The content of the first of these <meta> names that the page has."""
    said = {
        str(meta.get("property") or meta.get("name") or meta.get("itemprop")): meta.get("content")
        for meta in tree.iter("meta")
    }
    return next((str(said[name]) for name in names if said.get(name)), "")


HTML = Format("html", 2, (".html", ".htm"), read_html)
