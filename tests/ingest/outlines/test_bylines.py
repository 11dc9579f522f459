"""Who speaks, how they vote and who joins, read from one line."""

from __future__ import annotations

import pytest

from ingest.outlines.bylines import Byline, byline_of, is_lineup, joined_majority

BYLINES = [
    ("Justice OAKES delivered the opinion of the Court.", Byline("majority", "Oakes, J.")),
    ("Mr. Chief Justice REED, dissenting.", Byline("dissent", "Reed, C. J.")),
    ("OAKES, J., concurring.", Byline("concurrence", "Oakes, J.")),
    ("Oakes, J., concurring in judgment", Byline("concurrence", "Oakes, J.")),
    ("Mr. Justice OAKES.", Byline("concurrence", "Oakes, J.")),
    ("OAKES, District Judge.", Byline("majority", "Oakes, J.")),
    ("OAKES, Circuit Judge, dissenting:", Byline("dissent", "Oakes, J.")),
    ("PER CURIAM.", Byline("per_curiam", None)),
    (
        "JUSTICE O’DELL, with whom JUSTICE REED joins, concurring in part and dissenting in part.",
        Byline("in_part", "O’Dell, J.", ("Reed, J.",)),
    ),
    (
        "Justice OAKES, with whom Justice REED joins, and with whom Justice LANE joins as to"
        " Part II, dissenting.",
        Byline("dissent", "Oakes, J.", ("Reed, J.", "Lane, J. (Part II)")),
    ),
    (
        "Justice OAKES, with whom Justice REED joins except as to Part II.C, dissenting.",
        Byline("dissent", "Oakes, J.", ("Reed, J. (except as to Part II.C)",)),
    ),
    (
        "JUSTICE OAKES, JUSTICE REED, and JUSTICE LANE, dissenting.",
        Byline("dissent", "Oakes, Reed, and Lane, JJ."),
    ),
    (
        "CHIEF JUSTICE REED announced the judgment of the Court and delivered the opinion of the"
        " Court with respect to Parts I and II–B, an opinion with respect to Part III, in which"
        " JUSTICE OAKES joins, and an opinion with respect to Part II–A.",
        Byline("majority", "Reed, C. J.", (), ("I", "II-B")),
    ),
    (
        "Justice LANE announced the judgment of the Court.",
        Byline("plurality", "Lane, J."),
    ),
]


@pytest.mark.parametrize(("line", "byline"), BYLINES)
def test_a_byline_names_part_author_and_joiners(line: str, byline: Byline) -> None:
    assert byline_of(line) == byline


@pytest.mark.parametrize(
    "line",
    [
        "Justice OAKES took no part in the decision.",
        "Justice OAKES delivered the opinion of the Court in an earlier case, which we follow.",
        "As Justice OAKES said, dissenting.",
        "See ante, at 3 (OAKES, J., dissenting).",
        "Justice OAKES, concurring. I write to add a word.",
        "OAKES, J., delivered the opinion of the Court, in which REED, C. J., joined.",
    ],
)
def test_a_sentence_that_only_tells_of_a_justice_is_no_byline(line: str) -> None:
    assert byline_of(line) is None


LINEUPS = [
    (
        "OAKES, J., delivered the opinion of the Court, in which REED, C. J., and LANE and PAGE,"
        " JJ., joined. LANE, J., filed a concurring opinion, in which SOTO, J., joined.",
        ("Reed, C. J.", "Lane, J.", "Page, J."),
    ),
    (
        "OAKES, J., delivered the opinion of the Court, in which REED, C.J., and LANE, J., joined,"
        " and in Parts III-A and III-B of which PAGE, J., joined. SOTO, J., filed a dissent.",
        ("Reed, C. J.", "Lane, J.", "Page, J. (Parts III-A and III-B)"),
    ),
    (
        "REED, C. J., announced the judgment of the Court and delivered the opinion of the Court"
        " with respect to Parts I and II, in which LANE and PAGE, JJ., joined; an opinion with"
        " respect to Part IV, in which PAGE, J., joined; and an opinion with respect to Part III.",
        ("Lane, J. (Parts I and II)", "Page, J. (Parts I and II; Part IV)"),
    ),
    (
        "OAKES, J., delivered the opinion of the Court, in which LANE, J., joined, and in which"
        " PAGE, J., joined except as to Part II.C. PAGE, J., filed a concurring opinion.",
        ("Lane, J.", "Page, J. (except as to Part II.C)"),
    ),
    (
        "OAKES, J., delivered the opinion for a unanimous Court. LANE, J., filed a concurrence.",
        (),
    ),
]


@pytest.mark.parametrize(("line", "joined"), LINEUPS)
def test_a_lineup_tells_who_joined_which_parts(line: str, joined: tuple[str, ...]) -> None:
    assert is_lineup(line)
    assert joined_majority(line) == joined
