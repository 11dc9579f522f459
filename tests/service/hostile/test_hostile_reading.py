"""What the readers make of hostile documents: what is seen is read, what is not seen is not."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pincite.kinds import Kind
from service.describing import document_json, text_json
from service.engine import Engine

with (Path(__file__).parent / "documents.toml").open("rb") as table:
    DOCUMENTS = tomllib.load(table)["document"]
READ = [document for document in DOCUMENTS if not document.get("unread")]


def named(document: dict[str, Any]) -> str:
    name: str = document["name"]
    return name


def test_there_are_enough_of_them() -> None:
    assert len(DOCUMENTS) >= 25
    assert len({document["name"] for document in DOCUMENTS}) == len(DOCUMENTS)


def test_every_document_is_read_but_those_that_are_none(
    beset: Engine, from_hostile: dict[str, str]
) -> None:
    with beset.holdings() as holdings:
        refused = {refusal.source for refusal in holdings.manifest.refusals}
    assert set(from_hostile) == {document["file"] for document in READ}
    assert not refused & set(from_hostile)


@pytest.mark.parametrize("document", READ, ids=named)
def test_what_a_reader_sees_is_read_and_what_nobody_sees_is_not(
    beset: Engine, from_hostile: dict[str, str], document: dict[str, Any]
) -> None:
    with beset.holdings() as holdings:
        id = from_hostile[document["file"]]
        held, record = holdings.document(id), holdings.record(id)
    words = " ".join(held.text.split())
    assert [seen for seen in document["shown"] if seen not in words] == []
    said = document_json(held, record)
    del said["source"]  # the name of the file is told as it is; doors make it harmless
    told = json.dumps([words, said], ensure_ascii=False)
    assert [hidden for hidden in document.get("hidden", ()) if hidden in told] == []


@pytest.mark.parametrize("document", READ, ids=named)
def test_no_hidden_word_comes_back_as_a_repair(
    beset: Engine, from_hostile: dict[str, str], document: dict[str, Any]
) -> None:
    with beset.holdings() as holdings:
        held = holdings.document(from_hostile[document["file"]])
    repaired = [r["original"] for r in text_json(held, 0, len(held.text))["repaired"]]
    words = [
        hidden for hidden in document.get("hidden", ()) if hidden.isascii() and len(hidden) > 1
    ]
    assert [word for word in words if any(word in original for original in repaired)] == []


@pytest.mark.parametrize("document", READ, ids=named)
def test_a_document_is_of_the_kind_of_its_folder_whatever_it_says(
    beset: Engine, from_hostile: dict[str, str], document: dict[str, Any]
) -> None:
    with beset.holdings() as holdings:
        entry = holdings.record(from_hostile[document["file"]]).entry
    assert entry.kind is Kind(document.get("kind") or document["file"].split("/")[0])
    assert entry.status == "unknown"
    assert entry.effective is None
    assert (entry.relations, entry.work, entry.jurisdiction) == ((), None, None)
    assert entry.citation is None


def test_hidden_words_are_told_of_though_they_are_not_read(
    beset: Engine, from_hostile: dict[str, str]
) -> None:
    with beset.holdings() as holdings:
        facts = {source: dict(holdings.record(id).facts) for source, id in from_hostile.items()}
    assert int(facts["op_ed/hidden.html"]["hidden_characters"]) > 100
    assert facts["op_ed/hidden.pdf"]["pages_with_hidden_text"] == "1"
