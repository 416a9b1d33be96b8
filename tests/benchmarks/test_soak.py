"""The figures of a soak: made of records by hand, so that a long run is not the first to show that they are wrong."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.benchmarks.soak.__main__ import pairs
from tests.benchmarks.soak.figures import slope_mb_per_hour, table
from tests.benchmarks.soak.players import Listener
from tests.benchmarks.soak.sound import WITNESS_RATE, Note, Piece, place

ZERO = 1000.0  # monotonic time at which the stream's clock was zero
PIECE = Piece(Path("piece.flac"), (Note(0.5, 60), Note(1.0, 64), Note(1.5, 60), Note(2.0, 67)), np.zeros(0))


def line(time_s: float, pitch: int) -> dict[str, Any]:
    return {"event": "note_on", "time": time_s, "emitted": time_s + 0.04, "pitch": pitch, "at": ZERO + time_s + 0.05}


def test_lateness_is_told_from_the_witness_and_the_receiver_alone():
    """The recording came at 3 s on the stream's clock. One note arrives 200 ms late, one never; one was not in it."""
    live = [line(3.5, 60), line(4.0, 64), line(4.5, 60), line(4.7, 40)]
    arrivals = [(ZERO + 3.55, 60), (ZERO + 4.05, 64), (ZERO + 4.7, 60)]
    heard = pairs(PIECE, live, arrivals, arrival=ZERO + 3.0)
    assert heard == {
        "name": "piece.flac",
        "expected": 4,
        "live": 4,
        "found": 3,
        "offset": pytest.approx(ZERO),
        "unsent": 1,
        "notes": [{"late": late, "delay": pytest.approx(0.04)} for late in (0.05, 0.05, 0.2)],
    }


def test_a_recording_that_the_witness_did_not_hear_tells_nothing():
    """No lateness is guessed."""
    heard = pairs(PIECE, [line(3.5, 60)], [(ZERO + 3.55, 60)], arrival=None)
    assert (heard["offset"], heard["notes"], heard["unsent"], heard["found"]) == (None, [], 0, 0)


def test_the_witness_finds_the_sample_at_which_a_sound_begins():
    """In noise; and does not find what is not there."""
    noise = np.random.default_rng(1)
    head, other = noise.normal(size=(2, WITNESS_RATE))
    sound = 0.3 * noise.normal(size=4 * WITNESS_RATE)
    sound[12_345 : 12_345 + len(head)] += head
    assert place(sound, head) == 12_345
    assert place(sound, other) is None


def test_what_a_receiver_holds():
    """Note-off, note-on with velocity 0, and both ends of the pedal."""
    messages = [
        [0x90, 60, 1],
        [0x90, 64, 9],
        [0x90, 67, 9],
        [0x80, 60, 64],
        [0x90, 64, 0],
        [0xB0, 64, 64],
        [0xB0, 1, 0],
    ]
    lines = [{"event": "connected"}, *({"event": "midi", "message": message} for message in messages)]
    listener = SimpleNamespace(receiver=SimpleNamespace(lines=lines))
    assert Listener.sounding(listener) == {"notes": [67], "pedal": True}


def test_the_slope_of_memory():
    """A mebibyte a minute."""
    assert slope_mb_per_hour([0.0, 60.0, 120.0], [5.0, 6.0, 7.0]) == pytest.approx(60 * 1.048576)
    assert math.isnan(slope_mb_per_hour([0.0, 60.0], [5.0, 6.0]))


def test_a_soak_that_was_killed_at_once_has_a_table():
    """Of what there is."""
    assert "0.0 minutes" in table([])
    assert "listen  engine" in table(
        [{"kind": "memory", "at": 0.1, "program": "listen", "role": "engine", "pid": 7, "pss": 1.0, "private": 1.0}]
    )
