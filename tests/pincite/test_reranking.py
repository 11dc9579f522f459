"""A score is a passage's own; what is remembered changes none; the relevant passage is first."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.cache import Cache
from pincite.errors import ModelError
from pincite.late_interaction import LateInteraction
from pincite.models import PACKAGED, ModelFiles
from pincite.onnx import Numbers
from pincite.reranking import CrossEncoder, Reranker, reranker, second_reranker, selector
from pincite.settings import Settings
from pincite.types import Span

FILES = ModelFiles("tiny", Path("nowhere"), "0" * 64)
USES = {"cross-encoder", "late-interaction"}
NAMES = sorted(f"packaged:{name}" for name, model in PACKAGED.items() if model.use in USES)
SECOND = "packaged:pincite-reranker"
BASE = "packaged:ms-marco-MiniLM-L-12-v2"
QUESTION = "Can a city jail hold someone on an immigration detainer?"
RELEVANT = "No officer shall honor a civil immigration detainer by holding a person in the jail."
UNRELATED = "The public library opens at nine and closes at noon on holidays."
LONG = " ".join(f"clause {n} of the ordinance on detainers" for n in range(200))
PASSAGES = st.lists(st.text(alphabet="abc ", max_size=8), max_size=6)


class TinyModel:
    """A real but tiny model: a word's vector is its hash; of a pair, the words that both hold."""

    def __init__(self, empty: bool = False) -> None:
        self.seen: list[str | tuple[str, str]] = []
        self._empty = empty

    def run(self, texts: Sequence[str | tuple[str, str]]) -> list[Numbers]:
        """One row a word of a text, or one number for a pair."""
        self.seen += texts
        return [self._one(text) for text in texts]

    def _one(self, text: str | tuple[str, str]) -> Numbers:
        if isinstance(text, tuple):
            shared = set(text[0].split()) & set(text[1].split())
            return np.array([len(shared)], np.float32)
        rows = [list(hashlib.sha256(word.encode()).digest()[:16]) for word in ["", *text.split()]]
        return np.array(rows, np.float32) * (0 if self._empty else 1)

    def tokens(self, text: str) -> list[Span]:
        """Every word's place, behind the mark of the start."""
        return [Span(0, 0), *(Span(*match.span()) for match in re.finditer(r"\S+", text))]


def late(
    kept: int = 1_000_000, empty: bool = False, stored: Cache | None = None
) -> tuple[LateInteraction, TinyModel]:
    one, tiny = LateInteraction(FILES, 1, kept, stored), TinyModel(empty)
    one._model = tiny  # type: ignore[assignment]
    return one, tiny


def cross() -> tuple[CrossEncoder, TinyModel]:
    one, tiny = CrossEncoder(FILES, 1), TinyModel()
    one._model = tiny  # type: ignore[assignment]
    return one, tiny


def held(one: LateInteraction) -> int:
    return sum(vectors.nbytes for vectors in one._cache.values())


@pytest.mark.parametrize("make", [late, cross])
@given(passages=PASSAGES)
def test_a_score_alone_is_the_score_in_company(
    make: Callable[[], tuple[Reranker, TinyModel]], passages: list[str]
) -> None:
    together = make()[0].scores("a b", passages)
    assert len(together) == len(passages)
    for passage, score in zip(passages, together, strict=True):
        assert make()[0].scores("a b", [passage]) == [score]


@given(PASSAGES, PASSAGES)
def test_a_remembered_passage_scores_as_a_new_one(first: list[str], then: list[str]) -> None:
    one, _ = late()
    one.scores("a", first)
    assert one.scores("a b", then) == late()[0].scores("a b", then)


def test_a_passage_and_a_question_are_computed_once() -> None:
    one, tiny = late()
    one.scores("question", ["x", "y", "x"])
    one.scores("question", ["y", "x"])
    assert tiny.seen == ["question", "x", "y"]


def test_the_latest_used_are_kept_up_to_the_limit() -> None:
    # one word and the empty one: 2 rows of 16 numbers of a byte
    one, tiny = late(kept=3 * 32)
    for passages in (["x", "y"], ["x"], ["z"]):
        one.scores("q", passages)
    tiny.seen.clear()
    one.scores("q", ["x", "z"])
    assert tiny.seen == []
    one.scores("q", ["y"])
    assert tiny.seen == ["y"]


@given(st.lists(PASSAGES, max_size=5), st.integers(0, 400))
def test_the_cache_never_outgrows_its_limit(asked: list[list[str]], kept: int) -> None:
    one, _ = late(kept)
    for passages in asked:
        one.scores("a", passages)
        assert held(one) == one._size <= kept


def test_threads_that_score_at_once_agree() -> None:
    one, _ = late(kept=500)
    passages = [f"{n} {n % 3} word" for n in range(20)]
    right = late()[0].scores("word 1", passages)
    wrong: list[list[float]] = []

    def ask() -> None:
        for _ in range(20):
            if (scores := one.scores("word 1", passages)) != right:
                wrong.append(scores)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert held(one) == one._size <= 500


def test_tokens_are_aligned_where_they_stand() -> None:
    one, _ = late()
    found = one.alignment("a jail", "the jail")
    assert found.near.shape == (3, 3)  # the mark of the start, and two words
    assert found.asked == (Span(0, 0), Span(0, 1), Span(2, 6))
    assert found.said == (Span(0, 0), Span(0, 3), Span(4, 8))
    assert found.near[2].argmax() == 2
    assert found.near[2, 2] == pytest.approx(1, abs=1e-6)


def test_vectors_of_length_zero_score_nothing() -> None:
    one, _ = late(empty=True)
    assert one.scores("a", ["b", ""]) == [0.0, 0.0]


def test_late_interaction_takes_the_nearest_word_for_each_of_the_question() -> None:
    one, _ = late()
    # every word of the question stands in the passage: cosines of 1, but for rounding
    assert one.scores("a b", ["b c a"]) == pytest.approx([1.0], abs=1e-6)
    assert one.scores("a b", ["c d"])[0] < 0.99


def test_there_may_be_none() -> None:
    assert reranker(Settings(reranker="off")) is None


def test_the_default_is_one_and_loads_when_first_used() -> None:
    one = reranker(Settings())
    assert one is not None
    assert one.name == Settings().reranker
    assert "_loaded" not in vars(one._model)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "packaged:all-MiniLM-L6-v2",  # packaged, but no reranker
        "packaged:gpt-9",
        "answerai-colbert-small-v1",  # without the word that says where
        "hub:some/reranker",  # refused before anything is fetched
        "on",
        "",
    ],
)
def test_an_unknown_reranker_is_answered_with_the_known(name: str) -> None:
    with pytest.raises(ModelError) as refused:
        reranker(Settings(reranker=name))
    assert str(refused.value).startswith(f"{name}: is no reranker; give off")
    assert all(known.removeprefix("packaged:") in str(refused.value) for known in NAMES)


def test_there_may_be_no_selector_and_a_reranker_is_none() -> None:
    assert selector(Settings(selector="off")) is None
    with pytest.raises(ModelError, match=r"is no selector; give off, or .* pincite-selector$"):
        selector(Settings(selector="packaged:ms-marco-MiniLM-L-12-v2"))


def test_there_may_be_no_second_reranker_and_a_selector_is_none() -> None:
    assert second_reranker(Settings(second_reranker="off")) is None
    with pytest.raises(ModelError, match=r"is no second reranker; give off, or .*pincite-reranker"):
        second_reranker(Settings(second_reranker="packaged:pincite-selector"))


def test_a_model_with_an_adapter_is_another_than_the_model() -> None:
    three = reranker(Settings(reranker=BASE)), second_reranker(Settings()), selector(Settings())
    assert len({one.sha256 for one in three if one is not None}) == 3


@pytest.mark.model
def test_the_selector_tells_the_clause_that_answers_from_one_that_speaks_of_it() -> None:
    one = selector(Settings())
    assert one is not None
    question = "How soon must the clerk tell a prisoner that he is wanted by immigration agents?"
    answer, speaks, unrelated = one.scores(
        question,
        [
            "The clerk shall give a prisoner a copy of any request of an immigration agency"
            " within two days after it comes in.",
            "“Request” means any paper by which an immigration agency asks that a prisoner be"
            " held or that it be told of his release.",
            UNRELATED,
        ],
    )
    assert answer > 0 > max(speaks, unrelated)


def named(name: str, threads: int) -> Reranker:
    if name == SECOND:
        one = second_reranker(Settings(second_reranker=name, threads=threads))
    else:
        one = reranker(Settings(reranker=name, threads=threads))
    assert one is not None
    return one


@pytest.fixture(scope="module", params=[*NAMES, SECOND])
def real(request: pytest.FixtureRequest) -> Reranker:
    return named(request.param, 2)


@pytest.mark.model
def test_the_relevant_passage_scores_above_an_unrelated_one(real: Reranker) -> None:
    relevant, unrelated = real.scores(QUESTION, [RELEVANT, UNRELATED])
    assert relevant > unrelated + 0.05


@pytest.mark.model
def test_real_scores_do_not_depend_on_company_or_on_threads(real: Reranker) -> None:
    passages = [RELEVANT, LONG, "", UNRELATED, "§ 1373(a) «市»", RELEVANT]
    together = real.scores(QUESTION, passages)
    single = named(real.name, 1)
    alone = [single.scores(QUESTION, [passage])[0] for passage in reversed(passages)]
    assert together == pytest.approx(alone[::-1], abs=1e-6)
    assert all(np.isfinite(together))
    assert real.scores(QUESTION, []) == []


@pytest.mark.model
def test_a_question_of_two_thousand_characters_leaves_room_for_the_passage(real: Reranker) -> None:
    long = " ".join([QUESTION] * 35)[:2000]
    scores = real.scores(long, [RELEVANT, UNRELATED, LONG])
    assert all(np.isfinite(scores))
    assert len(set(scores)) == 3
