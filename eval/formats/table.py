"""The table of formats. An unknown one is answered with the known ones."""

from __future__ import annotations

from eval.formats import beir, financebench, spans, squad
from eval.formats.source import Format

FORMATS: dict[str, Format] = {
    "beir": beir.FORMAT,
    "spans": spans.FORMAT,
    "squad": squad.FORMAT,
    "financebench": financebench.FORMAT,
}
