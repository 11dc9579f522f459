"""Questions with gold spans over a catalogued corpus: `questions*.jsonl`, one object a line.

    {"id": "c-1", "text": "May a city ...?", "kind": "clause", "voice": "staff", "family": "usc",
     "place": null, "as_of": null, "expect": null, "answer": "No: ...",
     "groups": [[{"document": "usc-8-1373", "quote": "verbatim words", "pinpoint": "§ 1373(a)",
                  "channel": "law", "version": "9f...", "start": 120, "end": 134}]]}

A right answer covers every group; inside a group any support will do. A question that the corpus
cannot answer has no groups, and `expect` names the reason to be given, or "any".
`python -m eval.freezing` writes version, start and end. `families.toml` tells each document's
family and half; a question's half is its family's. Option: `catalogue`, a path from the
benchmark's folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from eval.collection import Catalogued
from eval.formats.rows import Row, json_lines, toml_file, unique
from eval.formats.source import Content, Format, Source
from eval.words import Case, Group, QuestionKind, Split, Support, Voice
from ingest.catalogue import load_catalogue
from pincite.kinds import Channel
from pincite.types import Question, Reason, Span

FAMILIES = "families.toml"
ANY_REASON = "any"
FROZEN = ("version", "start", "end")
_ASKED = ("id", "text", "kind", "voice", "family", "place", "as_of")
_QUESTION = (*_ASKED, "expect", "answer", "groups")
_SUPPORT = ("document", "quote", "pinpoint", "channel", *FROZEN)


@dataclass(frozen=True, slots=True)
class Families:
    """Which family a document belongs to, and which half a family."""

    of: Mapping[str, str]
    halves: Mapping[str, Split]


def question_files(folder: Path) -> tuple[Path, ...]:
    """The question files of a benchmark, in the order of their names."""
    return tuple(sorted(folder.glob("questions*.jsonl")))


def files(source: Source) -> tuple[Path, ...]:
    """Questions, families if any, and the catalogue."""
    families = source.folder / FAMILIES
    named = question_files(source.folder) or (source.folder / "questions.jsonl",)
    return (*named, *((families,) if families.exists() else ()), _catalogue(source))


def load(source: Source) -> Content:
    """The questions, and the catalogued files that they are asked over."""
    families = read_families(source.folder / FAMILIES)
    known = {entry.id for entry in load_catalogue(_catalogue(source))}
    seen: dict[str, int | None] = {}
    cases = list[Case]()
    for file in question_files(source.folder):
        for row in json_lines(file):
            unique(row, "id", row.text("id"), seen)
            case = _case(row, families)
            _check(row, case, families, known)
            cases.append(case)
    return Content(tuple(cases), collection_of(source))


def collection_of(source: Source) -> Catalogued:
    """The catalogued files. Without `data` they lie beside their catalogue."""
    catalogue = _catalogue(source)
    root = source.data if source.data != source.folder else catalogue.parent
    return Catalogued(catalogue, root, source.settings)


def read_families(path: Path) -> Families | None:
    """The families of a benchmark; None where it has no such file. Halves must be disjoint."""
    if not path.exists():
        return None
    of, halves = dict[str, str](), dict[str, Split]()
    for row in toml_file(path).rows("family"):
        row.only(("name", "split", "documents"))
        name = row.text("name")
        if name in halves:
            raise row.error("name", f"{name!r} occurs twice")
        halves[name] = row.choice("split", get_args(Split))
        for document in row.texts("documents"):
            if document in of:
                raise row.error("documents", f"{document!r} is in the family {of[document]!r} too")
            of[document] = name
    return Families(of, halves)


def _catalogue(source: Source) -> Path:
    path: str = source.options["catalogue"]
    return (source.folder / path).resolve()


def _case(row: Row, families: Families | None) -> Case:
    row.only(_QUESTION)
    family = row.text("family")
    groups = tuple(Group(tuple(_supports(group))) for group in row.grouped("groups"))
    return Case(
        id=row.text("id"),
        question=Question(row.text("text"), place=row.optional("place"), as_of=row.day("as_of")),
        answerable=bool(groups),
        groups=groups,
        expected=_expected(row),
        kind=row.choice("kind", get_args(QuestionKind)),
        voice=row.choice("voice", get_args(Voice)),
        family=family,
        split=families.halves.get(family) if families else None,
        answer=row.optional("answer") or "",
    )


def _expected(row: Row) -> Reason | None:
    if row.optional("expect") in (None, ANY_REASON):
        return None
    reason: Reason = row.choice("expect", (*get_args(Reason),))
    return reason


def _supports(rows: tuple[Row, ...]) -> Iterator[Support]:
    for row in rows:
        row.only(_SUPPORT)
        quote = row.text("quote")
        if "version" not in row.values:
            raise row.error("version", "is missing: run `python -m eval.freezing BENCHMARK`")
        span = Span(row.number("start"), row.number("end"))
        if span.end - span.start != len(quote):
            raise row.error("end", f"the quote has {len(quote)} characters, the span has not")
        yield Support(
            document_id=row.text("document"),
            version=row.text("version"),
            span=span,
            quote=quote,
            pinpoint=row.optional("pinpoint") or "",
            channel=row.choice("channel", get_args(Channel)) if row.optional("channel") else None,
        )


def _check(row: Row, case: Case, families: Families | None, known: set[str]) -> None:
    """What the fields must be to each other."""
    if any(not group.supports for group in case.groups):
        raise row.error("groups", "a group is empty; leave it out")
    if case.groups and row.optional("expect"):
        raise row.error("expect", "must be null where groups answer the question")
    if not case.groups and not row.optional("expect"):
        raise row.error("expect", f"must name a reason or be {ANY_REASON!r}: there are no groups")
    if families and case.family not in families.halves:
        raise row.error("family", f"{case.family!r} is not in {FAMILIES}")
    for document in {one.document_id for group in case.groups for one in group.supports}:
        if document not in known:
            raise row.error("groups", f"{document!r} is not in the catalogue")
        home = families.of.get(document) if families else None
        if families and (home is None or families.halves[home] != case.split):
            raise row.error("groups", f"{document!r} is not of the question's half, {case.split}")


FORMAT = Format(load, files, {"catalogue": str}, required=("catalogue",))
