"""Where a page of a text can be pointed at: an id for each section by its labels, and the outline.

§ 9-131 > (b) > (1)    is    #s-9-131-b-1
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pincite.citing.keeping import Same
from pincite.citing.outline import is_unit
from pincite.types import Section, Span

_OTHER = re.compile(r"[^a-z0-9]+")
_SIGN = re.compile(r"^(?:§+|secs?\.|sections?)\s*", re.I)
_LONGEST_ID = 80
_LONGEST_NAME = 90
_NOTE = re.compile(r"n\.\S{1,6}")
# So many lines of an outline can be read; below that, the levels that fit.
_MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of an outline, with those below it."""

    id: str
    name: str
    by: str
    span: Span
    below: list[Heading] = field(default_factory=list)


def ids(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """An id for each section, from the labels above it; the second of a name ends in `-2`."""
    return _ids(Same(sections))


@lru_cache(maxsize=64)
def _ids(sections: Same[tuple[Section, ...]]) -> tuple[str, ...]:
    taken: dict[str, int] = {}
    made = []
    for path in _paths(sections.value):
        name = _named(path)
        taken[name] = taken.get(name, 0) + 1
        made.append(name if taken[name] == 1 else f"{name}--{taken[name]}")
    return tuple(made)


def _paths(sections: Sequence[Section]) -> list[list[Section]]:
    """Each section behind those that hold it, outermost first."""
    paths = []
    open_: list[Section] = []
    for section in sections:
        while open_ and open_[-1].span.end <= section.span.start:
            open_.pop()
        open_.append(section)
        paths.append(list(open_))
    return paths


def _named(path: Sequence[Section]) -> str:
    """`s-9-131-b`: from the innermost § on, or from the top; of headings where no label is."""
    units = [at for at, section in enumerate(path) if is_unit(section)]
    below = path[units[-1] :] if units else path
    labels = [slug(_SIGN.sub("", section.label)) for section in below if section.label]
    if not path[-1].label:
        labels.append(slug(path[-1].heading))
    # "III.A" below "III" says it all already.
    said = [
        label
        for label, after in zip(labels, [*labels[1:], ""], strict=True)
        if label and not after.startswith(f"{label}-")
    ]
    return f"s-{'-'.join(said)[:_LONGEST_ID].strip('-') or 'part'}"


def slug(words: str) -> str:
    """Words as a part of an address: small letters, digits and hyphens, whatever was in them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain).strip("-")[:_LONGEST_ID]


def outline(sections: tuple[Section, ...], shown: Span) -> list[Heading]:
    """The headings of a text as a tree, as deep as they can be read; deepest where it is shown."""
    named = [
        (section, id_, name)
        for section, id_ in zip(sections, ids(sections), strict=True)
        if (name := name_of(section))
    ]
    deepest = _deepest([section.level for section, _, _ in named])
    near = _deepest([section.level for section, _, _ in named if shown.meets(section.span)])
    top: list[Heading] = []
    open_: list[Heading] = []
    for section, id_, name in named:
        if section.level > (max(near, deepest) if shown.meets(section.span) else deepest):
            continue
        heading = Heading(id_, name, _by(section), section.span)
        while open_ and open_[-1].span.end <= section.span.start:
            open_.pop()
        (open_[-1].below if open_ else top).append(heading)
        open_.append(heading)
    return top


def _deepest(levels: Sequence[int]) -> int:
    """The deepest level down to which the rows are not too many; the first always."""
    for level in sorted(set(levels), reverse=True):
        if sum(other <= level for other in levels) <= _MOST_ROWS:
            return level
    return min(levels, default=0)


def name_of(section: Section) -> str:
    """What an outline calls a section: its label and heading; "" for a note or a speaker's turn."""
    if _NOTE.fullmatch(section.label):
        return ""
    label, heading = section.label, " ".join(section.heading.split())
    if not heading or section.part:
        name = label or heading
    elif len(label) > 3 and f"{slug(heading)}-".startswith(f"{slug(label)}-"):
        name = heading  # "Syllabus" of "Syllabus", not "(b)" of "B is for bail"
    else:
        name = f"{label} {heading}".strip()
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rsplit(' ', 1)[0]} …"


def _by(section: Section) -> str:
    """Whose words a part of an opinion is, where its label does not say so."""
    author = section.author or ""
    is_part = section.part not in (None, "syllabus", "note", "furniture")
    own = section.level == 0 and is_part and author.split(",")[0] not in section.label
    return author if own else ""
