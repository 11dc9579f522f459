"""A run writes what happens as it happens, and goes on where it was cut off."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval.errors import RunError, ServiceGone
from eval.runner import Drawn, ask_all, asked, begin, finish
from eval.runs import Rows, found_run, read_about, read_rows, read_run, rows_file, run_before
from pincite.errors import IndexLocked
from pincite.types import Question

ROOT = Path(__file__).parents[2]
ASKED = ("truck toll", "when does the ferry leave", "please fail", "who owes fifty dollars")


def run(folder: Path, tiny: SimpleNamespace, benchmark: Any, *systems: Any) -> None:
    """A whole run."""
    begin(folder, benchmark, [system.name for system in systems], Drawn())
    go_on(folder, tiny, benchmark, *systems)
    finish(folder)


def go_on(folder: Path, tiny: SimpleNamespace, benchmark: Any, *systems: Any) -> None:
    """Ask what is left."""
    by_name = {system.name: system for system in systems}
    ask_all(folder, benchmark, by_name.__getitem__, tiny.score, tiny.nothing)


def test_every_system_is_asked_every_question_and_closed(
    tmp_path: Path, tiny: SimpleNamespace
) -> None:
    one, two = tiny.System("one"), tiny.System("two")
    run(tmp_path / "r", tiny, tiny.benchmark(*ASKED), one, two)
    read = read_run(tmp_path / "r")
    assert read.about.complete
    assert {name: [row.case for row in rows] for name, rows in read.rows.items()} == {
        "one": ["q1", "q2", "q3", "q4"],
        "two": ["q1", "q2", "q3", "q4"],
    }
    assert one.prepared == list(ASKED)
    assert one.closed
    assert two.closed


def test_a_question_that_fails_is_a_result_in_one_line_and_the_run_goes_on(
    tmp_path: Path, tiny: SimpleNamespace
) -> None:
    run(tmp_path / "r", tiny, tiny.benchmark(*ASKED), tiny.System())
    rows = read_rows(tmp_path / "r", "words")
    assert [row.given.error for row in rows] == [None, None, "the question cannot be asked", None]
    assert rows[2].scores["P@1"].value == 0
    assert rows[2].given.ranking == ()
    assert set(rows[2].given.latency_ms) == {"search"}


def test_answering_asks_after_searching_and_keeps_both(tiny: SimpleNamespace) -> None:
    given = asked(tiny.System(), Question("harbor bridge"), "answering", 10)
    assert given.ranking[0].unit == "tolls"
    assert given.statements[0].text.startswith("A truck")
    assert set(given.latency_ms) == {"search", "ask"}


def test_ranking_asks_no_answer(tiny: SimpleNamespace) -> None:
    given = asked(tiny.System(), Question("harbor bridge"), "ranking", 10)
    assert (given.statements, set(given.latency_ms)) == ((), {"search"})


@pytest.mark.parametrize("error", [ServiceGone("it died"), IndexLocked("another has it")])
def test_what_would_fail_every_question_ends_the_run_and_keeps_what_was_asked(
    tmp_path: Path, tiny: SimpleNamespace, error: Exception
) -> None:
    def dies() -> None:
        if len(system.searched) == 2:
            raise error

    system = tiny.System(before=dies)
    benchmark = tiny.benchmark(*ASKED)
    with pytest.raises(type(error)):
        run(tmp_path / "r", tiny, benchmark, system)
    assert system.closed
    assert not read_about(tmp_path / "r").complete
    assert [row.case for row in read_rows(tmp_path / "r", "words")] == ["q1", "q2"]
    again = tiny.System()
    go_on(tmp_path / "r", tiny, benchmark, again)
    assert again.prepared == again.searched == list(ASKED[2:])


def test_a_mistake_in_a_program_is_no_result(tmp_path: Path, tiny: SimpleNamespace) -> None:
    def mistaken() -> None:
        raise AttributeError("no such name")

    with pytest.raises(AttributeError):
        run(tmp_path / "r", tiny, tiny.benchmark(*ASKED), tiny.System(before=mistaken))


def test_a_run_that_was_killed_goes_on_with_the_question_it_was_killed_at(
    tmp_path: Path, tiny: SimpleNamespace
) -> None:
    questions = [f"ferry number {number}" for number in range(200)]
    file = rows_file(tmp_path / "r", "words")
    command = [sys.executable, str(Path(__file__).with_name("killed_run.py"))]
    with subprocess.Popen(
        [*command, str(tmp_path / "r"), *questions], env={"PYTHONPATH": str(ROOT), "PATH": ""}
    ) as process:
        while not (file.exists() and file.read_bytes().count(b"\n") >= 3):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -9
    with file.open("a") as torn:
        torn.write('{"case": "q')  # what a kill inside the write leaves
    kept = len(read_rows(tmp_path / "r", "words"))
    assert 3 <= kept < 200
    system = tiny.System()
    go_on(tmp_path / "r", tiny, tiny.benchmark(*questions), system)
    assert system.searched == questions[kept:]
    rows = read_rows(tmp_path / "r", "words")
    assert [row.case for row in rows] == [f"q{place}" for place in range(1, 201)]
    assert [resumed["system"] for resumed in read_about(tmp_path / "r").resumed] == ["words"]


def test_going_on_with_other_texts_is_refused(tmp_path: Path, tiny: SimpleNamespace) -> None:
    benchmark = tiny.benchmark(*ASKED)
    begin(tmp_path / "r", benchmark, ["words"], Drawn())
    with pytest.raises(ZeroDivisionError):
        go_on(tmp_path / "r", tiny, benchmark, tiny.System(before=lambda: 1 / 0))
    with pytest.raises(RunError, match="corpus_fingerprint changed"):
        go_on(tmp_path / "r", tiny, benchmark, tiny.System(corpus="c2"))


def test_a_run_that_is_whole_opens_no_system_again(tmp_path: Path, tiny: SimpleNamespace) -> None:
    benchmark = tiny.benchmark(*ASKED)
    run(tmp_path / "r", tiny, benchmark, tiny.System())
    ask_all(tmp_path / "r", benchmark, lambda name: pytest.fail(name), tiny.score, tiny.nothing)


def test_two_processes_do_not_write_one_run(tmp_path: Path) -> None:
    with Rows(tmp_path, "words"), pytest.raises(RunError, match="another process"):
        Rows(tmp_path, "words")


def test_a_new_run_takes_no_folder_that_is_there(tmp_path: Path, tiny: SimpleNamespace) -> None:
    with pytest.raises(RunError, match="File exists"):
        begin(tmp_path, tiny.benchmark(*ASKED), ["words"], Drawn())


def test_a_run_is_found_by_its_path_or_name_and_the_newest_is_told_otherwise(
    tmp_path: Path, tiny: SimpleNamespace
) -> None:
    folder = tmp_path / "20261122-tiny"
    with pytest.raises(RunError, match="there is none"):
        found_run(Path("x"), tmp_path)
    run(folder, tiny, tiny.benchmark(*ASKED), tiny.System())
    assert found_run(folder, tmp_path / "elsewhere") == folder
    assert found_run(Path("20261122-tiny"), tmp_path) == folder
    with pytest.raises(RunError, match=r"x: no such run; .*newest there is 20261122-tiny"):
        found_run(Path("x"), tmp_path)


def test_the_run_before_is_the_last_whole_one_over_the_same_questions(
    tmp_path: Path, tiny: SimpleNamespace
) -> None:
    started = {"a": 1, "b": 2, "other": 3, "torn": 4, "now": 5}
    for name in started:
        benchmark = tiny.benchmark(*ASKED, name="other" if name == "other" else "tiny")
        run(tmp_path / name, tiny, benchmark, tiny.System())
        path = tmp_path / name / "run.json"
        said = json.loads(path.read_text())
        said |= {"started": f"2026-11-2{started[name]}", "complete": name != "torn"}
        path.write_text(json.dumps(said))
    assert run_before(tmp_path / "now") == tmp_path / "b"
    assert run_before(tmp_path / "a") is None
