"""The sample corpus alone, and beside a folder of documents that give orders or pass for law."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement, document_fromstring

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.unseen import UNSEEN
from service.engine import Engine

Made = Callable[[dict[str, Any]], bytes]
# What a page of ours is made of; what a document says is in none of these by itself.
_OWN_NAMES = (
    "html head meta title link body a header nav main section article form label textarea select"
    " option input button p div span ul li details summary h1 h2 blockquote mark small del ins"
    " strong footer em b i br aside caption cite code datalist dd dl dt fieldset figcaption figure"
    " h3 h4 img kbd legend line ol progress rect script svg table tbody td template th thead tr"
)
_OWN_TAGS = frozenset(_OWN_NAMES.split())
_OWN_PLACES = (
    *("", "/", "/documents", "/static", "/export", "/v1/documents"),
    *("/compare", "/corpus", "/evaluate", "/feedback", "/language", "/search"),
)
_SIZE = 12
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@pytest.fixture(scope="session")
def harmless_page() -> Callable[[str], HtmlElement]:
    """What gives a page, if nothing in it runs, loads or leads out of the service."""
    return _harmless_page


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile document in a file of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    with (Path(__file__).parent / "documents.toml").open("rb") as table:
        documents = tomllib.load(table)["document"]
    for document in documents:
        path = folder / document["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_MADE.get(path.suffix, _text)(document))
    return folder


@pytest.fixture(scope="session")
def clean(
    sample_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
    light_shelf: Callable[[Settings], Shelf],
) -> Iterator[Engine]:
    """The engine over the sample corpus alone."""
    yield from _engine(tmp_path_factory.mktemp("clean"), light_shelf, sample_dir)


@pytest.fixture(scope="session")
def beset(
    sample_dir: Path,
    hostile_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    light_shelf: Callable[[Settings], Shelf],
) -> Iterator[Engine]:
    """The engine over the sample corpus and the hostile documents."""
    yield from _engine(tmp_path_factory.mktemp("beset"), light_shelf, sample_dir, hostile_folder)


@pytest.fixture
def door(beset: Engine, local: Callable[[Engine], TestClient]) -> TestClient:
    """A client of the service over both."""
    return local(beset)


@pytest.fixture(scope="session")
def from_hostile(beset: Engine, hostile_folder: Path) -> dict[str, str]:
    """The ids of the hostile documents, by the name of their file."""
    with beset.holdings() as holdings:
        records = holdings.manifest.records
    return {r.entry.source: r.entry.id for r in records if r.root == str(hostile_folder.resolve())}


def _harmless_page(html: str) -> HtmlElement:
    """The page, if nothing in it runs, loads or leads out of the service."""
    tree = document_fromstring(html)
    for element in tree.iter():
        assert element.tag in _OWN_TAGS, element.tag
        if element.tag == "script":  # the site's own files alone
            assert str(element.get("src")).startswith("/static/")
            assert not element.text
        for name, value in ((str(n), str(v)) for n, v in element.items()):
            assert not name.startswith("on"), name
            assert name != "style"
            if name in ("href", "src", "action", "cite", "formaction", "srcset", "data"):
                assert value == "data:," or _is_ours(value), value
    assert UNSEEN.search(html) is None
    return tree


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    inside = not parts.scheme and not parts.netloc
    return inside and any(
        parts.path == place or parts.path.startswith(f"{place.rstrip('/')}/")
        for place in _OWN_PLACES
    )


def _engine(
    data: Path, light_shelf: Callable[[Settings], Shelf], *folders: Path
) -> Iterator[Engine]:
    settings = Settings(data_dir=data, ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, list(folders), shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


def _text(document: dict[str, Any]) -> bytes:
    text: str = document["text"] * document.get("times", 1)
    return text.encode()


def _word(document: dict[str, Any]) -> bytes:
    """A Word file: a paragraph a piece, with run and paragraph properties as given."""
    paragraphs = "".join(
        f"<w:p><w:pPr>{piece.get('paragraph', '')}</w:pPr><w:r><w:rPr>{piece.get('look', '')}"
        f"</w:rPr><w:t>{piece['text']}</w:t></w:r></w:p>"
        for piece in document["pieces"]
    )
    styles = (
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="UnseenParagraph"><w:name w:val="UnseenParagraph"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body>'
        "</w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _pdf(document: dict[str, Any]) -> bytes:
    """A PDF of one page: a line a piece, its operators before it; a band is a dark ground."""
    content = b"\n".join(_drawn(piece, 740 - 30 * n) for n, piece in enumerate(document["pieces"]))
    title = document.get("title", "").encode("utf-16-be").hex()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources"
        b" << /Font << /F 5 0 R >> /ExtGState << /Clear << /ca 0 /CA 0 >> >>"
        b" /ColorSpace << /Cs [/ICCBased 7 0 R] >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title <FEFF%s> >>" % title.encode(),
        b"<< /N 3 /Length 0 >>\nstream\n\nendstream",
    ]
    return _numbered(objects)


def _drawn(piece: dict[str, Any], y: int) -> bytes:
    ground = f"q 0 0 0.4 rg 60 {y - 6} 480 20 re f Q " if piece.get("band") else ""
    words = piece["text"].replace("(", "\\(").replace(")", "\\)")
    place = f"/F {_SIZE} Tf 1 0 0 1 72 {y} Tm"
    return f"{ground}q BT {place} {piece.get('set', '')} ({words}) Tj ET Q".encode("latin-1")


def _numbered(objects: list[bytes]) -> bytes:
    """A file with these objects and a correct table of them; 1 is the root, 6 says what it is."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


_MADE: dict[str, Made] = {".docx": _word, ".pdf": _pdf}
