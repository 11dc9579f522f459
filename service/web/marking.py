"""Text cut where its marks begin and end, so that a page can show deleted words as deleted.

Values only; the template escapes every word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pincite.types import Mark, Page, Span

_SHOWN = frozenset({"deleted", "inserted", "footnote", "note", "heading"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in a text: which of them it is, what it names, and where that is held, or ""."""

    span: Span
    n: int
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that carries the same marks throughout.

    `page` is the printed page that begins with it; `first` and `opens` tell the first piece of a
    quote and of a citation, which bear their ids.
    """

    text: str
    types: frozenset[str]
    quoted: bool = False
    first: bool = False
    deciding: bool = False
    page: str = ""
    cited: Cited | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a text, where it starts, and the publisher's number of the paragraph."""

    pieces: tuple[Piece, ...]
    start: int = 0
    paragraph: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the whole line is a heading."""
        return all("heading" in piece.types for piece in self.pieces)

    @property
    def is_note(self) -> bool:
        """Whether the whole line belongs to a footnote or a note."""
        return all(piece.types & {"footnote", "note"} for piece in self.pieces)

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Strokes:
    """What touches one line."""

    marks: list[Mark] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    pages: dict[int, str] = field(default_factory=dict)
    paragraph: str = ""


def lines(
    text: str,
    shown: Span,
    marks: Iterable[Mark],
    quote: Span | None = None,
    pages: Iterable[Page] = (),
    deciding: Sequence[Span] = (),
    cited: Iterable[Cited] = (),
) -> Iterator[Line]:
    """The lines of `shown`, each in pieces; those of `quote` are told apart, its first above all.

    So are the words of a quote that are `deciding`, the words that cite, and where pages begin.
    Spans count in `text`.
    """
    spans = list(_spans(text, shown))
    touched = _Touched(spans)
    for mark in marks:
        touched.mark(mark)
    for one in cited:
        for own in touched.by(one.span):
            own.cited.append(one)
    for page in pages:
        touched.page(page)
    for at, span in enumerate(spans):
        own = touched.strokes.get(at) or _Strokes()
        yield Line(tuple(_pieces(text, span, own, quote, deciding)), span.start, own.paragraph)


def _spans(text: str, shown: Span) -> Iterator[Span]:
    start = shown.start
    for line in shown.of(text).split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


class _Touched:
    """What touches each line, found by its place: a long text has thousands of both."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]
        self.strokes: dict[int, _Strokes] = {}

    def by(self, span: Span) -> Iterator[_Strokes]:
        """The lines that a stretch touches."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        while at < len(self._spans) and self._starts[at] < max(span.end, span.start + 1):
            if self._spans[at].meets(span):
                yield self._of(at)
            at += 1

    def mark(self, mark: Mark) -> None:
        """A mark on every line that it touches; a paragraph's number where it starts."""
        if mark.type in _SHOWN:
            for own in self.by(mark.span):
                own.marks.append(mark)
        elif mark.type == "paragraph" and (at := self._line(mark.span.start)) is not None:
            self._of(at).paragraph = mark.detail

    def page(self, page: Page) -> None:
        """The name of a page where it begins; at a line's end it begins with the next line."""
        name, at = page.label or str(page.number or ""), self._line(page.span.start)
        if not name or at is None:
            return
        if page.span.start == self._spans[at].end and at + 1 < len(self._spans):
            at += 1
        self._of(at).pages[max(page.span.start, self._starts[at])] = name

    def _line(self, start: int) -> int | None:
        inside = self._starts[0] <= start <= self._spans[-1].end
        return bisect_right(self._starts, start) - 1 if inside else None

    def _of(self, at: int) -> _Strokes:
        return self.strokes.setdefault(at, _Strokes())


def _pieces(
    text: str, line: Span, own: _Strokes, quote: Span | None, deciding: Sequence[Span]
) -> Iterator[Piece]:
    quote = quote if quote is not None and quote.meets(line) else None
    spans = [mark.span for mark in own.marks] + [one.span for one in own.cited]
    spans += ([quote] if quote else []) + list(deciding)
    ends = {edge for span in spans for edge in (span.start, span.end)} | own.pages.keys()
    inside = sorted(edge for edge in ends if line.start < edge < line.end)
    for start, end in pairwise([line.start, *inside, line.end]):
        span = Span(start, end)
        cited = next((one for one in own.cited if one.span.meets(span)), None)
        yield Piece(
            span.of(text),
            frozenset(str(mark.type) for mark in own.marks if mark.span.meets(span)),
            quoted=quote is not None and quote.meets(span) and start < end,
            first=quote is not None and start <= quote.start < end,
            deciding=start < end and any(one.holds(span) for one in deciding),
            page=own.pages.get(start, ""),
            cited=cited,
            opens=cited is not None and start <= cited.span.start,
        )
