"""The text of laws in XML: every division and clause on a line of its own, behind its number.

Two schemas are known: that of the D.C. Council, and United States Legislative Markup (USLM).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.scribe import Scribe
from ingest.readers.xml.tree import elements, name_of, namespace_of

_DEEPEST = 6
_ROWS = frozenset({"tr", "row"})
# Words that an act puts into another law.
_QUOTES = frozenset({"include", "quotedContent", "quotedText"})
_PUNCTUATION = re.compile(r"[.;,:'\"”’]+")
_NOTICE = re.compile(r"\*NOTE:.*\*")


# Fields of a record that say nothing without their names.
_FIELD_NAMES = {
    "introduced": "Introduced: ",
    "enacted": "Enacted: ",
    "effective": "Effective: ",
    "committee": "Committee: ",
}


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Schema:
    """Which elements (by local name) are what; all others are looked into, or run on."""

    divisions: frozenset[str]
    clauses: frozenset[str]
    labels: frozenset[str]
    headings: frozenset[str]
    texts: frozenset[str]
    notes: frozenset[str]
    unseen: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()  # what is filed about the law
    instructions: str = ""  # a namespace whose elements tell an editor what to do
    bare_numbers: bool = False  # whether a section's number comes without its "§" or "Sec."

    @property
    def blocks(self) -> frozenset[str]:
        """The elements that do not run on with the words around them."""
        return self.divisions | self.clauses | self.texts | self.notes | self.headings | _ROWS


DC = Schema(
    divisions=frozenset({"document", "container", "section"}),
    clauses=frozenset({"para"}),
    labels=frozenset({"prefix", "num"}),
    headings=frozenset({"heading"}),
    texts=frozenset({"text", "aftertext"}),
    notes=frozenset({"annotations", "annotation"}),
    records=frozenset({"meta"}),
    instructions="https://code.dccouncil.us/schemas/codify",
    bare_numbers=True,
)
USLM = Schema(
    divisions=_names(
        "title subtitle chapter subchapter part subpart division subdivision article subarticle "
        "section appendix courtRules courtRule reorganizationPlans reorganizationPlan"
    ),
    clauses=_names(
        "subsection paragraph subparagraph clause subclause item subitem subsubitem level"
    ),
    labels=_names("num"),
    headings=_names("heading subheading"),
    texts=_names(
        "chapeau continuation text p longTitle officialTitle enactingFormula resolvingClause"
    ),
    notes=_names("sourceCredit notes note editorialContent"),
    unseen=_names("meta toc layoutToc"),
)


class LawWriter:
    """Writes the elements of one law, by their roles in its schema."""

    def __init__(self, scribe: Scribe, schema: Schema, root: etree._Element) -> None:
        self.scribe, self.schema, self.root = scribe, schema, root
        self.depth = 0  # divisions around
        self.noting = False
        self.waiting = False  # a label stands on the line, and its words are still to come
        self.footnotes: list[etree._Element] = []

    def write(self, element: etree._Element) -> None:
        """Write an element and all below it; at the root, the footnotes after it."""
        name, schema = name_of(element), self.schema
        if not name or name in schema.unseen or self._instructs(element):
            return
        if name in schema.records:
            self._record(element)
        elif name in schema.divisions and not self.noting:
            self._division(element)
        elif name in schema.clauses:
            self._clause(element)
        elif name in schema.notes:
            self._note(element)
        elif name in _ROWS:
            self._text(" ".join(self._flat(cell) for cell in elements(element)))
        elif name in _QUOTES and self._is_block(element):
            self._line()
            start = self.scribe.here
            self._flow(element)
            self.scribe.mark(start, "inserted", "quoted")
        elif any(name_of(below) in schema.blocks for below in element.iterdescendants()):
            self._flow(element)
        else:
            self._text(self._flat(element))
        if element is self.root:
            self._write_footnotes()

    def _division(self, element: etree._Element) -> None:
        """A document, title or section: its number and heading on a line, then what it holds."""
        self._line()
        self.depth += 1
        start = self.scribe.here
        if name_of(element) != "document":  # its numbers are those of bill, act and law
            self._label(element)
        heading = self._heading(element)
        if heading is not None:
            self._run_on(self._flat(heading))
        if heading is not None or (self.waiting and self._is_large(element)):
            self._end_heading(start, self.depth)
        self._rest(element, heading)
        self.depth -= 1

    def _clause(self, element: etree._Element) -> None:
        """A clause: its letter, its heading on the same line, its words."""
        if not self.waiting:  # "(d)" without words of its own goes before its "(1)"
            self._line()
        start = self.scribe.here
        self._label(element)
        heading = self._heading(element)
        if heading is not None:
            words = self._flat(heading)
            self._run_on(words)
            if words.endswith(("—", "–", ".-")):
                self.waiting = True
            else:
                self._end_heading(start, self.depth + 1)
        self._rest(element, heading)

    def _rest(self, element: etree._Element, heading: etree._Element | None) -> None:
        for child in elements(element):
            if child is not heading and name_of(child) not in self.schema.labels:
                self.write(child)

    def _note(self, element: etree._Element) -> None:
        """What is not law: history, annotations, source credits."""
        if self.noting:
            self._flow(element)
            return
        self._line()
        start, self.noting = self.scribe.here, True
        self._flow(element)
        self.noting = False
        self.scribe.mark(start, "note")

    def _record(self, element: etree._Element) -> None:
        """The dates, citations and history of a law, a field a line."""
        self._line()
        start = self.scribe.here
        bills = [e for e in element.itersiblings(preceding=True) if e.get("type") == "bill"]
        for field in (*bills, *element.iter()):
            words = _spaced(field.text or "")
            if words and not len(field):
                self._line()
                name = "Bill " if field in bills else _FIELD_NAMES.get(name_of(field), "")
                if name:
                    self.scribe.insert(name, "field name")
                self.scribe.write(words)
        self.scribe.mark(start, "note")

    def _flow(self, element: etree._Element) -> None:
        """The children, where words between blocks run on until the next block."""
        words = [element.text or ""]
        for child in element:
            if self._is_block(child):
                self._text(_spaced("".join(words)))
                self.write(child)
                words = []
            else:
                words += self._strings(child)
            words.append(child.tail or "")
        self._text(_spaced("".join(words)))

    def _text(self, words: str) -> None:
        if not words:
            return
        if self.waiting:
            self._run_on(words)
        elif _PUNCTUATION.fullmatch(words):
            # What closes the sentence that quoted words stand in; the quoted ones end with it too.
            self.scribe.drop(words, "closing punctuation")
        else:
            self._line()
            start = self.scribe.here
            self.scribe.write(words)
            if _NOTICE.fullmatch(words):
                self.scribe.mark(start, "note")

    def _line(self) -> None:
        self.scribe.line()
        self.waiting = False

    def _run_on(self, words: str) -> None:
        self.scribe.write(f" {words}" if self.waiting else words)
        self.waiting = False

    def _label(self, element: etree._Element) -> None:
        """The number of a division or clause, with "§" or "Sec." where the schema leaves it out."""
        labels = [self._flat(e) for e in elements(element) if name_of(e) in self.schema.labels]
        label = " ".join(filter(None, labels))
        if not label:
            return
        if self.schema.bare_numbers and name_of(element) == "section" and len(labels) == 1:
            self.scribe.insert("§ " if element is self.root else "Sec. ", "section label")
            self.scribe.write(label)
            self.scribe.insert(".", "section label")
        else:
            self.scribe.write(label)
        self.waiting = True

    def _heading(self, element: etree._Element) -> etree._Element | None:
        headings = (e for e in elements(element) if name_of(e) in self.schema.headings)
        return next((e for e in headings if e.get("type") != "long"), None)

    def _end_heading(self, start: int, level: int) -> None:
        self.scribe.mark(start, "heading", str(min(level, _DEEPEST)))
        self._line()

    def _write_footnotes(self) -> None:
        for number, note in enumerate(self.footnotes, start=1):
            self._line()
            start = self.scribe.here
            self.scribe.write(self._flat(note))
            label = next((self._flat(e) for e in elements(note) if name_of(e) == "num"), "")
            self.scribe.mark(start, "footnote", label or str(number))
        self.footnotes = []

    def _flat(self, element: etree._Element) -> str:
        return _spaced("".join(self._strings(element, top=True)))

    def _strings(self, element: etree._Element, *, top: bool = False) -> Iterator[str]:
        """The words of an element that run on; footnotes are laid aside, their numbers go."""
        if not top and _is_footnote(element):
            self.footnotes.append(element)
        elif name_of(element) and not self._instructs(element) and not _is_reference(element):
            yield element.text or ""
            for child in element:
                yield from self._strings(child)
                yield child.tail or ""
                if name_of(child) in ("br", "p"):
                    yield " "

    def _is_block(self, element: etree._Element) -> bool:
        if _is_footnote(element):
            return False
        names = (name_of(below) for below in element.iter())
        return any(name in self.schema.blocks for name in names)

    def _is_large(self, element: etree._Element) -> bool:
        return name_of(element) != "section"

    def _instructs(self, element: etree._Element) -> bool:
        spaces = self.schema.instructions
        return bool(spaces) and namespace_of(element) == spaces


def _is_footnote(element: etree._Element) -> bool:
    return name_of(element) == "note" and element.get("type") in ("footnote", "endnote")


def _is_reference(element: etree._Element) -> bool:
    return name_of(element) == "ref" and "footnoteRef" in (element.get("class") or "")


def _spaced(text: str) -> str:
    """One space for any white space, and none before what closes a clause."""
    return re.sub(r"(?<=[\w)]) (?=[.,;:](?:\s|$))", "", " ".join(text.split()))
