"""Kill -9 before every single write of an ingest: the old index stands, the next run goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OLD, NEW = "open to every vessel", "closed to every vessel"
MOST_STEPS = 60


@pytest.fixture
def killed(desk: Any) -> Iterator[Callable[[int], str]]:
    """An ingest of the desk's folder in another process, killed before its n-th write."""
    command = [sys.executable, str(Path(__file__).with_name("killed_ingest.py"))]
    with subprocess.Popen(
        [*command, str(desk.settings.data_dir), str(desk.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def round_(step: int) -> str:
            asked.write(f"{step}\n")
            asked.flush()
            return answers.readline().strip()

        yield round_
        asked.close()


def test_a_killed_ingest_leaves_the_old_index_or_the_new(
    desk: Any, killed: Callable[[int], str]
) -> None:
    act = desk.write("act.md", f"# Harbour Act\n\n§ 1. The harbour is {OLD} at all hours.\n")
    desk.write("old.md", "# Old order\n\nThe master keeps a register.\n")
    desk.ingest()
    first = desk.manifest().generation
    act.write_text(act.read_text().replace(OLD, NEW))
    (desk.folder / "old.md").unlink()
    desk.write("new.md", "# New order\n\nThe master keeps a list.\n")
    seen = []
    for step in range(1, MOST_STEPS):
        seen.append(killed(step))
        generation, words = desk.manifest().generation, desk.texts()
        assert (OLD in words, NEW in words) == (generation == first, generation != first)
        assert ("register" in words, "a list" in words) == (OLD in words, NEW in words)
        if generation != first:
            break
    assert seen == ["killed"] * (len(seen) - 1) + ["done"]
    # three library files a text, an outline a text, points, manifest, seal, pointer: each a step
    assert len(seen) > 8
    assert desk.ingest().published is False
    left = [path for path in desk.settings.data_dir.rglob("*") if ".part" in path.name]
    assert left == []
    assert list((desk.settings.data_dir / "index" / "drafts").iterdir()) == []
    assert desk.shelf.store.generations()[-1] == desk.manifest().generation
    for generation in desk.shelf.store.generations():
        desk.shelf.library.manifest(generation)


def test_a_killed_first_ingest_leaves_nothing_published_and_the_next_run_finishes(
    desk: Any, killed: Callable[[int], str]
) -> None:
    desk.write("act.md", f"# Harbour Act\n\n§ 1. The harbour is {OLD} at all hours.\n")
    for step in (1, 2, 4):
        assert killed(step) == "killed"
        assert desk.shelf.store.current() is None
    assert killed(1000) == "done"
    assert OLD in desk.texts()
