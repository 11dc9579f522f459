"""A companion leaves the service as its rule does: checked, printed, and in the answer's JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eval.responses import cited_of
from pincite.errors import NotFound
from pincite.kinds import Kind
from pincite.types import Answer, Citation, Companion, Document, Entry, Question, Span, Statement
from service.api.answer_bodies import CitationBody
from service.citing import cite
from service.describing import citation_json
from service.printing import print_answer
from service.vantage import Vantage
from service.verifying import verified
from service.web.rendering import ENVIRONMENT

RULE = "(a) No vessel shall moor."
LIMIT = "(b) Subsection (a) shall not apply to ferries."
TERM = "“Vessel” means a boat."
TEXT = f"§ 1. Moorings.\n{RULE}\n{LIMIT}\n{TERM}"
ENTRY = Entry("law", Kind.STATUTE, "A Law", "law.md", citation="1 Code § 1")
DOCUMENT = Document(ENTRY, TEXT, "v1")


def documents(name: str) -> Document:
    if name != "law":
        raise NotFound(f"no document {name!r}")
    return DOCUMENT


def cited(words: str) -> Citation:
    start = TEXT.index(words)
    return cite(DOCUMENT, Span(start, start + len(words)), Vantage(date(2026, 1, 1)))


def rule() -> Citation:
    return replace(
        cited(RULE),
        companions=(
            Companion("exception", cited(LIMIT)),
            Companion("definition", cited(TERM), "vessel"),
        ),
    )


def answer(citation: Citation) -> Answer:
    said = (Statement(citation.quote, "law", (1,)),)
    return Answer(Question("q"), statements=said, citations=(citation,))


def test_sound_companions_stay() -> None:
    assert verified(answer(rule()), documents) == (answer(rule()), 0)


@pytest.mark.parametrize(
    "altered",
    [
        replace(cited(LIMIT), quote="(b) Subsection (a) shall apply to ferries."),
        replace(cited(LIMIT), version="v2"),
        replace(cited(LIMIT), entry=replace(ENTRY, id="other")),
    ],
)
def test_a_companion_that_does_not_check_out_is_dropped_and_counted(altered: Citation) -> None:
    limit, term = rule().companions
    false = replace(rule(), companions=(replace(limit, citation=altered), term))
    checked, dropped = verified(answer(false), documents)
    assert dropped == 1
    assert checked.citations == (replace(rule(), companions=(term,)),)
    assert checked.statements == answer(rule()).statements


def test_the_answer_carries_them_beside_their_rule() -> None:
    shown = citation_json(rule(), 1)
    assert [(one["type"], one["term"]) for one in shown["companions"]] == [
        ("exception", ""),
        ("definition", "vessel"),
    ]
    assert [one["citation"]["quote"] for one in shown["companions"]] == [LIMIT, TERM]
    assert CitationBody.model_validate(shown).companions[1].citation.quote == TERM


def test_they_do_not_count_as_quotes_of_the_answer() -> None:
    with_them, without = (citation_json(one, 1) for one in (rule(), cited(RULE)))
    assert cited_of(with_them) == cited_of(without)


def test_the_terminal_sets_them_in_below_their_rule(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(
        {
            "statements": [{"text": RULE, "citations": [1]}],
            "citations": [citation_json(rule(), 1)],
            "nearest": [],
            "notices": [],
        }
    )
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith(f"but: {LIMIT}") for line in lines)
    assert any(line.startswith(f"“vessel” means: {TERM}") for line in lines)


def test_the_page_shows_them_as_links_into_the_text() -> None:
    page = ENVIRONMENT.get_template("parts/citation.html").render(c=citation_json(rule(), 1))
    start = TEXT.index(LIMIT)
    assert "“vessel” means" in page
    assert LIMIT in page
    assert f"/documents/law?v=v1&amp;start={start}&amp;end={start + len(LIMIT)}#quote" in page
