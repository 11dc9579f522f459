"""The page that finds passages: for who looks for clauses rather than an answer."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
