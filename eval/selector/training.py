"""From examples to additions: a question's texts compete with each other and with no answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from eval.selector.examples import Example
from eval.selector.network import Network

_QUESTIONS = 4
_RATE, _DECAY, _WARM = 6e-4, 0.01, 0.08
_LEAST_RATE, _STEEPEST = 0.02, 1.0
_EVERY = 20

Row = tuple[list[str], list[bool]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much is read beside a question.

    `longest` is where question and text are cut, in tokens; of the `texts` at most `right` answer,
    and at most `labelled` were labelled near misses.
    """

    longest: int
    right: int
    labelled: int
    texts: int = 6


STRETCHES = Recipe(longest=192, right=2, labelled=2)
PASSAGES = Recipe(longest=256, right=1, labelled=0)


def untrained(folder: Path, seed: int) -> Network:
    """The cross-encoder of a folder, with additions that add nothing yet."""
    torch.manual_seed(seed)
    return Network(folder / "model.onnx")


def train(
    network: Network,
    examples: Sequence[Example],
    folder: Path,
    how: Recipe,
    seed: int,
    told: Callable[[str], None],
) -> None:
    """Show a network all examples once; `told` hears of the loss."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    encode = _encoder(folder, how.longest)
    learning = [one for one in network.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=_RATE, weight_decay=_DECAY)
    steps = len(examples) // _QUESTIONS
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: _rate(at, steps))
    losses: list[float] = []
    with _denormals_as_zero():
        for batch in _batches(examples, draw):
            loss = torch.stack(
                [_loss(network, encode, one.question, *_drawn(one, how, draw)) for one in batch]
            ).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learning, _STEEPEST)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
            if len(losses) % _EVERY == 0:
                told(f"{len(losses)} of {steps}: loss {sum(losses[-_EVERY:]) / _EVERY:.3f}")


@contextmanager
def _denormals_as_zero() -> Iterator[None]:
    """Numbers next to nothing slow the processor many times; the thread has its old way after."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def _batches(examples: Sequence[Example], draw: random.Random) -> Iterator[Sequence[Example]]:
    order = draw.sample(examples, len(examples))
    for at in range(0, len(order) - _QUESTIONS + 1, _QUESTIONS):
        yield order[at : at + _QUESTIONS]


def _rate(step: int, steps: int) -> float:
    """Up over the first steps, then down to nearly nothing."""
    return min(1.0, (step + 1) / max(1.0, _WARM * steps)) * max(_LEAST_RATE, 1 - step / steps)


def _loss(
    network: Network,
    encode: Callable[[str, Sequence[str]], Any],
    question: str,
    texts: Sequence[str],
    answers: Sequence[bool],
) -> torch.Tensor:
    """How surprising the texts that answer are, among all of them and "none of them"."""
    scores = torch.cat([torch.zeros(1), network(**encode(question, texts))])
    right = torch.tensor([not any(answers), *answers])
    surprise: torch.Tensor = scores.logsumexp(0) - scores[right].logsumexp(0)
    return surprise


def _drawn(one: Example, how: Recipe, draw: random.Random) -> Row:
    """Some of an example's texts: those that answer and labelled near misses before others."""
    pairs = list(zip(one.texts, one.answers, strict=True))
    right = [pair for pair in pairs if pair[1]]
    near = [pair for pair in pairs[: one.labelled] if not pair[1]][: how.labelled]
    others = [pair for pair in pairs if not pair[1] and pair not in near]
    chosen = draw.sample(right, min(how.right, len(right))) + near
    chosen += draw.sample(others, min(len(others), how.texts - len(chosen)))
    return [text for text, _ in chosen], [answers for _, answers in chosen]


def _encoder(folder: Path, longest: int) -> Callable[[str, Sequence[str]], dict[str, torch.Tensor]]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(longest, strategy="only_second")
    tokenizer.enable_padding()

    def encode(question: str, texts: Sequence[str]) -> dict[str, torch.Tensor]:
        rows = tokenizer.encode_batch([(question, text) for text in texts])
        return {
            "input_ids": torch.tensor([row.ids for row in rows]),
            "attention_mask": torch.tensor([row.attention_mask for row in rows]),
            "token_type_ids": torch.tensor([row.type_ids for row in rows]),
        }

    return encode
