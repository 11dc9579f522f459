"""Freezing: every gold quote gets the text version and the span in which it stands.

`python -m eval.freezing NAME [FOLDER]` reads the files that a benchmark's questions quote, as an
ingest would, and freezes the questions on what was read. A quote is looked for to the letter, then
with any white space between its words and any shape of quotation mark and dash; it is then written
as the text has it.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from eval.benchmark import source_of
from eval.collection import Catalogued
from eval.errors import BenchmarkError
from eval.formats.rows import Row, json_lines
from eval.formats.spans import collection_of, question_files
from eval.words import Support
from ingest.catalogue import load_catalogue
from ingest.readers.sandboxing.sandbox import Sandbox
from ingest.reading import limits_of
from pincite.errors import FileRefused, NotFound, PinciteError
from pincite.library import version_of
from pincite.settings import Settings
from pincite.types import Span

Held = Callable[[str], tuple[str, str]]
"""The text version and the text of a document by its id. Raises NotFound."""

_ALIKE = ("'‘’‛′`", '"“”„‟″', "-‐‑‒–—―−")
_SHAPES = {sign: f"[{re.escape(signs)}]" for signs in _ALIKE for sign in signs}


@dataclass(frozen=True, slots=True)
class Frozen:
    """What freezing came to: supports seen, those that it changed, and what stands nowhere."""

    supports: int
    changed: int
    problems: tuple[BenchmarkError, ...]


def freeze(folder: Path, held: Held) -> Frozen:
    """Look every quote of the folder's questions up, and write what changed.

    A quote that stands nowhere, or more than once, is a problem and is left as it was.
    """
    supports, changed, problems = 0, 0, list[BenchmarkError]()
    for file in question_files(folder):
        rows = list(json_lines(file))
        lines = [_settled(row, held, problems) for row in rows]
        pairs = [pair for row, line in zip(rows, lines, strict=True) for pair in _pairs(row, line)]
        supports += len(pairs)
        changed += sum(before != after for before, after in pairs)
        if any(before != after for before, after in pairs):
            _write(file, lines)
    return Frozen(supports, changed, tuple(problems))


def relocated(support: Support, version: str, text: str) -> Support | None:
    """The support in another version of its document, or None when its words are gone.

    Where the words now stand more than once, the place nearest to the old one is meant.
    """
    if support.version == version:
        return support
    found = places(support.quote, text)
    if not found:
        return None
    span = min(found, key=lambda span: abs(span.start - support.span.start))
    return replace(support, version=version, span=span, quote=span.of(text))


def places(quote: str, text: str) -> tuple[Span, ...]:
    """Where a quote stands: to the letter, else whatever its white space, quotes and dashes."""
    quote = unicodedata.normalize("NFC", quote).strip()
    if not quote:
        return ()
    exact = tuple(Span(at, at + len(quote)) for at in _starts(quote, text))
    return exact or tuple(Span(*match.span()) for match in _pattern(quote).finditer(text))


@contextmanager
def texts_of(collection: Catalogued) -> Iterator[Held]:
    """What the collection's files are read to, each when it is first asked for."""
    entries = {entry.id: entry for entry in load_catalogue(collection.catalogue)}
    with Sandbox(limits_of(collection.settings(Settings()))) as sandbox:

        @cache
        def held(document_id: str) -> tuple[str, str]:
            if document_id not in entries:
                raise NotFound(f"{document_id} is not in {collection.catalogue}")
            path = collection.root / entries[document_id].source
            try:
                reading = sandbox.read(path.read_bytes(), path.suffix)
            except OSError as error:
                raise NotFound(f"{document_id}: {path}: {error.strerror}") from None
            except FileRefused as refused:
                raise NotFound(f"{document_id} is not indexed: {refused}") from None
            return version_of(reading), reading.text

        yield held


def _settled(row: Row, held: Held, problems: list[BenchmarkError]) -> dict[str, Any]:
    """A question's line with every quote in its place; what has none goes to `problems`."""
    groups = row.grouped("groups")
    return {
        **row.values,
        "groups": [[_support(one, held, problems) for one in group] for group in groups],
    }


def _support(row: Row, held: Held, problems: list[BenchmarkError]) -> dict[str, Any]:
    try:
        version, text = held(row.text("document"))
        span = _only(row, places(row.text("quote"), text))
    except NotFound as error:
        problems.append(row.error("document", str(error)))
        return dict(row.values)
    except BenchmarkError as problem:
        problems.append(problem)
        return dict(row.values)
    place = {"version": version, "start": span.start, "end": span.end}
    return {**row.values, "quote": span.of(text), **place}


def _pairs(row: Row, line: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Every support of a question before and after."""
    for before, after in zip(row.values["groups"], line["groups"], strict=True):
        yield from zip(before, after, strict=True)


def _only(row: Row, found: tuple[Span, ...]) -> Span:
    document = row.values["document"]
    if not found:
        raise row.error("quote", f"does not stand in {document}: {row.text('quote')!r}")
    if len(found) > 1:
        where = ", ".join(str(span.start) for span in found[:4])
        raise row.error("quote", f"stands {len(found)} times in {document} (at {where}); lengthen")
    return found[0]


def _starts(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _pattern(quote: str) -> re.Pattern[str]:
    words = ("".join(_SHAPES.get(sign, re.escape(sign)) for sign in word) for word in quote.split())
    return re.compile(r"\s+".join(words))


def _write(file: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Replace the file as a whole, or not at all."""
    part = file.with_suffix(".part")
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def main(arguments: list[str]) -> int:
    """Freeze the named benchmark; 1 when a quote has no place, 2 when it cannot be tried."""
    if not arguments:
        print("usage: python -m eval.freezing NAME [FOLDER]...", file=sys.stderr)
        return 2
    name, *folders = arguments
    try:
        source = source_of(name, [Path(one) for one in folders])
        with texts_of(collection_of(source)) as held:
            done = freeze(source.folder, held)
    except PinciteError as error:
        print(error, file=sys.stderr)
        return 2
    for problem in done.problems:
        print(problem, file=sys.stderr)
    print(f"{done.supports} quotes, {done.changed} written, {len(done.problems)} without a place")
    return 1 if done.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
