"""Keeps the catalogue up to date with what the pages say: `make messages`.

Every string that is marked in the code or in a template is taken out, those that are new go into
`locale/*/LC_MESSAGES/pincite.po` without a translation, and those that nothing says any more go
out of it. A test fails for each one that is not translated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LOCALE = Path(__file__).parent / "locale"
# What marks a string: in templates and in modules of the site, and in sentences of the service.
KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Said": None,
    "counted": (1, 2),
}
_SOURCES = {"pincite": "**.py", "service": "**.py", "eval/room": "**.py"}
_TEMPLATES = ("service/web/templates", "eval/room/templates")
_UNKEPT = tuple(
    f'"{name}'.encode()
    for name in ("Report-", "POT-", "PO-", "Last-", "Language-Team", "Generated-", "Project-")
)


def extracted() -> Catalog:
    """Every string that is marked, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for folder, pattern in _SOURCES.items():
        _take(catalogue, folder, (pattern, "python"))
    for folder in _TEMPLATES:
        _take(catalogue, folder, ("**.html", "jinja2"))
    return catalogue


def _take(catalogue: Catalog, folder: str, method: tuple[str, str]) -> None:
    found = extract_from_dir(
        ROOT / folder,
        [method],
        {method[0]: {"newstyle_gettext": "true", "silent": "false", "trimmed": "true"}},
        KEYWORDS,
    )
    for name, _line, message, _comments, context in found if (ROOT / folder).is_dir() else ():
        catalogue.add(message, context=context, locations=[(f"{folder}/{name}", 0)])


def catalogues() -> dict[str, Path]:
    """The catalogue of each language that the English is translated to."""
    return {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/pincite.po"))}


def read(language: str) -> Catalog:
    """A language's catalogue as it is kept."""
    with catalogues()[language].open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """A language's catalogue with exactly the strings that are marked; new ones are empty."""
    kept, template = read(language), extracted()
    kept.update(template, no_fuzzy_matching=True)
    kept.obsolete.clear()
    return kept


def write(language: str, catalogue: Catalog) -> None:
    """Keep a catalogue, sorted, so that a change of it reads well."""
    written = BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    # git knows when it was changed, and by whom.
    kept = [line for line in written.getvalue().splitlines(True) if not line.startswith(_UNKEPT)]
    catalogues()[language].write_bytes(b"".join(kept).lstrip())


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """The strings that have no translation, or not one for each form of a number."""
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and not all(forms):
            yield message


def main() -> None:
    """Bring every catalogue up to date, and name what waits for a translation."""
    for language in catalogues():
        catalogue = update(language)
        write(language, catalogue)
        waiting = [message.id for message in untranslated(catalogue)]
        sys.stdout.write(f"{language}: {len(catalogue)} strings, {len(waiting)} to translate\n")
        sys.stdout.writelines(f"  {one!r}\n" for one in waiting)


if __name__ == "__main__":
    main()
