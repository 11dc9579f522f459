"""Jobs are processes: they tell how far they are, end when told to, and never outlive us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pincite.errors import JobRunning
from pincite.progress import Step
from pincite.settings import Settings, environment, load
from service.jobs import Job, Jobs
from tests.processes import lives, within

CHILD = "job_child"
ROOT = Path(__file__).parents[3]
Start = Callable[..., Job]


@pytest.fixture(autouse=True)
def _child_beside_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file in which a child says who it is, and that it put things in order."""
    return tmp_path / "note"


@pytest.fixture
def start(tmp_path: Path, note: Path) -> Iterator[Start]:
    """Begins a child that ends as it is told."""
    jobs: list[Job] = []

    def started(how: str, **more: Callable[[], object]) -> Job:
        settings = Settings(data_dir=tmp_path / "var", leg_depth=77)
        jobs.append(Job([how, str(note)], settings, CHILD, **more))
        return jobs[-1]

    yield started
    for job in jobs:
        job.cancel()


def waited(note: Path) -> list[int]:
    """The processes that a child has named, once it has."""
    for _ in range(1000):
        if note.exists() and (named := note.read_text().split()):
            return [int(pid) for pid in named[:2]]
        time.sleep(0.01)
    raise AssertionError("the child never began")


def ended(*pids: int) -> bool:
    """Whether these are gone, or soon are."""
    return within(5, lambda: not any(map(lives, pids)))


def test_a_job_tells_its_steps_and_gives_what_it_printed(start: Start) -> None:
    job = start("well")
    job.wait(30)
    assert job.state == "done"
    assert job.step == Step(2, 3, "second <b>")
    assert job.result["words"][0] == "well"
    assert job.result["leg_depth"] == 77  # the service's own settings


def test_a_command_that_finds_nothing_has_not_failed(start: Start) -> None:
    job = start("nothing")
    job.wait(30)
    assert (job.state, job.result["words"][0]) == ("done", "nothing")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("fail", "the folder is locked; try later"),
        ("break", "ValueError: a mistake in the program"),
        ("crash", "ended by SIGABRT"),
    ],
)
def test_a_failure_is_told_in_one_line(start: Start, how: str, said: str) -> None:
    job = start(how)
    job.wait(30)
    assert job.state == "failed"
    assert said in job.trouble
    assert "\n" not in job.trouble
    assert job.result is None


def test_whoever_watches_hears_of_each_step_and_of_the_end(start: Start, note: Path) -> None:
    job = start("stay")
    waited(note)
    job.changed((job.state, None), 30)
    seen = job.stands()
    began = time.monotonic()
    job.changed(seen, 0.05)  # nothing changes
    assert time.monotonic() - began < 5
    job.cancel()
    job.changed(seen, 30)
    assert job.stands() != seen


def test_cancelling_lets_it_put_things_in_order_and_ends_all_that_it_began(
    start: Start, note: Path
) -> None:
    after: list[str] = []
    job = start("stay", after=lambda: after.append("after"))
    pids = waited(note)
    job.cancel()
    assert job.state == "cancelled"
    assert "put in order" in note.read_text()
    assert ended(*pids)
    assert after == ["after"]


def test_a_job_that_is_cancelled_at_once_ends(start: Start) -> None:
    job = start("stay")
    job.cancel()
    assert job.state == "cancelled"


def test_closing_ends_what_runs_and_starts_nothing_more(
    tmp_path: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.jobs.jobs.COMMAND_LINE", CHILD)
    jobs = Jobs(Settings(data_dir=tmp_path / "var"))
    job = jobs.start("ingest", ["stay", str(note)])
    pids = waited(note)
    with pytest.raises(JobRunning, match="ingest is at work already"):
        jobs.start("ingest", ["well", str(note)])
    jobs.start("evaluate", ["well", str(note.with_name("other"))]).wait(30)
    jobs.close()
    assert jobs.last("ingest") is job
    assert job.state == "cancelled"
    assert ended(*pids)
    with pytest.raises(JobRunning):
        jobs.start("ingest", ["well", str(note)])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_job_ends_when_the_service_is_killed(note: Path, tmp_path: Path) -> None:
    program = (
        "import time; from pincite.settings import Settings; from service.jobs import Job;"
        f"Job(['stay', {str(note)!r}], Settings(data_dir={str(tmp_path)!r}), {CHILD!r});"
        "time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) as service:
        try:
            child, _ = waited(note)
        finally:
            service.send_signal(signal.SIGKILL)
    assert ended(child)
    assert "put in order" in note.read_text()


def test_another_process_loads_the_same_settings(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, allowed_hosts=("a.example", "b.example"), use_service=False, port=0
    )
    assert load(environment(settings), tmp_path)[0] == settings
    assert load({**environment(settings), "PATH": os.environ["PATH"]}, tmp_path)[0] == settings
