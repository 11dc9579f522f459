"""The documents of a generation that pass filters, every file that is not among them, and what
they cite that is not held."""

from __future__ import annotations

from typing import Any

from pincite.generations import Manifest
from service.describing import coverage_json, index_json, record_json, refusals_json
from service.filtering import filters_of
from service.linking.links import Links
from service.linking.reading_list import reading_list
from service.matching import matches


def listing(manifest: Manifest, links: Links, **typed: Any) -> dict[str, Any]:
    """The documents that pass the filters, every refused file, and what is covered."""
    filters = filters_of(manifest, **typed)
    return {
        "documents": [record_json(r) for r in manifest.records if matches(r.entry, filters)],
        "refused": refusals_json(manifest),
        "coverage": coverage_json(manifest),
        "reading_list": reading_list(links),
        "index": index_json(manifest),
    }
