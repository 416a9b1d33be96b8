"""The ranges of a stream's settings: both ends can be set, and nothing beyond."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from realtime.engine.settings import StreamSettings
from realtime.errors import UsageError
from realtime.transcription.decoder import DecoderSettings

RANGES = {
    "sensitivity": (0.0, 100.0),
    "min_note_ms": (0.0, 2000.0),
    "velocity_curve": (0.4, 2.5),
    "gate_db": (-120.0, 0.0),
    "tuning_cents": (-50.0, 50.0),
}


def with_number(name: str, value: float) -> StreamSettings:
    if name in ("gate_db", "tuning_cents"):
        return replace(StreamSettings(), **{name: value})
    return StreamSettings(decoder=replace(DecoderSettings(), **{name: value}))


@pytest.mark.parametrize(("name", "ends"), RANGES.items())
def test_a_number_is_allowed_up_to_both_ends(name: str, ends: tuple[float, float]):
    """They are where a slider ends; the next number beyond, and NaN, are refused."""
    for value in ends:
        with_number(name, value).check()
    for value in (math.nextafter(ends[0], -math.inf), math.nextafter(ends[1], math.inf), math.nan):
        with pytest.raises(UsageError, match=r"cannot be .* Choose a value from"):
            with_number(name, value).check()
