"""The end of an opinion that a file prints before its beginning, given back to its author.

Some files cut an opinion in two at its first notes: the rest of its text then follows on the
opinion before it, and only the note numbers, which begin anew there, show the border. A
quotation from such a stretch would otherwise be put into another justice's mouth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.outlines.opinion_notes import Note, notes_section, reference_ends, references_in
from pincite.types import Section, Span


def strays_returned(
    text: str, sections: Sequence[Section], notes: Sequence[Note]
) -> Iterator[Section]:
    """The sections, with a stray stretch cut out of the opinion that it follows on."""
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        own = [note for note in notes if section.span.holds(note.span)]
        at = _stray(text, section, following, notes) if following and own else None
        if at is None or following is None:
            yield section
            continue
        end = own[0].span.start
        yield replace(section, span=Span(section.span.start, len(text[:at].rstrip())))
        yield replace(following, heading="", span=Span(at, len(text[:end].rstrip())))
        yield notes_section(Span(end, section.span.end), section)


def _stray(text: str, section: Section, following: Section, notes: Sequence[Note]) -> int | None:
    """Where the following opinion's stretch begins: its notes are referred to only there."""
    if section.author is None or following.author is None:
        return None
    wanted = [note for note in notes if following.span.holds(note.span)]
    if not wanted or references_in(text[following.span.start : wanted[0].span.start]):
        return None
    first_note = next(n.span.start for n in notes if section.span.holds(n.span))
    own = [note for note in notes if section.span.holds(note.span)]
    body = text[section.span.start : first_note]
    ends = reference_ends(body)[: len(own)]
    again = reference_ends(body, ends[-1]) if len(ends) == len(own) else []
    if len(again) != len(wanted):
        return None
    return text.rfind("\n", 0, section.span.start + again[0]) + 1
