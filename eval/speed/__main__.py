"""`python -m eval.speed [NAME...]`: run benchmarks over the real corpus, print figures."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

# Name: module and function; each takes the folder of the real corpus and prints.
BENCHMARKS: dict[str, str] = {
    "asking": "eval.speed.asking:run",
    "citations": "eval.speed.citation_speed:run",
    "fidelity": "eval.speed.fidelity:run",
    "ingest": "eval.speed.ingest_speed:run",
    "latency": "eval.speed.latency:run",
    "precut": "eval.speed.precut_speed:run",
    "questions": "eval.speed.questions:run",
    "ocr": "eval.speed.ocr_speed:run",
    "pages": "eval.speed.page_speed:run",
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 2 when a name or the corpus is unknown."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"unknown benchmark {unknown[0]!r}; known: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    root = Path(__file__).parents[2]
    data = Path(os.environ.get("PINCITE_TEST_CORPUS") or root.parent / "shared" / "data")
    if not (data / "corpus").is_dir():
        print(f"no real corpus at {data}; set PINCITE_TEST_CORPUS", file=sys.stderr)
        return 2
    print(_conditions())
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        module, function = BENCHMARKS[name].split(":")
        run: Callable[[Path], None] = getattr(import_module(module), function)
        run(data)
    return 0


def _conditions() -> str:
    packages = ("torch", "sentence-transformers", "qdrant-edge-py", "pypdf", "haystack-ai")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    python = platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {python}, {versions}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
