"""D.C. law XML, USLM and other XML; entities never expand and nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.format import Limits
from ingest.readers.xml.reader import read_xml
from pincite.errors import FileRefused
from pincite.types import Reading

DC = (
    'xmlns="https://code.dccouncil.us/schemas/dc-library" '
    'xmlns:codify="https://code.dccouncil.us/schemas/codify"'
)
SECTION = f"""<section {DC}>
  <num>1-101</num><heading>Free inquiry.</heading>
  <text>*NOTE: This is <b>not</b> current.*</text>
  <para><num>(a)</num><text>No officer may ask, see <cite path="x">§ 1-102</cite><span/>:</text>
    <para><num>(1)</num><text>In writing; or</text></para></para>
  <para><num>(b)</num><para><num>(1)</num><text>Second.</text></para></para>
  <annotations>
    <annotation type="History">Dec. 11, 2012, § 2</annotation><annotation display="false"/>
  </annotations>
</section>"""
ACT = f"""<document {DC} id="D.C. Law 1-2">
  <num type="law">1-2</num><num type="bill">1-7</num>
  <heading type="short">Short Act</heading><heading type="long">To amend section 3.</heading>
  <meta><effective>2021-04-27</effective><history><summary>It amends.</summary></history></meta>
  <text>BE IT ENACTED.</text>
  <section><num>2</num><text>Section 3 is amended to read as follows:</text>
    <include><section><codify:replace path="x"><find>gone</find></codify:replace>
      <num>3</num><heading>Duty.</heading><para><num>(a)</num><text>Serve.</text></para></section>
    </include><aftertext>.</aftertext></section>
  <section><num>3</num><heading>Effective date.</heading><text>At once.</text></section>
</document>"""
USLM = """<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
  <meta><dc:title>Title 8</dc:title><docNumber>8</docNumber></meta>
  <main><title><num value="8">TITLE 8—</num><heading>ALIENS</heading>
    <toc><tocItem>§ 1373. Communication</tocItem></toc>
    <section><num value="1373">§ 1373.</num><heading> Communication with the Service</heading>
      <subsection><num value="a">(a)</num><heading> In general</heading>
        <content><p>Notwithstanding any law, an entity may not
          restrict<ref class="footnoteRef" idref="fn1">1</ref><note type="footnote" id="fn1">
          <num>1</num> So in original.</note> <i>any</i> official.</p></content></subsection>
      <subsection><num value="b">(b)</num><chapeau>No person may prohibit:</chapeau>
        <paragraph><num value="1">(1)</num><content>Sending.</content></paragraph>
        <continuation>This applies to all.</continuation></subsection>
      <sourceCredit>(Pub. L. 104–208, Sept. 30, 1996)</sourceCredit>
      <notes><note topic="codification"><heading>Codification</heading><p>Section was enacted.</p>
      </note></notes>
    </section></title></main></uscDoc>"""


def read(xml: str) -> Reading:
    return read_xml(xml.encode(), Limits())


def marked(reading: Reading, type: str) -> list[tuple[str, str]]:
    return [(m.span.of(reading.text), m.detail) for m in reading.marks if m.type == type]


def test_a_section_of_the_dc_code() -> None:
    reading = read(SECTION)
    assert reading.text.splitlines() == [
        "§ 1-101. Free inquiry.",
        "*NOTE: This is not current.*",
        "(a) No officer may ask, see § 1-102:",
        "(1) In writing; or",
        "(b)(1) Second.",  # a clause without words of its own goes before its first one
        "Dec. 11, 2012, § 2",
    ]
    assert marked(reading, "heading") == [("§ 1-101. Free inquiry.", "1")]
    assert marked(reading, "note") == [
        ("*NOTE: This is not current.*", ""),
        ("Dec. 11, 2012, § 2", ""),
    ]
    assert {repair.rule for repair in reading.repairs} == {"section label"}
    assert dict(reading.facts)["citation"] == "D.C. Code § 1-101"


def test_an_act_of_the_dc_council() -> None:
    reading = read(ACT)
    assert reading.text.splitlines() == [
        "Short Act",
        "To amend section 3.",
        "Bill 1-7",
        "Effective: 2021-04-27",
        "It amends.",
        "BE IT ENACTED.",
        "Sec. 2. Section 3 is amended to read as follows:",
        "Sec. 3. Duty.",
        "(a) Serve.",
        "Sec. 3. Effective date.",
        "At once.",
    ]
    assert marked(reading, "inserted") == [("Sec. 3. Duty.\n(a) Serve.", "quoted")]
    assert marked(reading, "note") == [("Bill 1-7\nEffective: 2021-04-27\nIt amends.", "")]
    assert marked(reading, "heading") == [
        ("Short Act", "1"),
        ("Sec. 3. Duty.", "3"),
        ("Sec. 3. Effective date.", "2"),
    ]
    assert dict(reading.facts)["effective"] == "2021-04-27"


def test_uslm() -> None:
    reading = read(USLM)
    assert reading.text.splitlines() == [
        "TITLE 8— ALIENS",
        "§ 1373. Communication with the Service",
        "(a) In general",
        "Notwithstanding any law, an entity may not restrict any official.",
        "(b) No person may prohibit:",
        "(1) Sending.",
        "This applies to all.",
        "(Pub. L. 104–208, Sept. 30, 1996)",
        "Codification",
        "Section was enacted.",
        "1 So in original.",
    ]
    assert [detail for _, detail in marked(reading, "heading")] == ["1", "2", "3"]
    assert marked(reading, "footnote") == [("1 So in original.", "1")]
    assert marked(reading, "note") == [
        ("(Pub. L. 104–208, Sept. 30, 1996)", ""),
        ("Codification\nSection was enacted.", ""),
    ]
    assert dict(reading.facts) == {"title": "Title 8", "number": "8"}


def test_unknown_xml_is_read_block_by_block() -> None:
    xml = "<r><!-- no --><h>Head</h><s><p>One <b>bold</b> word.</p><p>Two.</p></s></r>"
    assert read(xml).text == "Head\nOne bold word.\nTwo."


def bomb(levels: int) -> str:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word"}">' for n in range(levels)
    )
    return f'<!DOCTYPE r [{entities}]><r a="&e{levels - 1};">&e{levels - 1};</r>'


@pytest.mark.parametrize(
    ("xml", "reasons"),
    [
        ("", {"empty"}),
        ("just words", {"wrong_type"}),
        ("<a><b></a>", {"malformed"}),
        ("<a/>", {"no_text"}),
        ('<!DOCTYPE a [<!ENTITY e "lost">]><a>&e; words</a>', {"malformed"}),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', {"malformed"}),
        (bomb(10), {"malformed", "expands_too_much"}),
        ("<a>" * 5000 + "x" + "</a>" * 5000, {"malformed", "expands_too_much"}),
    ],
)
def test_refuses_with_a_reason(xml: str, reasons: set[str]) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(xml)
    assert refusal.value.reason in reasons


def test_an_outer_document_type_is_not_fetched(tmp_path: Path) -> None:
    dtd = tmp_path / "law.dtd"
    dtd.write_text('<!ENTITY e "fetched">')
    assert read(f'<!DOCTYPE a SYSTEM "{dtd}"><a>words</a>').text == "words"


@pytest.mark.corpus
def test_the_law_and_the_code_have_the_same_clauses(corpus_dir: Path) -> None:
    folder = corpus_dir / "corpus/ordinance"
    law = read_xml((folder / "dc-law-23-282.xml").read_bytes(), Limits()).text.splitlines()
    code = read_xml((folder / "dc-code-24-211.07-perm.xml").read_bytes(), Limits())
    clauses = [line for line in code.text.splitlines() if line.startswith("(")]
    assert len(clauses) == 19
    assert sum(clause in law for clause in clauses) == 18  # (a)(1) cites the code by its section


@pytest.mark.corpus
def test_a_stub_says_that_it_is_one(corpus_dir: Path) -> None:
    reading = read_xml((corpus_dir / "corpus/ordinance/dc-law-19-194.xml").read_bytes(), Limits())
    facts = dict(reading.facts)
    assert (facts["stub"], facts["effective"]) == ("true", "2012-12-11")
    assert "became effective on Dec. 11, 2012." in reading.text
