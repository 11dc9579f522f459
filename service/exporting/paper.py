"""What is taken away, whatever file it becomes: questions, quotes, and all that checks them.

It is made from the plain values that the API gives, so a door that only has those can export too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pincite.types import Span

Json = dict[str, Any]
Part = Literal["answer", "nearest", "found", "cell"]
Sort = Literal["answer", "search", "comparison"]

# Not in XML 1.0, or turning the direction of what is read: neither may stand in a memo.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def inert(text: str) -> str:
    """The text with U+FFFD for each character that no file may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def settled(text: str) -> str:
    """The words alone: what is left of a quote in a file that keeps no line breaks."""
    return " ".join(inert(text).split())


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quote with what it is and where it stands.

    `about` is the question it answers; `lead` says how it goes with the quote before it, `said`
    whose words it is ("8 U.S.C. § 1373(a) provides:").
    """

    document_id: str
    version: str
    start: int
    end: int
    quote: str
    citation: str
    title: str
    kind: str
    channel: str
    authority: str
    status: str
    part: Part = "answer"
    about: str = ""
    column: str | None = None
    jurisdiction: str | None = None
    issuer: str | None = None
    parties: tuple[str, ...] = ()
    author: str | None = None
    page: str | None = None
    issued: str | None = None
    begins: str | None = None
    ends: str | None = None
    current_through: str | None = None
    url: str | None = None
    standing: str | None = None
    lead: str = ""
    said: str = ""
    marks: tuple[tuple[str, int, int], ...] = ()

    @property
    def span(self) -> Span:
        """The stretch of its text version."""
        return Span(self.start, self.end)

    @property
    def dated(self) -> str:
        """Its dates and how it stands, in words."""
        said = [self.standing or self.status.replace("_", " ")]
        if self.begins and self.begins not in said[0]:
            said.append(f"effective {self.begins}")
        if self.ends and self.ends not in said[0]:
            said.append(f"until {self.ends}")
        if self.issued and not self.begins and self.issued not in said[0]:
            said.append(f"dated {self.issued}")
        if self.current_through:
            said.append(f"text current through {self.current_through}")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place's cell for one question; `words` say why there is no quote, where there is none."""

    type: str
    words: str
    quoted: Quoted | None = None
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What one file holds."""

    sort: Sort
    questions: tuple[str, ...]
    as_of: str
    generation: str
    created: str
    corpus: str
    reason: str | None = None
    place: str | None = None
    notices: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, tuple[Cell, ...]], ...] = ()

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What tells this file's making, by name."""
        return (
            ("Law as of", self.as_of),
            ("Corpus fingerprint", self.corpus),
            ("Index generation", f"{self.generation}, made {self.created}"),
        )


def paper_of(said: Json) -> Paper:
    """The paper of an answer, a search or a comparison, as the API gives it."""
    index = said["index"]
    sort: Sort = "comparison" if "rows" in said else "search" if "hits" in said else "answer"
    rows = tuple(
        (row["question"], tuple(_cell(cell, row["question"]) for cell in row["cells"]))
        for row in said.get("rows", ())
    )
    return Paper(
        sort=sort,
        questions=tuple(question for question, _ in rows) or (said["question"],),
        as_of=said["as_of"],
        generation=index["generation"],
        created=index["created"],
        corpus=index["corpus"],
        reason=said.get("reason"),
        notices=tuple(said.get("notices", ())),
        quotes=tuple(_quotes(said, rows)),
        columns=tuple((c["jurisdiction"], c["name"]) for c in said.get("jurisdictions", ())),
        rows=rows,
    )


def _quotes(said: Json, rows: tuple[tuple[str, tuple[Cell, ...]], ...]) -> Iterator[Quoted]:
    for _, cells in rows:
        yield from (cell.quoted for cell in cells if cell.quoted)
    parts: tuple[tuple[str, Part], ...] = (
        ("citations", "answer"),
        ("nearest", "nearest"),
        ("hits", "found"),
    )
    leads = {
        one["citations"][0]: one.get("lead", "")
        for one in said.get("statements", ())
        if one["citations"]
    }
    for name, part in parts:
        for at, citation in enumerate(said.get(name, ()), start=1):
            words = leads.get(at, "") if part == "answer" else ""
            yield replace(quoted_of(citation, part, said["question"]), said=words)
            yield from _companions(citation, part, said["question"])


def _companions(citation: Json, part: Part, about: str) -> Iterator[Quoted]:
    """The exceptions and definitions without which a rule must not be read."""
    for companion in citation.get("companions") or ():
        term = companion.get("term")
        lead = f"Definition of “{term}”" if term else "Limited by"
        yield replace(quoted_of(companion["citation"], part, about), lead=lead)


def _cell(cell: Json, question: str) -> Cell:
    citation, changes = cell.get("citation"), cell.get("changes") or ()
    where = cell["jurisdiction"]
    quoted = quoted_of(citation, "cell", question, where) if citation else None
    pairs = tuple((change["kind"], change["text"]) for change in changes)
    return Cell(cell["type"], cell["words"], quoted, pairs)


def quoted_of(citation: Json, part: Part, about: str, column: str | None = None) -> Quoted:
    """One citation, as the API gives it."""
    force = citation["in_force"]
    page, start = citation["page"], citation["start"]
    deciding = citation.get("deciding") or ()
    return Quoted(
        **{name: citation[name] for name in _SAME},
        part=part,
        about=about,
        column=column,
        parties=tuple(citation.get("parties") or ()),
        issuer=citation.get("issuer"),
        url=citation.get("url"),
        page=None if page is None else str(page),
        begins=force["from"],
        ends=force["to"],
        standing=citation.get("standing") or None,
        marks=tuple((m["type"], m["start"], m["end"]) for m in citation["marks"])
        + tuple((DECIDING, start + first, start + last) for first, last in deciding),
    )


# The mark over the words of a quote that decide the question.
DECIDING = "deciding"
# What a citation and a quote call the same.
_SAME = (
    "document_id",
    "version",
    "start",
    "end",
    "quote",
    "citation",
    "title",
    "kind",
    "channel",
    "authority",
    "status",
    "jurisdiction",
    "author",
    "issued",
    "current_through",
)
