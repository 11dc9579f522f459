"""Pages of PDFs on the page of a document: pictures, boxes, turning, and their words as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.app import create_app
from service.engine import Engine
from tests.ingest.readers.test_hostile_pdfs import FONT, forms, pdf, stream

PAGES = [
    [
        "The sheriff keeps the county jail and answers for every person in it.",
        "A deputy writes down who is brought in, by whom, and on what paper.",
        "Nobody is asked where they were born before a judge has seen them.",
    ],
    [
        "No person is held on a detainer once bail is paid or time is served.",
        "The clerk tells counsel within one hour that a request has come in.",
        "A bed that stands empty is not let to any other government,",
    ],
    [
        "nor is money taken for keeping someone whom a court has let go.",
        "Each quarter the auditor counts the requests and what became of them.",
        "Her report names no one and is read aloud to the county board.",
    ],
    [
        "Whoever breaks these rules answers to the board in open session.",
        "A complaint may be brought by letter, in any language, without a fee.",
        "It is decided within sixty days, and the reasons are published.",
    ],
    [
        "These rules take effect on the first day of the coming year.",
        "What they do not forbid remains as the law of the state has it.",
        "Copies hang in the lobby, the booking room and every cell block.",
    ],
]
CATALOGUE = """
collection = "printed"

[[entry]]
id = "jail-rules"
file = "rules.pdf"
kind = "ordinance"
title = "<b>Jail</b> rules & \\"orders\\""
jurisdiction = "zz/arden"

[[entry]]
id = "note"
file = "note.md"
kind = "ordinance"
title = "A note"
jurisdiction = "zz/arden"

[[entry]]
id = "bomb"
file = "bomb.pdf"
kind = "ordinance"
title = "A bomb"
jurisdiction = "zz/arden"
"""
PAGE = {"Accept": "text/html"}


def rules() -> bytes:
    """The pages as a PDF."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(PAGES)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(PAGES)),
        5: FONT,
    }
    for n, lines in enumerate(PAGES):
        shown = b" ".join(
            b"1 0 0 1 72 %d Tm (%s) Tj" % (700 - 16 * row, line.encode())
            for row, line in enumerate(lines)
        )
        objects[10 + 2 * n] = (
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /MediaBox [0 0 612 792]"
            b" /Resources << /Font << /F 5 0 R >> >> >>" % (11 + 2 * n)
        )
        objects[11 + 2 * n] = stream(b"BT /F 12 Tf " + shown + b" ET")
    return pdf(objects)


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    """An engine over a PDF of five pages, a text, and a PDF that never ends being drawn."""
    folder = tmp_path_factory.mktemp("printed")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "rules.pdf").write_bytes(rules())
    (folder / "bomb.pdf").write_bytes(forms(3, 3))
    (folder / "note.md").write_text("# A note\n\nOf no pages.\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


@pytest.fixture
def asked(printed: Engine) -> TestClient:
    return TestClient(create_app(printed, "test"), base_url="http://127.0.0.1:8000")


def stretch(engine: Engine, first: str, last: str) -> dict[str, Any]:
    """The address of a stretch of the rules, from some words to others."""
    with engine.holdings() as holdings:
        held = holdings.document("jail-rules")
    start = held.text.index(first)
    return {"v": held.version[:16], "start": start, "end": held.text.index(last) + len(last)}


def part(client: TestClient, **query: Any) -> Any:
    response = client.get("/documents/jail-rules/pages", params=query)
    assert response.status_code == 200
    tree: Any = html.fromstring(response.text)
    return tree


def test_a_quote_over_two_pages_is_boxed_on_both(asked: TestClient, printed: Engine) -> None:
    query = stretch(printed, "A bed that stands", "nor is money taken")
    tree = part(asked, **query)
    figures = tree.xpath("//figure")
    assert [f.get("data-said") for f in figures] == ["Page 2 of 5", "Page 3 of 5"]
    assert [len(f.xpath(".//rect")) for f in figures] == [1, 1]
    low, high = (float(f.xpath(".//rect")[0].get("y")) for f in figures)
    assert low > high  # the fourth line of one page, the first of the next
    assert not tree.xpath("//@style")


def test_a_picture_says_in_words_what_it_shows(asked: TestClient, printed: Engine) -> None:
    tree = part(asked, **stretch(printed, "No person is held", "has come in."))
    for figure in tree.xpath("//figure"):
        (image,) = figure.xpath(".//img")
        number = figure.get("data-said").split()[1]
        assert image.get("alt").startswith(f'Page {number} of <b>Jail</b> rules & "orders"')
        assert (image.get("width"), image.get("height")) == ("1020", "1320")
        assert "No person is held on a detainer" in figure.xpath("string(.//details)")
        assert figure.xpath("string(.//summary)") == f"Text of page {number}"
        for address in (image.get("src"), image.get("data-large")):
            drawn = asked.get(address)
            assert drawn.headers["content-type"] == "image/png"
            assert drawn.headers["cache-control"].startswith("private")
            assert drawn.headers["x-content-type-options"] == "nosniff"
            assert drawn.content.startswith(b"\x89PNG")
            known = asked.get(address, headers={"If-None-Match": drawn.headers["etag"]})
            assert (known.status_code, known.content) == (304, b"")


def test_pages_are_turned_by_links_that_keep_the_quote(asked: TestClient, printed: Engine) -> None:
    query = stretch(printed, "No person is held", "has come in.")
    tree = part(asked, **query, page=4)
    assert [f.get("data-said") for f in tree.xpath("//figure")] == ["Page 4 of 5"]
    assert not tree.xpath("//rect")
    hrefs = {a.get("data-turn"): a.get("href") for a in tree.xpath("//a[@data-turn]")}
    kept = {name: [str(value)] for name, value in query.items()}
    assert parse_qs(urlsplit(hrefs["earlier"]).query) == kept | {"page": ["3"]}
    assert parse_qs(urlsplit(hrefs["later"]).query) == kept | {"page": ["5"]}
    assert parse_qs(urlsplit(hrefs["quote"]).query) == kept
    assert all(urlsplit(href).fragment == "pages" for href in hrefs.values())
    assert "later" not in {a.get("data-turn") for a in part(asked, page=5).xpath("//a")}
    assert part(asked, page=99).xpath("//figure/@data-said") == ["Page 5 of 5"]


def test_without_a_quote_no_page_is_drawn_before_it_is_asked_for(asked: TestClient) -> None:
    tree = part(asked)
    assert not tree.xpath("//img")
    assert tree.xpath("//a[@data-turn]/@href")[0].endswith("&page=1#pages")


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("jail-rules/pages/6.png", 404, "it has 5"),
        ("jail-rules/pages/0.png", 404, "no page 0"),
        ("jail-rules/pages/99999999999999999999.png", 404, "no page 9999"),
        ("jail-rules/pages/one.png", 422, "integer"),
        ("jail-rules/pages/1.png?size=huge", 422, "size"),
        ("jail-rules/pages/1.png?v=00000000deadbeef", 404, "version"),
        ("jail-rules/pages?page=-1", 422, "page"),
        ("note/pages/1.png", 415, "no PDF"),
        ("note/pages", 415, "no PDF"),
        ("there-is-none/pages/1.png", 404, "there-is-none"),
    ],
)
def test_what_cannot_be_shown_is_a_problem_of_one_line(
    asked: TestClient, path: str, status: int, word: str
) -> None:
    response = asked.get(f"/documents/{path}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert word in response.json()["detail"]
    assert "\n" not in response.json()["detail"]


def test_a_page_that_cannot_be_drawn_is_told_beside_its_text(
    asked: TestClient, printed: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = printed.page_images._renderer.limits
    monkeypatch.setattr(printed.page_images._renderer, "limits", type(limits)(max_bytes=10))
    response = asked.get("/documents/bomb/pages/1.png")
    assert response.status_code == 415
    assert "too_large" in response.json()["detail"]
    tree: Any = html.fromstring(asked.get("/documents/bomb/pages?page=1").text)
    assert "cannot be shown as a picture" in tree.xpath("string(//p[@class='problem'])")
    assert tree.xpath("//details/@open")
    assert not tree.xpath("//img")


def test_the_page_of_a_document_shows_them_and_that_of_a_text_does_not(
    asked: TestClient, printed: Engine
) -> None:
    query = stretch(printed, "A bed that stands", "nor is money taken")
    tree: Any = html.fromstring(
        asked.get("/documents/jail-rules", params=query, headers=PAGE).content
    )
    assert len(tree.xpath("//section[@id='pages']//rect")) == 2
    assert not html.fromstring(asked.get("/documents/note", headers=PAGE).content).xpath(
        "//*[@id='pages']"
    )
