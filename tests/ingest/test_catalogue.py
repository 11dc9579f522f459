"""The catalogue's format: what it accepts, and that each problem names its line."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import check_catalogue, check_files, load_catalogue
from pincite.errors import CatalogueError
from pincite.kinds import Kind
from pincite.types import Link

GOOD = """\
collection = "tests"
licence = "CC0-1.0"

[[entry]]
id = "code-4-12"
file = "ordinance/code 4-12.md"
kind = "ordinance"
title = "Use of city resources"
jurisdiction = "us/xx/arden"
issued = 2019-03-04
effective = "2019-04-01"
status = "in_force"
supersedes = ["code-4-12-1987"]
parties = ["Arden", "ICE"]

[[entry]] # the old one
id = "code-4-12-1987"
file = "ordinance/old.md"
kind = "ordinance"
title = "Use of city resources"
status = "superseded"
licence = "public domain"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_holds_what_the_table_says_and_nothing_else(tmp_path: Path) -> None:
    new, old = load_catalogue(written(tmp_path, GOOD))
    assert new.kind is Kind.ORDINANCE
    assert (new.source, new.collection, new.licence) == (
        "ordinance/code 4-12.md",
        "tests",
        "CC0-1.0",
    )
    assert (new.issued, new.effective) == (date(2019, 3, 4), date(2019, 4, 1))
    assert new.relations == (Link("supersedes", "code-4-12-1987"),)
    assert new.parties == ("Arden", "ICE")
    assert (new.expires, new.citation, new.url) == (None, None, None)
    assert (old.licence, old.status) == ("public domain", "superseded")


@pytest.mark.parametrize(
    ("find", "put", "line", "words"),
    [
        ('kind = "ordinance"', 'kind = "ordinence"', 7, "did you mean 'ordinance'"),
        ('kind = "ordinance"', 'knd = "ordinance"', 7, "unknown field 'knd'; did you mean 'kind'"),
        ('status = "in_force"', 'status = "valid"', 12, "one of in_force, superseded"),
        ("2019-03-04", '"4 March 2019"', 10, "is not a day like"),
        ("2019-03-04", '"2019-02-30"', 10, "is not a day like"),
        ("2019-03-04", "2019-02-30", 10, "not TOML"),
        ("2019-03-04", "2019-03-04T10:00:00", 10, "is not a day like"),
        ('status = "in_force"', "expires = 2019-03-31", 12, "lies before effective 2019-04-01"),
        ('"2019-04-01"', '"2019-04-01"\nexpires = 2018-01-01', 12, "lies before effective"),
        ('"2019-04-01"', '"2019-04-01"\ncurrent_through = 2019-03-20', 12, "lies before effective"),
        ('["code-4-12-1987"]', '["code-4-12-1978"]', 13, "did you mean 'code-4-12-1987'"),
        ('["code-4-12-1987"]', '["code-4-12"]', 13, "names itself"),
        ('["code-4-12-1987"]', '"code-4-12-1987"', 13, "must be a list of ids"),
        ("supersedes", "revokes", 13, "whose status is 'superseded'; it must be revoked"),
        ('id = "code-4-12-1987"', 'id = "code-4-12"', 17, "used twice (first on line 5)"),
        ('id = "code-4-12-1987"', 'id = "Code 4"', 17, "is not spelt like"),
        ("ordinance/old.md", "ordinance/code 4-12.md", 18, "file 'ordinance/code 4-12.md' is used"),
        ("ordinance/old.md", "../old.md", 18, "leads out of the folder"),
        ("ordinance/old.md", "/etc/passwd", 18, "leads out of the folder"),
        ("ordinance/old.md", "ordinance//old.md", 18, "not a plain path"),
        ("ordinance/old.md", "c:/old.md", 18, "leads out of the folder"),
        ('"us/xx/arden"', '"us//arden"', 9, "is not spelt like us/ny"),
        ('"us/xx/arden"', '"US/xx"', 9, "is not spelt like us/ny"),
        ('title = "Use of city resources"\njur', 'title = "  "\njur', 8, "text that is not empty"),
        ('title = "Use of city resources"\njur', 'title = "a\\nb"\njur', 8, "control character"),
        ('title = "Use of city resources"\njur', "jur", 4, "an entry needs 'title'"),
        ('collection = "tests"', 'colection = "tests"', 1, "did you mean 'collection'"),
        ('licence = "CC0-1.0"', "licence = 3", 2, "licence: must be a text"),
        ('licence = "public domain"', 'url = "ftp://x/y"', 22, "not an address"),
        ('licence = "public domain"', 'source_sha256 = "ABC"', 22, "64 small hexadecimal"),
        ('licence = "public domain"', "licence = = 1", 22, "not TOML"),
        ("[[entry]] # the old one", "[entry]", 16, "not TOML"),
    ],
)
def test_a_problem_names_its_line(
    tmp_path: Path, find: str, put: str, line: int, words: str
) -> None:
    assert find in GOOD
    path = written(tmp_path, GOOD.replace(find, put, 1))
    found = {problem.line or 0: str(problem) for problem in reversed(check_catalogue(path))}
    assert found[line].startswith(f"{path}:{line}: ")
    assert words in found[line]
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    assert str(caught.value).startswith(found[min(found)])


def test_all_problems_are_found_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    broken = GOOD.replace("2019-03-04", '"x"').replace('"superseded"', '"gone"')
    path = written(tmp_path, broken)
    assert [problem.line for problem in check_catalogue(path)] == [10, 21]
    with pytest.raises(CatalogueError, match="and 1 more problem in this file"):
        load_catalogue(path)


def test_a_broken_entry_is_not_reported_again_by_those_that_link_to_it(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace('file = "ordinance/old.md"', 'file = "../old.md"'))
    assert [problem.line for problem in check_catalogue(path)] == [18]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", r"lists no \[\[entry\]\]"), ("entry = 3", "write every entry under its own")],
)
def test_a_catalogue_without_entries_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=words):
        load_catalogue(written(tmp_path, text))


def test_a_file_that_is_missing_or_not_utf8_is_a_catalogue_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="No such file"):
        load_catalogue(tmp_path / "none.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes('collection = "Städte"'.encode("latin-1"))
    with pytest.raises(CatalogueError, match="not UTF-8"):
        load_catalogue(latin)


def test_no_line_is_better_than_a_wrong_one(tmp_path: Path) -> None:
    tricky = GOOD.replace('"tests"', '"""\n[[entry]]\n"""', 1).replace("2019-03-04", '"x"')
    lines = [problem.line for problem in check_catalogue(written(tmp_path, tricky))]
    assert lines == [None, None, None]  # the collection holds a line break: once an entry


def listed(folder: Path, sha256: str, name: str = "a.md") -> Path:
    entry = f'[[entry]]\nid = "a"\nfile = "{name}"\nkind = "other"\ntitle = "A"\n'
    return written(folder, f'{entry}source_sha256 = "{sha256}"\n')


def test_files_are_checked_against_the_catalogue(tmp_path: Path) -> None:
    right = hashlib.sha256(b"text").hexdigest()
    (tmp_path / "a.md").write_bytes(b"text")
    assert check_files(listed(tmp_path, right), tmp_path) == []
    [differs] = check_files(listed(tmp_path, "0" * 64), tmp_path)
    assert differs.line == 6
    assert right in differs.what
    [missing] = check_files(listed(tmp_path, right, "b.md"), tmp_path)
    assert missing.line == 3
    assert "b.md is not in" in missing.what


def test_a_link_that_leads_out_of_the_folder_is_no_file_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "secret.md").write_bytes(b"text")
    (folder / "a.md").symlink_to(tmp_path / "secret.md")
    [problem] = check_files(listed(folder, hashlib.sha256(b"text").hexdigest()), folder)
    assert "leads out of" in problem.what


@given(st.text())
def test_any_text_is_a_catalogue_or_a_catalogue_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert check_catalogue(path)  # no text this short lists an entry that can stand
