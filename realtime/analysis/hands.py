"""Which hand played each note: the cheapest way for two hands to reach everything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable

LEFT, RIGHT = 0, 1
# Semitones that a hand spans at ease, and where each hand mostly is.
_EASY_SPAN = 12.0
_HOME = (50.0, 70.0)
# Costs a semitone: beyond an easy span, of a leap, off home, and of a left hand above the right.
_SPAN_COST, _LEAP_COST, _HOME_COST, _CROSSED_COST = 0.7, 0.10, 0.05, 0.15
_FREE_S = 1.5  # after this long without a note a hand may be anywhere


@dataclass(frozen=True)
class _Way:
    """The best way to have come to a strike of which the left hand took a given number of notes.

    centre: the pitch about which each hand struck last; at: when, s; before: which way of the strike before it goes on.
    """

    cost: float
    centre: tuple[float, float]
    at: tuple[float, float]
    before: int


def likely_hands(notes: NoteTable, groups: Strikes) -> IntArray:
    """(N,) LEFT or RIGHT of every note.

    The left hand takes the lowest notes of each strike, from none to all; how many is settled by dynamic programming
    over spans, leaps and registers, the ergonomic costs of Parncutt et al. (Music Perception 14, 1997) at the scale of
    a hand. Of the ways to one number of notes only the best is kept, so it is Viterbi's algorithm on hand positions
    that are carried along.
    """
    orders = [low + np.argsort(notes.pitch[low:high], kind="stable") for low, high in pairwise(groups.begin.tolist())]
    ways = [[_Way(0.0, _HOME, (-np.inf, -np.inf), 0)]]
    for order, time in zip(orders, groups.time.tolist(), strict=True):
        pitches = notes.pitch[order].astype(np.float64)
        ways.append([_best(ways[-1], pitches[:taken], pitches[taken:], time) for taken in range(len(order) + 1)])
    hands = np.full(len(notes), RIGHT, np.int64)
    taken = min(range(len(ways[-1])), key=lambda i: ways[-1][i].cost)
    for order, reached in zip(reversed(orders), reversed(ways), strict=False):
        hands[order[:taken]] = LEFT
        taken = reached[taken].before
    return hands


def _best(ways: list[_Way], left: Float64Array, right: Float64Array, time: float) -> _Way:
    options = [_onward(way, index, (left, right), time) for index, way in enumerate(ways)]
    return min(options, key=lambda way: way.cost)


def _onward(way: _Way, index: int, struck: tuple[Float64Array, Float64Array], time: float) -> _Way:
    """The way `way`, number `index`, with one strike more."""
    cost, centre, at = way.cost, list(way.centre), list(way.at)
    for hand, pitches in enumerate(struck):
        if not len(pitches):
            continue
        middle = float(pitches[0] + pitches[-1]) / 2
        cost += _SPAN_COST * max(0.0, float(pitches[-1] - pitches[0]) - _EASY_SPAN)
        cost += _HOME_COST * abs(middle - _HOME[hand])
        cost += _LEAP_COST * abs(middle - centre[hand]) * max(0.0, 1 - (time - at[hand]) / _FREE_S)
        centre[hand], at[hand] = middle, time
    cost += _CROSSED_COST * max(0.0, centre[LEFT] - centre[RIGHT])
    return _Way(cost, (centre[LEFT], centre[RIGHT]), (at[LEFT], at[RIGHT]), index)
