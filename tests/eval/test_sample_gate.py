"""The bundled benchmark, whole, through the real models: its floors hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.commands import gate
from eval.running import Wish, start
from pincite.settings import Settings


@pytest.mark.model
def test_the_sample_benchmark_stays_above_its_floors(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    run = start(settings, Wish("sample"), None, (), quiet=True)
    judged = gate(settings, Path(run["run"]), None, None, (), across=False)
    assert not judged["failures"], judged["failures"]
