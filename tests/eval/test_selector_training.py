"""Training adds to the upper layers what tells an answer from a near miss, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from eval.selector.examples import Example
from eval.selector.training import STRETCHES, train, untrained
from pincite.adapting import adapted
from pincite.models import find_model

pytestmark = pytest.mark.model

QUESTIONS = ["Who keeps the list?", "When does the clerk report?", "Who pays?", "May a jail wait?"]
EXAMPLES = [
    Example(q, "f", ("The clerk keeps the list.", "A list is a record."), (True, False), 1)
    for q in QUESTIONS
]


def test_a_step_of_training_gives_an_adapter_that_the_packaged_model_takes(tmp_path: Path) -> None:
    folder, told = find_model("packaged:ms-marco-MiniLM-L-12-v2").folder, list[str]()
    network = untrained(folder, 9)
    train(network, EXAMPLES, folder, STRETCHES, 9, told.append)
    additions = network.additions()
    learnt = {name for name, value in additions.items() if name.endswith(".b") and value.any()}
    assert learnt
    assert {int(name.split(".")[2]) for name in learnt} <= set(range(6, 12))
    save_file(additions, tmp_path / "one.safetensors")
    assert (tmp_path / "one.safetensors").stat().st_size < 1_000_000
    assert len(adapted(folder / "model.onnx", tmp_path / "one.safetensors")) > 30_000_000
    assert np.isfinite(additions["classifier.weight"]).all()
    least = float(np.finfo(np.float64).smallest_subnormal)
    assert least * 1.0 > 0, "the thread that trained still takes the smallest numbers for zero"
