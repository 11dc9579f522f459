"""Documents, citations and the index as plain values, which the API and the commands print."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from pincite.errors import RefusalReason
from pincite.generations import Manifest, Record
from pincite.kinds import KINDS
from pincite.types import Citation, Document, Mark, Repair, Span

Json = dict[str, Any]


def citation_json(citation: Citation, n: int) -> Json:
    """One citation with all that a reader needs to check it."""
    entry, where = citation.entry, citation.locator
    return {
        "n": n,
        "document_id": entry.id,
        "version": citation.version,
        "title": entry.title,
        "kind": entry.kind.value,
        "jurisdiction": entry.jurisdiction,
        "citation": citation.text,
        "pinpoint": citation.pinpoint,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "page": where.page_label or where.page,
        "source": entry.source,
        "channel": citation.channel,
        "authority": citation.authority,
        "status": citation.status,
        "in_force": {"from": day_json(entry.effective), "to": day_json(entry.expires)},
        "issued": day_json(entry.issued),
        "current_through": day_json(entry.current_through),
        "section": list(where.headings),
        "part": where.part,
        "author": where.author,
        "ocr": any(mark.type == "ocr" for mark in citation.marks),
        "marks": [mark_json(mark) for mark in citation.marks],
        "repaired": [repair_json(repair) for repair in citation.repairs],
        "force": citation.force,
        "standing": citation.standing,
        "issuer": entry.issuer,
        "parties": list(entry.parties),
        "url": entry.url,
        "companions": [
            {"type": one.type, "term": one.term, "citation": citation_json(one.citation, 0)}
            for one in citation.companions
        ],
        "deciding": [[span.start, span.end] for span in citation.deciding],
    }


def mark_json(mark: Mark) -> Json:
    """A mark as plain values."""
    return {
        "type": mark.type,
        "start": mark.span.start,
        "end": mark.span.end,
        "detail": mark.detail,
    }


def repair_json(repair: Repair) -> Json:
    """A repair as plain values."""
    return {
        "start": repair.span.start,
        "end": repair.span.end,
        "original": repair.original,
        "rule": repair.rule,
    }


def record_json(record: Record) -> Json:
    """One document of the open generation, without its text."""
    entry = record.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind.value,
        "kind_name": KINDS[entry.kind].name,
        "citation": entry.citation,
        "jurisdiction": entry.jurisdiction,
        "issuer": entry.issuer,
        "issued": day_json(entry.issued),
        "in_force": {"from": day_json(entry.effective), "to": day_json(entry.expires)},
        "current_through": day_json(entry.current_through),
        "status": entry.status,
        "work": entry.work,
        "relations": [{"type": link.type, "target": link.target} for link in entry.relations],
        "parties": list(entry.parties),
        "collection": entry.collection,
        "language": entry.language,
        "licence": entry.licence,
        "notice": entry.notice,
        "url": entry.url,
        "source": entry.source,
        "source_sha256": record.source_sha256,
        "version": record.version,
        "reader": record.reader,
        "characters": record.characters,
        "pages": record.pages,
        "passages": record.passages,
        "ocr": record.ocr,
        "repairs": record.repairs,
    }


def document_json(document: Document, record: Record) -> Json:
    """A document with its sections, repairs by rule, and marks by type."""
    return {
        **record_json(record),
        "sections": [
            {
                "label": section.label,
                "heading": section.heading,
                "level": section.level,
                "start": section.span.start,
                "end": section.span.end,
                "part": section.part,
                "author": section.author,
                "joined": list(section.joined),
            }
            for section in document.sections
        ],
        "repairs_by_rule": dict(Counter(repair.rule for repair in document.repairs)),
        "marks_by_type": dict(Counter(mark.type for mark in document.marks)),
        "facts": dict(record.facts),
    }


def text_json(document: Document, start: int, end: int) -> Json:
    """A stretch of a document's canonical text with what was marked and repaired in it."""
    shown = Span(start, end)
    return {
        "document_id": document.entry.id,
        "version": document.version,
        "start": start,
        "end": end,
        "characters": len(document.text),
        "text": document.text[start:end],
        "marks": [mark_json(m) for m in document.marks if shown.meets(m.span)],
        "repaired": [repair_json(r) for r in document.repairs if shown.meets(r.span)],
    }


def coverage_json(manifest: Manifest) -> Json:
    """What the open generation covers: how many documents of what, and what it could not read."""
    kinds = Counter(record.entry.kind.value for record in manifest.records)
    reasons: Counter[RefusalReason] = Counter(refusal.reason for refusal in manifest.refusals)
    return {
        "documents": len(manifest.records),
        "passages": manifest.passages,
        "kinds": dict(sorted(kinds.items())),
        "jurisdictions": sorted(
            {r.entry.jurisdiction for r in manifest.records if r.entry.jurisdiction}
        ),
        "refused": dict(sorted(reasons.items())),
    }


def index_json(manifest: Manifest) -> Json:
    """Which index answered: enough to ask the same one again."""
    spec = manifest.spec
    return {
        "generation": manifest.generation,
        "created": manifest.created,
        "corpus": manifest.corpus_digest,
        "spec": spec.digest,
        "encoder": spec.encoder,
        "sparse_encoder": spec.sparse_encoder,
    }


def refusals_json(manifest: Manifest) -> list[Json]:
    """Every file that is not indexed, and why."""
    return [
        {"source": r.source, "id": r.entry_id, "reason": r.reason, "detail": r.detail}
        for r in manifest.refusals
    ]


def day_json(day: date | None) -> str | None:
    """A day in ISO form."""
    return None if day is None else day.isoformat()
