"""What an ingest has to do: which files are new or changed, which stay, which left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.folder import fill_from_facts
from ingest.gathering import Gathered
from ingest.reading import FileReader, Seen
from pincite.errors import NotFound, UsageError
from pincite.generations import Manifest, Record, Refusal
from pincite.library import Library

# About this many passages go through the pipeline at a time.
BATCH_PASSAGES = 500
# Averages over the real corpus; only the size of batches hangs on them. A batch that is too small
# costs the encoder padding: texts of like length share a call only within a batch.
_BYTES_A_PASSAGE = {".pdf": 8000, ".docx": 3000, ".rtf": 1500}
_BYTES_OF_TEXT = 750
_MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to work on, records and refusals that stay as they are, entry ids that go.

    `removed` are files that left, `lost` ones that were indexed and cannot be had any more.
    """

    work: tuple[Seen, ...] = ()
    kept: tuple[Record, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    removed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def changes(self, published: Manifest | None) -> bool:
        """Whether there is more to say than what is published."""
        said = set(published.refusals) if published else set()
        return bool(self.work or self.removed or self.lost) or set(self.refusals) != said


def plan(
    gathered: Gathered,
    published: Manifest | None,
    reader: FileReader,
    library: Library,
    *,
    rebuild: bool = False,
) -> Plan:
    """Compare what was gathered with what is published, by hash, without reading any text.

    Raises UsageError for an id that another root has, and for a root whose files all vanished:
    an unmounted folder shall not empty an index. `rebuild` works on every file that is there,
    and takes such a root at its word.
    """
    looked = [reader.look(source) for source in gathered.sources]
    seen = [look for look in looked if isinstance(look, Seen)]
    unread = [look for look in looked if isinstance(look, Refusal)]
    if published is None:
        return Plan(tuple(seen), refusals=(*gathered.refusals, *unread))
    _refuse_ids_of_others(seen, gathered, published)
    if not rebuild:
        _refuse_vanished_roots(seen, gathered, published)
    work, kept, refused = _compared(seen, published, library, rebuild=rebuild)
    refusals = (*gathered.refusals, *unread, *refused, *_refused_elsewhere(gathered, published))
    others, removed = _not_gathered(gathered, published)
    return Plan(tuple(work), (*kept, *others), refusals, removed, _lost(unread, published))


def _compared(
    seen: Sequence[Seen], published: Manifest, library: Library, *, rebuild: bool
) -> tuple[list[Seen], list[Record], list[Refusal]]:
    """Files to work on, records that hold as they are, refusals that do."""
    records = {record.entry.id: record for record in published.records}
    refusals = {(r.entry_id, r.root, r.work): r for r in published.refusals}
    work: list[Seen] = []
    kept: list[Record] = []
    refused: list[Refusal] = []
    for file in seen:
        entry_id = file.source.entry.id
        record = records.get(entry_id)
        refusal = refusals.get((entry_id, file.source.root, file.work))
        if not rebuild and record and _holds(record, file, library):
            kept.append(record)
        elif not rebuild and refusal:
            refused.append(refusal)
        else:
            work.append(file)
    return work, kept, refused


def _holds(record: Record, file: Seen, library: Library) -> bool:
    """Whether file and catalogue (or the file's own facts) say what they said before."""
    source = file.source
    if record.work != file.work or record.root != source.root:
        return False
    if source.described:
        return source.entry == record.entry
    try:
        return fill_from_facts(source.entry, library.reading(record.version)) == record.entry
    except NotFound:
        return False


def _not_gathered(
    gathered: Gathered, published: Manifest
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Published records that this ingest is not about, and the ids of files that left."""
    here = {source.entry.id for source in gathered.sources}
    absent = [record for record in published.records if record.entry.id not in here]
    return (
        tuple(record for record in absent if record.root not in gathered.whole),
        tuple(record.entry.id for record in absent if record.root in gathered.whole),
    )


def _lost(unread: Sequence[Refusal], published: Manifest) -> tuple[str, ...]:
    """The ids of indexed files that cannot be had any more."""
    names = {(refusal.entry_id, refusal.root) for refusal in unread}
    return tuple(r.entry.id for r in published.records if (r.entry.id, r.root) in names)


def _refused_elsewhere(gathered: Gathered, published: Manifest) -> list[Refusal]:
    """Refusals of other roots; those of files named now are said anew."""
    here = {(source.root, source.entry.source) for source in gathered.sources}
    here |= {(refusal.root, refusal.source) for refusal in gathered.refusals}
    return [
        refusal
        for refusal in published.refusals
        if refusal.root not in gathered.whole and (refusal.root, refusal.source) not in here
    ]


def _refuse_ids_of_others(seen: Sequence[Seen], gathered: Gathered, published: Manifest) -> None:
    records = {record.entry.id: record for record in published.records}
    for file in seen:
        source, record = file.source, records.get(file.source.entry.id)
        if record and record.root not in (source.root, *gathered.whole):
            raise UsageError(
                f"{source.place}: id {source.entry.id!r} is also that of {record.entry.source} in"
                f" {record.root}; give one of them another id in a catalogue"
            )


def _refuse_vanished_roots(seen: Sequence[Seen], gathered: Gathered, published: Manifest) -> None:
    here = {file.source.root for file in seen}
    for root in sorted(gathered.roots - here):
        indexed = sum(record.root == root for record in published.records)
        if indexed:
            raise UsageError(
                f"{root}: none of its {indexed} indexed files can be read any more; see that the"
                " folder is mounted, or take them out of the index with --rebuild"
            )


def batches(files: Sequence[Seen]) -> Iterator[tuple[Seen, ...]]:
    """Files in groups of about BATCH_PASSAGES passages, guessed from their sizes."""
    group: list[Seen] = []
    guessed = 0
    for file in files:
        group.append(file)
        guessed += guessed_passages(file)
        if guessed >= BATCH_PASSAGES or len(group) >= _MOST_FILES:
            yield tuple(group)
            group, guessed = [], 0
    if group:
        yield tuple(group)


def guessed_passages(file: Seen) -> int:
    """About how many passages a file will give, from its size and format."""
    return 1 + file.size // _BYTES_A_PASSAGE.get(file.source.suffix, _BYTES_OF_TEXT)
