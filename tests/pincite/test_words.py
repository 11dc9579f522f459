"""Words are stemmed alike whoever else is stemming."""

from __future__ import annotations

import sys
import threading

import pytest

from pincite.words import stem, terms

WORDS = [
    f"{root}{ending}"
    for root in ("detain", "releas", "authoriz", "communicat", "generaliz", "enforc", "requir")
    for ending in ("", "ing", "ed", "ation", "ations", "er", "ers", "ment", "ements", "able")
]


@pytest.fixture
def _eager_switching() -> object:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_eager_switching")
def test_threads_do_not_get_each_others_stems() -> None:
    stem.cache_clear()
    expected = {word: stem(word) for word in WORDS}
    wrong: list[str] = []

    def stemming() -> None:
        wrong.extend(w for w in WORDS * 20 if stem.__wrapped__(w) != expected[w])

    threads = [threading.Thread(target=stemming) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_terms_are_the_stems_of_the_words_that_carry_meaning() -> None:
    assert terms("When may the jails be releasing detainees?") == [
        "may",
        "jail",
        "releas",
        "detaine",
    ]
