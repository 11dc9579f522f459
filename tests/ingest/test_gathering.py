"""Which files an ingest is about, and the root that each belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.gathering import Gathered, gather
from pincite.errors import CatalogueError, PinciteError, UsageError

ACT = 'act law/act.md kind = "statute"; title = "Act"'


def ids(gathered: Gathered) -> list[str]:
    return [source.entry.id for source in gathered.sources]


def test_a_folder_with_a_catalogue_is_read_by_it(desk: Any) -> None:
    desk.write("law/act.md", "text")
    desk.write("other.md", "text")
    desk.catalogue(ACT, collection="laws")
    gathered = gather([desk.folder])
    assert ids(gathered) == ["act"]
    assert gathered.roots == {"laws"}
    assert gathered.sources[0].described


def test_a_folder_without_one_is_its_own_root(desk: Any) -> None:
    desk.write("law/act.md", "text")
    gathered = gather([desk.folder])
    assert ids(gathered) == ["law-act"]
    assert gathered.roots == {str(desk.folder)}
    assert gathered.sources[0].entry.collection == desk.folder.name
    assert not gathered.sources[0].described


def test_entries_of_several_collections_have_their_folder_as_root(desk: Any) -> None:
    desk.catalogue(
        'a a.md kind = "other"; title = "A"; collection = "one"',
        'b b.md kind = "other"; title = "B"; collection = "two"',
    )
    assert gather([desk.folder]).roots == {str(desk.folder)}


def test_a_catalogue_may_lie_elsewhere(desk: Any, tmp_path: Path) -> None:
    desk.write("law/act.md", "text")
    elsewhere = desk.catalogue(ACT, folder=tmp_path)
    assert ids(gather([desk.folder], elsewhere)) == ["act"]


@pytest.mark.parametrize("given", [True, False])
def test_a_single_file_is_described_by_the_catalogue_above_it(desk: Any, given: bool) -> None:
    act = desk.write("law/act.md", "text")
    desk.write("law/order.md", "text")
    catalogue = desk.catalogue(ACT)
    gathered = gather([act], catalogue if given else None)
    assert ids(gathered) == ["act"]
    assert gathered.roots == frozenset()
    with pytest.raises(UsageError, match="has no entry for it"):
        gather([desk.folder / "law" / "order.md"], catalogue if given else None)


def test_a_single_file_belongs_to_the_indexed_folder_that_holds_it(desk: Any) -> None:
    act = desk.write("law/act.md", "text")
    assert ids(gather([act])) == ["act"]
    [source] = gather([act], known_roots={str(desk.folder)}).sources
    assert (source.entry.id, source.root) == ("law-act", str(desk.folder))


def test_a_folder_named_twice_or_within_another_is_read_once(desk: Any) -> None:
    act = desk.write("law/act.md", "text")
    assert ids(gather([desk.folder, desk.folder / "law", act, desk.folder])) == ["law-act"]


def test_a_folder_takes_over_indexed_folders_inside_it(desk: Any) -> None:
    desk.write("law/act.md", "text")
    known = {str(desk.folder / "law"), str(desk.folder), "/elsewhere", "laws"}
    assert gather([desk.folder], known_roots=known).former == {str(desk.folder / "law")}


def test_a_catalogue_that_came_later_takes_over_its_folder(desk: Any) -> None:
    desk.write("law/act.md", "# Act\n\nThe harbour is open.\n")
    desk.ingest()
    desk.catalogue(ACT)
    report = desk.ingest()
    assert (report.added, report.removed, report.documents) == (1, ("law-act",), 1)


def test_a_part_of_an_indexed_folder_is_not_indexed_twice(desk: Any) -> None:
    desk.write("law/act.md", "text")
    with pytest.raises(UsageError, match="ingest that folder"):
        gather([desk.folder / "law"], known_roots={str(desk.folder)})


def test_the_same_id_from_two_folders_names_both_files(desk: Any) -> None:
    one, two = desk.write("one/a.md", "text"), desk.write("two/a.md", "text")
    with pytest.raises(UsageError) as caught:
        gather([one.parent, two.parent])
    assert str(one) in str(caught.value)
    assert str(two) in str(caught.value)


def test_a_link_that_leads_to_itself_is_an_error_of_ours(desk: Any) -> None:
    (desk.folder / "loop").symlink_to(desk.folder / "loop")
    with pytest.raises(UsageError, match="symbolic links"):
        gather([desk.folder / "loop"])


@pytest.mark.parametrize("name", ["nothing", "nothing.md", "law/nothing.md"])
def test_what_is_not_there_is_said(desk: Any, name: str) -> None:
    with pytest.raises(UsageError, match="No such file or directory"):
        gather([desk.folder / name])


def test_a_file_that_no_reader_knows_is_a_refusal(desk: Any) -> None:
    gathered = gather([desk.write("a.xyz", "text")])
    assert [refusal.reason for refusal in gathered.refusals] == ["unknown_type"]


def test_a_hidden_file_cannot_be_named(desk: Any) -> None:
    with pytest.raises(UsageError, match="not a file that can be ingested"):
        gather([desk.write(".a.md", "text")])


@pytest.mark.parametrize("words", ["", "[[entry]]", "collection = ", 'file = "a"'])
def test_a_broken_catalogue_is_an_error_of_ours(desk: Any, words: str) -> None:
    desk.write("catalogue.toml", words)
    with pytest.raises(PinciteError):
        gather([desk.folder])
    with pytest.raises(CatalogueError):
        gather([desk.folder], desk.folder / "missing.toml")


def test_links_in_a_catalogued_folder_lead_nowhere_else(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    desk.write("law/x.md", "text")
    (desk.folder / "law" / "act.md").symlink_to(tmp_path / "secret.md")
    (desk.folder / "loop.md").symlink_to(desk.folder / "loop.md")
    desk.catalogue(ACT, 'loop loop.md kind = "other"; title = "Loop"')
    gathered = gather([desk.folder])
    assert gathered.sources == ()
    assert [r.reason for r in gathered.refusals] == ["outside_corpus", "link_loop"]
