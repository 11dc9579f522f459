"""A system in this process: its units, its settings, and vectors that were made beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from eval.ablations import DEFAULT, SYSTEMS
from eval.benchmark import Benchmark
from eval.collection import Precut, precut
from eval.errors import UnknownSystem
from eval.systems import InProcess, Remembering, open_system
from pincite.embedding import DenseEncoder, Vectors, dense_encoder
from pincite.reranking import reranker
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question

PASSAGES = [
    ("t1", "Tolls", "A truck with three axles pays twelve dollars on the harbor bridge."),
    ("t2", "", "An ambulance that answers a call pays nothing at all."),
    ("t3", "", "A driver who passes the gate without paying owes a penalty of fifty dollars."),
]
FERRY = [("f1", "", "The ferry leaves the harbor at nine and at noon.")]
ASKED = "What does a truck pay on the harbor bridge?"
COLLECTION = Precut(
    (precut("tolls", "Bridge code", PASSAGES)[0], precut("ferry", "Ferries", FERRY)[0])
)


class Counting:
    """A dense encoder that counts what it is asked for, and wants a prefix before questions."""

    prefix = "find: "

    def __init__(self, inner: DenseEncoder) -> None:
        self._inner, self.embedded = inner, list[str]()
        self.name, self.sha256, self.dimension = inner.name, inner.sha256, inner.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        self.embedded += texts
        return self._inner.embed(texts)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector: Vectors = self.embed([self.prefix + text])[0]
        return vector


@pytest.fixture
def settings(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings whose shelf loads no model."""
    monkeypatch.setattr(Shelf, "of", light_shelf)
    return Settings(data_dir=tmp_path / "indexes", ocr="off")


@pytest.fixture
def about(tiny: SimpleNamespace) -> Benchmark:
    """A ranking benchmark over the collection."""
    made: Benchmark = tiny.benchmark(ASKED)
    return replace(made, collection=COLLECTION)


@pytest.fixture
def system(settings: Settings, about: Benchmark) -> Iterator[InProcess]:
    one = open_system("hybrid", about, settings)
    yield one
    one.close()


@pytest.fixture
def dense(tmp_path: Path, light_shelf: Callable[[Settings], Shelf]) -> Counting:
    return Counting(light_shelf(Settings(data_dir=tmp_path)).dense)


def test_an_unknown_system_is_answered_with_the_known(settings: Settings, about: Benchmark) -> None:
    with pytest.raises(UnknownSystem, match="did you mean hybrid") as refused:
        open_system("hybird", about, settings)
    assert all(name in str(refused.value) for name in SYSTEMS)
    assert not settings.data_dir.exists()


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_every_system_names_settings_that_exist_and_models_that_are_here(name: str) -> None:
    settings = Settings(**SYSTEMS[name])
    assert settings.dense_weight or settings.bm25_weight
    assert dense_encoder(settings).dimension == 384
    assert (reranker(settings) is None) == (settings.reranker == "off")


def test_the_default_system_is_as_a_user_gets_it() -> None:
    assert Settings(**SYSTEMS[DEFAULT]) == Settings()


def test_what_is_found_is_mapped_back_to_the_benchmarks_units(system: InProcess) -> None:
    found = system.search(Question(ASKED), 10)
    assert found[0].unit == "t1"
    # a list that is scored holds all passages of a document
    assert {one.unit for one in found} == {"t1", "t2", "t3", "f1"}
    for one in found:
        text = system.text(one.document_id, one.version)
        assert text is not None
        said = {unit: words for unit, _, words in [*PASSAGES, *FERRY]}
        assert one.span.of(text) == said[one.unit]


def test_a_search_goes_as_deep_as_it_is_asked(system: InProcess) -> None:
    assert len(system.search(Question(ASKED), 2)) == 2


def test_it_holds_the_versions_that_gold_counts_in(system: InProcess) -> None:
    assert system.held() == {d.id: d.version for d in COLLECTION.documents}
    assert system.text("tolls", "another version") is None
    assert system.text("nothing", "v") is None


def test_what_could_move_a_number_is_described_and_no_place_of_the_machine(
    system: InProcess, settings: Settings
) -> None:
    said = system.described()
    assert said["settings"]["reranker"] == "off"
    assert said["settings"]["per_document"] == 100
    assert (said["documents"], said["passages"]) == (2, 4)
    assert said["models"] == {"hashed-words": "0" * 64}
    assert str(settings.data_dir) not in str(said)


def test_another_system_of_the_same_encoders_indexes_nothing(
    system: InProcess, settings: Settings, about: Benchmark
) -> None:
    def forbidden(done: int, total: int) -> None:
        raise AssertionError("it was indexed again")

    other = open_system("bm25", about, settings, forbidden)
    assert other.described()["corpus_fingerprint"] == system.described()["corpus_fingerprint"]
    found = other.search(Question(ASKED), 10)
    other.close()
    # by words alone: nothing of the ambulance is asked
    assert [one.unit for one in found][:1] == ["t1"]
    assert "t2" not in {one.unit for one in found[:2]}


def test_answers_come_in_the_workbenchs_words(system: InProcess) -> None:
    given = system.ask(Question(ASKED))
    assert given.ranking == ()
    assert bool(given.statements) != bool(given.reason)


def test_a_prepared_question_is_found_as_an_unprepared_one(system: InProcess) -> None:
    before = system.search(Question(ASKED), 10)
    system.prepare([Question(ASKED), Question(f"  {ASKED} ")])
    assert system.search(Question(ASKED), 10) == before


def test_a_question_that_cannot_be_asked_spoils_no_other(system: InProcess) -> None:
    system.prepare([Question("???"), Question("x " * 2000), Question(ASKED)])
    assert system.search(Question(ASKED), 1)[0].unit == "t1"


def test_remembered_vectors_are_those_that_would_be_embedded(dense: Counting) -> None:
    remembering = Remembering(dense)
    questions = ["a truck", "the ferry", "a truck"]
    remembering.remember(questions)
    assert dense.embedded == ["find: a truck", "find: the ferry"]
    for question in questions:
        assert np.array_equal(remembering.embed_query(question), dense.embed_query(question))
    dense.embedded.clear()
    remembering.remember(questions)
    remembering.embed_query("the ferry")
    assert dense.embedded == []
    assert np.array_equal(remembering.embed_query("new"), dense.embed_query("new"))
    assert dense.embedded == ["find: new", "find: new"]


def test_a_remembering_encoder_is_the_encoder_in_all_else(dense: Counting) -> None:
    remembering = Remembering(dense)
    assert (remembering.name, remembering.sha256, remembering.dimension) == (
        dense.name,
        dense.sha256,
        dense.dimension,
    )
    remembering.embed(["a passage"])
    assert dense.embedded == ["a passage"]


@pytest.mark.model
@pytest.mark.parametrize("name", ["packaged:all-MiniLM-L6-v2", "packaged:bge-small-en-v1.5"])
def test_real_vectors_are_remembered_as_they_would_be_embedded(name: str) -> None:
    dense = dense_encoder(Settings(dense_model=name, precision="float32", threads=1))
    remembering = Remembering(dense)
    questions = [ASKED, "When does the ferry leave?", "long " * 300]
    remembering.remember(questions)
    for question in questions:
        gap = remembering.embed_query(question) - dense.embed_query(question)
        assert np.abs(gap).max() < 1e-5


@pytest.mark.model
@pytest.mark.parametrize("name", [DEFAULT, "bge-hybrid+rerank", "hybrid+cross"])
def test_the_real_systems_find_what_answers(name: str, tmp_path: Path, about: Benchmark) -> None:
    one = open_system(name, about, Settings(data_dir=tmp_path / "indexes", threads=1))
    found = one.search(Question("How much must a lorry pay at the bridge?"), 4)
    models = one.described()["models"]
    one.close()
    assert found[0].unit == "t1"
    second = 0 if name == "hybrid+cross" else 1
    assert len(models) == 3 + second  # what embeds, what reranks, once or twice, what selects
