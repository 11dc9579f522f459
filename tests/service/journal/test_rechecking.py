"""What became of a logged quote after the texts or the catalogue changed, in one word each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.differing import word_changes
from pincite.types import Link, Span
from service.journal.chain import Json, redacted
from service.journal.rechecking import Recheck, within

DAY, TODAY = date(2024, 5, 1), date(2026, 5, 1)
QUOTE = "A truck with three axles shall pay a toll of twelve dollars."
TEXT = f"§ 4-12. Tolls.\n(a) {QUOTE}\n(b) The harbor master may waive the toll.\n"
OTHER = "§ 9. Ferries.\nA ferry leaves at seven.\n"
FORCE = {"status": "in_force", "effective": date(2019, 4, 1)}


def nothing(one: Any) -> None:
    """Nothing happens."""


def amended(one: Any) -> None:
    """An act amends the section, and the text has not got it in it."""
    act = {"relations": (Link("amends", "tolls"),), "effective": date(2025, 1, 1)}
    one.put("act", OTHER, status="in_force", citation="Act 7", **act)


def repealed(one: Any) -> None:
    """An act repeals the section."""
    one.put(
        "act",
        OTHER,
        status="in_force",
        citation="Act 7",
        relations=(Link("repeals", "tolls"),),
        effective=date(2025, 1, 1),
    )


WHAT: dict[str, tuple[Callable[[Any], None], str, str]] = {
    "nothing": (nothing, "same", "it is what its source says"),
    "another document came": (lambda one: one.put("new", OTHER), "same", ""),
    "the file was read anew": (
        lambda one: one.put("tolls", f"Title 4\n{TEXT}", 2, TEXT, **FORCE),
        "reread",
        "the words are at",
    ),
    "words were put before it": (
        lambda one: one.put("tolls", f"Title 4\n{TEXT}", **FORCE),
        "moved",
        "characters 27:",
    ),
    "a word of it was changed": (
        lambda one: one.put("tolls", TEXT.replace("twelve", "fourteen"), **FORCE),
        "gone",
        "the words are gone",
    ),
    "the document went": (lambda one: one.held.pop("tolls"), "withdrawn", "no such document"),
    "the catalogue knows of a repeal": (repealed, "ended", "repealed on 2025-01-01 by Act 7"),
    "the catalogue knows of an amendment": (amended, "later", "amended from 2025-01-01 by Act 7"),
    "it never was in force then": (
        lambda one: one.entry("tolls", expires=date(2020, 1, 1), status="superseded"),
        "restated",
        "superseded on 2020-01-01",
    ),
}


@pytest.mark.parametrize("what", WHAT)
def test_what_became_of_a_quote_is_told(shelved: Any, what: str) -> None:
    do, state, said = WHAT[what]
    shelved.put("tolls", TEXT, **FORCE)
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    do(shelved)
    shelved.publish("generation-2")
    told = shelved.recheck(record, TODAY)
    (found,) = told.found
    assert found.state == state, found
    assert said in found.words
    assert bool(told.changed) == (state not in ("same", "reread"))


def test_nothing_changes_while_the_same_generation_is_published(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE)
    shelved.publish("generation-1")
    told = shelved.recheck(shelved.record("tolls", QUOTE, TODAY), TODAY)
    assert [one.state for one in told.found] == ["same"]


def test_a_text_that_ends_by_itself_is_told_on_its_day(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE, expires=date(2025, 1, 1))
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    assert shelved.recheck(record, date(2024, 12, 31)).changed == ()
    (found,) = shelved.recheck(record, date(2025, 1, 1)).changed
    assert (found.state, "expired on 2025-01-01" in found.words) == ("ended", True)


def test_what_was_asked_about_another_time_does_not_end(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE, expires=date(2025, 1, 1))
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY, asked_on=date(2024, 6, 1))
    assert shelved.recheck(record, TODAY).changed == ()


def test_what_was_quoted_as_history_is_not_ended_again(shelved: Any) -> None:
    shelved.put("tolls", TEXT, effective=date(2010, 1, 1), expires=date(2019, 1, 1))
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    assert record["answer"]["citations"][0]["status"] == "expired"
    assert shelved.recheck(record, TODAY).changed == ()


def test_old_and_new_words_are_shown_where_a_quote_changed(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE)
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    changed = TEXT.replace("twelve dollars", "fourteen dollars a day").replace("harbor", "port")
    shelved.put("tolls", changed, **FORCE)
    shelved.publish("generation-2")
    (found,) = shelved.recheck(record, TODAY).changed
    said = [(change.kind, change.text) for change in found.changes]
    assert ("deleted", "twelve") in said
    assert ("inserted", "fourteen") in said
    assert "".join(t for k, t in said if k != "inserted") == QUOTE
    new = "".join(t for k, t in said if k != "deleted")
    assert new == "A truck with three axles shall pay a toll of fourteen dollars a day."


def test_a_record_that_was_changed_is_told_and_not_believed(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE)
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    record["answer"]["citations"][0]["quote"] = "A truck pays nothing."
    told = shelved.recheck(record, TODAY)
    assert "its answer changed" in told.trouble
    assert told.found == ()


def test_the_changed_are_listed_and_the_redacted_counted(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE)
    shelved.put("ferries", OTHER, **FORCE)
    shelved.publish("generation-1")
    records: list[Json] = [
        shelved.record("tolls", QUOTE, DAY),
        shelved.record("ferries", "A ferry leaves at seven.", DAY),
        redacted(shelved.record("tolls", QUOTE, DAY)),
    ]
    shelved.held.pop("tolls")
    manifest = shelved.publish("generation-2")
    tally = Recheck(shelved.library, manifest, TODAY).all(records)
    assert (tally.checked, tally.redacted) == (2, 1)
    assert [one.id for one in tally.changed] == [records[0]["id"]]


def test_a_generation_whose_manifest_is_lost_is_told(shelved: Any) -> None:
    shelved.put("tolls", TEXT, **FORCE)
    shelved.publish("generation-1")
    record = shelved.record("tolls", QUOTE, DAY)
    shelved.put("tolls", OTHER, **FORCE)
    shelved.publish("generation-2")
    (Path(shelved.library.url) / "manifests" / "generation-1.json").unlink()
    (found,) = shelved.recheck(record, TODAY).changed
    assert found.state == "unknown"


WORDS = st.lists(st.sampled_from(["a", "toll", "of", "nine", "ten", "\n"]), max_size=14)


@given(WORDS, WORDS, st.integers(0, 40), st.integers(0, 40))
def test_the_changes_within_a_stretch_are_of_that_stretch(
    one: list[str], other: list[str], first: int, last: int
) -> None:
    old, new = " ".join(one), " ".join(other)
    span = Span(min(first, last, len(old)), min(max(first, last), len(old)))
    told = list(within(word_changes(old, new), span))
    assert "".join(c.text for c in told if c.kind != "inserted") == span.of(old)
    assert "".join(c.text for c in told if c.kind != "deleted") in new
