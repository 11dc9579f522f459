"""What is looked for in which leg, and what counts as a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citations.find import citations_in
from pincite.embedding import Bm25Encoder
from pincite.errors import QuestionError
from pincite.generations import IndexSpec
from pincite.index.schema import Point, Reader, payload_of, point_id
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Entry, Filters, Leg, Locator, Passage, Question, Span
from service.retrieval import _sparse, cleaned, retrieve
from service.wording import WIDENED_WEIGHT, Wording

TEXTS = {
    "police": "Police officers enforce the law",
    "hold": "A detainer asks the jail for a hold",
    "code": "Section 4-12 of the code",
}
CITED = {"code", "hold"}


@pytest.fixture
def shelf(tmp_path: Path, light_shelf: Callable[[Settings], Shelf]) -> Shelf:
    return light_shelf(Settings(data_dir=tmp_path / "data"))


@pytest.fixture
def reader(shelf: Shelf) -> Iterator[Reader]:
    spec = IndexSpec(**shelf.encoders, outline_revision=1, chunker_revision=1, context_revision=1)
    draft = shelf.store.draft("g", spec)
    draft.upsert([_point(shelf, name, text) for name, text in TEXTS.items()])
    draft.seal()
    draft.publish()
    reader = shelf.store.open("g")
    yield reader
    reader.close()


def _point(shelf: Shelf, name: str, text: str) -> Point:
    passage = Passage(name, "v", Span(0, len(text)), text, Locator())
    cited = citations_in("8 U.S.C. § 1373") if name in CITED else ()
    return Point(
        point_id(name, "v", passage.span),
        shelf.dense.embed([text])[0].tolist(),
        shelf.sparse.encode_documents([text])[0],
        payload_of(passage, Entry(name, Kind.STATUTE, "T", "x.md"), "law", cited),
    )


def found(
    shelf: Shelf, reader: Reader, text: str, wording: Wording | None = None, **filters: tuple[str]
) -> dict[Leg, list[str]]:
    wording = wording or Wording(text)
    question = Question(text, filters=Filters(**filters))  # type: ignore[arg-type]
    vector = shelf.dense.embed_query(wording.text)
    legs = retrieve(question, wording, vector, reader, shelf.sparse, 10)
    return {leg: [point.payload["document_id"] for point in points] for leg, points in legs.items()}


def test_the_words_that_are_looked_for_are_the_wordings(shelf: Shelf, reader: Reader) -> None:
    assert found(shelf, reader, "a detianer")["bm25"] == []
    assert found(shelf, reader, "a detianer", Wording("a detainer"))["bm25"] == ["hold"]


def test_other_words_for_a_thing_find_it_behind_the_questions_own(
    shelf: Shelf, reader: Reader
) -> None:
    assert found(shelf, reader, "the cops")["bm25"] == []
    assert found(shelf, reader, "cops", Wording("cops", (), "police officer"))["bm25"] == ["police"]
    mixed = Wording("cops and detainer", (), "police officer law")
    assert found(shelf, reader, mixed.text, mixed)["bm25"] == ["hold", "police"]


def test_a_word_that_was_asked_for_is_never_weighed_less(shelf: Shelf, reader: Reader) -> None:
    sparse = Bm25Encoder(100.0)
    weights = _sparse(Wording("police", (), "police officer police"), sparse)
    assert sorted(weights.values) == [WIDENED_WEIGHT, 1.0]
    assert len(set(weights.indices)) == 2
    assert _sparse(Wording("the of", (), ""), sparse).indices == ()


def test_only_a_question_that_cites_has_a_citation_leg(shelf: Shelf, reader: Reader) -> None:
    assert "citation" not in found(shelf, reader, "a detainer")
    # in the order of the dense leg
    legs = found(shelf, reader, "the hold of 8 U.S.C. § 1373")
    assert legs["citation"] == ["hold", "code"]
    assert "citation" not in found(shelf, reader, "what of 8 U.S.C. § 1999")


def test_filters_hold_in_every_leg(shelf: Shelf, reader: Reader) -> None:
    legs = found(shelf, reader, "jail of 8 U.S.C. § 1373", documents=("code",))
    assert {name for names in legs.values() for name in names} == {"code"}


def test_a_question_of_stop_words_finds_by_meaning_alone(shelf: Shelf, reader: Reader) -> None:
    legs = found(shelf, reader, "what is it")
    assert legs["bm25"] == []
    assert len(legs["dense"]) == len(TEXTS)


def test_the_vector_is_left_as_it_is(shelf: Shelf, reader: Reader) -> None:
    vector = shelf.dense.embed_query("jail")
    before = vector.copy()
    retrieve(Question("jail"), Wording("jail"), vector, reader, shelf.sparse, 10)
    assert np.array_equal(vector, before)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  may\ta \n jail\x00hold? ", "may a jail hold?"),
        ("de\u00adtainer", "detainer"),  # a soft hyphen
        ("jail\u200bhold", "jail hold"),  # a space of no width
        ("Pen\u0303a", "Peña"),  # the texts are in NFC
        ("§ 8(a)", "§ 8(a)"),
        ("\ud800 jail", "jail"),
    ],
)
def test_a_question_is_cleaned_as_the_texts_are(given: str, kept: str) -> None:
    assert cleaned(given, 100) == kept


@pytest.mark.parametrize("text", ["", "  \n", "???", "\u00ad\u200b", "§ ( )"])
def test_a_question_without_a_word_is_none(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        cleaned(text, 100)


def test_the_limit_counts_what_is_kept() -> None:
    assert cleaned("a " * 60, 119) == ("a " * 60).strip()
    with pytest.raises(QuestionError, match="119 characters; at most 118"):
        cleaned("a " * 60, 118)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = cleaned(text, 10_000)
    except QuestionError:
        return
    assert cleaned(once, 10_000) == once
