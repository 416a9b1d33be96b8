"""The report of a take, as measures, figures and phrases; table, page, document and window show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from realtime.report.comparison import Comparison, compare
from realtime.report.figures import figures
from realtime.report.measures.summary import Measures, measure
from realtime.report.panel.impressions import Assessment, Impression, ModelFacts, Status, assess, too_little
from realtime.report.suggestion import Suggestion, suggestion
from realtime.takes.notes import TakeNotes
from realtime.words import Phrase, Said

# With more of its sound lost, a take is too incomplete for impressions.
MOST_LOST_SHARE = 0.02

CAVEAT = Phrase(
    "report.caveat",
    "A guide, not a grade. Impressions are predicted from how listeners rated four classical pieces played by advanced "
    "pianists; they are no teacher's verdict, and one listener agrees with the others only moderately (r 0.43).",
)()
LOST = Phrase("report.lost", "{lost_s:.1f} s of sound were lost while it was recorded.")
LOST_TOO_MUCH = Phrase("report.lost_too_much", "{lost} So much is missing that the figures may be wrong.")
ONE_VELOCITY = Phrase("report.one_velocity", "All notes have one velocity, so nothing is said about loudness.")
NO_PEDAL = Phrase("report.no_pedal", "There is no sustain pedal in it, so nothing is said about pedalling.")
NO_TOUCH = Phrase(
    "report.no_touch", "Under a pedal that is down nobody hears keys released, so nothing is said about touch."
)
NO_CHORDS = Phrase(
    "report.no_chords",
    "Heard notes are sure to some 20 ms, so nothing is said about how closely chords are struck.",
)


@dataclass(frozen=True, eq=False)
class Report:
    """The report of one take.

    figures: the numbers of rows and comparison (`figures.py`). measures: everything measured, for pictures.
    status, reasons: whether there is enough for impressions; what is missing, and why. suggestion: the one thing to
    try next. impressions: one per scale if status is "ok". model: that was used, None if none was. comparison,
    earlier: with an earlier take, both None without one.
    """

    notes: TakeNotes
    measures: Measures
    figures: Mapping[str, Any]
    status: Status
    reasons: tuple[Said, ...]
    suggestion: Suggestion | None
    impressions: tuple[Impression, ...]
    model: ModelFacts | None
    comparison: Comparison | None = None
    earlier: Report | None = None

    @property
    def compared_with(self) -> Report | None:
        """The earlier report, if it is of the same piece."""
        return self.earlier if self.comparison is not None and self.comparison.same_piece else None


def build_report(notes: TakeNotes, earlier: TakeNotes | None = None) -> Report:
    """The report of a take, compared with an earlier take of the same piece if one is given.

    Any music will do: what cannot be known is None, explained by `status` and `reasons`. Raises ModelError when the
    installation lacks the model of the impressions.
    """
    now = _alone(notes)
    if earlier is None:
        return now
    before = _alone(earlier)
    return replace(now, comparison=compare(now, before), earlier=before)


def _alone(notes: TakeNotes) -> Report:
    """The report of a take, without a comparison."""
    measures = measure(notes)
    missing = _missing(notes)
    assessment = Assessment("insufficient", tuple(missing), (), None) if missing else assess(notes)
    return Report(
        notes=notes,
        measures=measures,
        figures=figures(measures),
        status=assessment.status,
        reasons=(*assessment.reasons, *notes.remarks, *_unmeasured(notes, measures)),
        suggestion=None if missing else suggestion(notes, measures),
        impressions=assessment.impressions,
        model=assessment.model,
    )


def _missing(notes: TakeNotes) -> list[Said]:
    """The reasons against impressions and a suggestion; lost sound comes first."""
    lost = notes.lost_s > MOST_LOST_SHARE * notes.duration_s
    return [LOST_TOO_MUCH(lost=_lost(notes))] * lost + too_little(notes)


def _unmeasured(notes: TakeNotes, measures: Measures) -> list[Said]:
    """Reasons for measures that are missing."""
    if not len(notes):
        return []
    reasons = [_lost(notes)] if 0 < notes.lost_s <= MOST_LOST_SHARE * notes.duration_s else []
    if measures.velocity is None:
        reasons.append(ONE_VELOCITY())
    if measures.pedalling is None:
        reasons.append(NO_PEDAL())
    elif measures.articulation is None and notes.pedal_source == "transcribed":
        reasons.append(NO_TOUCH())
    if notes.transcribed and measures.timing.chords:
        reasons.append(NO_CHORDS())
    return reasons


def _lost(notes: TakeNotes) -> Said:
    return LOST(lost_s=notes.lost_s)
