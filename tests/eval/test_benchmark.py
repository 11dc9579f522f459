from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmark import BENCHMARKS, DATA_VARIABLE, Benchmark, data_root, listed, load, sampled
from eval.collection import Catalogued, Precut
from eval.errors import BenchmarkAbsent, BenchmarkError, UnknownBenchmark, UnknownMeasure
from eval.words import Case
from pincite.types import Question

Put = Callable[..., Path]
MANIFEST = {
    "title": "Mine",
    "format": "beir",
    "task": "ranking",
    "measures": ["nDCG@10"],
}


def toml(values: dict[str, Any]) -> str:
    """TOML of plain values and of tables one level deep."""
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in plain.items())
    for name, table in values.items():
        if isinstance(table, dict):
            text += f"[{name}]\n{toml(table)}"
    return text


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a BEIR benchmark of one question; `changed` goes into its benchmark.toml."""

    def written(name: str = "mine", data: Path | None = None, **changed: Any) -> Path:
        folder = tmp_path / "given" / name
        folder.mkdir(parents=True, exist_ok=True)
        kept = {key: value for key, value in (MANIFEST | changed).items() if value is not None}
        (folder / "benchmark.toml").write_text(toml(kept), "utf-8")
        place = data or folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "corpus.jsonl").write_text('{"_id": "a", "text": "one"}\n', "utf-8")
        (place / "queries.jsonl").write_text('{"_id": "q", "text": "two"}\n', "utf-8")
        (place / "qrels.tsv").write_text("q\ta\t1\n", "utf-8")
        return folder

    return written


def test_a_folder_given_is_a_benchmark_or_holds_some(put: Put) -> None:
    folder = put()
    for given_folder in (folder, folder.parent):
        benchmark = load("mine", [given_folder])
        assert (benchmark.name, benchmark.title, benchmark.folder) == ("mine", "Mine", folder)
        assert (benchmark.task, benchmark.measures) == ("ranking", ("nDCG@10",))
        assert [case.id for case in benchmark.cases] == ["q"]
        assert isinstance(benchmark.collection, Precut)


@pytest.mark.parametrize(
    ("changed", "depth"),
    [({}, 100), ({"task": "answering"}, 20), ({"depth": 7}, 7)],
)
def test_the_depth_is_the_tasks_unless_it_is_said(
    put: Put, changed: dict[str, Any], depth: int
) -> None:
    assert load("mine", [put(**changed)]).depth == depth


def test_data_lie_below_the_data_root(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(data=tmp_path / "far" / "mine")
    (folder / "benchmark.toml").write_text(toml(MANIFEST | {"data": "mine"}), "utf-8")
    assert len(load("mine", [folder], data=tmp_path / "far").cases) == 1
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "far"))
    assert data_root() == tmp_path / "far"
    assert len(load("mine", [folder]).cases) == 1


def test_an_absent_benchmark_is_listed_with_the_reason(put: Put, tmp_path: Path) -> None:
    folder = put()
    (folder / "benchmark.toml").write_text(toml(MANIFEST | {"data": "mine"}), "utf-8")
    nowhere = tmp_path / "nowhere"
    names = {one.name: one for one in listed([folder], data=nowhere)}
    absent = names["mine"]
    assert (absent.title, absent.questions) == ("Mine", 0)
    assert absent.absent is not None
    assert str(nowhere / "mine") in absent.absent
    assert DATA_VARIABLE in absent.absent
    with pytest.raises(BenchmarkAbsent, match="benchmark mine is absent: there is no folder"):
        load("mine", [folder], data=nowhere)
    assert names["obliqa"].absent is not None


def test_a_missing_file_of_the_data_is_named(put: Put) -> None:
    folder = put()
    (folder / "qrels.tsv").unlink()
    with pytest.raises(BenchmarkAbsent, match=r"there is no file .*mine/qrels\.tsv"):
        load("mine", [folder])


def test_a_malformed_benchmark_does_not_hide_the_others(put: Put) -> None:
    put("broken", task="reading")
    names = {one.name: one for one in listed([put().parent])}
    assert (names["mine"].absent, names["mine"].questions) == (None, 1)
    assert "broken/benchmark.toml:3: task: 'reading' is none of" in str(names["broken"].absent)


def test_an_unknown_benchmark_is_answered_with_the_known_ones(put: Put) -> None:
    with pytest.raises(UnknownBenchmark) as raised:
        load("mien", [put()])
    assert "unknown benchmark 'mien'; did you mean mine?" in str(raised.value)
    assert {"mine", "obliqa", "sanctuary"} <= set(raised.value.known)


def test_an_unknown_measure_is_answered_with_the_known_ones() -> None:
    error = UnknownMeasure("nDGC@10", ["nDCG@10", "R@10"])
    assert str(error) == ("unknown measure 'nDGC@10'; did you mean nDCG@10? (known: nDCG@10, R@10)")


def test_two_benchmarks_of_one_name_are_refused(put: Put) -> None:
    with pytest.raises(BenchmarkError, match="another benchmark has this name"):
        load("obliqa", [put("obliqa")])


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="there is no such folder of benchmarks"):
        listed([tmp_path / "none"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": None}, "title: is missing"),
        ({"format": "bier"}, "format: 'bier' is none of beir"),
        ({"measures": "nDCG@10"}, "measures: must be a list, is text"),
        ({"measures": [""]}, "measures[0]: must be text"),
        ({"depth": 0}, "depth: 0 is less than 1"),
        ({"mesures": []}, "mesures: unknown field; did you mean measures?"),
        (
            {"options": {"documents": "x"}},
            "options.documents: unknown field; did you mean",
        ),
        ({"options": {"document": 3}}, "options.document: must be text, is a whole number"),
        ({"format": "squad"}, "options.file: is missing"),
        ({"settings": {"orc": "off"}}, "settings.orc: unknown field; did you mean ocr?"),
        ({"settings": {"ocr": "on"}}, "settings.ocr: Input should be 'auto'"),
    ],
)
def test_a_malformed_manifest_names_its_field(put: Put, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(BenchmarkError) as raised:
        load("mine", [put(**changed)])
    assert raised.value.file.endswith("mine/benchmark.toml")
    assert said in str(raised.value)


def test_a_benchmark_without_questions_is_refused(put: Put) -> None:
    folder = put()
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", "utf-8")
    with pytest.raises(BenchmarkError, match="the benchmark has no questions"):
        load("mine", [folder])


def test_a_half_is_refused_where_there_are_none(put: Put) -> None:
    with pytest.raises(BenchmarkError, match="no question is in the half 'dev'"):
        load("mine", [put()], split="dev")


def test_the_fingerprint_changes_with_the_data_alone(put: Put) -> None:
    folder = put()
    first = load("mine", [folder]).fingerprint
    put(title="Ours", measures=["R@10"])
    assert load("mine", [folder]).fingerprint == first
    (folder / "qrels.tsv").write_text("q\ta\t2\n", "utf-8")
    assert load("mine", [folder]).fingerprint != first
    put(options={"qrels": "qrels.tsv"})
    assert load("mine", [folder]).fingerprint != first


def of_cases(ids: list[str]) -> Benchmark:
    cases = tuple(Case(id, Question(id)) for id in ids)
    return Benchmark("b", "B", "ranking", (), cases, Precut(()), 100, "f", BENCHMARKS)


IDS = st.lists(st.text(max_size=4), unique=True, max_size=20)


@given(IDS, st.integers(0, 25), st.integers(0, 3))
def test_a_sample_is_drawn_once_for_a_seed(ids: list[str], limit: int, seed: int) -> None:
    benchmark = of_cases(ids)
    sample = [case.id for case in sampled(benchmark, limit, seed).cases]
    larger = [case.id for case in sampled(benchmark, limit + 3, seed).cases]
    backwards = [case.id for case in sampled(of_cases(ids[::-1]), limit, seed).cases]
    assert len(sample) == min(limit, len(ids))
    assert sample == [id for id in ids if id in set(sample)]
    assert set(sample) <= set(larger)
    assert sample == backwards[::-1]


def test_seeds_draw_different_samples() -> None:
    benchmark = of_cases([str(number) for number in range(200)])
    assert sampled(benchmark, 20, 1).cases != sampled(benchmark, 20, 2).cases
    assert sampled(benchmark, 20, 1).collection is benchmark.collection


def test_the_sample_is_here_without_any_other_data(tmp_path: Path) -> None:
    benchmark = load("sample", data=tmp_path)
    assert isinstance(benchmark.collection, Catalogued)
    assert all((benchmark.collection.root / kind).is_dir() for kind in ("ordinance", "statute"))
    halves = [load("sample", data=tmp_path, split=split).cases for split in ("dev", "test")]
    assert len(benchmark.cases) >= 40
    assert len(halves[0]) + len(halves[1]) == len(benchmark.cases)
