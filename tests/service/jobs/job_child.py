"""A command for the tests of jobs: it tells steps, then ends as its first word says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from pincite.progress import telling
from pincite.settings import load


def main() -> None:
    """Say where we are, then end well, badly, or never."""
    how, note = sys.argv[1], Path(sys.argv[2])
    with telling("beginning", lines=True) as progress:
        progress(1, 3, "first")
        print("a warning that is no step", file=sys.stderr, flush=True)
        progress(2, 3, "second <b>")
        if how == "stay":
            _stay(note)
        if how == "crash":
            os.abort()
        if how == "fail":
            print("pincite: the folder is locked; try later", file=sys.stderr)
            sys.exit(2)
        if how == "break":
            raise ValueError("a mistake in the program")
    print(json.dumps({"words": sys.argv[1:], "leg_depth": load()[0].leg_depth}))
    sys.exit(1 if how == "nothing" else 0)


def _stay(note: Path) -> None:
    """Wait to be ended, with a child of our own; ended, say so."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note.write_text(f"{os.getpid()} {other.pid}\n")
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        note.write_text(note.read_text() + "put in order\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
