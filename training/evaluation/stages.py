"""Mode `live`: how soon after the string its right notes are told, and by which delay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from realtime.contract import DELAYS
from realtime.notes import NoteTable
from training.evaluation.estimated import Estimated
from training.evaluation.metrics import match_notes

WITHIN_MS = (35, 65, 125)


@dataclass(frozen=True)
class Stages:
    """Of the notes that are right within 50 ms: how many left the decoder within so many ms of the reference onset,
    and how many each delay told."""

    right: int = 0
    within: Counter[int] = field(default_factory=Counter)
    told_by: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Stages) -> Stages:
        return Stages(self.right + other.right, self.within + other.within, self.told_by + other.told_by)

    def as_json(self) -> dict[str, Any]:
        """Shares of the right notes."""
        whole = max(self.right, 1)
        return {
            "right": self.right,
            **{f"within_{ms}_ms": self.within[ms] / whole for ms in WITHIN_MS},
            "told_by": {delay: self.told_by[delay] / whole for delay in DELAYS if delay in self.told_by},
        }


def stages_of(reference: NoteTable, estimated: Estimated) -> Stages | None:
    """The stages of one recording; None where one delay told everything."""
    if not any(estimated.told_by):
        return None
    matching = match_notes(reference, estimated.notes, tolerance_s=0.050)
    late = estimated.emitted[matching[:, 1]] - reference.onset[matching[:, 0]]
    told_by = (estimated.told_by[index] for index in matching[:, 1])
    return Stages(
        len(matching),
        Counter({ms: int((late <= ms / 1000).sum()) for ms in WITHIN_MS}),
        Counter(delay for delay in told_by if delay is not None),
    )
