"""Hostile documents at every door: pages, the terminal, JSON, downloads; words, no more."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement, document_fromstring
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from pincite.console import print_value
from pincite.unseen import UNSEEN
from service.engine import Engine
from service.exporting.formats import FORMATS, exported
from service.printing import print_answer, print_document, print_documents, print_hits

Json = dict[str, Any]
Page = Callable[[str], HtmlElement]
with (Path(__file__).parent / "documents.toml").open("rb") as table:
    DOCUMENTS = [one for one in tomllib.load(table)["document"] if not one.get("unread")]
_ESCAPE = re.compile(r"\x1b(?!\[[\d;]*m)")  # colours are ours; nothing else is


def named(document: Json) -> str:
    return str(document["name"])


def kind_of(document: Json) -> str:
    return str(document.get("kind") or document["file"].split("/")[0])


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_page_shows_words_and_nothing_that_runs_or_leads_away(
    door: TestClient, from_hostile: dict[str, str], harmless_page: Page, document: Json
) -> None:
    id = from_hostile[document["file"]]
    length = door.get(f"/v1/documents/{id}/text", params={"end": 0}).json()["characters"]
    shown = door.get(f"/documents/{id}", params={"start": 0, "end": min(length, 500)})
    asked = door.get("/", params={"q": document["question"], "kind": kind_of(document)})
    for page in (shown, asked):
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        harmless_page(page.text)
    words = " ".join(harmless_page(shown.text).text_content().split())
    assert document["shown"][0] in words


def test_the_list_of_documents_and_files_is_harmless(door: TestClient, harmless_page: Page) -> None:
    words = harmless_page(door.get("/documents").text).text_content()
    assert "=HYPERLINK(" in words
    assert "<script>" in words


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_the_original_is_a_download_of_a_plain_name(
    door: TestClient, from_hostile: dict[str, str], document: Json
) -> None:
    reply = door.get(f"/v1/documents/{from_hostile[document['file']]}/source")
    assert re.fullmatch(
        r'attachment; filename="[\w.-]+"', reply.headers["content-disposition"], re.ASCII
    )
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_terminal_gets_no_orders(
    door: TestClient,
    from_hostile: dict[str, str],
    document: Json,
    capsys: pytest.CaptureFixture[str],
    as_json: bool,
) -> None:
    id = from_hostile[document["file"]]
    bounds = {"question": document["question"], "kinds": [kind_of(document)]}
    answer = door.post("/v1/ask", json=bounds).json()
    found = door.get("/v1/search", params={"q": document["shown"][0]}).json()
    text = door.get(f"/v1/documents/{id}/text").json()
    shown = {**door.get(f"/v1/documents/{id}").json(), **text}
    for value, otherwise in _printed(answer, found, shown):
        print_value(value, as_json, otherwise)
    out = capsys.readouterr().out
    assert _ESCAPE.search(out) is None
    assert UNSEEN.sub("", out.replace("\x1b", "")) == out.replace("\x1b", "")
    assert "[red]" not in document.get("text", "") or "[red]" in out


def _printed(*values: Json) -> Iterator[tuple[Json, Callable[[Any], None]]]:
    yield from zip(values, (print_answer, print_hits, print_document), strict=True)


def test_a_listing_for_a_terminal_shows_names_as_names(
    door: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = door.get("/v1/documents").json()
    print_value(listed, False, print_documents)
    print_value(listed, True, print_documents)
    out = capsys.readouterr().out
    assert _ESCAPE.search(out) is None
    assert UNSEEN.search(out.replace("\x1b", "")) is None
    read = json.loads(out[out.index("\n{\n") :])
    assert read["documents"] == listed["documents"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_what_is_taken_away_runs_nowhere(
    door: TestClient, from_hostile: dict[str, str], document: Json, name: str
) -> None:
    found = door.get(
        "/v1/search", params={"q": document["shown"][0], "kind": kind_of(document), "top": 3}
    ).json()
    kind = FORMATS[name]
    said = found if "search" in kind.sorts else _compared(found)
    _HARMLESS[name](exported(said, kind))


def _compared(found: Json) -> Json:
    """A comparison whose cells are these hits, and whose places have hostile names."""
    places = [
        {"jurisdiction": f"zz/{n}", "name": f"=cmd|' /C calc'!A{n}"}
        for n in range(len(found["hits"]))
    ]
    cells = [
        {**place, "type": "quote", "words": "", "citation": hit}
        for place, hit in zip(places, found["hits"], strict=True)
    ]
    rows = [{"question": "=1+1", "cells": cells}]
    return {"rows": rows, "jurisdictions": places, "as_of": found["as_of"], "index": found["index"]}


def _markdown(data: bytes) -> None:
    body = data.decode().split("---\n", 2)[2]
    tree = document_fromstring(
        MarkdownIt("commonmark", {"html": True, "linkify": False}).render(body)
    )
    tags = {element.tag for element in tree.iter()}
    assert not tags & {"a", "img", "script", "iframe", "svg", "form", "style", "object", "input"}
    assert UNSEEN.search(data.decode()) is None


def _word(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        links = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
        body = archive.read("word/document.xml")
    assert b"External" not in links
    assert not re.search(rb"<w:(?:fldSimple|instrText|hyperlink|object|altChunk)\b", body)


def _records(data: bytes) -> None:
    lines = data.decode().split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert sum(line.startswith("TY  - ") for line in lines) == lines.count("ER  - ")


def _json(data: bytes) -> None:
    assert json.loads(data)


def _csv(data: bytes) -> None:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows
    assert not [
        cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    ]


def _sheet(data: bytes) -> None:
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


_HARMLESS: dict[str, Callable[[bytes], None]] = {
    "docx": _word,
    "ris": _records,
    "csl-json": _json,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
    "xlsx": _sheet,
}


def test_an_error_that_names_a_hostile_file_gives_no_orders_either(
    beset: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    from ingest.printing import print_report

    refusal = {"source": "a\x1b[2J\u202egpj.md", "reason": "empty", "detail": "\x9b31m"}
    report = {
        "refusals": [refusal],
        "removed": [],
        "files": 1,
        "seconds": 0.0,
        "published": False,
        "dry_run": True,
        **dict.fromkeys(("added", "changed", "unchanged"), 0),
    }
    print_report(report)
    out = capsys.readouterr().out
    assert "\ufffd[2J\ufffdgpj.md" in out
    assert UNSEEN.search(out) is None
