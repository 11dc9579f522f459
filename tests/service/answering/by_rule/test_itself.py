"""Half a question on how a text stands, or who wrote it, is asked of the text by its name."""

from __future__ import annotations

import time

import pytest

from service.answering.by_rule.itself import of_itself
from service.answering.parting import parts_of

NAME = "Exec. Order No. 13,768"


@pytest.mark.parametrize(
    ("half", "asked"),
    [
        ("has it been revoked?", f"has {NAME} been revoked"),
        ("is that order still in effect?", f"is {NAME} still in effect"),
        ("when was it repealed", f"when was {NAME} repealed"),
        ("is it still good law?", f"is {NAME} still good law"),
        ("who wrote it?", f"who wrote the opinion in {NAME}"),
        ("who wrote the dissent", f"who wrote the dissent in {NAME}"),
        ("who dissented?", f"who dissented in {NAME}"),
    ],
)
def test_a_half_on_the_text_itself_is_asked_by_its_name(half: str, asked: str) -> None:
    assert of_itself(half, NAME) == asked


@pytest.mark.parametrize(
    "half",
    [
        "may it be amended by the council?",
        "on what notice?",
        "what does it say of schools?",
        "who may end it?",
        "how long is it?",
        "must its sheriff still help?",
    ],
)
def test_other_halves_belong_to_the_clause(half: str) -> None:
    assert of_itself(half, NAME) is None


def parts(question: str, name: str = NAME) -> tuple[str, ...]:
    def texts(said: str) -> list[str]:
        return ["order"] if "13768" in said else []

    return parts_of(question, texts, lambda _: [], lambda said: name if texts(said) else "")


def test_a_question_is_parted_there() -> None:
    assert parts("What did E.O. 13768 order of cities, and has it been revoked?") == (
        "What did E.O. 13768 order of cities?",
        f"Has {NAME} been revoked?",
    )


@pytest.mark.parametrize(
    "question",
    [
        "What must a city do, and has it been revoked?",  # no text is named
        "What did E.O. 13768 order of cities, and must it still pay?",
        "E.O. 13768, and has it been revoked?",  # the first half asks nothing
        "What did E.O. 13768 order, and was E.O. 13768 revoked?",
    ],
)
def test_and_nowhere_else(question: str) -> None:
    assert parts(question) == ()


def test_a_long_half_is_read_in_no_time() -> None:
    started = time.perf_counter()
    assert of_itself("is it " * 20_000, NAME) is None
    assert of_itself("who wrote the " * 20_000, NAME) is None
    assert time.perf_counter() - started < 1
