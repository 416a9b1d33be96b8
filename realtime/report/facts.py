"""The measures as a pianist reads them: one row each, with its words, its unit and what difference is worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNMEASURED = "–"  # noqa: RUF001


@dataclass(frozen=True)
class Fact:
    """One row of the report.

    id: where the number lies in the document's `measures`, with points between its keys. factor: from the document's
    unit to the one that is shown. unit: follows the number. digits: after the point. least: in the shown unit, the
    smallest difference between two takes that says anything: heard velocities are unsure by some units, tempo by a step
    of its grid, shares by a few notes.
    """

    id: str
    group: str
    label: str
    unit: str
    least: float
    digits: int = 0
    factor: float = 1.0

    def value(self, measures: Mapping[str, Any]) -> float | None:
        """The number in the shown unit; None when it was not measured. measures: of a report's document."""
        found: Any = measures
        for key in self.id.split("."):
            found = None if found is None else found[key]
        return None if found is None else self.factor * float(found)

    def text(self, value: float | None) -> str:
        """A value of this kind with its unit, or a dash."""
        if value is None:
            return UNMEASURED
        rounded = round(value, self.digits) + 0.0  # + 0.0: no "-0"
        return f"{rounded:.{self.digits}f}{self.unit}".replace("-", "−")  # noqa: RUF001


def clock(time_s: float) -> str:
    """Minutes and seconds, rounded down: 83.9 s is 1:23."""
    return f"{int(time_s // 60)}:{int(time_s % 60):02d}"


TIMING, DYNAMICS, TOUCH, PEDAL = "Timing", "Dynamics", "Touch", "Pedal"
FACTS: tuple[Fact, ...] = (
    Fact("pulse_bpm", TIMING, "Pulse", " bpm", 2.0),
    Fact("pulse_clarity", TIMING, "Clarity of the pulse", " %", 5.0, factor=100),
    Fact("tempo_spread", TIMING, "Tempo varies by", " %", 1.0, digits=1, factor=100),
    Fact("ioi_npvi", TIMING, "Neighbouring steps differ by", " %", 3.0),
    Fact("run_spread", TIMING, "Steps of runs vary by", " %", 1.0, digits=1, factor=100),
    Fact("chord_async_ms", TIMING, "Notes of chords lie apart", " ms", 3.0),
    Fact("melody_lead_ms", TIMING, "Top note comes before the others", " ms", 6.0),
    Fact("velocity.mean", DYNAMICS, "Mean velocity", "", 5.0),
    Fact("velocity.p5", DYNAMICS, "Softest twentieth below", "", 5.0),
    Fact("velocity.p95", DYNAMICS, "Loudest twentieth above", "", 5.0),
    Fact("melody_over_bass", DYNAMICS, "Top note above the bass", "", 5.0),
    Fact("run_velocity_spread", DYNAMICS, "Velocities of runs vary by", "", 5.0, digits=1),
    Fact("held_ratio", TOUCH, "Keys held", " % of the step", 5.0, factor=100),
    Fact("overlap_share", TOUCH, "Connected: held into the next note", " % of steps", 5.0, factor=100),
    Fact("staccato_share", TOUCH, "Short: held less than half the step", " % of steps", 5.0, factor=100),
    Fact("pedal_share", PEDAL, "Pedal down", " % of the time", 5.0, factor=100),
    Fact("pedal_changes_per_min", PEDAL, "Presses", " a minute", 3.0),
    Fact("pedal_stroke_s", PEDAL, "Stays down for", " s", 0.3, digits=1),
    Fact("notes_per_pedal", PEDAL, "Notes under one pedal", "", 1.0, digits=1),
    Fact("pedal_clash", PEDAL, "Neighbouring pitches mixed", " pairs at a time", 0.2, digits=1),
    Fact("pedal_blurred_share", PEDAL, "Mixing more than 6 pitch classes", " % of presses", 5.0, factor=100),
)
