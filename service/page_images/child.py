"""The child's side of `renderer`: a PDF's bytes and a page's number to its picture or its sheet.

The answer is a byte that says which, and then a PNG, a Sheet as JSON, or a refusal as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from pydantic import TypeAdapter

from pincite.errors import FileRefused, NotFound
from pincite.sandboxing.child import ran_out_of_memory, serve
from service.page_images.drawing import picture, sheet
from service.page_images.sheets import Sheet

DRAWN, READ, REFUSED = b"P", b"S", b"R"
_SHEET = TypeAdapter(Sheet)


def main() -> None:
    """Serve pages until standard input closes."""
    serve(_answer, int(sys.argv[1]))


def _answer(head: bytes, data: bytes, at_work: Callable[[], None]) -> bytes:
    asked = json.loads(head)
    try:
        if asked["size"]:
            return DRAWN + picture(data, asked["page"], asked["size"])
        return READ + _SHEET.dump_json(sheet(data, asked["page"]))
    except FileRefused as refused:
        return _refused(refused.reason, refused.detail)
    except NotFound as error:
        return _refused("not_found", str(error))
    except Exception as error:  # noqa: BLE001 - libraries over hostile bytes raise anything
        if ran_out_of_memory(error):
            return _refused("too_much_memory", "the page needs more memory than it may have")
        said = " ".join(str(error)[:200].split())
        return _refused("malformed", f"the page cannot be drawn: {type(error).__name__}: {said}")


def _refused(reason: str, detail: str) -> bytes:
    return REFUSED + json.dumps({"reason": reason, "detail": detail}).encode()


if __name__ == "__main__":
    main()
