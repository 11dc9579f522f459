"""The evaluators' room: what runs hold is shown, compared, sifted, and never more than text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from eval.room import router
from eval.room.routes import _ALONE
from eval.words import Case, Cited, Given, Group, Said, Split, Support
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question, Span
from service.api.app import create_app
from service.engine import Engine

HOSTILE = "<script>alert(1)</script> & \u202etolls"
RIGHT = "A truck pays twelve dollars."
MEASURES = ("RightDocument", "AnsweredRight", "AskP50")
PAGE = {"accept": "text/html"}


@pytest.fixture
def room(tmp_path: Path, light_shelf: Callable[[Settings], Shelf]) -> Iterator[TestClient]:
    """A client of a service with the room, whose runs are those of the fixture `runs`."""
    settings = Settings(data_dir=tmp_path)
    engine = Engine(settings, light_shelf(settings))
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "runs").symlink_to(tmp_path / "runs")
    (tmp_path / "runs").mkdir(exist_ok=True)
    app = create_app(engine, "test", (router,))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


def case(id: str, text: str = "What does a truck pay?", split: Split | None = None) -> Case:
    gold = Group((Support("tolls", "v1", Span(0, len(RIGHT)), RIGHT),))
    return Case(id, Question(text), answerable=True, groups=(gold,), split=split, family=id)


def answer(quote: str = RIGHT, document: str = "tolls", ms: float = 5.0) -> Given:
    cited = Cited(
        document, "v1", Span(0, len(quote)), quote, "", "Tolls 1", "law", "in_force", "ordinance"
    )
    return Given(statements=(Said(quote, "law", (1,)),), citations=(cited,), latency_ms={"ask": ms})


def shown(room: TestClient, path: str, status: int = 200) -> Any:
    """A page, whose words are all text and which loads nothing from elsewhere."""
    response = room.get(path, headers=PAGE)
    assert response.status_code == status, response.text[:400]
    page = html.fromstring(response.text)
    assert not page.xpath("//script[not(@src)] | //style | //*[@style] | //*[@onclick]")
    return page


def text(page: Any) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


@pytest.fixture
def two(runs: Any) -> Any:
    """Two runs of three questions: the second gets one more right."""
    cases = [case("q1", HOSTILE), case("q2"), case("q3", split="test")]
    wrong = answer("The ferry leaves at noon.", "ferry")
    options: Any = {"measures": MEASURES}
    runs.write(cases, {"default": [answer(), wrong, answer()]}, name="20260101T1-tiny", **options)
    runs.write(cases, {"default": [answer()] * 3}, name="20260102T1-tiny", **options)
    return runs


def test_without_a_run_it_says_so_and_lets_one_begin(room: TestClient) -> None:
    page = shown(room, "/evaluate")
    assert "There is no run yet" in text(page)
    assert page.xpath("//form[@action='/evaluate/runs' and @method='post']")


def test_each_run_is_listed_with_figures_and_intervals(two: Any, room: TestClient) -> None:
    page = shown(room, "/evaluate")
    assert [a.get("href") for a in page.xpath("//ul[contains(@class, 'runs')]//a")] == [
        "/evaluate/runs/20260102T1-tiny",
        "/evaluate/runs/20260101T1-tiny",
    ]
    assert "AnsweredRight 1.000" in text(page)
    assert "0.667" in text(page)


def test_a_damaged_run_stands_in_the_list_and_ends_nothing(two: Any, room: TestClient) -> None:
    (two.folder / "20260101T1-tiny" / "summary.json").write_text('{"default": 7}')
    (two.folder / "broken").mkdir()
    (two.folder / "broken" / "run.json").write_text("{")
    said = text(shown(room, "/evaluate"))
    assert said.count("cannot be read") == 2
    shown(room, "/evaluate/runs/broken", 404)


def test_a_run_shows_gold_and_given_side_by_side_as_text(two: Any, room: TestClient) -> None:
    page = shown(room, "/evaluate/runs/20260101T1-tiny")
    assert "<script>alert(1)</script> & \ufffdtolls" in text(page)
    [first, *_] = page.xpath("//details[@id='q1']")
    assert [h.text for h in first.xpath(".//h3")] == ["Gold", "Given"]
    assert first.xpath(".//mark/text()") == [RIGHT, RIGHT]


def test_plots_are_drawn_for_who_asks(two: Any, room: TestClient) -> None:
    page = shown(room, "/evaluate/runs/20260101T1-tiny")
    assert not page.xpath("//svg")
    [more] = page.xpath("//a[contains(@href, 'plots=1')]/@href")
    assert shown(room, more.partition("#")[0]).xpath("//figure//*[local-name()='svg']")


def test_questions_are_sifted_by_how_they_ended(two: Any, room: TestClient) -> None:
    def ids(outcome: str) -> list[str]:
        page = shown(room, f"/evaluate/runs/20260101T1-tiny?outcome={outcome}&held=1")
        return [str(d.get("id")) for d in page.xpath("//details[@class='graded']")]

    assert ids("") == ["q1", "q2", "q3"]
    assert ids("wrong") == ["q2"]
    assert ids("right") == ["q1", "q3"]
    assert ids("retrieved+but+not+chosen") == ["q2"]
    assert ids("no+such+outcome") == []


def test_what_is_held_out_is_shown_only_to_who_asks(two: Any, room: TestClient) -> None:
    page = shown(room, "/evaluate/runs/20260101T1-tiny")
    assert not page.xpath("//details[@id='q3']")
    [more] = page.xpath("//a[contains(@href, 'held=1')]/@href")
    assert shown(room, more.partition("#")[0]).xpath("//details[@id='q3']")


def test_two_runs_stand_side_by_side_the_older_first(two: Any, room: TestClient) -> None:
    page = shown(room, "/evaluate/compare?run=20260102T1-tiny&run=20260101T1-tiny")
    said = text(page)
    assert said.index("20260101T1-tiny") < said.index("20260102T1-tiny")
    assert "1 gain" in said
    assert "RightDocument 0 → 1" in said


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 422, "choose two"),
        ("run=20260101T1-tiny", 422, "choose two"),
        ("run=20260101T1-tiny&run=20260101T1-tiny", 422, "choose two"),
        ("run=20260101T1-tiny&run=none", 404, "no run 'none'"),
        ("run=20260101T1-tiny&run=../../etc", 404, "no run"),
    ],
)
def test_what_cannot_be_compared_is_told_on_the_page(
    two: Any, room: TestClient, query: str, status: int, said: str
) -> None:
    assert said in text(shown(room, f"/evaluate/compare?{query}", status))


def test_runs_over_other_texts_are_compared_only_on_demand(two: Any, room: TestClient) -> None:
    cases = [case("q1"), case("q2"), case("q3")]
    given = {"default": [answer()] * 3}
    two.write(cases, given, MEASURES, name="20260103T1-tiny", corpus="another")
    page = shown(room, "/evaluate/compare?run=20260102T1-tiny&run=20260103T1-tiny", 409)
    assert "searched different texts" in text(page)
    [again] = page.xpath("//a[contains(@href, 'across=1')]/@href")
    assert "searched different texts" in text(shown(room, again))  # as a notice, above the figures


@pytest.mark.parametrize(
    "name", ["none", "%2e%2e", "%2e%2e%2fruns", ".hidden", "a%0ab", "x" * 3000]
)
def test_no_other_folder_is_a_run(two: Any, room: TestClient, name: str) -> None:
    assert room.get(f"/evaluate/runs/{name}", headers=PAGE).status_code == 404
    assert room.get(f"/evaluate/runs/{name}/report.html").status_code == 404


def test_the_report_runs_nothing_whatever_is_in_it(two: Any, room: TestClient) -> None:
    (two.folder / "20260101T1-tiny" / "report.html").write_text("<script>alert(1)</script>")
    response = room.get("/evaluate/runs/20260101T1-tiny/report.html")
    policy = response.headers["content-security-policy"]
    assert policy == _ALONE["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy  # so that default-src 'none' holds
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_page_of_another_site_starts_nothing(room: TestClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert room.post("/evaluate/runs", headers=elsewhere).status_code == 403


def test_a_run_is_started_watched_and_cancelled(
    room: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fake_run.py").write_text(
        "import sys, time\n"
        "from pincite.progress import telling\n"
        "assert sys.argv[1:4] == ['eval', 'run', 'sample']\n"
        "with telling('', lines=True) as progress:\n"
        "    progress(7, 48, 'default')\n"
        "    time.sleep(600)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("service.jobs.jobs.COMMAND_LINE", "fake_run")
    assert room.post("/evaluate/runs", follow_redirects=False).headers["location"] == "/evaluate"
    app: Any = room.app
    job = app.state.jobs.last("an evaluation")
    job.changed((job.state, None), 60)
    page = shown(room, "/evaluate")
    assert "7 of 48" in text(page)
    assert page.xpath("//progress[@value='7' and @max='48']")
    assert room.post("/evaluate/runs").status_code == 409
    assert "7 of 48" in text(html.fromstring(room.post("/evaluate/runs", headers=PAGE).text))
    assert "Cancelled." in text(html.fromstring(room.post("/evaluate/cancel", headers=PAGE).text))
    with room.stream("GET", "/evaluate/watch") as events:
        told = "".join(events.iter_text())
    assert told.startswith("event: part\n")
    assert "cancelled" in told


def test_where_the_room_is_absent_nothing_leads_to_it(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf]
) -> None:
    settings = Settings(data_dir=tmp_path)
    alone = TestClient(
        create_app(Engine(settings, light_shelf(settings))), base_url="http://127.0.0.1:8000"
    )
    page: Any = html.fromstring(alone.get("/corpus", headers=PAGE).text)
    assert "/corpus" in page.xpath("//header//nav//a/@href")
    assert "/evaluate" not in page.xpath("//header//nav//a/@href")
    assert alone.get("/evaluate", headers=PAGE).status_code == 404
