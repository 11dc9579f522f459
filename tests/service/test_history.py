"""The timeline of a work over HTTP and in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from fastapi.testclient import TestClient

from eval.corpus import CATALOGUE
from ingest.catalogue import load_catalogue
from pincite.errors import NotFound, QuestionError
from pincite.generations import IndexSpec, Manifest, Record
from pincite.settings import Settings
from service.filtering import day_of
from service.history import history

Console = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def real() -> Manifest:
    """A manifest of the real catalogue, without texts."""
    records = tuple(
        Record(entry, "v", "o", "", "", "", "", 0, "r@1", 0, 0)
        for entry in load_catalogue(CATALOGUE)
    )
    return Manifest("g", "", IndexSpec("e", "", 1, "s", 1, 1, 1), records)


def test_the_chain_of_orders_is_told_with_what_became_of_it(real: Manifest) -> None:
    told = history(real, "eo-13768", "2026-11-22")
    assert [(one["id"], one["in_force"]["to"]) for one in told["versions"]] == [
        ("eo-13768", "2021-01-20"),
        ("eo-13993", "2025-01-20"),
        ("eo-14148", None),
        ("eo-14159", None),
        ("eo-14159-markdown", None),
    ]
    assert told["versions"][0]["standing"] == "revoked on 2021-01-20 by Exec. Order No. 13,993"
    assert told["versions"][0]["done_to"] == [
        {
            "type": "revokes",
            "source": "eo-13993",
            "name": "Exec. Order No. 13,993",
            "on": "2021-01-20",
            "until": None,
        }
    ]
    assert told["notices"] == [
        "No version of Exec. Order No. 13,768 that is held is in force on 2026-11-22.",
        "Exec. Order No. 13,993 was itself revoked on 2025-01-20 by Exec. Order No. 14,148 and"
        " Exec. Order No. 14,159; that alone does not bring back Exec. Order No. 13,768.",
    ]


def test_a_temporary_amendment_has_its_last_day(real: Manifest) -> None:
    told = history(real, "dc-code-24-211-07", "2019-11-15")
    (old,) = [one for one in told["versions"] if one["id"] == "dc-code-24-211-07-2012"]
    assert old["status"] == "in_force"
    (emergency,) = [done for done in old["done_to"] if done["source"] == "dc-act-23-131"]
    assert (emergency["on"], emergency["until"]) == ("2019-10-23", "2020-01-21")


def test_a_history_of_a_day_to_come_says_so(real: Manifest) -> None:
    assert "lies in the future" in history(real, "eo-14287", "2999-01-01")["notices"][0]


def test_an_unknown_document_has_no_history(real: Manifest) -> None:
    with pytest.raises(NotFound, match="no document 'nope'"):
        history(real, "nope")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("yesterday", "is no date; write it as 2017-11-22"),
        ("20170225", "is no date"),
        ("2017-W08-6", "is no date"),
        ("٢٠١٧-٠٢-٢٥", "is no date"),
        ("2017-02-30", "there is no such day"),
        ("0000-01-01", "there is no such day"),
        ("2017-02-25\n", "is no date"),
    ],
)
def test_an_impossible_day_is_one_clear_line(typed: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told) as raised:
        day_of("as-of", typed)
    assert "\n" not in str(raised.value)


def test_the_service_gives_a_history(client: TestClient) -> None:
    answer = client.get("/v1/documents/arden-code-4-12/history", params={"as_of": "2015-01-01"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["work"], told["as_of"]) == ("arden-code-4-12", "2015-01-01")
    assert [one["standing"] for one in told["versions"]] == ["not in force before 2019-04-01"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/documents/nope/history", 404),
        ("/v1/documents/arden-code-4-12/history?as_of=2017-02-30", 422),
        ("/v1/documents/arden-code-4-12/history?day=2017-02-25", 422),
    ],
)
def test_what_has_no_history_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_history_is_printed(
    console: Console, service: str, tiny_settings: Settings, tmp_path: Path
) -> None:
    done = console(tiny_settings, "history", "arden-code-4-12-2010")
    assert done.returncode == 0, done.stderr
    assert "2010-04-01 – 2019-04-01" in done.stdout
    assert "superseded on 2019-04-01" in done.stdout
    missing = console(tiny_settings, "history", "nope")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("pincite: ")
    assert missing.stderr.count("\n") == 1
