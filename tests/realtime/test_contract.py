"""The spec of a model, as it lies in the ONNX file's metadata."""

from __future__ import annotations

import contextlib
import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.contract import KEYS, LOWEST_PITCH, AnalysisWindow, DecoderCalibration, StreamSpec
from realtime.errors import DataError
from tests.any_data import any_json

SPEC = StreamSpec(
    "two strings",
    (AnalysisWindow(2048, 256), AnalysisWindow(640, 128)),
    128,
    {"fast": 0, "studio": 29},
    {"sound": (1, 1888), "keys": (1, 2, 88)},
    calibration={"fast": DecoderCalibration(0.35, velocity_gain=1.1378, velocity_offset=-12.87)},
    parameters=810_258,
    corpus="MAESTRO, Étude",
    licence="CC BY-NC-SA 4.0",
)
NAMES = [field.name for field in fields(StreamSpec)]


def test_a_spec_survives_its_text() -> None:
    """Every value, and its type."""
    again = StreamSpec.from_json(SPEC.to_json())
    assert (again, repr(again)) == (SPEC, repr(SPEC))


def test_a_piano_has_88_keys_from_a0_on() -> None:
    """The range of pitches and the number of keys are one thing."""
    assert (LOWEST_PITCH, KEYS) == (21, 88)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": 5}, "name"),
        ({"version": 2}, "version"),
        ({"hop": "160"}, "hop"),
        ({"hop": 0}, "hop"),
        ({"shifts": {"fast": -1}}, "shifts"),
        ({"shifts": {"fast": 1001}}, "shifts"),
        ({"states": {"sound": [1, 0]}}, "states"),
        ({"windows": [{"length": 2048, "tail": 256}, {"length": 0, "tail": 0}]}, "windows.2.length"),
        ({"calibration": {"fast": {"onset": 1.5}}}, "calibration"),
        ({"calibration": {"fast": {"velocity_gain": float("nan")}}}, "calibration"),
    ],
)
def test_a_value_that_cannot_be_is_named(change: dict[str, object], place: str) -> None:
    """Strings for numbers, numbers for names, and what is beyond all limits."""
    with pytest.raises(DataError) as caught:
        StreamSpec.from_json(json.dumps(json.loads(SPEC.to_json()) | change))
    assert place == caught.value.place


@given(st.dictionaries(st.sampled_from(NAMES), any_json(), max_size=3), any_json())
def test_any_metadata_is_a_spec_or_one_of_our_errors(changes: dict[str, object], foreign: object) -> None:
    """Ours with other values, and anything else."""
    for raw in (json.loads(SPEC.to_json()) | changes, foreign):
        with contextlib.suppress(DataError):
            spec = StreamSpec.from_json(json.dumps(raw))
            assert spec == StreamSpec.from_json(spec.to_json())
