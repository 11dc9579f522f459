"""How an exported quote stands later: when texts, entries, generations and days have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.exporting.checking import Export
from service.exporting.paper import Json, paper_of

RULE = "A truck shall pay twelve dollars."
TEXT = f"Tolls\n{RULE}\nAn ambulance may pass free."
Change = Callable[[Any], None]


def exported(said: Json) -> Export:
    paper = paper_of(said)
    return Export(paper.quotes, paper.generation, paper.as_of)


def nothing(held: Any) -> None:
    held.publish("generation-2")


def words_moved(held: Any) -> None:
    held.put("code", f"Tolls of bridges\n\nNew words.\n{RULE}")
    held.publish("generation-2")


def words_changed(held: Any) -> None:
    held.put("code", TEXT.replace("twelve", "fifteen"))
    held.publish("generation-2")


def document_withdrawn(held: Any) -> None:
    del held.records["code"]
    held.publish("generation-2")


def repealed(held: Any) -> None:
    held.put("code", TEXT, status="repealed", effective=date(2010, 1, 1), expires=date(2025, 6, 1))
    held.publish("generation-2")


@pytest.mark.parametrize(
    ("change", "state", "said"),
    [
        (nothing, "holds", "what its source says"),
        (words_moved, "moved", "the document has changed; the words are at "),
        (words_changed, "gone", "the words are gone"),
        (document_withdrawn, "withdrawn", "no such document"),
        (repealed, "ended", "not in force on 2026-01-01"),
    ],
)
def test_what_became_of_a_quote_is_said(
    publish_texts: Callable[..., Any], change: Change, state: str, said: str
) -> None:
    held = publish_texts(code=TEXT)
    export = exported(held.answer("code", RULE))
    change(held)
    finding = held.checker().check(export)[0]
    assert finding.state == state
    assert said in finding.words
    assert finding.holds == (state in ("holds", "moved"))


def test_where_the_words_stand_now_is_where_they_stand(publish_texts: Callable[..., Any]) -> None:
    held = publish_texts(code=TEXT)
    export = exported(held.answer("code", RULE))
    words_moved(held)
    record = held.records["code"]
    text = held.library.reading(record.version).text
    start = text.index(RULE)
    assert f"characters {start}:{start + len(RULE)}" in held.checker().check(export)[0].words


def test_law_that_ended_later_held_on_its_day(publish_texts: Callable[..., Any]) -> None:
    held = publish_texts(code=TEXT)
    export = exported(held.answer("code", RULE))
    repealed(held)
    assert held.checker(date(2020, 1, 1)).check(export)[0].state == "holds"


def test_what_was_exported_as_history_is_no_surprise_later(
    publish_texts: Callable[..., Any],
) -> None:
    held = publish_texts(code=TEXT)
    repealed(held)
    export = exported(held.answer("code", RULE))
    assert export.quotes[0].status == "repealed"
    assert held.checker().check(export)[0].state == "holds"


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        ({"document_id": "nix"}, "unknown"),
        ({"version": "f" * 64}, "moved"),  # the words stand in the version that is open
        ({"version": "f" * 64, "quote": "Nobody pays."}, "unknown"),
        ({"quote": "A truck shall pay nothing."}, "altered"),
        ({"start": 10**9, "end": 10**9 + 5}, "altered"),
        ({"end": 5}, "altered"),
        ({"quote": ""}, "altered"),
        ({"quote": RULE.replace(" ", "\n")}, "holds"),  # white space is not compared
    ],
)
def test_a_claim_is_never_believed(
    publish_texts: Callable[..., Any], claim: dict[str, Any], state: str
) -> None:
    held = publish_texts(code=TEXT)
    export = exported(held.answer("code", RULE))
    forged = replace(export, quotes=(replace(export.quotes[0], **claim),))
    assert held.checker().check(forged)[0].state == state


def test_the_text_of_one_document_is_not_taken_for_anothers(
    publish_texts: Callable[..., Any],
) -> None:
    held = publish_texts(code="Nobody may pass.", column=TEXT)
    claimed = exported(held.answer("column", RULE))
    forged = replace(claimed, quotes=(replace(claimed.quotes[0], document_id="code"),))
    assert held.checker().check(forged)[0].state == "unknown"


@pytest.mark.parametrize("generation", ["gone", "../../manifests/generation-1", "", None])
def test_a_generation_that_is_gone_is_said_and_the_quotes_are_checked_all_the_same(
    publish_texts: Callable[..., Any], generation: str | None
) -> None:
    held = publish_texts(code=TEXT)
    export = replace(exported(held.answer("code", RULE)), generation=generation)
    assert held.checker().check(export)[0].state == "holds"
    assert ("which is gone" in held.checker().older(generation)) == (generation is not None)


def test_an_older_generation_is_checked_in_its_own_texts(publish_texts: Callable[..., Any]) -> None:
    held = publish_texts(code=TEXT)
    export = exported(held.answer("code", RULE))
    words_changed(held)
    assert "were checked there" in held.checker().older(export.generation)
    assert held.checker().older("generation-2") == ""
