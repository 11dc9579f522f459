"""XML to a Reading: D.C. law XML, USLM, and any other XML by the text of its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.readers.format import Format, Limits
from ingest.readers.scribe import Scribe
from ingest.readers.xml.elements import DC, USLM, LawWriter
from ingest.readers.xml.tree import elements, flat_text, name_of, namespace_of, parse_xml
from pincite.errors import FileRefused
from pincite.types import Reading

REVISION = 1
_NAME = "xml"

Facts = list[tuple[str, str]]


def read_xml(data: bytes, limits: Limits) -> Reading:
    """The reading of an XML file."""
    root = parse_xml(data)
    scribe = Scribe()
    facts = _SCHEMAS.get(_schema(root), _any_xml)(root, scribe)
    draft = scribe.draft()
    if not draft.text.strip():
        raise FileRefused("no_text", "the XML holds no text")
    if len(draft.text) > limits.max_chars:
        raise FileRefused("expands_too_much", f"over {limits.max_chars:,} characters of text")
    return draft.finish(_NAME, REVISION, facts)


def _schema(root: etree._Element) -> str:
    """What the root's namespace names: "dc", "uslm" or ""."""
    namespace = namespace_of(root)
    if namespace == "https://code.dccouncil.us/schemas/dc-library":
        return "dc"
    return "uslm" if "uslm" in namespace else ""


def _dc(root: etree._Element, scribe: Scribe) -> Facts:
    """A law, act or code section of the District of Columbia."""
    LawWriter(scribe, DC, root).write(root)
    return list(_dc_facts(root, _child(root, "meta")))


def _dc_facts(root: etree._Element, meta: etree._Element | None) -> Iterator[tuple[str, str]]:
    number = flat_text(_child(root, "num"))
    name = root.get("id") or (f"D.C. Code § {number}" if number else "")
    yield from _present(citation=name, title=flat_text(_child(root, "heading")))
    for element in meta.iter() if meta is not None else ():
        if name_of(element) in ("introduced", "enacted", "effective"):
            yield name_of(element), flat_text(element)
        elif name_of(element) in ("stub", "temporary"):
            yield name_of(element), "true"


def _uslm(root: etree._Element, scribe: Scribe) -> Facts:
    """A title, section or act in United States Legislative Markup."""
    LawWriter(scribe, USLM, root).write(root)
    meta = _child(root, "meta")
    names = {"title": "title", "docNumber": "number", "docPublicationName": "publication"}
    return [
        (names[name_of(element)], flat_text(element))
        for element in (elements(meta) if meta is not None else ())
        if name_of(element) in names and flat_text(element)
    ]


def _any_xml(root: etree._Element, scribe: Scribe) -> Facts:
    """The text of XML of an unknown schema: an element with words of its own is a block."""
    own = [root.text, *(child.tail for child in root)]
    if any(piece and piece.strip() for piece in own):
        scribe.line()
        scribe.write(flat_text(root))
        return []
    for child in elements(root):
        _any_xml(child, scribe)
    return []


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in elements(parent) if name_of(child) == name), None)


def _present(**facts: str) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in facts.items() if value)


_SCHEMAS: dict[str, Callable[[etree._Element, Scribe], Facts]] = {"dc": _dc, "uslm": _uslm}

XML = Format(_NAME, REVISION, (".xml",), read_xml)
