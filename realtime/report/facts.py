"""The measures as a pianist reads them: one row each, with its label, its unit and its least difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from realtime.words import Phrase, Said, plain

UNMEASURED = plain("–")  # noqa: RUF001
# A figure by its decimals; negative figures, and positive differences, with their signs.
FIGURES = (Phrase("figure.whole", "{value:.0f}"), Phrase("figure.tenths", "{value:.1f}"))
LESS, MORE = Phrase("figure.less", "−{figure}"), Phrase("figure.more", "+{figure}")  # noqa: RUF001

BARE = Phrase("unit.bare", "{figure}")
BPM, MS, S = Phrase("unit.bpm", "{figure} bpm"), Phrase("unit.ms", "{figure} ms"), Phrase("unit.s", "{figure} s")
PERCENT, OF_STEP = Phrase("unit.percent", "{figure} %"), Phrase("unit.of_step", "{figure} % of the step")
OF_STEPS, OF_TIME = Phrase("unit.of_steps", "{figure} % of steps"), Phrase("unit.of_time", "{figure} % of the time")
OF_PRESSES, A_MINUTE = Phrase("unit.of_presses", "{figure} % of presses"), Phrase("unit.a_minute", "{figure} a minute")
PAIRS = Phrase("unit.pairs", "{figure} pairs at a time")

TIMING, DYNAMICS = Phrase("report.timing", "Timing"), Phrase("report.dynamics", "Dynamics")
TOUCH, PEDAL = Phrase("report.touch", "Touch"), Phrase("report.pedal", "Pedal")


@dataclass(frozen=True)
class Fact:
    """One row of the report.

    id: where the number lies among the report's figures, with points between its keys. factor: from their unit to the
    one that is shown. digits: after the point, 0 or 1. least: the smallest difference between two takes
    that is shown, in the shown unit: transcribed velocities are uncertain by some units, tempo by a step of its grid,
    shares by a few notes.
    """

    id: str
    group: Phrase
    label: Phrase
    unit: Phrase
    least: float
    digits: int = 0
    factor: float = 1.0

    def value(self, figures: Mapping[str, Any]) -> float | None:
        """The number in the shown unit; None when it was not measured. figures: of a report."""
        found: Any = figures
        for key in self.id.split("."):
            found = None if found is None else found[key]
        return None if found is None else self.factor * float(found)

    def shown(self, value: float | None) -> Said:
        """A value with its unit, or a dash for None."""
        return UNMEASURED if value is None else self.unit(figure=self._figure(value))

    def difference(self, value: float) -> Said:
        """A difference with its sign and unit."""
        figure = self._figure(value)
        return self.unit(figure=MORE(figure=figure) if value > 0 else figure)

    def _figure(self, value: float) -> Said:
        rounded = round(value, self.digits)
        figure = FIGURES[self.digits](value=abs(rounded))
        return LESS(figure=figure) if rounded < 0 else figure


def clock(time_s: float) -> str:
    """Minutes and seconds, rounded down: 83.9 s is 1:23."""
    return f"{int(time_s // 60)}:{int(time_s % 60):02d}"


FACTS: tuple[Fact, ...] = (
    Fact("pulse_bpm", TIMING, Phrase("fact.pulse", "Pulse"), BPM, 2.0),
    Fact("pulse_clarity", TIMING, Phrase("fact.clarity", "Clarity of the pulse"), PERCENT, 5.0, factor=100),
    Fact("tempo_spread", TIMING, Phrase("fact.tempo_spread", "Tempo varies by"), PERCENT, 1.0, digits=1, factor=100),
    Fact("ioi_npvi", TIMING, Phrase("fact.npvi", "Neighbouring steps differ by"), PERCENT, 3.0),
    Fact("run_spread", TIMING, Phrase("fact.run_spread", "Steps of runs vary by"), PERCENT, 1.0, digits=1, factor=100),
    Fact("chord_async_ms", TIMING, Phrase("fact.chord_async", "Notes of chords lie apart"), MS, 3.0),
    Fact("melody_lead_ms", TIMING, Phrase("fact.melody_lead", "Top note comes before the others"), MS, 6.0),
    Fact("velocity.mean", DYNAMICS, Phrase("fact.mean_velocity", "Mean velocity"), BARE, 5.0),
    Fact("velocity.p5", DYNAMICS, Phrase("fact.softest", "Softest twentieth below"), BARE, 5.0),
    Fact("velocity.p95", DYNAMICS, Phrase("fact.loudest", "Loudest twentieth above"), BARE, 5.0),
    Fact("melody_over_bass", DYNAMICS, Phrase("fact.melody_over_bass", "Top note above the bass"), BARE, 5.0),
    Fact(
        "run_velocity_spread", DYNAMICS, Phrase("fact.run_velocity", "Velocities of runs vary by"), BARE, 5.0, digits=1
    ),
    Fact("held_ratio", TOUCH, Phrase("fact.held_ratio", "Keys held"), OF_STEP, 5.0, factor=100),
    Fact(
        "overlap_share", TOUCH, Phrase("fact.overlap", "Connected: held into the next note"), OF_STEPS, 5.0, factor=100
    ),
    Fact(
        "staccato_share",
        TOUCH,
        Phrase("fact.staccato", "Short: held less than half the step"),
        OF_STEPS,
        5.0,
        factor=100,
    ),
    Fact("pedal_share", PEDAL, Phrase("fact.pedal_share", "Pedal down"), OF_TIME, 5.0, factor=100),
    Fact("pedal_changes_per_min", PEDAL, Phrase("fact.presses", "Presses"), A_MINUTE, 3.0),
    Fact("pedal_stroke_s", PEDAL, Phrase("fact.stroke", "Stays down for"), S, 0.3, digits=1),
    Fact("notes_per_pedal", PEDAL, Phrase("fact.notes_per_pedal", "Notes under one pedal"), BARE, 1.0, digits=1),
    Fact("pedal_clash", PEDAL, Phrase("fact.clash", "Neighbouring pitches mixed"), PAIRS, 0.2, digits=1),
    Fact(
        "pedal_blurred_share",
        PEDAL,
        Phrase("fact.blurred", "Mixing more than 6 pitch classes"),
        OF_PRESSES,
        5.0,
        factor=100,
    ),
)
