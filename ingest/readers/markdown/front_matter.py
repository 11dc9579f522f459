"""The YAML block at a Markdown file's head: what the file says of itself, as pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from yaml import YAMLError

Facts = tuple[tuple[str, str], ...]

_BLOCK = re.compile(r"\A\s*---[ \t]*\n(?:.*\n){0,500}?---[ \t]*(?:\n|\Z)")
# Front matter names the day of a text in many ways; the first of these that is there counts.
_DATES = ("date", "date_signed", "published_time", "published", "pubdate")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def split_front_matter(text: str) -> tuple[Facts, str]:
    """The pairs of the front matter and the text behind it.

    Lists give a pair an item; nested tables are left out. A block that is not YAML is text.
    """
    block = _BLOCK.match(text)
    if block is None:
        return (), text
    try:
        pairs, _ = frontmatter.parse(block[0], handler=YAMLHandler())
    except (YAMLError, ValueError):
        return (), text
    if not pairs:
        return (), text
    facts = tuple((str(key), value) for key, values in pairs.items() for value in _strings(values))
    return (*_day(facts), *(pair for pair in facts if pair[0] != "date")), text[block.end() :]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _strings(item)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, date | datetime):
        yield value.isoformat()
    elif isinstance(value, str | int | float) and str(value).strip():
        yield str(value).strip()


def _day(facts: Facts) -> Facts:
    known = dict(facts)
    for name in _DATES:
        day = _DAY.match(known.get(name, ""))
        if day:
            return (("date", day[0]),)
    return ()
