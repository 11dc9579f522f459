"""What hides words and what only looks as if: white on a dark ground is there to be read."""

from __future__ import annotations

import pytest

from ingest.readers.format import Limits
from ingest.readers.html.reader import read_html
from ingest.readers.markdown.reader import read_markdown
from ingest.readers.pdf.paints import PLAIN, Grounds, components_of, mixed
from ingest.readers.rtf.reader import read_rtf
from pincite.unseen import visibly, without_unseen

LIMITS = Limits()
UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class NoLooks:
    """Names stand for themselves."""

    def space(self, name: str) -> str:
        return name

    def opacity(self, name: str) -> float | None:
        return {"/Clear": 0.0, "/Half": 0.5}.get(name)


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("color: #fff; background: #003366", True),
        ("color: white; background: url(dark.png)", True),
        ("opacity: 0.5", True),
        ("font-size: 0.8em", True),
        ("left: -4px; text-indent: -2em", True),
        ("height: 0", True),  # overflows, and is seen
        ("display: none", False),
        ("DISPLAY : NONE !important", False),
        ("opacity: 0.01", False),
        ("font-size: 1px", False),
        ("color: #fff", False),
        ("color: rgba(0, 0, 0, 0)", False),
        ("position: absolute; left: -999em", False),
        ("max-height: 1px; overflow: hidden", False),
        ("clip: rect(0, 0, 0, 0)", False),
        ("transform: scale(0)", False),
    ],
)
def test_a_style_hides_or_does_not(style: str, seen: bool) -> None:
    page = f"<h1>§ 1. Tolls</h1><p>A toll is due.</p><p style='{style}'>Quite secretly.</p>"
    assert ("secretly" in read_html(page.encode(), LIMITS).text) is seen
    words = f"A toll is due. <span style='{style}'>Quite secretly.</span>"
    if style != "color: #fff":  # a page's ground is not known in Markdown
        assert ("secretly" in read_markdown(words.encode(), LIMITS).text) is seen


def test_the_weightier_rule_of_a_sheet_shows_again() -> None:
    sheet = ".tab { display: none } .tab.open { display: block } @media print { p { color: red } }"
    page = (
        f"<style>{sheet}</style><h1>§ 1. Tolls</h1>"
        "<p class='tab open'>A toll is due.</p><p class='tab'>Quite secretly.</p>"
    )
    assert read_html(page.encode(), LIMITS).text.endswith("A toll is due.")


@pytest.mark.parametrize(
    ("sheet", "seen"),
    [
        (".a { display: none } .a { display: block }", True),  # of equals the last
        (".a { display: block } .a { display: none }", False),
        ("#one { display: block } .a.b { display: none }", True),
        ("p.a { display: none } .a { display: block }", False),
        ("#other.a { display: none }", True),
        (".a.c { display: none }", True),
        ("p { display: none }", True),  # scripts show such a page again
        (".a { display: none", True),  # never closed
    ],
)
def test_a_sheet_hides_by_its_weightiest_rule(sheet: str, seen: bool) -> None:
    words = "<p id='one' class='a b'>Quite secretly.</p>"
    page = f"<style>{sheet}</style><h1>§ 1. Tolls</h1><p>A toll is due.</p>{words}"
    assert ("secretly" in read_html(page.encode(), LIMITS).text) is seen


def test_white_letters_on_a_ground_of_an_rtf_file_stay() -> None:
    head = r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red0\green0\blue90;}"
    white, dark = r"{\cf1 Quite openly.}", r"\pard\cbpat2 "
    assert "openly" in read_rtf((head + dark + white + r"\par}").encode(), LIMITS).text
    assert "openly" not in read_rtf((head + r"A toll. " + white + r"\par}").encode(), LIMITS).text


WHITE = [(b"g", [1])]
DARK_BAND = [(b"rg", [0, 0, 0.4]), (b"re", [0, 0, 100, 100]), (b"f", [])]


@pytest.mark.parametrize(
    ("operations", "hidden"),
    [
        ([], False),
        (WHITE, True),
        ([*DARK_BAND, *WHITE], False),
        (DARK_BAND, True),  # dark blue on dark blue
        # a frame of two rectangles is no ground, and of another shape only the place is known
        ([(b"re", [0, 0, 100, 100]), (b"re", [1, 1, 98, 98]), (b"f*", [])], False),
        ([(b"m", [0, 0]), (b"l", [100, 0]), (b"l", [100, 100]), (b"f", []), *WHITE], False),
        ([(b"sh", []), *WHITE], False),
        ([(b"re", [0, 0, 100, 1]), (b"f", []), *WHITE], True),  # a rule
        ([(b"re", [500, 500, 9, 9]), (b"W", []), (b"n", [])], True),  # clipped away
        ([(b"cs", ["/DeviceCMYK"]), (b"sc", [0, 0, 0, 0])], True),
        ([(b"cs", ["/Spot"]), (b"scn", [0])], False),  # not known what that looks like
        ([(b"gs", ["/Clear"])], True),
        ([(b"gs", ["/Half"])], False),
    ],
)
def test_letters_are_hidden_where_they_cannot_be_told_from_their_ground(
    operations: list[tuple[bytes, list[object]]], hidden: bool
) -> None:
    paint, grounds = PLAIN, Grounds()
    for operator, operands in operations:
        paint = grounds.draw(
            operator, operands, UPRIGHT, paint.after(operator, operands, NoLooks())
        )
    assert grounds.hides(paint, (50.0, 50.0), 12.0) is hidden


def test_a_colour_of_another_space_is_not_guessed() -> None:
    assert mixed([1, 1, 1], 1) is None
    assert mixed(["/P1"], 1) is None
    assert mixed([0, 0, 0, 1], 4) == (0.0, 0.0, 0.0)


class Profile(dict[str, object]):
    """A stream of a PDF, which stands for itself."""

    def get_object(self) -> Profile:
        return self


@pytest.mark.parametrize(
    ("space", "count"),
    [
        ("/DeviceRGB", 3),
        (["/CalGray", Profile()], 1),
        (["/ICCBased", Profile({"/N": 4})], 4),
        (["/ICCBased", Profile({"/N": "four"})], 0),
        (["/ICCBased", Profile()], 0),
        (["/ICCBased"], 0),
        ([], 0),
        (["/Separation", "/Spot"], 0),
    ],
)
def test_the_numbers_of_a_colour_space(space: object, count: int) -> None:
    assert components_of(space) == count


def test_joiners_stay_in_scripts_that_join() -> None:
    persian, indic = "می\u200cخواهم", "क्\u200dष"
    assert without_unseen(persian + indic) == persian + indic
    assert without_unseen("de\u200dtain\U000e0041er\u202e") == "detainer"
    assert visibly("a\u202eb\x1b\tc\n") == "a\ufffdb\ufffd\tc\n"
