"""Style sheet and scripts, under an address that names their content, so that they are kept.

The parts of the style sheet are joined in the order of their names: one file for the browser.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

STATIC = Path(__file__).parent / "static"
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

router = APIRouter(include_in_schema=False)


def asset(path: str) -> str:
    """The address of `style.css`, or of a file under static/ such as `js/ask.js`."""
    return f"/static/{_digest()}/{path}"


@router.get("/static/{digest}/{path:path}")
def static(digest: str, path: str) -> Response:
    """One file; a page of an older version of the program gets today's, and keeps it not."""
    content = _files().get(path)
    if content is None:
        raise HTTPException(404, f"there is no {path[:80]!r} among the static files")
    headers = _KEPT if digest == _digest() else {"Cache-Control": "no-cache"}
    return Response(content, media_type=_TYPES[Path(path).suffix], headers=headers)


@cache
def _files() -> dict[str, bytes]:
    """Every static file by its path, the style sheet joined. Nothing else can be asked for."""
    files = {
        path.relative_to(STATIC).as_posix(): path.read_bytes()
        for path in sorted(STATIC.rglob("*"))
        if path.suffix in _TYPES
    }
    parts = [name for name in files if name.startswith("styles/")]
    return files | {"style.css": b"\n".join(files.pop(name) for name in parts)}


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    for name, content in _files().items():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]
