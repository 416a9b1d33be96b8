"""Features of the sound that notes and pedal make, by a simple model: each note's energy decays until its damper falls.

No recording is used. A note's energy grows by an octave (3 dB) every ten velocities, and it falls to 1/e in 2.5 s
at middle C, in half of that two octaves higher: round figures of a grand piano (Fletcher & Rossing, The Physics of
Musical Instruments, 1998, section 12.9).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.report.features.pedal import sounding_end
from realtime.report.features.statistics import deviation, mean

GRID_S = 0.05
VELOCITIES_PER_OCTAVE = 10.0
DECAY_S, MIDDLE_C, PITCHES_PER_HALF = 2.5, 60, 24.0
SILENCE_OCTAVES = -8.0  # relative to a note of median velocity at its onset
LOW, HIGH = 48, 72


class ModelledSound(NamedTuple):
    """Every GRID_S (T,): loudness in octaves of energy relative to a note of median velocity at its onset, at least
    SILENCE_OCTAVES; pitch: mean of sounding notes, weighed by energy, NaN in silence. low, high: shares of all energy
    below C3 and above C5."""

    loudness: Float64Array
    pitch: Float64Array
    low: float
    high: float


def modelled_sound(notes: NoteTable) -> ModelledSound:
    """The sound of a window with at least one note."""
    time = np.arange(notes.onset[0], notes.offset.max() + GRID_S, GRID_S)
    since = time[:, None] - notes.onset
    loud = notes.velocity - float(np.median(notes.velocity))
    decay = DECAY_S * 2 ** (-(notes.pitch - MIDDLE_C) / PITCHES_PER_HALF)
    sounds = (since >= 0) & (time[:, None] < sounding_end(notes))
    energy = np.where(sounds, np.exp2(loud / VELOCITIES_PER_OCTAVE) * np.exp(-np.maximum(since, 0) / decay), 0.0)
    total = energy.sum(axis=1)
    audible = total > 2**SILENCE_OCTAVES
    pitch = np.where(audible, energy @ notes.pitch / np.where(audible, total, 1.0), np.nan)
    whole = max(float(total.sum()), 2**SILENCE_OCTAVES)
    low, high = (float(energy[:, part].sum()) / whole for part in (notes.pitch < LOW, notes.pitch > HIGH))
    return ModelledSound(np.log2(np.maximum(total, 2**SILENCE_OCTAVES)), pitch, low, high)


def sound_features(sound: ModelledSound) -> dict[str, float]:
    """Octaves of energy, semitones, shares."""
    loudness, pitch = sound.loudness, sound.pitch[np.isfinite(sound.pitch)]
    p20, p95 = np.percentile(loudness, (20, 95))
    return {
        "sd": deviation(loudness),
        "range": p95 - p20,
        "motion": mean(np.abs(np.diff(loudness))),
        "pitch": mean(pitch),
        "pitch_sd": deviation(pitch),
        "low": sound.low,
        "high": sound.high,
    }
