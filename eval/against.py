"""A running service as a system under test: asked over HTTP, scored like any other.

An error that the service gives is the question's. A service that no longer answers even
`/healthz`, or that serves another index than at the start, ends the run: ServiceGone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from eval.benchmark import Benchmark
from eval.collection import Catalogued
from eval.errors import EvaluationError, RunError, ServiceGone
from eval.responses import answered_of, ranked_of
from eval.words import Given, Ranked
from pincite.types import Question

Json = dict[str, Any]
NAME = "service"
_MOST_HITS = 100
_SECONDS = 120.0
_SECONDS_TO_LIVE = 5.0


def service_for(benchmark: Benchmark, url: str) -> Against:
    """The service at a URL, if it can be asked this benchmark. Raises RunError, ServiceGone."""
    if not isinstance(benchmark.collection, Catalogued):
        raise RunError(
            f"{benchmark.name} judges passages by its own ids, which no service knows;"
            " --against takes benchmarks whose questions have quotes of documents"
        )
    service = Against(url)
    gold = {s.document_id for case in benchmark.cases for g in case.groups for s in g.supports}
    if gold and gold.isdisjoint(service.held()):
        raise RunError(
            f"the service at {service.url} holds none of the documents that {benchmark.name} asks"
            " about; ingest its corpus there first"
        )
    return service


class Against:
    """The service at a URL. Raises ServiceGone when there is none, or none with an index."""

    name = NAME

    def __init__(self, url: str, seconds: float = _SECONDS) -> None:
        self.url = _address(url)
        self._client = httpx.Client(base_url=self.url, timeout=seconds, trust_env=False)
        self._texts: dict[tuple[str, str], str | None] = {}
        if not self._lives():
            raise ServiceGone(f"no Pincite service answers at {self.url}; `pincite serve` runs one")
        listed = self._call("GET", "/v1/documents")
        self._index: Json = listed["index"]
        self._held = {document["id"]: document["version"] for document in listed["documents"]}

    def prepare(self, questions: Sequence[Question]) -> None:
        """Nothing: a service embeds what it is asked, when it is asked."""

    def search(self, question: Question, depth: int) -> tuple[Ranked, ...]:
        """What `/v1/search` finds, as many as it gives. Raises EvaluationError, ServiceGone."""
        asked = {"q": question.text, "top": min(depth, _MOST_HITS), **_bounds(question, "")}
        return ranked_of(self._asked("GET", "/v1/search", params=asked)["hits"])

    def ask(self, question: Question) -> Given:
        """What `/v1/ask` answers. Raises EvaluationError, ServiceGone."""
        asked = {"question": question.text, **_bounds(question, "s")}
        return answered_of(self._asked("POST", "/v1/ask", json=asked))

    def text(self, document_id: str, version: str) -> str | None:
        """A document's text; None when the service holds another version of it, or none."""
        key = document_id, version
        if key not in self._texts:
            self._texts[key] = self._text(document_id, version)
        return self._texts[key]

    def held(self) -> Mapping[str, str]:
        """The text version that it holds of each document."""
        return self._held

    def described(self) -> Json:
        """The index that answers, and what the service says of itself."""
        version = self._call("GET", "/openapi.json").get("info", {}).get("version")
        return {
            "url": self.url,
            "service_version": version,
            "corpus_fingerprint": self._index["corpus"],
            "index": self._index,
        }

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _asked(self, method: str, path: str, **what: Any) -> Json:
        """The response to a question, from the index that the run began with."""
        said = self._call(method, path, **what)
        if said["index"]["generation"] != self._index["generation"]:
            raise ServiceGone(
                f"the service at {self.url} published another index in the middle of the run:"
                f" {said['index']['generation']} after {self._index['generation']}"
            )
        return said

    def _text(self, document_id: str, version: str) -> str | None:
        pieces, at, characters = list[str](), 0, 1
        while at < characters:
            response = self._sent(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/text", params={"start": at}
            )
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            said = self._json(response)
            if said["version"] != version:
                return None
            pieces.append(said["text"])
            at, characters = max(said["end"], at + 1), said["characters"]
        return "".join(pieces)

    def _call(self, method: str, path: str, **what: Any) -> Json:
        return self._json(self._sent(method, path, **what))

    def _sent(self, method: str, path: str, **what: Any) -> httpx.Response:
        try:
            response = self._client.request(method, path, **what)
        except httpx.RequestError as error:
            problem = f"{type(error).__name__}: {error}".rstrip(": .")
            if self._lives():
                raise EvaluationError(f"{method} {path}: {problem}") from None
            raise ServiceGone(f"the service at {self.url} stopped answering: {problem}") from None
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise ServiceGone(f"the service at {self.url} cannot be asked: {_detail(response)}")
        return response

    def _json(self, response: httpx.Response) -> Json:
        if response.status_code != httpx.codes.OK:
            raise EvaluationError(f"HTTP {response.status_code}: {_detail(response)}")
        try:
            said = response.json()
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise EvaluationError(f"{response.url}: no JSON object came back")
        return said

    def _lives(self) -> bool:
        """Whether a Pincite service answers there."""
        try:
            said = self._client.get("/healthz", timeout=_SECONDS_TO_LIVE).json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return False
        return isinstance(said, dict) and said.get("service") == "pincite"


def _address(url: str) -> str:
    """The URL of a service. Raises EvaluationError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:@\[\]-]+", parts.netloc):
        raise EvaluationError(f"--against {url!r}: write where the service is, as http://HOST:PORT")
    return url.rstrip("/")


def _bounds(question: Question, plural: str) -> Mapping[str, Any]:
    """The bounds of a question under the API's names, lists in the plural or not; set ones only."""
    filters = question.filters
    bounds = {
        "place": question.place,
        "as_of": question.as_of and question.as_of.isoformat(),
        "only_jurisdiction": filters.jurisdiction,
        "issued_from": filters.issued_from and filters.issued_from.isoformat(),
        "issued_to": filters.issued_to and filters.issued_to.isoformat(),
        f"kind{plural}": [kind.value for kind in filters.kinds],
        f"document{plural}": list(filters.documents),
        f"collection{plural}": list(filters.collections),
    }
    return {name: value for name, value in bounds.items() if value}


def _detail(response: httpx.Response) -> str:
    """What a problem says of itself, in one line."""
    try:
        said = response.json()
    except ValueError:
        said = response.text
    detail = said.get("detail", said) if isinstance(said, dict) else said
    return " ".join(str(detail).split())[:300] or response.reason_phrase
