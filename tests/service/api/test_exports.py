"""`/v1/export`, the page's `/export` and `/v1/compare`: what leaves is verified and is a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.exporting.formats import FORMATS
from service.exporting.reading import read_export

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
OF_ANSWERS = [name for name, kind in FORMATS.items() if "answer" in kind.sorts]


def quotes_of(data: bytes, name: str, folder: Path) -> list[str]:
    file = folder / f"download{FORMATS[name].suffix}"
    file.write_bytes(data)
    return [quoted.quote for quoted in read_export(file).quotes]


@pytest.mark.parametrize("name", OF_ANSWERS)
def test_a_question_is_exported_as_a_download_that_no_browser_shows(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    response = client.post("/v1/export", json={"question": TOLL, "format": name})
    assert response.status_code == 200, response.text
    ends = FORMATS[name].suffix
    said = response.headers["content-disposition"]
    assert said.startswith('attachment; filename="pincite-what-toll')
    assert said.endswith(f'{ends}"')
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]
    assert "twelve dollars" in quotes_of(response.content, name, tmp_path)[0]


@pytest.mark.parametrize("name", OF_ANSWERS)
def test_an_answer_that_is_handed_back_is_exported(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    answer = client.post("/v1/ask", json={"question": TOLL}).json()
    response = client.post("/v1/export", json={"answer": answer, "format": name})
    assert response.status_code == 200, response.text
    assert "twelve dollars" in quotes_of(response.content, name, tmp_path)[0]


def _quote(answer: Any) -> None:
    cited = answer["citations"][0]
    cited["quote"] = cited["quote"].replace("twelve", "twenty")


def _span(answer: Any) -> None:
    answer["citations"][0]["start"] += 1


def _document(answer: Any) -> None:
    answer["citations"][0]["document_id"] = "arden-code-4-12-2010"


def _version(answer: Any) -> None:
    answer["citations"][0]["version"] = "f" * 64


def _generation(answer: Any) -> None:
    answer["index"]["generation"] = "../../etc"


def _day(answer: Any) -> None:
    answer["as_of"] = "2017-02-30"


@pytest.mark.parametrize("change", [_quote, _span, _document, _version, _generation, _day])
def test_an_answer_that_does_not_verify_is_refused(client: TestClient, change: Any) -> None:
    answer = client.post("/v1/ask", json={"question": TOLL}).json()
    change(answer)
    response = client.post("/v1/export", json={"answer": answer})
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert "\n" not in response.json()["detail"]


def test_what_an_answer_says_of_a_quote_is_made_anew(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": TOLL}).json()
    was = answer["citations"][0]["citation"]
    answer["citations"][0] |= {"citation": "U.S. Const. art. I", "authority": "constitution"}
    exported = client.post("/v1/export", json={"answer": answer, "format": "json"}).json()
    assert exported["citations"][0]["citation"] == was
    assert exported["citations"][0]["authority"] != "constitution"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": TOLL, "format": "pdf"}, "unknown format 'pdf'; known are: docx"),
        ({"question": TOLL, "format": "csv"}, "an answer cannot be a .csv file"),
        ({"question": ""}, "the question is empty"),
        ({"question": TOLL, "as_of": "2017-02-30"}, "as-of"),
        ({"question": TOLL, "colour": "red"}, "colour: there is no such parameter"),
        ({"answer": {"question": "x"}}, "reason"),
    ],
)
def test_a_wrong_export_is_one_line(client: TestClient, body: dict[str, Any], said: str) -> None:
    response = client.post("/v1/export", json=body)
    assert response.status_code == 422
    assert said in response.json()["detail"]


def test_the_page_links_to_exports_that_work(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/", params={"q": TOLL}, headers={"Accept": "text/html"}).text
    links = [part.partition('"')[0] for part in page.split('href="') if part.startswith("/export?")]
    assert len(links) == 4
    for link in links:
        response = client.get(link.replace("&amp;", "&"))
        assert response.status_code == 200, response.text
        assert response.headers["content-disposition"].startswith("attachment")


def test_a_wrong_link_is_a_page_that_says_so(client: TestClient) -> None:
    wrong = client.get("/export?q=x&format=pdf", headers={"Accept": "text/html"})
    assert wrong.status_code == 422
    assert "unknown format" in wrong.text


def compare(client: TestClient, accept: str = "*/*", **body: Any) -> Any:
    asked = {"question": TOLL, "jurisdictions": ["zz/arden", "zz/brill"], **body}
    return client.post("/v1/compare", json=asked, headers={"Accept": accept})


def test_a_comparison_has_a_cell_for_every_place(client: TestClient) -> None:
    told = compare(client).json()
    (row,) = told["rows"]
    assert [cell["type"] for cell in row["cells"]] == ["quote", "not_in_corpus"]
    assert "twelve dollars" in row["cells"][0]["citation"]["quote"]
    assert [place["documents"] for place in told["jurisdictions"]] == [2, 0]


@pytest.mark.parametrize(
    ("accept", "name", "media"),
    [
        ("text/csv", None, "text/csv"),
        (FORMATS["xlsx"].media_type, None, FORMATS["xlsx"].media_type),
        (f"text/plain, {FORMATS['docx'].media_type};q=.5", None, FORMATS["docx"].media_type),
        ("application/json", "csv", "text/csv"),
        ("text/csv", "json", "application/json"),
        ("text/html", None, "application/json"),
    ],
)
def test_a_comparison_comes_as_what_is_asked_for(
    client: TestClient, accept: str, name: str | None, media: str
) -> None:
    response = compare(client, accept, **({"format": name} if name else {}))
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith(media)
    assert ("content-disposition" in response.headers) == (media != "application/json")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"jurisdictions": []}, "jurisdictions"),
        ({"jurisdictions": ["zz/arden"] * 21}, "jurisdictions"),
        ({"jurisdictions": ["mars"]}, "unknown jurisdiction 'mars'; known are, for instance: zz"),
        ({"jurisdictions": ["xx/arden"]}, "unknown jurisdiction 'xx/arden'"),
        ({"jurisdictions": [""]}, "a jurisdiction is empty"),
        ({"question": None}, "0 questions were given"),
        ({"question": " "}, "the question is empty"),
        ({"questions": ["x"]}, "not both"),
        ({"question": None, "questions": ["toll"] * 11}, "questions"),
        ({"as_of": "2017-02-30"}, "no such day"),
        ({"format": "pdf"}, "unknown format"),
    ],
)
def test_a_wrong_comparison_is_one_line(
    client: TestClient, body: dict[str, Any], said: str
) -> None:
    response = compare(client, **body)
    assert response.status_code == 422, response.text
    assert said in response.json()["detail"]
    assert "\n" not in json.dumps(response.json())
