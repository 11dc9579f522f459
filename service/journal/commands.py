"""`pincite log`, `pincite replay` and `pincite recheck`. Nothing of it is served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.console import AsJson, exit_unless, print_value, user_errors
from service.vantage import today

if TYPE_CHECKING:
    from pincite.settings import Settings
    from service.journal.chain import Json

log = typer.Typer(
    help="The log of answers (PINCITE_ANSWER_LOG): list, show, check, redact, rotate.",
    invoke_without_command=True,
)
Last = Annotated[int, typer.Option(help="how many, newest last; 0: all", min=0)]
Id = Annotated[str, typer.Argument(help="a record's id, or its first characters")]
_LAST = 20


@log.callback()
def log_of_answers(context: typer.Context) -> None:
    """The log of answers (PINCITE_ANSWER_LOG): list, show, check, redact, rotate."""
    if context.invoked_subcommand is None:
        log_list()


@log.command("list")
def log_list(last: Last = _LAST, as_json: AsJson = False) -> None:
    """The answers that were logged, newest last (exit 1 when there is none)."""
    with user_errors():
        from service.journal.printing import print_list

        told = listed(_settings(), last)
        print_value(told, as_json, print_list)
        exit_unless(told["answers"])


@log.command("show")
def log_show(id_: Id, as_json: AsJson = False) -> None:
    """One answer as it was given, with what it was computed with."""
    with user_errors():
        from service.journal.printing import print_record
        from service.journal.reading import answer, log_of

        print_value(answer(log_of(_settings()), id_), as_json, print_record)


@log.command("check")
def log_check(
    head: Annotated[
        str | None, typer.Option(help="a hash that this command printed before", metavar="HASH")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Whether the log is whole; names the first line that is not (exit 1)."""
    with user_errors():
        from service.journal.printing import print_checked

        told = checked_log(_settings(), head)
        print_value(told, as_json, print_checked)
        exit_unless(told["broken"] is None)


@log.command("redact")
def log_redact(
    ids: Annotated[list[str], typer.Argument(help="ids, or their first characters")],
    as_json: AsJson = False,
) -> None:
    """Take question, answer and passages out of records for good; the log stays whole."""
    with user_errors():
        from service.journal.reading import log_of, redact

        file = log_of(_settings())
        torn = str(file.torn_path) if file.torn_path.exists() else None
        told = {"redacted": redact(file, ids), "torn": torn}
        print_value(told, as_json, _print_redacted)


@log.command("rotate")
def log_rotate(
    name: Annotated[str | None, typer.Argument(help="the name to move it to, same folder")] = None,
    as_json: AsJson = False,
) -> None:
    """Move the log away with its head; the next answer begins a new one."""
    with user_errors():
        from service.journal.reading import rotate

        moved = rotate(_settings(), name)
        print_value({"moved_to": str(moved)}, as_json, lambda told: print(told["moved_to"]))


def replay(id_: Id, as_json: AsJson = False) -> None:
    """Ask a logged question again on the same generation (exit 1 when the answer differs)."""
    with user_errors():
        from service.journal.printing import print_replayed
        from service.journal.reading import answer, log_of
        from service.journal.replaying import replay as replayed
        from service.journal.replaying import replayed_json

        settings = _settings()
        told = replayed_json(replayed(answer(log_of(settings), id_), settings))
        print_value(told, as_json, print_replayed)
        exit_unless(told["same"])


def recheck(
    ids: Annotated[list[str] | None, typer.Argument(help="only these records")] = None,
    as_json: AsJson = False,
) -> None:
    """Check logged answers against what is published now; list the changed ones (exit 1)."""
    with user_errors():
        from service.journal.printing import print_tally

        told = rechecked(_settings(), ids or [])
        print_value(told, as_json, print_tally)
        exit_unless(not told["changed"])


def listed(settings: Settings, last: int) -> Json:
    """The newest answers of the log. Raises NotFound, SettingsError."""
    from collections import deque

    from service.journal.reading import answers, log_of, told

    kept, newest = 0, deque[Any](maxlen=last or None)
    for record in answers(log_of(settings)):
        kept += 1
        newest.append(record)
    return {"answers": [told(record) for record in newest], "kept": kept}


def checked_log(settings: Settings, noted: str | None) -> Json:
    """What `pincite log check` says. Raises NotFound, SettingsError."""
    from dataclasses import asdict

    from service.journal.checking import checked
    from service.journal.reading import log_of

    file = log_of(settings)
    with file.reading() as (head, lines):
        told = checked(lines, head, noted)
    notes = [*told.notes, *_exposed(file.path)]
    if file.torn_path.exists():
        notes.append(f"pieces of lines that were never whole are in {file.torn_path}")
    return {
        "file": str(file.path),
        "records": told.records,
        "answers": told.answers,
        "redacted": told.redacted,
        "head": told.tip.hash,
        "notes": notes,
        "broken": asdict(told.broken) if told.broken else None,
    }


def rechecked(settings: Settings, ids: list[str]) -> Json:
    """What `pincite recheck` says. Raises PinciteError."""

    from pincite.shelf import library_of, published_manifest
    from service.journal.reading import answers, log_of
    from service.journal.rechecking import Recheck, tally_json

    file, library = log_of(settings), library_of(settings)
    manifest = published_manifest(settings, library)
    recheck = Recheck(library, manifest, today())
    return tally_json(recheck.all(answers(file, ids)))


def _exposed(path: Path) -> list[str]:
    """That others than the owner's group may read it: the log does not change a mode it finds."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0
    return [f"{path} may be read by everybody (mode {mode:o})"] if mode & 0o007 else []


def _print_redacted(told: Json) -> None:
    print(f"redacted: {', '.join(told['redacted'])}")
    if told["torn"]:
        print(f"{told['torn']} holds pieces of lines; delete it if they are to go too")


def _settings() -> Settings:
    from pincite.settings import load

    return load()[0]
