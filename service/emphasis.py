"""A quote in pieces, so that the words that decide can be set apart wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def pieces(quote: str, deciding: Sequence[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    """The words of a quote in order, each piece with whether it decides; offsets as the API's."""
    at = 0
    for start, end in sorted(tuple(pair) for pair in deciding):
        if at <= start < end <= len(quote):
            if at < start:
                yield quote[at:start], False
            yield quote[start:end], True
            at = end
    if at < len(quote):
        yield quote[at:], False
