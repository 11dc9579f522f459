"""The reading list of a corpus: what its documents cite and it does not hold."""

from __future__ import annotations

from typing import Any

from pincite.citations.keys import kind_of, printed_key
from pincite.generations import Manifest
from pincite.library import Library
from service.linking.links import Links

Json = dict[str, Any]

# A report names the sources to fetch first; `GET /v1/citations?held=false` lists them all.
_FIRST = 20


def reading_list(links: Links, most: int = _FIRST) -> Json:
    """How many sources are cited and not held, how often, and those that most documents cite."""
    missing = links.missing
    return {
        "sources": len(missing),
        "mentions": sum(map(len, missing.values())),
        "first": [
            {
                "key": key,
                "kind": kind_of(key),
                "citation": printed_key(key),
                "name": links.name_of(key),
                "documents": len({one.document_id for one in citing}),
                "mentions": len(citing),
            }
            for key, citing in list(missing.items())[:most]
        ],
    }


def links_of(manifest: Manifest, library: Library) -> Links:
    """The links of a generation whose points need not be opened."""
    records = {record.entry.id: record for record in manifest.records}

    def document(id_: str) -> Any:
        record = records[id_]
        return library.document(record.entry, record.version, record.outline)

    return Links(records, library, document)


def reading_line(listed: Json, most: int = 3) -> str:
    """The list in one line: how many there are, and the first of them."""
    first = "; ".join(source_name(one) for one in listed["first"][:most])
    more = " and others" if listed["sources"] > most else ""
    return f"{listed['sources']} sources are cited and not held: {first}{more}" if first else ""


def source_name(source: Json) -> str:
    """A source as it is cited, a case with its name."""
    return f"{source['name']}, {source['citation']}" if source["name"] else str(source["citation"])
