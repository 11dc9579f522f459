"""How well the checks of `service/generating` tell supported statements from others.

    python -m eval.support [DATA_DIR ...]    # indexes that hold the sample and the real corpus

Each statement of `eval/questions/support.toml` is held against the words it is said to rest on,
and against those of another row ("crossed"). The threshold of the reranker's score is chosen on
half of the documents, and read on the other half, alone and behind the checks of words.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.corpus import ROOT
from eval.errors import EvaluationError
from pincite.errors import PinciteError
from pincite.reranking import Reranker, reranker
from pincite.settings import Settings
from pincite.shelf import library_of, published_manifest
from pincite.types import Document, Span
from service.citing import cite
from service.generating.checking import Ground, faults, ground_at, support
from service.generating.passages import Given
from service.vantage import Vantage

TABLE = ROOT / "eval" / "questions" / "support.toml"
KINDS = ("right", "altered", "beyond", "crossed")
_STEPS = [round(0.5 + at / 200, 3) for at in range(100)]
_STANDING = 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement with what it is said to rest on: its kind, score and the faults of its words."""

    kind: str
    half: str
    statement: str
    score: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch, its half, and the statements that are held against it, by kind."""

    ground: Ground
    half: str
    said: dict[str, list[str]]


def rows(folders: Sequence[Path]) -> list[Row]:
    """The table over the documents of these indexes. Raises EvaluationError."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]
    wanted = list(dict.fromkeys(row["document"] for row in table))
    held = dict(_documents(folders, set(wanted)))
    if missing := [name for name in wanted if name not in held]:
        raise EvaluationError(f"no index given holds {', '.join(missing)}")
    return [
        Row(
            _ground(held[row["document"]], row["quote"]),
            _half(row, wanted),
            {kind: row[kind] for kind in KINDS if kind in row},
        )
        for row in table
    ]


def _half(row: dict[str, object], wanted: Sequence[str]) -> str:
    if row.get("fresh"):
        return "fresh"
    return "chosen" if wanted.index(str(row["document"])) % 2 == 0 else "read"


def _documents(folders: Sequence[Path], wanted: set[str]) -> Iterator[tuple[str, Document]]:
    for folder in folders:
        settings = Settings(data_dir=folder)
        library = library_of(settings)
        for record in published_manifest(settings, library).records:
            if record.entry.id in wanted:
                yield (
                    record.entry.id,
                    library.document(record.entry, record.version, record.outline),
                )


def _ground(document: Document, quote: str) -> Ground:
    span = _stretch(_folded(document.text), *map(str.strip, quote.partition("…")[::2]))
    if span is None:
        raise EvaluationError(f"{document.entry.id} does not say {quote!r}")
    given = Given(document, span, cite(document, span, Vantage(date.today())))
    found = ground_at(given, span)
    if found is None:
        raise EvaluationError(f"{document.entry.id}: {quote!r} is deleted")
    return found


def _stretch(text: str, first: str, last: str) -> Span | None:
    """The shortest stretch of a text that begins and ends with these words."""
    starts = [match.start() for match in re.finditer(re.escape(_folded(first)), text)]
    found = []
    for start in starts:
        at = text.find(_folded(last), start + len(first)) if last else start + len(first)
        if at >= 0:
            found.append(Span(start, at + len(last)))
    return min(found, key=lambda span: span.end - span.start, default=None)


def _folded(text: str) -> str:
    """The text with plain quotes and blanks, each character where it was."""
    return text.translate(_PLAIN)


_PLAIN = str.maketrans("’‘“”\n\u00a0", "''\"\"  ")


def pairs(table: Sequence[Row], model: Reranker) -> list[Pair]:
    """Every statement held against its words, and each right one against another row's too."""
    found = []
    for at, row in enumerate(table):
        held = [(kind, one, row.ground) for kind, said in row.said.items() for one in said]
        other = next(r for r in [*table[at + 1 :], *table] if r.half == row.half and r is not row)
        held += [("crossed", one, other.ground) for one in row.said["right"]]
        for kind, statement, ground in held:
            wrong = faults(statement, [ground], ground.given.document.text)
            score = support(model, statement, ground.words)
            found.append(Pair(kind, row.half, statement, score, tuple(wrong)))
    return found


def chosen(found: Sequence[Pair]) -> float:
    """The lowest threshold that a tenth at most of what must not stand, and whose words do not
    tell, stands over: models word more freely than the table does.
    """
    wrong = [pair.score for pair in found if pair.kind != "right" and not pair.faults]
    return min(s for s in _STEPS if sum(score >= s for score in wrong) <= _STANDING * len(wrong))


def main(folders: Sequence[str]) -> int:
    """Print the threshold, and what stands of each kind by words, by score, and by both."""
    model = reranker(Settings())
    assert model is not None
    found = pairs(rows([Path(one) for one in folders] or _default()), model)
    least = chosen([pair for pair in found if pair.half == "chosen"])
    print(
        f"{len(found)} pairs; threshold chosen on one half: {least} (now {Settings().llm_support})"
    )
    _print_steps([pair for pair in found if pair.half == "chosen" and not pair.faults])
    for half in ("chosen", "read", "fresh"):
        print(f"\n{half}: what stands, by words, by score, by both")
        for kind in KINDS:
            of = [pair for pair in found if pair.half == half and pair.kind == kind]
            by_words = sum(not pair.faults for pair in of)
            by_score = sum(pair.score >= least for pair in of)
            both = sum(not pair.faults and pair.score >= least for pair in of)
            print(f"  {kind:8} {by_words:3} {by_score:3} {both:3} of {len(of)}")
    _print_wrong(found, least)
    return 0


def _print_steps(found: Sequence[Pair]) -> None:
    """What the score leaves of the chosen half where the words leave it, by threshold."""
    right = [pair.score for pair in found if pair.kind == "right"]
    wrong = [pair.score for pair in found if pair.kind != "right"]
    for step in _STEPS[60::5]:
        kept, passed = sum(s >= step for s in right), sum(s >= step for s in wrong)
        print(f"  over {step:.3f}: {kept} of {len(right)} right, {passed} of {len(wrong)} wrong")


def _print_wrong(found: Sequence[Pair], least: float) -> None:
    print("\njudged wrongly:")
    for pair in found:
        stands = not pair.faults and pair.score >= least
        if stands != (pair.kind == "right"):
            why = ", ".join(pair.faults) or f"{pair.score:.3f}"
            print(f"  {pair.kind:8} {why:40} {pair.statement}")


def _default() -> list[Path]:
    """The newest kept indexes of the two corpora."""
    indexes = Settings().data_dir / "eval" / "indexes"
    return [
        place for name in ("sample", "sanctuary") for place in sorted(indexes.glob(f"{name}-*"))
    ]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PinciteError as error:
        sys.exit(f"eval.support: {error}")
