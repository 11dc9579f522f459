"""The asking half of the command line, in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pincite.settings import Settings
from service.client import announced, running
from service.commands import stretch
from service.printing import plain

Console = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
NOTHING = "Which mushrooms glow beneath Antarctic glaciers?"


@pytest.fixture
def over(service: str, tiny_settings: Settings) -> Settings:
    """Settings whose data_dir has a running service."""
    return tiny_settings


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["ask", TOLL], 0, "twelve dollars"),
        (["ask", NOTHING], 1, "Nearest, not an answer"),
        (["search", "harbor bridge", "--top", "1"], 0, "Arden Code § 4-12"),
        (["search", "bridge", "--kind", "op_ed", "--issued-to", "1990-01-01"], 1, "No passage"),
        (["documents"], 0, "arden-code-4-12"),
        (["documents", "--kind", "statute"], 1, "0 documents shown"),
        (["show", "arden-code-4-12"], 0, "harbor master"),
        (["show", "arden-code-4-12", "--at", "0:12"], 0, "Bridge tolls"),
    ],
)
def test_a_command_prints_and_tells_by_its_status(
    over: Settings, console: Console, words: list[str], status: int, said: str
) -> None:
    done = console(over, *words)
    assert done.returncode == status, done.stderr
    assert said in " ".join(done.stdout.split())
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", ""], "the question is empty"),
        (["ask", "toll " * 900], "at most 2000"),
        (["ask", "toll", "--place", "mars"], "unknown place 'mars'"),
        (["ask", "toll", "--kind", "law"], "unknown kind 'law'"),
        (["ask", "toll", "--as-of", "soon"], "write it as 2017-11-22"),
        (["search", "toll", "--top", "1000"], "top: "),
        (["documents", "--only-jurisdiction", "mars"], "unknown jurisdiction"),
        (["show", "nix"], "no document 'nix'"),
        (["show", "arden-code-4-12", "--at", "9:3"], "write START:END"),
        (["show", "arden-code-4-12", "--at", "-5:3"], "write START:END"),
        (["ask", "toll", "--colour", "red"], "No such option: --colour"),
        (["ask"], "Missing argument 'question'"),
        (["aks", "toll"], "No such command 'aks'"),
        (["search", "toll", "--top", "many"], "Invalid value for '--top'"),
        (["serve", "--try", "nix.toml"], "nix.toml: no [[try]] questions"),
    ],
)
def test_a_users_error_is_one_line_and_status_2(
    over: Settings, console: Console, words: list[str], said: str
) -> None:
    done = console(over, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("pincite: ")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["ask", TOLL], "citations"),
        (["search", "harbor bridge"], "hits"),
        (["documents"], "documents"),
        (["show", "arden-code-4-12", "--at", "0:12"], "sections"),
    ],
)
def test_json_is_what_the_api_gives(
    over: Settings, console: Console, words: list[str], key: str
) -> None:
    done = console(over, *words, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[key]


def test_before_the_first_ingest_one_line_says_what_to_run(
    tmp_path: Path, console: Console
) -> None:
    empty = Settings(data_dir=tmp_path / "none")
    for words in (["documents"], ["show", "x"]):
        done = console(empty, *words)
        assert done.returncode == 2
        assert "run `pincite ingest PATH` first" in done.stderr
    assert not (tmp_path / "none").exists()


def test_asking_a_running_service_imports_no_model_and_no_server(over: Settings) -> None:
    """That is what makes it take well under a second."""
    code = (
        "import sys; from pincite.settings import Settings; from service import commands;"
        f"answer = commands.ask(Settings(data_dir={str(over.data_dir)!r}), {TOLL!r});"
        "assert answer['citations'];"
        "heavy = {'torch', 'numpy', 'haystack', 'fastapi', 'uvicorn', 'qdrant_edge', 'httpx'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_reader_of_the_output_may_leave(over: Settings) -> None:
    environ = os.environ | {"PINCITE_DATA_DIR": str(over.data_dir)}
    command = f"{sys.executable} -m pincite.cli show hostile | true"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env=environ
    )
    assert done.stderr == ""


@pytest.mark.parametrize("use", ["false", "true"])
def test_the_service_is_used_unless_it_may_not_be(over: Settings, use: str) -> None:
    settings = Settings(data_dir=over.data_dir, use_service=use == "true")
    assert (running(settings) is not None) == (use == "true")


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"host": "127.0.0.1", "port": "x", "instance": "a"}',
        '{"host": "127.0.0.1", "port": 999999, "instance": "a"}',
        '{"host": "127.0.0.1", "port": 1, "instance": "a"}',
        '{"host": "no such host", "port": 80, "instance": "a"}',
        "\x00\xff",
    ],
)
def test_a_stale_or_spoilt_note_is_ignored(tmp_path: Path, note: str) -> None:
    (tmp_path / "service.json").write_text(note, encoding="latin-1")
    assert running(Settings(data_dir=tmp_path)) is None


def test_another_service_on_the_noted_port_is_not_asked(service: str, tmp_path: Path) -> None:
    """A service was killed, and one over other data took its port."""
    port = int(service.rsplit(":", 1)[1])
    said = {"host": "127.0.0.1", "port": port, "instance": "the one that was killed"}
    (tmp_path / "service.json").write_text(json.dumps(said), encoding="utf-8")
    assert running(Settings(data_dir=tmp_path)) is None


def test_a_service_removes_its_own_note_and_no_other(tmp_path: Path) -> None:
    settings, note = Settings(data_dir=tmp_path), tmp_path / "service.json"
    with announced(settings, "127.0.0.1", 1):
        assert json.loads(note.read_text())["port"] == 1
        with announced(settings, "0.0.0.0", 2):
            assert json.loads(note.read_text())["host"] == "127.0.0.1"
            later = note.read_text()
        assert not note.exists()
        note.write_text(later)
    assert note.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["service.json"]


def test_a_folder_that_cannot_be_written_does_not_stop_the_service(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with announced(Settings(data_dir=tmp_path / "file" / "below"), "127.0.0.1", 1) as instance:
        assert instance
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("at", "expected"), [(None, (0, 9)), ("2:5", (2, 5)), (":5", (0, 5)), ("5:", (5, 9))]
)
def test_a_stretch_is_two_offsets(at: str | None, expected: tuple[int, int]) -> None:
    assert stretch(at, 9) == expected


def test_a_document_cannot_drive_the_terminal() -> None:
    assert plain("a\x1b[31mb\x9b2J\u202ec\n\td") == "a\ufffd[31mb\ufffd2J\ufffdc\n\td"


def test_a_busy_port_is_told_before_anything_is_loaded(
    over: Settings, service: str, console: Console
) -> None:
    port = service.rsplit(":", 1)[1]
    started = time.monotonic()
    done = console(over, "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
    assert time.monotonic() - started < 60


@contextmanager
def serving(settings: Settings, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A `pincite serve` of its own, with what it printed until it was ready."""
    environ = os.environ | {"PINCITE_DATA_DIR": str(settings.data_dir), "PYTHONWARNINGS": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "pincite.cli", "serve", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environ,
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        if "--try" in words:
            said += [process.stdout.readline() for _ in range(4)]
        yield process, said
    finally:
        process.kill()
        process.communicate()


@pytest.mark.model
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_and_ends_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    settings = Settings(data_dir=tmp_path)
    questions = str(ROOT / "corpora" / "sample" / "questions.toml")
    with serving(settings, "--try", questions) as (process, said):
        assert said[0].startswith("Pincite is at http://127.0.0.1:")
        assert said[1] == "Three questions to try:\n"
        assert all(line.strip().endswith("?") for line in said[2:])
        client = running(settings)
        assert client is not None
        assert f":{client.port}/" in said[0]
        process.send_signal(how)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read().splitlines()[-1] == "stopped"
    assert not (tmp_path / "service.json").exists()
