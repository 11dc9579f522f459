"""What cannot be true of works in time is an error that names file, line and ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import check_catalogue

ROOT = Path(__file__).parents[2]


def problems(folder: Path, *entries: str) -> list[str]:
    path = folder / "catalogue.toml"
    tables = [f'[[entry]]\nfile = "{n}.md"\nkind = "ordinance"\ntitle = "T"\n{text}\n'
              for n, text in enumerate(entries)]  # fmt: skip
    path.write_text("\n".join(tables), encoding="utf-8")
    return [str(problem) for problem in check_catalogue(path)]


def ended(name: str, *others: str) -> str:
    return f'id = "{name}"\nstatus = "superseded"\nsupersedes = {list(others)!r}'.replace("'", '"')


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((ended("a", "b"), ended("b", "a")), "'b' closes a circle: a → b → a"),
        (
            (ended("a", "b"), ended("b", "c"), ended("c", "a"), ended("d", "a")),
            "'b' closes a circle: a → b → c → a",
        ),
    ],
)
def test_a_circle_of_endings_is_told_once_with_its_ids(
    tmp_path: Path, entries: tuple[str, ...], told: str
) -> None:
    (problem,) = problems(tmp_path, *entries)
    assert f"catalogue.toml:7: supersedes {told}" in problem


def test_a_chain_and_a_text_ended_twice_are_no_circle(tmp_path: Path) -> None:
    chain = (ended("a", "b", "c"), ended("b", "c"), 'id = "c"\nstatus = "superseded"')
    assert problems(tmp_path, *chain) == []


OLD = 'id = "old"\nwork = "w"\nstatus = "in_force"\neffective = 2010-01-01'
NEW = 'id = "new"\nwork = "w"\nstatus = "in_force"\neffective = 2020-01-01'


@pytest.mark.parametrize(
    ("old", "new", "when"),
    [
        (OLD, NEW, "on 2020-01-01"),
        (OLD + "\nexpires = 2020-06-01", NEW, "on 2020-01-01"),
        ('id = "old"\nwork = "w"\nstatus = "in_force"', NEW, "on 2020-01-01"),
        (
            'id = "old"\nwork = "w"\nstatus = "in_force"',
            'id = "new"\nwork = "w"\nstatus = "in_force"',
            "today",
        ),
    ],
)
def test_two_editions_in_force_at_once_are_told(
    tmp_path: Path, old: str, new: str, when: str
) -> None:
    (problem,) = problems(tmp_path, old, new)
    assert f"'new' and 'old' are both in force {when}, as editions of 'w'" in problem


@pytest.mark.parametrize(
    "new",
    [
        NEW + '\nsupersedes = ["old"]',
        NEW + '\nsame_text_as = ["old"]',
        NEW + '\nexcerpt_of = ["old"]',
        NEW.replace('work = "w"', 'work = "other"'),
        NEW.replace("in_force", "unknown"),  # what is not known is no contradiction
    ],
)
def test_an_heir_a_copy_a_part_and_another_work_are_no_overlap(tmp_path: Path, new: str) -> None:
    old = OLD if "supersedes" not in new else OLD.replace("in_force", "superseded")
    assert problems(tmp_path, old, new) == []


@pytest.mark.parametrize("name", ["sample", "sanctuary"])
def test_the_catalogues_of_this_project_are_sound(name: str) -> None:
    assert check_catalogue(ROOT / "corpora" / name / "catalogue.toml") == []
