"""Markdown to a draft: syntax becomes lines and marks, every word stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.clauses import LABEL, settle_wraps
from ingest.readers.draft import Draft
from ingest.readers.markdown.unseen import Unseen
from ingest.readers.scribe import WRAP, Scribe
from pincite.errors import FileRefused
from pincite.types import MarkType

_TITLE = 120
_DEEP_HEADING = re.compile(r"^#{7,}[ \t]+", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_DATA_IMAGE = re.compile(r"""src\s*=\s*["']?(data:[^"'\s>]+)""")
_MUTE = re.compile(r"<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.I)
# A reference that nothing refers to, which writers use as a remark: "[//]: # (to do)".
_REMARK = re.compile(r"^\[(?://|comment|_|\.)\]:[ \t]*(?:#|<>)[^\n]*", re.MULTILINE | re.IGNORECASE)
_CHANGES: dict[str, MarkType] = {
    "del": "deleted",
    "s": "deleted",
    "strike": "deleted",
    "ins": "inserted",
}
_DECIMAL = re.compile(r"\d+(?:\.\d+)+\.?\s")
_DEEPEST = 100
_SENTENCE_START = re.compile(r"[A-Z“\"'(\d]")
_BREAKING_TAGS = frozenset({"br", "p", "div", "tr", "li", "ul", "ol", "table", "figure"})


def decode_markdown(text: str) -> Draft:
    """The words of a Markdown text, one block a line, with its headings marked."""
    text = _DEEP_HEADING.sub("", _MUTE.sub("", _REMARK.sub("", _without_comments(text))))
    writer = _Writer()
    for token in _parser().parse(text):
        if token.level > _DEEPEST - 4:
            # The parser skips what lies deeper, and its words would be lost without a word.
            raise FileRefused("malformed", "lists or quotes nest too deep; flatten them")
        writer.take(token)
    writer.unseen.end()
    return settle_wraps(writer.scribe.draft())


@cache
def _parser() -> MarkdownIt:
    # Law is indented and underlined by hand, so those two ways of Markdown to make code and
    # headings are off; "[a]: ..." may be a clause, and HTML blocks are read tag by tag.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(
        ["table", "strikethrough"]
    )
    parser.disable(["code", "lheading", "reference", "html_block"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _without_comments(text: str) -> str:
    """The text without HTML comments; one that fills its line leaves a blank line."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        alone = text[:start].endswith("\n") if start else True
        pieces += [text[at:start], "\n" if alone else ""]
        at = end + 3
    return "".join([*pieces, text[at:]])


class _Writer:
    """Takes the parser's tokens in order; `_BLOCKS` says what each kind does."""

    def __init__(self) -> None:
        self.scribe = Scribe()
        self.label = ""  # the number of the list item that waits for its first words
        self.heading = 0  # the level of the heading being read, or of the last one
        self.in_heading = False
        self.open: list[tuple[str, int]] = []  # HTML tags that matter, and where they began
        self.cells = 0
        self.bars = ""  # what parts the coming cell from those before it, if words come
        self.unseen = Unseen(self.scribe)

    def take(self, token: Token) -> None:
        action = _BLOCKS.get(token.type)
        if action:
            action(self, token)

    def heading_open(self, token: Token) -> None:
        self.scribe.line()
        self.heading, self.in_heading = int(token.tag[1]), True

    def heading_close(self, token: Token) -> None:
        self.scribe.line()
        self.in_heading = False

    def item_open(self, token: Token) -> None:
        self.scribe.line()
        self.label = f"{token.info}{token.markup} " if token.info else ""

    def row_open(self, token: Token) -> None:
        self.scribe.line()
        self.cells, self.bars = 0, ""

    def cell_open(self, token: Token) -> None:
        self.bars += " | " if self.cells else ""
        self.cells += 1

    def code(self, token: Token) -> None:
        self.scribe.line()
        self.scribe.write(token.content)
        self.scribe.line()

    def line(self, token: Token) -> None:
        self.scribe.line()

    def paragraph_close(self, token: Token) -> None:
        self.unseen.paragraph()
        self.scribe.line()

    def inline(self, token: Token) -> None:
        # The parser leaves empty texts beside bold markers.
        children = [part for part in token.children or [] if part.content or part.type != "text"]
        if not children:
            return
        # "1. (a) Purpose": the list's own number is the scraper's, the clause has its letter.
        if self.label and not (LABEL.match(token.content) or _DECIMAL.match(token.content)):
            self.scribe.write(self.label)
        self.scribe.write(self.bars)
        self.label = self.bars = ""
        start = self.scribe.here
        for at, child in enumerate(children):
            self.span(children, at, child)
        title = _is_all_bold(children) and len(token.content) < _TITLE
        if self.in_heading:
            self.scribe.mark(start, "heading", str(self.heading))
        elif title and not self.cells and token.content.rstrip("*_")[-1:] not in ".,;:":
            self.scribe.mark(start, "heading", str(min(self.heading + 1, 6)))

    def span(self, children: Sequence[Token], at: int, token: Token) -> None:
        if token.type in ("text", "code_inline", "text_special"):
            self.scribe.write(token.content)
        elif token.type == "softbreak":
            self.softbreak(children, at)
        elif token.type == "hardbreak":
            self.scribe.write(" " if self.in_heading else "\n")
        elif token.type == "image":
            self.image(token)
        elif token.type == "html_inline":
            self.tag(token.content)
        elif token.type == "strong_open" and _runs_into_link(children, at):
            self.scribe.write(" ")
        elif token.type == "s_open":
            self.open.append(("s", self.scribe.here))
        elif token.type == "s_close":
            self.close("s")

    def softbreak(self, children: Sequence[Token], at: int) -> None:
        start = _bold_line(children, at)
        if start is None or self.in_heading:
            self.scribe.write(WRAP)
            return
        words = "".join(token.content for token in children[start:at])
        self.scribe.mark(self.scribe.here - len(words), "heading", str(min(self.heading + 1, 6)))
        self.scribe.write("\n")

    def image(self, token: Token) -> None:
        source = str(token.attrGet("src") or "")
        if source.startswith("data:"):
            self.scribe.drop(source, "inline image")
        self.scribe.write(token.content)

    def tag(self, markup: str) -> None:
        found = _TAG.match(markup)
        if found is None:
            return
        closing, name = found[1], found[2].lower()
        if self.unseen.tag(markup, name, closing=bool(closing)):
            return
        if name == "img" and (source := _DATA_IMAGE.search(markup)):
            self.scribe.drop(source[1], "inline image")
        if name in _BREAKING_TAGS and not self.in_heading:
            self.scribe.write("\n")
        if name in ("td", "th") and closing:
            self.scribe.write(" | ")
        if name in _CHANGES or name == "figcaption":
            self.close(name) if closing else self.open.append((name, self.scribe.here))

    def close(self, name: str) -> None:
        if not self.open or self.open[-1][0] != name:
            return
        _, start = self.open.pop()
        if name == "figcaption":
            self.scribe.cut(start, "caption")
        else:
            self.scribe.mark(start, _CHANGES[name])


def _runs_into_link(children: Sequence[Token], at: int) -> bool:
    """Whether a converter lost the space between a link and the bold words behind it."""
    after = children[at + 1].content if at + 1 < len(children) else ""
    return at > 0 and children[at - 1].type == "link_close" and after[:1].isalnum()


def _is_all_bold(children: Sequence[Token]) -> bool:
    """Whether one pair of bold markers embraces all the words."""
    return (
        len(children) > 2
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
    )


def _bold_line(children: Sequence[Token], at: int) -> int | None:
    """Where the bold words begin that fill the line before this break, if they do."""
    if at < 2 or at + 1 == len(children) or children[at - 1].type != "strong_close":
        return None
    start = at - 1
    while start and children[start].type != "strong_open":
        start -= 1
        if children[start].type in ("softbreak", "link_open", "html_inline"):
            return None
    alone = start == 0 or children[start - 1].type in ("softbreak", "hardbreak")
    following = children[at + 1]
    new = following.type == "text" and _SENTENCE_START.match(following.content.strip())
    return start if alone and new else None


_BLOCKS: dict[str, Callable[[_Writer, Token], None]] = {
    "heading_open": _Writer.heading_open,
    "heading_close": _Writer.heading_close,
    "paragraph_open": _Writer.line,
    "paragraph_close": _Writer.paragraph_close,
    "list_item_open": _Writer.item_open,
    "tr_open": _Writer.row_open,
    "tr_close": _Writer.row_open,
    "th_open": _Writer.cell_open,
    "td_open": _Writer.cell_open,
    "fence": _Writer.code,
    "inline": _Writer.inline,
}
