"""When the beats of a take fall: on its strikes as far as these fit, a beat of the local tempo apart.

D. P. W. Ellis, "Beat Tracking by Dynamic Programming" (Journal of New Music Research 36, 2007): of all rows of beats
the one with the strongest onsets and the most even steps. Here the step that is expected follows the tempo curve.
"""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np

from realtime.analysis.pauses import Splices
from realtime.analysis.pulse import RATE_HZ, onset_curve, pulse
from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray

# What a step costs that is longer or shorter than expected, times the square of the logarithm of by how much.
EVENNESS = 100.0
# Steps from half to twice the expected one are tried.
SHORTEST, LONGEST = 0.5, 2.0
STEP_DECIMALS = 1  # of a frame, to which the expected step is rounded
# A beat belongs to a strike that lies no further off.
ON_STRIKE_S = 0.06


def beat_times(groups: Strikes) -> Float64Array:
    """(B,) s, rising, from the first strike to the last; none where `pulse` finds no pulse, or far inside a pause."""
    clocks = Splices.between(groups.time)
    groups = replace(groups, time=clocks.shorter(groups.time))
    found = pulse(groups)
    if found is None:
        return np.zeros(0)
    curve = onset_curve(groups)
    curve = curve / curve.std()
    at = groups.time[0] + np.arange(len(curve)) / RATE_HZ
    step = RATE_HZ * 60 / np.interp(at, found.time, found.tempo)  # frames
    beats = groups.time[0] + _best_row(curve, step) / RATE_HZ
    nearest = groups.time[_nearest(groups.time, beats)]
    return clocks.back(np.unique(np.where(np.abs(nearest - beats) <= ON_STRIKE_S, nearest, beats)))


def _best_row(curve: Float64Array, step: Float64Array) -> IntArray:
    """(B,) frames of the beats in an onset curve (T,) where a beat is expected to last `step` (T,) frames."""
    score = curve.copy()
    came_from = np.full(len(curve), -1)
    costs = functools.cache(_costs)  # an hour has 360 000 frames: so few steps that each is reckoned once
    for frame, expected in enumerate(np.round(step, STEP_DECIMALS)):
        longest, cost = costs(float(expected))
        first = max(frame - longest, 0)
        cost = cost[first - (frame - longest) :]
        if len(cost):
            reached = score[first : first + len(cost)] - cost
            best = int(reached.argmax())
            if reached[best] > 0:
                score[frame] += reached[best]
                came_from[frame] = first + best
    last_beat = max(len(curve) - round(step[-1]), 0)
    row = [last_beat + int(score[last_beat:].argmax())]
    while came_from[row[-1]] >= 0:
        row.append(int(came_from[row[-1]]))
    return np.array(row[::-1])


def _costs(step: float) -> tuple[int, Float64Array]:
    """The longest way back to the beat before, in frames, and what each way from there to the shortest one costs."""
    longest = round(LONGEST * step)
    lengths = np.arange(longest, max(round(SHORTEST * step), 1) - 1, -1)
    return longest, EVENNESS * np.log(lengths / step) ** 2


def _nearest(times: Float64Array, wanted: Float64Array) -> IntArray:
    """(W,) index of the time that lies nearest to each of the wanted ones."""
    right = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    return right - (wanted - times[right - 1] < times[right] - wanted)
