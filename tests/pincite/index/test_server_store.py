"""The server store's own troubles: no server, wrong key, strangers' collections, secrets."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient, models

from pincite.errors import IndexForeign, IndexUnusable, PinciteError, StorageError
from pincite.generations import IndexSpec
from pincite.index.opening import open_store
from pincite.index.server import ALIAS, ServerStore, printable
from pincite.settings import Settings

SPEC = IndexSpec("tiny", "0" * 64, 4, "words", 1, 1, 1)


class Refusing(http.server.BaseHTTPRequestHandler):
    """Answers everything with the status and words that the server was given."""

    def do_GET(self) -> None:
        status, words = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def refusing() -> Iterator[http.server.HTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def client() -> QdrantClient:
    return QdrantClient(":memory:")


def test_no_server_is_one_line_with_its_url(tmp_path: Path) -> None:
    store = ServerStore.at("http://127.0.0.1:9", None, tmp_path)
    with pytest.raises(IndexUnusable, match=r"^http://127\.0\.0\.1:9: no answer.*INDEX_URL$"):
        store.current()


@pytest.mark.parametrize(
    ("status", "words", "error", "said"),
    [
        (401, b"", IndexUnusable, "PINCITE_INDEX_API_KEY"),
        (403, b"", IndexUnusable, "PINCITE_INDEX_API_KEY"),
        (500, b"Service internal error:\n No space left on device", StorageError, "disk is full"),
        (503, b"starting\n\nup", IndexUnusable, "answered 503"),
        (200, b"<html>some other service</html>", IndexUnusable, "does not answer"),
    ],
)
def test_a_server_that_refuses_is_one_line(
    refusing: http.server.HTTPServer,
    tmp_path: Path,
    status: int,
    words: bytes,
    error: type[PinciteError],
    said: str,
) -> None:
    refusing.answer = (status, words)  # type: ignore[attr-defined]
    store = ServerStore.at(f"http://127.0.0.1:{refusing.server_port}", None, tmp_path)
    with pytest.raises(error, match=said) as caught:
        store.current()
    assert "\n" not in str(caught.value)


def test_secrets_are_never_printed() -> None:
    assert printable("https://me:secret@example.org:6333/q") == "https://example.org:6333/q"


def test_a_collection_without_our_vectors_is_foreign(client: QdrantClient, tmp_path: Path) -> None:
    size = models.VectorParams(size=4, distance=models.Distance.DOT)
    client.create_collection("pincite_g1", vectors_config=size)
    store = ServerStore(client, ":memory:", tmp_path)
    with pytest.raises(IndexForeign, match="use another server"):
        store.open("g1")


def test_an_alias_on_a_strangers_collection_is_foreign(
    client: QdrantClient, tmp_path: Path
) -> None:
    size = models.VectorParams(size=4, distance=models.Distance.DOT)
    client.create_collection("recipes", vectors_config=size)
    create = models.CreateAlias(collection_name="recipes", alias_name=ALIAS)
    client.update_collection_aliases([models.CreateAliasOperation(create_alias=create)])
    with pytest.raises(IndexForeign, match="recipes"):
        ServerStore(client, ":memory:", tmp_path).current()


def test_sweeps_drafts_and_leaves_strangers(client: QdrantClient, tmp_path: Path) -> None:
    size = models.VectorParams(size=4, distance=models.Distance.DOT)
    client.create_collection("recipes", vectors_config=size)
    killed = ServerStore(client, ":memory:", tmp_path / "a").draft("g1", SPEC)
    assert killed.generation == "g1"
    assert ServerStore(client, ":memory:", tmp_path / "b").sweep() == ["g1"]
    assert [c.name for c in client.get_collections().collections] == ["recipes"]


def test_the_url_chooses_the_store(tmp_path: Path) -> None:
    local = open_store(Settings(data_dir=tmp_path))
    remote = open_store(Settings(data_dir=tmp_path, index_url="http://127.0.0.1:6333"))
    assert (local.name, remote.name) == ("edge", "server")
    assert list(tmp_path.iterdir()) == []
