"""Notes and pedal as sound: a sampled piano, block by block, at any rate of an audio device.

The sound is mixed at the bank's 16 kHz and resampled to the requested rate by windowed-sinc interpolation with one
row of taps per phase (J. O. Smith, Digital Audio Resampling). Every sample depends on its index alone, so that a
file, a seek and a live block give the same.
"""

from __future__ import annotations

from math import gcd
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE, FloatArray, IntArray
from realtime.notes import NoteTable
from realtime.piano.dampers import (
    SILENT_DB,
    DampingClock,
    HalfPedal,
    damped_at,
    damper_rate,
    damping_gain,
)
from realtime.piano.samples import SampledPiano

DEFAULT_RATE = 48_000
PIANO = "salamander_thin"
_STEP = 64  # samples between two points of the envelope
_WHOLE_BLOCK_S = 0.5
_GAMMA, _UNEVEN = 1.6, 0.5
# Of six minutes out of six MAESTRO performances it leaves all but the loudest chords below the knee.
_GAIN = 0.5
_KNEE = 0.8
_TAPS = 32
_ROLL_OFF = 0.96
_KAISER_BETA = 8.0


def shipped_piano() -> SampledPiano:
    """The piano that comes with the program. Raises FileError when the installation lacks it."""
    from importlib import resources

    return SampledPiano(Path(str(resources.files("assets"))) / "starter" / "pianos" / PIANO)


class Sampler:
    """A performance on a sampled piano, mono, from its time 0 until the last string is silent.

    rate: of the sound, Hz. samples: its length. The notes lie on the 88 keys. Regions are made when they first sound,
    which takes longer than a live block lasts: `prepare` makes them beforehand, in any thread.
    """

    def __init__(self, played: NoteTable, piano: SampledPiano, rate: int = DEFAULT_RATE) -> None:
        self.rate = rate
        self._piano = piano
        self._made: dict[int, FloatArray] = {}
        self._clock = DampingClock(played, HalfPedal())
        self._lay_out(played)
        divisor = gcd(rate, SAMPLE_RATE)
        self._phases, self._stride = rate // divisor, SAMPLE_RATE // divisor
        self._table = _taps(self._phases, min(1.0, rate / SAMPLE_RATE))
        end = int(self._stop.max(initial=0))
        self.samples = -(-end * self._phases // self._stride)

    def _lay_out(self, played: NoteTable) -> None:
        """One row per note, by onset. position, stop: the region's first sample and where it is silent, at 16 kHz."""
        key, velocity = played.pitch - LOWEST_PITCH, played.velocity
        self._region: IntArray = self._piano.region_of[key, velocity]
        self._gain = _GAIN * self._piano.note_gain(key, self._region, velocity, _GAMMA, _UNEVEN)
        self._damping = damper_rate(played.pitch)
        self._restruck = played.next_onset()
        self._passed_at_release = self._clock(np.maximum(played.offset, played.onset))
        silent = damped_at(played, self._clock, self._damping, SILENT_DB, self._restruck)
        self._position = np.round(played.onset * SAMPLE_RATE).astype(np.int64) - self._piano.lead[self._region]
        length = np.array([self._piano.regions[region].length for region in self._region], np.int64)
        last = np.minimum(silent * SAMPLE_RATE, self._position + length)
        self._stop: IntArray = last.astype(np.int64)

    def prepare(self) -> None:
        """Make all regions that will sound. Raises FileError when the piano's recordings are missing or broken."""
        for region in np.unique(self._region):
            self._samples(int(region))

    def render(self) -> FloatArray:
        """float32 (samples,): all of it."""
        step = round(_WHOLE_BLOCK_S * self.rate)
        blocks = [self.block(start, min(step, self.samples - start)) for start in range(0, self.samples, step)]
        return np.concatenate([np.zeros(0, np.float32), *blocks])

    def block(self, start: int, count: int) -> FloatArray:
        """float32 (count,) from sample index `start` on, within -1..1; silence before the first and after the last.

        Raises FileError when the piano's recordings are broken.
        """
        if self._phases == self._stride or count == 0:
            return _soft_clipped(self._mixed(start, count))
        whole, phase = np.divmod((start + np.arange(count)) * self._stride, self._phases)
        first = int(whole[0]) - _TAPS // 2 + 1
        mixed = self._mixed(first, int(whole[-1]) - first + _TAPS // 2 + 1)
        if not mixed.any():  # as for hours in a take that was left running
            return np.zeros(count, np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(mixed, _TAPS)
        return _soft_clipped(np.einsum("nt,nt->n", windows[whole - whole[0]], self._table[phase]))

    def _mixed(self, first: int, count: int) -> FloatArray:
        """float32 (count,) at 16 kHz."""
        lowest = first // _STEP * _STEP
        points = -(-(first + count - lowest) // _STEP)
        sounding = np.flatnonzero((self._position < lowest + points * _STEP) & (self._stop > lowest))
        envelope = self._envelope(sounding, lowest + np.arange(points + 1) * _STEP)
        ramp = np.arange(_STEP, dtype=np.float32) / _STEP
        out = np.zeros((points, _STEP), np.float32)
        for note, gain in zip(sounding, envelope, strict=True):
            shape = gain[:-1, None] + (gain[1:] - gain[:-1])[:, None] * ramp
            out += shape * self._cut(int(note), lowest, points * _STEP).reshape(points, _STEP)
        return out.reshape(-1)[first - lowest : first - lowest + count]

    def _envelope(self, notes: npt.NDArray[np.intp], position: IntArray) -> FloatArray:
        """(notes, points) gains at 16 kHz positions (points,)."""
        time = position / SAMPLE_RATE
        passed = self._clock(time) - self._passed_at_release[notes, None]
        left = damping_gain(passed, self._damping[notes, None], time - self._restruck[notes, None])
        left[position >= self._stop[notes, None]] = 0
        return np.asarray(left * self._gain[notes, None].astype(np.float32), np.float32)

    def _cut(self, note: int, first: int, count: int) -> FloatArray:
        """(count,) samples of a note's region from 16 kHz sample `first` on; zeros outside the region."""
        samples = self._samples(int(self._region[note]))
        begin = first - int(self._position[note])
        inside = samples[max(begin, 0) : max(begin + count, 0)]
        cut = np.zeros(count, np.float32)
        cut[max(-begin, 0) : max(-begin, 0) + len(inside)] = inside
        return cut

    def _samples(self, region: int) -> FloatArray:
        """(n,) of a region, all microphones mixed."""
        if region not in self._made:
            self._made[region] = np.asarray(self._piano.samples(region).mean(axis=0), np.float32)
        return self._made[region]


def _taps(phases: int, bandwidth: float) -> FloatArray:
    """(phases, _TAPS): a Kaiser-windowed sinc, row p for a place p / phases of a sample after tap _TAPS / 2 - 1."""
    offset = np.arange(_TAPS) - _TAPS // 2 + 1 - np.arange(phases)[:, None] / phases
    window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (offset / (_TAPS / 2)) ** 2, 0, 1))) / np.i0(_KAISER_BETA)
    kernel = np.sinc(_ROLL_OFF * bandwidth * offset) * window
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True), np.float32)


def _soft_clipped(sound: FloatArray) -> FloatArray:
    """Unchanged up to the knee, above it along a curve that stays below full scale."""
    over = np.maximum(np.abs(sound) - _KNEE, 0)
    room = 1 - _KNEE
    return np.asarray(np.sign(sound) * (np.minimum(np.abs(sound), _KNEE) + room * np.tanh(over / room)), np.float32)
