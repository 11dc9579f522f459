"""The packaged cross-encoder as a network that can be trained, and the additions to its weights."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pincite.adapting import Layers

_RANK, _SCALE = 8, 2.0
_FROZEN = 6
_LAYERS, _WIDTH, _HEADS, _WORDS = 12, 384, 12, 30_522


class Addition(nn.Module):
    """A linear layer with a low-rank addition (Hu et al., arXiv 2106.09685)."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        inputs, outputs = layer.in_features, layer.out_features
        self.a = nn.Parameter(torch.randn(_RANK, inputs) / math.sqrt(inputs))
        self.b = nn.Parameter(torch.zeros(outputs, _RANK))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """What the layer computes, and what is added."""
        added = functional.linear(functional.linear(values, self.a), self.b)
        computed: torch.Tensor = self.layer(values) + _SCALE * added
        return computed


class Network(nn.Module):
    """The cross-encoder; its upper half and its last layer can learn."""

    def __init__(self, model: Path) -> None:
        super().__init__()
        self.bert, self.classifier = _loaded(model)
        for parameter in self.bert.parameters():
            parameter.requires_grad = False
        for layer in self.bert.encoder.layer[_FROZEN:]:
            for parent in list(layer.modules()):
                for name, child in list(parent.named_children()):
                    if isinstance(child, nn.Linear):
                        setattr(parent, name, Addition(child))

    def forward(self, **inputs: torch.Tensor) -> torch.Tensor:
        """The log-odds of each pair against no answer."""
        scores: torch.Tensor = self.classifier(self.bert(**inputs).pooler_output)[:, 0]
        return scores

    def additions(self) -> dict[str, Any]:
        """What was learnt, named as `pincite.adapting` reads it."""
        found: dict[str, Any] = {
            "classifier.weight": self.classifier.weight.detach().numpy(),
            "classifier.bias": self.classifier.bias.detach().numpy(),
        }
        for name, module in self.bert.named_modules():
            if isinstance(module, Addition):
                found[f"{name}.a"] = module.a.detach().numpy().astype(np.float16)
                found[f"{name}.b"] = (_SCALE * module.b.detach()).numpy().astype(np.float16)
        return found


def _loaded(model: Path) -> tuple[Any, nn.Linear]:
    """The encoder and the last layer, their weights taken back from 8 bits."""
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=_WORDS,
        hidden_size=_WIDTH,
        num_hidden_layers=_LAYERS,
        num_attention_heads=_HEADS,
        intermediate_size=4 * _WIDTH,
    )
    bert = BertModel(config, add_pooling_layer=True)
    weights = {name: torch.tensor(value) for name, value in _weights(model).items()}
    last = nn.Linear(_WIDTH, 1)
    # Halved, so that training begins unsure.
    last.weight.data = weights.pop("classifier.weight") / 2
    last.bias.data = weights.pop("classifier.bias") / 2
    missing = bert.load_state_dict(weights, strict=False).missing_keys
    assert not missing, missing
    bert.train(False)
    return bert, last


def _weights(model: Path) -> dict[str, Any]:
    """The weights of the quantised file as numbers, under the names that transformers gives them.

    Its tables of embeddings are dequantised by nodes of their own, its layers where they compute.
    """
    import onnx

    graph = onnx.load(str(model)).graph
    layers = Layers(graph)
    found = {f"{name}.weight": layers.weight(name).T.copy() for name in layers.nodes}
    for name in layers.tensors:
        if name.endswith("embeddings.weight_quantized"):
            found[_short(name.removesuffix("_quantized"))] = layers.table(name)
        elif name.endswith(".bias") or "LayerNorm" in name:
            found[_short(name)] = layers.array(name)
    return found


def _short(name: str) -> str:
    return name.removeprefix("bert.")
