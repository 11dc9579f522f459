"""`pincite compare`, `verify` and `--export`, over a running service."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner

from pincite.cli import app
from pincite.settings import Settings

Pincite = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
PLACES = ["--jurisdictions", "zz/arden,zz/brill"]


@pytest.fixture
def pincite(service: str, tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Pincite:
    """Runs `pincite` with these words where a service runs."""
    monkeypatch.setenv("PINCITE_DATA_DIR", str(tiny_settings.data_dir))
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: CliRunner().invoke(app, words)


@pytest.mark.parametrize("suffix", [".docx", ".ris", ".csl.json", ".md", ".json"])
def test_an_exported_answer_is_verified(pincite: Pincite, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"answer{suffix}"
    assert pincite("ask", TOLL, "--export", str(file)).exit_code == 0
    done = pincite("verify", str(file))
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "quotes hold, as of " in done.stdout


def test_an_exported_search_is_verified(pincite: Pincite, tmp_path: Path) -> None:
    file = tmp_path / "found.bin"
    words = ["search", "harbor bridge", "--export", str(file), "--export-format", "markdown"]
    assert pincite(*words).exit_code == 0
    file = file.rename(tmp_path / "found.md")
    assert pincite("verify", str(file)).exit_code == 0


def test_a_memo_with_one_word_changed_is_found_out(pincite: Pincite, tmp_path: Path) -> None:
    file = tmp_path / "memo.docx"
    pincite("ask", TOLL, "--export", str(file))
    memo = docx.Document(str(file))
    for paragraph in memo.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("twelve dollars", "twenty dollars")
    memo.save(str(file))
    done = pincite("verify", str(file), "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["quotes"][0]["state"] == "altered"
    assert "“twenty” stands where the source has “twelve”" in told["quotes"][0]["words"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", TOLL, "--export", "memo.pdf"], "ends in one of"),
        (["ask", TOLL, "--export-format", "docx"], "--export-format needs --export FILE"),
        (["ask", TOLL, "--export", "x.docx", "--export-format", "pdf"], "unknown format 'pdf'"),
        (["ask", TOLL, "--export", "/nowhere/x.md"], "cannot be written"),
        (["ask", TOLL, "--export", "x.xlsx"], "an answer cannot be a .xlsx file"),
        (["verify", "none.docx"], "none.docx: cannot be read"),
        (["verify", str(ROOT / "README.md")], "no quote"),
        (["verify", str(ROOT / "LICENSE")], "is no export of Pincite"),
        (["compare", TOLL, "--jurisdictions", ""], "0 jurisdictions were given"),
        (["compare", TOLL, "--jurisdictions", "mars"], "unknown jurisdiction 'mars'"),
        (["compare", TOLL, *PLACES, "--as-of", "2017-02-30"], "no such day"),
        (["compare", TOLL, *PLACES, "--format", "docx"], "not for a terminal"),
        (["compare", TOLL, *PLACES, "--format", "odt"], "unknown format 'odt'"),
        (["compare", "", *PLACES], "the question is empty"),
    ],
)
def test_a_users_error_is_one_line_and_status_2(
    pincite: Pincite, words: list[str], said: str
) -> None:
    done = pincite(*words)
    assert done.exit_code == 2, done.stdout
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_a_comparison_is_a_table_with_places_as_columns(pincite: Pincite) -> None:
    done = pincite("compare", TOLL, *PLACES)
    assert done.exit_code == 0, done.stderr
    head = done.stdout.splitlines()[1]
    assert head.index("Arden") < head.index("Brill")
    assert "not in corpus" in done.stdout


def test_a_comparison_in_which_nobody_says_anything_exits_1(pincite: Pincite) -> None:
    assert pincite("compare", TOLL, "--jurisdictions", "zz/brill").exit_code == 1


def test_a_comparison_as_csv_has_the_quote_under_its_place(pincite: Pincite) -> None:
    done = pincite("compare", TOLL, *PLACES, "--format", "csv")
    (row,) = csv.DictReader(StringIO(done.stdout.lstrip("\ufeff")))
    assert "twelve dollars" in row["zz/arden quote"]
    assert row["zz/brill type"] == "not_in_corpus"


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".csv", ".json", ".md", ".ris", ".csl.json"])
def test_a_comparison_in_a_file_is_verified(pincite: Pincite, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"table{suffix}"
    done = pincite("compare", TOLL, *PLACES, "--out", str(file))
    assert done.exit_code == 0, done.stderr
    assert pincite("verify", str(file)).exit_code == 0
