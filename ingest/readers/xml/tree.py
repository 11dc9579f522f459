"""XML bytes to a tree: no entity expands, nothing is fetched, depth and size are bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from pincite.errors import FileRefused, RefusalReason

_BOMB = re.compile(r"entity (?:reference )?loop|amplification|excessive|huge", re.IGNORECASE)


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Raises FileRefused: "wrong_type", "malformed", "expands_too_much"."""
    if not data.strip():
        raise FileRefused("empty", "the file holds no bytes")
    if b"<" not in data[:4096].replace(b"\x00", b""):
        raise FileRefused("wrong_type", "it does not begin as XML does; check its ending")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        bomb = _BOMB.search(str(error)) is not None
        reason: RefusalReason = "expands_too_much" if bomb else "malformed"
        raise FileRefused(reason, f"not well-formed XML: {error}") from None
    # An entity that is not expanded would be words silently lost.
    unread = next(root.iter(etree.Entity), None)
    if unread is not None:
        raise FileRefused(
            "malformed", f"it uses the entity {unread.text}, which is not expanded; write it out"
        )
    return root


def name_of(element: etree._Element) -> str:
    """The local name of an element; "" for a comment."""
    tag = cast(object, element.tag)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace_of(element: etree._Element) -> str:
    """The namespace of an element, or ""."""
    tag = cast(object, element.tag)
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments."""
    return (child for child in parent if name_of(child))


def flat_text(element: etree._Element | None) -> str:
    """The text of an element and all below it, one space for any white space."""
    return "" if element is None else " ".join("".join(_strings(element)).split())


def _strings(element: etree._Element) -> Iterator[str]:
    if name_of(element):
        yield element.text or ""
        for child in element:
            yield from _strings(child)
            yield child.tail or ""
