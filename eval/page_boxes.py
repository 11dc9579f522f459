"""How surely the words of a quote are boxed on the pages of PDFs, and what a page costs.

    python -m eval.page_boxes DATA_DIR ... [--draw 200] [--seed 7] [--misses]

Stretches of 20 to 120 words are drawn from the PDFs of indexes. What stands under the boxes is
read off the page by place alone, and held against the words of the quote: `right` is the share of
words under boxes that the quote has, as often as it has them. Pages are drawn in the service's
own confined child.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from pincite.errors import PinciteError
from pincite.settings import Settings
from pincite.shelf import library_of, published_manifest
from pincite.types import Document, Page, Span
from service.page_images.aligning import Letters
from service.page_images.boxing import Boxed, boxed
from service.page_images.renderer import Renderer
from service.page_images.sheets import Sheet

_FEWEST, _MOST = 20, 120
# Of a quote's letters, as many found count as all: the last letter of a word may be a note's sign.
_FULL = 0.995
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Case:
    """A drawn stretch on one page: what came of it, and the words under its boxes."""

    document: str
    page: int
    quote: str
    boxed: Boxed
    under: int
    right: int
    scanned: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares over drawn stretches: boxed at all and in full, words under boxes that are right."""

    cases: int
    boxed: float
    full: float
    right: float
    worst: float
    scans: int

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Summary:
        """Of at least one case. Where words cannot be pointed out on a scan, none counts."""
        shown = [case for case in cases if case.boxed.outcome == "boxed"]
        scans = sum(case.boxed.outcome == "scan" for case in cases)
        drawn = max(1, len(cases) - scans)
        under = max(1, sum(case.under for case in shown))
        return cls(
            len(cases),
            len(shown) / drawn,
            sum(case.boxed.covered >= _FULL for case in shown) / drawn,
            sum(case.right for case in shown) / under,
            min((case.right / max(1, case.under) for case in shown), default=1.0),
            scans,
        )


def drawn(document: Document, rng: random.Random) -> Span:
    """A stretch of whole words of a text, of a length that quotes have."""
    words = list(_WORD.finditer(document.text))
    count = min(rng.randint(_FEWEST, _MOST), len(words))
    first = rng.randrange(len(words) - count + 1)
    return Span(words[first].start(), words[first + count - 1].end())


def on_pages(document: Document, quote: Span) -> Iterator[tuple[Page, Span]]:
    """The pages of a file that a quote stands on, and the part of it there, counted in the page."""
    for page in document.pages:
        start, end = max(quote.start, page.span.start), min(quote.end, page.span.end)
        if page.number and start < end and document.text[start:end].strip():
            yield page, Span(start - page.span.start, end - page.span.start)


def case_of(document: Document, page: Page, part: Span, sheet: Sheet) -> Case:
    """What comes of the part of a quote that stands on a page."""
    text = page.span.of(document.text)
    found = boxed(sheet, text, part)
    under, said = _under(sheet, found), Counter(_words(part.of(text)))
    joined = Letters.of(part.of(text)).folded
    # A word that the page parts otherwise than the text is right too where the quote has it whole.
    right = sum(min(count, max(said[word], joined.count(word))) for word, count in under.items())
    scanned = any(mark.type == "ocr" and mark.span.meets(page.span) for mark in document.marks)
    name, number = document.entry.id, page.number or 0
    return Case(name, number, part.of(text), found, under.total(), right, scanned)


def _under(sheet: Sheet, found: Boxed) -> Counter[str]:
    """The words whose middle lies under a box, whatever was matched."""
    words: dict[int, str] = {}
    for character, word, (left, top, right, bottom) in zip(
        sheet.text, sheet.words, sheet.boxes, strict=True
    ):
        x, y = (left + right) / 2, (top + bottom) / 2
        if any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in found.boxes):
            words[word] = words.get(word, "") + character
    return Counter(folded for word in words.values() if (folded := Letters.of(word).folded))


def _words(text: str) -> list[str]:
    return [folded for word in text.split() if (folded := Letters.of(word).folded)]


def measured(folders: Sequence[Path], count: int, seed: int) -> tuple[list[Case], dict[str, float]]:
    """Cases drawn from the PDFs of indexes, and what pages cost. Raises PinciteError."""
    rng = random.Random(seed)  # noqa: S311 - a draw, no secret
    renderer = Renderer()
    costs: dict[str, list[float]] = {"sheet ms": [], "picture ms": [], "picture kB": []}
    held = list(_pdfs(folders))

    @cache
    def sheet_of(sha256: str, number: int, data: bytes) -> Sheet:
        start = time.perf_counter()
        sheet = renderer.sheet(data, number)
        costs["sheet ms"].append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        picture = renderer.picture(data, number, "page")
        costs["picture ms"].append((time.perf_counter() - start) * 1000)
        costs["picture kB"].append(len(picture) / 1000)
        return sheet

    cases: list[Case] = []
    try:
        for _ in range(count if held else 0):
            document, sha256, data = rng.choice(held)
            for page, part in on_pages(document, drawn(document, rng)):
                sheet = sheet_of(sha256, page.number or 0, data)
                cases.append(case_of(document, page, part, sheet))
    finally:
        renderer.close()
    return cases, {name: median(values or [0.0]) for name, values in costs.items()}


def _pdfs(folders: Sequence[Path]) -> Iterator[tuple[Document, str, bytes]]:
    for folder in folders:
        settings = Settings(data_dir=folder)
        library = library_of(settings)
        for record in published_manifest(settings, library).records:
            if record.reader.startswith("pdf@"):
                document = library.document(record.entry, record.version, record.outline)
                yield document, record.source_sha256, library.original(record.source_sha256)


def main(words: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.page_boxes", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DATA_DIR")
    parser.add_argument("--draw", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true", help="print what was not boxed")
    said = parser.parse_args(words)
    try:
        cases, costs = measured(said.folders, said.draw, said.seed)
    except PinciteError as error:
        print(error, file=sys.stderr)
        return 2
    if not cases:
        print("these indexes hold no PDF", file=sys.stderr)
        return 2
    told = Summary.of(cases)
    print(
        f"{told.cases} parts of {said.draw} stretches, {told.scans} on scans without a text layer"
    )
    print(f"boxed {told.boxed:.1%}, in full {told.full:.1%}")
    print(f"words under boxes that are right {told.right:.2%}, in the worst case {told.worst:.1%}")
    print(", ".join(f"median {name} {value:.0f}" for name, value in costs.items()))
    if said.misses:
        for case in cases:
            if case.boxed.outcome != "boxed" or case.right < case.under:
                where = f"{case.document} p. {case.page}"
                print(
                    f"{case.boxed.outcome} {case.boxed.covered:.2f}"
                    f" {case.right}/{case.under} {where}: {case.quote[:100]!r}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
