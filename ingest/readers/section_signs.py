"""Section signs that a wrong encoding turned into U+FFFD, put back where the place shows them.

mend_section_signs(Draft.of("8 C.F.R. \\ufffd 287.7")).text   # "8 C.F.R. § 287.7"
"""

from __future__ import annotations

import re

from ingest.readers.draft import Draft

# One or two, in front of a section's number ("2.", "10-178", "27A.1", "1373(a)"), behind no
# letter and no digit. What else became U+FFFD cannot be known, and stays.
_LOST = re.compile(r"(?<![^\W_])(?<!\ufffd)\ufffd{1,2}(?=[^\S\n]{0,2}\d)")


def mend_section_signs(draft: Draft) -> Draft:
    """The draft with section signs where only they can have stood, each one recorded."""
    return draft.sub(_LOST, lambda lost: "§" * len(lost[0]), "section sign")
