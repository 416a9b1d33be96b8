"""Which channels of a recording become the mono sound that is transcribed.

Two channels that hold the same sound are mixed, which lowers their noise. But a mix of channels that differ in sign
or in time cancels what they have in common, at all frequencies or at some, and one channel alone lacks what only
another has (a hand on each side, a channel for the bass). So candidates are compared over time and frequency: how much
softer than in its loudest channel is what sounds? The usual choice stands while hardly anything is lost by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from realtime.contract import FloatArray

ALIKE_GAIN = 10 ** (-6 / 20)
ALIKE_CORRELATION = 0.5
FRAME_S = 0.04
LOW_HZ, HIGH_HZ, BANDS_PER_OCTAVE = 50.0, 6_000.0, 3
SOFT = 1e-5  # 50 dB below the loudest tile: no longer counted
COMPRESSION = 0.3  # of powers to loudness, as a weight (Stevens)
ALLOWED_LOSS_DB = 3.5  # what a mix at -3 dB each does to sound that only one channel has
WORST_LOSS_DB = 20.0
TOLERATED_DB = 1.0  # mean loss with which the usual choice stands
MOST_ALONE, MOST_PAIRED = 8, 4  # of the loudest channels

BAND_EDGES = LOW_HZ * 2 ** (np.arange(1 + int(BANDS_PER_OCTAVE * math.log2(HIGH_HZ / LOW_HZ))) / BANDS_PER_OCTAVE)
TREBLE_HZ = 250.0
TREBLE_SHARE = 1e-3  # of the treble of another channel: a channel with less is for the bass alone, or silent

Tiles = npt.NDArray[np.float64]


def tiles_of(samples: FloatArray, rate: int) -> Tiles:
    """(n, channels) -> products of every two channels, in every 40 ms and third of an octave: (frames, bands, channels,
    channels). No frame for less than 40 ms."""
    size, channels = round(FRAME_S * rate), samples.shape[1]
    frames = samples[: len(samples) // size * size].reshape(-1, size, channels)
    window = np.hanning(size)[:, None]
    edges = np.searchsorted(np.fft.rfftfreq(size, 1 / rate), BAND_EDGES)
    tiles = np.zeros((len(frames), len(BAND_EDGES) - 1, channels, channels))
    for frame, tile in zip(frames, tiles, strict=True):
        spectrum = np.fft.rfft(frame * window, axis=0)
        for band, (begin, end) in enumerate(pairwise(edges)):
            bins = spectrum[begin:end]
            tile[band] = (bins.conj().T @ bins).real
    return tiles


def choose_weights(power: npt.NDArray[np.float64], tiles: Tiles) -> FloatArray:
    """Products of every two channels, summed over time (channels, channels), and their tiles -> weight of each
    channel, float32.

    The usual choice is the loudest channel, or the two loudest at -3 dB each if they are within 6 dB and correlate
    above 0.5. Where it would lose sound, the candidate that loses least: any channel alone, the sum or difference of
    two, all of them. A channel for the bass alone is no candidate.
    """
    if len(power) == 1:
        return np.ones(1, np.float32)
    whole = _whole(tiles)
    power, tiles = power * whole * whole[:, None], tiles * whole * whole[:, None]
    usual = _usual(power)
    best, least = usual, loss_db(usual, tiles)
    if least <= TOLERATED_DB:
        return usual
    for weights in _candidates(np.diag(power)):
        loss = loss_db(weights, tiles)
        if loss < least - 1e-6:
            best, least = weights, loss
    return best


def _whole(tiles: Tiles) -> npt.NDArray[np.float64]:
    """1 for every channel that has treble, or where none has; 0 for others: (channels,)."""
    treble = np.einsum("tbcc->c", tiles[:, BAND_EDGES[:-1] >= TREBLE_HZ])
    return np.where(treble >= TREBLE_SHARE * treble.max(initial=0.0), 1.0, 0.0)


def loss_db(weights: FloatArray, tiles: Tiles) -> float:
    """How much softer than in its loudest channel, beyond 3.5 dB, sound is with these weights; mean over the
    tiles."""
    tiles = tiles.reshape(-1, len(weights), len(weights))
    loudest = np.einsum("tcc->tc", tiles).max(axis=1, initial=0.0)
    audible = loudest > SOFT * loudest.max(initial=0.0)
    if not audible.any():
        return 0.0
    loudest = loudest[audible]
    mixed = np.maximum(np.einsum("c,tcd,d->t", weights, tiles[audible], weights), 1e-3 * loudest)
    lost = np.clip(10 * np.log10(loudest / mixed) - ALLOWED_LOSS_DB, 0.0, WORST_LOSS_DB)
    return float(np.average(lost, weights=loudest**COMPRESSION))


def _usual(power: npt.NDArray[np.float64]) -> FloatArray:
    second, first = np.argsort(np.diag(power), kind="stable")[-2:]
    rms_ratio = math.sqrt(power[second, second] / power[first, first])
    correlation = power[first, second] / math.sqrt(power[first, first] * max(power[second, second], 1e-30))
    weights = np.zeros(len(power), np.float32)
    if rms_ratio > ALIKE_GAIN and correlation > ALIKE_CORRELATION:
        weights[[first, second]] = math.sqrt(0.5)
    else:
        weights[first] = 1
    return weights


def _candidates(power: npt.NDArray[np.float64]) -> Iterator[FloatArray]:
    """Weights to choose from, the louder channels first."""
    order = np.argsort(-power, kind="stable")
    alone = np.eye(len(power), dtype=np.float32)
    for channel in order[:MOST_ALONE]:
        yield alone[channel]
    half = np.float32(math.sqrt(0.5))
    for first, second in combinations(order[:MOST_PAIRED], 2):
        yield half * (alone[first] + alone[second])
        yield half * (alone[first] - alone[second])
    yield np.full(len(power), 1 / math.sqrt(len(power)), np.float32)
