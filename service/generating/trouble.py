"""Why a model's answer was not used, in one short line that repeats nothing the model said."""

from __future__ import annotations

from pincite.errors import PinciteError


class Trouble(PinciteError):
    """The endpoint gave nothing that can be used. It never leaves the answer's composition."""
