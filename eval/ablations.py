"""The systems that a benchmark compares: rows of one table, each some settings by name.

What a row does not name is as a user gets it. Loads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pincite.settings import MODEL_OFF

Overrides = Mapping[str, Any]

_ONCE: Overrides = {"second_reranker": MODEL_OFF}
_PLAIN: Overrides = {**_ONCE, "reranker": MODEL_OFF, "selector": MODEL_OFF}
_CROSS: Overrides = {**_ONCE, "reranker": "packaged:ms-marco-MiniLM-L-12-v2"}
_BGE: Overrides = {"dense_model": "packaged:bge-small-en-v1.5"}

SYSTEMS: Mapping[str, Overrides] = {
    "default": {},
    "bm25": {**_PLAIN, "dense_weight": 0.0, "bm25_weight": 1.0},
    "dense": {**_PLAIN, "dense_weight": 1.0, "bm25_weight": 0.0},
    "hybrid": _PLAIN,
    "hybrid-rrf": {**_PLAIN, "fusion": "ranks", "dense_weight": 1.0, "bm25_weight": 1.0},
    "hybrid+rerank": {**_ONCE, "selector": MODEL_OFF},
    "hybrid+cross": _CROSS,
    "bm25+rerank": {"dense_weight": 0.0, "bm25_weight": 1.0},
    "bge": {**_PLAIN, **_BGE, "dense_weight": 1.0, "bm25_weight": 0.0},
    "bge-hybrid": {**_PLAIN, **_BGE},
    "bge-hybrid+rerank": _BGE,
}

DEFAULT = "default"
