"""A small corpus behind the real service, with an encoder that loads no model."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from ingest.publishing import ingest
from pincite.generations import IndexSpec, Manifest, Record
from pincite.index.schema import Point, payload_of, point_id
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Entry, Locator, Passage, Reading, Span
from service.api.app import create_app
from service.client import announced
from service.engine import Engine
from service.threaded import address_of, listening, threaded

LocalClient = Callable[[Engine], TestClient]
Publish = Callable[..., str]
Console = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]

CATALOGUE = """
collection = "tiny"

[[entry]]
id = "arden-code-4-12"
file = "code.md"
kind = "ordinance"
title = "Bridge tolls"
citation = "Arden Code § 4-12"
jurisdiction = "zz/arden"
issued = 2019-03-01
effective = 2019-04-01
status = "in_force"

[[entry]]
id = "arden-code-4-12-2010"
file = "old.md"
kind = "ordinance"
title = "Bridge tolls, before 2019"
citation = "Arden Code § 4-12 (2010)"
jurisdiction = "zz/arden"
issued = 2010-03-01
effective = 2010-04-01
expires = 2019-04-01
status = "superseded"

[[entry]]
id = "hostile"
file = "hostile.html"
kind = "op_ed"
title = "<img src=x onerror=alert(1)> & tolls"
issued = 2020-01-01
"""
CODE = """# Bridge tolls

## § 4-12. Tolls.

(a) A truck with three axles shall pay a toll of twelve dollars on the harbor bridge.

(b) The harbor master may waive the toll for an ambulance that answers a call.

(c) A penalty of fifty dollars is due from a driver who passes the gate without paying.
"""
OLD = """# Bridge tolls

## § 4-12. Tolls.

(a) A truck with three axles shall pay a toll of nine dollars on the harbor bridge.
"""
HOSTILE = """<html><head><title>Ferries</title></head><body><article>
<h1>Ferries beat bridges</h1>
<p>The words &lt;script&gt;alert('ferry')&lt;/script&gt; &lt;/mark&gt; stand in this opinion about
ferry timetables, and a reader sees them as words on every page of this service.</p>
<p>Nobody in Arden ever enjoyed a ferry timetable as much as {{ 7 * 7 }} people said they did.</p>
</article></body></html>
"""


def page(client: TestClient, path: str, status: int = 200, **query: Any) -> Any:
    """The page of that address itself, on which nothing runs."""
    response = client.get(
        path, params=query or None, headers={"Accept": "text/html"}, follow_redirects=False
    )
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/html")
    tree: Any = html.fromstring(response.content.decode())
    assert_inert(tree)
    return tree


def text_of(tree: Any) -> str:
    """The words of a part of a page, with single spaces."""
    return " ".join(tree.text_content().split())


def assert_inert(tree: Any) -> None:
    """Nothing on a page runs but our own script files: no word of a document became markup."""
    assert not tree.xpath("//iframe | //object | //embed | //style | //@style")
    assert not tree.xpath("//svg[not(ancestor::figure[@class='timeline'])]")
    assert not [one for one in tree.xpath("//*[@*]") if _handlers(one)]
    for script in tree.xpath("//script"):
        assert dict(script.attrib).keys() - {"async"} == {"type", "src"}
        assert script.get("type") == "module"
        assert script.get("src").startswith("/static/")
        assert not script.text
    assert not tree.xpath("//img[not(starts-with(@src, '/'))]")
    for address in tree.xpath("//@href | //@src | //@action | //@formaction"):
        assert address.startswith(("/", "#", "https://")), address


def _handlers(element: Any) -> list[str]:
    return [name for name in element.attrib if name.lower().startswith("on")]


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three documents and their catalogue."""
    folder = tmp_path_factory.mktemp("tiny")
    files = {"catalogue.toml": CATALOGUE, "code.md": CODE, "old.md": OLD, "hostile.html": HOSTILE}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over a folder of the session's own."""
    return Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")


@pytest.fixture(scope="session")
def engine(
    tiny_corpus: Path, tiny_settings: Settings, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    """The engine over the ingested tiny corpus."""
    shelf = light_shelf(tiny_settings)
    ingest(tiny_settings, [tiny_corpus], shelf=shelf)
    engine = Engine(tiny_settings, shelf)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def local() -> LocalClient:
    """A client of the service over an engine, as one on this machine."""

    def client(engine: Engine) -> TestClient:
        app = create_app(engine, "test-instance")
        return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)

    return client


@pytest.fixture
def client(engine: Engine, local: LocalClient) -> TestClient:
    """A client of the service over the tiny corpus."""
    return local(engine)


@pytest.fixture
def empty(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf]
) -> tuple[Settings, Shelf, Engine]:
    """Settings, shelf and engine before the first ingest."""
    settings = Settings(data_dir=tmp_path / "data", ocr="off")
    shelf = light_shelf(settings)
    return settings, shelf, Engine(settings, shelf, look_again=0.0)


@pytest.fixture(scope="session")
def publish() -> Publish:
    """Publishes a generation of one-passage documents, without starting a reader of files."""
    numbers = count()

    def publish(shelf: Shelf, **texts: str) -> str:
        name = f"generation-{next(numbers)}"
        spec = IndexSpec(
            **shelf.encoders, outline_revision=1, chunker_revision=1, context_revision=1
        )
        kept = [_kept(shelf, id, text) for id, text in texts.items()]
        draft = shelf.store.draft(name, spec)
        draft.upsert([point for _, point in kept])
        draft.seal()
        records = tuple(record for record, _ in kept)
        shelf.library.put_manifest(Manifest(name, "2026-01-01T00:00:00+00:00", spec, records))
        draft.publish()
        return name

    return publish


def _kept(shelf: Shelf, id: str, text: str) -> tuple[Record, Point]:
    entry = Entry(id, Kind.ORDINANCE, id.title(), f"{id}.txt")
    version = shelf.library.put_reading(Reading(text, "plain", 1))
    outline = shelf.library.put_outline(())
    passage = Passage(id, version, Span(0, len(text)), text, Locator())
    point = Point(
        point_id(id, version, passage.span),
        shelf.dense.embed([text])[0].tolist(),
        shelf.sparse.encode_documents([text])[0],
        payload_of(passage, entry, "law", ()),
    )
    sha256, size = shelf.library.put_original(text.encode()), len(text)
    record = Record(entry, version, outline, "", "", "", sha256, size, "plain@1", size, 1)
    return record, point


@pytest.fixture(scope="session")
def service(engine: Engine) -> Iterator[str]:
    """The address of a running service over the tiny corpus, announced in its data_dir."""
    with (
        listening() as listener,
        announced(engine.settings, *listener.getsockname()) as instance,
        threaded(create_app(engine, instance), listener, lifespan="off"),
    ):
        yield address_of(listener)


@pytest.fixture
def console() -> Console:
    """Runs `pincite` with these words, over the data_dir of these settings."""

    def pincite(
        settings: Settings, *words: str, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pincite.cli", *words],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=120,
            env=environment(settings, **environ),
        )

    return pincite


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The variables of a process that works over these settings' data_dir."""
    return os.environ | {"PINCITE_DATA_DIR": str(settings.data_dir), "COLUMNS": "100", **more}
