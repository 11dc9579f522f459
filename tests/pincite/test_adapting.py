"""What an adapter adds is added: to the layer that it names, within the rounding of 8 bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from pincite.adapting import adapted
from pincite.errors import ModelError

Numbers = NDArray[np.float32]

LAYER = "encoder.layer.0.output.dense"
INPUTS, OUTPUTS, RANK = 6, 4, 2
NUMBERS = np.random.default_rng(7)
BIAS = np.zeros(OUTPUTS, np.float32)


def numbers(*shape: int) -> Numbers:
    drawn: Numbers = NUMBERS.normal(size=shape).astype(np.float32)
    return drawn


@pytest.fixture
def weight() -> Numbers:
    """What the layer of `model` multiplies with, as far as 8 bits tell."""
    whole = numbers(INPUTS, OUTPUTS)
    scale = np.abs(whole).max() / 127
    rounded: Numbers = (np.rint(whole / scale) * scale).astype(np.float32)
    return rounded


@pytest.fixture
def model(tmp_path: Path, weight: Numbers) -> Path:
    """One quantised layer with a bias, as the packages' models have them."""
    scale = np.float32(np.abs(weight).max() / 127)
    held = {
        "w_quantized": np.rint(weight / scale).astype(np.int8),
        "w_scale": scale,
        "w_zero_point": np.int8(0),
        f"{LAYER}.bias": BIAS,
    }
    name = f"/bert/{LAYER.replace('.', '/').replace('layer/0', 'layer.0')}/MatMul_quant"
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["xq", "xs", "xz"]),
        helper.make_node("MatMulInteger", ["xq", "w_quantized", "xz", "w_zero_point"], ["i"], name),
        helper.make_node("Cast", ["i"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["xs", "w_scale"], ["s"]),
        helper.make_node("Mul", ["f", "s"], ["m"]),
        helper.make_node("Add", ["m", f"{LAYER}.bias"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, INPUTS])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, OUTPUTS])],
        [numpy_helper.from_array(np.asarray(value), key) for key, value in held.items()],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    file = tmp_path / "model" / "model.onnx"
    file.parent.mkdir()
    onnx.save(made, str(file))
    return file


def computed(model: bytes, x: Numbers) -> Numbers:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    found: Numbers = onnxruntime.InferenceSession(model, options).run(None, {"x": x[None]})[0][0]
    return found


def test_an_addition_computes_with_the_weight_and_a_bias_replaces(
    model: Path, weight: Numbers, tmp_path: Path
) -> None:
    a, b, bias, x = numbers(RANK, INPUTS), numbers(OUTPUTS, RANK), numbers(OUTPUTS), numbers(INPUTS)
    adapter = tmp_path / "adapter.safetensors"
    save_file({f"{LAYER}.a": a, f"{LAYER}.b": b, f"{LAYER}.bias": bias}, adapter)
    found = computed(adapted(model, adapter), x)
    wanted = x @ (weight + (b @ a).T) + bias
    assert found == pytest.approx(wanted, abs=0.15)
    assert found != pytest.approx(x @ weight, abs=0.5)


def test_a_whole_weight_takes_the_place_of_the_old_one(model: Path, tmp_path: Path) -> None:
    whole, x = numbers(OUTPUTS, INPUTS), numbers(INPUTS)
    adapter = tmp_path / "adapter.safetensors"
    save_file({f"{LAYER}.weight": whole}, adapter)
    assert computed(adapted(model, adapter), x) == pytest.approx(whole @ x, abs=0.15)


def test_nothing_added_changes_nothing_but_the_rounding(
    model: Path, weight: Numbers, tmp_path: Path
) -> None:
    adapter, x = tmp_path / "adapter.safetensors", numbers(INPUTS)
    nothing = {f"{LAYER}.a": np.zeros((RANK, INPUTS), np.float16)}
    save_file({**nothing, f"{LAYER}.b": np.zeros((OUTPUTS, RANK), np.float16)}, adapter)
    assert computed(adapted(model, adapter), x) == pytest.approx(x @ weight, abs=0.15)


def test_an_adapter_of_another_model_is_refused_by_name(model: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "other.safetensors"
    save_file({"decoder.layer.0.weight": numbers(2, 2)}, adapter)
    with pytest.raises(ModelError, match=r"other\.safetensors: adds to decoder\.layer\.0, which"):
        adapted(model, adapter)
