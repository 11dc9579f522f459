"""What both stores promise: one suite over the embedded engine and a Qdrant server."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from pincite.errors import IndexLocked, IndexMismatch, IndexMissing, IndexUnusable
from pincite.generations import IndexSpec
from pincite.index.edge import EdgeStore
from pincite.index.schema import (
    Point,
    Query,
    Scored,
    SparseVector,
    Store,
    passage_of,
    payload_of,
    point_id,
)
from pincite.index.server import ServerStore
from pincite.kinds import Kind
from pincite.types import Entry, Filters, Locator, Passage, Span

SPEC = IndexSpec("tiny", "0" * 64, 4, "words", 1, 1, 1)
AXES = {"east": [1.0, 0.0, 0.0, 0.0], "north": [0.0, 1.0, 0.0, 0.0], "up": [0.0, 0.0, 1.0, 0.0]}
QDRANT_URL = os.environ.get("PINCITE_TEST_QDRANT_URL")


def in_folder(tmp_path: Path) -> Store:
    return EdgeStore(tmp_path)


def in_memory(tmp_path: Path) -> Store:
    return ServerStore(QdrantClient(":memory:"), ":memory:", tmp_path)


def on_server(tmp_path: Path) -> Store:
    if not QDRANT_URL:
        pytest.skip("no Qdrant server: set PINCITE_TEST_QDRANT_URL")
    return ServerStore.at(QDRANT_URL, None, tmp_path)


STORES: list[Any] = [
    in_folder,
    in_memory,
    pytest.param(on_server, marks=pytest.mark.server),
]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = request.param(tmp_path)
    yield made
    if request.param is on_server:
        remove: Callable[[str], None] = made.remove  # type: ignore[attr-defined]
        for generation in made.generations():
            remove(generation)


def point(
    document: str,
    start: int = 0,
    axis: str = "east",
    words: tuple[int, ...] = (7,),
    citations: tuple[str, ...] = (),
    retired: bool = False,
    **entry: Any,
) -> Point:
    text = f"{document} § {start} «été» 市"
    span = Span(start, start + len(text))
    passage = Passage(document, "v1", span, text, Locator(("§ 1", "(a)")), retired)
    described = Entry(document, entry.pop("kind", Kind.ORDINANCE), "T", "t.md", **entry)
    return Point(
        point_id(document, "v1", span),
        AXES[axis],
        SparseVector(words, tuple(1.0 for _ in words)),
        payload_of(passage, described, "law", citations),
    )


def publish(store: Store, name: str, *points: Point, base: str | None = None) -> str:
    draft = store.draft(name, SPEC, base)
    draft.upsert(points)
    draft.seal()
    draft.publish()
    return name


def documents(found: list[Scored]) -> list[str]:
    return [scored.payload["document_id"] for scored in found]


def found(store: Store, query: Query) -> list[str]:
    current = store.current()
    assert current is not None
    reader = store.open(current)
    try:
        return documents(reader.search([query])[0])
    finally:
        reader.close()


EAST = AXES["east"]
CORPUS = (
    point("nyc", jurisdiction="us/ny/new-york-city", issued=date(2014, 11, 14), collection="a"),
    point("us", kind=Kind.STATUTE, axis="north", jurisdiction="us", issued=date(1996, 9, 30)),
    point("tn", kind=Kind.OP_ED, axis="up", jurisdiction="us/tn", words=(8, 9), collection="b"),
    point("old", retired=True, jurisdiction="us/ny", citations=("8 usc 1373",)),
    point("cites", axis="up", jurisdiction="us/nyx", citations=("8 usc 1373(a)", "8 usc 1373")),
)


@pytest.fixture
def filled(store: Store) -> Store:
    publish(store, "g1", *CORPUS)
    return store


def test_nothing_is_current_before_the_first_publish(store: Store) -> None:
    assert store.current() is None
    assert store.generations() == []
    assert store.sweep() == []
    with pytest.raises(IndexMissing):
        store.open("g1")


def test_a_draft_is_not_seen_before_it_is_published(store: Store) -> None:
    draft = store.draft("g1", SPEC)
    draft.upsert(CORPUS)
    assert (store.current(), store.generations()) == (None, [])
    assert draft.seal() == len(CORPUS)
    assert (store.current(), store.generations()) == (None, ["g1"])
    draft.publish()
    assert store.current() == "g1"


def test_each_leg_finds_its_own(filled: Store) -> None:
    reader = filled.open("g1")
    dense, bm25, cited = reader.search(
        [
            Query(1, dense=AXES["north"]),
            Query(5, sparse=SparseVector((8,), (1.0,))),
            Query(5, citations=("8 usc 1373(a)",)),
        ]
    )
    assert (documents(dense), documents(bm25), documents(cited)) == (["us"], ["tn"], ["cites"])
    assert dense[0].score == pytest.approx(1.0)
    assert cited[0].score == 1.0
    reader.close()


def test_rare_words_weigh_more(filled: Store) -> None:
    # the word 7 stands in four points, 8 in one
    assert found(filled, Query(1, sparse=SparseVector((7, 8), (1.0, 1.0)))) == ["tn"]


def test_citations_narrow_a_dense_query(filled: Store) -> None:
    query = Query(5, dense=EAST, citations=("8 usc 1373",), include_retired=True)
    assert found(filled, query) == ["old", "cites"]


def test_a_question_of_stop_words_finds_nothing(filled: Store) -> None:
    reader = filled.open("g1")
    empty, dense = reader.search([Query(5, sparse=SparseVector((), ())), Query(1, dense=EAST)])
    assert (documents(empty), documents(dense)) == ([], ["nyc"])
    reader.close()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"nyc", "us", "tn", "cites"}),  # the retired are hidden
        (Filters(kinds=(Kind.STATUTE, Kind.OP_ED)), {"us", "tn"}),
        (Filters(jurisdiction="us/ny"), {"nyc"}),  # a subtree, not a prefix of letters
        (Filters(jurisdiction="us"), {"nyc", "us", "tn", "cites"}),
        (Filters(documents=("tn", "absent")), {"tn"}),
        (Filters(collections=("a", "b")), {"nyc", "tn"}),
        (Filters(issued_from=date(2014, 11, 14)), {"nyc"}),  # both ends count
        (Filters(issued_to=date(1996, 9, 30)), {"us"}),
        (Filters(issued_from=date(1996, 1, 1), issued_to=date(2020, 1, 1)), {"us", "nyc"}),
        (Filters(kinds=(Kind.STATUTE,), jurisdiction="us/ny"), set()),
    ],
)
def test_filters_hide(filled: Store, filters: Filters, expected: set[str]) -> None:
    assert set(found(filled, Query(10, dense=EAST, filters=filters))) == expected


def test_the_retired_are_found_on_request(filled: Store) -> None:
    assert "old" in found(filled, Query(10, dense=EAST, include_retired=True))


def test_filters_do_not_eat_the_limit(filled: Store) -> None:
    filters = Filters(documents=("tn",))
    assert found(filled, Query(1, dense=EAST, filters=filters)) == ["tn"]


def test_a_payload_comes_back_as_the_passage(filled: Store) -> None:
    reader = filled.open("g1")
    (scored,) = reader.scroll("old")
    passage = passage_of(scored.payload)
    assert passage.text == "old § 0 «été» 市"
    assert (passage.retired, passage.locator.path) == (True, ("§ 1", "(a)"))
    assert scored.id == point_id(passage.document_id, passage.version, passage.span)
    reader.close()


def test_scroll_gives_every_point_in_id_order(store: Store) -> None:
    many = [point("long", start) for start in range(600)]
    publish(store, "g1", *many, point("other"))
    reader = store.open("g1")
    ids = [scored.id for scored in reader.scroll()]
    assert ids == sorted(ids)
    assert len(ids) == reader.count() == 601
    assert {scored.id for scored in reader.scroll("long")} == {p.id for p in many}
    reader.close()


def test_a_copy_of_the_base_changes_alone(filled: Store) -> None:
    draft = filled.draft("g2", SPEC, base="g1")
    draft.delete_document("nyc")
    draft.delete([point("us").id, point("never-there").id])
    draft.upsert([point("new")])
    assert draft.ids("tn") == {point("tn").id}
    assert draft.ids("nyc") == set()
    draft.seal()
    draft.publish()
    assert set(found(filled, Query(10, dense=EAST))) == {"new", "tn", "cites"}
    old = filled.open("g1")
    assert old.count() == len(CORPUS)
    old.close()


def test_a_new_payload_keeps_the_vectors(filled: Store) -> None:
    changed = point("us", kind=Kind.BILL)
    draft = filled.draft("g2", SPEC, base="g1")
    draft.set_payload([(changed.id, changed.payload)])
    draft.seal()
    draft.publish()
    reader = filled.open("g2")
    (scored,) = reader.search([Query(1, dense=AXES["north"])])[0]
    assert scored.payload["kind"] == "bill"
    assert scored.score == pytest.approx(1.0)
    assert "issued" not in scored.payload  # the payload is replaced, not merged
    assert documents(
        reader.search([Query(9, dense=EAST, filters=Filters(kinds=(Kind.BILL,)))])[0]
    ) == ["us"]
    reader.close()


def test_upserting_twice_changes_nothing(store: Store) -> None:
    publish(store, "g1", *CORPUS, *CORPUS)
    reader = store.open("g1")
    assert reader.count() == len(CORPUS)
    reader.close()


def test_an_empty_index_opens_and_finds_nothing(store: Store) -> None:
    draft = store.draft("g1", SPEC)
    assert draft.seal() == 0
    draft.publish()
    assert found(store, Query(5, dense=EAST)) == []
    assert found(store, Query(5, sparse=SparseVector((7,), (1.0,)))) == []


def test_a_discarded_draft_leaves_nothing(filled: Store) -> None:
    filled.draft("g2", SPEC, base="g1").discard()
    sealed = filled.draft("g3", SPEC)
    sealed.seal()
    sealed.discard()
    assert (filled.current(), filled.generations()) == ("g1", ["g1"])
    publish(filled, "g2", point("again"))


def test_discarding_what_was_published_keeps_it(filled: Store) -> None:
    draft = filled.draft("g2", SPEC)
    draft.seal()
    draft.publish()
    draft.discard()
    assert filled.current() == "g2"
    filled.open("g2").close()


def test_an_open_reader_outlives_the_next_generation(filled: Store) -> None:
    reader = filled.open("g1")
    publish(filled, "g2", point("new"))
    assert documents(reader.search([Query(1, dense=AXES["north"])])[0]) == ["us"]
    assert found(filled, Query(5, dense=EAST)) == ["new"]
    reader.close()


def test_rolls_back_to_an_older_generation(filled: Store) -> None:
    publish(filled, "g2", point("new"))
    filled.point_at("g1")
    assert filled.current() == "g1"
    assert filled.generations() == ["g1", "g2"]
    with pytest.raises(IndexMissing):
        filled.point_at("g7")
    assert filled.current() == "g1"


def test_prune_keeps_the_newest_and_the_current(filled: Store) -> None:
    for name in ("g2", "g3", "g4"):
        publish(filled, name, point(name))
    filled.point_at("g1")
    assert filled.prune(keep=1) == ["g2", "g3"]
    assert filled.generations() == ["g1", "g4"]
    assert filled.prune(keep=5) == []
    assert "nyc" in found(filled, Query(5, dense=EAST))


def test_two_writers_at_once_are_refused(filled: Store) -> None:
    draft = filled.draft("g2", SPEC)
    for attempt in (
        lambda: filled.draft("g3", SPEC),
        filled.sweep,
        lambda: filled.prune(0),
        lambda: filled.point_at("g1"),
    ):
        with pytest.raises(IndexLocked, match="another ingest is writing"):
            attempt()
    draft.discard()
    publish(filled, "g3", point("new"))


def test_a_name_is_taken_once(filled: Store) -> None:
    with pytest.raises(IndexUnusable, match="already"):
        filled.draft("g1", SPEC)
    assert "us" in found(filled, Query(5, dense=EAST))
    publish(filled, "g2", point("the lock was let go"))


def test_a_base_of_another_spec_is_refused(filled: Store) -> None:
    other = IndexSpec("another", "1" * 64, 4, "words", 1, 1, 1)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        filled.draft("g2", other, base="g1")
    filled.draft("g2", other).discard()


@pytest.mark.parametrize("name", ["", "../g1", "a/b", ".hidden", "x" * 99])
def test_odd_names_are_no_generations(store: Store, name: str) -> None:
    with pytest.raises(IndexMissing):
        store.open(name)


def test_errors_are_one_line(filled: Store) -> None:
    with pytest.raises(IndexMissing) as caught:
        filled.open("g7")
    assert re.fullmatch(r".*g7.*pincite index list.*", str(caught.value))
