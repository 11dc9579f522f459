"""Fidelity of every real file: words kept in order, words accounted for, words added."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from eval.corpus import read_all
from eval.fidelity import Fidelity, fidelity

_LISTED_UNDER = 0.98


def run(data: Path) -> None:
    """Print a line for each file under .98 with the rules that took words, then the summary."""
    figures: list[Fidelity] = []
    for file in read_all(data):
        if file.reading is None:
            print(f"refused: {file.entry.source}: {file.refused}")
            continue
        figures.append(fidelity(file.path, file.reading, file.entry.source))
    for one in sorted(figures, key=lambda f: f.kept):
        if one.kept < _LISTED_UNDER or one.invented:
            print(_line(one))
    kept = [one.kept for one in figures]
    print(
        f"{len(figures)} files: median kept {median(kept):.4f}, lowest {min(kept):.4f};"
        f" {sum(k < _LISTED_UNDER for k in kept)} under {_LISTED_UNDER};"
        f" lowest accounted {min(f.accounted for f in figures):.4f};"
        f" invented words in {sum(bool(f.invented) for f in figures)} files"
    )


def _line(one: Fidelity) -> str:
    rules = ", ".join(f"{rule} {count}" for rule, count in one.taken_by_rule) or "nothing recorded"
    invented = f"; invented: {' '.join(one.invented[:8])}" if one.invented else ""
    return (
        f"{one.source}: kept {one.kept:.4f} of {one.words}, in any order {one.present:.4f},"
        f" accounted {one.accounted:.4f},"
        f" added {one.added}; taken by: {rules}{invented}"
    )
