"""A plan is made of hashes: nothing is read for it, and batches are of a size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gathering import gather
from ingest.planning import BATCH_PASSAGES, batches, guessed_passages, plan
from ingest.reading import FileReader, Seen, limits_of
from ingest.sources import OnDisk, Source
from pincite.kinds import Kind
from pincite.types import Entry


def file_of(size: int) -> Seen:
    entry = Entry("a", Kind.OTHER, "A", "a.md")
    return Seen(Source(entry, "root", OnDisk(Path("a.md"))), "0", size, "w")


@given(st.lists(st.integers(0, 5_000_000), max_size=200))
def test_batches_hold_every_file_once_in_order(sizes: list[int]) -> None:
    files = [file_of(size) for size in sizes]
    groups = list(batches(files))
    assert [file for group in groups for file in group] == files
    for group in groups:
        assert 0 < len(group) <= 100
        assert sum(map(guessed_passages, group[:-1])) < BATCH_PASSAGES


def test_a_plan_reads_no_text(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", "# A\n\nWords.\n")
    desk.write("b.md", "# B\n\nWords.\n")
    desk.catalogue('a a.md kind = "other"; title = "A"', 'b b.md kind = "other"; title = "B"')
    desk.ingest()
    desk.write("b.md", "# B\n\nOther words.\n")
    library = desk.shelf.library
    monkeypatch.setattr(type(library), "reading", None)
    with FileReader(library, limits_of(desk.settings)) as reader:
        todo = plan(gather([desk.folder]), desk.manifest(), reader, library)
    assert [seen.source.entry.id for seen in todo.work] == ["b"]
    assert [record.entry.id for record in todo.kept] == ["a"]
    assert todo.changes(desk.manifest())


def test_a_first_plan_is_everything_that_can_be_had(desk: Any) -> None:
    desk.write("a.md", "# A\n\nWords.\n")
    desk.catalogue('a a.md kind = "other"; title = "A"', 'b b.md kind = "other"; title = "B"')
    with FileReader(desk.shelf.library, limits_of(desk.settings)) as reader:
        todo = plan(gather([desk.folder]), None, reader, desk.shelf.library)
    assert [seen.source.entry.id for seen in todo.work] == ["a"]
    assert [(r.entry_id, r.reason) for r in todo.refusals] == [("b", "unreadable")]
