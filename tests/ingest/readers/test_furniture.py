"""Running heads, feet and page numbers."""

from __future__ import annotations

from ingest.readers.pdf.furniture import furniture_of
from ingest.readers.pdf.lines import Line


def page(*rows: tuple[float, str]) -> list[Line]:
    return [Line(text=text, x=50, end=50 + 6 * len(text), y=y, size=10) for y, text in rows]


def body(number: int) -> tuple[tuple[float, str], ...]:
    words = ("alpha", "bravo", "charlie", "delta", "echo")
    return ((700, f"On {words[number]} the council"), (688, f"finds {words[-number]} so."))


def removed(pages: list[list[Line]]) -> list[list[str]]:
    return [
        [lines[i].text for i in sorted(item.rules)]
        for lines, item in zip(pages, furniture_of(pages), strict=True)
    ]


def test_a_head_that_recurs_with_another_number_is_furniture_and_its_number_the_label() -> None:
    pages = [page((760, f"Register / Vol. 90 {8443 + n}"), *body(n)) for n in range(4)]
    assert removed(pages) == [[f"Register / Vol. 90 {8443 + n}"] for n in range(4)]
    assert [item.label for item in furniture_of(pages)] == ["8443", "8444", "8445", "8446"]


def test_left_and_right_heads_with_the_number_on_either_side_are_one_head() -> None:
    heads = ["Register 1", "2 Register", "Register 3", "4 Register"]
    pages = [page((760, head), *body(n)) for n, head in enumerate(heads)]
    assert removed(pages) == [[head] for head in heads]


def test_a_lone_number_goes_only_where_it_counts_the_pages() -> None:
    counting = [page(*body(n), (40, str(n + 1))) for n in range(4)]
    amounts = [page(*body(n), (40, str(17 * n + 3))) for n in range(4)]
    assert removed(counting) == [["1"], ["2"], ["3"], ["4"]]
    assert removed(amounts) == [[], [], [], []]


def test_roman_and_sectioned_page_numbers_are_labels() -> None:
    roman = [page(*body(n), (40, numeral)) for n, numeral in enumerate(["ii", "iii", "iv", "v"])]
    sectioned = [page(*body(n), (40, f"F-{n + 1}")) for n in range(4)]
    assert [item.label for item in furniture_of(roman)] == ["ii", "iii", "iv", "v"]
    assert [item.label for item in furniture_of(sectioned)] == ["F-1", "F-2", "F-3", "F-4"]


def test_text_that_recurs_inside_the_page_stays() -> None:
    ends = ["Alpha ends.", "Bravo ends.", "Charlie does.", "Delta does.", "Echo is last."]
    pages = [page(*body(n), (400, "ICE will decide."), (300, ends[n])) for n in range(5)]
    assert removed(pages) == [[], [], [], [], []]


def test_a_banner_that_the_running_head_repeats_goes() -> None:
    first = page((760, "Vol. 90 / Presidential Documents 1"), (730, "Presidential Documents"))
    rest = [page((760, f"Vol. 90 / Presidential Documents {n}"), *body(n)) for n in (2, 3)]
    assert removed([first + page(*body(1)), *rest])[0] == [line.text for line in first]


def test_press_marks_go_wherever_they_stand() -> None:
    mark = "VerDate Sep<11>2014 15:50 May 01, 2025 Jkt 265001 PO 00000"
    assert removed([page(*body(1), (20, mark))]) == [[mark]]


def test_a_foot_that_one_page_has_in_one_row_and_others_in_two_is_one_foot() -> None:
    pages = [
        page(*body(n), (40, "County Center"), (30, f"{n + 1} Revised 02/15/2025")) for n in range(3)
    ]
    joined = page(*body(3), (32, "County Center 4 Revised 02/15/2025"))
    assert removed([*pages, joined])[3] == ["County Center 4 Revised 02/15/2025"]


def test_the_heads_of_a_slip_opinion_of_three_pages_go() -> None:
    heads = ["2 DELLAROSA v. COUNTY OF BRACKWATER", "Cite as: No. 19-0482 (D. Mar. 2020) 3"]
    pages = [page(*body(1)), *(page((760, head), *body(n)) for n, head in enumerate(heads, 2))]
    assert removed(pages) == [[], [heads[0]], [heads[1]]]


def test_a_caption_stays_where_its_number_counts_no_pages() -> None:
    heads = ["19 DELLAROSA v. COUNTY", "DELLAROSA v. COUNTY"]
    pages = [page(*body(1)), *(page((760, head), *body(n)) for n, head in enumerate(heads, 2))]
    assert removed(pages) == [[], [], []]


def small(text: str) -> Line:
    return Line(text=text, x=50, end=400, y=760, size=8)


def test_heads_of_two_facing_pages_in_smaller_type_share_the_code_they_name() -> None:
    heads = ["§ 12.40 Alder Municipal Code", "Alder Municipal Code Title 12. Policy"]
    assert removed([[small(head), *page(*body(n))] for n, head in enumerate(heads, 1)]) == [
        [head] for head in heads
    ]
    set_as_text = [page((760, head), *body(n)) for n, head in enumerate(heads, 1)]
    assert removed(set_as_text) == [[], []]


def test_an_office_named_in_the_letterhead_is_the_head_of_the_next_page() -> None:
    first = page((730, "Office of Grants"), *body(1))
    assert removed([first, [small("Office of Grants"), *page(*body(2))]])[1] == ["Office of Grants"]
    assert removed([first, [small("Office of Loans"), *page(*body(2))]])[1] == []


def test_a_single_page_loses_nothing_else() -> None:
    assert removed([page((760, "Register 1"), *body(1), (40, "1"))]) == [[]]
