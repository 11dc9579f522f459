"""A collection is indexed once, as it is cut, and again when anything of it changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from eval.collection import Catalogued, Pdfs, Precut, page_unit, precut
from eval.indexing import indexed
from eval.systems import _units
from pincite.index.schema import Scored
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Entry, Span

TOLLS = [
    ("t1", "Tolls", "A truck pays twelve dollars on the harbor bridge."),
    ("t2", "", "An ambulance pays nothing."),
]
FERRY = [("f1", "", "The ferry leaves at nine.")]
CODE = """# Bridge tolls

(a) A truck with three axles shall pay a toll of twelve dollars on the harbor bridge.
"""


def collection(tolls: list[tuple[str, str, str]] = TOLLS, title: str = "Bridge code") -> Precut:
    documents = [precut("tolls", title, tolls)[0], precut("ferry", "Ferries", FERRY)[0]]
    return Precut(tuple(documents))


@pytest.fixture
def settings(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings whose shelf loads no model."""
    monkeypatch.setattr(Shelf, "of", light_shelf)
    return Settings(data_dir=tmp_path / "indexes", ocr="off")


def generations(settings: Settings) -> list[str]:
    return Shelf.of(settings).store.generations()


def points(settings: Settings) -> list[Scored]:
    store = Shelf.of(settings).store
    current = store.current()
    assert current is not None
    reader = store.open(current)
    try:
        return list(reader.scroll())
    finally:
        reader.close()


def test_every_unit_is_a_point_with_its_words_and_its_heading(settings: Settings) -> None:
    seen: list[tuple[int, int]] = []
    kept = indexed("tiny", collection(), settings, lambda done, total: seen.append((done, total)))
    held = {p.payload["text"]: p.payload for p in points(kept)}
    assert {text: (p["document_id"], p["headings"]) for text, p in held.items()} == {
        TOLLS[0][2]: ("tolls", ["Tolls"]),
        TOLLS[1][2]: ("tolls", []),
        FERRY[0][2]: ("ferry", []),
    }
    assert seen == [(3, 3)]


def test_the_library_holds_the_text_that_spans_count_in(settings: Settings) -> None:
    kept = indexed("tiny", collection(), settings)
    shelf = Shelf.of(kept)
    (document,) = (d for d in collection().documents if d.id == "tolls")
    assert shelf.library.reading(document.version).text == document.text
    for point in points(kept):
        text = shelf.library.reading(point.payload["version"]).text
        assert Span(point.payload["start"], point.payload["end"]).of(text) == point.payload["text"]


def test_a_second_indexing_does_nothing(settings: Settings) -> None:
    first = indexed("tiny", collection(), settings)
    before = generations(first)

    def forbidden(done: int, total: int) -> None:
        raise AssertionError("it was indexed again")

    assert indexed("tiny", collection(), settings, forbidden) == first
    assert generations(first) == before
    assert len(before) == 1


@pytest.mark.parametrize(
    "changed",
    [
        collection(title="Another title"),
        collection([(TOLLS[0][0], "Fares", TOLLS[0][2]), TOLLS[1]]),
        # the same text, cut otherwise
        collection([("t1", "Tolls", f"{TOLLS[0][2]}\n{TOLLS[1][2]}")]),
        collection([*TOLLS, ("t3", "", "Gulls pay nothing.")]),
        Precut(collection().documents[:1]),
    ],
    ids=["title", "heading", "cut", "text", "documents"],
)
def test_what_changed_is_indexed_again(settings: Settings, changed: Precut) -> None:
    indexed("tiny", collection(), settings)
    kept = indexed("tiny", changed, settings)
    assert len(points(kept)) == changed.units
    texts = {unit.span.of(d.text) for d in changed.documents for unit in d.units}
    assert {point.payload["text"] for point in points(kept)} == texts


def test_other_encoders_never_meet_in_one_folder(settings: Settings) -> None:
    one = indexed("tiny", collection(), settings)
    longer = collection([*TOLLS, ("t3", "", "gulls " * 90)])
    other = indexed("tiny", longer, settings)
    assert one.bm25_average_length < other.bm25_average_length
    assert one.data_dir != other.data_dir
    assert one.data_dir.parent == other.data_dir.parent == settings.data_dir


def test_the_average_length_is_the_collections_own(settings: Settings) -> None:
    # with their titles and ids: "bridge code, tolls > tolls truck pay twelve dollar harbor bridge"
    kept = indexed("tiny", collection(), settings)
    assert 5 <= kept.bm25_average_length <= 12
    assert indexed("none", Precut(()), settings).bm25_average_length == 1


def test_an_indexing_that_is_cut_off_leaves_nothing_behind(settings: Settings) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexed("tiny", collection(), settings, stop)
    kept = indexed("tiny", collection(), settings)
    assert len(generations(kept)) == 1
    assert len(points(kept)) == 3


def test_files_of_a_catalogue_go_through_the_real_ingest(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "code.md").write_text(CODE, encoding="utf-8")
    row = 'id = "code"\nfile = "code.md"\nkind = "ordinance"\ntitle = "Bridge tolls"\n'
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(f'collection = "tiny"\n\n[[entry]]\n{row}', encoding="utf-8")
    kept = indexed("files", Catalogued(catalogue, tmp_path, {"per_document": 7}), settings)
    assert kept.per_document == 7
    assert any("twelve dollars" in point.payload["text"] for point in points(kept))


def pdf(*pages: str) -> bytes:
    """A file with a line of text on each page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page, stream = writer.add_blank_page(612, 792), DecodedStreamObject()
        stream.set_data(f"BT /F 12 Tf 1 0 0 1 72 700 Tm ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_of_a_pdf_are_its_units(settings: Settings, tmp_path: Path, tiny: object) -> None:
    title = 'The "Harbor" \\ Company 🚢 2018'
    pages = ("The harbor earned twelve dollars.", "The ferry lost fifty dollars.")
    (tmp_path / "h.pdf").write_bytes(pdf(*pages))
    entry = Entry("harbor", Kind.OTHER, title, "h.pdf", issuer="Harbor")
    collection = Pdfs((entry,), tmp_path)
    kept = indexed("pdfs", collection, settings)
    shelf = Shelf.of(kept)
    manifest = shelf.library.manifest(shelf.store.current() or "")
    (record,) = manifest.records
    assert (record.entry.title, record.entry.issuer) == (title, "Harbor")
    document = shelf.library.document(record.entry, record.version, record.outline)
    benchmark = tiny.benchmark("who lost?")  # type: ignore[attr-defined]
    unit = _units(replace(benchmark, collection=collection))
    for number, text in enumerate(pages, start=1):
        at = document.text.index(text)
        assert unit(document, Span(at, at + len(text))) == page_unit("harbor", number)
