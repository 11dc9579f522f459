"""A folder without a catalogue: kinds, ids, and a typed refusal for what cannot be read."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from ingest.folder import entries_of, fill_from_facts, kind_named
from pincite.kinds import Kind
from pincite.types import Entry, Mark, Reading, Span

SUFFIXES = {".md", ".pdf", ".txt"}


def placed(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_named_by_itself_its_plural_and_its_hyphens(kind: Kind) -> None:
    name = kind.value
    plural = name.removesuffix("y") + "ies" if name.endswith("y") else name + "s"
    for spelling in (name, plural, name.replace("_", "-"), name.replace("_", " ").title()):
        assert kind_named(spelling) is kind, spelling


@pytest.mark.parametrize("name", ["", "docs", "2017", "s", "statuteses"])
def test_another_name_is_no_kind(name: str) -> None:
    assert kind_named(name) is None


def test_the_kind_comes_from_the_nearest_folder_that_names_one(tmp_path: Path) -> None:
    folder = placed(tmp_path, "statutes/us/a.md", "statutes/op-eds/b.md", "misc/c.md")
    kinds = {entry.source: entry.kind for entry in entries_of(folder, SUFFIXES)[0]}
    assert kinds == {
        "misc/c.md": Kind.OTHER,
        "statutes/op-eds/b.md": Kind.OP_ED,
        "statutes/us/a.md": Kind.STATUTE,
    }


def test_the_folder_itself_may_name_the_kind(tmp_path: Path) -> None:
    [entry] = entries_of(placed(tmp_path / "resolutions", "a.md"), SUFFIXES)[0]
    assert entry.kind is Kind.RESOLUTION


def test_entries_come_in_the_order_of_their_paths_without_hidden_files(tmp_path: Path) -> None:
    folder = placed(tmp_path, "b.md", "a/z.md", "a.md", ".git/x.md", ".y.md", "catalogue.toml")
    entries, refusals = entries_of(folder, SUFFIXES)
    assert [entry.source for entry in entries] == ["a/z.md", "a.md", "b.md"]
    assert refusals == ()


def test_ids_come_from_the_path_alone_and_are_all_different(tmp_path: Path) -> None:
    names = ["Code §1.md", "a b.md", "a-b.md", "a.pdf", "a.md", "法.md", "令.md"]
    entries, _ = entries_of(placed(tmp_path, *names), SUFFIXES)
    ids = {entry.source: entry.id for entry in entries}
    assert ids["Code §1.md"] == "code-1"
    assert (ids["a.md"], ids["a.pdf"]) == ("a-md", "a-pdf")
    assert ids["a b.md"].startswith("a-b-md-")
    assert len(set(ids.values())) == len(names)


def test_unknown_endings_are_refused(tmp_path: Path) -> None:
    _, refusals = entries_of(placed(tmp_path, "a.exe", "LICENSE", "b.MD"), SUFFIXES)
    assert [(r.source, r.reason) for r in refusals] == [
        ("LICENSE", "unknown_type"),
        ("a.exe", "unknown_type"),
    ]


def test_links_are_never_a_way_out_or_round(tmp_path: Path) -> None:
    folder = placed(tmp_path / "corpus", "a.md", "sub/b.md")
    placed(tmp_path, "outside/secret.md")
    (folder / "to-outside").symlink_to(tmp_path / "outside")
    (folder / "to-secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "self.md").symlink_to("self.md")
    (folder / "nowhere.md").symlink_to("gone.md")
    (folder / "again").symlink_to(folder / "sub")
    (folder / "same.md").symlink_to("a.md")
    entries, refusals = entries_of(folder, SUFFIXES)
    assert [entry.source for entry in entries] == ["a.md", "same.md", "sub/b.md"]
    assert {r.source: r.reason for r in refusals} == {
        "nowhere.md": "unreadable",
        "self.md": "link_loop",
        "sub/up": "link_loop",
        "to-outside": "outside_corpus",
        "to-secret.md": "outside_corpus",
    }


def test_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    entries, [refusal] = entries_of(tmp_path, SUFFIXES)
    assert (entries, refusal.reason) == ((), "unreadable")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    folder = placed(tmp_path, "a.md", "b.md", "shut/c.md")
    (folder / "a.md").chmod(0)
    (folder / "shut").chmod(0)
    try:
        entries, refusals = entries_of(folder, SUFFIXES)
    finally:
        (folder / "shut").chmod(0o700)
    assert [entry.source for entry in entries] == ["b.md"]
    assert [(r.source, r.reason) for r in refusals] == [
        ("a.md", "unreadable"),
        ("shut", "unreadable"),
    ]


def test_a_name_that_is_not_utf8_is_refused_with_a_name_that_can_be_printed(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_bytes(b"")
    _, [refusal] = entries_of(tmp_path, SUFFIXES)
    assert (refusal.source, refusal.reason) == ("\ufffd.md", "unreadable")


def entry(title: str = "a.md", issued: date | None = None) -> Entry:
    return Entry("a", Kind.OTHER, title, "sub/a.md", issued=issued)


def test_facts_fill_what_is_unknown_and_only_that() -> None:
    reading = Reading(
        "Text.", "md", 1, facts=(("title", "An  Act"), ("date", "2019-03-04"), ("title", "B"))
    )
    filled = fill_from_facts(entry(), reading)
    assert (filled.title, filled.issued) == ("An Act", date(2019, 3, 4))
    known = entry("Known", date(2001, 1, 1))
    assert fill_from_facts(known, reading) == known
    assert fill_from_facts(filled, reading) == filled


def test_the_highest_heading_that_opens_the_document_is_the_title() -> None:
    text = "Small\nThe Great Act\nAlso great"
    marks = (
        Mark(Span(0, 5), "heading", "3"),
        Mark(Span(6, 19), "heading", "1"),
        Mark(Span(20, 30), "heading", "1"),
    )
    assert fill_from_facts(entry(), Reading(text, "md", 1, marks=marks)).title == "The Great Act"


def test_what_a_file_does_not_say_stays_unknown() -> None:
    filled = fill_from_facts(entry(), Reading("Some words.", "md", 1))
    assert filled == entry()
