"""Whether a log is whole: the first line that does not follow from the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from service.journal.chain import Json, Tip, damage, is_redacted, parsed
from service.journal.file import TORN
from service.journal.head import Head

Fault = Literal["altered", "deleted", "inserted", "reordered", "truncated", "torn", "erased"]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a log does not hold, its lines counted from 1."""

    line: int
    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a log came to: its records, what befell it and was told, and where it breaks."""

    records: int
    answers: int
    redacted: int
    tip: Tip
    notes: tuple[str, ...] = ()
    broken: Broken | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What of a line is needed to tell how the lines hang together."""

    n: int
    id: str
    hash: str
    previous: str


def checked(lines: Iterable[bytes], head: Head | None, noted: str | None = None) -> Checked:
    """The log read from its first line to its end.

    `noted` is the hash of a record that was written down elsewhere: it must still be there.
    """
    read = _Reading()
    broken = None
    for number, line in enumerate(lines, start=1):
        broken = broken or read.take(number, line)
    broken = _by_order(read, broken) or _at_end(read, head) or _erased(read)
    if broken is None and noted is not None and noted not in {one.hash for one in read.lines}:
        broken = Broken(len(read.lines), "altered", f"no record has the hash {noted[:16]}…")
    return Checked(
        len(read.lines), read.answers, len(read.redacted), read.tip, tuple(read.notes), broken
    )


class _Reading:
    """The lines read so far."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.notes: list[str] = []
        self.redacted: dict[str, int] = {}
        self.told: set[str] = set()
        self.answers = 0

    @property
    def tip(self) -> Tip:
        """The last record."""
        return Tip(self.lines[-1].n, self.lines[-1].hash) if self.lines else Tip()

    def take(self, number: int, line: bytes) -> Broken | None:
        """Read one line; what is wrong with it by itself."""
        record = parsed(line)
        if record is None and line.endswith(TORN):
            words = f"the line ends after {len(line) - 1} bytes; the next answer sets it aside"
            return Broken(number, "torn", words)
        if record is None:
            self.lines.append(_Line(-1, "", "", ""))
            return Broken(number, "altered", "it is no record")
        self.lines.append(_Line(record["n"], record["id"], record["hash"], record["previous"]))
        self._count(number, record)
        wrong = damage(record, line)
        return Broken(number, "altered", f"record {record['id']}: {wrong}") if wrong else None

    def _count(self, number: int, record: Json) -> None:
        self.notes += [f"line {number}: {note}" for note in _texts(record.get("notes"))]
        self.answers += record["type"] == "answer"
        if is_redacted(record):
            self.redacted[record["id"]] = number
        self.told.update(_texts(record.get("of")) if record["type"] == "redaction" else ())


def _texts(value: object) -> list[str]:
    """The texts of a list; nothing where somebody wrote something else there."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _by_order(read: _Reading, broken: Broken | None) -> Broken | None:
    """The first line that does not follow, if it stands before what is broken by itself."""
    before, places = Tip(), _places(read.lines)
    for number, line in enumerate(read.lines, start=1):
        if broken is not None and broken.line <= number:
            return broken
        if (line.n, line.previous) != (before.n + 1, before.hash):
            return _told(number, line, before, places)
        before = Tip(line.n, line.hash)
    return broken


def _places(lines: list[_Line]) -> dict[int, list[int]]:
    """The lines at which each record's number stands."""
    places: dict[int, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        places.setdefault(line.n, []).append(number)
    return places


def _told(number: int, line: _Line, before: Tip, places: dict[int, list[int]]) -> Broken:
    """What became of the order at a line."""
    wanted = before.n + 1
    later = [at for at in places.get(wanted, ()) if at > number]
    earlier = [at for at in places[line.n] if at < number]
    if earlier:
        words = f"record {line.n} stands at line {earlier[0]} already"
        return Broken(number, "inserted", words)
    if later:
        words = f"record {line.n} stands before record {wanted}, which is at line {later[0]}"
        return Broken(number, "reordered", words)
    if line.n > wanted:
        missing = f"{wanted} to {line.n - 1}" if line.n - 1 > wanted else str(wanted)
        return Broken(number, "deleted", f"record {missing} is missing before record {line.n}")
    words = f"record {line.n} does not follow the one before it: one of the two was changed"
    return Broken(number, "altered", words)


def _at_end(read: _Reading, head: Head | None) -> Broken | None:
    """What the head file says against the end of the file."""
    last = len(read.lines)
    if head is None:
        words = "the head file is missing or damaged: nobody can tell whether the end was cut"
        return Broken(last, "truncated", words)
    if head.tip.n > last:
        gone = head.tip.n - last
        words = f"the last {gone} of {head.tip.n} records are missing after it"
        return Broken(last, "truncated", words)
    if head.tip.n and read.lines[head.tip.n - 1].hash != head.tip.hash:
        words = f"record {head.tip.n} is not the one that was written"
        return Broken(head.tip.n, "altered", words)
    return None


def _erased(read: _Reading) -> Broken | None:
    """What was taken out of records without a record that says so."""
    for id_, number in read.redacted.items():
        if id_ not in read.told:
            words = f"record {id_}: its question and answer were taken out, and no record says so"
            return Broken(number, "erased", words)
    return None
