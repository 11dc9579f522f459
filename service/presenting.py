"""Answers, hits and documents as the plain values that the API and the command line print."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pincite.errors import RefusalReason
from pincite.generations import Manifest, Record
from pincite.kinds import KINDS
from pincite.said import N_, Said
from pincite.types import Citation, Composition, Document, Hit, Mark, Question, Repair, Span
from service.citing import cite

if TYPE_CHECKING:  # listing documents loads no model library
    from service.asked import Asked

Json = dict[str, Any]


def answer_json(asked: Asked) -> Json:
    """The whole answer, as `POST /v1/ask` gives it."""
    from service.coverage import on_this
    from service.sharing.settling import also_in

    answer = asked.answer
    assert answer is not None
    read = read_as_json(asked.question)
    notices: list[str] = [read_as_words(read)] if read else []
    notices += answer.notices
    if asked.dropped:
        left_out = N_("{count} quote(s) did not match their source and were left out.")
        notices.append(Said(left_out, count=asked.dropped))
    return {
        "question": follow.typed if (follow := asked.question.follow_up) else asked.question.text,
        "reason": answer.reason,
        "confidence": answer.confidence,
        "statements": [
            {
                "text": s.text,
                "channel": s.channel,
                "citations": list(s.citations),
                "support": s.support,
                "lead": s.lead,
            }
            for s in answer.statements
        ],
        "citations": [
            {**citation_json(citation, place), "also_in": also_in(citation, asked)}
            for place, citation in enumerate(answer.citations, start=1)
        ],
        "nearest": [citation_json(c, place) for place, c in enumerate(answer.nearest, start=1)],
        "notices": notices,
        "composition": composition_json(answer.composition),
        "coverage": {**coverage_json(asked.holdings.manifest), "on_this": on_this(asked)},
        "index": index_json(asked.holdings.manifest),
        "as_of": (answer.as_of or asked.day).isoformat(),
        "timings_ms": dict(asked.timings),
        "log_id": asked.log_id,
        "read_as": read,
    }


def read_as_json(question: Question) -> Json | None:
    """How a follow-up was read; None for a question that was taken as it stands."""
    if question.follow_up is None:
        return None
    return {
        "question": question.text,
        "place": question.place,
        "as_of": _iso(question.as_of),
        "by": question.follow_up.by,
    }


def read_as_words(read: Json) -> str:
    """How a follow-up was read, as a notice."""
    return Said("Read as: {question}", question=read["question"])


def search_json(asked: Asked) -> Json:
    """The passages found, as `GET /v1/search` gives them."""
    return {
        "question": asked.question.text,
        "hits": [
            {**hit_json(hit, asked), "rank": rank} for rank, hit in enumerate(asked.hits, start=1)
        ],
        "index": index_json(asked.holdings.manifest),
        "as_of": asked.day.isoformat(),
        "timings_ms": dict(asked.timings),
    }


def hit_json(hit: Hit, asked: Asked, *, copies: bool = True) -> Json:
    """One passage with its citation, its score and its rank in every leg.

    Where else its clause stands is told if `copies` are: the first look at them takes a second.
    """
    from service.sharing.settling import also_in

    document = asked.holdings.document(hit.passage.document_id)
    citation = cite(document, hit.passage.span, asked.view)
    return {
        **citation_json(citation, 0),
        "also_in": also_in(citation, asked) if copies else [],
        "score": round(hit.score, 6),
        "similarity": None if hit.similarity is None else round(hit.similarity, 4),
        "ranks": dict(hit.ranks),
        "retired": hit.passage.retired,
    }


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
        "in_force": {"from": _iso(entry.effective), "to": _iso(entry.expires)},
        "issued": _iso(entry.issued),
        "current_through": _iso(entry.current_through),
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


def composition_json(composition: Composition) -> Json:
    """Who wrote the statements, and how many of a model's did not check out."""
    return {
        "model": composition.model,
        "dropped": composition.dropped,
        "repaired": composition.repaired,
        "trouble": composition.trouble,
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
        "issued": _iso(entry.issued),
        "in_force": {"from": _iso(entry.effective), "to": _iso(entry.expires)},
        "current_through": _iso(entry.current_through),
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


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()
