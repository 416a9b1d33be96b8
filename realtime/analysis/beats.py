"""The times of the beats of a take: on strikes where these fit, one beat of the local tempo apart.

D. P. W. Ellis, "Beat Tracking by Dynamic Programming" (Journal of New Music Research 36, 2007): the
sequence of beats with the strongest onsets and the most even steps. Here the expected step follows the tempo curve.
"""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np

from realtime.analysis.pauses import Splices
from realtime.analysis.pulse import RATE_HZ, onset_curve, pulse
from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray

# Cost of a step: times the squared logarithm of its ratio to the expected one.
EVENNESS = 100.0
# Steps from half to twice the expected one are tried.
SHORTEST, LONGEST = 0.5, 2.0
STEP_DECIMALS = 1  # of a frame, to which the expected step is rounded
# A beat moves to the nearest strike within this.
ON_STRIKE_S = 0.06


def beat_times(groups: Strikes) -> Float64Array:
    """(B,) s, rising, from the first strike to the last; none where `pulse` finds no pulse, nor far inside a pause."""
    clocks = Splices.between(groups.time)
    groups = replace(groups, time=clocks.shorter(groups.time))
    found = pulse(groups)
    if found is None:
        return np.zeros(0)
    curve = onset_curve(groups)
    curve = curve / curve.std()
    at = groups.time[0] + np.arange(len(curve)) / RATE_HZ
    step = RATE_HZ * 60 / np.interp(at, found.time, found.tempo)  # frames
    beats = groups.time[0] + _best_sequence(curve, step) / RATE_HZ
    nearest = groups.time[_nearest(groups.time, beats)]
    return clocks.back(np.unique(np.where(np.abs(nearest - beats) <= ON_STRIKE_S, nearest, beats)))


def _best_sequence(curve: Float64Array, step: Float64Array) -> IntArray:
    """(B,) frames of the beats in an onset curve (T,) where a beat is expected to last `step` (T,) frames."""
    score = curve.copy()
    came_from = np.full(len(curve), -1)
    costs = functools.cache(_costs)  # an hour has 360 000 frames: the few different steps are computed once each
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
    beats = [last_beat + int(score[last_beat:].argmax())]
    while came_from[beats[-1]] >= 0:
        beats.append(int(came_from[beats[-1]]))
    return np.array(beats[::-1])


def _costs(step: float) -> tuple[int, Float64Array]:
    """The longest step back to the beat before, in frames, and the costs of all steps from it to the shortest."""
    longest = round(LONGEST * step)
    lengths = np.arange(longest, max(round(SHORTEST * step), 1) - 1, -1)
    return longest, EVENNESS * np.log(lengths / step) ** 2


def _nearest(times: Float64Array, wanted: Float64Array) -> IntArray:
    """(W,) index of the time nearest to each wanted one."""
    right = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    return right - (wanted - times[right - 1] < times[right] - wanted)
