"""Passages that were chosen on the page: verbatim, of the version that was shown, or refused."""

from __future__ import annotations

import pytest

from pincite.errors import NotFound, PinciteError, QuestionError
from service.engine import Engine
from service.searching.finding import survey
from service.searching.picking import as_search, pick_of, picked, places_of
from service.searching.showing import shown
from service.searching.wanted import wanted_of
from service.vantage import Vantage, today


def test_a_pick_is_the_passage_that_was_shown(engine: Engine) -> None:
    with engine.holdings() as holdings:
        found = survey(engine, wanted_of("toll of twelve dollars", holdings))
        hit = shown(found).groups[0]["hits"][0]
        [(document, span)] = picked([pick_of(hit, 16)] * 2, holdings)
        said = as_search("toll", [(document, span)], Vantage(today()), holdings)
    assert said["hits"][0]["quote"] == hit["quote"] == document.text[span.start : span.end]
    assert places_of([(document, span)]) == ["zz/arden"]


@pytest.mark.parametrize(
    ("pick", "said"),
    [
        ("", "names no passage"),
        ("arden-code-4-12", "names no passage"),
        ("arden-code-4-12@:0-5", "names no passage"),
        ("arden-code-4-12@{v}:-1-5", "names no passage"),
        ("arden-code-4-12@{v}:٣-5", "names no passage"),
        ("arden-code-4-12@0000:0-5", "has changed since"),
        ("arden-code-4-12@{v}:5-5", "is no passage of"),
        ("arden-code-4-12@{v}:0-99999999", "is no passage of"),
        ("x" * 300, "names no passage"),
    ],
)
def test_a_pick_that_is_none_is_refused_in_a_line(engine: Engine, pick: str, said: str) -> None:
    with engine.holdings() as holdings:
        version = holdings.record("arden-code-4-12").version[:16]
        with pytest.raises(QuestionError) as raised:
            picked([pick.replace("{v}", version)], holdings)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 200


def test_nothing_too_much_and_nowhere_are_refused(engine: Engine) -> None:
    with engine.holdings() as holdings:
        for picks in ([], ["a@b:0-1"] * 201):
            with pytest.raises(PinciteError):
                picked(picks, holdings)
        with pytest.raises(NotFound):
            picked(["nix@00:0-1"], holdings)
        with pytest.raises(QuestionError):
            places_of([])
