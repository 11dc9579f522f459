"""Questions to show a newcomer: those of a file, or plain ones about documents that are held."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pincite.errors import UsageError
from pincite.kinds import Kind
from pincite.standing import begins, short_name
from pincite.types import Entry

# A title as long as this makes no question that a person would ask.
_LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the place of who asks it."""

    question: str
    place: str = ""


def questions_to_try(path: Path) -> list[Example]:
    """The questions of a file's [[try]] tables. Raises UsageError."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))["try"]
        return [Example(str(one["question"]), str(one.get("place", ""))) for one in said]
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        AttributeError,
        KeyError,
        TypeError,
    ) as error:
        raise UsageError(f"{path}: no [[try]] questions can be read from it: {error}") from None


def about_held(entries: Iterable[Entry]) -> list[Example]:
    """One plain question about a document of each kind that has one, the newest that stands.

    Each names what is held, so that it has an answer here.
    """
    by_kind: dict[Kind, Entry] = {}
    for entry in sorted(entries, key=lambda one: (str(begins(one) or ""), one.id)):
        if _can_be_asked_about(entry):
            by_kind[entry.kind] = entry
    return [Example(ask(by_kind[kind])) for kind, ask in _ASKED_OF.items() if kind in by_kind]


def _can_be_asked_about(entry: Entry) -> bool:
    name = short_name(entry)
    named = entry.citation or entry.kind is Kind.COURT_RULING
    return bool(
        named
        and len(name) <= _LONGEST_NAME
        and name.isprintable()
        and entry.language == "en"
        and entry.status in ("in_force", "unknown")
    )


def _says(entry: Entry) -> str:
    return f"What does {short_name(entry)} say?"


def _holds(entry: Entry) -> str:
    return f"What did the Court hold in {entry.title}?"


def _stands(entry: Entry) -> str:
    return f"Is {short_name(entry)} still in force?"


_ASKED_OF: dict[Kind, Callable[[Entry], str]] = {
    Kind.STATUTE: _says,
    Kind.ORDINANCE: _says,
    Kind.EXECUTIVE_ORDER: _stands,
    Kind.COURT_RULING: _holds,
}
