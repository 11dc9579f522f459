"""The page of a document: its text whole and inert, its outline, its links, its older versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ingest.publishing import ingest
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Document, Entry, Mark, Page, Section, Span
from service.engine import Engine
from service.web.anchors import ids, name_of, outline
from service.web.blocks import blocks
from service.web.links import link
from service.web.marking import Cited, lines
from service.web.reading import window_of
from service.web.versions import stretch
from tests.service.conftest import LocalClient, assert_inert

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"


def page(client: TestClient, path: str, status: int = 200, **query: str) -> Any:
    response = client.get(path, params=query or None, headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    tree: Any = html.fromstring(response.content.decode())
    assert_inert(tree)
    return tree


def text_of(tree: Any) -> str:
    return " ".join(tree.text_content().split())


def test_the_citation_leads_to_the_marked_quote(client: TestClient) -> None:
    tree = page(client, "/", q=TOLL)
    quote = text_of(tree.xpath("//article//blockquote")[0])
    href = next(one for one in tree.xpath("//article//@href") if one.endswith("#quote"))
    marked = page(client, href).xpath("//mark")
    assert marked[0].get("id") == "quote"
    assert [m.get("id") for m in marked[1:]] == [None] * (len(marked) - 1)
    assert " ".join(text_of(m) for m in marked) == quote


@pytest.mark.parametrize(
    "query", ["start=5&end=2", "start=-4&end=-1", "start=0&end=9999999", f"start=1&end={10**30}"]
)
def test_an_impossible_stretch_marks_nothing(client: TestClient, query: str) -> None:
    assert not page(client, f"/documents/hostile?{query}").xpath("//mark")


def test_the_text_is_whole_and_says_where_each_line_starts(client: TestClient) -> None:
    held = client.get("/v1/documents/arden-code-4-12/text").json()["text"]
    shown = page(client, "/documents/arden-code-4-12").xpath("//*[@data-at]")
    assert "\n".join(line.text_content() for line in shown) == held
    for line in shown:
        assert held[int(line.get("data-at")) :].startswith(line.text_content())


def test_every_line_of_the_outline_leads_to_a_section(client: TestClient) -> None:
    tree = page(client, "/documents/arden-code-4-12")
    links = tree.xpath("//nav[@class='contents']//a/@href")
    assert links
    assert "#s-4-12-a" in links
    found = tree.xpath("//@id")
    assert len(found) == len(set(found))
    assert {one.removeprefix("#") for one in links} <= set(found)


def test_a_document_says_what_it_is_and_what_can_be_taken(client: TestClient) -> None:
    tree = page(client, "/documents/arden-code-4-12-2010", start="20", end="60")
    head = text_of(tree.xpath("//header[@class='head record']")[0])
    assert "superseded" in head
    assert "effective Apr. 1, 2010" in head
    assert "Record" in head
    copied = tree.xpath("//button/@data-copy")
    version = client.get("/v1/documents/arden-code-4-12-2010").json()["version"]
    assert copied[-1] == (
        "http://127.0.0.1:8000" + link("arden-code-4-12-2010", v=version[:16], start=20, end=60)
    )
    assert "Arden Code § 4-12" in copied[0]
    assert page(client, copied[-1].removeprefix("http://127.0.0.1:8000")).xpath("//mark")


def test_hostile_words_stay_words(client: TestClient) -> None:
    tree = page(client, "/documents/hostile", start="0", end="90")
    said = text_of(tree)
    assert "<script>alert('ferry')</script> </mark>" in said
    assert "{{ 7 * 7 }}" in said
    assert text_of(tree.xpath("//h1")[0]) == "<img src=x onerror=alert(1)> & tolls"


def test_two_documents_are_compared_word_by_word(client: TestClient) -> None:
    address = "/documents/arden-code-4-12-2010/changes?with=arden-code-4-12"
    tree = page(client, address)
    assert [text_of(one) for one in tree.xpath("//p[@class='changed']/del")][:1] == [
        "[deleted: nine]"
    ]
    assert "[inserted: twelve]" in text_of(tree)
    assert "These are two works" in text_of(tree)
    sides = [text_of(one) for one in tree.xpath("//div[@class='sides']/div/p[@class='name']")]
    assert sides == ["Arden Code § 4-12 (2010)", "Arden Code § 4-12"]
    assert tree.xpath("//h2[@class='where']/a/@href")[0].startswith("/documents/arden-code-4-12?v=")
    back = page(client, "/documents/arden-code-4-12/changes?with=arden-code-4-12-2010")
    assert text_of(back.xpath("//div[@class='sides']")[0]) == text_of(
        tree.xpath("//div[@class='sides']")[0]
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/documents/nix", "no document 'nix'"),
        ("/documents/nix?v=0123456789abcdef", "no document 'nix'"),
        ("/documents/nix/changes", "no document 'nix'"),
        ("/documents/hostile/changes?with=nix", "no document 'nix'"),
        ("/documents/hostile/changes?v=0123456789abcdef", "is not known here"),
        ("/documents/hostile/changes?v=../../etc/passwd", "is not known here"),
    ],
)
def test_what_is_not_held_is_a_problem_page(client: TestClient, path: str, said: str) -> None:
    assert said in text_of(page(client, path, 404).xpath("//p[@role='alert']")[0])


def test_nothing_to_compare_with_is_said(client: TestClient) -> None:
    assert "nothing to compare" in text_of(page(client, "/documents/hostile/changes"))


@pytest.mark.parametrize("version", ["0123456789abcdef", "x", "é", "0" * 64, "../library", "%00"])
def test_an_unknown_version_marks_nothing_and_says_so(client: TestClient, version: str) -> None:
    tree = page(client, "/documents/arden-code-4-12", v=version, start="20", end="60")
    assert "version of this text that is not known here" in text_of(tree)
    assert not tree.xpath("//mark")


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


def _document(text: str, *sections: Section, marks: tuple[Mark, ...] = ()) -> Document:
    return Document(Entry("x", Kind.STATUTE, "X", "x"), text, "0" * 64, (), sections, marks)


def _section(label: str, level: int, start: int, end: int, heading: str = "") -> Section:
    return Section(label, heading, level, Span(start, end))


def test_a_section_is_named_by_its_labels() -> None:
    made = ids(
        (
            _section("Title 8", 0, 0, 100),
            _section("§ 9-131", 1, 0, 60),
            _section("(b)", 2, 10, 40),
            _section("(1)", 3, 20, 30),
            _section("", 2, 40, 50, "What “this” means: <b>"),
            _section("§ 9-131", 1, 60, 90),
            _section("", 1, 90, 95, "第一条"),
        )
    )
    assert made == (
        "s-title-8",
        "s-9-131",
        "s-9-131-b",
        "s-9-131-b-1",
        "s-9-131-what-this-means-b",
        "s-9-131--2",
        "s-title-8--2",
    )


@pytest.mark.parametrize(
    ("label", "heading", "name"),
    [
        ("Syllabus", "Syllabus *", "Syllabus *"),
        ("(b)", "B is for bail", "(b) B is for bail"),
        ("n.4", "", ""),
        ("", "", ""),
        ("§ 2", "Lists\nof vessels", "§ 2 Lists of vessels"),
    ],
)
def test_a_line_of_the_outline_has_label_and_heading(label: str, heading: str, name: str) -> None:
    assert name_of(_section(label, 0, 0, 9, heading)) == name


def test_an_outline_goes_as_deep_as_can_be_read() -> None:
    wide = tuple(_section(f"§ {n}", 0, n * 10, n * 10 + 10) for n in range(100))
    deep = tuple(_section("(a)", 1, n * 10 + 1, n * 10 + 5) for n in range(100))
    sections = tuple(sorted((*wide, *deep), key=lambda one: (one.span.start, -one.span.end)))
    shown = outline(sections, Span(0, 20))
    assert [heading.name for heading in shown] == [f"§ {n}" for n in range(100)]
    assert [len(heading.below) for heading in shown[:3]] == [1, 1, 0]


def test_levels_of_headings_never_skip_one() -> None:
    text = "Title\n(i) deep\nNote\nwords\nPart"
    marks = tuple(
        Mark(Span(start, start + length), "heading", level)
        for start, length, level in [(0, 5, "1"), (6, 8, "6"), (15, 4, "4"), (26, 4, "1")]
    )
    sections = (_section("Title", 0, 0, 26), _section("(i)", 5, 6, 14), _section("Part", 0, 26, 30))
    laid = [
        one
        for block in blocks(_document(text, *sections, marks=marks), Span(0, 30))
        for one in block
    ]
    assert [one.level for one in laid] == [2, 3, 3, 0, 2]


def test_a_line_is_cut_where_its_marks_the_quote_and_pages_begin_and_end() -> None:
    text = "Heading\nwithin [ten] five years\nend"
    marks = [
        Mark(Span(0, 7), "heading", "1"),
        Mark(Span(15, 20), "deleted"),
        Mark(Span(21, 25), "inserted"),
        Mark(Span(8, 14), "paragraph", "4"),
    ]
    pages = [Page(Span(7, 15), 1, "87"), Page(Span(15, 35), 2, "88")]
    cited = [Cited(Span(26, 31), 1, "Five Years", "/documents/five")]
    whole = Span(0, len(text))
    made = list(lines(text, whole, marks, Span(8, 25), pages, cited=cited))
    assert [line.is_heading for line in made] == [True, False, False]
    assert [line.paragraph for line in made] == ["", "4", ""]
    pieces = [(p.text, sorted(p.types), p.quoted, p.first, p.page) for p in made[1].pieces]
    assert pieces == [
        ("within ", [], True, True, "87"),
        ("[ten]", ["deleted"], True, False, "88"),
        (" ", [], True, False, ""),
        ("five", ["inserted"], True, False, ""),
        (" ", [], False, False, ""),
        ("years", [], False, False, ""),
    ]
    assert made[1].pieces[-1].cited == cited[0]
    assert made[1].pieces[-1].opens
    assert "\n".join(line.text for line in made) == text


@given(st.text(alphabet="ab \n", max_size=60), st.data())
def test_no_mark_changes_a_word(text: str, data: st.DataObject) -> None:
    spot = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(spot, spot).map(sorted), max_size=6))
    marks = [Mark(Span(start, end), "deleted") for start, end in spans]
    quote = Span(*sorted((data.draw(spot), data.draw(spot))))
    made = list(lines(text, Span(0, len(text)), marks, quote))
    assert "\n".join(line.text for line in made) == text
    marked = [piece for line in made for piece in line.pieces if piece.quoted]
    assert "".join(p.text for p in marked) == quote.of(text).replace("\n", "")
    assert sum(piece.first for line in made for piece in line.pieces) <= 1


@pytest.mark.parametrize("at", [-5, 0, 1, 399_999, 400_000, 500_000, 1_999_999, 10**9])
def test_a_part_of_a_very_long_text_is_whole_lines(at: int) -> None:
    text = "\n".join("x" * 99 for _ in range(20_000))
    window = window_of(text, at)
    assert window.start == 0 or text[window.start - 1] == "\n"
    assert window.end == len(text) or text[window.end] == "\n"
    assert window.start <= max(0, min(at, len(text)))
    assert window.end - window.start < 400_200
    assert window_of(text[:500_000], at) == Span(0, 500_000)


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


def test_a_code_of_a_city_is_turned_in_parts(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], local: LocalClient, publish: Any
) -> None:
    settings = Settings(data_dir=tmp_path, ocr="off")
    shelf = light_shelf(settings)
    publish(shelf, code="\n".join(f"Line {n} of the code. {'x' * 80}" for n in range(16_000)))
    client = local(Engine(settings, shelf))
    tree = page(client, "/documents/code")
    assert text_of(tree.xpath("//p[@class='turn']/a")[0]) == "Later text"
    later = page(client, tree.xpath("//p[@class='turn']/a/@href")[0])
    assert [text_of(one) for one in later.xpath("//p[@class='turn']/a")] == [
        "Earlier text",
        "Later text",
    ]
    quoted = page(client, "/documents/code?start=1200000&end=1200050#quote")
    assert quoted.xpath("//mark[@id='quote']")
