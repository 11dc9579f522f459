"""The child's side of `sandbox`: files to readings."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from pydantic import TypeAdapter

from ingest.readers.format import Limits
from ingest.readers.ocr.pages import page_read
from ingest.readers.table import read
from pincite.errors import FileRefused
from pincite.sandboxing.child import ran_out_of_memory, serve
from pincite.types import Reading

_READING = TypeAdapter(Reading)


def main() -> None:
    """Serve files until standard input closes."""
    serve(_asked, int(sys.argv[1]))


def _asked(head: bytes, data: bytes, at_work: Callable[[], None]) -> bytes:
    request = json.loads(head)
    page_read.set(at_work)
    return _answer(data, request["suffix"], Limits(**request["limits"]))


def _answer(data: bytes, suffix: str, limits: Limits) -> bytes:
    """What became of a file, as JSON: {"reading": ...} or {"refused": ...}."""
    try:
        reading = read(data, suffix, limits)
        if len(reading.text) > limits.max_chars:
            raise FileRefused(
                "expands_too_much", f"more than {limits.max_chars} characters of text"
            )
        return b'{"reading":' + _READING.dump_json(reading) + b"}"
    except FileRefused as refusal:
        return _refused(refusal.reason, refusal.detail)
    except RecursionError:
        return _refused("malformed", "nested deeper than any real document")
    except Exception as error:  # noqa: BLE001 - parsers of hostile bytes raise anything at all
        if ran_out_of_memory(error):
            detail = f"reading needs over {limits.memory_mb} MB (PINCITE_READER_MEMORY_MB)"
            return _refused("too_much_memory", detail)
        said = " ".join(str(error)[:200].split())
        return _refused("malformed", f"the reader failed: {type(error).__name__}: {said}")


def _refused(reason: str, detail: str) -> bytes:
    detail = detail.encode(errors="replace").decode()  # it may quote half a character
    return json.dumps({"refused": {"reason": reason, "detail": detail}}).encode()


if __name__ == "__main__":
    main()
