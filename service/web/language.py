"""The language of the pages: one catalogue of strings (gettext), chosen as the browser asks.

Documents, and what is quoted of them, stay in theirs. Strings are marked in templates with
`{{ _("…") }}` or `{% trans %}`, in modules with `_("…")`; a string is translated when it is shown,
so a value that is kept for long keeps the English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request

from pincite.citing.forms.wording import day as bluebook_day
from pincite.said import Printed, Said
from service.api.negotiating import preferred_language

LANGUAGES = {"en": "English", "es": "Español"}
"""The languages of the interface, each by its own name."""
COOKIE = "language"
"""Set when a reader chooses a language on a page; there is no other cookie."""

_LOCALE = Path(__file__).parent / "locale"
_spoken: ContextVar[str] = ContextVar("language", default="en")


def language_of(request: Request) -> str:
    """The language chosen on a page before, else what the browser prefers of those there are."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return preferred_language(request.headers.get("accept-language", ""), tuple(LANGUAGES))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, `gettext` and `ngettext` speak this language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken.get()


def gettext(message: str) -> str:
    """A string of the interface in the language spoken; the English where it has no translation."""
    return str(_catalogue(_spoken.get()).gettext(message))


def ngettext(one: str, many: str, count: int) -> str:
    """A string of the interface that depends on a number."""
    return str(_catalogue(_spoken.get()).ngettext(one, many, count))


def pgettext(context: str, message: str) -> str:
    """A string of the interface whose English has several meanings, told apart by `context`."""
    return str(_catalogue(_spoken.get()).pgettext(context, message))


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """A string with a context that depends on a number."""
    return str(_catalogue(_spoken.get()).npgettext(context, one, many, count))


def printed(when: date) -> str:
    """A day as the language spoken prints it, which does not break: "Jan. 1, 2023"."""
    words = (
        bluebook_day(when) if _spoken.get() == "en" else format_date(when, "long", _spoken.get())
    )
    return str(words).replace(" ", "\u00a0")


def told(value: Any) -> Any:
    """A value as a page says it: what the service says itself in the language spoken.

    Days within a sentence too; any other value, such as the words of a document, as it is.
    """
    if isinstance(value, Printed):
        return printed(value.day)
    if isinstance(value, date):
        return printed(value)
    if not isinstance(value, Said):
        return value
    catalogue = _catalogue(_spoken.get())
    parts = {name: told(part) for name, part in value.values.items()}
    if value.many:
        form = catalogue.ngettext(value.template, value.many, value.values["count"])
    else:
        form = catalogue.gettext(value.template)
    return str(form).format(**parts)


@cache
def _catalogue(language: str) -> NullTranslations:
    """The catalogue of a language, read from its text form: no compiled file is kept."""
    path = _LOCALE / language / "LC_MESSAGES" / "pincite.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
