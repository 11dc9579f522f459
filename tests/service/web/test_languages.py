"""The pages speak the reader's language: the one chosen, else the one the browser asks for."""

from __future__ import annotations

from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from pincite.errors import QuestionError
from pincite.said import Printed, Said, counted, joined
from service.api.negotiating import preferred_language
from service.web.language import COOKIE, LANGUAGES, gettext, speaking, told
from service.web.rendering import in_english

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
WANTED = {
    "es": "es",
    "es-MX": "es",
    "es-419,es;q=0.9,en;q=0.8": "es",
    "ES-us": "es",
    "es;q=0.5,en;q=0.9": "en",
    "en-US,en;q=0.9,es;q=0.8": "en",
    # of two wanted alike the first one that there is
    "en,es": "en",
    "fr-FR,fr;q=0.9,es;q=0.3": "es",
    "es;q=0": "en",
    "fr, de": "en",
    "": "en",
    "*": "en",
    "es;q=nonsense": "es",
    ";;;,,q=1, -es-": "en",
    "español": "en",
    "est": "en",
    "e" * 9000: "en",
}
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\r\nLocation: https://evil.example",
    "/\t/evil.example",
    "evil.example",
    "http:/evil.example",
    "//[evil",
    "",
]


def page(client: TestClient, path: str, **headers: str) -> Any:
    response = client.get(path, headers={"Accept": "text/html", **headers})
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize(("accepted", "language"), WANTED.items())
def test_the_language_follows_the_browser(accepted: str, language: str) -> None:
    assert preferred_language(accepted, tuple(LANGUAGES)) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_which_language_it_is_in(client: TestClient, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": language})
    assert answer.headers["content-language"] == language
    assert {"accept-language", "cookie"} <= set(answer.headers["vary"].lower().split(", "))
    assert html.fromstring(answer.content).get("lang") == language


def test_what_was_chosen_counts_more_than_the_browser(client: TestClient) -> None:
    chosen = client.post("/language", data={"language": "es", "back": "/corpus?a=1&b=%C3%B1"})
    assert chosen.history[0].status_code == 303
    assert chosen.url.path == "/corpus"
    assert page(client, "/", **{"Accept-Language": "en"}).get("lang") == "es"
    client.post("/language", data={"language": "en", "back": "/"})
    assert page(client, "/", **{"Accept-Language": "es"}).get("lang") == "en"


def test_the_choice_is_the_only_cookie_and_no_script_reads_it(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/").headers
    data = {"language": "es", "back": "/"}
    answer = client.post("/language", data=data, follow_redirects=False)
    cookie = SimpleCookie(answer.headers["set-cookie"])
    assert list(cookie) == [COOKIE]
    assert cookie[COOKIE]["httponly"]
    assert cookie[COOKIE]["samesite"] == "strict"


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_choice_leads_elsewhere(client: TestClient, back: str) -> None:
    data = {"language": "es", "back": back}
    answer = client.post("/language", data=data, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("language", ["fr", "", "es\r\nX: y", "../es", "e" * 5000])
def test_an_unknown_language_is_not_kept(client: TestClient, language: str) -> None:
    data = {"language": language, "back": "/"}
    answer = client.post("/language", data=data, follow_redirects=False)
    assert "set-cookie" not in answer.headers
    client.cookies.set(COOKIE, "fr")
    assert page(client, "/", **{"Accept-Language": "es"}).get("lang") == "es"


def test_a_page_of_another_site_cannot_choose(client: TestClient) -> None:
    data = {"language": "es", "back": "/"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/language", data=data, headers=headers).status_code == 403


def test_the_switch_comes_back_to_the_same_page(client: TestClient) -> None:
    tree = page(client, "/documents/none?x=1&y=2")
    assert tree.xpath("//form[@action='/language']//input[@name='back']/@value") == [
        "/documents/none?x=1&y=2"
    ]
    assert tree.xpath("//form[@action='/language']//button/@lang") == ["es"]


def test_an_answer_speaks_spanish_around_english_quotes(client: TestClient) -> None:
    english = page(client, f"/?q={TOLL}")
    spanish = page(client, f"/?q={TOLL}", **{"Accept-Language": "es"})
    quotes = "//article//blockquote"
    assert [q.text_content() for q in spanish.xpath(quotes)] == [
        q.text_content() for q in english.xpath(quotes)
    ]
    assert {q.get("lang") for q in spanish.xpath(quotes)} == {"en"}
    said = spanish.text_content()
    assert "dispone:" in said
    assert "provides:" not in said
    assert "abr" in said


def test_the_api_speaks_english_to_everybody(client: TestClient) -> None:
    for language in LANGUAGES:
        asked = client.post(
            "/v1/ask", json={"question": TOLL}, headers={"Accept-Language": language}
        )
        assert asked.json()["statements"][0]["lead"] == "Arden Code § 4-12(a) provides:"
        missing = client.get("/v1/documents/none", headers={"Accept-Language": language})
        assert missing.json()["detail"].startswith("no document 'none'")


def test_a_problem_is_said_in_spanish_too(client: TestClient) -> None:
    tree = page(client, "/?q=x&as_of=yesterday", **{"Accept-Language": "es"})
    problem = tree.xpath("//*[@role='alert']")[0]
    assert "no es una fecha" in problem.text_content()
    assert problem.get("lang") is None


SAID = {
    "a sentence": (Said("not law"), "no es ley"),
    "a value stays": (Said("{name} says", name="Said {x}"), "Said {x} dice"),
    "a sentence in it": (Said("{who} reports", who=Said("the Court")), "la Corte informa"),
    "one": (counted("{count} document", "{count} documents", 1), "1 documento"),
    "many": (counted("{count} document", "{count} documents", 2), "2 documentos"),
    "a day": (
        Said("decided on {day}", day=date(2021, 11, 9)),
        "decidido el 9 de noviembre de 2021",
    ),
    "a printed day": (Printed("Nov. 9, 2021", date(2021, 11, 9)), "9 de noviembre de 2021"),
    "joined": (joined([Said("not law"), "X"], "; "), "no es ley; X"),
    "not known": (Said("no catalogue has this"), "no catalogue has this"),
    "an error's": (str(QuestionError(Said("persuasive"))), "persuasivo, no vinculante"),
}


@pytest.mark.parametrize(("value", "spanish"), SAID.values(), ids=SAID)
def test_what_the_service_says_is_said_in_spanish(value: str, spanish: str) -> None:
    with speaking("es"):
        assert told(value).replace("\u00a0", " ") == spanish


def test_days_in_a_sentence_read_as_days() -> None:
    day = date(2021, 11, 9)
    assert told(Said("decided on {day}", day=day)) == "decided on Nov.\u00a09,\u00a02021"
    assert told(Printed("Nov. 9, 2021", day)) == "Nov.\u00a09,\u00a02021"
    assert told("decided on 2021-11-09") == "decided on 2021-11-09"


def test_a_language_without_a_catalogue_speaks_english() -> None:
    with speaking("en"):
        assert gettext("Ask") == "Ask"


def test_what_stays_english_is_marked_so() -> None:
    assert in_english("a catalogue's own note") == ""
    with speaking("es"):
        assert in_english("a catalogue's own note") == ' lang="en"'
        assert in_english(Said("not law")) == ""
