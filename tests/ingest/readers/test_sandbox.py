"""Whatever happens in the child, the parent gets a Reading or a typed refusal, in time."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused, ReaderUnusable
from pincite.sandboxing import confined
from tests.processes import gone, lives, within

HERE = Path(__file__).parent
LIMITS = Limits(seconds=20, memory_mb=300, max_bytes=2**20, max_pages=50, max_chars=1000)
HASTY = Limits(seconds=0.5, memory_mb=300, max_pages=50)
CHILD = "misbehaving_child"


@pytest.fixture(autouse=True)
def _misbehaving_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE))


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, CHILD) as sandbox:
        yield sandbox


@pytest.fixture
def hasty() -> Iterator[Sandbox]:
    with Sandbox(HASTY, CHILD) as sandbox:
        sandbox.read(b"started", ".good")
        yield sandbox


def refusal(sandbox: Sandbox, suffix: str, data: bytes = b"x") -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        sandbox.read(data, suffix)
    return caught.value


def pid_of(sandbox: Sandbox) -> int:
    child = sandbox._confined._child
    assert child is not None
    return child._process.pid


@pytest.mark.parametrize(
    ("suffix", "reason", "word"),
    [
        (".memory", "too_much_memory", "PINCITE_READER_MEMORY_MB"),
        (".bad-alloc", "too_much_memory", "PINCITE_READER_MEMORY_MB"),
        (".nest", "malformed", "nested"),
        (".segfault", "crashed", "SIGSEGV"),
        (".abort", "crashed", "SIGABRT"),
        (".exit", "crashed", "exit status 3"),
        (".sys-exit", "crashed", "exit status 1"),
        (".flood", "crashed", "protocol"),
        (".surrogate", "malformed", "surrogates"),
        (".unknown", "malformed", "KeyError"),
    ],
)
def test_a_failing_reader_refuses_its_file_and_the_next_one_is_read(
    shared: Sandbox, suffix: str, reason: str, word: str
) -> None:
    refused = refusal(shared, suffix)
    assert refused.reason == reason
    assert word in refused.detail
    assert shared.read(b"the next", ".good").text == "the next"


def test_memory_that_an_earlier_file_left_behind_refuses_no_later_one() -> None:
    with Sandbox(LIMITS, CHILD) as sandbox:
        assert [sandbox.read(b"x", ".leaves").text for _ in range(4)] == ["1 left behind"] * 4


@pytest.mark.parametrize("suffix", [".hang", ".regex"])
def test_a_reader_that_never_ends_is_killed_in_time(hasty: Sandbox, suffix: str) -> None:
    pid, start = pid_of(hasty), time.monotonic()
    assert refusal(hasty, suffix).reason == "too_slow"
    assert time.monotonic() - start < 5
    assert gone(pid)
    assert hasty.read(b"the next", ".good").text == "the next"


def test_a_child_that_stops_listening_is_killed_in_time(hasty: Sandbox) -> None:
    os.kill(pid_of(hasty), signal.SIGSTOP)
    assert refusal(hasty, ".good", b"x" * 10**6).reason == "too_slow"


def test_a_scanned_page_starts_the_clock_again(hasty: Sandbox) -> None:
    # 5 pages of 0.2 s: twice the limit of 0.5 s
    assert hasty.read(b"5", ".pages").text == "all pages"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("", "shape"),
        ("not json", "shape"),
        ("[]", "shape"),
        ("{}", "contradicts"),
        ('{"reading": {}}', "shape"),
        ('{"reading": {"text": 1, "reader": "r", "revision": 1}}', "shape"),
        ('{"refused": {"reason": "mood", "detail": "d"}}', "shape"),
        ('{"refused": "no"}', "shape"),
        (
            '{"reading": {"text": "ab", "reader": "r", "revision": 1,'
            ' "marks": [{"span": {"start": 0, "end": 3}, "type": "ocr"}]}}',
            "contradicts",  # the mark ends after the text
        ),
        (json.dumps({"reading": {"text": "x" * 1001, "reader": "r", "revision": 1}}), "contradict"),
    ],
)
def test_an_answer_of_another_shape_is_not_believed(shared: Sandbox, said: str, word: str) -> None:
    answer = said.encode() or b" "
    refused = refusal(shared, ".raw", answer)
    assert refused.reason == "crashed"
    assert word in refused.detail


def test_what_a_library_prints_does_not_reach_the_parent(shared: Sandbox) -> None:
    assert shared.read(b"x", ".print").text == "read 0 from standard input"


def test_the_child_has_no_network(shared: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()
        python, native = shared.read(port, ".online").text.rsplit(" ", 1)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert set(python.split()) == {"PermissionError"}
    if sys.platform == "linux":
        assert native == "EPERM"  # the kernel refuses what does not go through Python


def test_the_child_knows_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_INDEX_API_KEY", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with Sandbox(LIMITS, CHILD) as sandbox:
        names = set(sandbox.read(b"x", ".environment").text.split())
    allowed = {*confined._KEPT_VARIABLES, *confined._SET_VARIABLES, "PYTHONPATH"}
    assert names <= allowed | {"LC_CTYPE"}  # Python itself sets this one


def test_large_empty_and_long_files_are_refused_with_a_word(shared: Sandbox) -> None:
    assert refusal(shared, ".good", b"").reason == "empty"
    assert refusal(shared, ".good", b"x" * (2**20 + 1)).reason == "too_large"
    assert refusal(shared, ".long", b"1001").reason == "expands_too_much"
    assert len(shared.read(b"1000", ".long").text) == 1000


def test_a_file_as_large_as_the_limit_passes_through() -> None:
    size = 20_000_000
    with Sandbox(Limits(max_bytes=size, max_chars=size), CHILD) as sandbox:
        assert len(sandbox.read(b"x" * size, ".good").text) == size


def test_threads_take_turns(shared: Sandbox) -> None:
    heard: dict[int, str] = {}

    def ask(number: int) -> None:
        heard[number] = shared.read(str(number).encode(), ".good").text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: str(number) for number in range(8)}


def test_the_child_outlives_the_thread_that_started_it() -> None:
    with Sandbox(LIMITS, CHILD) as sandbox:
        thread = threading.Thread(target=sandbox.read, args=(b"x", ".good"))
        thread.start()
        thread.join()
        pid = pid_of(sandbox)
        assert sandbox.read(b"again", ".good").text == "again"
        assert pid_of(sandbox) == pid


def test_a_child_is_replaced_after_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_REQUESTS_A_CHILD", 2)
    with Sandbox(LIMITS, CHILD) as sandbox:
        pids = []
        for _ in range(3):
            sandbox.read(b"x", ".good")
            pids.append(pid_of(sandbox))
    assert pids[0] == pids[1] != pids[2]
    assert gone(pids[0])
    assert gone(pids[2])


def test_closing_ends_a_reading_and_blames_no_file() -> None:
    sandbox = Sandbox(LIMITS, CHILD)
    sandbox.read(b"x", ".good")
    pid, raised = pid_of(sandbox), []

    def read() -> None:
        try:
            sandbox.read(b"x", ".hang")
        except ReaderUnusable as error:
            raised.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(0.3)
    sandbox.close()
    thread.join(5)
    assert len(raised) == 1
    assert gone(pid)
    with pytest.raises(ReaderUnusable):
        sandbox.read(b"x", ".good")


def test_a_child_that_cannot_start_is_no_files_fault() -> None:
    with Sandbox(LIMITS, "no_such_module") as sandbox, pytest.raises(ReaderUnusable) as caught:
        sandbox.read(b"x", ".good")
    assert "No module named no_such_module" in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_busy_child_dies_with_a_killed_parent(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import sys; from ingest.readers.sandboxing.sandbox import Sandbox;"
        " from ingest.readers.format import Limits;"
        f" Sandbox(Limits(), {CHILD!r}).read(sys.argv[1].encode(), '.regex')"
    )
    environment: dict[str, Any] = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[2])]),
    }
    parent = subprocess.Popen([sys.executable, "-c", program, str(note)], env=environment)
    try:
        assert within(20, lambda: note.exists() and note.read_text() != "")
    finally:
        parent.kill()
        parent.wait()
    assert within(5, lambda: not lives(int(note.read_text())))
