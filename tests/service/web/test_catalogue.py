"""Every string of the interface is in the catalogue, and translated; templates say nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import nodes

from service.web import messages
from service.web.rendering import ENVIRONMENT

TEMPLATES = [
    path
    for folder in ("service/web/templates", "eval/room/templates")
    for path in sorted((messages.ROOT / folder).rglob("*.html"))
]
# Names, signs and units, which are the same in every language of the pages.
SAME = {
    "Pincite",
    "BM",
    "CSL",
    "JSON",
    "RIS",
    "Markdown",
    "Word",
    "nDCG",
    "px",
    "ms",
    "kB",
    "MB",
    "UTC",
}
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*(?:!r)?\}|%[a-z]\b")
_TAGS = re.compile(r"</?\w+>")
# Attributes that a person reads or hears.
_SPOKEN = frozenset(("alt", "aria-description", "aria-label", "placeholder", "title", "label"))
_BETWEEN = "\ufffc"
# Parts of a statement of Jinja, and blocks, that are no text of the page.
_UNSAID = ("test", "target", "iter", "args", "defaults", "template")
_CLASSES = {"room"}


@cache
def kept(language: str) -> Catalog:
    return messages.read(language)


@cache
def marked() -> Catalog:
    return messages.extracted()


def forms(message: Message) -> tuple[list[str], list[str]]:
    """The English forms of a string, and its translations."""
    english, said = message.id, message.string
    return (
        list(english) if isinstance(english, tuple | list) else [english],
        list(said) if isinstance(said, tuple | list) else [said or ""],
    )


@pytest.mark.parametrize("language", messages.catalogues())
def test_every_marked_string_is_translated(language: str) -> None:
    waiting = [m.id for m in marked() if m.id and kept(language).get(m.id, m.context) is None]
    assert waiting == [], "run `make messages`, and translate what is new"
    assert [message.id for message in messages.untranslated(kept(language))] == []


@pytest.mark.parametrize("language", messages.catalogues())
def test_nothing_is_kept_that_no_page_says(language: str) -> None:
    said = marked()
    assert [m.id for m in kept(language) if m.id and said.get(m.id, m.context) is None] == []
    assert not kept(language).obsolete


@pytest.mark.parametrize("language", messages.catalogues())
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in kept(language) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("language", messages.catalogues())
def test_a_translation_has_the_values_and_tags_of_the_english(language: str) -> None:
    for message in kept(language):
        english, said = forms(message)
        if not message.id:
            continue
        wanted = [sorted(_PLACEHOLDER.findall(one)) for one in english]
        tags = [sorted(_TAGS.findall(one)) for one in english]
        for one in filter(None, said):
            assert sorted(_PLACEHOLDER.findall(one)) in wanted, message.id
            assert sorted(_TAGS.findall(one)) in tags, message.id


@pytest.mark.parametrize("language", messages.catalogues())
def test_a_translation_keeps_the_spaces_and_the_end_of_the_english(language: str) -> None:
    for message in kept(language):
        english, said = forms(message)
        for one in filter(None, said) if message.id else ():
            assert (one[:1].isspace(), one[-1:].isspace()) == (
                english[0][:1].isspace(),
                english[0][-1:].isspace(),
            ), message.id
            ends = one.endswith((".", ":", "?", "…")), english[-1].endswith((".", ":", "?", "…"))
            assert ends[0] == ends[1], message.id


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_is_not_marked(path: Path) -> None:
    assert list(unmarked(path.read_text(encoding="utf-8"))) == []


def test_the_walker_finds_what_is_not_marked() -> None:
    found = unmarked(
        '<p title="Not this">{{ _("fine") }} Bare <b>{{ "word" if x }}</b>'
        "{% trans %}fine{% endtrans %}<i class='not a word' {{ 'hidden' if x }}>{{ x }} · 12</i>"
    )
    assert list(found) == ["Not this", "Bare", "word"]


def unmarked(source: str) -> Iterator[str]:
    """The words of a template that no catalogue knows: in its text, and in what is read aloud."""
    reader = _Reader()
    text = "".join(_emitted(ENVIRONMENT.parse(source)))
    reader.feed(re.sub(rf"(</?){_BETWEEN}+", r"\1p", text))  # a tag whose name is a value
    reader.close()
    for words in reader.said:
        spoken = re.sub(r"\S+/\S+", "", words)  # an example of a path
        bare = [one for one in re.findall(r"[^\W\d_]{2,}", spoken) if one not in SAME]
        if bare:
            yield " ".join(words.replace(_BETWEEN, " ").split())


def _emitted(node: nodes.Node) -> Iterator[str]:
    """The text that a template puts out by itself, with a sign where a value stands."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const):
        yield f"{_BETWEEN}{node.value}{_BETWEEN}" if isinstance(node.value, str) else _BETWEEN
    elif isinstance(node, nodes.CondExpr):
        yield from _emitted(node.expr1)
        yield from _emitted(node.expr2) if node.expr2 else ()
    elif isinstance(node, nodes.Filter) and node.node is not None:
        yield from _emitted(node.node)
    elif isinstance(node, nodes.Add | nodes.Concat | nodes.Or):
        for child in node.iter_child_nodes():
            yield from _emitted(child)
    elif isinstance(node, nodes.Expr):
        yield _BETWEEN
    elif isinstance(node, nodes.Assign):  # a single word is a name of the template's own
        yield from (one for one in _emitted(node.node) if " " in one.strip())
    elif not (isinstance(node, nodes.Block) and node.name in _CLASSES):
        for child in node.iter_child_nodes(exclude=_UNSAID):
            yield from _emitted(child)


class _Reader(HTMLParser):
    """Collects the text of a page, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._code = 0

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.said.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag == "code"
        self.said += [value for name, value in attrs if value and name in _SPOKEN]
