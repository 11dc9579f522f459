"""One text a call: what stands beside a text never moves its numbers."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

import pincite.onnx as onnx
from pincite.errors import ModelError
from pincite.models import PACKAGED, ModelFiles, find_model, weights_sha256
from pincite.onnx import OnnxModel

NAMES = sorted(name for name, model in PACKAGED.items() if model.weights.endswith(".onnx"))
LONG = " ".join(f"clause {n} of the ordinance on detainers" for n in range(200))
TEXTS = ["No officer shall honor a detainer.", LONG, "", "§ 1373(a) «市»", "Fees."]


@pytest.fixture
def broken(tmp_path: Path) -> ModelFiles:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    tokenizer = find_model(f"packaged:{NAMES[0]}").folder / "tokenizer.json"
    (tmp_path / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    return ModelFiles("broken", tmp_path, weights_sha256(tmp_path))


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_numbers_do_not_depend_on_company_or_on_threads(name: str) -> None:
    files = find_model(f"packaged:{name}")
    together = OnnxModel(files, 64, threads=4).run(TEXTS)
    single = OnnxModel(files, 64, threads=1)
    for text, numbers in zip(TEXTS, together, strict=True):
        assert numbers.dtype == np.float32
        assert np.abs(single.run([text])[0] - numbers).max() < 1e-6
    assert single.run([]) == []


@pytest.mark.model
def test_a_text_is_cut_at_the_longest_and_never_padded() -> None:
    model = OnnxModel(find_model("packaged:bge-small-en-v1.5"), 16, threads=2)
    # the first and the last token are the model's own
    assert [len(numbers) for numbers in model.run(["Fees.", LONG, ""])] == [4, 16, 2]
    (one, other) = model.run([LONG, LONG + " and zebras"])
    assert np.array_equal(one, other)


@pytest.mark.model
def test_of_a_pair_the_longer_text_is_cut() -> None:
    model = OnnxModel(find_model("packaged:ms-marco-MiniLM-L-12-v2"), 64, threads=2)
    cut, whole, other = model.run(
        [("What are the fees?", LONG), ("What are the fees?", "Fees."), ("What?", LONG)]
    )
    assert cut.shape == (1,)
    # had the question been cut instead, it would not matter
    assert len({float(cut[0]), float(whole[0]), float(other[0])}) == 3


@pytest.mark.model
def test_threads_that_come_at_once_load_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[ModelFiles] = []
    monkeypatch.setattr(onnx, "verify_weights", checked.append)
    model = OnnxModel(find_model(f"packaged:{NAMES[0]}"), 16, threads=1)
    assert checked == []
    threads = [threading.Thread(target=model.run, args=(["Fees."],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) == 1


def test_weights_that_changed_are_refused(broken: ModelFiles) -> None:
    (broken.folder / "model.onnx").write_bytes(b"another")
    with pytest.raises(ModelError, match="install the package again"):
        OnnxModel(broken, 16, 1).run(["Fees."])


@pytest.mark.parametrize("spoilt", [{}, {"tokenizer.json": b"{}"}, {"tokenizer.json": None}])
def test_files_that_are_no_model_are_one_line(
    broken: ModelFiles, spoilt: dict[str, bytes | None]
) -> None:
    for name, content in spoilt.items():
        if content is None:
            (broken.folder / name).unlink()
        else:
            (broken.folder / name).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded") as refused:
        OnnxModel(broken, 16, 1).run(["Fees."])
    assert "\n" not in str(refused.value)
    assert str(broken.folder) in str(refused.value)
