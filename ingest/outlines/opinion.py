"""Court rulings: syllabus, opinions with their authors, Parts, notes, and what is none of these.

The outermost sections cover the text. Below an opinion stand its Parts ("III.A"), below those
their notes ("n.11"); notes that a file collects at its end keep their opinion's part and author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.outlines.opinion_notes import (
    Note,
    collected_at_end,
    notes_section,
    owners,
    references_in,
)
from ingest.outlines.opinion_parts import OpinionPart, parts_of
from ingest.outlines.opinion_starts import TITLE, outermost_sections
from ingest.outlines.opinion_strays import strays_returned
from pincite.types import Mark, Page, Part, Section, Span

# Headings that divide a file, not an opinion.
_DIVIDERS = re.compile(rf"Syllabus(?: \*)?|{TITLE.pattern}|Notes|APPENDIX\.?|Executive Order", re.I)

# "Parts I, II, and III–C" of a justice who joined those alone.
_NUMERAL = re.compile(r"\b[IVX]+(?:[–-][A-Z](?:[–-]\d+)?)?\b")


def outline_opinion(text: str, marks: Sequence[Mark], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The sections of a ruling; with no byline in it, only its headings' Parts."""
    notes = [Note(m.span, m.detail) for m in marks if m.type == "footnote"]
    headings = [m.span for m in marks if m.type == "heading"]
    dividers = [span.start for span in headings if _DIVIDERS.fullmatch(span.of(text))]
    headings = [span for span in headings if span.start not in dividers]
    outermost = list(strays_returned(text, outermost_sections(text, notes), notes))
    outermost = list(_with_notes_apart(text, outermost, notes))
    sections = [
        section
        for outer in outermost
        for section in _within(outer, _parts(text, outer, headings, dividers), notes)
    ]
    return tuple(sorted(sections, key=lambda s: (s.span.start, -s.span.end, s.level)))


def _with_notes_apart(
    text: str, sections: Sequence[Section], notes: Sequence[Note]
) -> Iterator[Section]:
    """The last opinion without the notes of all opinions that a file collects at its end."""
    last = sections[-1]
    tail = collected_at_end(text, last.span, notes)
    if not tail:
        yield from sections
        return
    yield from sections[:-1]
    yield replace(last, span=Span(last.span.start, len(text[: tail[0][0].span.start].rstrip())))
    opinions = [section for section in sections if section.author is not None]
    counts = [references_in(section.span.of(text)) for section in opinions]
    numbered = [run for run in tail if not run[0].is_starred]
    owner = owners([len(run) for run in numbered], counts)
    whose = dict(zip((run[0].span for run in numbered), owner, strict=True))
    syllabus = next((section for section in sections if section.part == "syllabus"), None)
    for run in tail:
        n = whose.get(run[0].span)
        opinion = syllabus if run[0].is_starred else None if n is None else opinions[n]
        yield notes_section(Span(run[0].span.start, run[-1].span.end), opinion)


def _parts(
    text: str, outer: Section, headings: Sequence[Span], dividers: Sequence[int]
) -> list[Section]:
    """The Parts of an opinion, or of a ruling that has no byline."""
    if outer.author is None and outer.part not in (None, "per_curiam"):
        return []
    inner = [span for span in headings if outer.span.holds(span)]
    return [_part_section(outer, part) for part in parts_of(text, inner, outer.span, dividers)]


def _within(outer: Section, parts: Sequence[Section], notes: Sequence[Note]) -> Iterator[Section]:
    """An outermost section, its Parts, and its notes, each below the Part it stands in."""
    yield outer
    yield from parts
    for note in notes:
        if outer.span.holds(note.span):
            around = [section for section in (outer, *parts) if section.span.holds(note.span)]
            level, part = around[-1].level + 1, around[-1].part
            yield Section(f"n.{note.number}", "", level, note.span, part, outer.author)


def _part_section(outer: Section, part: OpinionPart) -> Section:
    return Section(
        label=part.label,
        heading=part.title,
        level=len(part.path),
        span=part.span,
        part=_voice(outer, part.label),
        author=outer.author,
    )


def _voice(outer: Section, label: str) -> Part | None:
    """For whom a Part speaks, where the author says that only some Parts are the Court's."""
    if outer.part != "majority" or not outer.speaks_for:
        return outer.part
    if _covers(outer.speaks_for, label):
        return "majority"
    return "plurality" if _is_joined(outer.joined, label) else "in_part"


def _is_joined(joined: Sequence[str], label: str) -> bool:
    """Whether a justice joined this Part: "Breyer, J. (Part IV)"; so it is, where none is named."""
    for person in joined:
        scope = person.partition("(")[2]
        is_left_out = re.search(r"except|all but", scope) is not None
        if not scope or _covers(_NUMERAL.findall(scope), label) != is_left_out:
            return True
    return not joined


def _covers(parts: Sequence[str], label: str) -> bool:
    name = label.replace(".", "-")
    plain = [part.replace("–", "-") for part in parts]
    return any(name == part or name.startswith(f"{part}-") for part in plain)
