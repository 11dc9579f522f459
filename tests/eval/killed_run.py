"""A run that is slow enough to be killed, for test_runner: `killed_run.py FOLDER QUESTION...`."""

from __future__ import annotations

import runpy
import sys
import time
from pathlib import Path
from typing import Any

from eval.runner import Drawn, ask_all, begin


def main(folder: str, *questions: str) -> None:
    """Begin a run and ask its questions, one in 50 ms."""
    tiny: dict[str, Any] = runpy.run_path(str(Path(__file__).with_name("conftest.py")))
    benchmark = tiny["benchmark"](*questions)
    slow = tiny["Words"](before=lambda: time.sleep(0.05))
    begin(Path(folder), benchmark, [slow.name], Drawn())
    ask_all(Path(folder), benchmark, lambda name: slow, tiny["first_is_right"], tiny["nothing"])


if __name__ == "__main__":
    main(*sys.argv[1:])
