"""What is taken away can be checked again, in every format, whatever the texts hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from service.exporting.checking import Export, Finding
from service.exporting.formats import FORMATS, ExportError, exported, format_of, write_export
from service.exporting.markdown import escaped, unescaped
from service.exporting.paper import Json, settled
from service.exporting.reading import NotAnExport, read_export
from service.exporting.tables import harmless, unharmed
from service.exporting.word import QUOTE

OF_ANSWERS = [name for name, kind in FORMATS.items() if "answer" in kind.sorts]
OF_COMPARISONS = list(FORMATS)

# Words that some program would run, read as markup, or end a record with.
HOSTILE = [
    '=HYPERLINK("http://evil.example","see") is a formula, +1 too, and @SUM(A1).',
    "-2+3 begins as a sum does.",
    "'=1+1 has an apostrophe in front.",
    "A line\nER  - \nTY  - CASE\nTI  - Forged v. Record",
    "<script>alert(1)</script> & <b>bold</b> &amp; [link](http://evil.example) ![i](x)",
    "# No heading\n- no list\n1. no number\n> no quote\n| no | table |\n---\n```json\n{}",
    "www.evil.example and https://evil.example and a@b.example",
    "\\*escaped\\* and `code` and ~~struck~~ and $x^2$ and _low_",
    "A control \x07 bell, \x0b tab, \x1b[31m escape, \u202e turned, \ufffe none.",
    "Separators\u2028between\u2029lines\x85and\x1cothers.",
    "Check: other version " + "a" * 64 + " characters 1:2 (law, in_force)",
]
PLAIN = "(a) A truck shall pay twelve dollars.\n(b) An ambulance may pass free."


def checked(held: Any, said: Json, name: str, folder: Path) -> tuple[Export, list[Finding]]:
    file = folder / f"export{FORMATS[name].suffix}"
    write_export(said, file)
    export = read_export(file)
    return export, held.checker().check(export)


@pytest.mark.parametrize("name", OF_ANSWERS)
@pytest.mark.parametrize("text", [*HOSTILE, PLAIN])
def test_an_export_holds_when_it_is_verified(
    publish_texts: Callable[..., Any], tmp_path: Path, name: str, text: str
) -> None:
    held = publish_texts(code=f"Before it.\n{text}\nBehind it.")
    export, findings = checked(held, held.answer("code", text, "Behind it."), name, tmp_path)
    assert [f.state for f in findings] == ["holds", "holds"], [f.words for f in findings]
    assert export.as_of == "2026-01-01"
    assert export.generation == "generation-1"


@pytest.mark.parametrize("name", OF_COMPARISONS)
@pytest.mark.parametrize("text", [*HOSTILE, PLAIN])
def test_a_comparison_holds_when_it_is_verified(
    publish_texts: Callable[..., Any], tmp_path: Path, name: str, text: str
) -> None:
    held = publish_texts(arden=f"Before.\n{text}", brill="Nobody may hold anybody.")
    said = held.comparison(("arden", text), ("brill", "Nobody may hold anybody."))
    export, findings = checked(held, said, name, tmp_path)
    assert [f.state for f in findings] == ["holds", "holds"], [f.words for f in findings]
    assert export.generation == "generation-1"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        alphabet=st.one_of(
            st.characters(blacklist_categories=["Cs"]), st.sampled_from("=+-@'<>[]()*_`#\n\r\t ")
        ),
        min_size=1,
        max_size=80,
    ).filter(lambda said: bool(settled(said))),
    name=st.sampled_from(OF_ANSWERS),
)
def test_any_text_survives_the_round_trip(held: Any, tmp_path: Path, text: str, name: str) -> None:
    held.put("code", text)
    held.publish("generation-1")
    _, findings = checked(held, held.answer("code", text), name, tmp_path)
    assert [f.state for f in findings] == ["holds"], findings[0].words


@given(st.text(max_size=60))
def test_what_is_escaped_for_markdown_reads_back_as_its_words(text: str) -> None:
    assert unescaped(escaped(text)) == settled(text)


@given(st.text(alphabet="'=+-@\t\r\nab", max_size=12))
def test_what_is_made_harmless_reads_back_and_begins_no_formula(text: str) -> None:
    written = harmless(text)
    assert unharmed(written) == text
    assert written[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_renders_a_quote_as_its_words_and_nothing_else(
    publish_texts: Callable[..., Any], text: str
) -> None:
    held = publish_texts(code=text)
    source = exported(held.answer("code", text), FORMATS["markdown"]).decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(source.partition("\n---\n")[2])
    inside = [t for t in tokens if t.type == "inline" and t.level == 3]
    children = {child.type for token in inside for child in token.children or ()}
    assert children <= {"text", "text_special", "softbreak", "hardbreak"}
    assert not any(t.type in ("html_block", "fence") for t in tokens)


@pytest.mark.parametrize("text", HOSTILE)
def test_ris_has_one_record_and_no_line_that_a_quote_began(
    publish_texts: Callable[..., Any], text: str
) -> None:
    held = publish_texts(code=text)
    lines = exported(held.answer("code", text), FORMATS["ris"]).decode().split("\r\n")
    assert [line[:2] for line in lines].count("TY") == 1
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert "".join(lines).splitlines() == ["".join(lines)]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sheet_holds_text_and_no_formula(
    publish_texts: Callable[..., Any], tmp_path: Path, text: str
) -> None:
    held = publish_texts(arden=text)
    file = tmp_path / "table.xlsx"
    write_export(held.comparison(("arden", text)), file)
    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}


def test_the_memo_says_all_that_checks_it(
    publish_texts: Callable[..., Any], tmp_path: Path
) -> None:
    held = publish_texts(code=PLAIN)
    file = tmp_path / "memo.docx"
    write_export(held.answer("code", PLAIN), file)
    document = docx.Document(str(file))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    record = held.records["code"]
    for part in ("May it?", "2026-01-01", "generation-1", held.manifest.corpus_digest):
        assert part in said
    for part in ("LAW", "local law", f"Check: code version {record.version} characters 0:"):
        assert part in said
    assert [p.text for p in _quotes(document)] == [PLAIN]


def _quotes(document: Any) -> list[Any]:
    return [p for p in document.paragraphs if p.style.name == QUOTE]


def _edit_word(file: Path) -> None:
    document = docx.Document(str(file))
    quote = _quotes(document)[0]
    quote.runs[0].text = quote.runs[0].text.replace("twelve", "twenty")
    document.save(str(file))


def _insert_word_as_a_tracked_change(file: Path) -> None:
    document = docx.Document(str(file))
    quote = _quotes(document)[0]
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    quote._p.append(parse_xml(f'<w:ins xmlns:w="{word}"><w:r><w:t> not</w:t></w:r></w:ins>'))
    document.save(str(file))


def _edit_text(file: Path) -> None:
    changed = file.read_text(encoding="utf-8").replace("twelve", "twenty")
    file.write_text(changed, encoding="utf-8")


def _edit_shown_sheet(file: Path) -> None:
    book = load_workbook(file)
    cell = book["Comparison"]["B2"]
    cell.value = cell.value.replace("twelve", "twenty")
    book.save(file)


def _edit_kept_sheet(file: Path) -> None:
    book = load_workbook(file)
    for row in book["Quotes"].iter_rows():
        for cell in row:
            cell.value = str(cell.value or "").replace("twelve", "twenty")
    book.save(file)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        (".docx", _edit_word),
        (".docx", _insert_word_as_a_tracked_change),
        (".md", _edit_text),
        (".ris", _edit_text),
        (".json", _edit_text),
        (".csl.json", _edit_text),
        (".csv", _edit_text),
        (".xlsx", _edit_shown_sheet),
        (".xlsx", _edit_kept_sheet),
    ],
)
def test_one_changed_word_of_a_quote_is_found(
    publish_texts: Callable[..., Any], tmp_path: Path, name: str, edit: Callable[[Path], None]
) -> None:
    held = publish_texts(arden=PLAIN)
    file = tmp_path / f"export{name}"
    table = name in (".csv", ".xlsx")
    said = held.comparison(("arden", PLAIN)) if table else held.answer("arden", PLAIN)
    write_export(said, file)
    edit(file)
    findings = held.checker().check(read_export(file))
    wrong = [finding for finding in findings if not finding.holds]
    assert [finding.state for finding in wrong] == ["altered"]
    assert edit is _insert_word_as_a_tracked_change or "“twenty”" in wrong[0].words


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.txt", b"words", "those end in .docx"),
        ("x.docx", b"not a zip", "is no export"),
        ("x.docx", b"PK\x05\x06" + b"\0" * 18, "is no export"),
        ("x.xlsx", b"PK\x03\x04junk", "is no export"),
        ("x.json", b"{", "is no export"),
        ("x.json", b"{}", "no quote"),
        ("x.json", b"7", "neither an answer"),
        ("x.json", b'{"citations": [{"document_id": "a"}]}', "is no export"),
        ("x.json", b'{"citations": 7}', "is no export"),
        ("x.csl.json", b'[{"type": "bill"}]', "is no export"),
        ("x.csl.json", b"[7]", "is no export"),
        ("x.md", b"# A memo\n\n> words\n", "no quote"),
        ("x.md", b"---\n: [\n---\n", "is no export"),
        ("x.ris", b"TY  - CASE\r\nER  - \r\n", "no quote"),
        ("x.ris", b"\xff\xfe\x00", "is no export"),
        ("x.csv", b"a,b\n1,2\n", "no quote"),
        ("x.csv", b"", "no quote"),
    ],
)
def test_what_is_no_export_is_said_in_one_line(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(NotAnExport, match=said) as caught:
        read_export(file)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotAnExport, match="cannot be read"):
        read_export(tmp_path / "none.docx")


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("pdf", "x.docx", "unknown format 'pdf'"),
        (None, "x.pdf", "ends in one of"),
        (None, None, "ends in one of"),
    ],
)
def test_an_unknown_format_is_answered_with_the_known_ones(
    name: str | None, file: str | None, said: str
) -> None:
    with pytest.raises(ExportError, match=said):
        format_of(name, file)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_an_answer_is_no_table(publish_texts: Callable[..., Any], name: str) -> None:
    held = publish_texts(code=PLAIN)
    with pytest.raises(ExportError, match="it can be docx"):
        exported(held.answer("code", PLAIN), FORMATS[name])
