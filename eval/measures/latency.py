"""How long a question took, by call; the figure of a set is a percentile by nearest rank."""

from __future__ import annotations

from eval.figures import percentile
from eval.measures.gold import Context
from eval.measures.measure import Definition, Judge
from eval.words import Case, Given, Score


def _took(call: str) -> Judge:
    def judge(_case: Case, given: Given, _context: Context, _: int) -> Score:
        if call not in given.latency_ms:
            return Score(None, f"no {call} was timed")
        return Score(given.latency_ms[call], f"{given.latency_ms[call]:.1f} ms")

    return judge


def _row(call: str, per_cent: int) -> Definition:
    statistic = percentile(per_cent / 100)
    return Definition(
        f"{call.capitalize()}P{per_cent}",
        f"Milliseconds that {per_cent} % of the {call} calls stay within",
        _took(call),
        unit="ms",
        better="low",
        failed=None,
        over=lambda _: statistic,
    )


ROWS = tuple(_row(call, per_cent) for call in ("search", "ask") for per_cent in (50, 95))
