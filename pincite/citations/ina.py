"""Sections of the Immigration and Nationality Act as sections of title 8 of the U.S. Code.

The Act's sections were classified to the Code in runs; a clause keeps its letters: INA § 287(g)
is 8 U.S.C. § 1357(g). Sections that were never classified as sections have no row.
"""

from __future__ import annotations

# First and last section of the Act, and the section of title 8 that the first one is.
_RUNS = (
    (101, 105, 1101),
    (201, 210, 1151),
    (211, 215, 1181),
    (217, 219, 1187),
    (221, 224, 1201),
    (231, 239, 1221),
    (242, 243, 1252),
    (245, 250, 1255),
    (251, 258, 1281),
    (261, 266, 1301),
    (271, 280, 1321),
    (281, 293, 1351),
    (301, 309, 1401),
    (310, 348, 1421),
    (349, 357, 1481),
    (358, 361, 1501),
    (411, 414, 1521),
    (501, 507, 1531),
)
_SINGLE = {
    "106": "1105a",
    "210a": "1161",
    "213a": "1183a",
    "216": "1186a",
    "216a": "1186b",
    "235a": "1225a",
    "236a": "1226a",
    "240": "1229a",
    "240a": "1229b",
    "240b": "1229c",
    "240c": "1230",
    "241": "1231",
    "244": "1254a",
    "245a": "1255a",
    "274a": "1324a",
    "274b": "1324b",
    "274c": "1324c",
    "274d": "1324d",
    "294": "1363a",
    "295": "1363b",
    "329a": "1440-1",
}
INA_SECTIONS: dict[str, str] = {
    str(first + step): str(code + step)
    for first, last, code in _RUNS
    for step in range(last - first + 1)
} | _SINGLE


def code_section(number: str) -> str | None:
    """The section of 8 U.S.C. that a section of the Act is: "287" is "1357"; None if unknown."""
    return INA_SECTIONS.get(number.lower())
