"""How fast citations are found in the canonical texts, and how rightly."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from eval.corpus import read_all
from eval.labelled import score
from pincite.citations.find import context_of
from pincite.citations.finding import mentions
from pincite.types import Entry

_TARGET = 200
# eyecite's own finder is tried on so many characters of opinions, as the alternative.
_TRIED = 300_000


def run(data: Path) -> None:
    """Print kB/s of one core over the whole corpus, over rulings alone, and of eyecite's finder."""
    texts = {f.entry.id: (f.entry, f.reading.text) for f in read_all(data) if f.reading}
    mentions("12 F.3d 34")  # loads eyecite's tables, once a process
    rulings = [row for row in texts.values() if row[0].kind == "court_ruling"]
    for name, rows in (("all texts", list(texts.values())), ("rulings", rulings)):
        size = sum(len(text) for _, text in rows)
        started = time.process_time()
        found = sum(len(mentions(text, context_of(entry))) for entry, text in rows)
        speed = size / (time.process_time() - started) / 1000
        print(f"{name}: {found} citations in {size / 1e6:.1f} MB, {speed:.0f} kB/s", end="")
        print(f" (target {_TARGET})" if rows is not rulings else "")
    _print_eyecite(rulings)
    labelled = score(lambda id_: texts[id_])
    print(
        f"labelled by hand: precision {labelled.precision:.3f}, recall {labelled.recall:.3f}"
        f" of {labelled.found + len(labelled.missed)}"
    )
    for line in (*labelled.wrong, *(f"missed {one}" for one in labelled.missed)):
        print(f"  {line}")


def _print_eyecite(rulings: list[tuple[Entry, str]]) -> None:
    """The speed of eyecite's whole finder over rulings, which is why only its parts are used."""
    from eyecite.find import get_citations

    text = "\n".join(text for _, text in rulings)[:_TRIED]
    logging.disable(logging.CRITICAL)
    started = time.process_time()
    get_citations(text)
    logging.disable(logging.NOTSET)
    spent = time.process_time() - started
    print(f"eyecite's own finder, rulings: {len(text) / spent / 1000:.0f} kB/s")
