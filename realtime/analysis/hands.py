"""The likely hand of each note, by the least effort of two hands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable

LEFT, RIGHT = 0, 1
# Semitones that a hand spans at ease; the usual pitch of each hand.
_EASY_SPAN = 12.0
_HOME = (50.0, 70.0)
# Costs per semitone: beyond an easy span, of a leap, away from the usual pitch, of a left hand above the right.
_SPAN_COST, _LEAP_COST, _HOME_COST, _CROSSED_COST = 0.7, 0.10, 0.05, 0.15
_FREE_S = 1.5  # after this long without a note a hand's position no longer counts


@dataclass(frozen=True)
class _Path:
    """The cheapest path to a strike at which the left hand plays a given number of notes.

    centre: middle pitch of each hand's last notes; at: their time, s; before: index of the path to the strike before.
    """

    cost: float
    centre: tuple[float, float]
    at: tuple[float, float]
    before: int


def likely_hands(notes: NoteTable, groups: Strikes) -> IntArray:
    """(N,) LEFT or RIGHT of every note.

    The left hand takes the lowest notes of each strike, from none to all; how many is settled by dynamic programming
    over spans, leaps and registers, the ergonomic costs of Parncutt et al. (Music Perception 14, 1997) at the scale of
    a hand. Only the cheapest path to each number of notes is kept (Viterbi), with its hand positions.
    """
    orders = [low + np.argsort(notes.pitch[low:high], kind="stable") for low, high in pairwise(groups.begin.tolist())]
    paths = [[_Path(0.0, _HOME, (-np.inf, -np.inf), 0)]]
    for order, time in zip(orders, groups.time.tolist(), strict=True):
        pitches = notes.pitch[order].astype(np.float64)
        paths.append([_best(paths[-1], pitches[:taken], pitches[taken:], time) for taken in range(len(order) + 1)])
    hands = np.full(len(notes), RIGHT, np.int64)
    taken = min(range(len(paths[-1])), key=lambda i: paths[-1][i].cost)
    for order, reached in zip(reversed(orders), reversed(paths), strict=False):
        hands[order[:taken]] = LEFT
        taken = reached[taken].before
    return hands


def _best(paths: list[_Path], left: Float64Array, right: Float64Array, time: float) -> _Path:
    options = [_extended(path, index, (left, right), time) for index, path in enumerate(paths)]
    return min(options, key=lambda path: path.cost)


def _extended(path: _Path, index: int, struck: tuple[Float64Array, Float64Array], time: float) -> _Path:
    """`path`, of number `index`, with one strike more."""
    cost, centre, at = path.cost, list(path.centre), list(path.at)
    for hand, pitches in enumerate(struck):
        if not len(pitches):
            continue
        middle = float(pitches[0] + pitches[-1]) / 2
        cost += _SPAN_COST * max(0.0, float(pitches[-1] - pitches[0]) - _EASY_SPAN)
        cost += _HOME_COST * abs(middle - _HOME[hand])
        cost += _LEAP_COST * abs(middle - centre[hand]) * max(0.0, 1 - (time - at[hand]) / _FREE_S)
        centre[hand], at[hand] = middle, time
    cost += _CROSSED_COST * max(0.0, centre[LEFT] - centre[RIGHT])
    return _Path(cost, (centre[LEFT], centre[RIGHT]), (at[LEFT], at[RIGHT]), index)
