"""A sampled piano in a room that is played while it sounds: keys go down and up between two hops.

The room is linear: a stroke adds the whole of its sound to what is to come, a release takes away what the damper takes
of it. So whoever plays may wait for what is heard.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from realtime.contract import HOP, LOWEST_PITCH, SAMPLE_RATE, Float64Array, FloatArray
from realtime.piano.dampers import damper_rate, damping_gain
from realtime.piano.samples import SampledPiano

SOUND_S = 5.0  # of a key that is held
AHEAD = 1600 * HOP  # samples to come that are kept, 16 s: longer than a stroke in the largest room
FADE_IN = 8  # samples
MIDDLE_KEY, MIDDLE_VELOCITY, MIDDLE_S = 60, 70, 0.25
GAMMA, UNEVEN = 1.6, 0.5  # loudness by velocity, and what is kept of each sample's own; see SampledPiano.note_gain
VELOCITY_STEP = 4
NEVER = np.full(1, -1e6)  # s until a key is struck again


@dataclass
class _Struck:
    """A key that is down. begin: sample of its attack; sound: from there on."""

    begin: int
    sound: FloatArray


class PlayedPiano:
    """Strokes and releases -> hops of mono sound, float32 (160,).

    `now`: samples that have sounded.
    """

    def __init__(self, piano: SampledPiano, room: FloatArray | None, level: float) -> None:
        """room: its impulse response; None: no room. level: RMS of the first quarter of a second of C4."""
        self._piano, self._sounds = piano, dict[tuple[int, int], FloatArray]()
        self._room = np.ones(1) if room is None else np.asarray(room / np.sqrt(np.square(room).sum()), np.float64)
        self._size = next_fast_len(round(SOUND_S * SAMPLE_RATE) + HOP * 10 + len(self._room), real=True)
        self._response = rfft(self._room, self._size)
        middle = self._wet(self._sound(MIDDLE_KEY, MIDDLE_VELOCITY))[: round(MIDDLE_S * SAMPLE_RATE)]
        self._gain = level / float(np.sqrt(np.square(middle).mean()))
        self._to_come = np.zeros(AHEAD)
        self._down: dict[int, _Struck] = {}
        self.now = 0

    def strike(self, keys: Mapping[int, tuple[int, int]]) -> None:
        """keys: pitch -> velocity, and in how many samples (less than 0.1 s) it is struck. A key that is down is struck
        again."""
        self._silence([pitch for pitch in keys if pitch in self._down], restruck=True)
        chord = np.zeros(self._size - len(self._room) + 1)
        for pitch, (velocity, wait) in keys.items():
            sound = self._sound(pitch, velocity)[: len(chord) - wait]
            chord[wait : wait + len(sound)] += sound
            self._down[pitch] = _Struck(self.now + wait, sound)
        self._add(chord)

    def release(self, pitches: Collection[int]) -> None:
        """Dampers fall on these keys' strings, as far as they are down."""
        self._silence(pitches, restruck=False)

    def _silence(self, pitches: Collection[int], restruck: bool) -> None:
        taken = np.zeros(self._size - len(self._room) + 1)
        for pitch in pitches:
            if (struck := self._down.pop(pitch, None)) is not None:
                rest = struck.sound[max(self.now - struck.begin, 0) :]
                passed = np.arange(len(rest)) / SAMPLE_RATE
                rate = np.asarray(0.0 if restruck else damper_rate(pitch))
                taken[: len(rest)] -= rest * (1 - damping_gain(passed, rate, passed if restruck else NEVER))
        self._add(taken)

    @property
    def down(self) -> tuple[int, ...]:
        """The keys that are down."""
        return tuple(self._down)

    def hop(self) -> FloatArray:
        """The next hop."""
        place = self.now % AHEAD
        hop = self._to_come[place : place + HOP].astype(np.float32)
        self._to_come[place : place + HOP] = 0
        self.now += HOP
        return hop

    def _sound(self, pitch: int, velocity: int) -> FloatArray:
        """(n,) of one key, from its attack on."""
        velocity = int(np.clip(velocity // VELOCITY_STEP * VELOCITY_STEP, 1, 127))
        if (pitch, velocity) not in self._sounds:
            key = np.array([pitch - LOWEST_PITCH])
            region = self._piano.region_of[key, velocity]
            gain = self._piano.note_gain(key, region, np.array([velocity]), GAMMA, UNEVEN)
            lead = int(self._piano.lead[region[0]])
            samples = self._piano.samples(int(region[0])).mean(0)[lead : lead + round(SOUND_S * SAMPLE_RATE)]
            samples[:FADE_IN] *= np.linspace(0, 1, FADE_IN, dtype=np.float32)
            self._sounds[pitch, velocity] = samples * np.float32(gain[0])
        return self._sounds[pitch, velocity]

    def _wet(self, sound: FloatArray | Float64Array) -> Float64Array:
        """As it arrives through the room."""
        return np.asarray(irfft(rfft(sound, self._size) * self._response, self._size), np.float64)

    def _add(self, sound: Float64Array) -> None:
        """What sounds from now on, in the room."""
        wet = self._gain * self._wet(sound)
        first = min(len(wet), AHEAD - self.now % AHEAD)
        self._to_come[self.now % AHEAD :][:first] += wet[:first]
        self._to_come[: len(wet) - first] += wet[first:]
