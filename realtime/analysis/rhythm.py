"""The rhythm of a performance, the beat position of every strike, by a hidden metrical Markov model.

The hidden state at a strike is its place within the beat and the length of the beat; the time between two strikes is
observed. Viterbi's algorithm finds tempo, beats and note values together. The model follows Raphael, "A hybrid
graphical model for rhythmic parsing" (Artificial Intelligence 137, 2002) with the metrical prior of Temperley, "Music
and Probability" (2007, ch. 3): a strike occurs at each place of the grid with a probability of its own, and skipped
places count as well, so that fast and slow readings of one performance can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, IntArray

UNITS = 12
"""Grid units a beat."""
_PLACES: IntArray = np.array([0, 2, 3, 4, 6, 8, 9, 10])
# Probability of a strike at each place of a beat that divides by two, and of one that divides by three.
_DUPLE: Float64Array = np.array([0.80, 0.01, 0.15, 0.05, 0.40, 0.05, 0.15, 0.01])
_TRIPLE: Float64Array = np.array([0.80, 0.12, 0.01, 0.40, 0.12, 0.40, 0.01, 0.12])
# Added to the ln of that for an accent of one standard deviation, by place.
_DUPLE_ACCENT: Float64Array = np.array([0.6, -0.6, -0.5, -0.5, 0.1, -0.5, -0.5, -0.6])
_TRIPLE_ACCENT: Float64Array = np.array([0.6, -0.6, -0.6, -0.3, -0.6, -0.3, -0.6, -0.6])
# Log prior of a beat that divides by four and by three at once, and of one with thirds and a half.
_CLASH, _HALF_IN_THIRDS = -6.0, -2.0
_TEMPO_STEP = 0.03
_WIDEST_CHANGE = 4  # steps of tempo from one strike to the next
_TEMPO_SD_PER_BEAT = 0.045
# Log prior of a chord that is spread over two strikes, and how far these then lie apart.
_SPREAD_CHORD, _SPREAD_S = -1.5, 0.035
_ONSET_SD_S, _ONSET_SD_SHARE = 0.016, 0.04
# Listeners tap about 100 beats a minute (Parncutt, Music Perception 11, 1994); each strike adds a weak prior for it.
_USUAL_BPM, _USUAL_OCTAVES, _USUAL_WEIGHT = 92.0, 0.75, 0.12
# Tempo ranges whose readings are compared: an octave each, so that none holds two levels of one metre.
_BANDS_BPM = ((34.0, 68.0), (48.0, 96.0), (68.0, 136.0), (96.0, 192.0), (130.0, 240.0))
_HINT_OCTAVES = 0.35
_PRIOR_BEATS = 6.0  # beats of the piece that weigh as much as the usual probabilities
_PASSES = 2
_TRIPLE_PRIOR = -4.0  # log prior of beats that divide by three
_MOST_COMPARED = 600  # strikes; longer pieces are judged by their middle


@dataclass(frozen=True)
class Rhythm:
    """position: (G,) int64, when each strike sounds in units of 1 / 12 beat, from the beat before the first one on.
    beat_s: (G,) s, length of the beat at each strike. triple: whether its beats divide by three. log_likelihood: of
    the strikes under the model, for comparing two readings."""

    position: IntArray
    beat_s: Float64Array
    triple: bool
    log_likelihood: float

    @property
    def bpm(self) -> float:
        """Beats per minute, the median over strikes."""
        return float(60 / np.median(self.beat_s))


@dataclass(frozen=True)
class _Model:
    """A model to read with: whether beats divide by three, a range of tempi, a probability of strikes by place."""

    triple: bool
    band_bpm: tuple[float, float]
    chance: Float64Array

    @property
    def beat_s(self) -> Float64Array:
        """(V,) s: the lengths of a beat that are tried."""
        slow, fast = np.log(self.band_bpm)
        return np.asarray(60 / np.exp(np.arange(slow, fast + 1e-9, _TEMPO_STEP)), np.float64)


def likely_rhythm(
    time: Float64Array, accent: Float64Array, tempo_bpm: float | None = None, triple: bool | None = None
) -> Rhythm:
    """The best reading of strikes at `time` ((G,) s, rising, G >= 1) with `accent` (G,), of mean 0 and deviation 1.

    tempo_bpm: about how many beats a minute, if known. triple: whether beats divide by three;
    None tries both.
    """
    bands = _BANDS_BPM if tempo_bpm is None else (_around(tempo_bpm),)
    begin = max(0, (len(time) - _MOST_COMPARED) // 2)
    part = slice(begin, begin + _MOST_COMPARED)
    readings = [
        _learned(time[part], accent[part], _Model(each, band, _TRIPLE if each else _DUPLE))
        for each in ((False, True) if triple is None else (triple,))
        for band in bands
    ]
    model, rhythm = max(readings, key=lambda reading: reading[1].log_likelihood)
    return rhythm if len(time) <= _MOST_COMPARED else _reading(time, accent, model)


def _around(tempo_bpm: float) -> tuple[float, float]:
    return tempo_bpm * 2**-_HINT_OCTAVES, tempo_bpm * 2**_HINT_OCTAVES


def _learned(time: Float64Array, accent: Float64Array, model: _Model) -> tuple[_Model, Rhythm]:
    """The model with probabilities learned from this piece, and its reading."""
    usual = model.chance
    for _ in range(_PASSES - 1):
        position = _reading(time, accent, model).position
        struck = np.array([(position % UNITS == place).sum() for place in _PLACES])
        beats = (position[-1] - position[0]) / UNITS + 1
        model = replace(model, chance=np.clip((usual * _PRIOR_BEATS + struck) / (_PRIOR_BEATS + beats), 0.002, 0.98))
    return model, _reading(time, accent, model)


def _reading(time: Float64Array, accent: Float64Array, model: _Model) -> Rhythm:
    beat_s = model.beat_s
    skipped, whole_beat = _skipped(model.chance)
    pull = -0.5 * _USUAL_WEIGHT * (np.log2(60 / beat_s / _USUAL_BPM) / _USUAL_OCTAVES) ** 2
    strike = np.log(model.chance) + accent[:, None] * (_TRIPLE_ACCENT if model.triple else _DUPLE_ACCENT)  # (G, P)
    score = strike[0, :, None] + pull * len(_PLACES) + (_TRIPLE_PRIOR if model.triple else 0.0)
    came_from: list[_Step] = []
    for step, emission in zip(np.diff(time), strike[1:], strict=True):
        moved, change = _tempo_moved(score, step / beat_s)
        beats = np.maximum(np.round(step / beat_s - _GAP[:, :, None]), 0)  # (P, P', V)
        units = beats + _GAP[:, :, None]
        deviation = np.hypot(_ONSET_SD_S, _ONSET_SD_SHARE * step)
        fit = -0.5 * ((step - units * beat_s) / deviation) ** 2 - np.log(deviation)
        rule = np.where(units > 0, beats * whole_beat + skipped[:, :, None] + _mixing(beats), -np.inf)
        spread = -0.5 * (step / _SPREAD_S) ** 2 - np.log(_SPREAD_S) + _SPREAD_CHORD
        candidates = moved[:, None, :] + np.where(units == 0, spread - np.log(model.chance)[:, None], fit + rule)
        place = candidates.argmax(axis=0)[None]  # (1, P', V)
        score = np.take_along_axis(candidates, place, 0)[0] + emission[:, None] + pull
        length = np.round(UNITS * np.take_along_axis(units, place, 0)[0])
        steps = np.take_along_axis(change, place[0], 0)
        came_from.append(_Step(place[0].astype(np.int8), steps.astype(np.int8), length.astype(np.int32)))
    return _traced(score, came_from, beat_s, model.triple)


class _Step(NamedTuple):
    """Of one strike, (P, V) each: place of the strike before, steps by which the tempo rose, units between them."""

    place: npt.NDArray[np.int8]
    change: npt.NDArray[np.int8]
    length: npt.NDArray[np.int32]


_GAP: Float64Array = (_PLACES[None, :] - _PLACES[:, None]) / UNITS
"""(P, P') beats from one place to another of the same beat."""
_THIRDS = np.isin(_PLACES, (2, 4, 8, 10))
_QUARTERS = np.isin(_PLACES, (3, 9))
_CLASHES = (_THIRDS[:, None] & _QUARTERS) | (_QUARTERS[:, None] & _THIRDS)
_HALVES = _PLACES == 6
_MIXED: Float64Array = _CLASH * _CLASHES + _HALF_IN_THIRDS * (
    (_THIRDS[:, None] & _HALVES) | (_HALVES[:, None] & _THIRDS)
)


def _mixing(beats: Float64Array) -> Float64Array:
    """(P, P', V) log prior of two divisions in one beat."""
    return np.where(beats == 0, _MIXED[:, :, None], 0.0)


def _skipped(chance: Float64Array) -> tuple[Float64Array, float]:
    """(P, P') log probability of no strike at the places between two of one beat, and of none in a whole beat."""
    silent = np.log1p(-chance)
    before = np.concatenate([[0.0], np.cumsum(silent)])
    return before[None, :-1] - before[1:, None], float(before[-1])


def _tempo_moved(score: Float64Array, beats: Float64Array) -> tuple[Float64Array, IntArray]:
    """(P, V) best score at each tempo after `beats` (V,) beats, and (P, V) by how many steps the tempo rose."""
    changes = np.arange(-_WIDEST_CHANGE, _WIDEST_CHANGE + 1)
    variance = _TEMPO_SD_PER_BEAT**2 * np.maximum(beats, 0.25)
    cost = -0.5 * (changes[:, None] * _TEMPO_STEP) ** 2 / variance - 0.5 * np.log(variance)
    padded = np.pad(score, ((0, 0), (_WIDEST_CHANGE, _WIDEST_CHANGE)), constant_values=-np.inf)
    tempi = score.shape[1]
    shifted = np.stack([padded[:, _WIDEST_CHANGE - c : _WIDEST_CHANGE - c + tempi] for c in changes])  # (C, P, V)
    total = shifted + cost[:, None, :]
    best = total.argmax(axis=0)
    return np.take_along_axis(total, best[None], 0)[0], changes[best]


def _traced(
    score: Float64Array,
    came_from: list[_Step],
    beat_s: Float64Array,
    triple: bool,
) -> Rhythm:
    """The rhythm of the path with the best end, traced backwards."""
    place, tempo = (int(i) for i in np.unravel_index(int(score.argmax()), score.shape))
    steps, tempi = [], [tempo]
    for step in reversed(came_from):
        steps.append(int(step.length[place, tempo]))
        place, tempo = int(step.place[place, tempo]), tempo - int(step.change[place, tempo])
        tempi.append(tempo)
    position = int(_PLACES[place]) + np.concatenate([[0], np.cumsum(steps[::-1])]).astype(np.int64)
    return Rhythm(position, beat_s[tempi[::-1]], triple, float(score.max()))
