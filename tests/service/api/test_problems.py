"""Every error is a problem of one shape, and every response carries the headers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.guard import HEADERS, host_of
from service.engine import Engine

JSON = {"Content-Type": "application/json"}
LONG = "toll " * 2000


def is_problem(response: Any, status: int, *said: str) -> bool:
    """Whether it is the one shape, with that status, and its line says all of that."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail", "instance"}
    assert body["status"] == status
    assert "\n" not in body["detail"]
    assert "Traceback" not in response.text
    assert all(word in body["detail"] for word in said), body["detail"]
    return has_headers(response)


def has_headers(response: Any) -> bool:
    assert not [name for name in response.headers if name.startswith("access-control")]
    return all(response.headers.get(name) for name in HEADERS)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "question: Field required"),
        ({"question": ""}, "the question is empty"),
        ({"question": " \n\t "}, "the question is empty"),
        ({"question": "\u0000\u001b\u0007"}, "the question is empty"),
        ({"question": "?!"}, "the question is empty"),
        ({"question": LONG}, "at most 2000"),
        ({"question": 7}, "question: Input should be a valid string"),
        ({"question": "toll", "kinds": ["law"]}, "unknown kind 'law'"),
        ({"question": "toll", "kinds": "statute"}, "kinds: "),
        ({"question": "toll", "place": "Nowhere"}, "unknown place"),
        ({"question": "toll", "place": "\ud800"}, "place: "),
        ({"question": "toll", "place": "x" * 5000}, "place: "),
        ({"question": "toll", "only_jurisdiction": "mars"}, "unknown jurisdiction"),
        ({"question": "toll", "documents": ["arden-code"]}, "arden-code-4-12"),
        ({"question": "toll", "collections": ["big"]}, "known are, for instance: tiny"),
        ({"question": "toll", "as_of": "yesterday"}, "write it as 2017-11-22"),
        ({"question": "toll", "as_of": "2017-02-30"}, "write it as 2017-11-22"),
        ({"question": "toll", "issued_from": "1.1.2017"}, "write it as 2017-11-22"),
        ({"question": "toll", "colour": "red"}, "colour: there is no such parameter"),
        ([], "body: "),
        ("toll", "body: "),
    ],
)
def test_a_bad_question_is_told_in_one_line(client: TestClient, body: Any, said: str) -> None:
    response = client.post("/v1/ask", content=json.dumps(body).encode(), headers=JSON)
    assert is_problem(response, 422, said)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/search", 422, "q: Field required"),
        ("/v1/search?q=toll&top=0", 422, "top: "),
        ("/v1/search?q=toll&top=101", 422, "top: "),
        ("/v1/search?q=toll&top=many", 422, "top: "),
        ("/v1/search?q=toll&kinds=statute", 422, "kinds: there is no such parameter"),
        ("/v1/search?q=toll&kind=law", 422, "unknown kind"),
        ("/v1/documents?kind=law", 422, "unknown kind"),
        ("/v1/documents/nix", 404, "no document 'nix'"),
        ("/v1/documents/nix/text", 404, "no document 'nix'"),
        ("/v1/documents/nix/source", 404, "no document 'nix'"),
        ("/v1/documents/a%2F..%2Fb", 404, ""),
        ("/v1/documents/..%2f..%2fetc%2fpasswd/source", 404, ""),
        ("/v1/documents/%00", 404, ""),
        ("/v1/documents/%3Cscript%3E", 404, "<script>"),
        ("/v1/documents/arden-code-4-12/text?start=-1", 422, "start: "),
        ("/v1/documents/arden-code-4-12/text?start=9&end=3", 422, "9:3 is no stretch"),
        ("/v1/documents/arden-code-4-12/text?end=99999999", 422, "is no stretch"),
        ("/v1/documents/arden-code-4-12/text?start=1e3", 422, "start: "),
        ("/v1/documents/arden-code-4-12/text?from=3", 422, "from: there is no such parameter"),
        ("/v1/nix", 404, "Not Found"),
        ("/nix", 404, "Not Found"),
        ("/static/any/nix.css", 404, "nix.css"),
        ("/static/any/..%2f..%2fengine.py", 404, "engine.py"),
    ],
)
def test_a_bad_address_is_told_in_one_line(
    client: TestClient, path: str, status: int, said: str
) -> None:
    assert is_problem(client.get(path), status, said)


def test_a_wrong_method_names_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/ask")
    assert is_problem(response, 405)
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_question_that_is_not_sent_as_json_is_refused(client: TestClient, sent: str) -> None:
    """A form on another site can send these without asking first, and no other."""
    response = client.post(
        "/v1/ask", content=b'{"question": "toll"}', headers={"Content-Type": sent}
    )
    assert is_problem(response, 415, "application/json")


def test_broken_json_is_told(client: TestClient) -> None:
    assert is_problem(client.post("/v1/ask", content=b"{", headers=JSON), 422, "body: ")


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_too_large_is_refused(client: TestClient, declared: bool) -> None:
    data = json.dumps({"question": "x" * 400_000}).encode()
    content: Any = data if declared else iter([data])
    assert is_problem(client.post("/v1/ask", content=content, headers=JSON), 413)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("localhost:1", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost:8000@evil.example", 400),
        ("testserver", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_answered(client: TestClient, host: str, status: int) -> None:
    response = client.get("/healthz", headers={"Host": host})
    assert response.status_code == status
    if status == 400:
        assert is_problem(response, 400, "PINCITE_ALLOWED_HOSTS")


@pytest.mark.parametrize(
    ("header", "host"), [("[::1]", "[::1]"), ("[::1]:80", "[::1]"), ("A:1", "a"), ("a:b", "a:b")]
)
def test_a_host_is_read_without_its_port(header: str, host: str) -> None:
    assert host_of(header) == host


def test_the_address_that_is_listened_on_is_answered(
    engine: Engine, local: Callable[[Engine], TestClient]
) -> None:
    settings = Settings(host="10.1.2.3")
    client = local(Engine(settings, engine.shelf))
    assert client.get("/healthz", headers={"Host": "10.1.2.3:8000"}).status_code == 200
    everywhere = local(Engine(Settings(host="0.0.0.0"), engine.shelf))
    assert everywhere.get("/healthz", headers={"Host": "0.0.0.0:8000"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=toll",
        "/corpus",
        "/documents/hostile",
        "/static/any/style.css",
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/v1/documents",
        "/v1/documents/hostile/source",
    ],
)
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://evil.example"})
    assert response.status_code == 200
    assert has_headers(response)
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_no_other_origin_is_let_in(client: TestClient) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert is_problem(client.options("/v1/ask", headers=asked), 405)


def test_before_the_first_ingest_every_question_is_503(
    empty: tuple[Settings, Shelf, Engine], local: Callable[[Engine], TestClient]
) -> None:
    client = local(empty[2])
    assert is_problem(client.post("/v1/ask", json={"question": "toll"}), 503, "pincite ingest")
    assert is_problem(client.get("/v1/search?q=toll"), 503, "pincite ingest")
    assert is_problem(client.get("/v1/documents"), 503, "pincite ingest")
    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "pincite ingest" in ready.json()["detail"]


class Broken:
    """An encoder that fails as no encoder should, with a path in its words."""

    name, sha256, dimension = "hashed-words", "0" * 64, 384

    def embed(self, texts: Any) -> Any:
        raise RuntimeError("/secret/place/weights.bin")

    embed_query = embed


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_crash_is_a_problem_without_its_cause(
    engine: Engine, local: Callable[[Engine], TestClient], accept: str
) -> None:
    shelf = Shelf(engine.shelf.store, engine.shelf.library, Broken(), engine.shelf.sparse)
    client = local(Engine(engine.settings, shelf))
    response = client.get("/v1/search?q=toll", headers={"Accept": accept})
    assert is_problem(response, 500, "the service failed")
    assert "secret" not in response.text
    page = client.get("/?q=toll", headers={"Accept": "text/html"})
    assert page.status_code == 200  # its head was sent before the models failed
    assert "secret" not in page.text
    tree: Any = html.fromstring(page.text)
    assert "the service failed" in tree.xpath("string(//p[@role='alert'])")
    assert (
        len(tree.xpath("//main//h1[not(ancestor::template)]")) == len(tree.xpath("//footer")) == 1
    )
