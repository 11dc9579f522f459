"""The log, a replay and a recheck for a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from service.printing import plain, print_answer

Json = dict[str, Any]

_out = Console(highlight=False, soft_wrap=False)
_CHANGED = {"deleted": "strike red", "inserted": "underline green"}
_LONGEST = 600


def print_list(listed: Json) -> None:
    """A table of records, oldest first."""
    table = Table(box=None, pad_edge=False)
    for column, fold in (("id", False), ("time", False), ("answer", False), ("question", True)):
        table.add_column(column, no_wrap=not fold, overflow="fold")
    for one in listed["answers"]:
        count = one["citations"]
        said = one["reason"] or ("" if one["trouble"] else f"{count} quote{'s'[: count != 1]}")
        asked = one["question"] or f"({one['trouble']})"
        cells = (one["id"], one["time"][:19], said.replace("_", " "), asked)
        # Whatever somebody wrote into the file is no markup here, and no order to a terminal.
        table.add_row(*(Text(plain(cell)) for cell in cells))
    _out.print(table)
    _out.print(f"{len(listed['answers'])} of {listed['kept']} answers shown")


def print_record(record: Json) -> None:
    """One record: how it was asked, what was said, and what it was computed with."""
    question = record["question"]
    _out.print(Text(plain(question["asked"]), "bold"))
    said = [f"record {record['n']}, {record['id']}", record["time"], f"law as of {question['day']}"]
    said += [f"place {question['read']['place']}"] if question["read"].get("place") else []
    _out.print(Text(plain(" · ".join(said)), "dim"))
    looked_for = (question["looked_for"] or {}).get("text", question["asked"])
    if looked_for != question["asked"]:
        _out.print(Text(plain(f"looked for: {looked_for}"), "dim"))
    if record["answer"]["reason"]:
        _out.print(Text(plain(record["answer"]["reason"].replace("_", " ")), "bold"))
    print_answer(record["answer"])
    index = plain(f"index {record['generation']}; {len(record['hits'])} passages")
    _out.print(Text(f"\n{index}", "dim"))


def print_checked(told: Json) -> None:
    """Whether the log is whole, and the hash to write down."""
    for note in told["notes"]:
        _out.print(Text(plain(f"! {note}"), "yellow"))
    if broken := told["broken"]:
        line = Text(f"broken at line {broken['line']}: {broken['fault']}", "bold red")
        line.append(f": {plain(broken['words'])}", "not bold")
        _out.print(line)
        return
    _out.print(f"whole: {told['records']} records, {told['answers']} answers", end="")
    _out.print(f", {told['redacted']} redacted" if told["redacted"] else "")
    _out.print(Text(f"head {told['head']}", "dim"), soft_wrap=True)


def print_replayed(told: Json) -> None:
    """Each part of the answer, the same or not; then what else is not as it was."""
    for part in told["parts"]:
        line = Text(f"{part['part']:9} ", "bold")
        line.append("the same", "green") if part["same"] else line.append("differ", "red")
        _out.print(line)
        for difference in part["differences"]:
            _out.print(Padding(Text(plain(difference)), (0, 0, 0, 10)))
    for note in told["notes"]:
        _out.print(Text(plain(f"! {note}"), "yellow"))
    _out.print(Text(f"generation {told['generation']}", "dim"))


def print_tally(told: Json) -> None:
    """The answers that changed, each in a line, with its quotes that no longer stand so."""
    for one in told["changed"]:
        line = Text(plain(f"{one['id']} "), "bold")
        states = ", ".join(dict.fromkeys(quote["state"] for quote in one["quotes"])) or "damaged"
        line.append(states, "red")
        line.append(f"  {plain(one['question'] or one['trouble'])}", "not bold")
        _out.print(line, soft_wrap=True)
        for quote in one["quotes"]:
            _print_quote(quote)
    redacted = f"; {told['redacted']} redacted" if told["redacted"] else ""
    _out.print(
        f"{len(told['changed'])} of {told['checked']} answers changed{redacted};"
        f" as of {told['as_of']}, generation {told['generation']}"
    )


def _print_quote(quote: Json) -> None:
    near = "nearest, " if quote["part"] == "nearest" else ""
    head = Text(f"{quote['state']}: ", "bold")
    head.append(plain(f"{near}{quote['citation']}: {quote['words']}"), "not bold")
    _out.print(Padding(head, (0, 0, 0, 4)))
    if quote["changes"]:
        _print_words("was", quote["changes"], "deleted")
        _print_words("is", quote["changes"], "inserted")


def _print_words(verb: str, changes: list[Json], kind: str) -> None:
    """One side of a change, the words that differ told apart."""
    shown, left = Text(f"{verb + ':':5}", "dim"), _LONGEST
    for change in changes:
        if change["kind"] in ("same", kind):
            style = "not dim" if change["kind"] == "same" else f"not dim {_CHANGED[kind]}"
            shown.append(plain(change["text"][:left]), style)
            left -= min(left, len(change["text"]))
    _out.print(Padding(shown.append("" if left else " …"), (0, 0, 0, 8)))
