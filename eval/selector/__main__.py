"""Train the additions of the selector, or of the second reranker, anew.

    python -m eval.selector DATA_DIR OUT.safetensors [--passages] [--without I/N] [--seed 9]
                            [--limit N]

DATA_DIR holds an index of the real corpus. `--without` leaves a part of the families out, on which
`eval.selector.held_out` then measures. The selector learns from stretches of invented texts, then
of real ones, more than an hour on two cores; the second reranker (`--passages`) from passages of
real ones alone, half of that. Of real texts only the development half's are learnt from.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from eval.benchmark import source_of
from eval.formats.spans import FAMILIES, read_families
from eval.selector.examples import example
from eval.selector.invented import FOLDER as MADE_UP
from eval.selector.invented import ROUNDS, invented
from eval.selector.parts import part_of
from eval.selector.passages import passage_example
from eval.selector.questions import FOLDER, lessons
from pincite.errors import PinciteError
from pincite.models import find_model
from pincite.settings import Settings
from service.engine import Engine


def main(words: list[str] | None = None) -> int:
    """Find the texts beside each question, train, and write what was learnt."""
    asked = _parsed(words)
    engine = Engine(Settings(data_dir=asked.data, selector="off", second_reranker="off"))
    engine.warm()
    with engine.holdings() as holdings:
        found = list(lessons(lambda name: holdings.document(name).text, asked.questions))
    if asked.without is not None:
        left_out = part_of({one.family for one in found}, asked.without)
        found = [one for one in found if one.family not in left_out]
    families = read_families(source_of("sanctuary").folder / FAMILIES)
    assert families is not None
    dev = frozenset(
        name for name, family in families.of.items() if families.halves[family] == "dev"
    )
    make = passage_example if asked.passages else example
    made = [make(one, engine, dev) for one in found[: asked.limit]]
    engine.close()
    examples = [one for one in made if one is not None]
    print(f"{len(examples)} of {len(made)} questions have texts to learn from", flush=True)

    from safetensors.numpy import save_file

    from eval.selector.training import PASSAGES, STRETCHES, train, untrained

    folder = find_model("packaged:ms-marco-MiniLM-L-12-v2").folder
    network, told = untrained(folder, asked.seed), partial(print, flush=True)
    if not asked.passages:
        for one in ROUNDS:
            made_up = list(invented(MADE_UP / one))[: asked.limit]
            train(network, made_up, folder, STRETCHES, asked.seed, told)
    how = PASSAGES if asked.passages else STRETCHES
    train(network, examples, folder, how, asked.seed, told)
    save_file(network.additions(), asked.out)
    return 0


def _parsed(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="eval.selector", description="train the selector, or the second reranker, anew"
    )
    parser.add_argument("data", type=Path, help="a data folder with an index of the real corpus")
    parser.add_argument("out", type=Path, help="where the additions are written")
    parser.add_argument("--questions", type=Path, default=FOLDER, help="a folder of lessons")
    parser.add_argument("--passages", action="store_true", help="learn from whole passages")
    parser.add_argument("--without", help="a part of the families to leave out, as 0/3")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--limit", type=int, default=None, help="learn from the first N questions")
    return parser.parse_args(words)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PinciteError as error:
        sys.exit(f"eval.selector: {error}")
