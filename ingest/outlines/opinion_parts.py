"""The Parts of one opinion: I, A, 1, a, nested, labelled "III.A.1", with their titles.

A lone star is a first Part whose number the publisher lost; the next number tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pincite.types import Span

STAR: Final = "*"
UNTITLED: Final = -1
# The forms a Part's number takes, outermost first, and the first number of each.
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[IVX]+"), "I"),
    (re.compile(r"[A-Z]"), "A"),
    (re.compile(r"\d{1,2}"), "1"),
    (re.compile(r"[a-z]"), "a"),
)
_NUMBERED = re.compile(r"(?P<number>[IVX]+|[A-Z]|\d{1,2}|[a-z])(?:\.\s*(?P<title>.*)|)", re.DOTALL)
_REST = re.compile(r"(?m)^\*(?: ?\*){2}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading line: its number and title, either of which may be empty."""

    span: Span
    number: str
    title: str
    form: int  # which of `_FORMS`, or UNTITLED where it has no number


@dataclass(frozen=True, slots=True)
class OpinionPart:
    """A Part with the numbers of the Parts around it."""

    path: tuple[str, ...]
    title: str
    span: Span

    @property
    def label(self) -> str:
        """ "III.A.1", or the title where the Part has no number."""
        return ".".join(self.path)


def parts_of(
    text: str, headings: Sequence[Span], span: Span, stops: Sequence[int] = ()
) -> Iterator[OpinionPart]:
    """The Parts of the opinion at `span`, in reading order; at a stop, every Part ends.

    A row of stars is such a stop: what follows it speaks for the whole opinion.
    """
    found = _numbers(list(_titled(text, [_heading(text, heading) for heading in headings])))
    ranks = _ranks(found)
    rests = (m.start() + span.start for m in _REST.finditer(span.of(text)))
    stops = sorted([*rests, *(stop for stop in stops if span.start < stop), span.end])
    open_: list[tuple[float, int, str]] = []
    for n, (heading, rank) in enumerate(zip(found, ranks, strict=True)):
        start = heading.span.start
        open_ = [(r, end, name) for r, end, name in open_ if r < rank and start < end]
        higher = (
            f.span.start for f, r in zip(found[n + 1 :], ranks[n + 1 :], strict=True) if r <= rank
        )
        end = min(next(higher, span.end), next(stop for stop in stops if stop > start))
        open_.append((rank, end, heading.number or heading.title))
        trimmed = start + len(text[start:end].rstrip())
        yield OpinionPart(tuple(name for _, _, name in open_), heading.title, Span(start, trimmed))


def _ranks(headings: Sequence[Heading]) -> list[float]:
    """How far out each heading is; one without a number stands between I and A, or above A."""
    untitled = 0.5 if any(heading.form == 0 for heading in headings) else -0.5
    return [untitled if heading.form == UNTITLED else heading.form for heading in headings]


def _heading(text: str, span: Span) -> Heading:
    words = span.of(text).strip()
    if words == STAR:
        return Heading(span, STAR, "", UNTITLED)
    found = _NUMBERED.fullmatch(words)
    if found is None:
        return Heading(span, "", words, UNTITLED)
    form = next(n for n, (form, _) in enumerate(_FORMS) if form.fullmatch(found["number"]))
    return Heading(span, found["number"], found["title"] or "", form)


def _titled(text: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Titles that stand on lines of their own below a number, put with the number."""
    last: Heading | None = None
    for heading in headings:
        if last is not None and _is_title_of(text, heading, last):
            title = f"{last.title} {heading.title}".strip()
            last = replace(last, span=Span(last.span.start, heading.span.end), title=title)
            continue
        if last is not None:
            yield last
        last = heading
    if last is not None:
        yield last


def _is_title_of(text: str, heading: Heading, last: Heading) -> bool:
    is_next = not text[last.span.end : heading.span.start].strip()
    return is_next and bool(last.number) and not heading.number


def _numbers(headings: Sequence[Heading]) -> list[Heading]:
    """Stars with the number they stand for: the first of the form that comes next."""
    numbers: list[Heading] = []
    form = UNTITLED
    for heading in reversed(headings):
        if heading.number == STAR and form != UNTITLED:
            heading = replace(heading, number=_FORMS[form][1], form=form)
        form = heading.form if heading.form != UNTITLED else form
        numbers.append(heading)
    return numbers[::-1]
