"""What a format is given and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.collection import Collection
from eval.words import Case


@dataclass(frozen=True, slots=True)
class Source:
    """A benchmark before it is read: its folder, where its data are, and its own options.

    `settings` are those that its collection is ingested with, where it is ingested at all.
    """

    folder: Path
    data: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def manifest(self) -> Path:
        """The benchmark's own file."""
        return self.folder / "benchmark.toml"


@dataclass(frozen=True, slots=True)
class Content:
    """What a format reads: the questions, and what they search."""

    cases: tuple[Case, ...]
    collection: Collection


@dataclass(frozen=True, slots=True)
class Format:
    """One form of benchmark.

    `files` names the files that decide the cases and what is searched: they must be there, and
    the fingerprint is made of them. `options` are the keys that `[options]` may hold, each with
    the type of its value; `required` are those that it must hold.
    """

    read: Callable[[Source], Content]
    files: Callable[[Source], tuple[Path, ...]]
    options: Mapping[str, type] = field(default_factory=dict)
    required: tuple[str, ...] = ()
