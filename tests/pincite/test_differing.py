"""Word differences are faithful to the last space, legible, and bounded in cost."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite import differing
from pincite.differing import Change, changed_words, word_changes

_PIECES = st.sampled_from(["the", "jail", "may", "hold", ",", ".", " ", "\n", "  ", "'s", "\x00"])
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=40).map("".join))


def _marked(changes: tuple[Change, ...]) -> str:
    """A redline in one line: [-deleted-] and {+inserted+}."""
    forms = {"same": "%s", "deleted": "[-%s-]", "inserted": "{+%s+}"}
    return "".join(forms[change.kind] % change.text for change in changes)


@given(_TEXTS, _TEXTS)
def test_the_changes_hold_both_texts_to_the_last_space(one: str, other: str) -> None:
    changes = word_changes(one, other)
    assert "".join(c.text for c in changes if c.kind != "inserted") == one
    assert "".join(c.text for c in changes if c.kind != "deleted") == other
    assert all(change.text for change in changes)
    assert all(a.kind != b.kind for a, b in pairwise(changes))


@given(_TEXTS)
def test_a_text_has_no_change_to_itself(text: str) -> None:
    assert [change.kind for change in word_changes(text, text)] == ["same"] * bool(text)


@pytest.mark.parametrize(
    ("one", "other", "redline"),
    [
        ("The jail may hold.", "The jail shall hold.", "The jail [-may-]{+shall+} hold."),
        ("hold a person", "hold any such person", "hold [-a-]{+any such+} person"),
        ("in custody", "in their custody", "in{+ their+} custody"),
        ("a detainer.", "a detainer", "a detainer[-.-]"),
        ("one\ntwo", "one two", "one[-\n-]{+ +}two"),
        ("48 hours", "24 hours", "[-48-]{+24+} hours"),
        ("the Sheriff's office", "the sheriff's office", "the [-Sheriff's-]{+sheriff's+} office"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        (
            "under seal for the whole of that long term",
            "by order of a court for no more than one day",
            "[-under seal for the whole of that long term-]"
            "{+by order of a court for no more than one day+}",
        ),
    ],
)
def test_a_redline_reads_as_a_person_would_mark_it(one: str, other: str, redline: str) -> None:
    assert _marked(word_changes(one, other)) == redline


def test_changed_words_are_counted_without_punctuation() -> None:
    changes = word_changes("may, hold it; today", "may hold them tomorrow")
    assert changed_words(changes) == (2, 2)


@given(_TEXTS, _TEXTS)
def test_long_texts_are_as_faithfully_told_apart(one: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differing, "_SHORT", 0)
        patch.setattr(differing, "_ANCHOR", 2)
        changes = word_changes(one, other)
    assert "".join(c.text for c in changes if c.kind != "inserted") == one
    assert "".join(c.text for c in changes if c.kind != "deleted") == other


def test_what_is_left_out_of_a_long_text_takes_no_words_from_its_neighbours() -> None:
    draw = random.Random(3)
    words = [f"w{draw.randrange(400)}" for _ in range(4000)]
    kept = [*words[:800], "edited", *words[801:1000], *words[3000:]]
    changes = word_changes(" ".join(words), " ".join(kept))
    assert [(c.kind, len(c.text.split())) for c in changes] == [
        ("same", 800),
        ("deleted", 1),
        ("inserted", 1),
        ("same", 199),
        ("deleted", 2000),
        ("same", 1000),
    ]


def test_what_is_too_long_to_compare_is_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differing, "_MOST_PAIRS", 0)
    assert _marked(word_changes("one\ntwo", "one\nsix")) == "[-one\ntwo-]{+one\nsix+}"


def test_two_long_texts_take_seconds_not_minutes() -> None:
    draw = random.Random(7)
    words = [f"w{draw.randrange(3000)}" for _ in range(60_000)]
    one, other = " ".join(words), " ".join(draw.sample(words, len(words)))
    started = time.perf_counter()
    changes = word_changes(one, other)
    assert time.perf_counter() - started < 20
    assert "".join(c.text for c in changes if c.kind != "deleted") == other
