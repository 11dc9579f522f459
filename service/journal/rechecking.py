"""Logged answers held against what is published now: which of their quotes no longer stand so.

How a text stands is compared on the day whose law was asked for and, where that was the day of
asking, on today too. What was asked about another time does not change because time goes by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pincite.differing import Change, word_changes
from pincite.generations import Manifest, Record
from pincite.library import Library
from pincite.standing import CURRENT, Standing
from pincite.types import Document, Span
from pincite.works import Works
from service.exporting.checking import Checker, Export, Finding
from service.exporting.paper import Quoted, paper_of
from service.journal.chain import Json, is_redacted
from service.journal.reading import unusable

State = Literal[
    "same",  # the same version is published
    "reread",  # the same file, read by a newer reader; the words stand in it
    "moved",  # another file; the words stand in it
    "gone",  # the document is there, the words are not
    "withdrawn",  # the document is not there
    "restated",  # on the day of the answer, it stood otherwise than the answer says
    "ended",  # in force then, and not today
    "later",  # it stands otherwise today than then
    "altered",  # the record is not what was written, or no text says what it quotes
    "unknown",  # no text version of that name is known
]
# A log is in the order of time, and so are its generations.
_MOST_WORKS = 4
UNCHANGED: frozenset[State] = frozenset({"same", "reread"})


@dataclass(frozen=True, slots=True)
class Found:
    """How one quote stands now; `changes` lead from its words to what stands there today."""

    quoted: Quoted
    state: State
    words: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One logged answer with how each of its quotes stands; `trouble` says why none was checked."""

    id: str
    time: str
    question: str
    found: tuple[Found, ...] = ()
    trouble: str = ""

    @property
    def changed(self) -> tuple[Found, ...]:
        """The quotes that somebody should look at."""
        return tuple(one for one in self.found if one.state not in UNCHANGED)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a recheck came to; `redacted` counts answers whose words were taken out."""

    day: date
    generation: str
    checked: int
    redacted: int
    changed: tuple[Rechecked, ...]


@dataclass(slots=True)
class Recheck:
    """Answers checked over one library and the generation that is published."""

    library: Library
    manifest: Manifest
    day: date
    _checker: Checker = field(init=False)
    _works: dict[str, Works] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._checker = Checker(self.library, self.manifest, self.day)

    def all(self, records: Iterable[Json]) -> Tally:
        """Every answer, and those of them that changed."""
        checked = redacted = 0
        changed = []
        for record in records:
            redacted += is_redacted(record)
            if is_redacted(record):
                continue
            checked += 1
            one = self.one(record)
            if one.changed or one.trouble:
                changed.append(one)
        return Tally(self.day, self.manifest.generation, checked, redacted, tuple(changed))

    def one(self, record: Json) -> Rechecked:
        """One answer. A record that was changed is told, and not believed."""
        id_, time = record["id"], record["time"]
        if trouble := unusable(record):
            return Rechecked(id_, time, "", trouble=trouble)
        quotes = paper_of(record["answer"]).quotes
        day = date.fromisoformat(record["answer"]["as_of"])
        generation = record["generation"]
        checker = self._checker.on(day)
        findings = checker.check(Export(quotes, generation, day.isoformat()))
        then = checker.manifest_of(generation)
        asked_on = date.fromisoformat(time[:10])
        days = [day, self.day] if day == asked_on else [day]
        found = tuple(self._found(finding, then, days) for finding in findings)
        return Rechecked(id_, time, record["question"]["asked"], found)

    def _found(self, finding: Finding, then: Manifest | None, days: list[date]) -> Found:
        quoted, state = finding.quoted, finding.state
        now = self.manifest.record(quoted.document_id)
        was = then.record(quoted.document_id) if then else None
        if state == "gone" and now and was:
            return Found(quoted, "gone", finding.words, self._changes(quoted, was, now))
        if state not in ("holds", "moved", "ended") or now is None:
            return Found(quoted, _AS[state], finding.words)
        if was and then and (told := self._standing(was, now, then, days)):
            return Found(quoted, *told)
        if state == "moved" and was and was.source_sha256 == now.source_sha256:
            return Found(quoted, "reread", finding.words)
        return Found(quoted, _AS[state], finding.words)

    def _standing(
        self, was: Record, now: Record, then: Manifest, days: list[date]
    ) -> tuple[State, str] | None:
        """What the catalogue says otherwise than it did, or what came about since."""
        day, *today = days
        before = self._works_of(then).standing(was.entry, day)
        on_day = self._checker.works.standing(now.entry, day)
        restated = f"as of {day} it was “{_said(before)}”, and is “{_said(on_day)}”"
        if before.status != on_day.status:
            return "restated", restated
        for later in today:
            standing = self._checker.works.standing(now.entry, later)
            if (standing.status, standing.words) != (on_day.status, on_day.words):
                ended = on_day.status in CURRENT and standing.status not in CURRENT
                return "ended" if ended else "later", f"as of {later} it is “{_said(standing)}”"
        return None if before.words == on_day.words else ("restated", restated)

    def _works_of(self, manifest: Manifest) -> Works:
        if manifest.generation == self.manifest.generation:
            return self._checker.works
        if manifest.generation not in self._works:
            if len(self._works) >= _MOST_WORKS:
                self._works.clear()
            entries = (record.entry for record in manifest.records)
            self._works[manifest.generation] = Works(entries)
        return self._works[manifest.generation]

    def _changes(self, quoted: Quoted, was: Record, now: Record) -> tuple[Change, ...]:
        old, new = self._text(was), self._text(now)
        return tuple(within(word_changes(old.text, new.text), quoted.span))

    def _text(self, record: Record) -> Document:
        return self.library.document(record.entry, record.version, record.outline)


# What a finding of a quote in a file is called here.
_AS: dict[str, State] = {
    "holds": "same",
    "moved": "moved",
    "gone": "gone",
    "withdrawn": "withdrawn",
    "ended": "restated",
    "altered": "altered",
    "unknown": "unknown",
}


def within(changes: Iterable[Change], span: Span) -> Iterator[Change]:
    """The part of a text's changes that lies in a stretch of the older one."""
    at, cut = 0, False  # `cut`: the stretch lost words just before
    for change in changes:
        if change.kind == "inserted":
            if cut or span.start < at < span.end:
                yield change
            cut = False
            continue
        here = Span(at, at + len(change.text))
        at = here.end
        cut = change.kind == "deleted" and here.meets(span)
        if here.meets(span):
            first, last = max(span.start, here.start), min(span.end, here.end)
            yield Change(change.kind, change.text[first - here.start : last - here.start])


def _said(standing: Standing) -> str:
    return standing.words or standing.status.replace("_", " ")


def tally_json(tally: Tally) -> Json:
    """What `pincite recheck` prints with --json."""
    return {
        "as_of": tally.day.isoformat(),
        "generation": tally.generation,
        "checked": tally.checked,
        "redacted": tally.redacted,
        "changed": [
            {
                "id": one.id,
                "time": one.time,
                "question": one.question,
                "trouble": one.trouble,
                "quotes": [_found_json(found) for found in one.changed],
            }
            for one in tally.changed
        ],
    }


def _found_json(found: Found) -> Json:
    quoted = found.quoted
    return {
        "document_id": quoted.document_id,
        "version": quoted.version,
        "start": quoted.start,
        "end": quoted.end,
        "citation": quoted.citation,
        "quote": quoted.quote,
        "part": quoted.part,
        "state": found.state,
        "words": found.words,
        "changes": [{"kind": change.kind, "text": change.text} for change in found.changes],
    }
