"""The report on near-duplicates: which documents nearly agree, what the catalogue says of it.

An excerpt or a second copy that differs in words is where a wrong quotation comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pincite.differing import Change, changed_words, word_changes
from pincite.generations import Manifest
from pincite.kinds import Kind
from pincite.library import Library
from pincite.nearness import Nearness, near_pairs, runs_of
from pincite.types import Entry
from pincite.words import words
from service.describing import index_json

Json = dict[str, Any]
Declared = Literal["undeclared", "excerpt", "same_text", "edition", "template"]

CONTAINMENT = 0.8
_SHOWN = 5
# Characters of what is the same, shown on both sides of a difference.
_AROUND = 60
_LONGEST = 200
_ORDER: tuple[Declared, ...] = ("undeclared", "excerpt", "same_text", "edition", "template")


def duplicates_json(manifest: Manifest, library: Library, *, shown: int = _SHOWN) -> Json:
    """Every two documents of which one nearly holds the other, what nobody declared first."""
    texts = {r.entry.id: library.reading(r.version).text for r in manifest.records}
    entries = {r.entry.id: r.entry for r in manifest.records}
    near = near_pairs({name: runs_of(text) for name, text in texts.items()}, CONTAINMENT)
    pairs = [_pair(found, entries, texts, shown) for found in near]
    pairs.sort(key=lambda pair: _ORDER.index(pair["declared"]))  # nearest first within each
    return {"pairs": pairs, "documents": len(texts), "index": index_json(manifest)}


def declared(one: Entry, other: Entry) -> Declared:
    """What the catalogue says that two entries with nearly one text are to each other."""
    links = {link.type for link in one.relations if link.target == other.id}
    links |= {link.type for link in other.relations if link.target == one.id}
    if "excerpt_of" in links:
        return "excerpt"
    if "same_text_as" in links:
        return "same_text"
    if links or (one.work or one.id) == (other.work or other.id):
        return "edition"
    if one.kind is other.kind is Kind.AGREEMENT:
        return "template"
    return "undeclared"


def _pair(found: Nearness, entries: dict[str, Entry], texts: dict[str, str], shown: int) -> Json:
    """Two documents, the one that holds the other first, and what leads to the other's words."""
    smaller = found.smaller
    larger = found.other if smaller == found.one else found.one
    first, second = _original_first(entries[larger], entries[smaller])
    changes = word_changes(texts[first.id], texts[second.id])
    deleted, inserted = changed_words(changes)
    return {
        "declared": declared(first, second),
        "documents": [_row(first), _row(second)],
        "resemblance": _rounded(found.resemblance),
        "containment": _rounded(found.containment),
        "only_in_first": deleted,
        "only_in_second": inserted,
        "differences": differences(changes, shown),
    }


def _original_first(larger: Entry, smaller: Entry) -> tuple[Entry, Entry]:
    """The text that the other is declared to be taken from stands first."""
    taken = {
        link.target for link in larger.relations if link.type in ("same_text_as", "excerpt_of")
    }
    return (smaller, larger) if smaller.id in taken else (larger, smaller)


def _row(entry: Entry) -> Json:
    return {"id": entry.id, "title": entry.title, "citation": entry.citation, "kind": entry.kind}


def differences(changes: Sequence[Change], most: int) -> list[Json]:
    """The first stretches where the second text has words of its own, with words around them.

    What is only left out comes behind those: an excerpt leaves out, it must not put in.
    """
    found = []
    for at, change in enumerate(changes):
        if change.kind == "same":
            continue
        if change.kind == "inserted" and at and changes[at - 1].kind == "deleted":
            continue  # told with what it stands for
        after = changes[at + 1] if at + 1 < len(changes) else None
        put = change if change.kind == "inserted" else after
        inserted = put.text if put is not None and put.kind == "inserted" else ""
        deleted = change.text if change.kind == "deleted" else ""
        if not (deleted.strip() or inserted.strip()):
            continue
        rest = changes[at + 1 + bool(deleted and inserted) :]
        found.append(
            {
                "before": changes[at - 1].text[-_AROUND:] if at else "",
                "deleted": _shortened(deleted),
                "inserted": _shortened(inserted),
                "after": rest[0].text[:_AROUND] if rest else "",
            }
        )
    return sorted(found, key=_weight)[:most]


def _weight(difference: Json) -> int:
    """Words put in first, then words left out, then what is no word."""
    deleted, inserted = words(difference["deleted"]), words(difference["inserted"])
    return 2 if deleted == inserted else int(not inserted)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]} […] {text[-half:]}"


def _rounded(share: float) -> float:
    """Three places, never up: what is not the same is not shown as 1."""
    return int(share * 1000) / 1000
