"""What a record says of an answer: the question, what was said, and all that moved a number."""

from __future__ import annotations

import hashlib
import logging
import platform
import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from pincite.errors import SettingsError, StorageError
from pincite.index.schema import point_id
from pincite.said import Said
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Hit, Question
from service.asked import Asked
from service.describing import index_json
from service.journal.chain import Json, Tip, sealed
from service.journal.file import LogFile
from service.presenting import answer_json

_log = logging.getLogger(__name__)
FORM = 1
_ID_BYTES = 8
QUESTIONS = TypeAdapter(Question)

# Settings that say where things lie, who may come in, or how files are read: they move no number.
_ELSEWHERE = frozenset(
    {"data_dir", "index_url", "library_url", "answer_log", "feedback_log", "ocr"}
    | {"host", "port", "allowed_hosts", "use_service", "most_asking", "word_vectors_mb"}
)
_OF_READERS = "reader_"
_SECRET = ("_key", "_token", "_secret", "_password")
# The clock's, and the log's own.
_NOT_KEPT = ("timings_ms", "log_id")
# Libraries whose next release may compute another number.
_LIBRARIES = ("torch", "sentence-transformers", "onnxruntime", "numpy", "qdrant-edge-py")


class Journal:
    """Keeps every answer of one process in the log that the settings name."""

    def __init__(self, file: LogFile, settings: Settings, shelf: Shelf) -> None:
        self._file, self._settings, self._shelf = file, settings, shelf

    @classmethod
    def of(cls, settings: Settings, shelf: Shelf) -> Journal | None:
        """The journal, where there is to be one. Raises SettingsError for an impossible place."""
        if settings.answer_log is None:
            return None
        return cls(log_at(settings.answer_log), settings, shelf)

    def kept(self, asked: Asked, words: str) -> Asked:
        """What was asked in these words, logged. Where that fails, the answer says so instead."""
        made = partial(_record, self._fields(asked), self._private(asked, words))
        try:
            record = self._file.append(made)
        except StorageError as error:
            _log.warning("an answer was not logged: %s", error)
            return _noticed(asked)
        for note in record.get("notes", ()):
            _log.warning("%s: %s", self._file.path, note)
        return replace(asked, log_id=record["id"])

    def _fields(self, asked: Asked) -> Json:
        return {
            "generation": asked.holdings.manifest.generation,
            "index": index_json(asked.holdings.manifest),
            "settings": moving(self._settings),
            "models": models(self._shelf),
            "program": program(),
        }

    def _private(self, asked: Asked, words: str) -> Json:
        most = self._settings.rerank_depth
        return {
            "question": question_json(asked, words),
            "answer": {k: v for k, v in answer_json(asked).items() if k not in _NOT_KEPT},
            "hits": [hit_json(hit) for hit in asked.hits[:most]],
        }


def _record(fields: Json, private: Json, tip: Tip, notes: Sequence[str]) -> Json:
    """The record at the end of the chain; its time is that of its turn."""
    noted = {"notes": list(notes)} if notes else {}
    return sealed(tip, {**opened("answer"), **fields, **noted}, private)


def log_at(path: Path) -> LogFile:
    """The log at that path. Raises SettingsError where no file can be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"answer_log = {path}: {error.strerror}; name another file") from None
    if path.exists() and not path.is_file():
        raise SettingsError(f"answer_log = {path}: is no file; name one, such as answers.jsonl")
    return LogFile(path)


def opened(type_: str) -> Json:
    """What every record begins with."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"form": FORM, "type": type_, "id": secrets.token_hex(_ID_BYTES), "time": now}


def question_json(asked: Asked, words: str) -> Json:
    """The question as it was asked and as it was read, with its day."""
    follow_up = asked.question.follow_up
    return {
        "asked": follow_up.typed if follow_up else words,
        "read": QUESTIONS.dump_python(asked.question, mode="json"),
        "looked_for": None if asked.wording is None else asdict(asked.wording),
        "day": asked.day.isoformat(),
    }


def hit_json(hit: Hit) -> Json:
    """One passage: where it stands, and its places and scores."""
    passage, span = hit.passage, hit.passage.span
    return {
        "point": point_id(passage.document_id, passage.version, span),
        "document_id": passage.document_id,
        "version": passage.version,
        "start": span.start,
        "end": span.end,
        "ranks": dict(hit.ranks),
        "score": hit.score,
        "similarity": hit.similarity,
        "bearing": hit.bearing,
        "fused": hit.fused,
    }


def moving(settings: Settings) -> Json:
    """The settings that may move a number, and no secret."""
    return {
        name: value
        for name, value in settings.model_dump(mode="json").items()
        if name not in _ELSEWHERE
        and not name.startswith(_OF_READERS)
        and not name.endswith(_SECRET)
        and Settings.model_fields[name].repr
    }


def models(shelf: Shelf) -> Json:
    """The models that ranked, with their weights' sha256."""
    named = {
        "dense": shelf.dense,
        "reranker": shelf.reranker,
        "second_reranker": shelf.second,
        "selector": shelf.selector,
    }
    told: Json = {
        use: {"name": model.name, "sha256": model.sha256} for use, model in named.items() if model
    }
    return told | {"sparse": {"name": shelf.sparse.name}}


@cache
def program() -> Json:
    """Which program answered: its release, a hash of its code, and the libraries that compute."""
    libraries = {name: found for name in _LIBRARIES if (found := _version(name))}
    return {
        "version": _version("pincite") or "0+unknown",
        "code": _code(),
        "python": platform.python_version(),
        "libraries": libraries,
    }


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _code() -> str:
    """A short name for exactly this program: over the files that ask and answer."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for package in ("pincite", "service"):
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _noticed(asked: Asked) -> Asked:
    """The answer with a notice; where the log lies is not for whoever asks."""
    assert asked.answer is not None
    notice = Said("This answer was not written to the log of answers: the log cannot be written.")
    answer = replace(asked.answer, notices=(*asked.answer.notices, notice))
    return replace(asked, answer=answer)
