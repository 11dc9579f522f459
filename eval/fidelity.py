"""How faithful the stored text is to the file: words kept in order, words taken, words added.

Kept: the longest common subsequence of the words of an independent extraction and of the
canonical text, as a share of the former. A word that was taken must stand in a recorded repair;
a word that was added must come from one ("list letter", a joined hyphen, a mended sign).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from eval.independent import independent_text, words
from pincite.types import Reading


@dataclass(frozen=True, slots=True)
class Fidelity:
    """One file's figures. Shares are between 0 and 1; counts are words.

    `present` counts words kept in any order (a footnote is moved behind its paragraph).
    `accounted` adds to it the words that recorded repairs took away. `invented` are canonical
    words that neither the extraction nor a repair explains.
    """

    source: str
    words: int
    kept: float
    present: float
    accounted: float
    added: int
    invented: tuple[str, ...]
    taken_by_rule: tuple[tuple[str, int], ...]


def fidelity(path: Path, reading: Reading, name: str | None = None) -> Fidelity:
    """Compare a file's reading with an independent extraction of the same file."""
    raw, canonical = words(independent_text(path)), words(reading.text)
    common = LCSseq.similarity(raw, canonical)
    taken = Counter[str]()
    for repair in reading.repairs:
        lost = len(words(repair.original)) - len(words(repair.span.of(reading.text)))
        if lost > 0:
            taken[repair.rule] += lost
    missing = (Counter(raw) - Counter(canonical)).total()
    return Fidelity(
        source=name or path.name,
        words=len(raw),
        kept=common / len(raw) if raw else 1.0,
        present=1 - missing / len(raw) if raw else 1.0,
        accounted=1 - max(0, missing - taken.total()) / len(raw) if raw else 1.0,
        added=len(canonical) - common,
        invented=_invented(raw, canonical, reading),
        taken_by_rule=tuple(taken.most_common(4)),
    )


def _invented(raw: list[str], canonical: list[str], reading: Reading) -> tuple[str, ...]:
    """Words of the canonical text that no source has: not the extraction, not a repair's span."""
    allowed = Counter(raw)
    for repair in reading.repairs:
        start, end = repair.span.start, repair.span.end
        while start > 0 and reading.text[start - 1].isalnum():
            start -= 1
        while end < len(reading.text) and reading.text[end].isalnum():
            end += 1
        allowed.update(words(reading.text[start:end]))
    run_together = "".join(raw)
    extra = Counter(canonical) - allowed
    # Two libraries may set the spaces of one line differently; the letters still stand there.
    return tuple(sorted(word for word in extra if word not in run_together))
