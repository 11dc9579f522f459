"""`pincite log`, `replay` and `recheck`, as somebody types them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from ingest.publishing import ingest
from pincite.cli import app
from pincite.index.opening import open_store
from pincite.settings import Settings
from pincite.types import Question
from service.engine import Engine
from service.journal import printing, recording
from service.journal.chain import PRIVATE, Json, Tip, canonical, sealed
from service.journal.printing import print_tally

Logged = Callable[..., Engine]
Pincite = Callable[..., Any]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
_SEALS = ("n", "previous", "digests", "salts", "hash")
NOTHING = "Which mushrooms glow beneath Antarctic glaciers?"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the log is."""
    return tmp_path / "answers.jsonl"


@pytest.fixture
def ids(logged: Logged) -> list[str]:
    """The ids of two logged answers."""
    engine = logged()
    kept = [str(engine.ask(Question(text)).log_id) for text in (TOLL, NOTHING)]
    engine.close()
    return kept


@pytest.fixture
def pincite(engine: Engine, path: Path, monkeypatch: pytest.MonkeyPatch) -> Pincite:
    """Runs `pincite` with these words, over the tiny corpus and the log."""
    monkeypatch.setenv("PINCITE_DATA_DIR", str(engine.settings.data_dir))
    monkeypatch.setenv("PINCITE_ANSWER_LOG", str(path))
    monkeypatch.setattr(printing, "_out", Console(highlight=False, soft_wrap=False, width=120))
    return lambda *words: CliRunner().invoke(app, words)


def said(done: Any, status: int = 0) -> str:
    assert done.exit_code == status, done.stdout + done.stderr
    return str(done.stdout)


def told(done: Any, status: int = 0) -> Json:
    value: Json = json.loads(said(done, status))
    return value


@pytest.mark.parametrize("words", [["log"], ["log", "list"], ["log", "list", "--last", "0"]])
def test_the_answers_are_listed(pincite: Pincite, ids: list[str], words: list[str]) -> None:
    out = said(pincite(*words))
    assert all(id_ in out for id_ in ids)
    assert TOLL in out
    assert "1 quote " in out
    assert "2 of 2 answers shown" in out


def test_the_last_are_listed(pincite: Pincite, ids: list[str]) -> None:
    listed = told(pincite("log", "list", "--last", "1", "--json"))
    assert [one["id"] for one in listed["answers"]] == ids[1:]
    assert listed["kept"] == 2


def test_an_answer_is_shown_by_the_first_characters_of_its_id(
    pincite: Pincite, ids: list[str]
) -> None:
    out = said(pincite("log", "show", ids[0][:9]))
    assert "twelve dollars" in out
    assert "Arden Code § 4-12" in out
    assert told(pincite("log", "show", ids[0], "--json"))["id"] == ids[0]


def test_a_whole_log_is_told_with_its_head(pincite: Pincite, ids: list[str], path: Path) -> None:
    checked = told(pincite("log", "check", "--json"))
    assert (checked["broken"], checked["answers"], checked["notes"]) == (None, 2, [])
    assert checked["head"] in said(pincite("log", "check", "--head", checked["head"]))
    assert "no record has the hash" in said(pincite("log", "check", "--head", "0" * 64), 1)


def test_a_broken_log_is_told_with_its_line_and_status_1(
    pincite: Pincite, ids: list[str], path: Path
) -> None:
    path.write_bytes(path.read_bytes().replace(b"mushrooms", b"toadstool", 1))
    out = said(pincite("log", "check"), 1)
    assert "broken at line 2: altered" in out
    assert ids[1] in out
    assert pincite("log").exit_code == 0
    done = pincite("log", "show", ids[1])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "see `pincite log check`" in done.stderr
    assert "damaged" in said(pincite("recheck"), 1)


def test_what_somebody_wrote_into_the_file_is_printed_as_plain_words(
    pincite: Pincite, ids: list[str], path: Path
) -> None:
    line = path.read_bytes().splitlines()[0]
    forged = json.loads(line) | {"id": "[/x]\x1b[2Jid", "time": "[bold]\x1b]0;owned\x07"}
    path.write_bytes(path.read_bytes() + json.dumps(forged).encode() + b"\n")
    for words in (["log"], ["recheck"], ["log", "check"]):
        done = pincite(*words)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        assert "\x1b" not in done.stdout
        assert "[/x]" in done.stdout


@pytest.mark.parametrize(
    ("where", "value", "wrong"),
    [
        (("question",), {}, "its question.asked: Field required"),
        (("question", "day"), "soon", "its question.day: "),
        (("answer", "citations"), [{}], "its answer.citations.0.n: Field required"),
        (("answer", "as_of"), None, "its answer.as_of: "),
        (("hits",), "none", "its hits: "),
        (("settings",), [], "its settings: "),
        (("time",), "[bold]", "its time: "),
    ],
)
def test_a_forged_record_with_sound_hashes_is_told_and_not_stumbled_over(
    pincite: Pincite,
    ids: list[str],
    path: Path,
    where: tuple[str, ...],
    value: object,
    wrong: str,
) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    record = json.loads(lines[-1])
    place = record
    for name in where[:-1]:
        place = place[name]
    place[where[-1]] = value
    private = {name: record[name] for name in PRIVATE}
    fields = {k: v for k, v in record.items() if k not in (*PRIVATE, *_SEALS)}
    forged = sealed(Tip(record["n"] - 1, record["previous"]), fields, private)
    path.write_bytes(b"".join(lines[:-1]) + canonical(forged) + b"\n")
    for words in (["show", ids[-1]], ["replay", ids[-1]]):
        done = pincite(*(["log", *words] if words[0] == "show" else words))
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert f"it was not written by the log ({wrong}" in done.stderr.replace("\n", " ")
    assert wrong in told(pincite("log", "list", "--json"))["answers"][-1]["trouble"]
    assert "damaged" in said(pincite("recheck"), 1)


def test_a_log_that_everybody_may_read_is_told(
    pincite: Pincite, ids: list[str], path: Path
) -> None:
    path.chmod(0o644)
    assert (
        "may be read by everybody (mode 644)" in told(pincite("log", "check", "--json"))["notes"][0]
    )


def test_what_is_redacted_is_gone_from_every_command(
    pincite: Pincite, ids: list[str], path: Path
) -> None:
    assert ids[0] in said(pincite("log", "redact", ids[0]))
    assert TOLL.encode() not in path.read_bytes()
    assert TOLL not in said(pincite("log"))
    assert "1 redacted" in said(pincite("log", "check"))
    assert "1 redacted" in said(pincite("recheck"))
    for words in (["log", "show"], ["replay"], ["log", "redact"]):
        done = pincite(*words, ids[0])
        assert done.exit_code == 2
        assert "taken out" in done.stderr


def test_a_log_is_moved_away(pincite: Pincite, ids: list[str], path: Path) -> None:
    moved = Path(said(pincite("log", "rotate", "old.jsonl")).strip())
    assert moved.read_bytes().count(b"\n") == 2
    assert not path.exists()
    assert "no answer has been logged" in pincite("log").stderr
    assert "no answer has been logged" in pincite("log", "rotate").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["log", "show", "0000"], "no answer '0000'"),
        (["log", "show", "a"], "no answer 'a'"),
        (["log", "show", '","n":1'], "no answer"),
        (["log", "show", "\udcff\udcff\udcff\udcff"], "no answer"),
        (["log", "show", "§§§§"], "no answer '§§§§'"),
        (["log", "redact", "zzzz"], "no answer 'zzzz'"),
        (["log", "rotate", "../x"], "is no name of a file"),
        (["log", "rotate", "answers.jsonl"], "is there already"),
        (["replay", "nothere"], "no answer 'nothere'"),
        (["recheck", "nothere"], "no answer 'nothere'"),
        (["log", "list", "--last", "-1"], "--last"),
        (["log", "nix"], "No such command"),
    ],
)
def test_a_users_error_is_one_line(
    pincite: Pincite, ids: list[str], words: list[str], said: str
) -> None:
    done = pincite(*words)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize("words", [["log"], ["log", "check"], ["recheck"], ["replay", "abcd"]])
def test_without_a_log_the_setting_is_named(
    pincite: Pincite, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.delenv("PINCITE_ANSWER_LOG")
    done = pincite(*words)
    assert done.exit_code == 2
    assert done.stderr == "pincite: answers are not logged; name a file with PINCITE_ANSWER_LOG\n"


def test_several_answers_that_begin_alike_are_not_guessed_at(
    pincite: Pincite, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, numbers = recording.opened, iter(["abcd1111", "abcd2222"])
    monkeypatch.setattr(recording, "opened", lambda type_: {**made(type_), "id": next(numbers)})
    engine = logged()
    for _ in range(2):
        engine.ask(Question(TOLL))
    engine.close()
    done = pincite("log", "show", "abcd")
    assert done.exit_code == 2
    assert "2 answers begin with 'abcd'" in done.stderr
    assert pincite("log", "show", "abcd1").exit_code == 0


def test_both_sides_of_a_change_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    changes = [("same", "a toll of "), ("deleted", "twelve"), ("inserted", "nine"), ("same", " $")]
    quote = {
        "state": "gone",
        "part": "answer",
        "citation": "Arden Code § 4-12",
        "words": "the words are gone",
        "changes": [{"kind": kind, "text": text} for kind, text in changes],
    }
    changed = [{"id": "abcd", "question": "May it?", "trouble": "", "quotes": [quote]}]
    tally = {"changed": changed, "checked": 3, "redacted": 0, "as_of": "2026-01-01"}
    print_tally({**tally, "generation": "g"})
    out = capsys.readouterr().out
    assert "abcd gone  May it?" in out
    assert "was: a toll of twelve $" in out
    assert "is:  a toll of nine $" in out
    assert "1 of 3 answers changed" in out


@pytest.mark.model
def test_after_an_ingest_the_old_answer_is_replayed_and_the_changed_one_is_listed(
    sample_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "sample"
    shutil.copytree(sample_dir, corpus)
    settings = Settings(
        data_dir=tmp_path / "data", ocr="off", answer_log=tmp_path / "answers.jsonl"
    )
    ingest(settings, [corpus])
    engine = Engine(settings)
    asked = [
        engine.ask(Question("How long may the police hold a person for immigration?")),
        engine.ask(Question("What is the Spring Fever Act?")),
    ]
    engine.close()
    answer = next(one.answer for one in asked if one.answer and one.answer.citations)
    cited = answer.citations[0]
    monkeypatch.setenv("PINCITE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("PINCITE_ANSWER_LOG", str(settings.answer_log))

    def pincite(*words: str) -> Any:
        return CliRunner().invoke(app, words)

    assert told(pincite("recheck", "--json"))["changed"] == []
    catalogue = corpus / "catalogue.toml"
    source = cited.entry.source
    held = catalogue.read_text(encoding="utf-8")
    assert source in held
    (corpus / source).unlink()
    blocks = held.split("[[entry]]")
    catalogue.write_text("[[entry]]".join(b for b in blocks if source not in b), encoding="utf-8")
    ingest(settings, [corpus])
    changed = told(pincite("recheck", "--json"), 1)["changed"]
    wanted = [one.log_id for one in asked if one.answer is answer]
    assert wanted[0] in [one["id"] for one in changed]
    assert "withdrawn" in {q["state"] for one in changed for q in one["quotes"]}
    assert told(pincite("replay", str(wanted[0]), "--json"))["same"]
    assert open_store(settings).prune(1)
    done = pincite("replay", str(wanted[0]))
    assert (done.exit_code, "is no longer held" in done.stderr) == (2, True)
    assert pincite("recheck", str(wanted[0])).exit_code == 1
