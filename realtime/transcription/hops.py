"""The model's time steps: sound at any rate -> resampler -> hops of 10 ms at 16 kHz, then the silence after the end."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from realtime.audio.resample import Resampler
from realtime.contract import HOP, SAMPLE_RATE, FloatArray, StreamSpec


class Hops:
    """Mono audio at `rate` -> whole hops for the model, however the audio is cut.

    delay_samples: until a hop is full, at 16 kHz; `resampler` has its own, in samples of the input.
    """

    delay_samples = HOP

    def __init__(self, rate: int = SAMPLE_RATE, tuning_cents: float = 0.0) -> None:
        """tuning_cents: by which the piano lies above A4 = 440 Hz.

        Raises ValueError for an impossible rate or tuning.
        """
        self.resampler = Resampler(rate, tuning_cents)
        self.reset()

    def push(self, block: FloatArray) -> FloatArray:
        """float32 (n,), any n >= 0 -> float32 (k, 160): the hops now complete."""
        self._received += len(block)
        audio = np.concatenate((self._rest, self.resampler.push(block)))
        whole = len(audio) - len(audio) % HOP
        self._rest: FloatArray = audio[whole:]
        return audio[:whole].reshape(-1, HOP)

    def silence(self, spec: StreamSpec, delays: Iterable[str]) -> int:
        """How many zeros the slowest of the delays needs, were this the end of the input."""
        resampler = self.resampler
        end_s = (self._received + resampler.delay_samples) / resampler.taken_rate
        frames = max(frames_until(spec, delay, end_s) for delay in delays)
        return -(-frames * HOP * resampler.taken_rate // SAMPLE_RATE) - self._received

    def reset(self) -> None:
        """Forget the past: as new."""
        self.resampler.reset()
        self._received = 0  # input samples
        self._rest = np.zeros(0, np.float32)


def frames_until(spec: StreamSpec, delay: str, end_s: float) -> int:
    """How many frames a stream needs until every onset before `end_s` (model clock, s) is decided."""
    last_onset = math.ceil((end_s * SAMPLE_RATE + spec.tail_samples) / HOP) - 1
    return last_onset + spec.shifts[delay] + spec.confirm_frames + 1
