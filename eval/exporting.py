"""A run in the forms of TREC, for trec_eval and its kin: rankings and, where known, the qrels.

    <query> Q0 <unit> <rank> <score> <system>          <query> 0 <unit> <grade>

A question without ranking has no line: let trec_eval count it as zero (`-c`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from eval.records import Row
from eval.runs import read_run
from eval.words import Case, Ranked

_BREAKS = re.compile(r"[\s%]")


def export(folder: Path) -> tuple[Path, ...]:
    """Write `<system>.trec` of every system, and `qrels.trec`; the files. Raises RunError."""
    run = read_run(folder)
    written = [write_trec(folder, name, rows) for name, rows in run.rows.items()]
    if any(case.relevant for case in run.cases):
        written.append(_write(folder / "qrels.trec", _qrels(run.cases)))
    return tuple(written)


def write_trec(folder: Path, system: str, rows: Iterable[Row]) -> Path:
    """Write one system's rankings."""
    return _write(folder / f"{system}.trec", _lines(system, rows))


def _lines(system: str, rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        once: dict[str, float] = {}
        for ranked in row.given.ranking:  # several stretches of a unit count once, as the first
            once.setdefault(unit_of(ranked), ranked.score)
        scores = _falling(list(once.values()))
        for rank, (unit, score) in enumerate(zip(once, scores, strict=True), start=1):
            yield f"{_word(row.case)} Q0 {_word(unit)} {rank} {score!r} {_word(system)}\n"


def unit_of(ranked: Ranked) -> str:
    """The benchmark's id of a stretch; else its document and offsets."""
    return ranked.unit or f"{ranked.document_id}:{ranked.span.start}-{ranked.span.end}"


def _falling(scores: Sequence[float]) -> Sequence[float]:
    """Scores that keep the ranks: trec_eval reads the scores alone and breaks ties by name."""
    if all(first > second for first, second in pairwise(scores)):
        return scores
    return [1 / rank for rank in range(1, len(scores) + 1)]


def _qrels(cases: Iterable[Case]) -> Iterator[str]:
    for case in cases:
        for unit, grade in case.relevant.items():
            yield f"{_word(case.id)} 0 {_word(unit)} {grade}\n"


def _word(text: str) -> str:
    """Columns are told apart by white space, so none may stand in an id."""
    return _BREAKS.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)


def _write(path: Path, lines: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    return path
