"""The pulse of a take and its tempo curve, from onsets alone.

Onsets become a curve; its autocorrelation in every window of 8 s shows which steps repeat (tempogram: Grosche &
Mueller, IEEE TASLP 19(6), 2011); a step counts with its multiples (comb: Scheirer, JASA 103, 1998) and more the closer
it lies to the tempo that listeners tap spontaneously (Parncutt, Music Perception 11, 1994). The tempo curve is
the strongest smooth path through the windows (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray

RATE_HZ = 100
WINDOW_S = 8.0
HOP_S = 1.0
# Windows of takes beyond an hour lie further apart.
MOST_WINDOWS = 3600
SMOOTHING_S = 0.025
TEMPI_BPM = np.geomspace(40.0, 208.0, 166)  # 1 % apart
MULTIPLES = 4
PREFERRED_BPM = 100.0
PREFERENCE_OCTAVES = 1.0
# The tempo of a passage lies within this factor of the piece's pulse; further off it is another level of the metre.
RANGE_FACTOR = 1.35
# Cost of a change by 1 % from one window to the next, in units of autocorrelation.
CHANGE_COST = 0.02
LEAST_STRIKES = 12
# Windows with fewer do not count for the pulse.
LEAST_WINDOW_STRIKES = 4
# Random notes reach 0.05 to 0.1; the freest of ten romantic pieces 0.3.
LEAST_CLARITY = 0.15


@dataclass(frozen=True, eq=False)
class Pulse:
    """bpm: pulse in beats per minute, the median over windows. clarity: 0-1, median autocorrelation at the local beat
    (1: all beats alike). spread: standard deviation of ln(local tempo), so 0.05 is about 5 %. All three
    over the windows with four strikes and more.
    time, tempo: (W,) middle of each 8 s window in s, local tempo in beats per minute.
    """

    bpm: float
    clarity: float
    spread: float
    time: Float64Array
    tempo: Float64Array


def pulse(groups: Strikes) -> Pulse | None:
    """The pulse, or None with fewer than 12 strikes, less than one window (8 s) of playing, or a clarity below 0.15."""
    if len(groups) < LEAST_STRIKES or groups.time[-1] - groups.time[0] < WINDOW_S:
        return None
    begin = float(groups.time[0])
    curve = onset_curve(groups)
    length_s = len(curve) / RATE_HZ
    starts = np.arange(0.0, length_s - WINDOW_S + 1e-9, max(HOP_S, length_s / MOST_WINDOWS))
    busy = _strikes_from(groups.time - begin, starts) >= LEAST_WINDOW_STRIKES
    if not busy.any():
        return None
    repeats = np.stack([_autocorrelation(curve, start) for start in starts])  # (W, lags)
    beat = 60.0 / TEMPI_BPM
    comb = np.mean([_at_lags(repeats, beat * k) for k in range(1, MULTIPLES + 1)], axis=0)  # (W, tempi)
    preference = np.exp(-0.5 * (np.log2(TEMPI_BPM / PREFERRED_BPM) / PREFERENCE_OCTAVES) ** 2)
    best = TEMPI_BPM[int((comb[busy].mean(axis=0) * preference).argmax())]
    near = np.flatnonzero(np.abs(np.log(TEMPI_BPM / best)) <= np.log(RANGE_FACTOR))
    path = near[_strong_and_smooth(comb[:, near])]
    tempo = TEMPI_BPM[path]
    clarity = float(np.median(_at_lags(repeats, beat)[np.arange(len(path)), path][busy]))
    if clarity < LEAST_CLARITY:
        return None
    return Pulse(
        bpm=float(np.median(tempo[busy])),
        clarity=min(clarity, 1.0),
        spread=float(np.std(np.log(tempo[busy]))),
        time=begin + starts + WINDOW_S / 2,
        tempo=tempo,
    )


def _strikes_from(time: Float64Array, start: Float64Array) -> IntArray:
    """(G,) s, (W,) s -> (W,) how many strikes lie in the window from each start on."""
    return np.asarray(np.searchsorted(time, start + WINDOW_S) - np.searchsorted(time, start), np.int64)


def onset_curve(groups: Strikes) -> Float64Array:
    """(T,) at 100 Hz from the first strike on: each strike a Gaussian of 25 ms standard deviation with the square root
    of its size as height (a chord weighs more than a note, but less than its notes one by one)."""
    frame = np.rint((groups.time - groups.time[0]) * RATE_HZ).astype(np.int64)
    reach = np.arange(-8, 9) / RATE_HZ
    gaussian = np.exp(-0.5 * (reach / SMOOTHING_S) ** 2)
    hits = np.bincount(frame, weights=np.sqrt(groups.size))
    return np.asarray(np.convolve(hits, gaussian, mode="same"), np.float64)


def _autocorrelation(curve: Float64Array, start_s: float) -> Float64Array:
    """(lags,) autocorrelation of one window, normalised by overlap, 1 at lag 0; lags in hundredths of a second."""
    first = round(start_s * RATE_HZ)
    part = curve[first : first + round(WINDOW_S * RATE_HZ)]
    part = part - part.mean()
    spectrum = np.fft.rfft(part, 2 * len(part))
    raw = np.fft.irfft(np.abs(spectrum) ** 2)[: len(part)]
    overlap = len(part) - np.arange(len(part))
    return np.asarray(raw / overlap / max(raw[0] / len(part), 1e-9), np.float64)


def _at_lags(repeats: Float64Array, lag_s: Float64Array) -> Float64Array:
    """(W, lags) -> (W, len(lag_s)): at other lags by linear interpolation."""
    exact = np.minimum(lag_s * RATE_HZ, repeats.shape[1] - 2)
    low = exact.astype(np.int64)
    part = exact - low
    return np.asarray(repeats[:, low] * (1 - part) + repeats[:, low + 1] * part, np.float64)


def _strong_and_smooth(strength: Float64Array) -> Float64Array:
    """(W, tempi) -> (W,) column of each window on the path with the most strength and the least change."""
    columns = np.arange(strength.shape[1])
    cost = CHANGE_COST * np.abs(columns[:, None] - columns[None, :])  # (from, to)
    total = strength[0]
    came_from = []
    for row in strength[1:]:
        arriving = total[:, None] - cost
        came_from.append(arriving.argmax(axis=0))
        total = arriving.max(axis=0) + row
    path = [int(total.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return np.array(path[::-1])
