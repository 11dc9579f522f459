"""The documents of a generation that pass filters, and every file that is not among them."""

from __future__ import annotations

from typing import Any

from pincite.generations import Manifest
from service.filtering import filters_of, matches
from service.presenting import coverage_json, index_json, record_json, refusals_json


def listing(manifest: Manifest, **typed: Any) -> dict[str, Any]:
    """The documents that pass the filters, every refused file, and what is covered."""
    filters = filters_of(manifest, **typed)
    return {
        "documents": [record_json(r) for r in manifest.records if matches(r.entry, filters)],
        "refused": refusals_json(manifest),
        "coverage": coverage_json(manifest),
        "index": index_json(manifest),
    }
