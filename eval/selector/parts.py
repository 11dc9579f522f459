"""Parts of the families of lessons, so that what is measured was not learnt from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from pincite.errors import QuestionError

_SEED = 4


def part_of(families: Iterable[str], which: str) -> frozenset[str]:
    """The families of part "I/N", counted from 0: always the same, and each in one part alone.

    Raises QuestionError where that names no part.
    """
    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", which)
    if match is None or int(match[1]) >= int(match[2]):
        raise QuestionError(f"{which!r} is no part; give I/N with I from 0 to N - 1, as 0/3")
    at, parts = int(match[1]), int(match[2])
    order = sorted(set(families))
    random.Random(_SEED).shuffle(order)  # noqa: S311 - no secret
    return frozenset(order[at::parts])
