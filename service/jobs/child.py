"""`python -m service.jobs.child PARENT MODULE WORDS…`: a command that ends with who began it.

The service is told to end its jobs when it stops; this is for when it is killed. The kernel
looks at the thread that began the child: that of a `Job`, which lives as long as the child.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2), Linux alone


def main() -> None:
    """Run the module as `python -m MODULE WORDS…` would."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    # A service that a script began in the background ignores Ctrl-C; its jobs are ended by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        # As Ctrl-C does it, so that a command can put back what it had begun.
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:  # it was gone before the signal was asked for
            sys.exit(1)
    del sys.argv[:2]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
