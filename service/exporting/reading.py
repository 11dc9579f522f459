"""A file that was taken away, read back: what is seen in it is what is checked.

A quote is read where a person reads it, so that a changed word is found wherever it was changed.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pincite.errors import UsageError
from service.exporting.check_line import read_check_line
from service.exporting.checking import Export
from service.exporting.markdown import unescaped
from service.exporting.paper import Json, Quoted, settled
from service.exporting.tables import QUOTES, SHOWN, unharmed

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 200_000_000


class NotAnExport(UsageError):
    """A file in which no quote can be found that says where it is from."""


class Claim(BaseModel):
    """What JSON must say of a quote before it can be checked."""

    model_config = ConfigDict(extra="ignore", strict=True)

    document_id: str = Field(max_length=300)
    version: str = Field(pattern=r"^[0-9a-f]{64}$")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    citation: str = ""
    channel: str = "law"
    status: str = "unknown"

    def quoted(self) -> Quoted:
        """The claim as a quote."""
        return Quoted(**self.model_dump(), title="", kind="", authority="")


def read_export(path: Path) -> Export:
    """The quotes of a file. Raises NotAnExport, in one line."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise NotAnExport(f"{path}: cannot be read: {error.strerror}") from None
    if size > _MOST_BYTES:
        raise NotAnExport(f"{path}: has {size:,} bytes; an export has {_MOST_BYTES:,} at most")
    name = next((suffix for suffix in READERS if path.name.lower().endswith(suffix)), None)
    if name is None:
        known = ", ".join(READERS)
        raise NotAnExport(f"{path}: is no export of Pincite; those end in {known}")
    try:
        export = READERS[name](data)
    except _BROKEN as error:
        said = str(error).splitlines() or [type(error).__name__]
        raise NotAnExport(f"{path}: is no export that can be read: {said[0][:200]}") from None
    if not export.quotes:
        raise NotAnExport(f"{path}: holds no quote that says where it is from")
    return export


def _from_json(data: bytes) -> Export:
    said = json.loads(data)
    if isinstance(said, list):
        return _from_csl(said)
    if not isinstance(said, dict):
        raise ValueError("neither an answer nor a list of references")
    claims = [Claim.model_validate(claim).quoted() for claim in _claims(said)]
    index = said.get("index")
    generation = index.get("generation") if isinstance(index, dict) else None
    return Export(tuple(claims), _word(generation), _word(said.get("as_of")))


def _claims(said: Json) -> Iterator[Any]:
    for name in ("citations", "nearest", "hits"):
        for citation in said.get(name) or ():
            yield citation
            yield from (one["citation"] for one in citation.get("companions") or ())
    for row in said.get("rows") or ():
        yield from (cell["citation"] for cell in row["cells"] if cell.get("citation"))


def _from_csl(items: Sequence[Any]) -> Export:
    kept = [item["custom"]["pincite"] for item in items]
    claims = tuple(Claim.model_validate(one).quoted() for one in kept)
    first: Json = kept[0] if kept else {}
    return Export(claims, _word(first.get("generation")), _word(first.get("as_of")))


def _from_ris(data: bytes) -> Export:
    quotes, quote = [], ""
    facts: dict[str, str] = {}
    for line in data.decode("utf-8-sig").splitlines():
        tag, value = line[:2], line[6:]
        if tag == "N1" and value.startswith("Quote: "):
            quote = value.removeprefix("Quote: ")
        elif tag == "N1" and (quoted := read_check_line(value, quote)):
            quotes.append(quoted)
        elif tag == "N1":
            name, _, rest = value.partition(": ")
            facts.setdefault(name, rest)
    return Export(tuple(quotes), *_made(facts))


def _from_markdown(data: bytes) -> Export:
    text = data.decode("utf-8-sig")
    quotes, quote = [], []
    for line in _after_front_matter(text):
        if line.startswith(">"):
            quote.append(unescaped(line[1:].strip()))
        elif quoted := read_check_line(line, "\n".join(quote)):
            quotes.append(quoted)
            quote = []
    facts = _front_matter(text)
    return Export(tuple(quotes), _word(facts.get("generation")), _word(facts.get("as_of")))


def _front_matter(text: str) -> Json:
    found = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.S)
    said = yaml.safe_load(found[1]) if found else None
    return said if isinstance(said, dict) else {}


def _after_front_matter(text: str) -> list[str]:
    return re.sub(r"\A---\r?\n.*?\r?\n---\r?\n", "", text, flags=re.S).splitlines()


def _from_word(data: bytes) -> Export:
    import docx

    from service.exporting.word import CHECK, QUOTE

    _room(data)
    document = docx.Document(BytesIO(data))
    names = {style.style_id: style.name for style in document.styles}
    quotes, quote, facts = [], list[str](), dict[str, str]()
    for paragraph in document.element.body.iter(f"{_W}p"):
        style, text = _style(paragraph, names), _text(paragraph)
        if style == QUOTE:
            quote.append(text)
        elif quoted := read_check_line(text, "\n".join(quote)) if style == CHECK else None:
            quotes.append(quoted)
            quote = []
        elif ": " in text:
            name, _, rest = text.partition(": ")
            facts.setdefault(name, rest)
    return Export(tuple(quotes), *_made(facts))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}


def _style(paragraph: Any, names: Mapping[str, str]) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return names.get(found.get(f"{_W}val"), "") if found is not None else ""


def _text(paragraph: Any) -> str:
    """What a reader sees, words under an insertion that nobody accepted included."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        else:
            pieces.append(_BREAKS.get(element.tag, ""))
    return "".join(pieces)


def _from_csv(data: bytes) -> Export:
    csv.field_size_limit(_MOST_BYTES)
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    quotes = []
    for row in rows:
        for name, value in row.items():
            if not isinstance(name, str) or not name.endswith(" check") or not value:
                continue
            quote = unharmed(row.get(f"{name.removesuffix(' check')} quote") or "")
            if quoted := read_check_line(unharmed(value), quote):
                quotes.append(quoted)
    facts = {unharmed(k): unharmed(v or "") for k, v in (rows[0] if rows else {}).items() if k}
    return Export(tuple(quotes), *_made(facts))


def _from_workbook(data: bytes) -> Export:
    _room(data)
    book = load_workbook(BytesIO(data), read_only=False, data_only=True)
    head, *rows = book[QUOTES].iter_rows(values_only=True)
    shown = book[SHOWN]
    quotes = []
    for values in rows:
        row = {str(name): str(value or "") for name, value in zip(head, values, strict=True)}
        quoted = read_check_line(row["check"], row["quote"])
        if quoted is None:
            continue
        quotes.append(quoted)
        seen = str(shown.cell(int(row["row"]), int(row["column"])).value or "")
        # The table is what a person reads: a word that was changed there counts too.
        if settled(quoted.quote) not in settled(seen):
            quotes.append(replace(quoted, quote=seen.partition("\n\n")[0]))
    about = book["About"].iter_rows(values_only=True) if "About" in book.sheetnames else ()
    facts = {str(row[0]): str(row[1]) for row in about if len(row) > 1}
    return Export(tuple(quotes), *_made(facts))


def _room(data: bytes) -> None:
    """Refuse a file that unpacks to more than any export would."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError("it unpacks to more than an export would")


def _made(facts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The generation and the day, as the facts of a memo name them."""
    generation = facts.get("Index generation", "").partition(",")[0].strip()
    return generation or None, facts.get("Law as of") or None


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


_BROKEN = (
    ValueError,  # JSON, Unicode and validation errors are of this kind
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    csv.Error,
    yaml.YAMLError,
    zipfile.BadZipFile,
    ValidationError,
)

READERS: dict[str, Callable[[bytes], Export]] = {
    ".docx": _from_word,
    ".csl.json": _from_json,
    ".json": _from_json,
    ".md": _from_markdown,
    ".ris": _from_ris,
    ".csv": _from_csv,
    ".xlsx": _from_workbook,
}
