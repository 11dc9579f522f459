"""References for other programs: CSL-JSON and RIS, one record a quote.

CSL 1.0.2's `custom` holds what `verify` reads; RIS has no such place, so notes (N1) hold it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from pincite.kinds import Kind
from service.exporting.check_line import check_line
from service.exporting.paper import Json, Paper, Quoted, inert, settled

# (CSL type, RIS type). A resolution is no law of CSL's "legislation" here; what is neither
# enacted nor decided is never listed as what is.
TYPES: dict[Kind, tuple[str, str]] = {
    Kind.CONSTITUTION: ("legislation", "STAT"),
    Kind.STATUTE: ("legislation", "STAT"),
    Kind.ORDINANCE: ("legislation", "STAT"),
    Kind.AMENDING_ACT: ("legislation", "STAT"),
    Kind.EXECUTIVE_ORDER: ("regulation", "LEGAL"),
    Kind.COURT_RULING: ("legal_case", "CASE"),
    Kind.DOJ_MEMO: ("report", "GOVDOC"),
    Kind.AGREEMENT: ("treaty", "GOVDOC"),
    Kind.BILL: ("bill", "BILL"),
    Kind.RESOLUTION: ("bill", "BILL"),
    Kind.FACT_SHEET: ("report", "GOVDOC"),
    Kind.TRANSCRIPT: ("hearing", "HEAR"),
    Kind.OP_ED: ("article-newspaper", "NEWS"),
    Kind.NEWS: ("article-newspaper", "NEWS"),
    Kind.OTHER: ("document", "GEN"),
}
# The reporter of a ruling: "521 U.S. 898", "82 Fed. Reg. 8799".
_REPORTED = re.compile(r"\b(?P<volume>\d{1,4}) (?P<name>[A-Z][\w. ]*?[\w.]) (?P<page>\d{1,6})\b")
_REPORTED_KINDS = (Kind.COURT_RULING, Kind.EXECUTIVE_ORDER)
_PRESS = (Kind.OP_ED, Kind.NEWS)


def csl_json(paper: Paper) -> bytes:
    """An array of CSL-JSON items."""
    items = [_item(quoted, paper) for quoted in paper.quotes]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()


def _item(quoted: Quoted, paper: Paper) -> Json:
    kind = Kind(quoted.kind)
    said: Json = {
        "id": f"{quoted.document_id}:{quoted.start}-{quoted.end}",
        "type": TYPES[kind][0],
        "title": _plain(quoted.title),
        "issued": _date_parts(quoted.issued),
        "author": [{"literal": name} for name in _people(quoted, kind)],
        "container-title": _plain(quoted.issuer) if kind in _PRESS else None,
        "authority": None if kind in _PRESS else _plain(quoted.issuer),
        "jurisdiction": quoted.jurisdiction,
        "status": quoted.status,
        "version": quoted.version,
        "URL": _plain(quoted.url),
        "page": _plain(quoted.page),
        "references": _plain(quoted.citation),
        "annote": inert(quoted.quote),
        "note": _plain(f"{quoted.citation}. {quoted.authority}; {quoted.dated}."),
        **_reported(quoted, kind),
        "custom": _custom(quoted, paper),
    }
    return {name: value for name, value in said.items() if value}


def _custom(quoted: Quoted, paper: Paper) -> Json:
    return {
        "pincite": {
            "document_id": quoted.document_id,
            "version": quoted.version,
            "start": quoted.start,
            "end": quoted.end,
            "quote": inert(quoted.quote),
            "citation": quoted.citation,
            "kind": quoted.kind,
            "lead": inert(quoted.said),
            "channel": quoted.channel,
            "authority": quoted.authority,
            "status": quoted.status,
            "standing": quoted.dated,
            "question": quoted.about,
            "place": quoted.column,
            "as_of": paper.as_of,
            "generation": paper.generation,
            "corpus": paper.corpus,
            "notices": list(paper.notices),
        }
    }


def ris(paper: Paper) -> bytes:
    """RIS records, one line a field, ended by carriage return and line feed."""
    return "".join(
        f"{tag}  - {value}\r\n" for quoted in paper.quotes for tag, value in _record(quoted, paper)
    ).encode()


def _record(quoted: Quoted, paper: Paper) -> Iterator[tuple[str, str]]:
    kind = Kind(quoted.kind)
    reported = _reported(quoted, kind)
    rows: list[tuple[str, Any]] = [
        ("ID", _short_id(quoted)),
        ("TI", quoted.title),
        *(("AU", name.replace("*", "")) for name in _people(quoted, kind)),
        ("T2", (quoted.issuer or "").replace("*", "") if kind in _PRESS else None),
        ("PB", None if kind in _PRESS else quoted.issuer),
        ("T2", reported.get("container-title")),
        ("VL", reported.get("volume")),
        ("SP", reported.get("page") or quoted.page),
        ("PY", (quoted.issued or "")[:4]),
        ("DA", (quoted.issued or "").replace("-", "/")),
        ("UR", quoted.url),
        ("KW", quoted.channel),
        ("KW", quoted.authority.replace("*", "")),
        ("N1", f"Cited as: {quoted.citation}"),
        ("N1", f"Standing: {quoted.dated}"),
        ("N1", f"Lead-in: {quoted.said}" if quoted.said else None),
        ("N1", f"Quote: {quoted.quote}"),
        ("N1", check_line(quoted)),
        *(("N1", f"{name}: {value}") for name, value in paper.facts),
        *(("N1", f"Note: {notice}") for notice in paper.notices),
    ]
    yield "TY", TYPES[kind][1]
    # One field is one line: words that hold a line break could begin a field of their own.
    yield from ((tag, settled(str(value))) for tag, value in rows if value)
    yield "ER", ""


def _short_id(quoted: Quoted) -> str:
    """At most 20 letters and digits, as the specification has it."""
    name = f"{quoted.document_id}:{quoted.version}:{quoted.start}:{quoted.end}"
    return hashlib.sha256(name.encode()).hexdigest()[:20].upper()


def _people(quoted: Quoted, kind: Kind) -> list[str]:
    """Who wrote or made it; a court does not write under a case's author."""
    if quoted.parties and kind is Kind.AGREEMENT:
        return [_plain(name) for name in quoted.parties]
    if quoted.author:
        return [_plain(quoted.author)]
    return [_plain(quoted.issuer)] if quoted.issuer and kind not in _PRESS else []


def _reported(quoted: Quoted, kind: Kind) -> Json:
    """Volume, reporter and first page, where the printed citation names them."""
    found = _REPORTED.search(quoted.citation) if kind in _REPORTED_KINDS else None
    if found is None:
        return {}
    return {"volume": found["volume"], "container-title": found["name"], "page": found["page"]}


def _date_parts(iso: str | None) -> Json | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None


def _plain(text: str | None) -> str:
    """One line that a citation processor does not read as markup: CSL-JSON knows HTML-like tags."""
    return settled(text or "").replace("<", "‹").replace(">", "›")
