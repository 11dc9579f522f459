"""A question names an agency by its own words, and no other agency by theirs."""

from __future__ import annotations

import pytest

from pincite.kinds import Kind
from pincite.types import AgreementFacts, Entry
from service.sharing.agencies import named_agreements

HELD = {
    "arcadia": ("Arcadia Police Department", "us/fl/arcadia"),
    "cowley": ("Cowley County Sheriff's Office", "us/ks/cowley-county"),
    "desoto": ("DeSoto County Sheriff's Office", "us/fl/desoto-county"),
    "gallatin": ("Gallatin County Sheriff's Office", "us/mt/gallatin-county"),
    "grayson": ("Grayson County Detention Center", "us/ky/grayson-county"),
    "guard": ("Florida State Guard", "us/fl"),
    "hardee": ("Hardee County Sheriff's Office", "us/fl/hardee-county"),
    "iowa": ("Iowa Department of Public Safety", "us/ia"),
    "kbi": ("Kansas Bureau of Investigation", "us/ks"),
    "lee": ("Lee County Sheriff's Office", "us/fl/lee-county"),
    "loudoun": ("Loudoun County Sheriff's Office", "us/va/loudoun-county"),
    "rockingham": ("Rockingham County Sheriff's Office", "us/nh/rockingham-county"),
    "sanibel": ("Sanibel Police Department", "us/fl/sanibel"),
    "spartanburg": ("Spartanburg County Sheriff's Office", "us/sc/spartanburg-county"),
    "texas": ("Texas Office of the Attorney General", "us/tx"),
    "titus": ("Titus County Sheriff's Office", "us/tx/titus-county"),
    "york": ("York County Sheriff's Office", "us/sc/york-county"),
}
ENTRIES = [
    Entry(
        name,
        Kind.AGREEMENT,
        agency,
        f"{name}.pdf",
        jurisdiction=place,
        agreement=AgreementFacts(agency, "task_force"),
    )
    for name, (agency, place) in HELD.items()
]
PLACES = frozenset(
    {"us", "us/ny", "us/ny/new-york-city", "us/dc"}
    | {"/".join(place.split("/")[:depth]) for _, place in HELD.values() for depth in (1, 2, 3)}
)
FLORIDA = {"arcadia", "desoto", "guard", "hardee", "lee", "sanibel"}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        *((f"What does the {agency} agreement say?", {n}) for n, (agency, _) in HELD.items()),
        ("What does the agreement with Titus say about training?", {"titus"}),
        ("What does York's agreement say?", {"york"}),
        ("Under the York County agreement, who pays?", {"york"}),
        ("Under the Sheriff of Lee County's MOA, who pays?", {"lee"}),
        ("Does the KBI train its officers?", {"kbi"}),
        ("May Sanibel police issue detainers?", {"sanibel"}),
        ("the 287(g) agreement between ICE and Grayson", {"grayson"}),
        ("What did the Texas Attorney General's office sign with ICE?", {"texas"}),
        ("Which Florida agencies have 287(g) agreements?", FLORIDA),
        ("What do the Cowley County, Kansas, deputies do?", {"cowley"}),
        ("May New York City police honor a detainer?", set()),
        ("Does New York have a 287(g) agreement?", set()),
        ("What does the Harris County 287(g) agreement say?", set()),
        ("How may a 287(g) agreement be terminated?", None),
        ("Who supervises officers under an agreement with ICE?", None),
        ("What is a warrant service officer?", None),
        ("May a county sheriff hold a person?", None),
        ("", None),
    ],
)
def test_a_question_names_agreements(question: str, named: set[str] | None) -> None:
    found = named_agreements(question, ENTRIES, PLACES)
    assert (None if found is None else set(found)) == named
