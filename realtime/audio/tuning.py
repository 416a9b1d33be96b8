"""How far the piano of a recording lies from equal temperament at A4 = 440 Hz, as a whole, in cents.

Peaks of spectra all over the sound are compared with the nearest semitone, as librosa's `estimate_tuning` does. Their
deviations are averaged on a circle of one semitone, since 60 cents sharp of one key are 40 flat of the next (Müller,
"Fundamentals of Music Processing", 2nd ed. 2021, section 3.1.2). A peak is refined by a parabola through the logarithms
of three bins (Smith & Serra, "PARSHL", ICMC 1987).

Of 28 recordings of ten pianos it takes 27 to lie within 9 cents of 440 Hz and one 15 cents below; when they are
resampled by -50 to 40 cents it follows within a cent.
"""

from __future__ import annotations

import cmath
import math
from collections import deque
from typing import NamedTuple

import numpy as np

from realtime.contract import A4_HZ, FloatArray
from realtime.limits import TUNING_CENTS
from realtime.words import Phrase, Said

FLAT = Phrase(
    "tuning.flat", "The piano is tuned {cents:.0f} cents flat (A = {hertz:.0f} Hz); it is heard as if it were in tune."
)
SHARP = Phrase(
    "tuning.sharp",
    "The piano is tuned {cents:.0f} cents sharp (A = {hertz:.0f} Hz); it is heard as if it were in tune.",
)

FRAME_S, PADDING = 0.37, 2
# Below, the peaks of neighbouring keys blend within a frame; above, strings are stretched and their partials sharp.
LOW_HZ, HIGH_HZ = 130.0, 1_100.0
WEAKEST = 10 ** (-30 / 20)  # of the highest peak: of its frame for a peak, of all for a frame (in pauses there is hum)
SILENT = 1e-6  # of full scale
# How sure the mean is: its length, 1 where all peaks agree, times the root of their number. Pianos reach 4 within a few
# seconds and 8 to 30 in half a minute; of 50 stretches of noises, rooms and voices none reaches more than 2.2.
SURE = 4.0
# Nothing but whole semitones tells +48 from -52: as pianos sink rather than rise, more of the circle is flat.
FLATTEST = -58.0
# What lies nearer is in tune: it costs at most 0.02 of the onset F1, and no recording in tune is found farther off.
IN_TUNE_CENTS = 20.0


class _Frame(NamedTuple):
    """top: its highest peak, of full scale; total: of a vector for each peak on the circle; weight: of their lengths;
    peaks: how many."""

    top: float
    total: complex
    weight: float
    peaks: int


class TuningEstimate:
    """Takes in sound at `rate` Hz. latest_s: of which only so much counts, None for all."""

    def __init__(self, rate: int, latest_s: float | None = None) -> None:
        self._size = round(FRAME_S * rate)
        self._padded = PADDING * 2 ** math.ceil(math.log2(self._size))
        self._bin_hz = rate / self._padded
        self._window = np.hanning(self._size).astype(np.float32)
        self._pending: FloatArray = np.zeros(0, np.float32)
        most = None if latest_s is None else math.ceil(latest_s / FRAME_S)
        self._frames: deque[_Frame] = deque(maxlen=most)

    def push(self, block: FloatArray) -> None:
        """float32 (n,), which follows the last one."""
        sound = np.concatenate((self._pending, block))
        whole = len(sound) // self._size * self._size
        self._frames.extend(map(self._frame, sound[:whole].reshape(-1, self._size)))
        self._pending = sound[whole:]

    @property
    def counted_s(self) -> float:
        """Seconds of sound that count: of the loudness of playing."""
        return FRAME_S * len(self._counted)

    @property
    def cents(self) -> float | None:
        """By which the piano lies above A4 = 440 Hz, within -50 .. 42, 0 where it is in tune; None while it is not
        sure."""
        counted = self._counted
        weight = sum(frame.weight for frame in counted)
        mean = sum(frame.total for frame in counted) / weight if weight else 0j
        if abs(mean) * math.sqrt(sum(frame.peaks for frame in counted)) < SURE:
            return None
        cents = cmath.phase(mean) / (2 * math.pi) * 100
        cents = max(cents if cents < FLATTEST + 100 else cents - 100, TUNING_CENTS.least)
        return round(cents, 1) if abs(cents) >= IN_TUNE_CENTS else 0.0

    @property
    def _counted(self) -> list[_Frame]:
        loudest = max((frame.top for frame in self._frames), default=0.0)
        return [frame for frame in self._frames if frame.top > max(WEAKEST * loudest, SILENT)]

    def _frame(self, frame: FloatArray) -> _Frame:
        magnitude = np.abs(np.fft.rfft(frame * self._window, self._padded)) / (self._size / 4)
        low, high = round(LOW_HZ / self._bin_hz), round(HIGH_HZ / self._bin_hz)
        below, inner, above = (magnitude[low + side : high + side] for side in (-1, 0, 1))
        top = float(inner.max())
        peaks = np.flatnonzero((inner > below) & (inner >= above) & (inner > max(WEAKEST * top, SILENT)))
        left, middle, right = (np.log(bins[peaks] + SILENT) for bins in (below, inner, above))
        curve = np.minimum(left - 2 * middle + right, -SILENT)
        hertz = (low + peaks + 0.5 * (left - right) / curve) * self._bin_hz
        weight = np.sqrt(inner[peaks])
        turns = 12 * np.log2(hertz / A4_HZ)
        total = np.sum(weight * np.exp(2j * np.pi * turns))
        return _Frame(top, complex(total), float(weight.sum()), len(peaks))


def heard_in_tune(cents: float) -> Said:
    """What a player is told when a tuning is corrected. cents: not 0."""
    phrase = FLAT if cents < 0 else SHARP
    return phrase(cents=abs(cents), hertz=A4_HZ * 2 ** (cents / 1200))
