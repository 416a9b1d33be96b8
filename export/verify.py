"""Run an exported file against its contract; without torch, as in the program that plays it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from realtime.contract import DELAY_LIMITS_S, DELAYS, HEADS, HOP, SAMPLE_RATE, Activations, FloatArray
from realtime.transcription.model import OnnxStep
from realtime.transcription.stored import activations_of

LARGEST_MB = 15.0
SHORTEST_S = 10.0
ActivationsByDelay = dict[str, Activations]


class Check(NamedTuple):
    """One clause of the contract: whether it holds, and the figure found."""

    clause: str
    holds: bool
    found: str


def verify(path: Path, audio: FloatArray) -> list[Check]:
    """Every clause that can be checked on the file alone; audio: float32 (n,), at least 10 s at 16 kHz.

    Raises ModelError for a file whose spec, names or shapes are not ours, ValueError for too little audio.
    """
    if len(audio) < SHORTEST_S * SAMPLE_RATE:
        raise ValueError(f"{len(audio) / SAMPLE_RATE:.1f} s of audio, expected at least {SHORTEST_S:.0f} s")
    model = OnnxStep(path, device="cpu")  # reads one file into memory: weights in a second one would not be found
    megabytes = path.stat().st_size / 1e6
    whole = run(model, audio, [len(audio)])
    names = f"{len(model.spec.states)} states, {len(model.spec.shifts)} delays, {model.spec.parameters} parameters"
    return [
        Check("one file with our names and shapes", True, names),
        Check(f"at most {LARGEST_MB:.0f} MB", megabytes <= LARGEST_MB, f"{megabytes:.2f} MB"),
        *check_delays(model),
        check_range(whole),
        check_blocks(model, audio, whole),
        check_reset(model, audio[: 3 * SAMPLE_RATE]),
        check_recovery(model, audio[: 3 * SAMPLE_RATE]),
    ]


def run(model: OnnxStep, audio: FloatArray, sizes: list[int]) -> ActivationsByDelay:
    """All delays' activations of audio that arrives in blocks of the given sizes, repeated until it ends."""

    def blocks() -> Iterator[FloatArray]:
        start, turn = 0, 0
        while start < len(audio):
            yield audio[start : start + sizes[turn % len(sizes)]]
            start, turn = start + sizes[turn % len(sizes)], turn + 1

    return dict(activations_of(model, blocks(), SAMPLE_RATE))


def difference(one: ActivationsByDelay, other: ActivationsByDelay) -> float:
    """Largest difference between activations; infinite when NaN is in one of them."""
    gaps = [np.abs(a - b).max() for delay in one for a, b in zip(one[delay], other[delay], strict=True)]
    largest = float(np.max(gaps))
    return largest if np.isfinite(largest) else float("inf")


def check_delays(model: OnnxStep) -> Iterator[Check]:
    for delay in DELAYS:
        if delay not in model.spec.shifts:
            yield Check(f"delay {delay}", False, "missing")
            continue
        seconds, limit = model.spec.delay(delay), DELAY_LIMITS_S[delay]
        yield Check(f"delay {delay} <= {1000 * limit:.0f} ms", seconds <= limit, f"{1000 * seconds:.1f} ms")


def check_range(whole: ActivationsByDelay) -> Check:
    values = [head for activations in whole.values() for head in activations]
    low, high = min(float(v.min()) for v in values), max(float(v.max()) for v in values)
    return Check("activations lie in 0-1", low >= 0.0 and high <= 1.0, f"{low:.4f} .. {high:.4f}")


def check_blocks(model: OnnxStep, audio: FloatArray, whole: ActivationsByDelay) -> Check:
    """However the driver cuts the stream, the same steps are run: bit-equal."""
    gap = difference(whole, run(model, audio, [1, 7, HOP - 1, HOP, HOP + 1, 441, 1024, 4800]))
    return Check("any blocks equal the whole", gap == 0.0, f"{gap:.1e}")


def step_all(model: OnnxStep, audio: FloatArray) -> FloatArray:
    """Every head of every hop, without a reset before, as one row per hop."""
    hops = audio[: len(audio) // HOP * HOP].reshape(-1, HOP)
    rows = []
    for hop in hops:
        outputs = model.step(hop)
        rows.append(np.concatenate([outputs[head].ravel() for head in HEADS]))
    return np.stack(rows)


def check_reset(model: OnnxStep, audio: FloatArray) -> Check:
    """After reset() the same audio gives the same bits; without it other ones, since the state is carried."""
    model.reset()
    first = step_all(model, audio)
    carried = step_all(model, audio)
    model.reset()
    again = step_all(model, audio)
    same, differs = np.array_equal(first, again), not np.array_equal(first, carried)
    return Check("reset() equals new, no reset differs", same and differs, f"equal {same}, differs {differs}")


def check_recovery(model: OnnxStep, audio: FloatArray) -> Check:
    """NaN in the input spreads into the state, and reset() removes it."""
    model.reset()
    clean = step_all(model, audio)
    model.step(np.full(HOP, np.nan, np.float32))
    model.reset()
    cured = np.array_equal(clean, step_all(model, audio))
    return Check("reset() cures NaN", cured, f"equal {cured}")
