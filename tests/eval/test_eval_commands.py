"""`pincite eval …` from end to end, in processes of its own, over a benchmark in a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.runs import read_about, read_rows, rows_file

ROOT = Path(__file__).parents[2]
CATALOGUE = """
[[entry]]
id = "arden-code-4-12"
file = "tolls.md"
kind = "ordinance"
title = "Bridge tolls"
issued = 2019-03-01
status = "in_force"
"""
TOLLS = """# Bridge tolls

## § 4-12. Tolls.

(a) A truck with three axles shall pay a toll of twelve dollars on the harbor bridge.

(b) The harbor master may waive the toll for an ambulance that answers a call.
"""
BENCHMARK = """
title = "Arden"
format = "spans"
task = "answering"
measures = ["SupportR@5", "RightDocument", "AbstainR", "SearchP50"]

[options]
catalogue = "catalogue.toml"

[settings]
ocr = "off"
"""
QUOTES = {
    "What toll does a truck with three axles pay?": "toll of twelve dollars",
    "Who may waive the toll for an ambulance?": "The harbor master may waive the toll",
    "Which mushrooms glow beneath glaciers?": None,
}
Eval = Callable[..., subprocess.CompletedProcess[str]]


def question(place: int, text: str, quote: str | None) -> dict[str, Any]:
    """A line of questions.jsonl before it is frozen."""
    support = {"document": "arden-code-4-12", "quote": quote, "pinpoint": "", "channel": "law"}
    return {
        "id": f"a-{place}",
        "text": text,
        "kind": "clause",
        "voice": "staff",
        "family": "tolls",
        "place": None,
        "as_of": None,
        "expect": None if quote else "any",
        "answer": "",
        "groups": [[support]] if quote else [],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A benchmark that is not frozen yet, in a folder of benchmarks."""
    folder = tmp_path_factory.mktemp("benchmarks")
    arden = folder / "arden"
    arden.mkdir()
    lines = [json.dumps(question(n, *pair)) for n, pair in enumerate(QUOTES.items(), start=1)]
    files = {
        "benchmark.toml": BENCHMARK,
        "catalogue.toml": CATALOGUE,
        "tolls.md": TOLLS,
        "questions.jsonl": "".join(f"{line}\n" for line in lines),
    }
    for name, text in files.items():
        (arden / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pincite(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Eval:
    """Runs `pincite eval` with these words, over a data_dir of the module's own."""
    data = tmp_path_factory.mktemp("data")
    environment = os.environ | {"PINCITE_DATA_DIR": str(data), "COLUMNS": "100"}

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pincite.cli", "eval", *map(str, words)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=300,
            env=environment,
        )

    return run


@pytest.fixture(scope="module")
def frozen(pincite: Eval, folder: Path) -> Path:
    """The folder of benchmarks after `pincite eval freeze`."""
    done = pincite("freeze", "arden", "--folder", folder)
    assert (done.returncode, done.stdout) == (0, "2 quotes: 2 written, 0 without a place\n"), done
    return folder


@pytest.fixture(scope="module")
def run(pincite: Eval, frozen: Path) -> dict[str, Any]:
    """What `pincite eval run --json` printed of one whole run."""
    done = pincite("run", "arden", "--system", "bm25", "--folder", frozen, "--json")
    assert (done.returncode, done.stderr) == (0, ""), done
    said: dict[str, Any] = json.loads(done.stdout)
    return said


class Loads(HTMLParser):
    """What a page would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Scripts, and whatever names another file."""
        outside = [v for k, v in attrs if k in ("src", "href") and not (v or "").startswith("#")]
        self.found += [tag] * (tag in ("script", "link", "iframe")) + list(map(str, outside))


pytestmark = pytest.mark.model


def test_a_run_asks_scores_and_reports(run: dict[str, Any]) -> None:
    figures = run["systems"]["bm25"]
    assert figures["SupportR@5"]["value"] == 1
    assert (figures["SupportR@5"]["n"], figures["SupportR@5"]["not_applicable"]) == (2, 1)
    assert (run["questions"], run["complete"], run["errors"]) == (3, True, {"bm25": []})
    written = {path.name for path in Path(run["run"]).iterdir()}
    assert written == {
        *("run.json", "cases.json", "bm25.jsonl", "bm25.trec", "summary.json", "report.html")
    }
    assert Loads(Path(run["report"]).read_text()).found == []


def test_a_run_says_everything_that_could_move_a_number(run: dict[str, Any]) -> None:
    about = read_about(Path(run["run"]))
    assert len(about.benchmark.fingerprint) == 64
    assert about.systems[0].corpus
    assert about.systems[0].described["not_held"] == []
    assert about.systems[0].described["models"]
    assert {"numpy", "torch"} <= set(about.packages)
    assert {"python", "cores"} <= set(about.machine)
    assert about.git["revision"] is None or len(about.git["revision"]) == 40


def test_a_terminal_shows_figures_with_their_intervals_and_the_page(
    pincite: Eval, run: dict[str, Any]
) -> None:
    done = pincite("report", run["run"])
    assert done.returncode == 0
    assert "arden, 3 questions" in done.stdout
    assert "1.000" in done.stdout
    assert done.stdout.splitlines()[-1] == run["report"]


def test_a_run_whose_results_are_torn_off_is_resumed(
    pincite: Eval, frozen: Path, run: dict[str, Any], tmp_path: Path
) -> None:
    torn = tmp_path / "torn"
    torn.mkdir()
    for name in ("run.json", "cases.json", "bm25.jsonl"):
        (torn / name).write_bytes((Path(run["run"]) / name).read_bytes())
    about = json.loads((torn / "run.json").read_text())
    (torn / "run.json").write_text(json.dumps({**about, "complete": False}))
    lines = rows_file(torn, "bm25").read_text().splitlines(keepends=True)
    rows_file(torn, "bm25").write_text(lines[0] + lines[1][:40])
    report = pincite("report", torn)
    assert f"`pincite eval run --resume {torn}` goes on" in report.stdout
    done = pincite("run", "--resume", torn, "--folder", frozen)
    assert done.returncode == 0, done.stderr
    assert [row.case for row in read_rows(torn, "bm25")] == ["a-1", "a-2", "a-3"]
    assert read_about(torn).complete


def test_a_run_equals_itself_and_passes_the_gate_it_sets(
    pincite: Eval, frozen: Path, run: dict[str, Any]
) -> None:
    compared = json.loads(pincite("compare", run["run"], run["run"], "--json").stdout)
    assert (compared["questions"], compared["gains"], compared["losses"]) == (3, [], [])
    gated = pincite("gate", run["run"], "--baseline", run["run"], "--folder", frozen)
    assert (gated.returncode, gated.stderr) == (0, "")


def test_other_texts_are_compared_only_when_told(
    pincite: Eval, run: dict[str, Any], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in Path(run["run"]).iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    about = json.loads((other / "run.json").read_text())
    about["systems"][0]["described"]["corpus_fingerprint"] = "another"
    (other / "run.json").write_text(json.dumps(about))
    refused = pincite("compare", run["run"], other)
    assert refused.returncode == 2
    assert "searched different texts" in refused.stderr
    assert pincite("compare", run["run"], other, "--across-corpora").returncode == 0


def test_rankings_are_exported(pincite: Eval, run: dict[str, Any]) -> None:
    done = pincite("export", run["run"], "--trec", "--json")
    files = json.loads(done.stdout)["files"]
    assert [Path(file).name for file in files] == ["bm25.trec"]
    assert Path(files[0]).read_text().startswith("a-1 Q0 arden-code-4-12:")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "no benchmark was named"),
        (["run", "ardem"], "unknown benchmark 'ardem'; did you mean arden?"),
        (["run", "arden", "--system", "bm52"], "unknown system 'bm52'; did you mean bm25?"),
        (["run", "arden", "--split", "dev"], "no question is in the half 'dev'"),
        (["run", "arden", "--limit", "0"], "--limit"),
        (["run", "arden", "--against", "nowhere"], "http://HOST:PORT"),
        (["run", "arden", "--against", "http://127.0.0.1:9"], "no Pincite service answers"),
        (["run", "arden", "--resume", "x"], "--resume goes on with the questions"),
        (["run", "cranfield", "--against", "http://127.0.0.1:9"], "which no service knows"),
    ],
)
def test_a_mistake_is_told_in_one_line_before_anything_is_written(
    pincite: Eval, frozen: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    if "cranfield" in words and "absent" in pincite("list").stdout.partition("cranfield")[2][:60]:
        pytest.skip("no benchmark data here")
    done = pincite(*words, "--out", tmp_path / "runs", "--folder", frozen)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "nowhere"], "nowhere: no such run"),
        (["gate", "nowhere"], "nowhere: no such run"),
        (["export", "nowhere"], "no form was named"),
        (["run", "--resume", "nowhere"], "nowhere: no such run"),
    ],
)
def test_a_run_that_is_not_there_is_told_in_one_line(
    pincite: Eval, words: list[str], said: str
) -> None:
    done = pincite(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_benchmarks_are_listed_and_absent_ones_with_the_reason(
    pincite: Eval, frozen: Path, tmp_path: Path
) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "benchmark.toml").write_text(BENCHMARK + "\n", encoding="utf-8")
    listed = json.loads(pincite("list", "--folder", frozen, "--folder", absent, "--json").stdout)
    by_name = {row["name"]: row for row in listed["benchmarks"]}
    assert by_name["arden"] == {"name": "arden", "title": "Arden", "questions": 3, "absent": None}
    assert "questions.jsonl" in by_name["absent"]["absent"]
    assert "bm25" in listed["systems"]
