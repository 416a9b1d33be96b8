"""Headings of the metrics and counts and the text of a value, in tables for the terminal and on the model card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from training.evaluation.stages import WITHIN_MS

HEADINGS = {
    "onset_p_50": "P 50",
    "onset_r_50": "R 50",
    "onset_f1_50": "F1 50",
    "onset_p_100": "P 100",
    "onset_r_100": "R 100",
    "onset_f1_100": "F1 100",
    "offset_f1": "+off",
    "velocity_f1": "+vel",
    "frame_f1": "frame",
    "pedal_f1": "pedal",
    "repeats": "rep.",
    "false_notes_per_minute": "false/min",
    "emission_p50_s": "ms p50",
    "emission_p95_s": "ms p95",
}
LEGEND = (
    "P R F1: onsets within 50 and 100 ms · +off: and offsets, pedal-extended · +vel: and velocity · frame: 10 ms grid, "
    "pedal-extended · rep.: same-key pairs 75-150 ms apart with both found · false/min: heard but not played · "
    "ms: emitted minus true onset"
)
LONE_HEADINGS = ("delay", "strokes", "found", "false", "doubled")
STAGE_HEADINGS = ("mode", "right notes", *(f"within {ms} ms" for ms in WITHIN_MS), "told by")

BEGINNING_HEADINGS = ("delay", "first notes found", "false beside them", "ghosts after a cut", "pedal in silence")


def beginning_cells(result: Mapping[str, Any]) -> list[str]:
    """A text for each of `BEGINNING_HEADINGS`; result: the fields of a `BeginningResult`."""
    found = [f"{result['found']} of {result['struck']}", str(result["false"])]
    ghosts = f"{result['ghosts']} in {result['cuts']}"
    return [str(result["delay"]), *found, ghosts, f"{result['pedals']} of {result['silences']}"]


def lone_cells(delay: str, count: Mapping[str, int]) -> list[str]:
    """A text for each of `LONE_HEADINGS`."""
    return [delay, *(str(count[name]) for name in LONE_HEADINGS[1:])]


def stage_cells(mode: str, stages: Mapping[str, Any]) -> list[str]:
    """A text for each of `STAGE_HEADINGS`; stages: as `Stages.as_json` gives them."""
    within = (f"{100 * stages[f'within_{ms}_ms']:.0f} %" for ms in WITHIN_MS)
    told_by = " · ".join(f"{delay} {100 * share:.0f} %" for delay, share in stages["told_by"].items())
    return [mode, str(stages["right"]), *within, told_by]


def cells(metrics: Mapping[str, float | None]) -> list[str]:
    """A text for each of `HEADINGS`; a metric that is missing is written as one that is None."""
    return [metric_text(name, metrics.get(name)) for name in HEADINGS]


def metric_text(name: str, value: float | None) -> str:
    """Shares with three digits, times in ms, counts a minute with one digit, a dash for None."""
    if value is None:
        return "-"
    if name.endswith("_s"):
        return f"{1000 * value:.0f}"
    return f"{value:.1f}" if name.startswith("false_notes_per_minute") else f"{value:.3f}"
