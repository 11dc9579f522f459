"""Every error that Pincite raises on purpose. A door prints the message as its one line.

PinciteError
├── UsageError            what a person typed or wrote: exit 2, HTTP 422
│   ├── SettingsError     a setting that is unknown or impossible
│   ├── CatalogueError    a catalogue's line that cannot stand
│   ├── QuestionError     an empty, endless or unprintable question
│   └── JobRunning        a command that the service runs one of at a time, and does: HTTP 409
├── FileRefused           a file that is not indexed, with a typed reason
├── ReaderUnusable        the process that reads files cannot start, or was closed
├── NotFound              a document, version or generation that is not here: HTTP 404
├── IndexUnusable         the index cannot be used: HTTP 503
│   ├── IndexMissing      nothing was ingested yet
│   ├── IndexLocked       another process has it open
│   ├── IndexMismatch     it was built with other settings
│   └── IndexForeign      the folder holds something else
├── ModelError            a model's files are missing or are not those that were pinned
├── StorageError          the disk is full, or refuses to be written
├── Busy                  more questions wait than there are places for: HTTP 503
├── ServiceUnusable       no service answers there, or not as one (`pincite.client`)
├── Abandoned             whoever asked has gone; the work stops
└── VerificationError     a quote that does not stand in its source
"""

from __future__ import annotations

import re
from typing import Literal

from pincite.said import N_, Said

RefusalReason = Literal[
    "empty",
    "encrypted",
    "truncated",
    "malformed",
    "no_pages",
    "no_text",
    "form_only",
    "scan_without_ocr",
    "too_large",
    "too_many_pages",
    "too_slow",
    "too_much_memory",
    "expands_too_much",
    "wrong_type",
    "unknown_type",
    "unknown_encoding",
    "unreadable",
    "outside_corpus",
    "link_loop",
    "sha256_differs",
    "crashed",
]


class PinciteError(Exception):
    """The base of all errors raised on purpose; its text says what, where and what to do."""


class UsageError(PinciteError):
    """A person asked for something that cannot be."""


class SettingsError(UsageError):
    """A setting is unknown or impossible."""


class CatalogueError(UsageError):
    """A catalogue cannot be used. `line` counts from 1 where it is known."""

    def __init__(self, path: str, line: int | None, what: str) -> None:
        self.path, self.line, self.what = path, line, what
        super().__init__(f"{path}{f':{line}' if line else ''}: {what}")


class QuestionError(UsageError):
    """The question cannot be asked."""


class JobRunning(UsageError):
    """The service runs such a command already."""


class FileRefused(PinciteError):
    """A file is not indexed. `reason` is typed; `detail` says what was seen and what to do."""

    def __init__(self, reason: RefusalReason, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")


class ReaderUnusable(PinciteError):
    """The process that reads files cannot start, or was closed. No file's fault."""


class NotFound(PinciteError):
    """A document, version or generation of that name is not here."""


class IndexUnusable(PinciteError):
    """The index cannot be used as it is."""


class IndexMissing(IndexUnusable):
    """Nothing has been ingested yet."""


class IndexLocked(IndexUnusable):
    """Another process has the index open for writing."""


class IndexMismatch(IndexUnusable):
    """The index was built with other settings than this process uses."""


class IndexForeign(IndexUnusable):
    """The place holds something that is not one of our indexes."""


class ModelError(PinciteError):
    """A model's files are missing, or are not the ones that were pinned."""


class StorageError(PinciteError):
    """The disk is full or cannot be written."""


class Busy(PinciteError):
    """As many questions are worked on or wait as there are places. `seconds`: when to come back."""

    def __init__(self, waiting: int, seconds: int) -> None:
        self.seconds = seconds
        many = N_(
            "{waiting} questions are being answered or wait; ask again in {seconds} s"
            " (PINCITE_MOST_ASKING)"
        )
        super().__init__(Said(many, waiting=waiting, seconds=seconds))


class ServiceUnusable(PinciteError):
    """The service cannot be reached, takes too long, or answers what cannot be read."""


class Abandoned(PinciteError):
    """Whoever asked no longer waits for the answer, so the work on it stops."""


class VerificationError(PinciteError):
    """A quote does not stand where it says it does."""


def code_of(error: PinciteError | type[PinciteError]) -> str:
    """An error's type as doors name it: `QuestionError` as `question_error`."""
    kind = error if isinstance(error, type) else type(error)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()
