"""The records of a log, found, told in a line, and taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pincite.errors import NotFound, SettingsError, UsageError
from pincite.settings import Settings
from service.journal.chain import (
    Json,
    Tip,
    canonical,
    damage,
    is_redacted,
    parsed,
    redacted,
    sealed,
)
from service.journal.file import LogFile
from service.journal.form import misfit
from service.journal.recording import FORM, log_at, opened

_LEAST_OF_ID = 4


def log_of(settings: Settings) -> LogFile:
    """The log that the settings name. Raises SettingsError where there is to be none."""
    if settings.answer_log is None:
        raise SettingsError("answers are not logged; name a file with PINCITE_ANSWER_LOG")
    return log_at(settings.answer_log)


def records(lines: Iterable[bytes]) -> Iterator[Json]:
    """Every record; what is no record is for `pincite log check` to tell."""
    for line in lines:
        record = parsed(line)
        if record is not None:
            yield record


def answers(file: LogFile, ids: Sequence[str] = ()) -> Iterator[Json]:
    """The records of answers: all, or those named by id or its first characters.

    Raises NotFound for an id that names none or several.
    """
    wanted = [_found(file, id_) for id_ in ids]
    with file.reading() as (_, lines):
        for record in records(_holding(lines, wanted) if ids else lines):
            if record["type"] == "answer" and (not ids or record["id"] in wanted):
                yield record


def answer(file: LogFile, id_: str) -> Json:
    """The sound record of one answer. Raises NotFound, also where its words were taken out."""
    (record,) = answers(file, [id_])
    if trouble := unusable(record):
        raise NotFound(f"record {record['id']}: {trouble}")
    return record


def unusable(record: Json) -> str:
    """Why nothing can be asked or checked again with a record; nothing where it can."""
    if wrong := damage(record, canonical(record)):
        return f"{wrong} since it was written; see `pincite log check`"
    if is_redacted(record):
        return "its question and answer were taken out"
    if record.get("form") != FORM:
        return "another release wrote it; use that one"
    if wrong := misfit(record):
        return f"it was not written by the log ({wrong})"
    return ""


def _found(file: LogFile, id_: str) -> str:
    """The whole id of the one answer whose id begins so."""
    found = set()
    if len(id_) >= _LEAST_OF_ID:
        with file.reading() as (_, lines):
            for record in records(_holding(lines, [id_])):
                if record["type"] == "answer" and record["id"].startswith(id_):
                    found.add(record["id"])
    if not found:
        raise NotFound(f"no answer {id_[:40]!r} in {file.path}; `pincite log` lists them")
    if len(found) > 1:
        raise NotFound(f"{len(found)} answers begin with {id_!r}; give more of the id")
    return str(found.pop())


def _holding(lines: Iterable[bytes], ids: Sequence[str]) -> Iterator[bytes]:
    """The lines that may hold one of these ids: a long log is not parsed for a few records."""
    marks = [b'"id":"' + id_.encode("ascii", "replace") for id_ in ids]
    return (line for line in lines if any(mark in line for mark in marks))


def told(record: Json) -> Json:
    """What a list shows of an answer."""
    trouble = unusable(record)
    said = {} if trouble else record["answer"]
    return {
        "n": record["n"],
        "id": record["id"],
        "time": record["time"],
        "question": None if trouble else record["question"]["asked"],
        "reason": said.get("reason"),
        "statements": len(said.get("statements", ())),
        "citations": len(said.get("citations", ())),
        "generation": record.get("generation"),
        "trouble": trouble,
    }


def redact(file: LogFile, ids: Sequence[str]) -> list[str]:
    """Take questions, answers and passages out of records, and log that; the whole ids.

    Raises NotFound, StorageError.
    """
    found = [record["id"] for record in answers(file, ids) if not is_redacted(record)]
    if not found:
        raise NotFound(f"{', '.join(ids)}: what was private in it is taken out already")
    file.rewrite(partial(_without, frozenset(found)))
    return found


def _without(
    ids: Collection[str], lines: Iterator[bytes], tip: Tip, notes: Sequence[str]
) -> Iterator[bytes]:
    for line in lines:
        record = parsed(line)
        yield canonical(redacted(record)) if record and record["id"] in ids else line
    fields = {**opened("redaction"), "of": sorted(ids)}
    yield canonical(sealed(tip, fields | ({"notes": list(notes)} if notes else {}), {}))


def rotate(settings: Settings, name: str | None) -> Path:
    """Move the log to that name, or to one of today; where it is now.

    Raises NotFound, UsageError, StorageError.
    """
    file = log_of(settings)
    if not file.path.exists():
        raise NotFound(f"{file.path}: no answer has been logged there yet")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = name or f"{file.path.stem}-{stamp}{file.path.suffix}"
    if name != Path(name).name or name in ("", ".", ".."):
        raise UsageError(f"{name!r} is no name of a file in {file.path.parent}")
    return file.set_aside(name)
