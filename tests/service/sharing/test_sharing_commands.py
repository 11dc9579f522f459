"""Agreements, duplicates and packed corpora, by their commands and the API."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pincite.settings import Settings

Console = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def over(service: str, tiny_settings: Settings) -> Settings:
    """Settings whose data_dir has a running service."""
    return tiny_settings


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["agreements"], 1, "0 of 0 agreements"),
        (["agreements", "--agency", "Adams"], 1, "0 of 0 agreements"),
        (["agreements", "--model", "moon"], 2, "unknown model 'moon'; known are: jail_enf"),
        (["agreements", "--signed-from", "soon"], 2, "is no date"),
        (["agreements", "--jurisdiction", "mars"], 2, "unknown jurisdiction 'mars'"),
        (["corpora", "pack", "out.zip"], 2, "none of the 3 texts has a licence"),
        (["corpora", "pack", "out.zip", "--collection", "nix"], 2, "held are: tiny"),
        (["corpora", "pack", "out.zip", "--folder", "x"], 2, "--folder needs --catalogue"),
        (["corpora", "add", "nix.zip"], 2, "nix.zip: cannot be read: No such file"),
    ],
)
def test_a_command_tells_by_one_line_and_its_status(
    over: Settings, console: Console, words: list[str], status: int, said: str
) -> None:
    done = console(over, *words)
    assert done.returncode == status, done.stderr
    assert said in (done.stderr if status == 2 else done.stdout)
    assert len(done.stderr.splitlines()) == (status == 2)


def test_duplicates_name_the_older_edition(over: Settings, console: Console) -> None:
    done = console(over, "corpora", "duplicates", "--json")
    report = json.loads(done.stdout)
    assert report["documents"] == 3
    assert done.returncode == (0 if report["pairs"] else 1)


def test_a_corpus_is_packed_and_taken_by_its_commands(
    over: Settings, console: Console, tmp_path: Path
) -> None:
    out = tmp_path / "tiny.zip"
    done = console(over, "corpora", "pack", str(out), "--all")
    assert done.returncode == 0, done.stderr
    assert "tiny: 3 texts" in done.stdout or "corpus: 3 texts" in done.stdout
    done = console(over, "corpora", "add", str(out), "--into", str(tmp_path / "in"), "--json")
    assert done.returncode == 0, done.stderr
    added = json.loads(done.stdout)
    assert [file["licence"] for file in added["files"]] == [None] * 3
    assert (tmp_path / "in" / "catalogue.toml").is_file()


def test_the_api_lists_agreements_and_refuses_what_it_does_not_know(client: TestClient) -> None:
    listed = client.get("/v1/agreements").json()
    assert (listed["agreements"], listed["held"]) == ([], 0)
    refused = client.get("/v1/agreements", params={"model": "moon"})
    assert refused.status_code == 422
    assert "unknown model" in refused.json()["detail"]
    assert client.get("/v1/agreements", params={"colour": "red"}).status_code == 422
