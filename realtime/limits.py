"""The ranges of numbers, declared once: for options, settings, commands to the engine and data from files.

Plain numbers without a library, since the help of the command line loads them too.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Number = TypeVar("Number", int, float)


class Limits(NamedTuple, Generic[Number]):
    """The least and the greatest that a number may be."""

    least: Number
    most: Number


DAY_S = 86_400.0  # nobody plays for so long; only a damaged file has such times
COUNT = Limits(0, 2**31 - 1)
SHARE = Limits(0.0, 1.0)
TIME_S = Limits(-DAY_S, DAY_S)

# MIDI
PITCH = Limits(21, 108)  # the 88 keys of a piano
VELOCITY = Limits(1, 127)
CONTROLLER = Limits(0, 127)
MIDI_CHANNEL = Limits(1, 16)
TRANSPOSE = Limits(-24, 24)  # semitones

RATE_HZ = Limits(8_000, 192_000)  # sample rates of audio that is read or written

# What a stream is set to
VELOCITY_GAMMA = Limits(0.4, 2.5)
SENSITIVITY = Limits(0, 100)
GATE_DB = Limits(-120, 0)  # dBFS
MIN_NOTE_MS = Limits(0, 2000)
TUNING_CENTS = Limits(-50.0, 50.0)  # off A4 = 440 Hz
DURATION_S = Limits(0.01, 31_536_000.0)  # a year: more is a slip, and infinity is no number of samples
