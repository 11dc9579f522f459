"""Measures: how well one question was answered, and how well a set of them."""

from __future__ import annotations

from eval.measures.abstention import risk_coverage, risk_curve
from eval.measures.gold import Context
from eval.measures.measure import Measure, Scored, Summary, contrasted, summarise
from eval.measures.rightness import rightness
from eval.measures.table import MEASURES, measure, score_all

__all__ = [
    "MEASURES",
    "Context",
    "Measure",
    "Scored",
    "Summary",
    "contrasted",
    "measure",
    "rightness",
    "risk_coverage",
    "risk_curve",
    "score_all",
    "summarise",
]
