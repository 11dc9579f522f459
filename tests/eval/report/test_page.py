"""The page of a run: self-contained, safe to open, and its numbers are the summary's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from eval.attribution import FAULTS
from eval.report.page import write
from eval.report.questions import MOST_FAILURES
from eval.report.tables import _MEANINGS
from eval.runs import Run, read_summary
from eval.words import Case, Cited, Given, Group, Ranked, Said, Support
from pincite.types import Question, Span

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x" onerror=x>"\'&\u202e\x00\ud800'
HARMLESS = (
    '<script>alert(1)</script><img src="http://evil.example/x" onerror=x>"\'&\ufffd\ufffd\ufffd'
)
MEASURES = (
    "SupportR@5",
    "CitationP",
    "AnsweredRight",
    "AURC",
    "NonLawAsLaw",
    "SearchP50",
    "AskP95",
)


def answered(text: str = "Ten dollars.", *, right: bool = True, **more: Any) -> Given:
    start = 0 if right else 500
    values: dict[str, Any] = {"pinpoint": "§ 1", "citation": "Code § 1", "kind": "statute"}
    cited = Cited(
        "code",
        "v1",
        Span(start, start + len(text)),
        text,
        **{**values, **more},
        channel="law",
        status="in_force",
    )
    found = (Ranked("code", "v1", Span(start, start + 300), 1.0),)
    took = {"search": 4.0, "ask": 12.0}
    return Given(found, (Said(text, "law", (1,)),), (cited,), confidence=0.5, latency_ms=took)


def case(name: str, text: str = "What is the toll?", quote: str = "Ten dollars.") -> Case:
    support = Support("code", "v1", Span(0, len(quote)), quote, "§ 1", "law")
    return Case(name, Question(text), True, groups=(Group((support,)),), family=name[-1])


def written(runs: Any, name: str = "run", **more: Any) -> Run:
    cases = [case(f"q{place}") for place in range(6)]
    given = {
        "bm25": [answered(right=place < 3) for place in range(6)],
        "hybrid": [answered(right=place < 5) for place in range(5)] + [Given(error="too slow")],
    }
    run: Run = runs.write(cases, given, MEASURES, name=name, **more)
    return run


def page_of(run: Run, previous: Path | None = None) -> Any:
    return html.fromstring(write(run.folder, previous).read_text(encoding="utf-8"))


def text_of(tree: Any, part: str) -> str:
    return " ".join(tree.get_element_by_id(part).text_content().split())


def hostile(runs: Any) -> Run:
    """A run that says the same hostile words in every place that takes words."""
    one = case(HOSTILE, HOSTILE, HOSTILE)
    given = answered(HOSTILE, pinpoint=HOSTILE, citation=HOSTILE, kind=HOSTILE)
    described = {HOSTILE: HOSTILE, "nested": {HOSTILE: [HOSTILE]}}
    run: Run = runs.write(
        [one, case("q2")],
        {"bm25": [given, Given(error=HOSTILE)]},
        MEASURES,
        name="hostile",
        described=described,
    )
    return run


def test_hostile_words_stay_words(runs: Any) -> None:
    tree = page_of(hostile(runs))
    assert not tree.xpath("//script | //img | //iframe | //object | //link | //form | //base")
    assert not [name for name in tree.xpath("//@*/..") for name in name.attrib if name[:2] == "on"]
    quotes = [quote.text_content() for quote in tree.xpath("//blockquote")]
    assert quotes.count(HARMLESS) == 2  # gold and given
    for part in ("errors", "questions", "run"):
        assert "\u202e" not in text_of(tree, part)


def test_a_page_asks_for_nothing_from_outside(runs: Any) -> None:
    run = hostile(runs)
    tree, text = page_of(run), (run.folder / "report.html").read_text(encoding="utf-8")
    for address in tree.xpath(
        "//@src | //@href | //@action | //@data | //@xlink:href", namespaces={"xlink": "x"}
    ):
        assert address.startswith("#"), address
    assert not re.search(r"url\(|@import", "".join(tree.xpath("//style/text()")))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "<script" not in text.lower()


def test_links_inside_the_page_lead_somewhere(runs: Any) -> None:
    tree = page_of(written(runs))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= set(ids)


def test_the_headline_has_the_numbers_of_the_summary(runs: Any) -> None:
    run = written(runs)
    tree, summary = page_of(run), read_summary(run.folder)
    rows = tree.xpath("//section[@id='results']//tbody/tr")
    assert [row.xpath("th/text()")[0] for row in rows] == list(MEASURES)
    for row in rows:
        name = row.xpath("th/text()")[0]
        shown = [float(value) for value in row.xpath("td/data/@value")]
        held = [summary[system]["all"][name]["value"] for system in ("bm25", "hybrid")]
        assert shown == [value for value in held if value is not None]


def test_every_plot_has_a_title_a_description_and_a_table(runs: Any) -> None:
    figures = page_of(written(runs)).xpath("//figure")
    assert len(figures) >= 3
    for figure in figures:
        (drawing,) = figure.xpath(".//svg[@role='img']")
        named = [drawing.get_element_by_id(i) for i in drawing.get("aria-labelledby").split()]
        assert [element.tag for element in named] == ["title", "desc"]
        assert all(element.text for element in named)
        assert figure.xpath(".//table//td")


def test_every_question_stands_with_gold_and_given_side_by_side(runs: Any) -> None:
    tree = page_of(written(runs))
    questions = tree.xpath("//details[@class='question']")
    assert len(questions) == 6
    for question in questions:
        gold, given = question.xpath("./div/div")
        assert "Ten dollars." in gold.text_content()
        assert {"bm25", "hybrid"} <= set(given.xpath(".//bdi/text()"))
    # shared words are marked on both sides, and only where they are shared
    right = tree.xpath("//details[contains(., 'Code § 1') and .//b[@class='right']]")
    assert right[-1].xpath(".//mark/text()") == ["Ten dollars."] * 3


def test_wrong_questions_are_counted_by_fault(runs: Any) -> None:
    tree = page_of(written(runs))
    rows = {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")[:2]]
        for row in tree.xpath("//section[@id='errors']//tbody/tr")
    }
    assert rows["Not retrieved"] == ["3", "–"]
    assert rows["Failed"] == ["–", "1"]
    assert rows["All wrong"] == ["3", "1"]
    assert set(_MEANINGS) == set(FAULTS)


def test_a_failed_question_and_an_unfinished_run_are_said_first(runs: Any) -> None:
    tree = page_of(written(runs))
    assert "hybrid 1" in tree.xpath("string(//p[@class='alert'])")
    cases = [case(f"q{place}") for place in range(3)]
    cut: Run = runs.write(cases, {"bm25": [answered()]}, MEASURES, name="cut", complete=False)
    assert "not asked yet: bm25 2" in page_of(cut).xpath("string(//p[@class='alert'])")


def test_gains_and_losses_stand_against_the_last_run(runs: Any) -> None:
    last = written(runs, "last")
    cases = [case(f"q{place}") for place in range(6)]
    given = {"bm25": [answered(right=place != 0) for place in range(6)]}
    now: Run = runs.write(cases, given, MEASURES, name="now")
    said = text_of(page_of(now, last.folder), "last")
    assert "3 gains and 1 loss." in said
    assert "Losses: 1" in said
    assert "q0What is the toll?bm25SupportR@5 1 → 0" in said


def test_a_last_run_over_other_texts_is_named_and_not_compared(runs: Any) -> None:
    last, now = written(runs, "last", corpus="c2"), written(runs, "now")
    said = text_of(page_of(now, last.folder), "last")
    assert "Not compared" in said
    assert "different texts" in said


def test_a_run_of_thousands_of_questions_lists_failures_and_stays_small(runs: Any) -> None:
    count = 2788
    cases = [
        Case(f"q{n}", Question("What must an Authorised Person do? " * 20), relevant={f"u{n}": 1})
        for n in range(count)
    ]
    found = tuple(Ranked("d", "v1", Span(0, 9), 1.0, f"n{place}") for place in range(10))
    wrong, right = (
        Given(found),
        [Given((Ranked("d", "v1", Span(0, 9), 1.0, f"u{n}"),)) for n in range(count)],
    )
    given = {"bm25": [wrong] * count, "dense": [wrong, *right[1:]]}
    run: Run = runs.write(cases, given, ("P@1",), name="large")
    tree = page_of(run)
    assert (run.folder / "report.html").stat().st_size < 1_000_000
    rows = tree.xpath("//section[@id='questions']//tbody/tr")
    assert len(rows) == MOST_FAILURES
    assert rows[0].xpath("string(th)") == "q0"  # wrong in both systems
    assert f"{count - MOST_FAILURES:,} wrong ones" in text_of(tree, "questions")


@pytest.mark.browser
def test_a_browser_shows_a_hostile_page_and_has_nothing_to_say(runs: Any, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here")
    page = write(hostile(runs).folder)
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")
    own = (f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr")
    done = subprocess.run(
        [chromium, *quiet, *own, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "CONSOLE" not in done.stderr, done.stderr
    tree: Any = html.fromstring(done.stdout)
    assert HARMLESS in tree.text_content()


@pytest.mark.parametrize("part", ["fingerprint", "revision", "cores", "seed", "corpus fingerprint"])
def test_what_could_move_a_number_stands_at_the_end(runs: Any, part: str) -> None:
    assert part in page_of(written(runs)).xpath("//section[@id='run']//th/text()")
