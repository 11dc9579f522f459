"""A claim stands as it came, on another quote, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pincite.errors import Abandoned
from service.generating.mending import Judge
from service.generating.parsing import Cited, Claim
from service.generating.passages import Given

TOLL = "A truck with three axles shall pay a toll of twelve dollars on the harbor bridge."
WAIVER = "The harbor master may waive the toll for an ambulance that answers a call."
GivenOf = Callable[..., list[Given]]


def judged(given: GivenOf, overlap: Any, text: str, *cited: Cited, least: float = 0.5) -> Any:
    return Judge(given(TOLL, WAIVER), overlap, least).sound(Claim(text, cited))


def test_a_claim_that_its_quote_bears_out_stands(given: GivenOf, overlap: Any) -> None:
    sound = judged(given, overlap, "A truck with three axles pays $12.", Cited(1, TOLL[:-1]))
    assert sound.repaired is False
    assert sound.grounds[0].words == TOLL


def test_a_quote_of_another_passage_is_found_there(given: GivenOf, overlap: Any) -> None:
    said = "The harbor master may waive the toll."
    sound = judged(given, overlap, said, Cited(1, "The harbor master may waive the toll"))
    assert sound.repaired is True
    assert sound.grounds[0].words == WAIVER


@pytest.mark.parametrize("cited", [(), (Cited(None, "x y z"),), (Cited(9, TOLL),), (Cited(0, ""),)])
def test_the_nearest_sentence_is_tried_where_the_quote_is_made_up(
    given: GivenOf, overlap: Any, cited: tuple[Cited, ...]
) -> None:
    sound = judged(given, overlap, "A truck with three axles shall pay twelve dollars.", *cited)
    assert sound.repaired is True
    assert sound.grounds[0].words == TOLL


@pytest.mark.parametrize(
    "said",
    [
        "A truck with three axles shall pay a toll of ninety dollars.",
        "A truck with three axles shall not pay a toll.",
        "A truck with three axles may pay a toll of twelve dollars.",
        "A truck of Boston shall pay a toll of twelve dollars.",
        "Ferry captains shall paint every hull white.",  # no support
        "[A truck](http://x) shall pay a toll of twelve dollars.",
    ],
)
def test_what_nothing_bears_out_is_dropped(given: GivenOf, overlap: Any, said: str) -> None:
    assert judged(given, overlap, said, Cited(1, TOLL)) is None


def test_support_under_the_threshold_is_none(given: GivenOf, overlap: Any) -> None:
    said, quote = "A truck with three axles shall pay a toll today.", Cited(1, TOLL)
    assert judged(given, overlap, said, quote, least=0.5) is not None
    assert judged(given, overlap, said, quote, least=0.95) is None


def test_every_quote_of_a_claim_has_to_stand(given: GivenOf, overlap: Any) -> None:
    said = "A truck with three axles shall pay a toll of twelve dollars."
    sound = judged(given, overlap, said, Cited(1, TOLL), Cited(2, "a made up quote here"))
    assert sound.repaired is True
    assert len(sound.grounds) == 1


def test_judging_stops_when_nobody_waits(given: GivenOf, overlap: Any) -> None:
    def gone() -> None:
        raise Abandoned("gone")

    judge = Judge(given(TOLL), overlap, 0.5, gone)
    with pytest.raises(Abandoned):
        judge.sound(Claim("A truck shall pay.", (Cited(1, TOLL),)))
