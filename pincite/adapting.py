"""Small additions to a packaged model's weights, merged into them when the model is loaded.

Low-rank additions (Hu et al., "LoRA", arXiv 2106.09685): to a weight W of m × n come two thin
matrices, and W + B·A is what computes. They are a hundredth of the model's size, so they can be
kept with the program; the model itself stays the package's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pincite.errors import ModelError

Numbers = NDArray[np.float32]
_LARGEST = 127
"""Of signed 8-bit weights; the least is its negative, so that zero stays zero."""


def adapted(model: Path, adapter: Path) -> bytes:
    """A quantised ONNX model with the adapter's additions in its weights, as an ONNX file.

    The adapter is a safetensors file: for a layer `NAME` the matrices `NAME.a` (rank × inputs)
    and `NAME.b` (outputs × rank), or a whole `NAME.weight` (outputs × inputs), and `NAME.bias`.
    Raises ModelError where it names a layer that the model lacks.
    """
    import onnx
    from safetensors.numpy import load_file

    loaded = onnx.load(str(model))
    tensors = {name: value.astype(np.float32) for name, value in load_file(adapter).items()}
    layers = Layers(loaded.graph)
    names = {name.rpartition(".")[0] for name in tensors}
    if missing := sorted(names - set(layers.nodes)):
        raise ModelError(f"{adapter.name}: adds to {missing[0]}, which {model.parent.name} lacks")
    for name in sorted(names):
        if f"{name}.weight" in tensors:
            layers.put(name, tensors[f"{name}.weight"].T)
        else:
            layers.put(name, layers.weight(name) + (tensors[f"{name}.b"] @ tensors[f"{name}.a"]).T)
        if f"{name}.bias" in tensors:
            layers.replace(f"{name}.bias", tensors[f"{name}.bias"])
    merged: bytes = loaded.SerializeToString()
    return merged


class Layers:
    """The quantised layers of an ONNX graph, by name: `encoder.layer.11.output.dense`."""

    def __init__(self, graph: Any) -> None:
        self.tensors = {tensor.name: tensor for tensor in graph.initializer}
        self.nodes = {_name(node): node for node in graph.node if node.op_type == "MatMulInteger"}

    def weight(self, name: str) -> Numbers:
        """The weight of a layer, inputs × outputs."""
        return self.table(self._of(name)[0])

    def table(self, name: str) -> Numbers:
        """A quantised table, such as one of embeddings, as numbers."""
        base = name.removesuffix("_quantized")
        quantised, scale, zero = (
            self.array(one) for one in (name, f"{base}_scale", f"{base}_zero_point")
        )
        table: Numbers = (quantised.astype(np.float32) - zero.astype(np.float32)) * scale
        return table

    def put(self, name: str, weight: Numbers) -> None:
        """Another weight for a layer, quantised anew with one scale an output."""
        quantised, scale, zero = self._of(name)
        scales = np.maximum(np.abs(weight).max(axis=0), np.finfo(np.float32).tiny) / _LARGEST
        self.replace(quantised, np.rint(weight / scales).astype(np.int8))
        self.replace(scale, scales.astype(np.float32))
        self.replace(zero, np.int8(0))

    def replace(self, tensor: str, value: Any) -> None:
        """Other numbers under a tensor's name."""
        from onnx import numpy_helper

        self.tensors[tensor].CopyFrom(numpy_helper.from_array(np.asarray(value), tensor))

    def _of(self, name: str) -> tuple[str, str, str]:
        """The tensors of a layer: its quantised weight, the scale, the zero point."""
        quantised = self.nodes[name].input[1]
        base = quantised.removesuffix("_quantized")
        return quantised, f"{base}_scale", f"{base}_zero_point"

    def array(self, tensor: str) -> Any:
        """The numbers under a tensor's name."""
        from onnx import numpy_helper

        return numpy_helper.to_array(self.tensors[tensor])


def _name(node: Any) -> str:
    """The layer of a node: "/bert/pooler/dense/Gemm_MatMul_quant" is of "pooler.dense"."""
    path = node.name.removeprefix("/").removeprefix("bert/").rpartition("/")[0]
    return str(path.replace("/", "."))
