"""JSON records of the Legistar system to a Reading: the act's own text, its title and summary."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from ingest.readers.amendments import drafting_facts, mark_amendments, split_run_in
from ingest.readers.decoding import decode
from ingest.readers.draft import Draft
from ingest.readers.format import Format, Limits
from ingest.readers.rtf.reader import rtf_draft
from ingest.readers.section_signs import mend_section_signs
from pincite.errors import FileRefused
from pincite.types import Mark, Reading, Span

REVISION = 1
_NAME = "json"
_FACTS = {
    "Title": "title",
    "File": "file",
    "LocalLaw": "local_law",
    "TypeName": "type",
    "StatusName": "status",
    "IntroDate": "introduced",
    "PassedDate": "passed",
    "EnactmentDate": "enacted",
    "Version": "version",
    "BodyName": "body",
}

Record = Mapping[str, Any]
Facts = tuple[tuple[str, str], ...]


def read_legistar(data: bytes, limits: Limits) -> Reading:
    """The reading of a Legistar record; any other JSON is refused."""
    record = _record(data, limits)
    act, facts = _act(record, limits)
    draft = _framed(_string(record, "Title"), act, _string(record, "Summary"))
    if len(draft.text) > limits.max_chars:
        raise FileRefused("expands_too_much", f"over {limits.max_chars:,} characters of text")
    return draft.finish(_NAME, REVISION, (*_facts(record), *facts))


def _record(data: bytes, limits: Limits) -> Record:
    try:
        record = json.loads(decode(data, limits))
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileRefused("malformed", f"not JSON: {error}") from None
    if not isinstance(record, dict) or not {"Title", "File", "TypeName"} <= record.keys():
        raise FileRefused(
            "wrong_type", "JSON, but not a Legistar record; give its text as .txt or .md"
        )
    return cast(Record, record)


def _act(record: Record, limits: Limits) -> tuple[Draft, Facts]:
    """The text of the act: from its RTF, which shows new words, or else from its plain text."""
    rtf, text = _string(record, "RTF"), _string(record, "Text")
    try:
        return rtf_draft(_as_bytes(rtf), limits)
    except FileRefused as refusal:
        if not text:
            detail = f"the record holds no text of the act ({refusal.detail})"
            raise FileRefused("no_text", detail) from None
    draft = split_run_in(mark_amendments(mend_section_signs(Draft.of(text))))
    return draft, drafting_facts(draft, underlining=False)


def _as_bytes(rtf: str) -> str:
    """RTF whose characters stand for bytes; those beyond a byte become its Unicode escapes."""
    return "".join(c if ord(c) < 256 else _escaped(c) for c in rtf)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2))
    return "".join(f"\\u{code}\\'3f" for code in codes)


def _framed(title: str, act: Draft, summary: str) -> Draft:
    """The act below its title; the council's plain-language summary follows as a note."""
    head = f"{' '.join(title.split())}\n" if title else ""
    text = f"{head}{act.text}\n{summary}"
    shift = len(head)
    marks = [replace(m, span=_moved(m.span, shift)) for m in act.marks]
    repairs = tuple(replace(r, span=_moved(r.span, shift)) for r in act.repairs)
    around = [
        Mark(Span(0, shift), "heading", "1"),
        Mark(Span(shift + len(act.text), len(text)), "note"),
    ]
    return Draft(text, repairs=repairs).marked([*marks, *around])


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    for name, fact in _FACTS.items():
        if value := _string(record, name):
            yield fact, value.removesuffix("T00:00:00Z")
    for sponsor in record.get("Sponsors") or ():
        if isinstance(sponsor, dict) and (name := _string(sponsor, "FullName")):
            yield "sponsor", name


def _string(record: Record, name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


JSON = Format(_NAME, REVISION, (".json",), read_legistar)
