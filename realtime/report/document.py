"""A report as one JSON object: the contract with other programs, described by `report.schema.json`.

Keys are never renamed within a major version; readers ignore keys that they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from realtime.notes import NAMES
from realtime.report.comparison import Comparison
from realtime.report.measures.measures import Measures
from realtime.report.panel.impressions import Impression, ModelFacts
from realtime.report.suggestion import Suggestion
from realtime.takes.performance import Float64Array, TakeNotes

REPORT_VERSION = "1.0"
DECIMALS = 4

# The document's key and the attribute that it comes from.
PULSE_KEYS = {"pulse_bpm": "bpm", "pulse_clarity": "clarity", "tempo_spread": "spread"}
TIMING_KEYS = {
    key: key for key in ("ioi_npvi", "chord_async_ms", "melody_lead_ms", "run_spread", "run_velocity_spread")
}
VELOCITY_KEYS = {key: key for key in ("mean", "p5", "p95", "deviation")}
TOUCH_KEYS = {key: key for key in ("overlap_share", "staccato_share", "held_ratio", "overlap_ms")}
PEDAL_KEYS = {
    "pedal_share": "share",
    "pedal_changes_per_min": "changes_per_min",
    "pedal_stroke_s": "mean_stroke_s",
    "notes_per_pedal": "notes_per_stroke",
    "pedal_blurred_share": "blurred_share",
    "pedal_clash": "clash",
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    text = (files("realtime.report") / "report.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def take_json(notes: TakeNotes) -> dict[str, Any]:
    """What take it is."""
    return {
        "id": notes.id,
        "name": notes.name,
        "started": notes.started,
        "duration_s": _round(notes.duration_s),
        "playing_s": _round(notes.playing_s),
        "n_notes": len(notes),
        "pedal_source": notes.pedal_source,
    }


def measures_json(measures: Measures) -> dict[str, Any]:
    """Everything measured; null where there was nothing to measure."""
    pitch_class = measures.most_common_pitch_class
    return {
        "most_common_pitch": measures.most_common_pitch,
        "most_common_pitch_class": None if pitch_class is None else NAMES[pitch_class],
        "lowest_pitch": measures.lowest,
        "highest_pitch": measures.highest,
        "strikes_per_s": _round(measures.strikes_per_s),
        **_figures(measures.pulse, PULSE_KEYS),
        "chords": measures.timing.chords,
        "runs": measures.timing.runs,
        **_figures(measures.timing, TIMING_KEYS),
        "velocity": None if measures.velocity is None else _figures(measures.velocity, VELOCITY_KEYS),
        "melody_over_bass": _round(measures.melody_over_bass),
        **_figures(measures.articulation, TOUCH_KEYS),
        **_figures(measures.pedalling, PEDAL_KEYS),
        **_form(measures),
        "curves": _curves(measures),
    }


def _figures(part: object | None, keys: Mapping[str, str]) -> dict[str, float | None]:
    return {key: None if part is None else _round(getattr(part, name)) for key, name in keys.items()}


def _form(measures: Measures) -> dict[str, Any]:
    key, mood = measures.key, measures.mood
    return {
        "key": key and {"name": key.name, "margin": _round(key.margin), "correlation": _round(key.correlation)},
        "mood": mood and {"word": mood.word, "because": mood.because},
        "sections": [
            {"start_s": _round(part.start_s), "end_s": _round(part.end_s), "label": part.label}
            for part in measures.sections
        ],
    }


def _curves(measures: Measures) -> dict[str, Any]:
    pulse, texture = measures.pulse, measures.curves
    return {
        "tempo": pulse and {"t": _list(pulse.time), "bpm": _list(pulse.tempo)},
        "texture": {
            "t": _list(texture.time),
            "notes_per_s": _list(texture.density),
            "pitch": _list(texture.register),
            "velocity": _list(texture.velocity),
        },
    }


def _list(values: Float64Array) -> list[float | None]:
    return [None if np.isnan(value) else _round(value) for value in values.tolist()]


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), DECIMALS)


def impressions_json(found: Sequence[Impression]) -> list[dict[str, Any]]:
    """Every scale, also those that are hidden by default."""
    return [
        {
            "id": one.id,
            "low": one.low,
            "high": one.high,
            "value": _round(one.value),
            "band80": [_round(edge) for edge in one.band80],
            "tier": one.tier,
            "test_r": _round(one.test_r),
            "rater_r": _round(one.rater_r),
            "windows": [
                {"t": [_round(part.start_s), _round(part.end_s)], "value": _round(part.value)} for part in one.windows
            ],
        }
        for one in found
    ]


def model_json(facts: ModelFacts) -> dict[str, str]:
    """What the impressions were predicted by."""
    return {"name": facts.name, "sha256": facts.sha256, "trained_on": facts.trained_on, "split": facts.split}


def suggestion_json(found: Suggestion | None) -> dict[str, Any] | None:
    """The one thing to try next."""
    if found is None:
        return None
    return {"text": found.text, "start_s": _round(found.start_s), "end_s": _round(found.end_s)}


def comparison_json(found: Comparison | None) -> dict[str, Any]:
    """This take minus the earlier one: `deltas` of scales, `measures` by the id of the fact in its shown unit."""
    if found is None:
        return {"take_id": None, "same_piece": None, "deltas": {}, "measures": {}}
    return {
        "take_id": found.take_id,
        "same_piece": found.same_piece,
        "deltas": {name: _round(value) for name, value in found.scales.items()},
        "measures": {name: _round(value) for name, value in found.facts.items()},
    }
