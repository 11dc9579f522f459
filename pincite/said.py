"""Sentences that the program says itself, kept with their parts: English here, and whatever a page
speaks where it is shown. Words of documents are no part of this: they are values, and stay.

name = "8 U.S.C. § 1373"
said = Said("{name} is not current law: {why}.", name=name, why=Said("repealed"))
said == "8 U.S.C. § 1373 is not current law: repealed."      # a str like any other
said.template                                                # what a catalogue is asked for
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


class Said(str):
    """An English sentence that remembers its template and values.

    A value may be another `Said`, a day, or a plain string, which no translation touches. Cutting
    or joining it makes a plain string: compose with templates and `joined`.
    """

    __slots__ = ("many", "template", "values")

    template: str
    many: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Said:
        """The sentence of a template in the form of `str.format`."""
        return _made(template, "", values)

    def __str__(self) -> str:
        return self  # so that an error's text, asked for by str(), still knows its parts

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.template, self.many, dict(self.values))


class Printed(str):
    """A day as English prints it in running text, which another language prints its own way."""

    __slots__ = ("day",)

    day: date

    def __new__(cls, text: str, day: date) -> Printed:
        """The text as it stands in English, and the day that it means."""
        printed = super().__new__(cls, text)
        printed.day = day
        return printed

    def __reduce__(self) -> tuple[Any, ...]:
        return Printed, (str.__str__(self), self.day)


def N_(template: str) -> str:
    """The template itself, marked for the catalogue where it stands apart from its values."""
    return template


def counted(one: str, many: str, count: int, **values: Any) -> Said:
    """A sentence with a number: `counted("{count} file", "{count} files", 2)`."""
    return _made(one, many, {"count": count, **values})


def joined(parts: Sequence[object], between: str = ", ") -> Said:
    """Parts one behind the other, each still able to be said in another language."""
    template = between.join(f"{{p{n}}}" for n in range(len(parts)))
    return _made(template, "", {f"p{n}": part for n, part in enumerate(parts)})


def _made(template: str, many: str, values: Mapping[str, Any]) -> Said:
    form = many if many and values["count"] != 1 else template
    said = str.__new__(Said, form.format(**values))
    said.template, said.many, said.values = template, many, values
    return said
