"""The agreements of an index, listed and filtered by what the catalogue says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from ingest.catalogue import check_catalogue, load_catalogue
from pincite.errors import QuestionError
from pincite.generations import IndexSpec, Manifest, Record
from pincite.kinds import Kind
from pincite.types import AgreementFacts, Entry
from service.sharing.agreements import agreements_json, model_named

ROOT = Path(__file__).parents[3]
SPEC = IndexSpec("words", "0" * 64, 384, "bm25", 1, 1, 1)


def manifest(*entries: Entry) -> Manifest:
    records = (
        Record(entry, "v", "o", "i", "w", "r", "0" * 64, 1, "md@1", 1, 1) for entry in entries
    )
    return Manifest("g1", "2026-01-01", SPEC, tuple(records))


SANCTUARY = manifest(*load_catalogue(ROOT / "corpora" / "sanctuary" / "catalogue.toml"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"model": "jail_enforcement"}, {"grayson", "lee", "york"}),
        ({"model": "Jail Enforcement Model", "signed_to": "2020-12-31"}, {"york"}),
        ({"model": "WSO", "jurisdiction": "us/fl"}, {"desoto", "hardee"}),
        ({"agency": "Titus County"}, {"titus"}),
        ({"agency": "york"}, {"york"}),
        ({"agency": "New York"}, set()),
        ({"agency": "Harris"}, set()),
        ({"agency": "sheriff", "signed_from": "2025-04-01"}, {"rockingham", "spartanburg"}),
        (
            {"signed_from": "2025-03-05", "signed_to": "2025-03-05"},
            {"arcadia", "cowley", "grayson"},
        ),
        ({"jurisdiction": "us/tx"}, {"texas", "titus"}),
    ],
)
def test_the_real_agreements_are_listed_by_their_facts(
    asked: dict[str, str], found: set[str]
) -> None:
    listed = agreements_json(SANCTUARY, **asked)
    assert {row["id"].split("-")[1] for row in listed["agreements"]} == found
    assert listed["held"] == 17


def test_every_real_agreement_has_all_its_facts() -> None:
    rows = agreements_json(SANCTUARY)["agreements"]
    for row in rows:
        assert all(row[name] for name in ("agency", "model", "signatory", "signed", "term")), row
        assert row["agency"] in row["title"]
        assert row["model_name"] in row["title"].lower()
        # the last signature is the day of the agreement
        [entry] = [r.entry for r in SANCTUARY.records if r.entry.id == row["id"]]
        assert row["signed"] == str(entry.issued)
    assert len(rows) == 17


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"model": "moon"}, "unknown model 'moon'; known are: jail_enforcement, warrant"),
        ({"model": " "}, "unknown model"),
        ({"jurisdiction": "mars"}, "unknown jurisdiction"),
        ({"signed_from": "soon"}, "signed-from = 'soon' is no date"),
        ({"signed_from": "2025-02-01", "signed_to": "2025-01-01"}, "lies before signed-from"),
    ],
)
def test_what_cannot_be_asked_is_one_line(asked: dict[str, str], said: str) -> None:
    with pytest.raises(QuestionError, match=said) as caught:
        agreements_json(SANCTUARY, **asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("typed", ["task_force", "task force", "Task Force Model", "TFM", "task"])
def test_a_model_is_known_by_its_names(typed: str) -> None:
    assert model_named(typed) == "task_force"


def test_an_agreement_without_facts_is_listed_where_none_is_asked() -> None:
    bare = Entry("old", Kind.AGREEMENT, "Old", "old.pdf", parties=("Service", "Town of Old"))
    held = manifest(bare, Entry("law", Kind.STATUTE, "Law", "law.md"))
    [row] = agreements_json(held)["agreements"]
    assert (row["agency"], row["model"], row["signed"]) == ("Town of Old", None, None)
    assert agreements_json(held, model="tfm")["agreements"] == []
    assert agreements_json(held, signed_from="2000-01-01")["agreements"] == []
    assert len(agreements_json(held, agency="old")["agreements"]) == 1


def test_a_manifest_keeps_facts_and_an_old_one_has_none() -> None:
    facts = AgreementFacts("Town", "task_force", "A. Mayor", date(2025, 1, 2), "until ended")
    kept = manifest(Entry("a", Kind.AGREEMENT, "A", "a.pdf", agreement=facts))
    adapter = TypeAdapter(Manifest)
    data: Any = adapter.dump_python(kept, mode="json")
    assert adapter.validate_python(data) == kept
    del data["records"][0]["entry"]["agreement"]
    assert adapter.validate_python(data).records[0].entry.agreement is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('agreement = "yes"', "write agreement.agency"),
        ('agreement.agency = "Town"', "needs 'model'"),
        ('agreement.agency = "Town"\nagreement.model = "taskforce"', "mean 'task_force'"),
        ('agreement.agency = "Town"\nagreement.model = "task_force"\nagreement.day = 1', "unknown"),
        ('agreement.agency = ""\nagreement.model = "task_force"', "agency: must be a text"),
    ],
)
def test_facts_that_cannot_stand_name_their_line(tmp_path: Path, lines: str, said: str) -> None:
    path = tmp_path / "catalogue.toml"
    head = '[[entry]]\nid = "a"\nfile = "a.pdf"\nkind = "agreement"\ntitle = "A"\n'
    path.write_text(head + lines)
    [problem] = check_catalogue(path)
    assert said in problem.what
    assert problem.line == 6


def test_only_an_agreement_has_an_agreements_facts(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(
        '[[entry]]\nid = "a"\nfile = "a.pdf"\nkind = "memo"\ntitle = "A"\n'.replace(
            "memo", "doj_memo"
        )
        + 'agreement.agency = "Town"\nagreement.model = "task_force"\n'
    )
    [problem] = check_catalogue(path)
    assert "kind 'doj_memo' is none" in problem.what
