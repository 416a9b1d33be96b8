"""A look over a recording before it is read: stretches of sound from several places, and what they have in common.

For whoever must know something of the whole before its first note: which channels to mix (here), and from the same
`looks` how loud it is and how it is tuned. It costs as much as reading 24 s of sound; in compressed formats the places
are near those that were asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from realtime.audio.audio_file import AudioFile
from realtime.audio.clean import clean
from realtime.audio.mix import Tiles, choose_weights, tiles_of
from realtime.audio.tuning import TuningEstimate
from realtime.contract import FloatArray
from realtime.errors import FileError

LOOKS, LOOK_S = 8, 3.0
MANY_CHANNELS = 8  # more are compared over shorter stretches, as every two are
SILENT_DB = -200.0
# Sound that was cut off at a level has more samples there than just below it, as a pure tone has, too; and one of them
# equals the next, however loud it was made later.
CUT, BELOW_CUT = 0.985, 0.95  # of the greatest sample
FEWEST_CUT, LEAST_EQUAL = 50, 0.3


@dataclass(frozen=True)
class Survey:
    """What the looks found, full scale 1.0. power: products of every two channels, summed (channels, channels); tiles:
    the same over time and frequency (realtime.audio.mix); seconds: how much was looked at; peak: the greatest sample;
    loudest_db: RMS of the loudest channel in the loudest look, dBFS; clipped: whether its peaks are cut off;
    tuning_cents: by which the piano lies above A4 = 440 Hz, 0 where it is in tune, None without clear pitches."""

    power: npt.NDArray[np.float64]
    tiles: Tiles = field(repr=False)
    seconds: float
    peak: float
    loudest_db: float
    clipped: bool
    tuning_cents: float | None

    @property
    def weights(self) -> FloatArray | None:
        """Of each channel in the mono sound; None when all looks were silent."""
        return choose_weights(self.power, self.tiles) if self.power.any() else None


def looks(audio: AudioFile, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
    """float32 (n, channels): eight stretches of 3 s spread evenly over start_s .. end_s, in order, full scale 1.0, NaN
    and infinity as 0; all of it if it is shorter, its first 24 s if its length is not known."""
    look_s = LOOK_S / max(audio.channels / MANY_CHANNELS, 1.0) ** 2
    whole_s = (audio.length_s or 0.0) if end_s is None else min(end_s, audio.length_s or end_s)
    spare_s = max(whole_s - start_s - LOOKS * look_s, 0.0)
    for look in range(LOOKS):
        begin_s = start_s + look * (look_s + spare_s / (LOOKS - 1))
        stop_s = begin_s + look_s if end_s is None else min(begin_s + look_s, end_s)
        blocks = [] if stop_s <= begin_s else _read(audio, begin_s, stop_s)
        if blocks:
            yield clean(np.concatenate(blocks))[0]


def survey(audio: AudioFile, start_s: float = 0.0, end_s: float | None = None) -> Survey:
    """Look over the stretch start_s .. end_s of a recording. What cannot be read is no part of it."""
    channels = audio.channels
    power = np.zeros((channels, channels))
    tiles = [tiles_of(np.zeros((0, channels), np.float32), audio.rate)]
    samples, peak, loudest = 0, 0.0, 0.0
    tops: list[FloatArray] = []
    equal: list[FloatArray] = []
    tuning = TuningEstimate(audio.rate)
    for sound in looks(audio, start_s, end_s):
        exact = sound.astype(np.float64)
        products = exact.T @ exact
        power += products
        tiles.append(tiles_of(sound, audio.rate))
        tuning.push(sound[:, int(products.diagonal().argmax())])
        samples += len(sound)
        loud = np.abs(sound)
        peak = max(peak, float(loud.max(initial=0.0)))
        tops.append(loud[loud >= BELOW_CUT * peak])
        equal.append(loud[1:][(loud[1:] >= BELOW_CUT * peak) & (sound[1:] == sound[:-1])])
        loudest = max(loudest, math.sqrt(products.diagonal().max() / max(len(sound), 1)))
    level_db = 20 * math.log10(loudest) if loudest > 0 else SILENT_DB
    return Survey(
        power, np.concatenate(tiles), samples / audio.rate, peak, level_db, _is_clipped(tops, equal), tuning.cents
    )


def _is_clipped(tops: list[FloatArray], equal: list[FloatArray]) -> bool:
    """The greatest samples of each look, and those of them that equal the one before."""
    loud, repeated = (np.concatenate([np.zeros(0, np.float32), *parts]) for parts in (tops, equal))
    peak = float(loud.max(initial=0.0))
    cut = int((loud >= CUT * peak).sum())
    below = int((loud >= BELOW_CUT * peak).sum()) - cut
    return peak > 0 and cut >= max(FEWEST_CUT, below) and int((repeated >= CUT * peak).sum()) >= LEAST_EQUAL * cut


def _read(audio: AudioFile, start_s: float, end_s: float) -> list[FloatArray]:
    try:
        return [block for block in audio.glance(start_s, end_s - start_s) if len(block)]
    except FileError:
        return []
