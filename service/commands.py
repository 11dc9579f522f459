"""What the asking half of the command line does: over the running service, or in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pincite.errors import QuestionError
from pincite.settings import Settings
from service.client import running

Json = dict[str, Any]
_SECONDS_TO_ANSWER = 60.0


def ask(settings: Settings, question: str, after: Sequence[str] = (), **filters: Any) -> Json:
    """The answer to a question, asked behind earlier ones. Raises PinciteError."""
    if client := running(settings):
        history = [{"question": earlier} for earlier in after]
        return client.post(
            "/v1/ask",
            {"question": question, **_given(filters | {"history": history})},
            _SECONDS_TO_ANSWER + settings.llm_seconds,
        )
    from service.conversing.following import question_after
    from service.conversing.turns import Turn
    from service.presenting import answer_json

    with _engine(settings) as engine, engine.holdings() as holdings:
        turns = [Turn(earlier) for earlier in after]
        return answer_json(
            engine.ask(question_after(question, turns, holdings, settings, **filters))
        )


def search(settings: Settings, words: str, top: int, **filters: Any) -> Json:
    """Passages for the words. Raises PinciteError."""
    if client := running(settings):
        return client.get("/v1/search", q=words, top=top, **_as_query(filters))
    from service.filtering import question_of
    from service.presenting import search_json

    with _engine(settings) as engine, engine.holdings() as holdings:
        return search_json(engine.search(question_of(words, holdings, top=top, **filters)))


def documents(settings: Settings, **filters: Any) -> Json:
    """The documents of the open generation. Raises PinciteError."""
    if client := running(settings):
        return client.get("/v1/documents", **_as_query(filters))
    from pincite.shelf import library_of, published_manifest
    from service.linking.reading_list import links_of
    from service.listing import listing

    library = library_of(settings)
    manifest = published_manifest(settings, library)
    return listing(manifest, links_of(manifest, library), **filters)


def show(settings: Settings, document: str, at: str | None) -> Json:
    """A document's entry and text, or one stretch of it. Raises PinciteError."""
    from pincite.errors import NotFound
    from pincite.shelf import library_of, published_manifest
    from service.describing import document_json, text_json

    library = library_of(settings)
    record = published_manifest(settings, library).record(document)
    if record is None:
        raise NotFound(f"no document {document!r}; `pincite documents` lists them")
    held = library.document(record.entry, record.version, record.outline)
    start, end = stretch(at, len(held.text))
    return {**document_json(held, record), **text_json(held, start, end)}


def stretch(at: str | None, length: int) -> tuple[int, int]:
    """START:END as two offsets into a text of that length. Raises QuestionError."""
    if at is None:
        return 0, length
    first, colon, last = at.partition(":")
    try:
        start, end = int(first or 0), int(last or length)
    except ValueError:
        start, end = 1, 0
    if not colon or not 0 <= start < end <= length:
        raise QuestionError(f"--at {at!r}: write START:END, two offsets between 0 and {length}")
    return start, end


@contextmanager
def _engine(settings: Settings) -> Iterator[Any]:
    from service.engine import Engine

    engine = Engine(settings)
    try:
        yield engine
    finally:
        engine.close()


def _given(filters: Json) -> Json:
    return {name: value for name, value in filters.items() if value or value is False}


def _as_query(filters: Json) -> Json:
    """Filters by the names of the API's query parameters."""
    singular = {"kinds": "kind", "documents": "document", "collections": "collection"}
    return {singular.get(name, name): value for name, value in _given(filters).items()}
