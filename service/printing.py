"""Answers, passages and documents for a terminal. Text of documents is never read as markup."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pincite.unseen import visibly
from service.coverage import card_lines
from service.emphasis import pieces
from service.linking.reading_list import reading_line

Json = dict[str, Any]

CHANNELS = {"law": "bold blue", "record": "bold yellow", "argument": "bold red"}
_out = Console(highlight=False, soft_wrap=False)


def print_answer(answer: Json) -> None:
    """An answer: statements with their citations, or the reason and what is nearest."""
    if answer.get("reason") and answer["statements"]:
        _out.print(Text(f"\n{answer['reason'].replace('_', ' ').capitalize()}:", "bold red"))
    for statement in answer["statements"]:
        cited = [(n, answer["citations"][n - 1]) for n in statement["citations"]]
        if statement["text"] not in [citation["quote"] for _, citation in cited]:
            _out.print(Text(f"\n{plain(statement['text'])}", "bold"))
        for place, (n, citation) in enumerate(cited):
            _print_citation(citation, f"[{n}]", "" if place else statement.get("lead", ""))
    if model := answer.get("composition", {}).get("model"):
        said = f"Worded by {model}; each statement was checked against its quotes."
        _out.print(Text(f"\n{plain(said)}", "dim"))
    if answer["notices"]:
        _out.print()
    for notice in answer["notices"]:
        _out.print(Text(f"! {plain(notice)}", "yellow"))
    if answer["nearest"]:
        _out.print(Text("\nNearest, not an answer:", "bold"))
        for citation in answer["nearest"]:
            _print_citation(citation, f"({citation['n']})")
    if card := answer.get("coverage", {}).get("on_this"):
        _out.print()
    for line in card_lines(card) if card else ():
        _out.print(Text(plain(line), "dim"))
    if log_id := answer.get("log_id"):
        _out.print(Text(f"\nlogged as {log_id}", "dim"))


def plain(text: str) -> str:
    """The text without characters that a terminal obeys, or that hide what it says."""
    return visibly(text)


def print_hits(found: Json) -> None:
    """Passages, best first."""
    if not found["hits"]:
        _out.print("No passage found.")
    for hit in found["hits"]:
        _print_citation(hit, f"{hit['rank']}.")


def print_documents(listed: Json) -> None:
    """A table of documents, then the refused files."""
    table = Table(box=None, pad_edge=False)
    for column in ("id", "kind", "citation or title", "place", "status"):
        table.add_column(column, overflow="fold")
    for record in listed["documents"]:
        table.add_row(
            record["id"],
            record["kind"],
            Text(plain(record["citation"] or record["title"])),
            record["jurisdiction"] or "",
            record["status"],
        )
    _out.print(table)
    coverage = listed["coverage"]
    _out.print(
        f"{len(listed['documents'])} documents shown; {coverage['passages']} passages indexed"
    )
    if line := reading_line(listed["reading_list"]):
        _out.print(Text(plain(line + " (`pincite documents --coverage`)")))
    for refusal in listed["refused"]:
        _out.print(
            Text(
                plain(f"not indexed: {refusal['source']}: {refusal['reason']}: {refusal['detail']}")
            )
        )


def print_document(shown: Json) -> None:
    """A document's head, its text, and the repairs and marks that touch what is shown."""
    _out.print(Text(plain(shown["title"]), "bold"))
    for name in (
        "citation",
        "kind",
        "jurisdiction",
        "status",
        "issued",
        "source",
        "reader",
        "version",
    ):
        if shown.get(name):
            _out.print(Text(plain(f"{name}: {shown[name]}")))
    if shown["notice"]:
        _out.print(Text(plain(f"! {shown['notice']}"), "yellow"))
    _out.print()
    print(plain(shown["text"]))
    if shown["repaired"]:
        _out.print(Text(f"\n{len(shown['repaired'])} repairs in this stretch:", "bold"))
        for repair in shown["repaired"]:
            _out.print(
                Text(
                    plain(
                        f"  {repair['start']}:{repair['end']} {repair['rule']}:"
                        f" {repair['original']!r}"
                    )
                )
            )
    kinds = {mark["type"] for mark in shown["marks"]} - {"heading", "paragraph"}
    if kinds:
        _out.print(Text(f"marked here: {', '.join(sorted(kinds))}", "yellow"))


def _print_citation(citation: Json, number: str, lead: str = "") -> None:
    label = Text()
    label.append(f"\n{number} ", "bold")
    label.append(citation["channel"].upper(), CHANNELS[citation["channel"]])
    label.append(f"  {plain(citation['authority'])}")
    if (force := citation.get("force", "")) and force not in citation["authority"]:
        label.append(f" · {force}", "bold" if force.startswith("binding") else "")
    standing = plain(citation.get("standing", ""))
    if citation["status"] not in ("in_force", "unknown"):
        label.append(f"  {standing or citation['status'].replace('_', ' ')}", "bold red")
        standing = ""
    _out.print(label)
    if lead:
        _out.print(Padding(Text(plain(lead), "italic"), (0, 0, 0, 4)))
    _out.print(Padding(_quote(citation, quoted=bool(lead)), (0, 0, 0, 4)))
    _out.print(Padding(Text(f"— {plain(citation['citation'])}", "bold"), (0, 0, 0, 4)))
    for companion in citation.get("companions", ()):
        _print_companion(companion)
    details = [
        citation["title"],
        f"{citation['document_id']} {citation['start']}:{citation['end']}",
    ]
    details += [standing] if standing else []
    details += [f"page {citation['page']}"] if citation["page"] else []
    details += ["read from page images"] if citation["ocr"] else []
    details += [f"{count} repair{'s'[: count > 1]}"] if (count := len(citation["repaired"])) else []
    _out.print(Padding(Text(plain(" · ".join(details)), "dim"), (0, 0, 0, 6)))
    if alike := citation.get("also_in"):
        also = "; ".join(one["citation"] for one in alike)
        others = f"{len(alike)} other agreement{'s'[: len(alike) > 1]}"
        said = f"the same clause stands in {others}: {plain(also)}"
        _out.print(Padding(Text(said, "dim"), (0, 0, 0, 6)))


def _quote(citation: Json, *, quoted: bool) -> Text:
    """The quote with the words that decide in bold; behind a lead-in, in quotation marks."""
    text = Text("“" if quoted else "")
    for words, decides in pieces(citation["quote"], citation.get("deciding", ())):
        text.append(plain(words), "bold" if decides else "")
    return text.append("”" if quoted else "")


def _print_companion(companion: Json) -> None:
    """An exception or a definition, set in below the rule that it goes with."""
    term, citation = companion["term"], companion["citation"]
    lead = Text(f"“{plain(term)}” means: " if term else "but: ", "bold")
    lead.append(plain(citation["quote"]), "not bold")
    lead.append(f" — {plain(citation['citation'])}", "dim not bold")
    _out.print(Padding(lead, (0, 0, 0, 8)))
