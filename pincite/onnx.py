"""BERT-like models in ONNX files, as packages carry them: one text a call, on a few workers.

The packaged files quantise activations over a whole batch, so a text's numbers would depend on
its neighbours there; alone, they never do. Padding is saved besides.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pincite.adapting import adapted
from pincite.errors import ModelError
from pincite.models import ModelFiles, verify_weights
from pincite.types import Span

Numbers = NDArray[np.float32]


class OnnxModel:
    """A model and its tokenizer, loaded when the first text comes.

    `longest` is where a text, or a question with its text, is cut, in tokens. `threads` is how
    many texts are computed at once, each on one core; 0 is as many as there are cores.
    """

    def __init__(self, files: ModelFiles, longest: int, threads: int) -> None:
        self.files, self._longest = files, longest
        self._threads = threads or os.cpu_count() or 1
        self._loading = threading.Lock()

    def run(self, texts: Sequence[str | tuple[str, str]]) -> list[Numbers]:
        """The model's first output for each text or pair of texts, without the batch axis."""
        session, tokenizer, workers = self._parts

        def one(text: str | tuple[str, str]) -> Numbers:
            pair = (text,) if isinstance(text, str) else text
            encoded = tokenizer.encode(*pair)
            numbers: Numbers = session.run(None, _inputs(encoded))[0][0]
            return numbers

        # The longest first, so that no worker is left with one when the others are done.
        order = sorted(range(len(texts)), key=lambda at: -_length(texts[at]))
        done = dict(zip(order, workers.map(one, (texts[at] for at in order)), strict=True))
        return [done[at] for at in range(len(texts))]

    def tokens(self, text: str) -> list[Span]:
        """Where each token of a text stands, as `run` reads it; empty for one that is added."""
        return [Span(*offsets) for offsets in self._parts[1].encode(text).offsets]

    @property
    def _parts(self) -> tuple[Any, Any, ThreadPoolExecutor]:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> tuple[Any, Any, ThreadPoolExecutor]:
        verify_weights(self.files)
        import onnxruntime
        from threadpoolctl import threadpool_limits
        from tokenizers import Tokenizer

        # What is computed from the outputs are small products; cores that meet after each of them
        # wait for one another longer than they compute, whenever they have other work.
        threadpool_limits(1, user_api="blas")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 4
        folder = self.files.folder
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            session = onnxruntime.InferenceSession(
                self._model(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both raise bare Exception, and other types
            reason = str(error).strip().splitlines()[0]
            raise ModelError(f"{folder}: cannot be loaded: {reason}") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._longest)
        return session, tokenizer, ThreadPoolExecutor(self._threads, "onnx")

    def _model(self) -> str | bytes:
        """The model's file, or what it is with its adapter."""
        model = self.files.folder / "model.onnx"
        if self.files.adapter is None:
            return str(model)
        return adapted(model, self.files.adapter.file)


def _length(text: str | tuple[str, str]) -> int:
    return len(text) if isinstance(text, str) else sum(map(len, text))


def _inputs(encoded: Any) -> dict[str, NDArray[np.int64]]:
    return {
        "input_ids": np.array([encoded.ids], np.int64),
        "attention_mask": np.array([encoded.attention_mask], np.int64),
        "token_type_ids": np.array([encoded.type_ids], np.int64),
    }
