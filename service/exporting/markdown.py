"""A Markdown memo: YAML front matter, quotes as block quotes, a line under each that checks it.

Every character of a document that Markdown or HTML could obey is escaped, so that a quote is
words and nothing else, and can be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from service.exporting.check_line import check_line
from service.exporting.paper import Cell, Paper, Quoted, inert, settled

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Escaped only where they would begin something; everywhere else they may stand as they are.
_OPENS = re.compile(r"^([#+\-=]|\d{1,9}[.)])")
_WITHIN = re.compile(r"([\\`*_\[\]<>|~&$^])")
_LINKS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)|(@)")


def escaped(text: str) -> str:
    """One line whose characters mean nothing to Markdown."""
    line = _WITHIN.sub(r"\\\1", settled(text))
    line = _LINKS.sub(_unlinked, line)
    return _OPENS.sub(_escaped_opening, line)


def unescaped(line: str) -> str:
    """The line that was escaped."""
    return _ESCAPED.sub(r"\1", line)


def _unlinked(found: re.Match[str]) -> str:
    """Bare addresses are made links by many programs; an escaped colon, dot or @ stops them."""
    word, sign = found[1] or found[3] or "", found[2] or found[4] or found[5]
    return f"{word}\\{sign}"


def _escaped_opening(found: re.Match[str]) -> str:
    sign = found[1]
    return f"{sign[:-1]}\\{sign[-1]}"


def markdown(paper: Paper) -> bytes:
    """The memo."""
    return ("\n".join(_lines(paper)) + "\n").encode()


def _lines(paper: Paper) -> Iterator[str]:
    yield from _front_matter(paper)
    yield from ("", f"# {escaped(heading(paper))}", "")
    for name, value in paper.facts:
        yield f"- {name}: {escaped(value)}"
    if paper.sort == "comparison":
        yield from _rows(paper)
    else:
        yield from _parts(paper)
    if paper.notices:
        yield from ("", "## Notes", "", *(f"- {escaped(notice)}" for notice in paper.notices))
    yield from ("", "Check this file with `pincite verify FILE`.")


def heading(paper: Paper) -> str:
    """The first line of a memo."""
    if paper.sort == "comparison":
        return f"Comparison of {len(paper.columns)} places"
    return paper.questions[0]


def _front_matter(paper: Paper) -> Iterator[str]:
    said = {
        "pincite": paper.sort,
        "questions": [inert(question) for question in paper.questions],
        "as_of": paper.as_of,
        "generation": paper.generation,
        "created": paper.created,
        "corpus": paper.corpus,
    }
    yield "---"
    yield yaml.safe_dump(said, allow_unicode=True, sort_keys=False).rstrip("\n")
    yield "---"


TITLES = {
    "answer": "Answer",
    "nearest": "Nearest, not an answer",
    "found": "Passages found",
}


def _parts(paper: Paper) -> Iterator[str]:
    if paper.reason:
        yield from ("", escaped(why(paper)))
    for part, title in TITLES.items():
        quotes = [quoted for quoted in paper.quotes if quoted.part == part]
        if quotes:
            yield from ("", f"## {title}")
        for quoted in quotes:
            yield from _quote(quoted)


def why(paper: Paper) -> str:
    """Why there is no answer, or what is amiss with the one that stands here."""
    reason = (paper.reason or "").replace("_", " ")
    answered = any(quoted.part == "answer" for quoted in paper.quotes)
    return f"{reason.capitalize()}." if answered else f"No answer: {reason}."


def _rows(paper: Paper) -> Iterator[str]:
    for question, cells in paper.rows:
        yield from ("", f"## {escaped(question)}")
        for (path, name), cell in zip(paper.columns, cells, strict=True):
            yield from ("", f"### {escaped(name)} ({escaped(path)})")
            yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[str]:
    if cell.quoted is None or cell.type != "quote":
        yield from ("", escaped(f"{cell.type.replace('_', ' ')}: {cell.words}"))
    if cell.quoted:
        yield from _quote(cell.quoted)
    if cell.changes:
        yield from ("", "Against the first place:", "", _redline(cell))


def _redline(cell: Cell) -> str:
    signs = {"same": ("", ""), "deleted": ("~~", "~~"), "inserted": ("**", "**")}
    pieces = []
    for kind, text in cell.changes:
        opens, closes = signs[kind]
        words = escaped(text)
        pieces.append(f"{opens}{words}{closes}" if words else "")
    return " ".join(piece for piece in pieces if piece)


def label(quoted: Quoted) -> str:
    """What a quote is worth, in one line above it."""
    lead = f"{quoted.lead}: " if quoted.lead else ""
    return f"{lead}{quoted.channel.upper()}: {quoted.authority}; {quoted.dated}"


def _quote(quoted: Quoted) -> Iterator[str]:
    yield ""
    yield from (escaped(label(quoted)), "")
    if quoted.said:
        yield from (escaped(quoted.said), "")
    lines = [line for line in inert(quoted.quote).splitlines() if line.strip()]
    # Two spaces at a line's end keep the clauses of a quote on lines of their own.
    yield from (f"> {escaped(line)}  " for line in lines)
    yield from ("", f"{escaped(quoted.citation)}", "", f"`{check_line(quoted)}`")
