"""The place of a stretch in numbered text: "§ 1373(a)", "App. B, 3", "§ 1 (amending § 9-131)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pincite.citing.acts import Change, nested_change, quoted_change, rewritten
from pincite.citing.bodies import body_start, common_path
from pincite.citing.outline import Outline, is_clause, is_unit
from pincite.citing.ranges import clause_range, unit_range
from pincite.citing.runs import run_in
from pincite.kinds import KINDS, Kind
from pincite.types import Document, Section, Span

_PART = re.compile(r"Part [IVXL]+")
_ATTACHED = re.compile(r"(?:App|Art|Amend)\.|Schedule|Annex|Exhibit|Attachment|Addendum")
_NOTES = re.compile(
    r"^(?P<name>history|effect of amendments?|amendments?|compiler['’]s notes?|editor['’]s notes?"
    r"|cross references?|opinions of the attorney general|effective dates?|case notes?|annotations"
    r"|law reviews?|code commission notes?|references in text|severability|short title)"
    r"[.:]?(?= |$)",
    re.IGNORECASE | re.MULTILINE,
)
# Each chapter has its Article I, each article its Division 1.
_COUNTED_ANEW = ("Art.", "Div.")
_RUNNING = frozenset({"code", "order"})


def by_section(document: Document, span: Span, outline: Outline) -> tuple[str, Change | None]:
    """The unit and the clauses below it: "§ 1373(a)"; of an act also what it changes."""
    path = common_path(outline, document, span)
    start = body_start(document, span)
    path += _led_into(document, span, start, outline, len(path))
    is_memo = KINDS[document.entry.kind].grammar == "memo"
    numbered = [
        at
        for at, section in enumerate(path)
        if (_PART.match(section.label) if is_memo else is_unit(section))
    ]
    beyond = clause_range(outline, start, span.end, len(path))
    if not numbered:
        units = unit_range(outline, start, span.end, len(path))
        return units or _below_containers(path, beyond), None
    first, inner = path[numbered[0]], path[numbered[-1]]
    held = [section for section in path[numbered[-1] + 1 :] if is_clause(section)]
    clauses = [section.label for section in held]
    if not beyond and KINDS[document.entry.kind].grammar in _RUNNING:
        clauses += [run for run in [run_in(document, path[-1], start, span.end)] if run]
    below = _joined("", clauses) + beyond
    if first is not inner:
        return _noted(document, path, start, first.label), quoted_change(
            document, first, inner, below
        )
    if nested := nested_change(document, first, held, beyond):
        own, added = nested
        return first.label + "".join(clauses[:own]), added
    if change := rewritten(document, first, clauses, beyond):
        return first.label, change
    home = _home(document, path[: numbered[0]], outline, start)
    return _noted(document, path, start, f"{home}{inner.label}{below}"), None


def _home(document: Document, above: Sequence[Section], outline: Outline, start: int) -> str:
    """The container that a unit is cited with: an article, an appendix, a charter's part."""
    attached = [s.label for s in above if _ATTACHED.match(s.label)]
    if document.entry.kind == Kind.CONSTITUTION or (attached and attached[0][:3] != "Art"):
        return "".join(f"{label}, " for label in attached[:1])
    minor = outline.minor_home(outline.indices(start)[len(above)])
    return f"{minor}, " if minor else ""


def _noted(document: Document, path: Sequence[Section], start: int, place: str) -> str:
    """The place with the editorial note that it is part of, by the note's name."""
    note = next((section for section in path if section.part == "note"), None)
    if note is None:
        return place
    names = list(_NOTES.finditer(document.text, note.span.start, start + 1))
    name = names[-1]["name"] if names else ""
    if name.isupper():
        name = name.title().replace(" Of ", " of ").replace(" The ", " the ")
    return f"{place} note, {name}" if name else f"{place} note"


def _led_into(
    document: Document, span: Span, start: int, outline: Outline, depth: int
) -> tuple[Section, ...]:
    """The one clause that a stretch goes into from the words that lead into it: "shall: a. ..."."""
    if len(outline.path(start)) != depth:
        return ()
    below = outline.path(span.end - 1)[depth : depth + 1]
    if not below or not is_clause(below[0]):
        return ()
    led = document.text[start : below[0].span.start].rstrip()
    between = bisect_left(outline.starts, start + 1)
    is_first = outline.sections[between] is below[0]
    return below if is_first and led.endswith((":", "—")) else ()


def _below_containers(path: Sequence[Section], siblings: str) -> str:
    """ "App. B, 3.B", "Ch. 2"; "(a)" or "(a)–(c)" of a text that has no units."""
    held = [section.label for section in path if section.label and not is_clause(section)]
    clauses = [section.label for section in path if is_clause(section)]
    if not held:
        return "".join(clauses) if clauses and clauses[0][0] == "(" else siblings
    first = len(held) - 1
    while first > 0 and held[first].startswith(_COUNTED_ANEW):
        first -= 1
    below = _joined(clauses[0], clauses[1:]) if clauses else ""
    return ", ".join(part for part in (*held[first:], below) if part)


def _joined(unit: str, clauses: Sequence[str]) -> str:
    """ "§ 1373" and "(a)" give "§ 1373(a)"; "§ IV" and "A", "1" give "§ IV.A.1"."""
    return unit + "".join(label if label[0] == "(" else f".{label}" for label in clauses)
