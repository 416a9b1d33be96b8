"""Features of absolute loudness, from MIDI velocities: meaningless where a microphone sets their level."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.sound import VELOCITIES_PER_OCTAVE, ModelledSound
from realtime.report.features.statistics import mean, percentiles
from realtime.report.features.timing import bottoms

# Lowest pitch of each register.
REGISTERS = {"bass": 0, "tenor": 48, "middle": 60, "treble": 72}
HIGHEST_PITCH = 127
BUSIEST_S, BUSIEST_HOP_S = 1.0, 0.25


def level_features(notes: NoteTable, groups: Strikes, sound: ModelledSound) -> dict[str, float]:
    """Velocities: of all, of the upper and the lower line, of registers (of all where one is empty); energy
    struck per second and energy that sounds, in octaves."""
    velocity = notes.velocity.astype(np.float64)
    energy = 2 ** (velocity / VELOCITIES_PER_OCTAVE)
    playing = max(float(groups.time[-1] - groups.time[0]), 0.5)
    upper = velocity[groups.top]
    absolute = sound.loudness + float(np.median(velocity)) / VELOCITIES_PER_OCTAVE
    return {
        **percentiles("all", velocity, (0, 5, 10, 25, 50, 75, 90, 95, 100)),
        "mean": mean(velocity),
        "top": mean(upper),
        **percentiles("top", upper, (10, 90)),
        "bottom": mean(velocity[bottoms(notes, groups)]),
        **_registers(notes.pitch, velocity),
        "power": float(np.log2(energy.sum() / playing)),
        "busiest": float(np.log2(_busiest(notes.onset, energy))),
        "sounds": mean(absolute),
        **percentiles("sounds", absolute, (10, 90)),
    }


def _registers(pitch: IntArray, velocity: Float64Array) -> dict[str, float]:
    inside = [(pitch >= low) & (pitch < high) for low, high in pairwise([*REGISTERS.values(), HIGHEST_PITCH + 1])]
    return {name: mean(velocity[own] if own.any() else velocity) for name, own in zip(REGISTERS, inside, strict=True)}


def _busiest(onset: Float64Array, energy: Float64Array) -> float:
    """The most energy that is struck within a second."""
    total = np.append(0.0, np.cumsum(energy))
    start = np.arange(onset[0], onset[-1] + BUSIEST_HOP_S, BUSIEST_HOP_S)
    first, last = np.searchsorted(onset, start), np.searchsorted(onset, start + BUSIEST_S)
    return float((total[last] - total[first]).max())
