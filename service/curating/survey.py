"""All texts of a generation read through once, in the background: what was repaired, what is alike.

A large corpus takes a minute, so nobody waits for it: who asks is told how far it is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread

import numpy as np

from pincite.errors import NotFound, StorageError
from pincite.generations import Record
from pincite.library import Library
from pincite.nearness import Nearness, Runs, near_pairs, runs_of
from service.sharing.duplicates import CONTAINMENT, Declared, declared

# Characters whose runs of words are all kept; of more text, every second run, every third …
# (Broder's modulus sketch): enough to tell which texts nearly agree, in bounded memory.
_COUNTED = 20_000_000
_ORDER: tuple[Declared, ...] = ("undeclared", "excerpt", "same_text", "edition", "template")


@dataclass(frozen=True, slots=True)
class Alike:
    """Documents that nearly agree with one another: what the catalogue says of it, and each pair.

    `names` are ids, `pairs` nearest first.
    """

    declared: Declared
    names: tuple[str, ...]
    pairs: tuple[Nearness, ...]


class Survey:
    """What is found in the texts of a generation; begun by whoever asks first."""

    def __init__(self, records: Sequence[Record], library: Library) -> None:
        self._records, self._library = records, library
        self._lock, self._finished = Lock(), Event()
        self._thread: Thread | None = None
        self.done, self.total = 0, len(records)
        """How many texts have been read, of how many."""
        self.repairs: Counter[tuple[str, str]] = Counter()
        """How often each rule of each reader changed characters; whole once all is read."""
        self.alike: tuple[Alike, ...] = ()
        """Documents that nearly agree, those that no catalogue declares first."""
        self.unread: list[str] = []
        """Documents whose text the library does not give out."""

    def wait(self, seconds: float) -> bool:
        """Begin, wait a little, and say whether all is found."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="survey", daemon=True)
                self._thread.start()
        return self._finished.wait(seconds)

    def _run(self) -> None:
        every = 1 + sum(record.characters for record in self._records) // _COUNTED
        texts: dict[str, Runs] = {}
        for record in self._records:
            runs = self._read(record)
            if runs is not None:
                texts[record.entry.id] = runs[runs % np.uint64(every) == 0]
            self.done += 1
            time.sleep(0)  # answers come first
        self.alike = alike(self._records, near_pairs(texts, CONTAINMENT))
        self._finished.set()

    def _read(self, record: Record) -> Runs | None:
        try:
            reading = self._library.reading(record.version)
        except (NotFound, StorageError):
            self.unread.append(record.entry.id)
            return None
        self.repairs.update((reading.reader, repair.rule) for repair in reading.repairs)
        return runs_of(reading.text)


def alike(records: Sequence[Record], pairs: Sequence[Nearness]) -> tuple[Alike, ...]:
    """The pairs in groups that hang together, by what the catalogue says of each pair."""
    entries = {record.entry.id: record.entry for record in records}
    by_word: dict[Declared, list[Nearness]] = {word: [] for word in _ORDER}
    for pair in pairs:
        by_word[declared(entries[pair.one], entries[pair.other])].append(pair)
    return tuple(
        Alike(word, names, tuple(pair for pair in found if pair.one in names))
        for word, found in by_word.items()
        for names in _hanging_together(found)
    )


def _hanging_together(pairs: Sequence[Nearness]) -> list[tuple[str, ...]]:
    """The names of the pairs, in groups of which no pair leads into another."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        both = groups.get(pair.one, {pair.one}) | groups.get(pair.other, {pair.other})
        groups |= dict.fromkeys(both, both)
    once = {id(group): group for group in groups.values()}
    return [tuple(sorted(group)) for group in once.values()]
