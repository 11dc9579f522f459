"""Hostile and damaged files through the whole reading path: each ends in time, with a word."""

from __future__ import annotations

import gzip
import io
import json
import random
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused
from pincite.types import Reading

LIMITS = Limits(seconds=30, memory_mb=1024, max_pages=500, max_chars=20_000_000)
SECRET = "the passphrase is heliotrope"
MEGABYTE = 2**20
READ = "read"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "laugh">' for n in range(12)
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as sandbox:
        yield sandbox


def outcome(sandbox: Sandbox, data: bytes, suffix: str) -> tuple[str, Reading | FileRefused]:
    """What a file came to, a reason or "read"; within seconds, and the next file is read."""
    start = time.monotonic()
    try:
        found: Reading | FileRefused = sandbox.read(data, suffix)
    except FileRefused as refused:
        found = refused
    assert time.monotonic() - start < LIMITS.seconds
    assert "after" in sandbox.read(b"What comes after.", ".txt").text
    return (found.reason if isinstance(found, FileRefused) else "read"), found


def docx(
    body: str = "<w:p><w:r><w:t>Text.</w:t></w:r></w:p>",
    head: str = "",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """A Word file with this body; `head` stands before its root, `more` are other members."""
    kinds = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{kinds}content-types"><Default Extension="xml" ContentType='
            '"application/xml"/><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{kinds}relationships"><Relationship Id="r1" Type="{office}"'
            ' Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": (
            f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        ).encode(),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def legistar(**fields: object) -> bytes:
    record = {"Title": "A Local Law", "File": "Int 1", "TypeName": "Introduction", **fields}
    return json.dumps(record).encode()


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return ("---\n" + "\n".join(lines) + "\n---\nThe text.").encode()


# What it is, the ending, the bytes, and what becomes of it.
TEXTS: list[tuple[str, str, Callable[[], bytes], set[str]]] = [
    ("white space", ".txt", lambda: b" \n\t\r\n" * 1000, {"empty", "no_text"}),
    ("noise", ".txt", lambda: noise(200_000), {"wrong_type", "unknown_encoding"}),
    ("a program", ".txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(5000), {"unknown_encoding"}),
    ("a gzip", ".txt", lambda: gzip.compress(noise(5000)), {"wrong_type", "unknown_encoding"}),
    ("NULs only", ".txt", lambda: bytes(10_000), {"wrong_type", "unknown_encoding", "no_text"}),
    ("noise", ".md", lambda: noise(200_000), {"wrong_type", "unknown_encoding"}),
    ("noise", ".html", lambda: noise(200_000), {"wrong_type", "unknown_encoding", "malformed"}),
    ("noise", ".rtf", lambda: noise(200_000), {"wrong_type"}),
    ("noise", ".docx", lambda: noise(200_000), {"wrong_type", "malformed"}),
    ("noise", ".xml", lambda: noise(200_000), {"wrong_type", "malformed"}),
    ("noise", ".json", lambda: noise(200_000), {"wrong_type", "unknown_encoding", "malformed"}),
    ("noise", ".pdf", lambda: noise(200_000), {"wrong_type"}),
    # markup that nests or never ends
    ("deep divs", ".html", lambda: b"<p>Words.</p>" + b"<div>" * 100_000, {READ, "malformed"}),
    ("open bolds", ".html", lambda: b"<p>" + b"<b>x" * 50_000, {READ, "malformed"}),
    ("deep lists", ".html", lambda: b"<ol><li>a" * 20_000, {READ, "malformed"}),
    ("deep tables", ".html", lambda: b"<table><tr><td>a" * 10_000, {READ, "malformed"}),
    ("one tag", ".html", lambda: b"<p " + b"a=b " * 200_000 + b">Words", {READ, "no_text"}),
    ("open comment", ".html", lambda: b"<p>Words.</p><!--" + b"-" * MEGABYTE, {READ}),
    ("open script", ".html", lambda: b"<p>Words.</p><script>" + b"x" * MEGABYTE, {READ}),
    (
        "a picture",
        ".html",
        lambda: b'<p>a<img src="data:;base64,%s">' % (b"A" * 5 * MEGABYTE),
        {READ},
    ),
    ("deep groups", ".rtf", lambda: b"{\\rtf1 " + b"{" * 100_000, {"malformed"}),
    ("endless groups", ".rtf", lambda: b"{\\rtf1 " + b"{a}" * 100_000 + b"}", {READ}),
    ("bin bomb", ".rtf", lambda: b"{\\rtf1 Words. \\bin2147483647 xx}", {READ, "truncated"}),
    ("bin negative", ".rtf", lambda: b"{\\rtf1 Words. \\bin-5 xx}", {READ, "truncated"}),
    ("uc bomb", ".rtf", lambda: b"{\\rtf1 \\uc999999999 \\u65 Words.}", {READ, "no_text"}),
    ("numbers", ".rtf", lambda: b"{\\rtf1 \\u" + b"9" * 100_000 + b" Words.}", {READ, "malformed"}),
    (
        "cut off",
        ".rtf",
        lambda: b"{\\rtf1\\ansi {\\fonttbl{\\f0 Ari",
        {"truncated", "no_text", "malformed"},
    ),
    ("deep arrays", ".json", lambda: b"[" * 100_000, {"malformed"}),
    ("deep objects", ".json", lambda: b'{"a":' * 100_000, {"malformed"}),
    ("long number", ".json", lambda: b'{"Title":' + b"9" * 100_000 + b"}", {"malformed"}),
    ("another record", ".json", lambda: b'{"a": [1, 2]}', {"wrong_type"}),
    ("wrong types", ".json", lambda: legistar(Text=[1], RTF={"a": 1}), {"no_text", "malformed"}),
    ("half letters", ".json", lambda: legistar(Text="Be it \ud800 enacted."), {READ, "malformed"}),
    ("RTF bomb inside", ".json", lambda: legistar(RTF="{\\rtf1 " + "{" * 100_000), {"no_text"}),
    ("deep quotes", ".md", lambda: b">" * 100_000 + b" a", {"malformed"}),
    (
        "deep lists",
        ".md",
        lambda: "\n".join("  " * n + "- a" for n in range(1000)).encode(),
        {READ, "malformed"},
    ),
    ("YAML bomb", ".md", yaml_bomb, {READ}),
    (
        "YAML object",
        ".md",
        lambda: b"---\na: !!python/object/apply:os._exit [7]\n---\nText.",
        {READ},
    ),
    # XML
    ("deep", ".xml", lambda: b"<a>" * 100_000, {"malformed", "expands_too_much"}),
    ("cut off", ".xml", lambda: b"<law><section>Text", {"malformed", "truncated"}),
    (
        "two encodings",
        ".xml",
        lambda: b'<?xml version="1.0" encoding="utf-16"?><a>b</a>',
        {READ, "malformed"},
    ),
    (
        "a lot of names",
        ".xml",
        lambda: b"<a>" + b"".join(b"<n%d/>" % n for n in range(50_000)) + b"x</a>",
        {READ},
    ),
    (
        "laughs",
        ".xml",
        lambda: f"<!DOCTYPE a [{LAUGHS}]><a>&l11;</a>".encode(),
        {"expands_too_much", "malformed"},
    ),
    (
        "quadratic",
        ".xml",
        lambda: b'<!DOCTYPE a [<!ENTITY b "%s">]><a>%s</a>' % (b"b" * 50_000, b"&b;" * 50_000),
        {"expands_too_much", "malformed"},
    ),
    ("laughs", ".html", lambda: f"<!DOCTYPE a [{LAUGHS}]><p>a &l11; b</p>".encode(), {READ}),
    (
        "entity loop",
        ".xml",
        lambda: b'<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c "&b;">]><a>&b;</a>',
        {"expands_too_much", "malformed"},
    ),
    # DOCX
    ("cut off", ".docx", lambda: docx()[:300], {"malformed", "truncated"}),
    ("another ZIP", ".docx", lambda: zipped({"a.txt": b"a"}), {"wrong_type", "malformed"}),
    ("no body", ".docx", lambda: docx("<w:p/>"), {"no_text"}),
    (
        "zip bomb",
        ".docx",
        lambda: docx(more={"word/styles.xml": bytes(300 * MEGABYTE)}),
        {"expands_too_much"},
    ),
    ("body bomb", ".docx", lambda: docx(" " * 100 * MEGABYTE), {"expands_too_much"}),
    (
        "picture bomb",
        ".docx",
        lambda: docx(more={"word/media/a.png": bytes(300 * MEGABYTE)}),
        {READ, "expands_too_much"},
    ),
    (
        "many members",
        ".docx",
        lambda: docx(more={f"a{n}.xml": b"" for n in range(30_000)}),
        {READ, "expands_too_much"},
    ),
    (
        "laughs",
        ".docx",
        lambda: docx("<w:p>&l11;</w:p>", f"<!DOCTYPE a [{LAUGHS}]>"),
        {"expands_too_much", "malformed"},
    ),
    ("deep tables", ".docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 5000), {"malformed"}),
    (
        "encrypted",
        ".docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        {"encrypted", "wrong_type"},
    ),
]


@pytest.mark.parametrize(
    ("suffix", "make", "outcomes"),
    [pytest.param(*row, id=f"{row[0]}: {what}") for what, *row in TEXTS],
)
def test_a_hostile_file_is_read_or_refused_with_a_word(
    sandbox: Sandbox, suffix: str, make: Callable[[], bytes], outcomes: set[str]
) -> None:
    word, found = outcome(sandbox, make(), suffix)
    assert word in outcomes, found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_known_encodings_give_the_same_words(sandbox: Sandbox, suffix: str, encoding: str) -> None:
    text = (
        "The caf\u00e9\u2019s \u201cd\u00e9tente\u201d under \u00a7 1373 \u2014 no officer asks. "
        * 3
    )
    assert sandbox.read(text.encode(encoding), suffix).text.split() == text.split()


@pytest.mark.parametrize(
    "data",
    [
        "No officer shall ask. ".encode("utf-16-le") * 20,  # no byte order mark
        ("caf\u00e9 " * 30).encode() + b"caf\xe9 \x81\x8d\x8f " * 30,  # two encodings
        "No officer shall ask.".encode("utf-16") + b"x",
    ],
    ids=["UTF-16 without a mark", "mixed", "odd UTF-16"],
)
def test_words_that_cannot_be_told_from_their_bytes_are_not_guessed(
    sandbox: Sandbox, data: bytes
) -> None:
    assert outcome(sandbox, data, ".txt")[0] == "unknown_encoding"


# What makes a naive pattern or parser go back over the same characters again and again.
PATTERNS = {
    "parentheses": "(",
    "brackets": "[",
    "links": "[a](",
    "references": "![a][b",
    "section signs": "\u00a7",
    "stars": "*",
    "emphasis": "**a *b_c ",
    "bullets": "- ",
    "hyphens": "ab-\n",
    "spaces": " ",
    "lines": "\n",
    "one word": "a",
    "digits": "1",
    "quotes": "> ",
    "backticks": "`a",
    "open tags": "<a ",
    "entities": "&a",
    "clauses": "(a) (1) ",
    "page numbers": "Page 1 of 2\n",
    "headings": "# A\n",
    "dotted leaders": ". ",
    "deleted words": "[a ",
    "combining accents": "\u0301",
    "soft hyphens": "a\u00ad",
}
WRAPPED: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".md": str.encode,
    ".html": lambda text: f"<h1>T</h1><p>{text}</p>".encode(),
    ".rtf": lambda text: f"{{\\rtf1 {text}}}".encode("ascii", "replace"),
    ".xml": lambda text: f"<a><![CDATA[{text}]]></a>".encode(),
    ".json": lambda text: legistar(Text=text),
    ".docx": lambda text: docx(f"<w:p><w:r><w:t><![CDATA[{text}]]></w:t></w:r></w:p>"),
}


@pytest.mark.parametrize("suffix", WRAPPED)
@pytest.mark.parametrize("what", PATTERNS)
def test_no_repetition_makes_a_reader_slow(sandbox: Sandbox, what: str, suffix: str) -> None:
    size, piece = 50_000, PATTERNS[what]
    text = f"Words {(piece * size)[:size]} and more."
    word, found = outcome(sandbox, WRAPPED[suffix](text), suffix)
    assert word in {READ, "malformed", "no_text", "expands_too_much"}, found


@pytest.fixture
def server() -> Iterator[tuple[int, Callable[[], bool]]]:
    """A port on this machine, and whether anything has called there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)

        def called() -> bool:
            try:
                listening.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield listening.getsockname()[1], called


# {file} is a file that the reader may not look into, {url} an address that it may not call.
OUTSIDE = {
    "a file as entity": (".xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "{file}">]><a>x &b; y</a>'),
    "an address as entity": (".xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "{url}">]><a>x &b; y</a>'),
    "an outer DTD": (".xml", '<!DOCTYPE a SYSTEM "{url}"><a>x</a>'),
    "a parameter entity": (
        ".xml",
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "{url}"> %b;]><a>x</a>',
    ),
    "XInclude": (
        ".xml",
        '<a xmlns:i="http://www.w3.org/2001/XInclude">x<i:include href="{file}" parse="text"/>'
        '<i:include href="{url}"/></a>',
    ),
    "a style sheet": (
        ".xml",
        '<?xml-stylesheet type="text/xsl" href="{url}"?><a>x <b>document("{file}")</b></a>',
    ),
    "a schema": (
        ".xml",
        '<a xmlns:s="http://www.w3.org/2001/XMLSchema-instance"'
        ' s:noNamespaceSchemaLocation="{url}">x</a>',
    ),
    "an entity in HTML": (
        ".html",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "{file}">]><p>x &b; y</p>',
    ),
    "what a page embeds": (
        ".html",
        '<link rel="stylesheet" href="{url}"><base href="{url}"><script src="{url}"></script>'
        '<p>x<img src="{url}"><iframe src="{file}"></iframe><object data="{file}"></object></p>',
    ),
    "an image in Markdown": (".md", "x ![a]({url}) <img src='{url}'> [b]({file})"),
    "a field in RTF": (
        ".rtf",
        '{{\\rtf1 x {{\\field{{\\*\\fldinst INCLUDETEXT "{file}"}}{{\\fldrslt y}}}}'
        " {{\\*\\template {url}}}}}",
    ),
}


@pytest.mark.parametrize("what", [*OUTSIDE, "an entity in DOCX", "a template of DOCX"])
def test_nothing_outside_the_file_is_read_or_called(
    sandbox: Sandbox,
    server: tuple[int, Callable[[], bool]],
    tmp_path: Path,
    what: str,
) -> None:
    port, called = server
    (tmp_path / "secret.txt").write_text(SECRET)
    file, url = (tmp_path / "secret.txt").as_uri(), f"http://127.0.0.1:{port}/x"
    if what in OUTSIDE:
        suffix, template = OUTSIDE[what]
        data = template.format(file=file, url=url).encode()
    elif what == "an entity in DOCX":
        head = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{file}"><!ENTITY c SYSTEM "{url}">]>'
        suffix = ".docx"
        data = docx("<w:p><w:r><w:t>x &b; &c;</w:t></w:r></w:p>", head)
    else:
        kinds = "http://schemas.openxmlformats.org/"
        rels = (
            f'<Relationships xmlns="{kinds}package/2006/relationships"><Relationship Id="r1"'
            f' Type="{kinds}officeDocument/2006/relationships/attachedTemplate" Target="{url}"'
            ' TargetMode="External"/></Relationships>'
        )
        suffix, data = ".docx", docx(more={"word/_rels/document.xml.rels": rels.encode()})
    _, found = outcome(sandbox, data, suffix)
    assert not called()
    assert "heliotrope" not in repr(found)


def test_names_in_a_docx_lead_nowhere(sandbox: Sandbox, tmp_path: Path) -> None:
    goal = tmp_path / "written.xml"
    names = [str(goal), "../" * 12 + str(goal).lstrip("/"), "word/../../../x.xml", "C:\\x.xml"]
    data = docx(more=dict.fromkeys(names, b"<a/>"))
    assert sandbox.read(data, ".docx").text == "Text."
    assert not goal.exists()
