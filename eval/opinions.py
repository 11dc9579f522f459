"""Whose words are these? The program's answer for stretches of rulings that were labelled by hand.

    python -m eval.opinions [FOLDER]     # of the real corpus; prints every miss and the accuracy

A label names the part of the ruling that holds a quote, and the surname of its author: None for
a syllabus, a per curiam, an appendix. A Part of the lead opinion that no other justice joined is
labelled "in_part": it speaks for its author alone.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from eval.corpus import CATALOGUE, ROOT
from eval.errors import BenchmarkAbsent, EvaluationError
from eval.formats.rows import Row, json_lines
from ingest.catalogue import load_catalogue
from ingest.outlines.table import outline
from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.citing.pinpoints import locator
from pincite.errors import FileRefused
from pincite.library import version_of
from pincite.types import Document, Entry, Part, Span

LABELS = Path(__file__).parent / "benchmarks" / "opinions" / "labels.jsonl"
SAMPLE = ROOT / "corpora" / "sample"
_FIELDS = ("id", "document", "quote", "part", "author")
_PARTS: tuple[Part, ...] = get_args(Part)
_RANK = re.compile(r", (?:C\. )?JJ?\.$")


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of a ruling, by its words, with the part it stands in and who wrote it."""

    id: str
    document_id: str
    quote: str
    part: Part
    author: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A label, and what the program says of the same stretch."""

    label: Label
    part: Part | None
    author: str | None

    @property
    def is_right(self) -> bool:
        """Whether both the part and the author are those of the label."""
        return (self.part, self.author) == (self.label.part, self.label.author)

    def __str__(self) -> str:
        said = f"{self.part} by {self.author}"
        wanted = f"{self.label.part} by {self.label.author}"
        return f"{self.label.id}: {said}, should be {wanted}: {self.label.quote[:60]!r}"


def load_labels(file: Path = LABELS) -> tuple[Label, ...]:
    """The labels of a file, in its order; raises BenchmarkError."""
    return tuple(_label(row) for row in json_lines(file))


def _label(row: Row) -> Label:
    row.only(_FIELDS)
    return Label(
        id=row.text("id"),
        document_id=row.text("document"),
        quote=row.text("quote"),
        part=row.choice("part", _PARTS),
        author=row.optional("author"),
    )


def rulings(data: Path, wanted: Sequence[str]) -> Iterator[Document]:
    """The documents of those ids, from the real corpus below `data` and from the sample."""
    catalogues = ((CATALOGUE, data / "corpus"), (SAMPLE / "catalogue.toml", SAMPLE))
    with Sandbox(Limits()) as sandbox:
        for catalogue, root in catalogues:
            for entry in load_catalogue(catalogue):
                if entry.id in wanted:
                    yield _document(entry, root / entry.source, sandbox)


def _document(entry: Entry, path: Path, sandbox: Sandbox) -> Document:
    try:
        reading = sandbox.read(path.read_bytes(), path.suffix)
    except (OSError, FileRefused) as error:
        raise BenchmarkAbsent("opinions", f"{path}: {error}") from None
    sections = outline(entry.kind, reading)
    version = version_of(reading)
    return Document(entry, reading.text, version, reading.pages, sections, reading.marks)


def check(label: Label, document: Document) -> Checked:
    """What the program says of the labelled stretch, as it says it of a passage."""
    if document.text.count(label.quote) != 1:
        raise EvaluationError(f"{label.id}: its quote must occur once in {document.entry.id}")
    start = document.text.index(label.quote)
    where = locator(document, Span(start, start + len(label.quote)))
    return Checked(label, where.part, _surname(where.author))


def _surname(author: str | None) -> str | None:
    """ "Stevens" of "Stevens, J."; several names stay together."""
    return _RANK.sub("", author) if author else None


def check_all(labels: Sequence[Label], data: Path) -> tuple[Checked, ...]:
    """Every label, checked against the file that it quotes."""
    wanted = list(dict.fromkeys(label.document_id for label in labels))
    held = {document.entry.id: document for document in rulings(data, wanted)}
    return tuple(check(label, _held(held, label)) for label in labels)


def _held(held: Mapping[str, Document], label: Label) -> Document:
    if label.document_id not in held:
        raise EvaluationError(f"{label.id}: no catalogue has {label.document_id!r}")
    return held[label.document_id]


def accuracy(checked: Sequence[Checked]) -> float:
    """The share of labels whose part and author the program has."""
    return sum(one.is_right for one in checked) / len(checked)


def main(arguments: Sequence[str]) -> int:
    """Print the misses and the accuracy; 2 when the corpus or a label cannot be used."""
    place = os.environ.get("PINCITE_TEST_CORPUS") or ROOT.parent / "shared" / "data"
    try:
        checked = check_all(load_labels(), Path(arguments[0] if arguments else place))
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 2
    for one in checked:
        if not one.is_right:
            print(one)
    print(f"{sum(one.is_right for one in checked)} of {len(checked)}: {accuracy(checked):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
