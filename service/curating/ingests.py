"""What the newest ingests brought, told from the manifests that each generation leaves behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pincite.generations import Manifest, Record, Refusal
from pincite.library import Library

_MOST = 8
_NAMED = 60


@dataclass(frozen=True, slots=True)
class Ingest:
    """One generation against the one before; documents are named by id and title.

    `before` is that generation, None for the first; `anew` says that all was read and embedded
    again. `recatalogued` changed in the catalogue alone, `changed` in their text too. Each list
    names the first documents alone, and `counts` say how many there are.
    """

    generation: str
    created: str
    documents: int
    passages: int
    refused: int
    before: str | None
    anew: bool
    counts: dict[str, int]
    added: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    recatalogued: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    refusals: tuple[Refusal, ...]


def ingests(library: Library, current: Manifest) -> tuple[Ingest, ...]:
    """The newest ingests, the newest first; that of the open generation is among them."""
    known = list(library.generations_with("", _MOST))
    if all(one.generation != current.generation for one in known):
        known.append(current)
    known.sort(key=lambda one: one.generation, reverse=True)
    told = [_told(new, _before(new, old, known)) for new, old in pairwise([*known, None]) if new]
    return tuple(told)


def _before(
    manifest: Manifest, older: Manifest | None, known: Sequence[Manifest]
) -> Manifest | None:
    """The generation that one grew from, else the one made before it."""
    return next((one for one in known if one.generation == manifest.parent), older)


def _told(new: Manifest, old: Manifest | None) -> Ingest:
    here, there = _records(new), _records(old)
    kept = [name for name in here if name in there]
    changed = [name for name in kept if here[name].version != there[name].version]
    others = [n for n in kept if n not in set(changed) and here[n].entry != there[n].entry]
    groups = {
        "added": [here[name] for name in here if name not in there],
        "changed": [here[name] for name in changed],
        "recatalogued": [here[name] for name in others],
        "removed": [there[name] for name in there if name not in here],
    }
    return Ingest(
        generation=new.generation,
        created=new.created,
        documents=len(new.records),
        passages=new.passages,
        refused=len(new.refusals),
        before=old.generation if old else None,
        anew=old is not None and new.parent is None,
        counts={name: len(records) for name, records in groups.items()},
        refusals=_new_refusals(new, old),
        **{name: _named(records) for name, records in groups.items()},
    )


def _records(manifest: Manifest | None) -> dict[str, Record]:
    return {record.entry.id: record for record in manifest.records} if manifest else {}


def _named(records: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    return tuple((record.entry.id, record.entry.title) for record in records[:_NAMED])


def _new_refusals(new: Manifest, old: Manifest | None) -> tuple[Refusal, ...]:
    before = {(one.root, one.source, one.reason) for one in old.refusals} if old else set()
    return tuple(one for one in new.refusals if (one.root, one.source, one.reason) not in before)


def how_read(records: Sequence[Record]) -> list[tuple[str, int, int, int, int, int]]:
    """Of each reader: its name, documents, pages, characters, repairs, and documents with OCR."""
    readers = Counter(record.reader for record in records)
    told = []
    for reader, count in readers.most_common():
        own = [record for record in records if record.reader == reader]
        pages = sum(record.pages or 0 for record in own)
        characters = sum(record.characters for record in own)
        repairs = sum(record.repairs for record in own)
        told.append((reader, count, pages, characters, repairs, sum(r.ocr for r in own)))
    return told
