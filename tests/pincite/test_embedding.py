"""A text's vector depends on the text alone; BM25's weights are the textbook's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.embedding import (
    Bm25Encoder,
    ClsEncoder,
    DenseEncoder,
    dense_encoder,
    resolve_precision,
    sparse_encoder,
    word_counts,
)
from pincite.errors import ModelError
from pincite.settings import Settings

SHORT = "No officer shall honor a civil immigration detainer."
LONG = " ".join(f"clause {n} of the ordinance on detainers" for n in range(200))


@pytest.fixture(scope="module", params=["float32", "bfloat16"])
def dense(request: pytest.FixtureRequest) -> DenseEncoder:
    return dense_encoder(Settings(precision=request.param, batch_size=4, threads=1))


def tolerance(dense: DenseEncoder) -> float:
    return {"float32": 1e-5, "bfloat16": 5e-3}[dense.precision]  # type: ignore[attr-defined]


@pytest.mark.model
def test_a_vector_alone_is_the_vector_in_company(dense: DenseEncoder) -> None:
    texts = [SHORT, LONG, "Fees.", "", "§ 1373(a) «市»", SHORT]
    together = dense.embed(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.abs(dense.embed([text])[0] - vector).max() < tolerance(dense)


@pytest.mark.model
def test_vectors_have_length_one(dense: DenseEncoder) -> None:
    vectors = dense.embed([SHORT, LONG, ""])
    assert vectors.shape == (3, dense.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert dense.embed([]).shape == (0, 384)


@pytest.mark.model
def test_meaning_is_nearer_than_words(dense: DenseEncoder) -> None:
    near, far = dense.embed(
        ["Police may not keep a person in jail for ICE.", "The library opens at nine."]
    )
    question = dense.embed_query("Can a city jail hold someone on an immigration detainer?")
    assert question @ near > question @ far + 0.2


@pytest.mark.model
def test_words_past_the_longest_are_left_out(dense: DenseEncoder) -> None:
    one, other = dense.embed([LONG, LONG + " and zebras"])
    assert np.abs(one - other).max() < tolerance(dense)


@pytest.mark.parametrize(
    ("flags", "precision"),
    [
        ("vendor_id : GenuineIntel\nflags : avx512_bf16 amx_bf16", "bfloat16"),
        ("vendor_id : GenuineIntel\nflags : avx512_bf16", "float32"),
        ("vendor_id : AuthenticAMD\nflags : avx512_bf16", "bfloat16"),
        ("vendor_id : AuthenticAMD\nflags : avx2", "float32"),
    ],
)
def test_auto_is_bfloat16_only_where_it_is_faster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str, precision: str
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    (tmp_path / "cpuinfo").write_text(flags)
    assert resolve_precision("auto", tmp_path / "cpuinfo") == precision
    assert resolve_precision("auto", tmp_path / "absent") == "float32"
    assert resolve_precision("bfloat16", tmp_path / "absent") == "bfloat16"


def test_bm25_weights_are_the_textbooks() -> None:
    encoder = Bm25Encoder(average_length=4.0)
    (weights,) = encoder.encode_documents(["detainer detainer warrant"])
    # tf * (k + 1) / (tf + k * (1 - b + b * length / average)), k 1.2, b .75, length 3, average 4
    norm = 1.2 * (0.25 + 0.75 * 3 / 4)
    assert sorted(weights.values) == pytest.approx([2.2 / (1 + norm), 4.4 / (2 + norm)])


def test_bm25_finds_other_forms_of_a_word_and_skips_stop_words() -> None:
    encoder = Bm25Encoder(100.0)
    (document,) = encoder.encode_documents(["The cities were refusing detainers"])
    query = encoder.encode_query("refuse the city a Detainer")
    assert set(query.indices) <= set(document.indices)
    assert len(query.indices) == 3
    assert set(query.values) == {1.0}
    assert encoder.encode_query("the of and").indices == ()


def test_the_name_tells_what_moves_the_weights() -> None:
    settings = Settings(bm25_average_length=90)
    assert sparse_encoder(settings).name == "bm25:english:k1.2:b0.75:length90"


def test_word_counts_count_repeats_and_no_stop_words() -> None:
    assert word_counts(["a city is a city", "", "the of", "fee " * 300]) == [2, 0, 0, 300]


@given(st.text())
def test_any_text_can_be_encoded(text: str) -> None:
    encoder = Bm25Encoder(100.0)
    (document,) = encoder.encode_documents([text])
    assert set(encoder.encode_query(text).indices) == set(document.indices)
    assert len(document.indices) == len(document.values)


@pytest.fixture(scope="module")
def bge() -> ClsEncoder:
    encoder = dense_encoder(Settings(dense_model="packaged:bge-small-en-v1.5", threads=2))
    assert isinstance(encoder, ClsEncoder)
    return encoder


@pytest.mark.model
def test_a_first_tokens_vector_alone_is_the_vector_in_company(bge: ClsEncoder) -> None:
    texts = [SHORT, LONG, "Fees.", "", "§ 1373(a) «市»", SHORT]
    together = bge.embed(texts)
    assert together.shape == (6, bge.dimension) == (6, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.abs(bge.embed([text])[0] - vector).max() < 1e-6
    assert bge.embed([]).shape == (0, 384)


@pytest.mark.model
def test_a_question_is_embedded_behind_the_models_prefix(bge: ClsEncoder) -> None:
    question = bge.embed_query("Can a city jail hold someone on an immigration detainer?")
    plain, prefixed = bge.embed(
        [text := "Can a city jail hold someone on an immigration detainer?", bge.prefix + text]
    )
    assert np.abs(question - prefixed).max() < 1e-6
    assert np.abs(question - plain).max() > 1e-3
    near, far = bge.embed(
        ["Police may not keep a person in jail for ICE.", "The library opens at nine."]
    )
    assert question @ near > question @ far + 0.1


def test_encoders_load_nothing_before_the_first_text(bge: ClsEncoder) -> None:
    fresh = dense_encoder(Settings(dense_model=bge.name))
    assert (fresh.name, fresh.dimension) == ("packaged:bge-small-en-v1.5", 384)
    assert "_loaded" not in vars(vars(fresh)["_model"])


def test_a_packaged_model_that_is_no_encoder_is_answered_with_those_that_are() -> None:
    with pytest.raises(ModelError, match=r"one of all-MiniLM-L6-v2, bge-small-en-v1\.5, a sent"):
        dense_encoder(Settings(dense_model="packaged:ms-marco-MiniLM-L-12-v2"))
