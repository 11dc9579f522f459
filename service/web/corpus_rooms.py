"""The pages of the corpus, for the row of links that each of them shows."""

from __future__ import annotations

from fastapi import Request

from pincite.said import N_
from service.engine import Engine

ADDING = "/corpus/files"
_ROOMS = {
    "/corpus": N_("What is held"),
    "/corpus/ingest": N_("Last ingest"),
    "/corpus/near": N_("Nearly alike"),
    "/corpus/missing": N_("Cited, not held"),
}
_ADDING = {ADDING: N_("Add files")}


def rooms_of(request: Request) -> dict[str, str]:
    """Where each page is, and its name; files are added only where the settings allow it."""
    engine: Engine = request.app.state.engine
    return _ROOMS | (_ADDING if engine.settings.corpus_dir else {})
