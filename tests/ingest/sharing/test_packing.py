"""A corpus goes out as one file and comes back as it was; what may not go out stays."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import load_catalogue
from ingest.catalogue_writing import catalogue_toml
from ingest.publishing import ingest
from ingest.sharing.commands import corpora_add, corpora_pack
from ingest.sharing.form import may_be_shared
from ingest.sharing.packing import from_catalogue, from_generation, pack
from ingest.sharing.taking import add
from pincite.errors import PinciteError, StorageError, UsageError
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf, published_manifest
from pincite.types import AgreementFacts, Entry, Link

ROOT = Path(__file__).parents[3]
_TEXT = (
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
    .filter(str.strip)
    .map(str.strip)
)
_FACTS = st.builds(
    AgreementFacts,
    agency=_TEXT,
    model=st.sampled_from(["jail_enforcement", "task_force"]),
    signatory=st.none() | _TEXT,
    signed=st.none() | st.dates(),
    term=st.none() | _TEXT,
)


def corpus(folder: Path, *rows: tuple[str, str | None]) -> Path:
    """A folder of texts, each by its id and licence, and its catalogue."""
    folder.mkdir()
    lines = ['collection = "city"']
    for name, licence in rows:
        (folder / f"{name}.md").write_text(f"# {name}\n\nThe words of {name}.\n")
        lines += ["[[entry]]", f'id = "{name}"', f'file = "{name}.md"', 'kind = "ordinance"']
        lines += [f'title = "{name}"', f'url = "https://city.example/{name}"']
        lines += [f'licence = "{licence}"'] if licence else []
    (folder / "catalogue.toml").write_text("\n".join(lines))
    return folder


def packed(folder: Path, out: Path, *, everything: bool = False) -> Path:
    pack(from_catalogue(folder / "catalogue.toml", folder), out, everything=everything)
    return out


@pytest.mark.parametrize("name", ["sample", "sanctuary"])
def test_a_catalogue_written_is_the_catalogue_read(name: str, tmp_path: Path) -> None:
    entries = load_catalogue(ROOT / "corpora" / name / "catalogue.toml")
    path = tmp_path / "catalogue.toml"
    path.write_text(catalogue_toml(entries), encoding="utf-8")
    assert _by_type(load_catalogue(path)) == _by_type(entries)


def _by_type(entries: tuple[Entry, ...]) -> list[tuple[Entry, list[Link]]]:
    """Entries with their relations in one order: a catalogue groups them by type."""
    from dataclasses import replace

    def key(link: Link) -> tuple[str, str]:
        return link.type, link.target

    return [(replace(e, relations=()), sorted(e.relations, key=key)) for e in entries]


@given(_TEXT, st.lists(_TEXT, max_size=3), st.none() | st.dates(), st.none() | _FACTS)
def test_any_entry_survives_its_catalogue(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    parties: list[str],
    issued: date | None,
    facts: AgreementFacts | None,
) -> None:
    entry = Entry(
        "one",
        Kind.AGREEMENT,
        title,
        "one.md",
        issued=issued,
        parties=tuple(parties),
        agreement=facts,
    )
    text = catalogue_toml([entry])
    tomllib.loads(text)
    path = tmp_path_factory.mktemp("written") / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    assert load_catalogue(path) == (entry,)


def test_the_same_corpus_makes_the_same_bytes(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "city", ("b", "CC0-1.0"), ("a", "public domain"))
    first = packed(folder, tmp_path / "first.zip").read_bytes()
    for path in folder.iterdir():
        path.touch()
    assert packed(folder, tmp_path / "second.zip").read_bytes() == first


def test_a_text_that_may_not_be_passed_on_is_named_with_where_to_fetch_it(tmp_path: Path) -> None:
    rows = ("law", "public domain (government edict)"), ("column", "all rights reserved")
    folder = corpus(tmp_path / "city", *rows, ("note", None))
    manifest = pack(from_catalogue(folder / "catalogue.toml", folder), tmp_path / "out.zip")
    assert [file.id for file in manifest.files] == ["law"]
    assert [(text.id, text.url) for text in manifest.left_out] == [
        ("column", "https://city.example/column"),
        ("note", "https://city.example/note"),
    ]
    assert all(len(text.sha256) == 64 for text in manifest.left_out)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["files/law.md", "catalogue.toml", "pincite-corpus.json"]
        assert b"column.md" not in archive.read("catalogue.toml")


def test_all_texts_go_out_when_asked_for(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "city", ("law", "CC0-1.0"), ("column", "all rights reserved"))
    packed(folder, tmp_path / "out.zip", everything=True)
    assert len(add(tmp_path / "out.zip", tmp_path / "in", {}).files) == 2


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("public domain (U.S. government work)", True),
        ("public domain (government edict)", True),
        ("CC0-1.0", True),
        ("CC BY-SA 4.0 for the edit; the opinion is in the public domain", True),
        ("CC-BY-4.0", True),
        ('repository MIT, README: "Policy content is public domain"', True),
        ("CC BY-NC 4.0", False),
        ("CC BY-ND 4.0", False),
        ("all rights reserved by the publisher", False),
        ("submitted", False),
        ("", False),
        (None, False),
    ],
)
def test_a_licence_tells_whether_a_text_may_be_passed_on(licence: str | None, free: bool) -> None:
    assert may_be_shared(licence) is free


def test_a_link_to_a_text_left_out_is_left_out_and_named(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "city", ("law", "CC0-1.0"), ("column", None))
    catalogue = folder / "catalogue.toml"
    text = catalogue.read_text().replace('title = "law"', 'title = "law"\namends = ["column"]')
    catalogue.write_text(text)
    manifest = pack(from_catalogue(catalogue, folder), tmp_path / "out.zip")
    assert manifest.links_left_out == ("law amends column",)
    add(tmp_path / "out.zip", tmp_path / "in", {})
    assert load_catalogue(tmp_path / "in" / "catalogue.toml")[0].relations == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"catalogue": Path("x.toml"), "collection": "city"}, "name one"),
        ({"folder": Path("x")}, "--folder needs --catalogue"),
        ({"catalogue": Path("x.toml")}, "x.toml: cannot be read"),
        ({}, "nothing was ingested"),
    ],
)
def test_what_cannot_be_packed_is_one_line(
    tmp_path: Path, given: dict[str, Path], said: str
) -> None:
    with pytest.raises(PinciteError, match=said) as caught:
        corpora_pack(Settings(data_dir=tmp_path / "var"), tmp_path / "out.zip", **given)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out.zip").exists()


def test_nothing_to_pass_on_and_nowhere_to_write_are_said(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "city", ("column", None))
    held = from_catalogue(folder / "catalogue.toml", folder)
    with pytest.raises(UsageError, match="none of the 1 texts has a licence"):
        pack(held, tmp_path / "out.zip")
    with pytest.raises(UsageError, match="is a folder"):
        pack(held, tmp_path, everything=True)
    with pytest.raises(StorageError, match="cannot be written"):
        pack(held, tmp_path / "nowhere" / "out.zip", everything=True)
    assert [path.name for path in tmp_path.iterdir()] == ["city"]


def test_a_file_that_changed_since_its_catalogue_is_not_packed(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "city", ("law", "CC0-1.0"))
    catalogue = folder / "catalogue.toml"
    catalogue.write_text(f'{catalogue.read_text()}\nsource_sha256 = "{"0" * 64}"\n')
    with pytest.raises(PinciteError, match="the catalogue says"):
        packed(folder, tmp_path / "out.zip")


def test_a_corpus_comes_back_as_the_same_corpus(
    tmp_path: Path, sample_dir: Path, light_shelf: Callable[[Settings], Shelf]
) -> None:
    """Pack, add and ingest: the texts, and so the corpus digest, are those of the sender."""
    settings, theirs = (Settings(data_dir=tmp_path / d, ocr="off") for d in ("ours", "theirs"))
    ingest(settings, [sample_dir], shelf=light_shelf(settings))
    ours = published_manifest(settings, light_shelf(settings).library)
    out = tmp_path / "sample.zip"
    corpora_pack(settings, out, collection="sample")
    added = corpora_add(theirs, out, None)
    ingest(theirs, [Path(added["folder"])], shelf=light_shelf(theirs))
    held = published_manifest(theirs, light_shelf(theirs).library)
    assert held.corpus_digest == ours.corpus_digest
    assert len(held.records) == len(ours.records) > 15
    # ours holds no text of the scan, which reading refused; the files alone make the same pack
    again = tmp_path / "again.zip"
    pack(from_generation(held, light_shelf(theirs).library, "sample"), again)
    assert again.read_bytes() == out.read_bytes()
