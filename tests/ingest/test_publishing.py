"""Ingest does what changed and nothing else, and never leaves an index worse than it was."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from ingest.drafting import Drafting
from ingest.publishing import ingest
from pincite.errors import (
    IndexForeign,
    IndexLocked,
    IndexMismatch,
    IndexMissing,
    PinciteError,
    StorageError,
    UsageError,
)
from pincite.index.edge import EdgeDraft
from pincite.index.generation import WriterLock
from pincite.index.server import ServerStore
from pincite.library import Library

LAW = "# Harbour Act\n\n§ 1. The harbour is open to every vessel at all hours.\n"
ORDER = "# Order 7\n\nThe harbour master shall keep a register of vessels.\n"
ENTRIES = (
    'act act.md kind = "statute"; title = "Harbour Act"; status = "in_force"',
    'order order.md kind = "executive_order"; title = "Order 7"',
)


@pytest.fixture
def two(desk: Any) -> Any:
    """A desk with two catalogued texts that are published."""
    desk.write("act.md", LAW)
    desk.write("order.md", ORDER)
    desk.catalogue(*ENTRIES)
    report = desk.ingest()
    assert (report.added, report.embedded) == (2, len(desk.encoder.texts))
    assert report.embedded == report.passages > 0
    return desk


# incremental


def test_a_second_run_embeds_nothing_publishes_nothing_and_says_so(two: Any) -> None:
    before, files = two.manifest(), two.files()
    report = two.ingest()
    assert (report.published, report.unchanged, report.embedded) == (False, 2, 0)
    assert report.generation == before.generation
    assert two.encoder.texts == []
    assert two.files() == files


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ('status = "repealed"', "status", "repealed"),
        ("effective = 2001-02-03", "effective", 20010203),
        ('notice = "Repealed in part."', "text", None),
    ],
)
def test_a_catalogue_change_alone_rewrites_payload_without_embedding(
    two: Any, said: str, field: str, value: object
) -> None:
    ids = {point.id for point in two.points()}
    two.catalogue(f'act act.md kind = "statute"; title = "Harbour Act"; {said}', ENTRIES[1])
    report = two.ingest()
    assert (report.published, report.changed, report.embedded) == (True, 1, 0)
    assert two.encoder.texts == []
    assert {point.id for point in two.points()} == ids
    if value is not None:
        assert {point.payload[field] for point in two.points("act")} == {value}
        assert two.points("order")[0].payload.get(field) != value
    assert two.manifest().record("act").entry.notice == (None if value else "Repealed in part.")


def test_a_changed_title_embeds_its_document_again(two: Any) -> None:
    two.catalogue('act act.md kind = "statute"; title = "Port Act"', ENTRIES[1])
    report = two.ingest()
    assert (report.changed, report.unchanged) == (1, 1)
    assert report.embedded == len(two.points("act"))
    assert all("Port Act" in text for text in two.encoder.texts)


def test_a_changed_file_replaces_its_old_passages(two: Any) -> None:
    two.write("act.md", LAW.replace("open", "closed"))
    report = two.ingest()
    assert (report.changed, report.embedded) == (1, len(two.points("act")))
    assert "closed to every vessel" in two.texts("act")
    assert "open to every vessel" not in two.texts()


def test_the_old_text_version_stays_in_the_library(two: Any) -> None:
    version = two.manifest().record("act").version
    two.write("act.md", LAW.replace("open", "closed"))
    two.ingest()
    assert "open to every vessel" in two.shelf.library.reading(version).text


def test_a_file_that_left_the_catalogue_leaves_the_index(two: Any) -> None:
    two.catalogue(ENTRIES[0])
    report = two.ingest()
    assert (report.removed, report.documents, report.embedded) == (("order",), 1, 0)
    assert two.points("order") == []


def test_a_file_that_left_a_folder_leaves_the_index(desk: Any) -> None:
    desk.write("act.md", LAW)
    left = desk.write("order.md", ORDER)
    desk.ingest()
    left.unlink()
    assert desk.ingest().removed == ("order",)
    assert desk.points("order") == []


def test_a_better_title_in_a_folder_without_catalogue_embeds_again(desk: Any) -> None:
    desk.write("act.md", LAW)
    desk.ingest()
    assert desk.ingest().published is False
    desk.write("act.md", LAW.replace("Harbour Act", "Port Act"))
    report = desk.ingest()
    assert (report.changed, desk.manifest().record("act").entry.title) == (1, "Port Act")


def test_other_roots_stay(two: Any, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "memo.md").write_text("# Memo\n\nThe register is public.\n")
    (other / "bad.pdf").write_bytes(b"%PDF-1.4 nothing else")
    report = two.ingest(other)
    assert (report.files, report.added, report.documents) == (2, 1, 3)
    two.write("order.md", ORDER.replace("register", "list"))
    report = two.ingest()
    assert (report.files, report.documents, len(two.manifest().refusals)) == (2, 3, 1)
    assert "register is public" in two.texts("memo")


def test_a_single_file_leaves_the_rest_of_its_folder_alone(two: Any) -> None:
    two.write("act.md", LAW.replace("open", "closed"))
    two.write("order.md", ORDER.replace("register", "list"))
    report = two.ingest(two.folder / "act.md")
    assert (report.files, report.changed, report.documents) == (1, 1, 2)
    assert "closed" in two.texts("act")
    assert "register" in two.texts("order")


def test_the_same_id_from_two_roots_is_refused(two: Any, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "act.md").write_text("# Another\n\nWords of another law.\n")
    with pytest.raises(UsageError, match="'act' is also that of") as caught:
        two.ingest(other)
    assert "\n" not in str(caught.value)
    assert "harbour" in two.texts("act")


def test_a_server_is_kept_up_to_date_in_the_same_way(desk: Any) -> None:
    store = ServerStore(QdrantClient(":memory:"), ":memory:", desk.settings.data_dir)
    served = replace(desk, shelf=replace(desk.shelf, store=store))
    served.write("act.md", LAW)
    served.write("order.md", ORDER)
    served.catalogue(*ENTRIES)
    assert served.ingest().added == 2
    assert served.ingest().published is False
    served.catalogue(ENTRIES[0].replace("in_force", "repealed"), ENTRIES[1])
    assert (served.ingest().changed, served.encoder.texts) == (1, [])
    assert {point.payload["status"] for point in served.points("act")} == {"repealed"}
    served.write("act.md", LAW.replace("open", "closed"))
    served.catalogue(ENTRIES[0])
    report = served.ingest()
    assert (report.changed, report.removed, report.documents) == (1, ("order",), 1)
    assert "closed to every vessel" in served.texts()
    assert "register" not in served.texts()


def test_two_fresh_ingests_hold_the_same(two: Any, light_shelf: Callable[..., Any]) -> None:
    first, points = two.manifest(), two.points()
    fresh = two.settings.model_copy(update={"data_dir": two.settings.data_dir / "fresh"})
    shelf = light_shelf(fresh)
    ingest(fresh, [two.folder], shelf=shelf)
    second = shelf.library.manifest(shelf.store.current() or "")
    assert second.corpus_digest == first.corpus_digest
    assert second.records == first.records
    assert [p.payload for p in shelf.store.open(second.generation).scroll()] == [
        p.payload for p in points
    ]
    assert [p.id for p in shelf.store.open(second.generation).scroll()] == [p.id for p in points]


# refusals


def test_each_bad_file_is_listed_with_its_reason_and_the_others_go_on(desk: Any) -> None:
    desk.write("act.md", LAW)
    desk.write("empty.md", "")
    desk.write("page.pdf", "<html><p>not a PDF</p></html>")
    desk.write("notes.xyz", "no reader")
    (desk.folder / "loop.md").symlink_to(desk.folder / "loop.md")
    report = desk.ingest()
    assert (report.files, report.added) == (5, 1)
    assert {r.source: r.reason for r in report.refusals} == {
        "empty.md": "empty",
        "page.pdf": "wrong_type",
        "notes.xyz": "unknown_type",
        "loop.md": "link_loop",
    }
    assert all(r.detail for r in report.refusals)
    again = desk.ingest()
    assert (again.published, again.unchanged, len(again.refusals)) == (False, 1, 4)


def test_a_file_refused_before_and_mended_is_indexed(desk: Any) -> None:
    desk.write("act.md", LAW)
    desk.write("order.md", "")
    assert desk.ingest().refusals[0].reason == "empty"
    desk.write("order.md", ORDER)
    report = desk.ingest()
    assert (report.added, report.unchanged, report.refusals) == (1, 1, ())
    assert desk.manifest().refusals == ()


@pytest.mark.parametrize(("bad", "reason"), [("", "empty"), (None, "unreadable")])
def test_an_indexed_file_that_breaks_loses_its_passages_and_is_listed(
    two: Any, bad: str | None, reason: str
) -> None:
    if bad is None:
        (two.folder / "order.md").unlink()
    else:
        two.write("order.md", bad)
    report = two.ingest()
    assert [(r.entry_id, r.reason) for r in report.refusals] == [("order", reason)]
    assert (report.removed, report.documents, report.unchanged) == ((), 1, 1)
    assert two.points("order") == []
    assert two.ingest().published is False
    two.write("order.md", ORDER)
    assert two.ingest().added == 1


def test_bytes_that_are_not_the_catalogues_are_refused(two: Any) -> None:
    two.catalogue(ENTRIES[0], f'{ENTRIES[1]}; source_sha256 = "{"0" * 64}"')
    assert [r.reason for r in two.ingest().refusals] == ["sha256_differs"]
    assert two.ingest().published is False


def test_a_path_out_of_the_corpus_is_refused(two: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nNot of the corpus.\n")
    (two.folder / "link.md").symlink_to(tmp_path / "secret.md")
    two.catalogue(*ENTRIES, 'link link.md kind = "other"; title = "Link"')
    report = two.ingest()
    assert [(r.entry_id, r.reason) for r in report.refusals] == [("link", "outside_corpus")]
    assert "Secret" not in two.texts()


# what would take a good index away


def test_an_empty_folder_publishes_nothing(desk: Any) -> None:
    report = desk.ingest()
    assert (report.published, report.files, report.generation) == (False, 0, None)
    assert desk.shelf.store.current() is None


def test_a_folder_of_bad_files_lists_them_and_publishes_nothing(desk: Any) -> None:
    desk.write("empty.md", "")
    for _ in range(2):
        report = desk.ingest()
        assert (report.published, report.indexed) == (False, 0)
        assert [r.reason for r in report.refusals] == ["empty"]
    assert desk.shelf.store.current() is None
    assert desk.shelf.store.generations() == []


def test_an_empty_folder_beside_a_good_index_changes_nothing(two: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = two.ingest(tmp_path / "empty")
    assert (report.published, report.indexed, report.documents) == (False, 0, 2)


def test_a_root_whose_files_all_vanished_is_not_taken_out_silently(
    two: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    memo = other / "memo.md"
    memo.write_text("# Memo\n\nThe register is public.\n")
    two.ingest(other)
    memo.unlink()
    with pytest.raises(UsageError, match=r"none of its 1 indexed files .* --rebuild"):
        two.ingest(other)
    assert two.texts("memo")
    report = two.ingest(other, rebuild=True)
    assert (report.removed, report.documents) == (("memo",), 2)
    assert two.points("memo") == []


def test_a_catalogued_root_that_was_unmounted_stays(two: Any) -> None:
    for name in ("act.md", "order.md"):
        (two.folder / name).unlink()
    with pytest.raises(UsageError, match="see that the folder is mounted"):
        two.ingest()
    assert two.texts("act")


def test_the_last_document_is_not_taken_away(desk: Any) -> None:
    desk.write("act.md", LAW)
    desk.ingest()
    desk.write("act.md", "")
    with pytest.raises(UsageError, match="none of the 1 indexed documents would be left"):
        desk.ingest()
    assert "harbour" in desk.texts("act")


# rebuild, dry run, settings


def test_rebuild_reads_and_embeds_everything_again(two: Any, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "memo.md").write_text("# Memo\n\nThe register is public.\n")
    (other / "bad.md").write_text("")
    two.ingest(other)
    (other / "memo.md").unlink()  # the library has it
    before = two.manifest()
    report = two.ingest(rebuild=True)
    after = two.manifest()
    assert (report.published, report.embedded) == (True, before.passages)
    assert report.changed == 3
    assert (after.records, after.refusals) == (before.records, before.refusals)
    assert after.generation != before.generation
    assert after.parent is None


def test_rebuilding_one_file_rebuilds_the_rest_too(two: Any) -> None:
    before = two.manifest()
    report = two.ingest(two.folder / "act.md", rebuild=True)
    assert report.embedded == before.passages
    assert two.manifest().records == before.records


def test_rebuild_counts_what_left(two: Any) -> None:
    two.catalogue(ENTRIES[0])
    assert two.ingest(rebuild=True).removed == ("order",)


def test_a_dry_run_writes_nothing(two: Any) -> None:
    two.write("act.md", LAW.replace("open", "closed"))
    two.write("new.md", "# New\n\nA new text.\n")
    two.catalogue(ENTRIES[0], 'new new.md kind = "other"; title = "New"')
    files = two.files()
    report = two.ingest(dry_run=True)
    assert (report.dry_run, report.published, report.embedded) == (True, False, 0)
    assert (report.added, report.changed, report.removed) == (1, 1, ("order",))
    assert two.encoder.texts == []
    assert two.files() == files


def test_a_dry_run_before_the_first_ingest_leaves_no_folder(desk: Any) -> None:
    desk.write("act.md", LAW)
    assert desk.ingest(dry_run=True).added == 1
    assert not desk.settings.data_dir.exists()


def test_another_encoder_wants_a_rebuild(two: Any) -> None:
    shelf = two.with_encoder("another")
    with pytest.raises(IndexMismatch, match="--rebuild"):
        two.ingest(shelf=shelf)
    assert two.ingest(shelf=shelf, rebuild=True).published
    assert two.manifest().spec.encoder == "another"


# when things break


def _fails(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "method", "error", "seen"),
    [
        (EdgeDraft, "upsert", StorageError("disk: full"), StorageError),
        (EdgeDraft, "seal", KeyboardInterrupt(), KeyboardInterrupt),
        (EdgeDraft, "publish", KeyboardInterrupt(), KeyboardInterrupt),
        (Drafting, "_take", KeyboardInterrupt(), KeyboardInterrupt),
        (Library, "put_outline", StorageError("disk: full"), StorageError),
        (Library, "put_reading", StorageError("disk: full"), StorageError),
        (Library, "put_manifest", StorageError("disk: full"), StorageError),
    ],
)
def test_a_failure_anywhere_discards_the_draft_and_the_next_run_finishes(
    two: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    owner: type,
    method: str,
    error: BaseException,
    seen: type[BaseException],
) -> None:
    before = two.manifest().generation
    two.write("act.md", LAW.replace("open", "closed"))
    with monkeypatch.context() as patch:
        patch.setattr(owner, method, _fails(error))
        with pytest.raises(seen):
            two.ingest()
    assert caplog.messages == []
    assert two.shelf.store.generations() == [before]
    assert list((two.settings.data_dir / "index" / "drafts").iterdir()) == []
    assert "open to every vessel" in two.texts("act")
    assert two.ingest().changed == 1
    assert "closed to every vessel" in two.texts("act")


def test_a_full_disk_is_one_line_and_the_published_index_stays(
    two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.write("act.md", LAW.replace("open", "closed"))
    with monkeypatch.context() as patch:
        patch.setattr(type(two.shelf.library._fs), "pipe_file", _fails(FULL))
        with pytest.raises(StorageError, match="No space left") as caught:
            two.ingest()
    assert "\n" not in str(caught.value)
    assert "open to every vessel" in two.texts("act")


def test_the_second_of_two_ingests_is_told_to_wait(two: Any) -> None:
    two.write("act.md", LAW.replace("open", "closed"))
    with (
        WriterLock(two.settings.data_dir / "index" / "writer.lock"),
        pytest.raises(IndexLocked, match="another ingest"),
    ):
        two.ingest()
    assert two.ingest().changed == 1


def test_an_ingest_that_was_overtaken_does_not_undo_the_other(
    two: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "memo.md").write_text("# Memo\n\nThe register is public.\n")
    two.write("act.md", LAW.replace("open", "closed"))
    draft = type(two.shelf.store).draft

    def overtaken(*arguments: Any) -> Any:
        monkeypatch.setattr(type(two.shelf.store), "draft", draft)
        two.ingest(other)
        return draft(*arguments)

    monkeypatch.setattr(type(two.shelf.store), "draft", overtaken)
    with pytest.raises(IndexLocked, match="meanwhile; run it again"):
        two.ingest()
    assert two.texts("memo")
    assert two.ingest().changed == 1
    assert two.manifest().record("memo")


def test_a_reading_that_the_library_lost_is_made_again(two: Any) -> None:
    version = two.manifest().record("act").version
    (two.settings.data_dir / "library" / "texts" / f"{version}.json").unlink()
    two.catalogue('act act.md kind = "statute"; title = "Port Act"', ENTRIES[1])
    assert two.ingest().changed == 1
    assert two.shelf.library.reading(version).text


@pytest.mark.parametrize("damage", ["gone", "torn"])
def test_a_lost_manifest_is_one_line_and_rebuild_mends_it(two: Any, damage: str) -> None:
    manifests = two.settings.data_dir / "library" / "manifests"
    for path in manifests.iterdir():
        path.unlink() if damage == "gone" else path.write_text('{"generation": ')
    with pytest.raises(IndexMissing, match="--rebuild") as caught:
        two.ingest()
    assert "\n" not in str(caught.value)
    assert two.ingest(rebuild=True).documents == 2


def test_a_lost_generation_is_said_even_if_nothing_changed(two: Any) -> None:
    store, generation = two.shelf.store, two.manifest().generation
    store.remove(generation)
    with pytest.raises(IndexMissing, match="--rebuild"):
        two.ingest()
    assert two.ingest(rebuild=True).published


def test_a_foreign_index_is_one_line(two: Any) -> None:
    (two.settings.data_dir / "index" / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexForeign) as caught:
        two.ingest()
    assert "\n" not in str(caught.value)


def test_a_data_dir_that_is_a_file_is_one_line(desk: Any) -> None:
    desk.write("act.md", LAW)
    desk.settings.data_dir.write_text("not a folder")
    with pytest.raises(PinciteError):
        desk.ingest()


def test_leftovers_of_a_killed_ingest_are_swept(two: Any) -> None:
    data = two.settings.data_dir
    (data / "index" / "drafts" / "20170101T000000-aaaaaa").mkdir()
    part = data / "library" / "texts" / "abc.json.123.part"
    part.write_text("half")
    two.write("act.md", LAW.replace("open", "closed"))
    two.ingest()
    assert not part.exists()
    assert list((data / "index" / "drafts").iterdir()) == []
