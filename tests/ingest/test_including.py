"""Files enter a catalogued folder together with their entries, or the folder stays as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.adding.including import Included, Said, include
from ingest.catalogue import load_catalogue
from pincite.errors import PinciteError, StorageError, UsageError
from pincite.kinds import Kind

RULE = "# Ferry Rules\n\nIssued: March 4, 2019\n\n§ 1. The ferry leaves at nine.\n"
CITY = Said(Kind.ORDINANCE, "zz/arden", date(2020, 5, 1))


@pytest.fixture
def add(desk: Any, tmp_path: Path) -> Any:
    """Adds files, given by name and text, to the desk's folder."""

    def added(*named: tuple[str, str], said: Said = CITY, **more: Any) -> Included:
        outside = tmp_path / "outside"
        outside.mkdir(exist_ok=True)
        for name, text in named:
            (outside / name).write_text(text, encoding="utf-8")
        files = [outside / name for name, _ in named]
        return include(desk.settings, files, desk.folder, said, shelf=desk.shelf, **more)

    return added


def whole(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; locks are none of its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def test_a_file_is_indexed_with_what_was_said_and_what_it_tells_itself(desk: Any, add: Any) -> None:
    done = add(("ferry.md", RULE), said=Said(Kind.ORDINANCE, "zz/arden"))
    assert done.added == ("ordinance/ferry.md",)
    [record] = desk.manifest().records
    entry = record.entry
    assert (entry.id, entry.kind, entry.jurisdiction) == ("ferry", Kind.ORDINANCE, "zz/arden")
    assert entry.title == "Ferry Rules"  # the file's, not its name
    assert load_catalogue(desk.folder / "catalogue.toml")[0].title == "ferry.md"


def test_a_second_ingest_of_the_folder_changes_nothing(desk: Any, add: Any) -> None:
    add(("ferry.md", RULE))
    report = desk.ingest()
    assert (report.unchanged, report.published) == (1, False)


def test_others_of_the_folder_stay_and_keep_their_descriptions(desk: Any, add: Any) -> None:
    desk.write("tolls.md", "# Tolls\n\nA truck pays.\n")
    desk.catalogue('tolls tolls.md kind = "statute"; title = "Of tolls"')
    desk.ingest()
    before = (desk.folder / "catalogue.toml").read_text()
    add(("ferry.md", RULE))
    assert (desk.folder / "catalogue.toml").read_text().startswith(before)
    assert {r.entry.title for r in desk.manifest().records} == {"Of tolls", "Ferry Rules"}


def test_ids_are_those_of_nobody_else(desk: Any, add: Any) -> None:
    add(("ferry.md", RULE))
    add(("ferry.txt", RULE.replace("nine", "noon")))
    assert {record.entry.id for record in desk.manifest().records} == {"ferry", "ferry-2"}


def test_a_file_that_cannot_be_read_does_not_enter(desk: Any, add: Any) -> None:
    done = add(("ferry.md", RULE), ("empty.md", ""), ("song.mp3", "x"))
    assert done.added == ("ordinance/ferry.md",)
    assert [(r.source, r.reason) for r in done.refused] == [
        ("ordinance/empty.md", "empty"),
        ("ordinance/song.mp3", "unknown_type"),
    ]
    assert set(whole(desk.folder)) == {"catalogue.toml", "ordinance/ferry.md"}
    assert desk.manifest().refusals == ()


def test_where_none_can_be_read_nothing_is_written_or_published(desk: Any, add: Any) -> None:
    done = add(("empty.md", ""))
    assert (done.added, done.report) == ((), None)
    assert whole(desk.folder) == {}
    assert desk.shelf.store.current() is None


@pytest.mark.parametrize("name", ["ferry.md", "FERRY.md"])
def test_a_name_that_is_taken_is_refused_and_nothing_is_overwritten(
    desk: Any, add: Any, name: str
) -> None:
    add(("ferry.md", RULE))
    before = whole(desk.folder)
    with pytest.raises(UsageError, match="of that name is there already"):
        add((name, "another text"))
    assert whole(desk.folder) == before


def test_a_folder_that_has_no_catalogue_is_left_alone(desk: Any, add: Any) -> None:
    desk.write("ordinance/tolls.md", "# Tolls\n")
    with pytest.raises(UsageError, match=r"no catalogue\.toml"):
        add(("ferry.md", RULE))


@pytest.mark.parametrize("name", [".hidden.md", "a\nb.md", "a\u202eb.md", "x" * 210 + ".md"])
def test_a_name_that_hides_something_is_refused(desk: Any, add: Any, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a file"):
        add((name, RULE))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left"), ValueError()])
def test_whatever_fails_the_folder_is_as_it_was(desk: Any, add: Any, error: Exception) -> None:
    add(("ferry.md", RULE))
    before, generation = whole(desk.folder), desk.shelf.store.current()

    def failing(done: int, total: int, name: str) -> None:
        if name.startswith("ordinance/"):  # the ingest's own steps
            raise error

    with pytest.raises(StorageError if isinstance(error, OSError) else type(error)):
        add(("tolls.md", "# Tolls\n\nA truck pays.\n"), progress=failing)
    assert whole(desk.folder) == before
    assert desk.shelf.store.current() == generation


def test_a_broken_catalogue_is_told_before_anything_is_written(desk: Any, add: Any) -> None:
    desk.folder.joinpath("catalogue.toml").write_text("entry = 1\n")
    with pytest.raises(PinciteError, match="catalogue"):
        add(("ferry.md", RULE))
    assert set(whole(desk.folder)) == {"catalogue.toml"}
