"""Plain text to a Reading: hard wraps undone, pages kept, the header of a bill read as facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.readers.amendments import amends, drafting_facts, mark_amendments, split_run_in
from ingest.readers.clauses import starts_clause
from ingest.readers.decoding import decode
from ingest.readers.draft import Draft, Edit
from ingest.readers.format import Format, Limits
from ingest.readers.hyphens import join_hyphens, unwrap
from ingest.readers.section_signs import mend_section_signs
from ingest.readers.web_furniture import strip_web_furniture
from pincite.errors import FileRefused
from pincite.types import Mark, Page, Reading, Span

REVISION = 1
_NAME = "txt"
_NARROWEST_WRAP, _WIDEST_WRAP = 50, 120
_FEWEST_WRAPS = 4
_OTHER_FORMATS = {
    "{\\rtf": ".rtf",
    "%PDF-": ".pdf",
    "<!doctype html": ".html",
    "<html": ".html",
    "<?xml": ".xml",
    "PK\x03\x04": ".docx",
}
_FIELD = re.compile(r"(Status|Introduced|Enacted|Title|Date|Sponsors?|Citation|Type): +(\S[^\n]*)")
_PAGE_NUMBER = re.compile(r"\d{1,4}")
# A page that has lines like these is no news page, and "Comments" may be a heading of it.
_LEGAL_LINE = re.compile(r"^[^\S\n]*(?:§|Sec(?:tion|\.)\s\d|ARTICLE\b|WHEREAS\b|BE IT\b)", re.M)


def read_plain(data: bytes, limits: Limits) -> Reading:
    """The reading of a plain text file."""
    text = decode(data, limits).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_other_formats(text)
    draft = Draft.of(text).paged(_pages(text, limits))
    header = tuple(_header(text))
    draft = draft.marked([Mark(_first_paragraph(text), "note")] if header else [])
    draft = mend_section_signs(_drop_page_numbers(draft))
    if amends(draft.text):
        draft = split_run_in(mark_amendments(_unwrapped(draft)))
    else:
        draft = _unwrapped(draft.marked(_headings(draft.text)))
        if not _LEGAL_LINE.search(draft.text):
            draft = strip_web_furniture(draft)
    return draft.finish(_NAME, REVISION, (*header, *drafting_facts(draft, underlining=False)))


def _refuse_other_formats(text: str) -> None:
    head = text[:200].lstrip("\ufeff \t\n").lower()
    for opening, suffix in _OTHER_FORMATS.items():
        if head.startswith(opening.lower()):
            raise FileRefused("wrong_type", f"it begins as {suffix} does; name it {suffix}")


def _pages(text: str, limits: Limits) -> list[Page]:
    """The stretches between form feeds; none when there is no form feed."""
    if "\f" not in text.strip():
        return []
    cuts = [0, *(m.end() for m in re.finditer("\f", text)), len(text)]
    spans = [Span(start, end) for start, end in pairwise(cuts) if start < end]
    if len(spans) > limits.max_pages:
        raise FileRefused("too_many_pages", f"{len(spans)} pages, limit {limits.max_pages}")
    return [Page(span, number) for number, span in enumerate(spans, start=1)]


def _first_paragraph(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = re.compile(r"\n[^\S\n]*\n|\Z").search(text, start)
    return Span(start, end.start() if end else len(text))


def _header(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a bill's header: its number, then lines such as "Status: Committee"."""
    lines = _first_paragraph(text).of(text).splitlines()
    fields = [found for line in lines if (found := _FIELD.fullmatch(line.strip()))]
    if len(fields) < 2 or len(lines) - len(fields) > 1:
        return
    if not _FIELD.fullmatch(lines[0].strip()):
        yield "file", lines[0].strip()
    for found in fields:
        yield found[1].lower(), found[2].strip()


def _drop_page_numbers(draft: Draft) -> Draft:
    """The draft without bare numbers at the foot of its pages."""
    edits: list[Edit] = []
    end = 0
    for page in draft.text.split("\f"):
        end += len(page)
        at = end
        for line in reversed(page.split("\n")):
            start = at - len(line)
            if line.strip() and not _PAGE_NUMBER.fullmatch(line.strip()):
                break
            if line.strip() and start:
                number = line.strip()
                at_number = start + line.index(number)
                edits.append((at_number, at_number + len(number), ""))
            at = start - 1
        end += 1
    return draft.replace(edits, "page number")


def _headings(text: str) -> Iterator[Mark]:
    """Lines in capitals that stand alone between blank lines."""
    at = 0
    lines = ["", *text.split("\n"), ""]
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        words = line.strip()
        alone = not above.strip() and not below.strip()
        if alone and words.isupper() and 4 <= len(words) <= 100 and "." not in words[:-1]:
            yield Mark(Span(at, at + len(line)), "heading", "1")
        at += len(line) + 1


def _unwrapped(draft: Draft) -> Draft:
    """The draft with hard-wrapped lines made whole, where its lines are cut at one width."""
    width = _wrap_width(draft.text)
    if not width:
        return draft
    kept: list[Edit] = [(at, at + 1, "\n\n") for at in _block_ends(draft.text, width)]
    return unwrap(join_hyphens(draft.replace(kept, "space")))


def _wrap_width(text: str) -> int:
    """The width at which lines are cut, or 0 where a line is a block."""
    pairs = list(_line_pairs(text))
    lengths = sorted(len(above.rstrip()) for _, above, _ in pairs)
    if len(pairs) < _FEWEST_WRAPS:
        return 0
    width = lengths[-1 - len(lengths) // 50]  # a few lines may stick out
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    full = sum(_is_full(above, below, width) for _, above, below in pairs)
    return width if full >= 0.6 * len(pairs) else 0


def _block_ends(text: str, width: int) -> Iterable[int]:
    """The newlines that end a block: the next word had room, or opens a clause."""
    for at, above, below in _line_pairs(text):
        indented = _indent(below) > _indent(above)
        ends = indented or not _is_full(above, below, width)
        if ends or starts_clause(above.strip(), below.strip()):
            yield at


def _line_pairs(text: str) -> Iterator[tuple[int, str, str]]:
    """Every two lines with words that follow each other: where the first ends, and both."""
    at = 0
    for above, below in pairwise(text.split("\n")):
        at += len(above)
        if above.strip() and below.strip() and "\f" not in below:
            yield at, above, below
        at += 1


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word below had no room above; some wrap a few characters early."""
    return len(above.rstrip()) + 1 + len(below.split()[0]) > width - 4


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


TXT = Format(_NAME, REVISION, (".txt",), read_plain)
