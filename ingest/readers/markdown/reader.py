"""Markdown files: plain pages, scraped orders and codes, opinions, and text off scanned pages."""

from __future__ import annotations

import re

from ingest.readers.clauses import tighten
from ingest.readers.decoding import decode
from ingest.readers.draft import Draft
from ingest.readers.format import Format, Limits
from ingest.readers.law_notes import mark_note_lines, mark_preamble
from ingest.readers.markdown.federal_order import clean_federal_order, is_federal_order
from ingest.readers.markdown.flattened import is_flattened, part_clauses
from ingest.readers.markdown.front_matter import Facts, split_front_matter
from ingest.readers.markdown.printed_lines import join_printed_lines
from ingest.readers.markdown.repeated_headings import drop_repeated_headings
from ingest.readers.markdown.syntax import decode_markdown
from ingest.readers.rulings.cleaning import clean_opinion, looks_like_opinion
from ingest.readers.rulings.star_pages import star_pages
from ingest.readers.web_furniture import strip_web_furniture
from pincite.errors import FileRefused
from pincite.types import Reading

_PART_OF_CODE = re.compile(r"(?:Title|Subtitle|Chapter|Part) [\dIVXLC]+", re.IGNORECASE)


def read_markdown(data: bytes, limits: Limits) -> Reading:
    """The reading of a Markdown file; its front matter becomes the reading's facts."""
    text = decode(data, limits).replace("\r\n", "\n").replace("\r", "\n")
    facts, body = split_front_matter(text)
    draft, more = _drafted(body, dict(facts))
    known = {name for name, _ in facts}
    facts = (*facts, *(pair for pair in more if pair[0] not in known))
    reading = draft.finish(MARKDOWN.name, MARKDOWN.revision, facts)
    if not reading.text:
        raise FileRefused("no_text", "the file holds front matter or markup only")
    return reading


def _drafted(body: str, facts: dict[str, str]) -> tuple[Draft, Facts]:
    """The draft, by the sort of text that the file turns out to hold, and its own facts."""
    if "text_source" in facts:  # words off a page: an asterisk there is an asterisk
        draft = join_printed_lines(Draft.of(body))
        scanned = facts["text_source"] == "ocr"
        return (draft.mark(0, len(draft.text), "ocr") if scanned else draft), ()
    if looks_like_opinion(body):
        return clean_opinion(Draft.of(body)), ()
    draft = star_pages(tighten(decode_markdown(body)))
    if is_federal_order(draft):
        return clean_federal_order(draft)
    if "source_url" in facts:
        draft = strip_web_furniture(draft)
    draft = drop_repeated_headings(draft)
    draft = part_clauses(draft) if is_flattened(body) else draft
    return mark_preamble(mark_note_lines(draft)), _title(draft)


def _title(draft: Draft) -> Facts:
    """The first heading, where it is the file's title; for an excerpt of a code, the section's."""
    heads = [mark.span for mark in draft.marks if mark.type == "heading"]
    if not heads or draft.text[: heads[0].start].strip():
        return ()
    words = [span.of(draft.text).strip() for span in heads]
    section = next((title for title in words if title.startswith("§")), words[0])
    return (("title", section if _PART_OF_CODE.match(words[0]) else words[0]),)


MARKDOWN = Format("markdown", 3, (".md", ".markdown"), read_markdown)
