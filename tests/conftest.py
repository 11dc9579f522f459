"""A clean environment for every test, no network, and what slow tests need."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings as of_hypothesis

from pincite.embedding import Vectors, sparse_encoder
from pincite.index.opening import open_store
from pincite.settings import Settings
from pincite.shelf import Shelf, library_of
from pincite.words import terms

ROOT = Path(__file__).parents[1]
CORPUS_VARIABLE = "PINCITE_TEST_CORPUS"
_LOOPBACK = ("127.", "localhost", "::1")
# Nothing is read ahead beside a test, nor beside what is started before the first.
_AHEAD = "PINCITE_WORD_VECTORS_MB"
os.environ[_AHEAD] = "0"
# A loaded machine is no failure, and no test reads the clock.
of_hypothesis.register_profile("pincite", of_hypothesis(), deadline=None)
of_hypothesis.load_profile("pincite")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test, and none writes outside its own folder."""
    for name in list(os.environ):
        if name.startswith("PINCITE_") and not name.startswith("PINCITE_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PINCITE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv(_AHEAD, "0")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Sockets reach loopback and Unix paths only: nothing in normal work needs more."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    def local_lookup(host: Any, *rest: Any, **more: Any) -> Any:
        if host is not None and not str(host).startswith(_LOOPBACK):
            raise AssertionError(f"a test looked up a host: {host}")
        return lookup(host, *rest, **more)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket, "getaddrinfo", local_lookup)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The folder of the real corpus, which holds `corpus/` and `bench/`."""
    place = Path(os.environ.get(CORPUS_VARIABLE) or ROOT.parent / "shared" / "data")
    if not (place / "corpus").is_dir():
        pytest.skip(f"no real corpus at {place}; set {CORPUS_VARIABLE}")
    return place


@pytest.fixture(scope="session")
def sample_dir() -> Path:
    """The bundled sample corpus."""
    return ROOT / "corpora" / "sample"


class HashedWords:
    """A real but tiny dense encoder: each word's stem adds one to a number that its hash names."""

    name, sha256, dimension = "hashed-words", "0" * 64, 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one a text."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text) or ["nothing"]:
                row[int.from_bytes(hashlib.sha256(term.encode()).digest()[:4]) % len(row)] += 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector: Vectors = self.embed([text])[0]
        return vector


@pytest.fixture(scope="session")
def light_shelf() -> Callable[[Settings], Shelf]:
    """The shelf that settings name, with an encoder that loads no model."""

    def shelf(settings: Settings) -> Shelf:
        store, library = open_store(settings), library_of(settings)
        return Shelf(store, library, HashedWords(), sparse_encoder(settings))

    return shelf


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last line counts skips by reason."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    counted = "; ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items()))
    terminalreporter.write_line(f"skipped: {counted or 'nothing'}")
