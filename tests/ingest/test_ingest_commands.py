"""The ingesting half of the command line: exit codes, JSON, and one line for what went wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pincite.cli import app

LAW = "# Harbour Act\n\n§ 1. The harbour is open to every vessel at all hours.\n"


@pytest.fixture
def light(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A desk whose data folder and encoder the command line uses too."""
    monkeypatch.setattr("pincite.shelf.dense_encoder", lambda settings: desk.encoder)
    monkeypatch.setenv("PINCITE_DATA_DIR", str(desk.settings.data_dir))
    monkeypatch.setenv("PINCITE_OCR", "off")
    monkeypatch.chdir(desk.folder.parent)
    return desk


def pincite(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(*words: object) -> dict[str, Any]:
    result = pincite(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def one_line(result: Result) -> str:
    """The line on standard error of a user's error."""
    assert result.exit_code == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("pincite: ")
    return line


def test_ingest_tells_what_it_did_and_then_that_nothing_changed(light: Any) -> None:
    light.write("act.md", LAW)
    light.write("empty.md", "")
    first = pincite("ingest", light.folder)
    assert (first.exit_code, first.stderr) == (0, "")
    assert "not indexed: empty.md: empty:" in first.stdout
    assert "2 files: 1 added, 1 not indexed" in first.stdout
    assert "published generation" in first.stdout
    again = pincite("ingest", light.folder)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "nothing changed" in again.stdout


def test_ingest_as_json_is_the_whole_report(light: Any) -> None:
    light.write("act.md", LAW)
    dry = said("ingest", light.folder, "--dry-run")
    assert (dry["dry_run"], dry["added"], dry["generation"]) == (True, 1, None)
    report = said("ingest", light.folder)
    assert (report["published"], report["added"], report["refusals"]) == (True, 1, [])
    assert report["embedded"] == report["passages"]
    assert said("ingest", light.folder, "--rebuild")["changed"] == 1


@pytest.mark.parametrize("name", ["nothing.txt", "empty.md"])
def test_an_ingest_that_indexes_no_file_exits_1(light: Any, name: str) -> None:
    light.write(name, "")
    (light.folder / "nothing.txt").unlink(missing_ok=True)
    result = pincite("ingest", light.folder)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "nothing was published" in result.stdout


def test_users_errors_are_one_line_and_exit_2(light: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    light.write("act.md", LAW)
    assert "No such file or directory" in one_line(pincite("ingest", "missing"))
    assert "nothing was ingested yet" in one_line(pincite("index", "info"))
    assert "no corpus 'mars'" in one_line(pincite("corpora", "check", "mars"))
    assert "no generation 'x1'" in one_line(pincite("index", "rollback", "x1"))
    catalogue = light.write("broken.toml", "[[entry]]\nid = 3\n")
    assert "broken.toml" in one_line(
        pincite("ingest", light.folder, "--catalogue", catalogue, "--json")
    )
    monkeypatch.setenv("PINCITE_LIBRARY_URL", "nothing://here")
    assert "PINCITE_LIBRARY_URL" in one_line(pincite("ingest", light.folder))
    monkeypatch.setenv("PINCITE_OCRR", "off")
    assert "did you mean PINCITE_OCR?" in one_line(pincite("ingest", light.folder))


def test_an_interrupt_is_one_line(light: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    light.write("act.md", LAW)
    monkeypatch.setattr("ingest.drafting.Drafting._take", interrupted)
    result = pincite("ingest", light.folder)
    assert result.exit_code == 130
    [line] = result.stderr.splitlines()
    assert line.startswith("pincite: interrupted; ")


def test_generations_are_listed_rolled_back_and_pruned(light: Any) -> None:
    assert pincite("index", "list").exit_code == 1
    names = []
    for words in ("open", "closed", "gone"):
        light.write("act.md", LAW.replace("open", words))
        names.append(said("ingest", light.folder)["generation"])
    listed = said("index", "list")
    assert [row["generation"] for row in listed["generations"]] == names
    assert listed["published"] == names[2]
    assert pincite("index", "list").exit_code == 0
    info = said("index", "info")
    assert (info["generation"], info["documents"], info["parent"]) == (names[2], 1, names[1])
    assert said("index", "rollback")["generation"] == names[1]
    assert "closed to every vessel" in light.texts()
    assert said("index", "rollback", names[2])["generation"] == names[2]
    assert said("index", "prune", "--keep", 2)["deleted"] == [names[0]]
    assert said("index", "prune", "--keep", 1)["kept"] == [names[2]]
    assert "no older generation" in one_line(pincite("index", "rollback"))
    for command in ("list", "info", "prune"):
        assert pincite("index", command).exit_code == 0


def test_a_generation_without_its_manifest_is_not_rolled_back_to(light: Any) -> None:
    for words in ("open", "closed"):
        light.write("act.md", LAW.replace("open", words))
        pincite("ingest", light.folder)
    [first, second] = light.shelf.store.generations()
    (light.settings.data_dir / "library" / "manifests" / f"{first}.json").unlink()
    assert "not in the library" in one_line(pincite("index", "rollback"))
    assert light.shelf.store.current() == second


def test_corpora_are_listed_checked_and_fetched(light: Any, tmp_path: Path) -> None:
    listed = said("corpora", "list")["corpora"]
    assert {"sample", "sanctuary"} <= {corpus["name"] for corpus in listed}
    assert "sample" in pincite("corpora", "list").stdout
    assert said("corpora", "check", "sample")["complete"] is True
    assert said("corpora", "fetch", "sample")["complete"] is True
    (tmp_path / "mirror").mkdir()
    fetched = pincite("corpora", "fetch", "sanctuary", "--mirror", tmp_path / "mirror")
    assert fetched.exit_code == 1
    assert "missing_in_mirror" in fetched.stdout
    assert pincite("corpora", "check", "sanctuary").exit_code == 1
    assert "no such folder" in one_line(
        pincite("corpora", "fetch", "sanctuary", "--mirror", tmp_path / "none")
    )


def test_settings_say_where_each_value_comes_from(
    light: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINCITE_INDEX_API_KEY", "a-secret")
    rows = said("settings")
    assert rows["ocr"] == {"value": "off", "source": "PINCITE_OCR"}
    assert rows["threads"]["source"] == "default"
    assert "a-secret" not in json.dumps(rows)
    assert "PINCITE_OCR" in pincite("settings").stdout


def test_files_are_put_into_a_folder_and_ingested(light: Any, tmp_path: Path) -> None:
    act, empty, corpus = tmp_path / "act.md", tmp_path / "empty.md", tmp_path / "corpus"
    act.write_text(LAW)
    empty.write_text("")
    done = said("corpora", "include", act, empty, "--into", corpus, "--kind", "statute")
    assert done["added"] == ["statute/act.md"]
    assert [(one["source"], one["reason"]) for one in done["refused"]] == [
        ("statute/empty.md", "empty")
    ]
    assert done["report"]["added"] == 1
    again = pincite("corpora", "include", act, "--into", corpus, "--kind", "statute")
    assert "of that name is there already" in one_line(again)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--jurisdiction", "New York"], "--jurisdiction: 'New York' is not spelt like"),
        (["--issued", "soon"], "--issued: soon is not a day"),
    ],
)
def test_what_is_said_of_added_files_is_checked(
    light: Any, tmp_path: Path, words: list[str], told: str
) -> None:
    (tmp_path / "act.md").write_text(LAW)
    result = pincite("corpora", "include", tmp_path / "act.md", "--into", tmp_path / "c", *words)
    assert told in one_line(result)
    assert not (tmp_path / "c").exists()
