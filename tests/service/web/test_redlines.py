"""What changed between two texts: nothing is lost, and each paragraph knows where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.redlines import redline

TEXTS = st.lists(st.sampled_from(["shall", "must", "(a)", "the city", "\n", "\n\n"])).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_rows(old: str, new: str) -> None:
    for row in redline(old, new):
        pieces = [piece for piece in row.pieces if piece.text != "¶"]
        assert "".join(p.text for p in pieces if p.kind != "inserted") == row.old.of(old)
        assert "".join(p.text for p in pieces if p.kind != "deleted") == row.new.of(new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(row.changed for row in redline(text, text))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ten days", "five days", ["-ten", "+five", "= days"]),
        ("a\nb", "a\nx\nb", ["=a", "+x", "=b"]),
        ("(a) one\n(b) two", "(b) two", ["-(a) one", "=(b) two"]),
        # A paragraph left out beside one that was rewritten: its words go to none other.
        (
            "Head of it\nold rule here\nkeep",
            "Head of all\nkeep",
            ["=Head of ", "-it", "-old rule here", "+all", "=keep"],
        ),
    ],
)
def test_paragraphs_are_aligned_before_words(old: str, new: str, told: list[str]) -> None:
    signs = {"same": "=", "deleted": "-", "inserted": "+"}
    pieces = [signs[p.kind] + p.text for row in redline(old, new) for p in row.pieces]
    assert pieces == told


def test_unlike_texts_of_any_length_take_little_time() -> None:
    old = "\n".join(f"word{n} stands alone{n}" for n in range(20_000))
    new = "\n".join(f"other{n} lies apart{n}" for n in range(20_000))
    rows = redline(old, new)
    assert sum(row.changed for row in rows) == len(rows) >= 20_000
