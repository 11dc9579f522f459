"""Precision and recall of the citations found, against lines of real documents labelled by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pincite.citations.find import context_of
from pincite.citations.finding import mentions
from pincite.types import Entry

LABELS = Path(__file__).parents[1] / "tests" / "pincite" / "citations" / "labelled.toml"
Found = set[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many labelled citations were found, how many were not, and what else was."""

    found: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.found / max(self.found + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """The share of what is cited that was found."""
        return self.found / max(self.found + len(self.missed), 1)


def score(read: Callable[[str], tuple[Entry, str]], labels: Path = LABELS) -> Score:
    """The score over all labelled lines; `read` gives the entry and the text of a document.

    A citation is right when it starts where its label does and has its key.
    """
    found, missed, wrong = 0, [], []
    for line in tomllib.loads(labels.read_text(encoding="utf-8"))["line"]:
        entry, text = read(line["document"])
        start = text.index(line["begins"])
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        wanted = _placed(text, start, line["labels"])
        got = {
            (one.span.start, one.key)
            for one in mentions(text, context_of(entry))
            if start <= one.span.start < end
        }
        found += len(wanted & got)
        missed += _said(entry, text, wanted - got)
        wrong += _said(entry, text, got - wanted)
    return Score(found, tuple(missed), tuple(wrong))


def _placed(text: str, at: int, labels: Iterable[tuple[str, str]]) -> Found:
    """Where each label stands: they are listed in the order of the line."""
    placed = set()
    for written, key in labels:
        at = text.index(written, at)
        placed.add((at, key))
        at += 1
    return placed


def _said(entry: Entry, text: str, found: Found) -> list[str]:
    return [f"{entry.id}: {text[at : at + 30]!r} as {key!r}" for at, key in sorted(found)]
