"""Errors and interrupts become one line and a status."""

from __future__ import annotations

import pytest
import typer

from pincite.console import user_errors
from pincite.errors import QuestionError


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (QuestionError("the question is empty"), 2, "pincite: the question is empty"),
        (KeyboardInterrupt(), 130, "pincite: interrupted; what was published stays published"),
        (KeyboardInterrupt("3 results are kept"), 130, "pincite: interrupted; 3 results are kept"),
    ],
)
def test_what_ends_a_command_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], raised: BaseException, status: int, said: str
) -> None:
    with pytest.raises(typer.Exit) as caught, user_errors():
        raise raised
    assert caught.value.exit_code == status
    assert capsys.readouterr().err == f"{said}\n"


def test_a_mistake_of_the_program_is_shown_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), user_errors():
        raise ZeroDivisionError
