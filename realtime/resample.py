"""Streaming resampler: any input rate of 8-192 kHz to the model's 16 kHz."""

from __future__ import annotations

from realtime.contract import FloatArray


class Resampler:
    """Mono audio at `input_rate` -> mono audio at 16 kHz, delayed by a declared amount of at most 1 ms (0 at 16 kHz).

    After n input samples, ceil(n * 16000 / input_rate) output samples have come out, however the input was cut.
    """

    delay_s: float
    delay_samples: float

    def __init__(self, input_rate: int) -> None:
        """Raises ValueError outside 8-192 kHz. `delay_samples` counts samples of the input, and may be a fraction."""
        raise NotImplementedError

    def push(self, block: FloatArray) -> FloatArray:
        """float32 (n,), any n >= 0 -> float32 (m,): the output samples that have become complete."""
        raise NotImplementedError

    def reset(self) -> None:
        """Forget the past: as new."""
        raise NotImplementedError
