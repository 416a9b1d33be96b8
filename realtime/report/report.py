"""The report of a take, composed; the table, the page and the window show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from realtime.report.comparison import Comparison, compare
from realtime.report.document import (
    REPORT_VERSION,
    comparison_json,
    impressions_json,
    measures_json,
    model_json,
    suggestion_json,
    take_json,
)
from realtime.report.measures.measures import Measures, measure
from realtime.report.panel.impressions import assess, too_little
from realtime.report.suggestion import suggestion
from realtime.takes.performance import TakeNotes

# With more of its sound lost a take says too little of the playing.
MOST_LOST_SHARE = 0.02
CAVEAT = (
    "A guide, not a grade. Impressions are predicted from how listeners rated four classical pieces played by advanced "
    "pianists; they are no teacher's verdict, and one listener agrees with the others only moderately (r 0.43)."
)


@dataclass(frozen=True, eq=False)
class Report:
    """What is said of one take.

    document: the object of `report.schema.json`; whatever is shown in words or figures stands there. notes and measures
    are for drawing. comparison, earlier: against an earlier take, both None without one.
    """

    notes: TakeNotes
    measures: Measures
    document: dict[str, Any]
    comparison: Comparison | None = None
    earlier: Report | None = None

    @property
    def usual(self) -> Report | None:
        """The earlier report, when it is of the same piece."""
        return self.earlier if self.comparison is not None and self.comparison.same_piece else None


def build_report(notes: TakeNotes, earlier: TakeNotes | None = None) -> Report:
    """The report of a take, compared with an earlier take of the same piece if one is given.

    Never raises on account of the music: what cannot be said is None, and `status` and `reasons` say why. Raises
    ModelError when the installation lacks the model of the impressions.
    """
    measures = measure(notes)
    document = _document(notes, measures)
    if earlier is None:
        return Report(notes, measures, document)
    before = build_report(earlier)
    comparison = compare(notes, document, earlier, before.document)
    document["compare"] = comparison_json(comparison)
    return Report(notes, measures, document, comparison, before)


def _document(notes: TakeNotes, measures: Measures) -> dict[str, Any]:
    missing = _missing(notes)
    assessment = None if missing else assess(notes)
    status, reasons = ("insufficient", missing) if assessment is None else (assessment.status, assessment.reasons)
    return {
        "report_version": REPORT_VERSION,
        "take": take_json(notes),
        "status": status,
        "reasons": [*reasons, *notes.remarks, *_unmeasured(notes, measures)],
        "measures": measures_json(measures),
        "impressions": [] if assessment is None else impressions_json(assessment.impressions),
        "compare": comparison_json(None),
        "try_next": None if missing else suggestion_json(suggestion(notes, measures)),
        "model": None if assessment is None else model_json(assessment.model),
        "caveat": CAVEAT,
    }


def _missing(notes: TakeNotes) -> list[str]:
    """Why there is too little to say more than what was measured; what was heard badly comes first."""
    lost = notes.lost_s > MOST_LOST_SHARE * notes.duration_s
    return [f"{_lost(notes)} So much is missing that the figures may be wrong."] * lost + too_little(notes)


def _unmeasured(notes: TakeNotes, measures: Measures) -> list[str]:
    """What a file does not tell."""
    if not len(notes):
        return []
    reasons = [_lost(notes)] if 0 < notes.lost_s <= MOST_LOST_SHARE * notes.duration_s else []
    if measures.velocity is None:
        reasons.append("All notes have one velocity, so nothing is said about loudness.")
    if measures.pedalling is None:
        reasons.append("There is no sustain pedal in it, so nothing is said about pedalling.")
    elif measures.articulation is None and notes.pedal_source == "transcribed":
        reasons.append("Under a pedal that is down nobody hears keys released, so nothing is said about touch.")
    if notes.heard and measures.timing.chords:
        reasons.append("Heard notes are sure to some 20 ms, so nothing is said about how closely chords are struck.")
    return reasons


def _lost(notes: TakeNotes) -> str:
    return f"{notes.lost_s:.1f} s of sound were lost while it was recorded."
