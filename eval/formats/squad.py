"""SQuAD: one JSON file of articles, their paragraphs, and questions with answer spans.

Documents are articles, units are paragraphs. Options: `file`, the JSON file's name; `within`,
which asks every question inside its own document; `merge`, which makes one case of a question
that one document is asked several times: any of the answers will do, every paragraph that holds
one is relevant. In SQuAD 2 a question marked impossible has no relevant paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.collection import Precut, PrecutDocument, page_unit, precut
from eval.formats.rows import Row, json_file, unique
from eval.formats.source import Content, Format, Source
from eval.words import Case, Group, Support
from pincite.types import Filters, Question, Span


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it stands in the file; `unit` is the place of its paragraph."""

    row: Row
    unit: int

    @property
    def text(self) -> str:
        return self.row.text("question").strip()


def files(source: Source) -> tuple[Path, ...]:
    """The one file."""
    return (source.data / source.options["file"],)


def load(source: Source) -> Content:
    """The questions of every article, and the articles."""
    articles = json_file(files(source)[0]).rows("data")
    within, merge = (bool(source.options.get(name)) for name in ("within", "merge"))
    documents, cases = list[PrecutDocument](), list[Case]()
    titles, ids = dict[str, int | None](), dict[str, int | None]()
    for article in articles:
        unique(article, "title", article.text("title"), titles)
        document = _document(article)
        documents.append(document)
        version = document.version
        for asked in _merged(_asked(article, ids), merge=merge):
            cases.append(_case(document, version, asked, within=within))
    return Content(tuple(cases), Precut(tuple(documents)))


def _document(article: Row) -> PrecutDocument:
    title = article.text("title")
    texts = [paragraph.text("context") for paragraph in article.rows("paragraphs")]
    if not texts:
        raise article.error("paragraphs", "is empty")
    named = [(page_unit(title, number), "", text) for number, text in enumerate(texts, 1)]
    return precut(title, title.replace("_", " "), named)[0]


def _asked(article: Row, ids: dict[str, int | None]) -> Iterator[_Asked]:
    for place, paragraph in enumerate(article.rows("paragraphs")):
        for row in paragraph.rows("qas"):
            unique(row, "id", row.text("id"), ids)
            yield _Asked(row, place)


def _merged(asked: Iterator[_Asked], *, merge: bool) -> Iterator[list[_Asked]]:
    """Every question alone, or those of one document that have the same words together."""
    together: dict[str, list[_Asked]] = {}
    for one in asked:
        together.setdefault(one.text if merge else one.row.text("id"), []).append(one)
    yield from together.values()


def _case(document: PrecutDocument, version: str, asked: list[_Asked], *, within: bool) -> Case:
    supports = dict.fromkeys(
        support for one in asked for support in _supports(document, version, one)
    )
    answered = [one for one in asked if not one.row.flag("is_impossible", default=False)]
    filters = Filters(documents=(document.id,)) if within else Filters()
    return Case(
        id=asked[0].row.text("id"),
        question=Question(asked[0].text, filters=filters),
        answerable=bool(answered),
        relevant={document.units[one.unit].id: 1 for one in answered},
        groups=(Group(tuple(supports)),) if supports else (),
        family=document.id,
        answer=next(iter(supports)).quote if supports else "",
    )


def _supports(document: PrecutDocument, version: str, asked: _Asked) -> Iterator[Support]:
    """The answers' spans in the whole document."""
    answers = asked.row.rows("answers")
    impossible = asked.row.flag("is_impossible", default=False)
    if impossible == bool(answers):
        problem = "an impossible question has answers" if impossible else "is empty"
        raise asked.row.error("answers", problem)
    unit = document.units[asked.unit].span
    for answer in answers:
        quote, start = answer.text("text"), unit.start + answer.number("answer_start")
        span = Span(start, start + len(quote))
        if not unit.holds(span) or span.of(document.text) != quote:
            raise answer.error("answer_start", f"{quote!r} does not stand there")
        yield Support(document.id, version, span, quote)


FORMAT = Format(load, files, {"file": str, "within": bool, "merge": bool}, required=("file",))
