"""The evaluator's page names every command, option and measure, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from eval.cli import app
from eval.measures import MEASURES, measure

PAGE = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OPTIONS = {opt for c in COMMANDS.values() for p in c.params for opt in p.opts if opt[:2] == "--"}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_stands_in_it(command: str) -> None:
    assert f"pincite eval {command}" in PAGE


def test_no_other_command_does() -> None:
    assert set(re.findall(r"pincite eval ([a-z]+)", PAGE)) <= set(COMMANDS)


def test_its_options_are_those_that_there_are() -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) == OPTIONS


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_stands_in_it(name: str) -> None:
    assert re.search(rf"`{name}(@k|@80)?`", PAGE)


def test_no_other_measure_does() -> None:
    table = PAGE.partition("## Measures")[2].partition("## ")[0]
    for name in re.findall(r"`([A-Z]\w*(?:@\w+)?)`", table):
        measure(name.replace("@k", "@10"))
