"""The fields of a catalogue's entry: one table of names, each with what it accepts."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, get_args
from urllib.parse import urlsplit

from pincite.kinds import Kind
from pincite.types import AgreementFacts, AgreementModel, Relation, Status

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(_SLUG)
_JURISDICTION = re.compile(f"{_SLUG}(?:/{_SLUG})*")
_SHA256 = re.compile("[0-9a-f]{64}")
_LANGUAGE = re.compile("[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint: the known name that is spelt most like this one."""
    near = difflib.get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise ValueError("holds a line break or another control character")
    return value.strip()


def _spelt(pattern: re.Pattern[str], example: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not spelt like {example}")
        return text

    return parse


def _one_of(known: tuple[str, ...]) -> Callable[[object], str]:
    def parse(value: object) -> str:
        text = _text(value)
        if text not in known:
            hint = nearest(text, known)
            raise ValueError(f"unknown {text!r}{hint or '; one of ' + ', '.join(known)}")
        return text

    return parse


def _kind(value: object) -> Kind:
    return Kind(_one_of(tuple(kind.value for kind in Kind))(value))


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{value!s} is not a day like 2017-01-25")


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('must be a list of texts, like ["one", "two"]')
    return tuple(_text(item) for item in value)


_id = _spelt(_ID, "arden-code-4-12")


def _ids(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError('must be a list of ids, like ["arden-code-4-12"]')
    found = tuple(_id(item) for item in value)
    if len(set(found)) != len(found):
        raise ValueError("names an id twice")
    return found


def _file(value: object) -> str:
    text = _text(value)
    path = PurePosixPath(text)
    if path.is_absolute() or "\\" in text or ".." in path.parts or re.match("[A-Za-z]:", text):
        raise ValueError(f"{text!r} leads out of the folder; write a path below it, with /")
    if str(path) != text or text == ".":
        raise ValueError(f"{text!r} is not a plain path; write {str(path)!r}")
    return text


def _url(value: object) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        raise ValueError(f"{text!r} is not an address that begins with https://")
    return text


_AGREEMENT: dict[str, Callable[[object], Any]] = {
    "agency": _text,
    "model": _one_of(get_args(AgreementModel)),
    "signatory": _text,
    "signed": _day,
    "term": _text,
}


def _agreement(value: object) -> AgreementFacts:
    if not isinstance(value, dict):
        raise ValueError('write agreement.agency = "…", agreement.model = "…", each on its line')
    for key in ("agency", "model"):
        if key not in value:
            raise ValueError(f"needs {key!r}")
    facts = {}
    for key, given in value.items():
        if key not in _AGREEMENT:
            raise ValueError(f"unknown field {key!r}{nearest(key, _AGREEMENT)}")
        try:
            facts[key] = _AGREEMENT[key](given)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None
    return AgreementFacts(**facts)


RELATIONS: dict[str, Relation] = {name: name for name in get_args(Relation)}
REQUIRED = ("id", "file", "kind", "title")
DEFAULTS = ("collection", "licence", "language")

FIELDS: dict[str, Callable[[object], Any]] = {
    "id": _id,
    "file": _file,
    "kind": _kind,
    "title": _text,
    "work": _id,
    "citation": _text,
    "jurisdiction": _spelt(_JURISDICTION, "us/ny/new-york-city"),
    "issuer": _text,
    "issued": _day,
    "effective": _day,
    "expires": _day,
    "current_through": _day,
    "status": _one_of(get_args(Status)),
    "parties": _texts,
    "url": _url,
    "source_sha256": _spelt(_SHA256, "64 small hexadecimal digits"),
    "licence": _text,
    "language": _spelt(_LANGUAGE, "en"),
    "collection": _text,
    "notice": _text,
    "agreement": _agreement,
    **dict.fromkeys(RELATIONS, _ids),
}
