"""A service is scored as a system in this process is; when it dies, what was asked is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from eval.against import Against
from eval.errors import EvaluationError, ServiceGone
from eval.responses import answered_of, ranked_of
from eval.runner import Drawn, ask_all, begin
from eval.runs import read_about, read_rows
from ingest.publishing import ingest
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Filters, Question
from service.api.app import create_app
from service.engine import Engine
from service.presenting import answer_json, search_json
from service.threaded import address_of, listening, threaded

TOLLS = """# Bridge tolls

## § 4-12. Tolls.

(a) A truck with three axles shall pay a toll of twelve dollars on the harbor bridge.

(b) The harbor master may waive the toll for an ambulance that answers a call.
"""
CATALOGUE = """
[[entry]]
id = "arden-code-4-12"
file = "tolls.md"
kind = "ordinance"
title = "Bridge tolls"
jurisdiction = "zz/arden"
issued = 2019-03-01
status = "in_force"
"""
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
Desk = tuple[Path, Settings, Shelf]


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    """The engine over one ordinance."""
    folder = tmp_path_factory.mktemp("arden")
    (folder / "catalogue.toml").write_text(CATALOGUE)
    (folder / "tolls.md").write_text(TOLLS)
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


@contextmanager
def serving(engine: Engine) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a running service, and what stops it."""
    app, config = create_app(engine, "test"), {"log_level": "error", "lifespan": "off"}
    with listening() as listener, threaded(app, listener, **config) as running:
        stop = partial(running.stop, at_once=True)
        yield address_of(listener), stop
        stop()


@pytest.fixture
def service(engine: Engine) -> Iterator[Against]:
    """The running service as a system under test."""
    with serving(engine) as (url, _):
        system = Against(url)
        yield system
        system.close()


@pytest.mark.parametrize(
    "question",
    [
        Question(TOLL),
        Question(TOLL, place="zz/arden", as_of=date(2018, 1, 1)),
        Question("ambulance", filters=Filters(documents=("arden-code-4-12",))),
        Question("ambulance", filters=Filters(kinds=(Kind.ORDINANCE,), jurisdiction="zz")),
        Question("ambulance", filters=Filters(issued_from=date(2020, 1, 1))),
    ],
)
def test_over_http_and_in_process_give_the_same(
    engine: Engine, service: Against, question: Question
) -> None:
    assert service.search(question, 10) == ranked_of(search_json(engine.search(question))["hits"])
    assert service.ask(question) == answered_of(answer_json(engine.ask(question)))


def test_an_answer_keeps_its_quote_its_place_and_its_standing(
    engine: Engine, service: Against
) -> None:
    given = service.ask(Question(TOLL))
    cited = given.citations[0]
    text = service.text(cited.document_id, cited.version)
    assert text is not None
    assert cited.span.of(text) == cited.quote
    assert "twelve dollars" in cited.quote
    assert (cited.pinpoint, cited.channel, cited.retired) == ("§ 4-12(a)", "law", False)
    assert service.ask(Question(TOLL, as_of=date(2018, 1, 1))).citations == ()


def test_a_text_that_is_not_held_in_that_version_is_none(service: Against) -> None:
    assert service.text("arden-code-4-12", "another") is None
    assert service.text("no/such?document", "v1") is None


def test_it_says_which_corpus_it_searches(engine: Engine, service: Against) -> None:
    with engine.holdings() as holdings:
        assert service.described()["corpus_fingerprint"] == holdings.manifest.corpus_digest


def test_what_the_service_refuses_is_the_questions_error(service: Against) -> None:
    with pytest.raises(EvaluationError, match=r"HTTP 422: .*jurisdiction") as caught:
        service.search(Question("toll", filters=Filters(jurisdiction="zz/nowhere")), 10)
    assert not isinstance(caught.value, ServiceGone)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "nonsense", "http:///", "http://a b", "ftp://127.0.0.1"]
)
def test_no_service_at_a_url_is_said_in_one_line(url: str) -> None:
    with pytest.raises(EvaluationError, match=r"--against|no Pincite service answers") as caught:
        Against(url)
    assert "\n" not in str(caught.value)


def test_a_service_that_dies_half_way_keeps_what_was_asked_and_the_run_goes_on_elsewhere(
    tmp_path: Path, engine: Engine, tiny: SimpleNamespace
) -> None:
    benchmark = tiny.benchmark(TOLL, "ambulance call", "harbor master", "axles", task="answering")
    begin(tmp_path / "r", benchmark, ["service"], Drawn())

    def ask(url: str, progress: Callable[[int, int, str], None]) -> None:
        ask_all(tmp_path / "r", benchmark, lambda name: Against(url), tiny.score, progress)

    with serving(engine) as (url, stop), pytest.raises(ServiceGone, match="stopped answering"):
        ask(url, lambda done, total, name: stop() if done == 2 else None)
    rows = read_rows(tmp_path / "r", "service")
    assert [row.case for row in rows] == ["q1", "q2"]
    assert not read_about(tmp_path / "r").complete
    with serving(engine) as (url, _):
        ask(url, tiny.nothing)
    rows = read_rows(tmp_path / "r", "service")
    assert [row.case for row in rows] == ["q1", "q2", "q3", "q4"]
    assert all(row.given.error is None and row.given.ranking for row in rows)


class Odd(BaseHTTPRequestHandler):
    """A service whose answers are scripted: (status, body); None hangs up."""

    script: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        """The next scripted answer for this path."""
        path = self.path.partition("?")[0]
        said = self.script[path].pop(0) if len(self.script[path]) > 1 else self.script[path][0]
        if said is None:
            return
        status, body = said
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence."""


LIVES = [(200, b'{"service": "pincite"}')]
INDEX = [(200, b'{"documents": [], "index": {"generation": "g1", "corpus": "c1"}}')]


@pytest.fixture
def odd() -> Iterator[Callable[[list[Any]], Against]]:
    """A service that answers searches by a script."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever).start()
    made: list[Against] = []

    def answering(*searches: Any, lives: Any = LIVES) -> Against:
        Odd.script = {
            "/healthz": list(lives),
            "/v1/documents": list(INDEX),
            "/v1/search": list(searches),
        }
        made.append(Against(f"http://127.0.0.1:{server.server_port}"))
        return made[0]

    yield answering
    for system in made:
        system.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("searches", "lives", "error", "said"),
    [
        ([None], LIVES, EvaluationError, "GET /v1/search"),
        ([None], [*LIVES, (500, b"")], ServiceGone, "stopped answering"),
        (
            [(500, b'{"detail": "the service\\nfailed"}')],
            LIVES,
            EvaluationError,
            "500: the service",
        ),
        ([(502, b"<html>")], LIVES, EvaluationError, "502: <html>"),
        ([(503, b'{"detail": "no index"}')], LIVES, ServiceGone, "cannot be asked: no index"),
        ([(200, b"[]")], LIVES, EvaluationError, "no JSON object"),
        (
            [(200, b'{"hits": [], "index": {"generation": "g2"}}')],
            LIVES,
            ServiceGone,
            "another index in the middle of the run: g2 after g1",
        ),
    ],
)
def test_an_odd_answer_is_the_questions_error_unless_the_service_is_gone(
    odd: Callable[..., Against], searches: Any, lives: Any, error: type[Exception], said: str
) -> None:
    system = odd(*searches, lives=lives)
    with pytest.raises(EvaluationError, match=said) as caught:
        system.search(Question("toll"), 10)
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
