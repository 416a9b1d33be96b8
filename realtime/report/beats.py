"""When the beats of a take fall: on its strikes as far as these fit, a beat of the local tempo apart.

D. P. W. Ellis, "Beat Tracking by Dynamic Programming" (Journal of New Music Research 36, 2007): of all rows of beats
the one with the strongest onsets and the most even steps. Here the step that is expected follows the tempo curve.
"""

from __future__ import annotations

import numpy as np

from realtime.report.pulse import RATE_HZ, onset_curve, pulse
from realtime.report.strikes import Strikes
from realtime.report.take_notes import Float64Array, IntArray

# What a step costs that is longer or shorter than expected, times the square of the logarithm of by how much.
EVENNESS = 100.0
# Steps from half to twice the expected one are tried.
SHORTEST, LONGEST = 0.5, 2.0
# A beat belongs to a strike that lies no further off.
ON_STRIKE_S = 0.06


def beat_times(groups: Strikes) -> Float64Array:
    """(B,) s, rising, from the first strike to the last; none where `pulse` finds no pulse."""
    found = pulse(groups)
    if found is None:
        return np.zeros(0)
    curve = onset_curve(groups)
    curve = curve / curve.std()
    at = groups.time[0] + np.arange(len(curve)) / RATE_HZ
    step = RATE_HZ * 60 / np.interp(at, found.time, found.tempo)  # frames
    beats = groups.time[0] + _best_row(curve, step) / RATE_HZ
    nearest = groups.time[_nearest(groups.time, beats)]
    return np.unique(np.where(np.abs(nearest - beats) <= ON_STRIKE_S, nearest, beats))


def _best_row(curve: Float64Array, step: Float64Array) -> IntArray:
    """(B,) frames of the beats in an onset curve (T,) where a beat is expected to last `step` (T,) frames."""
    score = curve.copy()
    came_from = np.full(len(curve), -1)
    for frame in range(1, len(curve)):
        first = max(frame - round(LONGEST * step[frame]), 0)
        before = np.arange(first, frame - round(SHORTEST * step[frame]) + 1)
        if len(before):
            reached = score[before] - EVENNESS * np.log((frame - before) / step[frame]) ** 2
            best = int(reached.argmax())
            if reached[best] > 0:
                score[frame] += reached[best]
                came_from[frame] = before[best]
    last_beat = max(len(curve) - round(step[-1]), 0)
    row = [last_beat + int(score[last_beat:].argmax())]
    while came_from[row[-1]] >= 0:
        row.append(int(came_from[row[-1]]))
    return np.array(row[::-1])


def _nearest(times: Float64Array, wanted: Float64Array) -> IntArray:
    """(W,) index of the time that lies nearest to each of the wanted ones."""
    right = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    return right - (wanted - times[right - 1] < times[right] - wanted)
