"""Resemblance and containment are counted exactly."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.nearness import near_pairs, runs_of

WORDS = ["".join(pair) for pair in product("abcdefghijk", repeat=2)][:104]
OTHERS = ["".join(triple) for triple in product("wxyz", repeat=3)][:50]
WHOLE = " ".join(WORDS)


@pytest.mark.parametrize(
    ("other", "resemblance", "containment"),
    [
        (WHOLE.upper(), 1.0, 1.0),
        (" ".join(WORDS[:54]), 0.5, 1.0),  # 50 of 100 runs of five
        (" ".join([*WORDS[:54], *OTHERS]), 1 / 3, 0.5),
    ],
)
def test_two_texts_agree_as_far_as_they_share_runs_of_words(
    other: str, resemblance: float, containment: float
) -> None:
    [pair] = near_pairs({"a": runs_of(WHOLE), "b": runs_of(other)}, 0.4)
    assert (pair.one, pair.other) == ("a", "b")
    assert pair.resemblance == pytest.approx(resemblance)
    assert pair.containment == pytest.approx(containment)


def test_only_pairs_near_enough_are_told_nearest_first() -> None:
    texts = {
        "whole": runs_of(WHOLE),
        "most": runs_of(" ".join([*WORDS[:94], *OTHERS[:6]])),
        "part": runs_of(" ".join(WORDS[:30])),
        "other": runs_of("nothing of the kind is said in this text at all"),
        "empty": runs_of(""),
    }
    pairs = [(p.one, p.other, p.smaller) for p in near_pairs(texts, 0.9)]
    assert pairs == [
        ("most", "part", "part"),
        ("part", "whole", "part"),
        ("most", "whole", "most"),
    ]


@given(st.text(max_size=80))
def test_any_text_contains_itself(text: str) -> None:
    runs = runs_of(text)
    pairs = near_pairs({"a": runs, "b": runs_of(text)}, 1.0)
    assert [pair.resemblance for pair in pairs] == [1.0] * bool(len(runs))
