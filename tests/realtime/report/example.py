"""Two takes of a study in A minor, and ratings by hand: a report that shows almost everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realtime.report import report as report_module
from realtime.report.panel.impressions import Assessment, Impression, ModelFacts, WindowValue
from realtime.report.panel.scales import ENDS, Tier
from realtime.report.report import Report, build_report
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import Row, played

MELODY, BASS = (57, 60, 64, 69, 68, 64, 62, 59), (45, 49, 52, 48)
SPREAD_CHORD: list[Row] = [(29.5, 31.0, 57, 70), (29.52, 31.0, 60, 70), (29.55, 31.0, 64, 70)]
TIERS: dict[str, Tier] = {
    "pedal_sparse_saturated": "supported",
    "mood_low_high_energy": "supported",
    "timing_stable_unstable": "tentative",
    "timbre_bright_dark": "hidden",
}


def compared(monkeypatch: pytest.MonkeyPatch) -> Report:
    """The second take, MIDI from a keyboard, against the first, a transcription: slower, louder, with other pedals."""
    monkeypatch.setattr(report_module, "assess", _listeners)
    second = played(
        [*_study(0.3), *SPREAD_CHORD], [(1 + 1.8 * i, 127 * (i % 2 == 0)) for i in range(20)], name="B & co"
    )
    first = played(_study(0.36, 9, 0.02), [(1 + 1.1 * i, 127 * (i % 2 == 0)) for i in range(30)], name="First <try>")
    return build_report(replace(second, lost_s=0.34), replace(first, transcribed=True))


def _study(step_s: float, louder: int = 0, late_s: float = 0.0) -> list[Row]:
    """A melody of 96 notes; below it a note on each fourth of them, up to 20 ms later and `late_s` more."""
    rows: list[Row] = [
        (i * step_s, (i + 0.9) * step_s, MELODY[i % 8] + 12 * (i // 8 % 2), 50 + louder + i * 7 % 23) for i in range(96)
    ]
    rows += [
        (4 * i * step_s + late_s + 0.01 * (i % 3), (4 * i + 3.7) * step_s, BASS[i % 4], 60 + louder + i * 5 % 11)
        for i in range(24)
    ]
    return rows


def _listeners(notes: TakeNotes) -> Assessment:
    """0.3125 for a transcription, 0.7501 for MIDI, on scales of each tier."""
    value = 0.3125 if notes.transcribed else 0.7501
    windows = (WindowValue(0.0, 12.0, value), WindowValue(12.0, 24.00004, value))
    found = [
        Impression(scale, *(end() for end in ENDS[scale]), value, (value - 0.2, value + 0.1), tier, 0.5, 0.4, windows)
        for scale, tier in TIERS.items()
    ]
    return Assessment("ok", (), tuple(found), ModelFacts("by hand", "0" * 64, "nothing", "none"))
