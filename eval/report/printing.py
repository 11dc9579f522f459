"""How numbers and words from outside are printed. Jinja escapes; this cleans and rounds."""

from __future__ import annotations

import re
from collections.abc import Callable

from eval.measures import measure

# Controls other than tab and line end, lone surrogates, and signs that turn the text around
# them: a hostile document may hold any, and none may reach past its own words.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def shown(text: str) -> str:
    """The text with U+FFFD for every character that cannot be printed safely."""
    return _UNPRINTABLE.sub("\ufffd", text)


def clipped(text: str, most: int) -> str:
    """At most `most` characters, and how many were left out."""
    left = len(text) - most
    return text if left <= 0 else f"{text[:most].rstrip()} … ({left:,} more characters)"


def share(value: float) -> str:
    """A measure's value: three digits, as benchmarks print them."""
    return f"{value:.3f}"


def brief(value: float) -> str:
    """The same without what says nothing: "1", "0.5"."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """A count."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def milliseconds(value: float) -> str:
    """A time, to what can be told apart."""
    return f"{value:,.0f} ms" if value >= 10 or value == 0 else f"{value:.1f} ms"


def signed(write: Callable[[float], str], value: float | None) -> str:
    """A difference with its sign, which a printed nought has not."""
    if value is None:
        return "–"
    printed = write(abs(value))
    if not any(digit in printed for digit in "123456789"):
        return printed
    return ("+" if value > 0 else "−") + printed


def probability(value: float) -> str:
    """A p value, as far down as resampling can tell."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


_WRITERS: dict[str, Callable[[float], str]] = {
    "share": share,
    "count": whole,
    "words": whole,
    "ms": milliseconds,
}


def writer(measure_name: str) -> Callable[[float], str]:
    """How the values of a measure are printed."""
    return _WRITERS[measure(measure_name).definition.unit]
