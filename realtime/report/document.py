"""A report as one JSON object: the contract with other programs, described by `report.schema.json`.

Keys are never renamed within a major version; readers ignore keys that they do not know. Sentences are English and for
people; programs read the numbers, ids and states beside them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NAMES
from realtime.report.comparison import Comparison
from realtime.report.figures import figures, rounded
from realtime.report.measures.summary import Measures
from realtime.report.panel.impressions import Impression, ModelFacts
from realtime.report.report import CAVEAT, Report
from realtime.report.suggestion import Suggestion
from realtime.takes.notes import TakeNotes

REPORT_VERSION = "1.0"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    text = (files("realtime.report") / "report.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def document(report: Report) -> dict[str, Any]:
    """The object of a report, ready for `json.dumps`."""
    return {
        "report_version": REPORT_VERSION,
        "take": _take(report.notes),
        "status": report.status,
        "reasons": [str(reason) for reason in report.reasons],
        "measures": measures_json(report.measures),
        "impressions": _impressions(report.impressions),
        "compare": _comparison(report.comparison),
        "try_next": _suggestion(report.suggestion),
        "model": _model(report.model),
        "caveat": str(CAVEAT),
    }


def measures_json(measures: Measures) -> dict[str, Any]:
    """Everything measured; null where there was nothing to measure."""
    found = figures(measures)
    pitch_class = found["most_common_pitch_class"]
    return {
        **found,
        "most_common_pitch_class": None if pitch_class is None else NAMES[pitch_class],
        **_form(measures),
        "curves": _curves(measures),
    }


def _take(notes: TakeNotes) -> dict[str, Any]:
    return {
        "id": notes.id,
        "name": notes.name,
        "started": notes.started,
        "duration_s": rounded(notes.duration_s),
        "playing_s": rounded(notes.playing_s),
        "n_notes": len(notes),
        "pedal_source": notes.pedal_source,
    }


def _form(measures: Measures) -> dict[str, Any]:
    key, mood = measures.key, measures.mood
    return {
        "key": key and {"name": str(key.name), "margin": rounded(key.margin), "correlation": rounded(key.correlation)},
        "mood": mood and {"word": str(mood.word), "because": str(mood.because)},
        "sections": [
            {"start_s": rounded(part.start_s), "end_s": rounded(part.end_s), "label": part.label}
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
    return [None if np.isnan(value) else rounded(value) for value in values.tolist()]


def _impressions(found: Sequence[Impression]) -> list[dict[str, Any]]:
    """Every scale, also those that are hidden by default."""
    return [
        {
            "id": one.id,
            "low": str(one.low),
            "high": str(one.high),
            "value": rounded(one.value),
            "band80": [rounded(edge) for edge in one.band80],
            "tier": one.tier,
            "test_r": rounded(one.test_r),
            "rater_r": rounded(one.rater_r),
            "windows": [
                {"t": [rounded(part.start_s), rounded(part.end_s)], "value": rounded(part.value)}
                for part in one.windows
            ],
        }
        for one in found
    ]


def _model(facts: ModelFacts | None) -> dict[str, str] | None:
    """What the impressions were predicted by."""
    if facts is None:
        return None
    return {"name": facts.name, "sha256": facts.sha256, "trained_on": facts.trained_on, "split": facts.split}


def _suggestion(found: Suggestion | None) -> dict[str, Any] | None:
    """The one thing to try next."""
    if found is None:
        return None
    return {"text": str(found.said), "start_s": rounded(found.start_s), "end_s": rounded(found.end_s)}


def _comparison(found: Comparison | None) -> dict[str, Any]:
    """This take minus the earlier one: `deltas` of scales, `measures` by the id of the fact in its shown unit."""
    if found is None:
        return {"take_id": None, "same_piece": None, "deltas": {}, "measures": {}}
    return {
        "take_id": found.take_id,
        "same_piece": found.same_piece,
        "deltas": {name: rounded(value) for name, value in found.scales.items()},
        "measures": {name: rounded(value) for name, value in found.facts.items()},
    }
