"""What every complete generation says of itself, and the lock that writers hold."""

from __future__ import annotations

import fcntl
import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pincite.errors import IndexForeign, IndexLocked, IndexMissing

SEALED = "generation.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Seal:
    """Written when a draft is complete: by which spec, how many points, and when (UTC)."""

    generation: str
    spec: str
    dimension: int
    points: int
    sealed: str

    @classmethod
    def now(cls, generation: str, spec: str, dimension: int, points: int) -> Seal:
        """The seal of a draft that is complete at this moment."""
        moment = datetime.now(UTC).isoformat(timespec="microseconds")
        return cls(generation, spec, dimension, points, moment)

    @classmethod
    def parse(cls, text: str, where: str) -> Seal:
        """The seal that `to_json` wrote. Raises IndexForeign for anything else."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            raise IndexForeign(
                f"{where}: holds something that `pincite ingest` did not write;"
                " move it away or set PINCITE_DATA_DIR to another folder"
            ) from None

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))


def checked_name(generation: str) -> str:
    """The name itself. Raises IndexMissing for one that no generation can have."""
    if not _NAME.fullmatch(generation):
        raise IndexMissing(
            f"{generation!r} is not the name of a generation; see `pincite index list`"
        )
    return generation


class WriterLock:
    """Held by the one process that may write. The kernel lets go of it when that process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock now. Raises IndexLocked when somebody has it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise IndexLocked(
                f"{self.path}: another ingest is writing this index; wait until it has ended"
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
