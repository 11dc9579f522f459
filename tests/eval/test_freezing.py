from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmark import load, source_of
from eval.collection import Catalogued
from eval.formats.spans import collection_of
from eval.freezing import freeze, main, places, relocated, texts_of
from eval.words import Support
from pincite.errors import NotFound
from pincite.types import Span

TEXT = "§ 1 A city shall not ask.\nIt “may” — if told —\nask. A city may not.\nA city may not."
HELD = {"act": ("v2", TEXT)}


def held(document_id: str) -> tuple[str, str]:
    if document_id not in HELD:
        raise NotFound(f"{document_id} is not in the index")
    return HELD[document_id]


def question(*quotes: str, document: str = "act") -> dict[str, Any]:
    return {"id": "q", "groups": [[{"document": document, "quote": quote} for quote in quotes]]}


def put(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("A city shall not ask.", ["A city shall not ask."]),
        ("ask. It", ["ask.\nIt"]),  # a line end where the quote has a space
        ("  shall   not ", ["shall not"]),
        ('It "may" - if told -\nask', ["It “may” — if told —\nask"]),
        ("A city may not.", ["A city may not.", "A city may not."]),
        ("a city shall", []),  # letters are never folded
        ("shall not (ask)", []),
        ("   ", []),
    ],
)
def test_a_quote_is_found_where_its_words_stand(quote: str, found: list[str]) -> None:
    assert [span.of(TEXT) for span in places(quote, TEXT)] == found


def test_the_very_words_come_before_words_alike() -> None:
    assert places("it's", "it’s, it's") == (Span(6, 10),)


WORDS = st.text("ab.(é*“\"' -", min_size=1, max_size=30)


@given(WORDS, WORDS.filter(str.strip), WORDS)
def test_a_slice_of_the_text_is_always_found(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    spans = places(quote, text)
    start = len(before) + len(quote) - len(quote.lstrip())
    assert start in [span.start for span in spans]
    assert all(span.of(text) == quote.strip() for span in spans)


@given(WORDS.filter(str.strip), st.sampled_from([" ", "\n", "  ", "\u00a0"]))
def test_white_space_between_the_words_does_not_matter(quote: str, space: str) -> None:
    text = "x " + space.join(quote.split()) + " y"
    assert 2 in [span.start for span in places(quote, text)]


def test_freezing_writes_version_and_span(tmp_path: Path) -> None:
    path = put(tmp_path, question("shall not", "ask. It") | {"answer": "né"})
    done = freeze(tmp_path, held)
    assert (done.supports, done.changed, done.problems) == (2, 2, ())
    (line,) = lines_of(path)
    start = TEXT.index("shall not")
    assert line["answer"] == "né"
    assert line["groups"][0][0] == {
        "document": "act",
        "quote": "shall not",
        "version": "v2",
        "start": start,
        "end": start + 9,
    }
    second = line["groups"][0][1]
    assert second["quote"] == "ask.\nIt" == TEXT[second["start"] : second["end"]]


def test_freezing_twice_changes_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, question("shall not"), question())
    freeze(tmp_path, held)
    first = path.read_bytes()
    assert freeze(tmp_path, held).changed == 0
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (question("A city may not."), "groups[0][0].quote: stands 2 times in act (at "),
        (question("must not"), "groups[0][0].quote: does not stand in act: 'must not'"),
        (question("x", document="code"), "groups[0][0].document: code is not in the index"),
        ({"id": "q", "groups": [[{"quote": "x"}]]}, "groups[0][0].document: is missing"),
    ],
)
def test_a_quote_without_one_place_is_told_and_left(
    tmp_path: Path, line: dict[str, Any], said: str
) -> None:
    path = put(tmp_path, question("shall not"), line)
    done = freeze(tmp_path, held)
    (problem,) = done.problems
    assert str(problem).startswith(f"{path}:2: {said}")
    assert (done.supports, done.changed) == (2, 1)
    assert lines_of(path)[1] == line


def support(quote: str, start: int) -> Support:
    return Support("act", "v1", Span(start, start + len(quote)), quote, "§ 1", "law")


def test_a_support_of_the_held_version_stays_itself() -> None:
    one = support("anything", 3)
    assert relocated(one, "v1", TEXT) is one


@pytest.mark.parametrize(
    ("quote", "start", "at"),
    [
        ("shall not", 90, TEXT.index("shall not")),
        ("A city may not.", 40, TEXT.index("A city may not.")),  # the nearer of two
        ("A city may not.", 400, TEXT.rindex("A city may not.")),
    ],
)
def test_a_moved_support_is_found_again(quote: str, start: int, at: int) -> None:
    moved = relocated(support(quote, start), "v2", TEXT)
    assert moved is not None
    assert (moved.version, moved.span.start, moved.pinpoint) == ("v2", at, "§ 1")
    assert moved.quote == moved.span.of(TEXT)


def test_a_support_whose_words_are_gone_is_none() -> None:
    assert relocated(support("must not", 0), "v2", TEXT) is None


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A benchmark of one question over one file."""
    (tmp_path / "mine" / "files").mkdir(parents=True)
    (tmp_path / "mine" / "files" / "act.md").write_text(
        "# Act\n\nA city shall\nnot ask.\n", "utf-8"
    )
    (tmp_path / "mine" / "files" / "catalogue.toml").write_text(
        '[[entry]]\nid = "act"\nfile = "act.md"\nkind = "statute"\ntitle = "Act"\n', "utf-8"
    )
    (tmp_path / "mine" / "benchmark.toml").write_text(
        'title = "Mine"\nformat = "spans"\ntask = "answering"\nmeasures = ["SupportR@5"]\n'
        '[options]\ncatalogue = "files/catalogue.toml"\n',
        "utf-8",
    )
    asked = {"text": "May it ask?", "kind": "clause", "voice": "staff", "family": "acts"}
    put(tmp_path / "mine", question("city shall not") | asked)
    return tmp_path / "mine"


def test_a_benchmark_is_frozen_on_its_own_files(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mine", str(mine)]) == 0
    assert capsys.readouterr().out == "1 quotes, 1 written, 0 without a place\n"
    benchmark = load("mine", [mine])
    (support,) = benchmark.cases[0].groups[0].supports
    assert isinstance(benchmark.collection, Catalogued)
    with texts_of(benchmark.collection) as held:
        version, text = held("act")
    assert (support.version, support.span.of(text)) == (version, "city shall not")


def test_a_file_that_is_gone_is_told(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "files" / "act.md").unlink()
    assert main(["mine", str(mine)]) == 1
    assert "groups[0][0].document: act: " in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["no-such-benchmark"]])
def test_what_cannot_be_tried_ends_with_two(arguments: list[str]) -> None:
    assert main(arguments) == 2


@pytest.mark.parametrize(
    "name",
    [
        "sample",
        *(
            pytest.param(one, marks=[pytest.mark.corpus])
            for one in ("sanctuary", "forms", "forms-fresh")
        ),
    ],
)
def test_every_quote_stands_where_it_says(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = tmp_path if name == "sample" else request.getfixturevalue("corpus_dir")
    source = source_of(name, data=data)
    shutil.copytree(source.folder, tmp_path / name)
    with texts_of(collection_of(source)) as held:
        done = freeze(tmp_path / name, held)
    assert done.problems == ()
    assert (done.supports > 40, done.changed) == (True, 0)
