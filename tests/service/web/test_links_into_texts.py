"""Links into a text: old ones still lead to their words, citations to what is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Span
from service.engine import Engine
from service.web.links import link
from service.web.versions import stretch
from tests.service.conftest import LocalClient, page, text_of

CATALOGUE = """
collection = "harbor"

[[entry]]
id = "rules"
file = "rules.md"
kind = "ordinance"
title = "Harbor rules"
citation = "Arden Code § 5-1"
jurisdiction = "zz/arden"
effective = 2019-04-01

[[entry]]
id = "order"
file = "order.md"
kind = "executive_order"
title = "Exec. Order on the harbor"
citation = "Exec. Order No. 13768"
jurisdiction = "us"
"""
GONE = """
[[entry]]
id = "gone"
file = "gone.md"
kind = "op_ed"
title = "A view of the harbor"
"""
RULES = """# Harbor rules

## § 5-1. Berths.

(a) A vessel that stays for more than three days shall pay for its berth every morning.

(b) The harbor master keeps a list of vessels under 8 U.S.C. § 1373, and of Exec. Order 13768.
"""
ORDER = """# The harbor

## Sec. 1. Vessels

A vessel under Arden Code § 5-1(b) is to be listed by the harbor master, as § 5-1(a) says.

## Sec. 2. Lists

A list under 8 U.S.C. § 1373 is public; Arden Code § 5-1 stands.
"""


@pytest.fixture(scope="module")
def harbor(
    tmp_path_factory: pytest.TempPathFactory,
    light_shelf: Callable[[Settings], Shelf],
    local: LocalClient,
) -> Iterator[tuple[TestClient, str, str]]:
    """A service after two ingests, and the first versions of a changed text and of one gone."""
    folder = tmp_path_factory.mktemp("harbor")
    settings = Settings(data_dir=tmp_path_factory.mktemp("harbor-data"), ocr="off")
    shelf = light_shelf(settings)
    for name, text in {
        "rules.md": RULES,
        "order.md": ORDER,
        "gone.md": "A harbor is calm.",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "catalogue.toml").write_text(CATALOGUE + GONE, encoding="utf-8")
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf, look_again=0.0)
    client = local(engine)
    first = client.get("/v1/documents/rules").json()["version"]
    gone = client.get("/v1/documents/gone").json()["version"]
    changed = RULES.replace("# Harbor rules", "# Rules of the harbor").replace("list", "register")
    (folder / "rules.md").write_text(changed, encoding="utf-8")
    (folder / "gone.md").unlink()
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    ingest(settings, [folder], shelf=shelf)
    yield client, first, gone
    engine.close()


def _linked(version: str, words: str, text: str) -> str:
    start = text.index(words)
    return link("rules", v=version[:16], start=start, end=start + len(words))


def _old_text(client: TestClient, version: str) -> str:
    lines = page(client, "/documents/rules", v=version).xpath("//*[@data-at]")
    return "\n".join(line.text_content() for line in lines)


def test_an_old_link_shows_the_old_words_and_leads_to_todays(
    harbor: tuple[TestClient, str, str],
) -> None:
    client, first, _ = harbor
    words = "A vessel that stays for more than three days"
    tree = page(client, _linked(first, words, _old_text(client, first)))
    assert text_of(tree.xpath("//div[@role='note']")[0]).startswith("This text has since changed.")
    assert text_of(tree.xpath("//mark[@id='quote']")[0]) == words
    now = tree.xpath("//div[@role='note']//a[contains(@href, '#quote')]/@href")[0]
    assert first[:16] not in now
    today = page(client, now)
    assert text_of(today.xpath("//mark[@id='quote']")[0]) == words
    assert not today.xpath("//div[@role='note']")


def test_an_old_link_to_words_that_are_gone_leads_to_what_changed(
    harbor: tuple[TestClient, str, str],
) -> None:
    client, first, _ = harbor
    words = "keeps a list of vessels"
    tree = page(client, _linked(first, words, _old_text(client, first)))
    assert "do not stand once" in text_of(tree.xpath("//div[@role='note']")[0])
    changes = page(client, f"/documents/rules/changes?v={first[:16]}")
    assert [text_of(one) for one in changes.xpath("//p[@class='changed']/ins")][-1] == (
        "[inserted: register]"
    )
    assert f"/documents/rules/changes?v={first[:16]}" in tree.xpath("//@href")


def test_a_document_that_is_gone_says_so(harbor: tuple[TestClient, str, str]) -> None:
    client, _, gone = harbor
    tree = page(client, "/documents/gone", v=gone[:16], start="2", end="8")
    assert "This document is not held any more." in text_of(tree)
    assert text_of(tree.xpath("//mark")[0]) == "harbor"
    problem = page(client, "/documents/gone", 404)
    assert f"/documents/gone?v={gone[:16]}" in text_of(problem)
    assert page(client, "/documents/gone", 404, v="0123456789abcdef") is not None
    assert client.get("/documents/rules", params={"v": gone[:16]}).text.count("not known here")


def test_citations_lead_to_what_is_held(harbor: tuple[TestClient, str, str]) -> None:
    client, _, _ = harbor
    tree = page(client, "/documents/order")
    cited = {text_of(one): one for one in tree.xpath("//*[@class='cite']")}
    assert cited["Arden Code § 5-1(b)"].get("href").startswith("/documents/rules?start=")
    assert cited["8 U.S.C. § 1373"].tag == "span"
    target = page(client, cited["Arden Code § 5-1(b)"].get("href").split("#")[0])
    assert text_of(target.xpath("//mark")[0]).startswith("(b) The harbor master")
    cites = text_of(tree.xpath("//section[@id='cites']")[0])
    assert "Arden Code § 5-1" in cites
    assert "1 source not held here" in cites
    assert f"#{cited['8 U.S.C. § 1373'].get('id')}" in tree.xpath("//section[@id='cites']//@href")


def test_who_cites_a_document_is_listed_with_the_places(
    harbor: tuple[TestClient, str, str],
) -> None:
    client, _, _ = harbor
    rows = page(client, "/documents/rules").xpath("//section[@id='cited-by']//li")
    assert [text_of(row).split(" executive")[0] for row in rows] == ["Exec. Order on the harbor"]
    assert len(rows[0].xpath(".//a[contains(@href, '#quote')]")) >= 2


@pytest.mark.parametrize("version", ["0123456789abcdef", "x", "é", "0" * 64, "../library", "%00"])
def test_an_unknown_version_marks_nothing_and_says_so(client: TestClient, version: str) -> None:
    tree = page(client, "/documents/arden-code-4-12", v=version, start="20", end="60")
    assert "version of this text that is not known here" in text_of(tree)
    assert not tree.xpath("//mark")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("three days at sea", "for three days at sea.", Span(4, 21)),
        ("three days at sea", "three days at sea or three days at sea", None),
        ("three days", "three days", None),  # too short: it stands in a text by chance
        ("three days at sea", "three  days at sea", None),
        ("", "three", None),
    ],
)
def test_words_are_found_again_where_they_stand_once(
    words: str, text: str, found: Span | None
) -> None:
    assert stretch(words, text) == found
