"""HTML to a reading: list letters, notes, articles without furniture, nothing run or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.draft import Draft
from ingest.readers.format import Limits
from ingest.readers.html.reader import read_html
from ingest.readers.law_notes import opens_note
from ingest.readers.web_furniture import strip_web_furniture
from pincite.errors import FileRefused
from pincite.types import Reading


def law(body: str) -> Reading:
    return read_html(f"<h3>§ 1-2. Title</h3>{body}".encode(), Limits())


def lines(body: str) -> list[str]:
    return law(body).text.split("\n")[1:]


@pytest.mark.parametrize(
    ("attributes", "letters"),
    [
        ('type="a"', ["(a)", "(b)"]),
        ('type="A"', ["(A)", "(B)"]),
        ('type="i"', ["(i)", "(ii)"]),
        ('type="I"', ["(I)", "(II)"]),
        ("", ["(1)", "(2)"]),
        ('class="alpha"', ["(a)", "(b)"]),
        ('style="list-style-type: lower-roman"', ["(i)", "(ii)"]),
        ('type="a" start="26"', ["(z)", "(aa)"]),
        ('type="i" start="8"', ["(viii)", "(ix)"]),
        ('start="oops"', ["(1)", "(2)"]),
        ("reversed", ["(2)", "(1)"]),
    ],
)
def test_list_markup_becomes_letters(attributes: str, letters: list[str]) -> None:
    result = law(f"<ol {attributes}><li>One;</li><li>Two.</li></ol>")
    assert [line.split()[0] for line in result.text.split("\n")[1:]] == letters
    for repair, letter in zip(result.repairs, letters, strict=True):
        assert (repair.rule, repair.original) == ("list letter", "")
        assert repair.span.of(result.text).strip() == letter


def test_lists_nest_and_keep_the_words_behind_them() -> None:
    assert lines(
        "<ol type=a><li>No city shall:<ol><li>ask;<li>tell.</ol>It is so.<li value=4>End.</ol>"
    ) == ["(a) No city shall:", "(1) ask;", "(2) tell.", "It is so.", "(d) End."]


def test_letters_that_stand_in_the_words_are_not_doubled() -> None:
    assert lines("<ol type=a><li>(a) One.</li></ol>") == ["(a) One."]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>pursuant to §\n <cite>\n 19.2 </cite>\n , or</p>", "pursuant to § 19.2, or"),
        ("<p>a<b>b</b>c<br>d</p>", "abc\nd"),
        ("<p>seen<span hidden> not</span><i style='display: none'> not</i></p>", "seen"),
        ("<p>words<script>no()</script><style>p{}</style><!-- no --></p>", "words"),
        ("<table><tr><td>a<p>b</p></td><td>c</td></tr></table>", "a b | c"),
        ("<p>unclosed<p>tags<div>are read", "unclosed\ntags\nare read"),
        ("<form><p>all in a form<input value='x'></p></form>", "all in a form"),
        ("<p>&sect;&nbsp;4 &ldquo;x&rdquo;</p>", "§ 4 “x”"),
    ],
)
def test_words_are_read_as_a_browser_shows_them(body: str, read: str) -> None:
    assert "\n".join(lines(body)) == read


def test_the_letter_stays_where_the_words_begin_with_a_number_below_it() -> None:
    assert lines("<ol type=a><li>(1) One.</li></ol>") == ["(a) (1) One."]


@pytest.mark.parametrize(
    "old", ["<del>ten</del>", "<b style='text-decoration:line-through'>ten</b>"]
)
def test_changed_words_are_marked(old: str) -> None:
    result = law(f"<p>The fee is {old} <ins>twelve</ins> dollars.</p>")
    found = {m.type: m.span.of(result.text) for m in result.marks if m.type != "heading"}
    assert found == {"deleted": "ten", "inserted": "twelve"}


def test_notes_run_from_their_label_to_the_next_heading() -> None:
    result = law(
        "<p>Law.</p><p><b>History.</b> 2015.</p><p>More.</p><h3>§ 1-3. Next</h3><p>Law.</p>"
    )
    notes = [m.span.of(result.text) for m in result.marks if m.type == "note"]
    assert notes == ["History. 2015.\nMore."]


@pytest.mark.parametrize(
    ("line", "is_note"),
    [
        ("HISTORY: Laws, 2017, ch. 383", True),
        ("Editor’s notes.", True),
        ("Effect of Amendments.", True),
        ("OPINIONS OF THE ATTORNEY GENERAL", True),
        ("Acts 2018, ch. 973, § 1.", True),
        ("State law reference(s) – Charters", True),
        ("The 2014 amendments.", True),
        ("History of the city shall be taught.", False),
        ("Acts of violence are forbidden.", False),
        ("(a) Source of income means wages.", False),
    ],
)
def test_notes_are_known_by_their_labels(line: str, is_note: bool) -> None:
    assert opens_note(line) is is_note


PAGE = """<html><head><title>Council acts - Daily</title>
<meta property="article:published_time" content="2024-05-06T10:00:00Z"></head><body>
<header><a href="/">The Daily</a><nav>News Sport</nav></header><div>We use cookies here.</div>
<main><article><h1>Council acts</h1><p>By Jane Doe</p>
<p>The city council on Monday passed an ordinance that limits how the police of the city work
with federal officers, after four hours of testimony by residents.</p>
<p>RELATED: Five things to know</p>
<p>“We welcome everybody here,” said the president of the council, who had written the measure
and argued for it since <em>last</em> spring in many meetings.</p>
<p>Read more</p><p>Follow the Daily on Facebook.</p>
<p>The mayor is expected to sign the ordinance this week, and it takes effect in ninety days.</p>
</article></main><aside>Most read</aside><footer>Copyright</footer></body></html>"""


def test_an_article_keeps_its_words_and_loses_its_furniture() -> None:
    result = read_html(PAGE.encode(), Limits())
    assert [line.split()[0] for line in result.text.split("\n")] == [
        "Council",
        "By",
        "The",
        "“We",
        "The",
    ]
    rules = {repair.rule for repair in result.repairs}
    assert {"related link", "page control", "follow us", "navigation", "page footer"} <= rules
    assert dict(result.facts) == {"title": "Council acts - Daily", "date": "2024-05-06"}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("IE 11 is not supported. Use another browser.", "browser notice"),
        ("We use cookies to make this better.", "cookie notice"),
        ("RELATED: Another story", "related link"),
        ("Lead Photo: A crowd stands", "caption"),
        ("Hundreds came to the rally on Monday.Jane Roe / Getty Images", "caption"),
        ("A crowd stands. (Photo by Jane Roe, County Register)", "caption"),
        ("Read more", "page control"),
        ("Follow Our Paper on Facebook, Twitter and Instagram.", "follow us"),
        ("Sign up for our newsletter", "newsletter"),
    ],
)
def test_a_line_of_furniture_goes_under_its_rule(line: str, rule: str) -> None:
    cleaned = strip_web_furniture(Draft.of(f"Before.\n{line}\nAfter."))
    assert cleaned.text == "Before.\nAfter."
    assert [repair.rule for repair in cleaned.repairs] == [rule]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, said the mayor.",
        "The city’s website uses cookies, an audit found.",
        "Residents follow the council on Facebook, she said.",
        "The photo shows an officer. It was taken in May.",
        "Comments were filed by ten agencies.",
    ],
)
def test_a_sentence_about_such_things_stays(line: str) -> None:
    assert strip_web_furniture(Draft.of(line)).text == line


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><script>only()</script></html>", "no_text"),
        (b"<!-- nothing -->", "no_text"),
        (b"", "empty"),
        (b"<h1>Sec. 1</h1>" + b"<div>" * 9000 + b"deep", "malformed"),
    ],
)
def test_refuses_with_a_typed_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_html(data, Limits())
    assert refused.value.reason == reason


def test_entities_of_the_file_are_never_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    page = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><h1>Sec. 1</h1><p>a &e; b</p>'
    assert "hidden words" not in read_html(page.encode(), Limits()).text


def test_the_declared_encoding_is_used() -> None:
    page = '<meta charset="koi8-r"><h1>Sec. 1</h1><p>Закон города о правах жителей</p>'
    assert "Закон города" in read_html(page.encode("koi8-r"), Limits()).text


SOUP = "<p> </p> <ol> <li> </ol> <b> </b> <br> one two § (a) &amp;"


@given(st.lists(st.sampled_from(SOUP.split())))
def test_any_soup_gives_canonical_blocks(parts: list[str]) -> None:
    result = law("".join(parts) + "<p>end")
    assert "\n\n" not in result.text
    assert "  " not in result.text
    words = [part for part in parts if part in ("one", "two", "§")]
    spaced = result.text.replace("one", " one ").replace("two", " two ").replace("§", " § ")
    assert [word for word in spaced.split()[3:] if word in ("one", "two", "§")] == words


@pytest.mark.corpus
def test_real_statutes_carry_the_letters_of_their_ids(corpus_dir: Path) -> None:
    text = read_html((corpus_dir / "corpus/statute/tn-tca-7-68.html").read_bytes(), Limits()).text
    assert "\n(F) Prevents law enforcement agencies from inquiring" in text
    assert "\n(c)\n(1) If the court finds" in text
