"""Lessons over invented texts (`eval/questions/invented`), which hold what they ask of.

One JSON object a line: `family`; `documents`, titles; `stretches`, each with the number of its
document (`doc`), where it stands (`at`) and its words (`text`); and `questions`, each with the
numbers of the stretches that answer it (`gold`, none where no stretch does) and of those that only
look like it (`near`). Places, parties and figures are made up; no benchmark asks about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from eval.errors import BenchmarkError
from eval.selector.examples import Example

FOLDER = Path(__file__).parents[1] / "questions" / "invented"
ROUNDS = ("first", "second", "third")
"""The folders within, which are learnt from one after the other."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Stretch(_Strict):
    doc: int
    at: str
    text: str


class _Asked(_Strict):
    text: str
    voice: str
    gold: tuple[int, ...]
    near: tuple[int, ...]


class _Family(_Strict):
    family: str
    documents: tuple[str, ...]
    stretches: tuple[_Stretch, ...]
    questions: tuple[_Asked, ...]

    @model_validator(mode="after")
    def _points_within(self) -> _Family:
        """Every number is one of a document or a stretch, and no stretch is right and wrong."""
        documents, stretches = range(len(self.documents)), range(len(self.stretches))
        for one in self.stretches:
            if one.doc not in documents:
                raise ValueError(f"no document {one.doc}")
        for asked in self.questions:
            if wrong := {*asked.gold, *asked.near}.difference(stretches):
                raise ValueError(f"{asked.text!r} names no stretch by {min(wrong)}")
            if both := set(asked.gold).intersection(asked.near):
                raise ValueError(f"{asked.text!r} has {min(both)} in gold and in near")
        return self


def invented(folder: Path) -> Iterator[Example]:
    """The examples of every family of a folder. Raises BenchmarkError."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                family = _Family.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(str(part) for part in first["loc"]) or None
                raise BenchmarkError(file, number, field, first["msg"]) from None
            yield from (_example(family, asked) for asked in family.questions)


def _example(family: _Family, asked: _Asked) -> Example:
    named = (*asked.gold, *asked.near)
    order = (*named, *(at for at in range(len(family.stretches)) if at not in named))
    return Example(
        asked.text,
        family.family,
        tuple(_text(family, at) for at in order),
        tuple(at in asked.gold for at in order),
        len(named),
    )


def _text(family: _Family, at: int) -> str:
    """A stretch below its context, as the selector reads those of documents."""
    one = family.stretches[at]
    return f"{family.documents[one.doc]} > {one.at}\n{one.text}"
