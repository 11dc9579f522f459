"""Nothing that a stranger packs leaves the folder, fills the disk or passes unchecked."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sharing import taking
from ingest.sharing.taking import add, read_manifest
from pincite.errors import PinciteError, UsageError

Members = list[tuple[zipfile.ZipInfo, bytes]]

TEXT = b"# Law\n\nThe words of the law.\n"
CATALOGUE = b"""[[entry]]
id = "law"
file = "law.md"
kind = "ordinance"
title = "The law"
licence = "CC0-1.0"
source_sha256 = "%s"
""" % hashlib.sha256(TEXT).hexdigest().encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(**changed: Any) -> dict[str, Any]:
    file = {"path": "law.md", "sha256": sha256(TEXT), "bytes": len(TEXT), "id": "law"}
    return {
        "format": "pincite-corpus",
        "version": 1,
        "name": "city",
        "catalogue_sha256": sha256(CATALOGUE),
        "files": [{**file, "licence": "CC0-1.0"}],
        **changed,
    }


def member(name: str, data: bytes, mode: int = 0o100644) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info, data


def sound(**changed: Any) -> Members:
    said = json.dumps(manifest(**changed)).encode()
    return [
        member("files/law.md", TEXT),
        member("catalogue.toml", CATALOGUE),
        member("pincite-corpus.json", said),
    ]


@pytest.fixture
def taken(tmp_path: Path) -> Callable[[Iterable[tuple[zipfile.ZipInfo, bytes]]], Path]:
    """A pack of these members, added to a folder."""

    def take(members: Iterable[tuple[zipfile.ZipInfo, bytes]]) -> Path:
        path = tmp_path / "sent.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for info, data in members:
                archive.writestr(info, data)
        add(path, tmp_path / "in", {})
        return tmp_path / "in"

    return take


def test_a_sound_pack_is_put_in_place(taken: Callable[..., Path]) -> None:
    into = taken(sound())
    assert (into / "law.md").read_bytes() == TEXT
    assert {path.name for path in into.iterdir()} == {"law.md", "catalogue.toml"}
    assert [path.name for path in sorted(into.parent.iterdir())] == ["in", "sent.zip"]


def packed_file(**changed: Any) -> list[dict[str, Any]]:
    return [{**manifest()["files"][0], **changed}]


@pytest.mark.filterwarnings("ignore:Duplicate name")  # that is what is tried
@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([*sound(), member("files/../../evil.md", b"x")], "leads out of the folder"),
        ([*sound(), member("/etc/evil.md", b"x")], "leads out of the folder"),
        ([*sound(), member("files/a\\..\\evil.md", b"x")], "leads out of the folder"),
        ([*sound(), member("C:/evil.md", b"x")], "leads out of the folder"),
        ([*sound(), member("files/a:b.md", b"x")], "no plain path"),
        ([*sound(), member("files//law.md", b"x")], "no plain path"),
        ([*sound(), member("files/trailing. ", b"x")], "no plain path"),
        ([*sound(), member("files/\u202egnp.md", b"x")], "no plain path"),
        ([*sound(), member("files/" + "x" * 300, b"x")], "no plain path"),
        ([*sound(), member("files/link.md", b"/etc/passwd", stat.S_IFLNK | 0o777)], "is a link"),
        ([*sound(), member("files/pipe", b"", stat.S_IFIFO | 0o644)], "is a link, a folder"),
        ([*sound(), member("files/folder/", b"")], "is a link, a folder"),
        ([*sound(), member("files/law.md", b"other")], "holds 'files/law.md' twice"),
        ([*sound(), member("files/LAW.md", b"other")], "holds 'files/LAW.md' twice"),
        ([*sound(), member("files/law.md/more", b"x")], "is a file and a folder"),
        ([*sound(), member("files/more.md", b"x")], "not in its manifest"),
        ([*sound(), member("files/zeros", bytes(300 * 2**20 // 100))], "grows more than 200"),
        (sound()[1:], "'files/law.md' is not in the archive"),
        (sound()[:1] + sound()[2:], "'catalogue.toml' is not in the archive"),
        (sound()[:2], "was not made by corpora pack"),
        ([member("files/law.md", b"# Other"), *sound()[1:]], "is not what was packed"),
        (sound(catalogue_sha256="0" * 64), "'catalogue.toml' is not what was packed"),
        (sound(version=2), "format pincite-corpus' 2|format 'pincite-corpus' 2"),
        (sound(version=2, colour="red"), "has format 2, this release reads up to 1; update"),
        (sound(format="tar"), "has format 'tar' 1"),
        (sound(name="../city"), "name: "),
        (sound(files=packed_file(sha256="no")), "files.0.sha256: "),
        (sound(files=packed_file(path="other.md")), "is not in"),
        (sound(files=packed_file() * 2), "names a file twice"),
        (sound(files=packed_file(id="other")), "do not agree"),
        (sound(files=packed_file(licence=None)), "do not agree"),
        ([*sound()[:2], member("pincite-corpus.json", b"{")], "pincite-corpus.json"),
        ([*sound()[:2], member("pincite-corpus.json", b"[" * 200_000)], "pincite-corpus.json"),
    ],
)
def test_a_hostile_pack_is_refused_in_one_line_and_nothing_is_written(
    taken: Callable[..., Path], tmp_path: Path, members: Members, said: str
) -> None:
    with pytest.raises(PinciteError, match=said) as caught:
        taken(members)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["sent.zip"]


def test_a_catalogue_that_cannot_be_loaded_is_refused_by_its_line(
    taken: Callable[..., Path], tmp_path: Path
) -> None:
    bad = CATALOGUE + b'colour = "red"\n'
    members = sound(catalogue_sha256=sha256(bad))
    members[1] = member("catalogue.toml", bad)
    with pytest.raises(PinciteError, match=r"catalogue\.toml:8: unknown field 'colour'"):
        taken(members)
    assert [path.name for path in tmp_path.iterdir()] == ["sent.zip"]


def written(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in members:
            archive.writestr(info, data)
    return path


def test_a_table_of_contents_without_end_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path / "sent.zip", sound())
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 2**31)
    path.write_bytes(data)
    with pytest.raises(UsageError, match="more than 20000 files"):
        read_manifest(path)


def test_too_many_files_and_too_many_bytes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "sent.zip", sound())
    with monkeypatch.context() as patch:
        patch.setattr(taking, "MOST_FILES", 0)
        with pytest.raises(UsageError, match="holds 3 files, more than 0"):
            read_manifest(path)
    with monkeypatch.context() as patch:
        patch.setattr(taking, "MOST_BYTES", 100)
        with pytest.raises(UsageError, match="would grow to"):
            read_manifest(path)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "sent.zip", sound())
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 5)  # the size in the table of contents
    path.write_bytes(data)
    with pytest.raises(UsageError):
        read_manifest(path)


@given(st.data())
def test_no_damage_to_a_pack_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever byte is changed, the pack is refused in one line or gives the very same texts."""
    folder = tmp_path_factory.mktemp("damage")
    path = written(folder / "sent.zip", sound())
    damaged = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(damaged) - 1))
    damaged[at] = data.draw(st.integers(0, 255))
    path.write_bytes(damaged[: data.draw(st.integers(1, len(damaged)) | st.just(len(damaged)))])
    with suppress(PinciteError):
        add(path, folder / "in", {})
    there = {file.name: file.read_bytes() for file in folder.glob("in/*")}
    assert there in ({}, {"law.md": TEXT, "catalogue.toml": CATALOGUE})


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sent.zip"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"sent\.zip: "):
        read_manifest(path)
    with pytest.raises(UsageError, match="No such file"):
        read_manifest(tmp_path / "nix.zip")


def test_an_id_that_stands_for_another_text_here_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "sent.zip", sound())
    with pytest.raises(UsageError, match="id 'law' stands for another text here"):
        add(path, tmp_path / "in", {"law": "f" * 64})
    add(path, tmp_path / "in", {"law": sha256(TEXT), "other": "f" * 64})


def test_the_same_pack_again_changes_nothing_and_another_folder_is_left_alone(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "sent.zip", sound())
    add(path, tmp_path / "in", {})
    before = (tmp_path / "in").stat().st_mtime_ns
    add(path, tmp_path / "in", {})
    assert (tmp_path / "in").stat().st_mtime_ns == before
    (tmp_path / "in" / "mine.md").write_text("mine")
    with pytest.raises(UsageError, match="is not empty"):
        add(path, tmp_path / "in", {})
    assert (tmp_path / "in" / "mine.md").read_text() == "mine"


def test_an_encrypted_member_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(*member("files/law.md", TEXT))
    info = zipfile.ZipFile(buffer).infolist()[0]
    info.flag_bits |= 1
    assert taking._hostile([info]) == "'files/law.md' is encrypted, or packed in an unknown way"
