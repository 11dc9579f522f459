"""Records that hang together: each holds the hash of the one before it, and its own.

A record's hash is over its open fields and over digests of its private ones, each with a salt of
its own: the private fields can be taken out, and the chain still holds. Touches no file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

PRIVATE = ("question", "answer", "hits")
"""What can be taken out of a record: who asked what, and what was said."""
_UNHASHED = frozenset({*PRIVATE, "salts", "hash"})
# Without a salt, whoever guesses an erased question could prove the guess by its digest.
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a chain ends: how many records it has, and the hash of the last."""

    n: int = 0
    hash: str = "0" * 64


def canonical(value: Any) -> bytes:
    """The one way in which a value is written: ASCII, no spaces, names in order."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def sealed(tip: Tip, fields: Json, private: Json) -> Json:
    """The record that follows `tip`, with its hash."""
    salts = {name: secrets.token_hex(_SALT_BYTES) for name in private}
    record = {
        **fields,
        "n": tip.n + 1,
        "previous": tip.hash,
        "digests": {name: _digest(salts[name], value) for name, value in private.items()},
    }
    return record | private | {"salts": salts, "hash": hash_of(record)}


def redacted(record: Json) -> Json:
    """The record without what is private in it; its hash stays."""
    return {name: v for name, v in record.items() if name not in PRIVATE} | {"salts": {}}


def is_redacted(record: Json) -> bool:
    """Whether what was private in it has been taken out."""
    return bool(record["digests"]) and not any(name in record for name in PRIVATE)


def hash_of(record: Json) -> str:
    """The hash that a record must have."""
    open_fields = {name: v for name, v in record.items() if name not in _UNHASHED}
    return hashlib.sha256(canonical(open_fields)).hexdigest()


def parsed(line: bytes) -> Json | None:
    """The record that a line holds, whether it is sound or not; None where it is no record."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    fits = all(isinstance(record.get(name), type_) for name, type_ in _FIELDS.items())
    return record if fits else None


_FIELDS = {
    "n": int,
    "id": str,
    "time": str,
    "type": str,
    "previous": str,
    "digests": dict,
    "salts": dict,
    "hash": str,
}


def damage(record: Json, line: bytes) -> str:
    """What does not fit in a record by itself, in words; nothing where all does."""
    if canonical(record) != line:
        return "it is not written as the log writes"
    if hash_of(record) != record["hash"]:
        return "its hash is another"
    if is_redacted(record):
        return ""
    wrong = [name for name, digest in record["digests"].items() if not _fits(record, name, digest)]
    wrong += [name for name in PRIVATE if name in record and name not in record["digests"]]
    return f"its {' and '.join(wrong)} changed" if wrong else ""


def _fits(record: Json, name: str, digest: str) -> bool:
    salt = record["salts"].get(name)
    return isinstance(salt, str) and name in record and _digest(salt, record[name]) == digest


def _digest(salt: str, value: Any) -> str:
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()
