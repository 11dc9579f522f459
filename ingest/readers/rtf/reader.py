"""RTF to a Reading. Underlined and bracketed words of amending acts keep their meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ingest.readers.amendments import drafting_facts, mark_amendments, split_run_in
from ingest.readers.draft import Draft
from ingest.readers.format import Format, Limits
from ingest.readers.rtf.runs import Look, Run, runs_of
from ingest.readers.scribe import Scribe
from pincite.errors import FileRefused
from pincite.types import Mark, Reading, Span

REVISION = 3
_LONGEST_HEADING = 150
_NAME = "rtf"
# Where a section of a code came from, and who refers to it: an editor's lines.
_EDITORS_LINE = re.compile(
    r"^[^\S\n]*(?:\d{4}(?: \w+)? Acts, ch |Referred to in §|C\d{2}, §|\[C\d{2}"
    r"|(?:History|Source): (?:Ord|Acts|L)\. )[^\n]*",
    re.MULTILINE,
)


def read_rtf(data: bytes, limits: Limits) -> Reading:
    """The reading of an RTF file."""
    if not data.strip():
        raise FileRefused("empty", "the file holds no bytes")
    draft, facts = rtf_draft(data.decode("latin-1"), limits)
    return draft.finish(_NAME, REVISION, facts)


def rtf_draft(source: str, limits: Limits) -> tuple[Draft, tuple[tuple[str, str], ...]]:
    """The draft of an RTF source (its characters stand for bytes), and what it says of itself."""
    runs = runs_of(source, limits.max_chars)
    scribe = Scribe()
    _write(scribe, runs.text)
    main_text = scribe.here
    for number, note in enumerate(runs.footnotes, start=1):
        scribe.line()
        start = scribe.here
        _write(scribe, note)
        scribe.mark(start, "footnote", str(number))
    draft = scribe.draft()
    if not draft.text.strip():
        raise FileRefused("no_text", "the RTF holds no visible text")
    draft = mark_amendments(draft, _spans(runs.text, lambda look: look.underlined))
    draft = draft.marked(
        [
            *(Mark(s, "deleted") for s in _spans(runs.text, lambda look: look.struck)),
            *(Mark(s, "inserted") for s in _spans(runs.text, lambda look: look.revised)),
            *_headings(runs.text),
            *_editors_lines(draft.text[:main_text]),
        ]
    )
    draft = split_run_in(draft)
    title = "".join(run.text for run in runs.title).strip()
    facts = (("title", title),) if title else ()
    return draft, (*facts, *drafting_facts(draft, underlining=True))


def _write(scribe: Scribe, runs: Iterable[Run]) -> None:
    for run in runs:
        scribe.write(run.text)


def _placed(runs: Sequence[Run]) -> Iterator[tuple[Span, Run]]:
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        yield Span(start, end), run


def _spans(runs: Sequence[Run], wanted: Callable[[Look], bool]) -> Iterator[Span]:
    """The unbroken stretches whose look is wanted."""
    for is_wanted, group in groupby(_placed(runs), key=lambda pair: wanted(pair[1].look)):
        if is_wanted:
            spans = [span for span, _ in group]
            yield Span(spans[0].start, spans[-1].end)


def _headings(runs: Sequence[Run]) -> Iterator[Mark]:
    """Paragraphs of an outline level, and short ones that are centred or bold throughout."""
    for _, group in groupby(_pieces(runs), key=lambda piece: piece[0]):
        pieces = [(span, run) for _, span, run in group if run.text.strip()]
        if not pieces:
            continue
        whole = Span(pieces[0][0].start, pieces[-1][0].end)
        level = _level([run.look for _, run in pieces])
        if level and whole.end - whole.start <= _LONGEST_HEADING:
            yield Mark(whole, "heading", str(level))


def _pieces(runs: Sequence[Run]) -> Iterator[tuple[int, Span, Run]]:
    """The runs cut at line ends: the line's number, the span, the piece."""
    line = 0
    for span, run in _placed(runs):
        start = span.start
        for piece in run.text.splitlines(keepends=True):
            yield line, Span(start, start + len(piece)), Run(piece, run.look)
            start += len(piece)
            line += piece.endswith("\n")


def _level(looks: Sequence[Look]) -> int | None:
    first = looks[0].level
    if first is not None:
        return min(first, 6)
    if all(look.centred for look in looks):
        return 1
    return 2 if all(look.bold for look in looks) else None


def _editors_lines(text: str) -> Iterator[Mark]:
    return (Mark(Span(*found.span()), "note") for found in _EDITORS_LINE.finditer(text))


RTF = Format(_NAME, REVISION, (".rtf",), read_rtf)
