"""What abstention looks at, of evidence that is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from service.abstaining import Figures
from service.answering.asking import Wanted
from service.answering.evidence import Evidence
from service.answering.selecting import Selector
from service.answering.stretches import stretches
from service.answering.support import Support

# Passages whose stretches the selector may read.
_LOOKED_AT = 5


def figures_of(
    evidence: Sequence[Evidence],
    wanted: Wanted,
    support: Support | None,
    selector: Selector | None,
    *,
    unheld: bool,
) -> Figures | None:
    """The figures of evidence; None where there is none."""
    if not evidence:
        return None
    best, looked_at = evidence[0], evidence[:_LOOKED_AT]
    return Figures(
        fused=best.hit.fused,
        similarity=max(one.hit.similarity or 0.0 for one in evidence),
        names=best.names,
        unheld=float(unheld),
        least=support.least(best) if support else None,
        answers=selector.best(stretches(looked_at, wanted, support)) if selector else None,
    )
