"""RTF source to runs: stretches of visible text, each with its look.

Reads what bears on the words: groups, destinations, code pages, Unicode escapes, and the looks
that legislative drafting uses (underlined, struck, hidden). Pictures, objects, style sheets,
running heads and feet are passed over.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.rtf.colours import unseen_colours
from pincite.errors import FileRefused

MAX_DEPTH = 256
_UNREADABLE = 4  # half points


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?"
    r"|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z]))"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|(?P<nothing>[\r\n]+|\\)"
)
_TEXT = {
    **dict.fromkeys(("par", "line", "sect", "page", "column", "row", "nestrow"), "\n"),
    **dict.fromkeys(("tab", "cell", "nestcell", "emspace", "enspace", "qmspace"), "\t"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SYMBOLS = {"~": "\u00a0", "_": "-", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"}
# `\ulc` is the colour of the line, and says nothing about there being one.
_UNDERLINES = _names(
    "ul uld uldash uldashd uldashdd uldb ulhwave ulldash ulth ulthd ulthdash ulthdashd "
    "ulthdashdd ulthldash ululdbwave ulw ulwave"
)
_LOOKS = {
    **dict.fromkeys(_UNDERLINES, "underlined"),
    **dict.fromkeys(("strike", "striked", "deleted"), "struck"),
    "revised": "revised",
    "v": "hidden",
    "b": "bold",
}
_PASSED_OVER = _names(
    "colortbl stylesheet listtable listoverridetable revtbl rsidtbl filetbl pict object nonshppict "
    "header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep "
    "aftnsepc aftncn annotation atnid atnauthor atndate xe tc tcn rxe txe bkmkstart bkmkend "
    "fldinst template themedata datastore latentstyles generator private1"
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_PAGE_NAMES = {65001: "utf-8", 10000: "mac_roman"}
_PICTURE_FONT = 2  # letters of Symbol and Wingdings are pictures: there, 0xA7 is a bullet


class Look(NamedTuple):
    """How a stretch of text looks; the last two belong to its paragraph."""

    underlined: bool = False
    struck: bool = False
    revised: bool = False
    hidden: bool = False
    bold: bool = False
    centred: bool = False
    level: int | None = None


class Run(NamedTuple):
    """A stretch of visible text and its look."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Runs:
    """The text of an RTF file, the footnotes apart, and the title that it gives itself."""

    text: list[Run] = field(default_factory=list)
    footnotes: list[list[Run]] = field(default_factory=list)
    title: list[Run] = field(default_factory=list)


class _State(NamedTuple):
    """What a group inherits and its end restores."""

    into: str = "text"
    look: Look = Look()
    code_page: str = "cp1252"
    unicode_skip: int = 1
    unseen: tuple[bool, bool] = (False, False)  # by colour, by size


def runs_of(source: str, max_chars: int) -> Runs:
    """The runs of an RTF source whose characters stand for bytes (Latin-1).

    Raises FileRefused: "wrong_type", "truncated", "malformed", "expands_too_much".
    """
    if not source.lstrip().startswith("{\\rtf"):
        raise FileRefused("wrong_type", "it does not begin as RTF does; check its ending")
    parser = _Parser(source, max_chars)
    parser.parse()
    return parser.runs


class _Parser:
    def __init__(self, source: str, max_chars: int) -> None:
        self.source, self.room = source, max_chars
        self.runs = Runs()
        self.state, self.stack = _State(), list[_State]()
        self.fonts: dict[int, str] = {}
        self.pale = unseen_colours(source)
        self.font, self.default_page = 0, "cp1252"
        self.starred = False
        self.to_skip = 0  # fallback characters still to come after \u
        self.bytes = bytearray()
        self.high_surrogate = ""

    def parse(self) -> None:
        """Read until the outermost group closes."""
        position = self.source.index("{")
        while found := _TOKEN.match(self.source, position):
            position = found.end()
            if found.lastgroup == "brace":
                self._brace(found[0])
                if not self.stack:
                    return
            elif found["word"] is not None:
                number = None if found["number"] is None else int(found["number"])
                if found["word"] == "bin":
                    position = self._past_binary(position, number or 0)
                else:
                    self._word(found["word"], number)
            elif found["hex"] is not None:
                self._bytes(bytes.fromhex(found["hex"]))
            elif found["symbol"] is not None:
                self._symbol(found["symbol"])
            elif found["text"] is not None:
                self._text(found["text"])
        raise FileRefused("truncated", "the RTF ends inside a group; get the whole file")

    def _brace(self, brace: str) -> None:
        self._flush()
        self.to_skip, self.starred = 0, False
        if brace == "{":
            self.stack.append(self.state)
            if len(self.stack) > MAX_DEPTH:
                raise FileRefused("malformed", f"RTF groups nest deeper than {MAX_DEPTH}")
        else:
            self.state = self.stack.pop()

    def _past_binary(self, position: int, length: int) -> int:
        self._flush()
        if length < 0 or position + length > len(self.source):
            raise FileRefused("truncated", "RTF binary data runs past the end of the file")
        return position + length

    def _word(self, word: str, number: int | None) -> None:
        if self._skips_one():
            return
        self._flush()
        starred, self.starred = self.starred, False
        state = self.state
        if starred or word in _PASSED_OVER:
            self.state = state._replace(into="nowhere")
        elif word in _LOOKS:
            self.state = state._replace(look=state.look._replace(**{_LOOKS[word]: number != 0}))
        elif word in _TEXT:
            self._emit(_TEXT[word])
        elif word in _CODE_PAGES:
            self._use(_CODE_PAGES[word])
        elif word in _ACTIONS:
            _ACTIONS[word](self, number)

    def _symbol(self, symbol: str) -> None:
        if self._skips_one():
            return
        self._flush()
        if symbol == "*":
            self.starred = True
        else:
            self._emit(_SYMBOLS.get(symbol, ""))

    def _bytes(self, some: bytes) -> None:
        if not self._skips_one():
            self.bytes += some

    def _text(self, text: str) -> None:
        text, self.to_skip = text[self.to_skip :], max(0, self.to_skip - len(text))
        if self.bytes or not text.isascii() or self.state.code_page == "picture":
            self.bytes += text.encode("latin-1", "replace")
        else:
            self._emit(text)

    def _skips_one(self) -> bool:
        """Whether this token is (one character of) the fallback for a Unicode escape."""
        if self.to_skip:
            self.to_skip -= 1
            return True
        return False

    def _flush(self) -> None:
        if self.bytes:
            some = bytes(self.bytes)
            self.bytes.clear()
            if self.state.code_page == "picture":
                self._emit("•" if some.strip() else some.decode("ascii"))
            else:
                self._emit(some.decode(self.state.code_page, "replace"))

    def _emit(self, text: str) -> None:
        into, look = self.state.into, self.state.look
        if not text or look.hidden or into not in ("text", "footnote", "title"):
            return
        if any(self.state.unseen) and text.strip():  # an unseen end of a paragraph still ends it
            return
        self.room -= len(text)
        if self.room < 0:
            raise FileRefused("expands_too_much", "the text is over the limit; split the file")
        kept = {"text": self.runs.text, "title": self.runs.title}
        (kept[into] if into in kept else self.runs.footnotes[-1]).append(Run(text, look))

    # What single control words do. Each takes the parser and the word's number.

    def _unicode(self, number: int | None) -> None:
        self.to_skip = self.state.unicode_skip
        code = (number or 0) % 0x10000
        if 0xD800 <= code < 0xDC00:
            self.high_surrogate = chr(code)
            return
        units, self.high_surrogate = self.high_surrogate + chr(code), ""
        self._emit(units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def _unicode_skip(self, number: int | None) -> None:
        self.state = self.state._replace(unicode_skip=min(max(number or 0, 0), 16))

    def _plain(self, _: int | None) -> None:
        look = Look(centred=self.state.look.centred, level=self.state.look.level)
        self.state = self.state._replace(look=look, unseen=(False, False))

    def _colour(self, number: int | None) -> None:
        self.state = self.state._replace(unseen=((number or 0) in self.pale, self.state.unseen[1]))

    def _size(self, number: int | None) -> None:
        small = number is not None and number < _UNREADABLE
        self.state = self.state._replace(unseen=(self.state.unseen[0], small))

    def _new_paragraph_format(self, _: int | None) -> None:
        look = self.state.look._replace(centred=False, level=None)
        self.state = self.state._replace(look=look)

    def _centred(self, _: int | None) -> None:
        self.state = self.state._replace(look=self.state.look._replace(centred=True))

    def _not_centred(self, _: int | None) -> None:
        self.state = self.state._replace(look=self.state.look._replace(centred=False))

    def _outline_level(self, number: int | None) -> None:
        level = None if number is None or number > 8 else number + 1
        self.state = self.state._replace(look=self.state.look._replace(level=level))

    def _no_underline(self, _: int | None) -> None:
        self.state = self.state._replace(look=self.state.look._replace(underlined=False))

    def _font_table(self, _: int | None) -> None:
        self.state = self.state._replace(into="fonts")

    def _font(self, number: int | None) -> None:
        self.font = number or 0
        if self.state.into != "fonts":
            page = self.fonts.get(self.font, self.default_page)
            self.state = self.state._replace(code_page=page)

    def _charset(self, number: int | None) -> None:
        if self.state.into == "fonts" and number is not None:
            page = "picture" if number == _PICTURE_FONT else _CHARSETS.get(number)
            self.fonts[self.font] = page or self.default_page

    def _code_page(self, number: int | None) -> None:
        if not number:
            return
        name = _PAGE_NAMES.get(number, f"cp{number}")
        try:
            self._use(codecs.lookup(name).name)
        except LookupError:
            raise FileRefused(
                "unknown_encoding", f"RTF code page {number} is not known; save it as UTF-8"
            ) from None

    def _use(self, page: str) -> None:
        self.default_page = page
        self.state = self.state._replace(code_page=page)

    def _info(self, _: int | None) -> None:
        self.state = self.state._replace(into="info")

    def _title(self, _: int | None) -> None:
        if self.state.into == "info":
            self.state = self.state._replace(into="title")

    def _footnote(self, _: int | None) -> None:
        if self.state.into == "text":
            self.runs.footnotes.append([])
            self.state = self.state._replace(into="footnote", look=Look())


_ACTIONS = {
    "u": _Parser._unicode,
    "uc": _Parser._unicode_skip,
    "ulnone": _Parser._no_underline,
    "plain": _Parser._plain,
    "cf": _Parser._colour,
    "fs": _Parser._size,
    "pard": _Parser._new_paragraph_format,
    "qc": _Parser._centred,
    **dict.fromkeys(("ql", "qr", "qj", "qd"), _Parser._not_centred),
    "outlinelevel": _Parser._outline_level,
    "fonttbl": _Parser._font_table,
    "f": _Parser._font,
    "fcharset": _Parser._charset,
    "ansicpg": _Parser._code_page,
    "info": _Parser._info,
    "title": _Parser._title,
    "footnote": _Parser._footnote,
}
