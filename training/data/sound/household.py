"""Synthetic household noise (knocks, creaks, beeps, squeaks), to train on sound that is no piano.

Recorded clips of such sounds are few, and a network takes their sudden start and their ring at some pitch for notes. A
struck object rings in inharmonic modes (Cook 1997, "Physically informed sonic modeling": a cabinet, a glass, a key
ring); a door creaks by sticking and slipping at a gliding rate.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from realtime.contract import SAMPLE_RATE, Float64Array
from training.data.sound.speech import Audio, eased

_EDGE_S = 0.003


def household_noise(count: int, random: np.random.Generator) -> Audio:
    """(count,) of one object that sounds now and then, or steadily; the loudest sample is 1."""
    make_sound = KINDS[int(random.integers(len(KINDS)))](random)
    pause = float(np.exp(random.uniform(np.log(0.08), np.log(1.2))))
    steady = bool(random.random() < 0.4)  # a metronome, a tap that drips
    sound, now = np.zeros(count), random.uniform(0, min(pause, count / SAMPLE_RATE))
    while now * SAMPLE_RATE < count:
        first = int(now * SAMPLE_RATE)
        one = make_sound()[: count - first] * random.uniform(0.3, 1.0)
        sound[first : first + len(one)] += one
        now += pause if steady else max(0.03, float(random.exponential(pause)))
    return np.asarray(sound / max(float(np.abs(sound).max(initial=0.0)), 1e-9), np.float32)


def knocks(random: np.random.Generator) -> Callable[[], Float64Array]:
    """A struck object of wood, glass or metal: the same modes at every blow, excited a little differently each time."""
    modes = int(random.integers(3, 12))  # with fewer it might be a treble note
    hz = np.exp(random.uniform(np.log(120), np.log(6000), modes))
    decay_s = np.exp(random.uniform(np.log(0.004), np.log(random.choice([0.03, 0.1, 0.3])), modes))
    gains = random.exponential(1.0, modes)

    def blow() -> Float64Array:
        time = np.arange(int(min(1.5, 5 * decay_s.max()) * SAMPLE_RATE) + 1) / SAMPLE_RATE
        struck = gains * random.uniform(0.3, 1.0, modes)
        rings = np.exp(-time[:, None] / decay_s) * np.sin(2 * np.pi * hz * time[:, None] + random.uniform(0, 6, modes))
        thud = random.standard_normal(len(time)) * np.exp(-time / random.uniform(0.001, 0.008))
        return np.asarray(rings @ struck + thud * struck.sum() * random.uniform(0, 1), np.float64)

    return blow


def creaks(random: np.random.Generator) -> Callable[[], Float64Array]:
    """A hinge or a chair: slips at a gliding rate, through the resonances of the wood."""
    body = knocks(random)

    def creak() -> Float64Array:
        samples = int(random.uniform(0.1, 0.9) * SAMPLE_RATE)
        slow, fast = np.log(random.uniform(15, 400, 2))
        rate = np.exp(np.linspace(slow, fast, samples))
        slips = np.diff(
            np.floor(np.cumsum(rate * (1 + 0.1 * random.standard_normal(samples))) / SAMPLE_RATE), prepend=0.0
        )
        return eased(
            np.convolve(slips * random.uniform(0.5, 1.0, samples), body()[: SAMPLE_RATE // 10])[:samples], _EDGE_S
        )

    return creak


def beeps(random: np.random.Generator) -> Callable[[], Float64Array]:
    """A metronome, a telephone, an appliance: one or two tones without a decay, pure or with odd harmonics."""
    pitches = np.exp(random.uniform(np.log(300), np.log(4000), int(random.integers(1, 3))))
    length_s, odd = float(np.exp(random.uniform(np.log(0.015), np.log(0.5)))), bool(random.random() < 0.4)

    def beep() -> Float64Array:
        phase = 2 * np.pi * random.choice(pitches) * np.arange(int(length_s * SAMPLE_RATE) + 1) / SAMPLE_RATE
        return eased(np.sin(phase) + (np.sin(3 * phase) / 3 + np.sin(5 * phase) / 5 if odd else 0.0), _EDGE_S)

    return beep


def squeaks(random: np.random.Generator) -> Callable[[], Float64Array]:
    """A shoe, a brake, a bird: one tone that glides quickly, with a little breath."""
    middle = float(np.exp(random.uniform(np.log(500), np.log(5000))))

    def squeak() -> Float64Array:
        samples = int(random.uniform(0.04, 0.4) * SAMPLE_RATE)
        bend = np.cumsum(random.normal(0, 1, 4))[np.minimum(np.arange(samples) * 4 // samples, 3)]
        smooth = np.convolve(np.pad(bend, SAMPLE_RATE // 100, "edge"), np.ones(SAMPLE_RATE // 50), "same") / (
            SAMPLE_RATE // 50
        )
        hz = np.minimum(middle * np.exp(0.15 * smooth[SAMPLE_RATE // 100 :][:samples]), 0.45 * SAMPLE_RATE)
        tone = np.sin(2 * np.pi * np.cumsum(hz) / SAMPLE_RATE)
        return eased(tone + random.uniform(0, 0.3) * random.standard_normal(samples), _EDGE_S)

    return squeak


KINDS = (knocks, creaks, beeps, squeaks)
