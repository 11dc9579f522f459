"""Fetching from addresses and mirrors: resumed, checked, never half a file in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from ingest.fetch import TRIES, Corpus, Fetched, check, corpus_named, fetch, list_corpora
from pincite.errors import UsageError

BODY = bytes(range(256)) * 400


class Server(ThreadingHTTPServer):
    """Serves BODY on loopback; `breaks` answers stop half-way, `ranges` are what was asked for."""

    daemon_threads = True

    def __init__(self, breaks: int = 0, status: int = 200, honest: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.breaks, self.status, self.honest = breaks, status, honest
        self.ranges: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """One answer, honouring Range when the server is honest."""
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.honest else 0
        if start >= len(BODY):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(BODY)}")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
        self.send_header("Content-Length", str(len(BODY) - start))
        self.end_headers()
        rest = BODY[start:]
        if self.server.breaks:
            self.server.breaks -= 1
            rest = rest[: len(rest) // 2]
        self.wfile.write(rest)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(server: Server) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/law.md"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def corpus(root: Path, url: str | None, body: bytes = BODY, name: str = "one") -> Corpus:
    folder = root / "corpora" / name
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(body).hexdigest()
    address = f'url = "{url}"\n' if url else ""
    (folder / "catalogue.toml").write_text(
        '[[entry]]\nid = "law"\nfile = "statute/law.md"\nkind = "statute"\ntitle = "Law"\n'
        f'source_sha256 = "{sha256}"\n{address}',
        encoding="utf-8",
    )
    return Corpus(name, folder / "catalogue.toml")


def fetched(root: Path, of: Corpus, mirror: Path | None = None) -> Fetched:
    pauses: list[float] = []
    [result] = fetch(of, root / "there", mirror=mirror, pause=pauses.append)
    assert len(pauses) < TRIES
    return result


def test_a_file_is_downloaded_once_and_then_present(tmp_path: Path) -> None:
    server = Server()
    with serving(server) as url:
        one = corpus(tmp_path, url)
        assert fetched(tmp_path, one).outcome == "fetched"
        assert fetched(tmp_path, one).outcome == "present"
    assert (tmp_path / "there/statute/law.md").read_bytes() == BODY
    assert server.ranges == [None]
    assert check(one, tmp_path / "there") == []


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    server = Server(breaks=2)
    with serving(server) as url:
        assert fetched(tmp_path, corpus(tmp_path, url)).outcome == "fetched"
    half = len(BODY) // 2
    assert server.ranges == [None, f"bytes={half}-", f"bytes={half + half // 2}-"]
    assert (tmp_path / "there/statute/law.md").read_bytes() == BODY


def test_an_earlier_run_is_taken_up(tmp_path: Path) -> None:
    part = tmp_path / "there/statute/law.md.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(BODY[:1000])
    server = Server()
    with serving(server) as url:
        assert fetched(tmp_path, corpus(tmp_path, url)).outcome == "fetched"
    assert server.ranges == ["bytes=1000-"]
    assert not part.exists()


@pytest.mark.parametrize("have", [BODY, BODY + b"more"], ids=["whole", "too long"])
def test_a_part_that_needs_nothing_more_is_settled_by_its_sha256(
    tmp_path: Path, have: bytes
) -> None:
    part = tmp_path / "there/statute/law.md.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(have)
    with serving(Server()) as url:
        assert fetched(tmp_path, corpus(tmp_path, url)).outcome == "fetched"
    assert (tmp_path / "there/statute/law.md").read_bytes() == BODY


def test_a_server_without_ranges_sends_all_of_it_again(tmp_path: Path) -> None:
    with serving(Server(breaks=1, honest=False)) as url:
        assert fetched(tmp_path, corpus(tmp_path, url)).outcome == "fetched"
    assert (tmp_path / "there/statute/law.md").read_bytes() == BODY


def test_another_file_at_the_address_is_not_kept(tmp_path: Path) -> None:
    with serving(Server()) as url:
        result = fetched(tmp_path, corpus(tmp_path, url, body=b"what the catalogue means"))
    assert result.outcome == "sha256_differs"
    assert list((tmp_path / "there/statute").iterdir()) == []


def test_not_found_fails_at_once_and_says_where(tmp_path: Path) -> None:
    server = Server(status=404)
    with serving(server) as url:
        result = fetched(tmp_path, corpus(tmp_path, url))
    assert result.outcome == "failed"
    assert url in result.detail
    assert "HTTP 404" in result.detail
    assert len(server.ranges) == 1


def test_a_server_in_trouble_is_asked_again_a_few_times(tmp_path: Path) -> None:
    server = Server(status=503)
    with serving(server) as url:
        assert fetched(tmp_path, corpus(tmp_path, url)).outcome == "failed"
    assert len(server.ranges) == TRIES


def test_what_has_no_address_is_said(tmp_path: Path) -> None:
    result = fetched(tmp_path, corpus(tmp_path, None))
    assert (result.outcome, result.here) == ("no_address", False)
    assert "--mirror" in result.detail


def test_a_file_beside_its_catalogue_is_present(tmp_path: Path) -> None:
    one = corpus(tmp_path, None)
    (one.folder / "statute").mkdir()
    (one.folder / "statute/law.md").write_bytes(BODY)
    assert fetched(tmp_path, one).outcome == "present"


@pytest.mark.parametrize("below", ["corpus", "."])
def test_a_mirror_gives_the_files_and_the_network_is_not_asked(tmp_path: Path, below: str) -> None:
    mirror = tmp_path / "mirror"
    law = mirror / below / "statute/law.md"
    law.parent.mkdir(parents=True)
    law.write_bytes(BODY)
    one = corpus(tmp_path, "http://127.0.0.1:9/never")
    assert fetched(tmp_path, one, mirror).outcome == "fetched"
    law.write_bytes(b"other")
    (tmp_path / "there/statute/law.md").unlink()
    assert fetched(tmp_path, one, mirror).outcome == "sha256_differs"
    law.unlink()
    assert fetched(tmp_path, one, mirror).outcome == "missing_in_mirror"
    assert not (tmp_path / "there/statute/law.md").exists()


def test_a_file_that_was_changed_here_is_fetched_anew(tmp_path: Path) -> None:
    with serving(Server()) as url:
        one = corpus(tmp_path, url)
        fetched(tmp_path, one)
        (tmp_path / "there/statute/law.md").write_bytes(b"spoilt")
        assert len(check(one, tmp_path / "there")) == 1
        assert fetched(tmp_path, one).outcome == "fetched"
    assert check(one, tmp_path / "there") == []


def test_corpora_are_found_by_their_catalogues(tmp_path: Path) -> None:
    corpus(tmp_path, None, name="two")
    corpus(tmp_path, None, name="one")
    (tmp_path / "corpora" / "empty").mkdir()
    root = tmp_path / "corpora"
    assert [found.name for found in list_corpora(root)] == ["one", "two"]
    assert corpus_named(root, "two").destination(Path("var")) == Path("var/corpora/two")
    with pytest.raises(UsageError, match="no corpus 'three'; known: one, two"):
        corpus_named(root, "three")


def test_a_mirror_that_is_not_there_is_a_users_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        fetch(corpus(tmp_path, None), tmp_path / "there", mirror=tmp_path / "none")
