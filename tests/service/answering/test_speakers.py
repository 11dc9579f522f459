"""Who asks for one judge's words is answered with them, where they were found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit
from service.answering.evidence import Evidence, weighed
from service.answering.speakers import speakers_named, surnames
from service.holdings import Holdings

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Hold = Callable[..., Holdings]

AUTHORS = ("Jackson, J.", "Black, J.", "O'Connor, J.", "Scalia, Kennedy, Thomas, and Alito, JJ.")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jackson, J.", ("jackson",)),
        ("Vinson, C. J.", ("vinson",)),
        ("O'Connor, J.", ("o'connor",)),
        ("CHIEF JUSTICE ROBERTS", ("roberts",)),
        ("MR. CLEMENT", ("clement",)),
        ("Scalia, Kennedy, Thomas, and Alito, JJ.", ("scalia", "kennedy", "thomas", "alito")),
    ],
)
def test_surnames(author: str, names: tuple[str, ...]) -> None:
    assert surnames(author) == names


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Justice Jackson write?", ["Jackson, J."]),
        ("what did jackson say", ["Jackson, J."]),
        ("How does O’Connor read it?", ["O'Connor, J."]),
        ("What did Justice Black hold?", ["Black, J."]),
        ("May a city keep a black list?", []),
        ("What did the four say, Kennedy among them?", [AUTHORS[3]]),
        ("What did the Court hold?", []),
        ("What of Jacksonville?", []),
        ("May the police in Jackson hold a ship?", []),
        ("May Jackson County hold a ship?", []),
        ("May Jackson, Mississippi, hold a ship?", []),
        ("May the City of Jackson hold a ship?", []),
        ("What did the concurrence of Jackson say?", ["Jackson, J."]),
        ("What is the test of Justice Jackson?", ["Jackson, J."]),
        ("In Jackson's Youngstown framework, is it weak?", ["Jackson, J."]),
        ("In Jackson's view, is it weak?", ["Jackson, J."]),
        ("In Jackson's jail, is a hold lawful?", []),
        ("On Jackson's view, is the power at its lowest?", ["Jackson, J."]),
    ],
)
def test_an_author_is_named_by_surname(question: str, named: list[str]) -> None:
    assert sorted(speakers_named(question, [*AUTHORS, None])) == sorted(named)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did Justice Gray say of ships?", "gray"),
        ("What did Justice Brown say of ships?", "brown"),
        ("What is said of ships?", "brown"),
        ("What did Justice Green say of ships?", "brown"),
    ],
)
def test_the_named_judges_words_come_first(
    document: MakeDocument, hit: MakeHit, held: Hold, question: str, first: str
) -> None:
    brown, gray = (
        document(name, f"Ships, {name} said, are free.", Kind.COURT_RULING)
        for name in ("brown", "gray")
    )
    far = document("far", "Ships of old.", Kind.COURT_RULING)
    hits = [
        hit(far, score=-3.0, author="White, J."),
        hit(brown, score=1.0, part="majority", author="Brown, J."),
        hit(gray, score=0.0, part="dissent", author="Gray, J."),
    ]
    ranked: list[Evidence] = weighed(question, hits, held(far, brown, gray))
    assert ranked[0].document.entry.id == first
