"""What is told of one generation to its curator, found when first asked for."""

from __future__ import annotations

from functools import cached_property

from pincite.generations import Manifest
from pincite.library import Library
from service.curating.ingests import Ingest, ingests
from service.curating.survey import Survey


class Curated:
    """The ingests that led to a generation, and a survey of its texts."""

    def __init__(self, manifest: Manifest, library: Library) -> None:
        self._manifest, self._library = manifest, library
        self.survey = Survey(manifest.records, library)
        """What was repaired and what is alike; not begun before somebody asks."""

    @cached_property
    def ingests(self) -> tuple[Ingest, ...]:
        """The newest ingests, the newest first."""
        return ingests(self._library, self._manifest)
