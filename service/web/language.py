"""The language of the pages: one catalogue of strings (gettext), chosen as the browser asks.

Documents, and what is quoted of them, stay in theirs. Strings are marked in templates with
`{{ _("…") }}` or `{% trans %}`, in modules with `_("…")`; a string is translated when it is shown,
so a value that is kept for long keeps the English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request

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
