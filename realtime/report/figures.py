"""The figures of a report: numbers alone, rounded as they are shown.

Rows, comparison and document all read these, so that no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from realtime.report.measures.summary import Measures

DECIMALS = 4

# The figure's name and the attribute that it comes from.
PULSE = {"pulse_bpm": "bpm", "pulse_clarity": "clarity", "tempo_spread": "spread"}
TIMING = {key: key for key in ("ioi_npvi", "chord_async_ms", "melody_lead_ms", "run_spread", "run_velocity_spread")}
VELOCITY = {key: key for key in ("mean", "p5", "p95", "deviation")}
TOUCH = {key: key for key in ("overlap_share", "staccato_share", "held_ratio", "overlap_ms")}
PEDAL = {
    "pedal_share": "share",
    "pedal_changes_per_min": "changes_per_min",
    "pedal_stroke_s": "mean_press_s",
    "notes_per_pedal": "notes_per_press",
    "pedal_blurred_share": "blurred_share",
    "pedal_clash": "clash",
}


def figures(measures: Measures) -> dict[str, Any]:
    """Every single number that was measured, None where there was nothing to measure; "velocity" holds four."""
    return {
        "most_common_pitch": measures.most_common_pitch,
        "most_common_pitch_class": measures.most_common_pitch_class,
        "lowest_pitch": measures.lowest,
        "highest_pitch": measures.highest,
        "strikes_per_s": rounded(measures.strikes_per_s),
        **_part(measures.pulse, PULSE),
        "chords": measures.timing.chords,
        "runs": measures.timing.runs,
        **_part(measures.timing, TIMING),
        "velocity": None if measures.velocity is None else _part(measures.velocity, VELOCITY),
        "melody_over_bass": rounded(measures.melody_over_bass),
        **_part(measures.articulation, TOUCH),
        **_part(measures.pedalling, PEDAL),
    }


@overload
def rounded(value: float) -> float: ...
@overload
def rounded(value: float | None) -> float | None: ...
def rounded(value: float | None) -> float | None:
    """To 4 decimals; what was not measured stays None."""
    return None if value is None else round(float(value), DECIMALS)


def _part(part: object | None, names: Mapping[str, str]) -> dict[str, float | None]:
    return {name: None if part is None else rounded(getattr(part, attribute)) for name, attribute in names.items()}
