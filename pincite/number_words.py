"""The small numbers of English by their words, each as one word: "seven", "forty"."""

from __future__ import annotations

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
ONES = {word: value for value, word in enumerate(_ONES.split())}
"""Zero to nineteen."""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
"""Twenty to ninety."""
