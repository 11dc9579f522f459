"""Entries back to a catalogue: what `load_catalogue` reads is what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from ingest.catalogue_fields import FIELDS, RELATIONS
from pincite.types import Entry


def catalogue_toml(entries: Iterable[Entry]) -> str:
    """The catalogue of these entries, in their order, every field written out."""
    return "\n".join("\n".join(_lines(entry)) + "\n" for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    yield "[[entry]]"
    for key in FIELDS:
        if key in RELATIONS:
            value: Any = [link.target for link in entry.relations if link.type == key]
        else:
            value = getattr(entry, "source" if key == "file" else key)
        if key == "agreement" and value is not None:
            for field in fields(value):
                if (fact := getattr(value, field.name)) is not None:
                    yield f"{key}.{field.name} = {_value(fact)}"
        elif value not in (None, [], ()):
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """A text, a day or a list of texts in TOML; JSON's strings are TOML's too."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
