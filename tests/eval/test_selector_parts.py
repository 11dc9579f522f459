"""Parts of families: whole, disjoint, always the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.selector.parts import part_of
from pincite.errors import QuestionError


@given(st.sets(st.text(min_size=1, max_size=4), max_size=12), st.integers(1, 5))
def test_every_family_is_in_one_part(families: set[str], parts: int) -> None:
    cut = [part_of(families, f"{at}/{parts}") for at in range(parts)]
    assert sorted(family for part in cut for family in part) == sorted(families)
    assert cut == [part_of(sorted(families, reverse=True), f"{at}/{parts}") for at in range(parts)]


@pytest.mark.parametrize("which", ["", "3/3", "1", "a/b", "-1/3", "0/0", "1/2/3"])
def test_what_names_no_part_is_said_so(which: str) -> None:
    with pytest.raises(QuestionError, match="is no part"):
        part_of({"a", "b"}, which)
