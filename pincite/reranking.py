"""How well a passage bears on a question, read together: more exact and slower than a vector.

A score does not depend on the passages that are scored with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from pincite.cache import Cache
from pincite.errors import ModelError
from pincite.late_interaction import LateInteraction
from pincite.models import PACKAGED, ModelFiles, find_model, packaged_model
from pincite.onnx import OnnxModel
from pincite.settings import MODEL_OFF, Settings

_LONGEST = 512


class Reranker(Protocol):
    """A question and passages to scores, higher for those that bear on it more."""

    name: str
    sha256: str

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage, in order; their scale is the model's own."""


class CrossEncoder:
    """Reads question and passage as one text (Nogueira and Cho, arXiv 1901.04085)."""

    longest = _LONGEST

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self.name, self.sha256 = files.name, files.identity
        self._model = OnnxModel(files, self.longest, threads)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """The model's logit for each passage."""
        return [float(out[0]) for out in self._model.run([(question, p) for p in passages])]


class PassageReranker(CrossEncoder):
    """A cross-encoder trained on whole passages that answer a question and on those beside them."""

    longest = 256


class AnswerSelector(CrossEncoder):
    """A cross-encoder trained on single stretches: its logit is that one answers, against none."""

    longest = 192


def reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings name, or None; its weights are loaded when first used."""
    late = partial(LateInteraction, stored=words_of(settings))
    kinds: Mapping[str, Kind] = {"cross-encoder": CrossEncoder, "late-interaction": late}
    return _named(settings.reranker, kinds, "reranker", settings.threads)


def words_of(settings: Settings) -> Cache | None:
    """Where the word vectors of passages are kept; None where none are."""
    most = settings.word_vectors_mb * 2**20
    return Cache(settings.data_dir / "cache" / "words", most) if most else None


def second_reranker(settings: Settings) -> Reranker | None:
    """What reads the best again, as the settings name it, or None."""
    kinds = {"passage-reranker": PassageReranker, "cross-encoder": CrossEncoder}
    return _named(settings.second_reranker, kinds, "second reranker", settings.threads)


def selector(settings: Settings) -> Reranker | None:
    """What tells the clause that answers, as the settings name it, or None."""
    return _named(settings.selector, {"selector": AnswerSelector}, "selector", settings.threads)


Kind = Callable[[ModelFiles, int], Reranker]


def _named(name: str, kinds: Mapping[str, Kind], role: str, threads: int) -> Reranker | None:
    if name == MODEL_OFF:
        return None
    packaged = packaged_model(name)
    how = kinds.get(packaged.use) if packaged else None
    if how is None:
        known = sorted(name for name, model in PACKAGED.items() if model.use in kinds)
        raise ModelError(
            f"{name}: is no {role}; give {MODEL_OFF}, or packaged: and one of {', '.join(known)}"
        )
    return how(find_model(name), threads)
