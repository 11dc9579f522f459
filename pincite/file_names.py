"""Names of files that come from outside: what a name may be, wherever it goes."""

from __future__ import annotations

from pincite.errors import UsageError
from pincite.unseen import UNSEEN

LONGEST = 200


def checked(name: str) -> str:
    """The name itself, if every system of files can hold it and it hides nothing.

    Raises UsageError.
    """
    plain = not set(name) & set('/\\:*?"<>|') and name.isprintable() and not UNSEEN.search(name)
    sound = plain and not name.startswith((".", "-")) and name == name.strip()
    if not name or not sound or len(name.encode(errors="replace")) > LONGEST:
        raise UsageError(f"{name[:80]!r}: no name for a file of a corpus; give it a plainer one")
    return name
