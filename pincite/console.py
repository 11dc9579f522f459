"""What every command shares: one line for an error, JSON where asked, the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from pincite.errors import PinciteError
from pincite.unseen import UNSEEN, visibly

AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]


@contextmanager
def user_errors() -> Iterator[None]:
    """One line and exit 2 for every error of ours; an interrupt is none of them."""
    try:
        yield
    except PinciteError as error:
        print(f"pincite: {visibly(str(error))}", file=sys.stderr)
        raise typer.Exit(2) from None
    except KeyboardInterrupt as interrupt:
        kept = next(iter(interrupt.args), "what was published stays published")
        print(f"pincite: interrupted; {kept}", file=sys.stderr)
        raise typer.Exit(130) from None


def as_printed(written: str) -> str:
    """JSON that says the same, with escapes for what a terminal obeys or does not show."""
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], written)


def print_value(value: Any, as_json: bool, otherwise: Callable[[Any], None]) -> None:
    """The value as JSON, or as `otherwise` prints it."""
    if as_json:
        print(as_printed(json.dumps(value, ensure_ascii=False, indent=2)))
    else:
        otherwise(value)


def exit_unless(anything: Any) -> None:
    """Exit 1 when a command ran and found nothing."""
    if not anything:
        raise typer.Exit(1)
