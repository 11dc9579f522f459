"""DOCX: order, headings, computed numbers, tracked changes, notes, pages; bombs are refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from ingest.readers.format import Limits
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.reader import read_word
from ingest.readers.xml.tree import parse_xml
from pincite.errors import FileRefused
from pincite.types import Reading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, **parts: str) -> bytes:
    """A document with that body, and parts such as numbering or footnotes."""
    names = ["styles", *parts]
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        + "".join(
            f'<Override PartName="/word/{n}.xml" ContentType="{_TYPES}.{n}+xml"/>' for n in names
        )
        + "</Types>",
        "_rels/.rels": _rels([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _rels([(name, f"{name}.xml") for name in names]),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        **{f"word/{name}.xml": f"<w:{name} {W}>{part}</w:{name}>" for name, part in parts.items()},
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _rels(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="Mine"/><w:basedOn w:val="H2"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/>'
    '<w:basedOn w:val="Ring"/></w:style>'
)


def level(depth: int, start: int, spelling: str, pattern: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{spelling}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


NUMBERING = f"""
<w:abstractNum w:abstractNumId="0">{level(0, 1, "lowerLetter", "(%1)")}
{level(1, 1, "upperRoman", "%2.")}{level(2, 3, "decimal", "%1-%2-%3")}{level(3, 1, "bullet", "o")}
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(words)}</w:p>"


def r(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def item(list_id: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def read(body: str, **parts: str) -> Reading:
    return read_word(package(body, **parts), Limits())


def marked(reading: Reading, type: str) -> list[str]:
    return [mark.span.of(reading.text) for mark in reading.marks if mark.type == type]


def test_paragraphs_and_tables_in_document_order() -> None:
    row = (
        "<w:tr>" + "".join(f"<w:tc>{p(word)}</w:tc>" for word in ("§ 1", "Short title")) + "</w:tr>"
    )
    frame = f"<w:tr><w:tc>{p('Framed one.')}{p('Framed two.')}</w:tc></w:tr>"
    reading = read(p("Before.") + f"<w:tbl>{row}{frame}</w:tbl>" + p("After."))
    assert reading.text == "Before.\n§ 1 Short title\nFramed one.\nFramed two.\nAfter."


def test_headings_come_from_styles_and_outline_levels() -> None:
    body = (
        p("Two", '<w:pStyle w:val="H2"/>')
        + p("Based on two", '<w:pStyle w:val="My"/>')
        + p("Three", '<w:outlineLvl w:val="2"/>')
        + p("Text", '<w:pStyle w:val="Ring"/>')
    )
    reading = read(body)
    levels = [(m.span.of(reading.text), m.detail) for m in reading.marks]
    assert levels == [("Two", "2"), ("Based on two", "2"), ("Three", "3")]


def test_list_numbers_are_computed_and_recorded() -> None:
    body = "".join(
        p("x", item(list_id, depth))
        for list_id, depth in [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (2, 0)]
    )
    reading = read(body, numbering=NUMBERING)
    labels = ["(a)", "I.", "II.", "a-II-3", "", "(b)", "I.", "(a)"]
    assert reading.text.splitlines() == [f"{label} x".strip() for label in labels]
    assert [repair.rule for repair in reading.repairs] == ["list letter"] * 7


def test_letters_after_z_are_repeated() -> None:
    space = f"<w:numbering {W}>{NUMBERING}</w:numbering>"
    numbering = Numbering(parse_xml(space.encode()))
    labels = [numbering.label("1", 0) for _ in range(28)]
    assert labels[25:] == ["(z)", "(aa)", "(bb)"]


def test_tracked_changes_are_marked() -> None:
    body = (
        f"<w:p>{r('The ')}<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        f"<w:ins>{r('new ')}</w:ins>{r('law ')}{r('struck', '<w:strike/>')}"
        f"{r('hidden', '<w:vanish/>')}</w:p>"
    )
    reading = read(body)
    assert reading.text == "The old new law struck"
    assert marked(reading, "deleted") == ["old", "struck"]
    assert marked(reading, "inserted") == ["new"]


def test_underlining_is_new_matter_only_in_an_amending_act() -> None:
    underlined = r("new", '<w:u w:val="single"/>') + r(" x", '<w:u w:val="none"/>')
    clause = f"<w:p>{r('The [old] ')}{underlined}</w:p>"
    act = p("Be it enacted:") + p("Section 1. X is amended to read as follows:")
    assert marked(read(clause), "inserted") == []
    assert marked(read(act + clause), "inserted") == ["new"]
    assert marked(read(act + clause), "deleted") == ["[old]"]


def test_footnotes_follow_in_the_order_of_their_calls() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}" {kind}>{p(words)}</w:footnote>'
        for n, kind, words in [
            (0, 'w:type="separator"', "-"),
            (1, "", "First in the file."),
            (2, "", "Second in the file."),
        ]
    )
    calls = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in (2, 1))
    reading = read(f"<w:p>{r('Law')}{calls}</w:p>", footnotes=notes)
    assert reading.text == "Law\nSecond in the file.\nFirst in the file."
    assert [m.detail for m in reading.marks if m.type == "footnote"] == ["1", "2"]


def test_rendered_page_breaks_make_pages() -> None:
    reading = read(p("One.") + f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{r('Two.')}</w:p>")
    pages = [(page.number, page.span.of(reading.text).strip()) for page in reading.pages]
    assert pages == [(1, "One."), (2, "Two.")]


def test_a_file_that_python_docx_wrote() -> None:
    document = docx.Document()
    document.add_heading("Welcoming Act", 1)
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Second", style="List Number")
    stream = BytesIO()
    document.save(stream)
    reading = read_word(stream.getvalue(), Limits())
    assert reading.text == "Welcoming Act\n1. First\n2. Second"
    assert marked(reading, "heading") == ["Welcoming Act"]


def zipped(name: str, content: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITY = '<!DOCTYPE d [<!ENTITY e "lost">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"words", "wrong_type"),
        (OLE + "WordDocument".encode("utf-16-le"), "wrong_type"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (zipped("xl/workbook.xml", b"<a/>"), "wrong_type"),
        (zipped("word/document.xml", b"<a/>"), "malformed"),
        (zipped("word/document.xml", b"\0" * 2**23), "expands_too_much"),
        (package(p("words"))[:-40], "truncated"),
        (package("<w:p>"), "malformed"),
        (package(p(" ")), "no_text"),
    ],
)
def test_refuses_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_word(data, Limits())
    assert refusal.value.reason == reason


def test_entities_are_not_expanded() -> None:
    data = package(p("&amp;words"))
    bad = data.replace(b"<w:document ", ENTITY.encode() + b"<w:document ")
    assert bad != data
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "word/document.xml":
                content = ENTITY.encode() + content.replace(b"&amp;", b"&e;")
            target.writestr(part, content)
    with pytest.raises(FileRefused, match="entities"):
        read_word(stream.getvalue(), Limits())
