"""Nothing active and nothing hidden leaves in a model's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.generating.plain import plain_statement, shown


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("**The jail** shall not hold a person [1].", "The jail shall not hold a person."),
        ("## The jail shall `not` hold a person", "The jail shall not hold a person"),
        ("- The jail _shall not_ hold a person", "The jail shall not hold a person"),
        ("1. The jail shall not\nhold a person", "The jail shall not hold a person"),
        ("The jail shall\u200b not hold\ufeff a person", "The jail shall not hold a person"),
        ("The jail&#x27;s officers hold", "The jail's officers hold"),
        ("| The jail | holds a person |", "The jail holds a person"),
    ],
)
def test_formatting_is_taken_off(said: str, plain: str) -> None:
    assert plain_statement(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "The jail holds, see https://evil.example/?q=1 for more.",
        "The jail holds, see evil.com for more.",
        "The jail holds, see www.evil for more.",
        "Write to jail@evil and you are held.",
        "The jail [holds](javascript:alert) a person.",
        "The jail holds ![a](b) a person.",
        "The jail [holds][ref] a person.",
        "[ref]: /x The jail holds.",
        "The jail <b>holds</b> a person.",
        "The jail &lt;script&gt; holds a person.",
        "The jail &amp;lt;img src=x&amp;gt; holds.",
        "javascript:alert(1) is held by the jail.",
        "The jail \u202eshall not\u202c hold a person.",
        "The jail \x1b[31mholds a person.",
        "The jail holds\U000e0041\U000e0042 a person.",
        "The jail holds\ufe01 a person.",
        "The jail \ud800 holds a person.",
        "The jаil holds a person.",  # Cyrillic а
        "监狱不得关押任何人。",
        "12345 67890.",
        "Short.",
        "",
        "x " * 5000,
    ],
)
def test_a_sentence_with_anything_active_or_hidden_is_dropped(said: str) -> None:
    assert plain_statement(said) is None


@given(st.text(max_size=200))
def test_whatever_comes_is_plain_or_nothing(said: str) -> None:
    plain = plain_statement(said)
    assert plain is None or (
        plain.isprintable() and not set(plain) & set("<>*`~|\u200b\u202e") - set("<>")
    )
    assert "\u202e" not in shown(said)


def test_what_is_plain_stays_as_it_is() -> None:
    said = "A state may not prohibit, under 8 U.S.C. § 1373(a), the “sending” of information."
    assert plain_statement(said) == said
