"""Recordings that are far too quiet, beyond full scale or cut off there, and the gain with which the model hears well.

Onset F1 of two recordings with their loudest moments near -26 dBFS .87, from 24 dB louder to 30 dB softer the same,
45 dB softer .52, 60 dB softer 0; raised again .87, or .80 when they had lost 60 dB of their 16 bits.
"""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple

import numpy as np

from realtime.audio.audio_file import AudioFile
from realtime.audio.survey import Survey
from realtime.contract import FloatArray
from realtime.words import Phrase, Said

TOO_QUIET = Phrase("audio.too_quiet", "{path} is far too quiet: its loudest moments have {level_db:.0f} dBFS.")
RAISED = Phrase(
    "audio.raised",
    "{path} is far too quiet ({level_db:.0f} dBFS); it was raised by {gain_db:.0f} dB, noise and all.",
)
BEYOND = Phrase("audio.beyond", "{path} goes {over_db:.0f} dB beyond full scale.")
LOWERED = Phrase("audio.lowered", "{path} goes {over_db:.0f} dB beyond full scale; it was lowered by as much.")

CLIPPED = Phrase(
    "audio.clipped",
    "{path} is clipped: its loudest moments are cut off, and notes may be wrong there. Record with less gain.",
)

MOMENT_S, MOMENTS = 0.4, 3  # a pop or two does not count
LOOK_CLOSER_DB, QUIET_DB, USUAL_DB = -40.0, -50.0, -26.0  # RMS, dBFS
GREATEST_GAIN_DB = 60.0
FULL_SCALE = 10 ** (1 / 20)  # lossy formats overshoot it by less than 1 dB
HEARD_WELL = 4.0  # of full scale: up to there nothing is lost


class Gain(NamedTuple):
    """factor: for every sample; warning: what a player should know, None for a recording as any."""

    factor: float = 1.0
    warning: Said | None = None


def gain_of(audio: AudioFile, found: Survey, start_s: float = 0.0, end_s: float | None = None) -> Gain:
    """found: of the same stretch. The whole stretch is read where that looks unusual.

    Noise is not raised: sound without pitches stays as it is. Raises FileError when there is nothing to read.
    """
    if found.loudest_db > LOOK_CLOSER_DB and found.peak <= FULL_SCALE:
        return Gain(1.0, CLIPPED(path=audio.path)) if found.clipped else Gain()
    rms, peak = _loudest(audio, start_s, end_s)
    if peak > HEARD_WELL:
        return Gain(1 / peak, LOWERED(path=audio.path, over_db=20 * math.log10(peak)))
    if peak > FULL_SCALE:
        return Gain(1.0, BEYOND(path=audio.path, over_db=20 * math.log10(peak)))
    level_db = 20 * math.log10(max(rms, 1e-15))
    if rms == 0.0 or level_db > QUIET_DB:
        return Gain()
    if found.tuning_cents is None:
        return Gain(1.0, TOO_QUIET(path=audio.path, level_db=level_db))
    gain_db = min(USUAL_DB - level_db, GREATEST_GAIN_DB)
    return Gain(10 ** (gain_db / 20), RAISED(path=audio.path, level_db=level_db, gain_db=gain_db))


def _loudest(audio: AudioFile, start_s: float, end_s: float | None) -> tuple[float, float]:
    """RMS and peak of the third of the loudest moments, in their loudest channel, of full scale."""
    size = max(round(MOMENT_S * audio.rate), 1)
    rms, peaks = [0.0] * MOMENTS, [0.0] * MOMENTS
    pending: FloatArray = np.zeros((0, audio.channels), np.float32)
    for block in audio.blocks(start_s, end_s):
        sound = np.concatenate((pending, np.nan_to_num(block, posinf=0.0, neginf=0.0)))
        whole = len(sound) // size * size
        for moment in sound[:whole].reshape(-1, size, audio.channels):
            _add(moment, rms, peaks)
        pending = sound[whole:]
    if len(pending):
        _add(pending, rms, peaks)
    counted = max(sum(peak > 0 for peak in peaks), 1)
    return heapq.nlargest(counted, rms)[-1], heapq.nlargest(counted, peaks)[-1]


def _add(moment: FloatArray, rms: list[float], peaks: list[float]) -> None:
    """Keep the loudest: both lists are heaps."""
    heapq.heappushpop(rms, float(np.sqrt(np.mean(np.square(moment, dtype=np.float64), axis=0).max())))
    heapq.heappushpop(peaks, float(np.abs(moment).max()))
