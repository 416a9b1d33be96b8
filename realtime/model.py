"""The model as one step: an ONNX session with its state."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from realtime.contract import FloatArray, StreamSpec


class OnnxStep:
    """One hop of audio in, activations of every delay out; the state stays here between steps.

    device: "cpu", "cuda", or "auto": what a one-second benchmark finds faster, where onnxruntime has CUDA at all.
    `provider` is what was taken: "cpu" or "cuda".
    """

    spec: StreamSpec
    provider: str

    def __init__(self, source: Path | str | bytes, device: str = "auto") -> None:
        """Loads, checks names and shapes, and warms up. Raises ModelError."""
        raise NotImplementedError

    def step(self, audio: FloatArray) -> dict[str, np.ndarray]:
        """float32 (160,) -> onset, frame, keyoff, velocity (D, 88) and pedal (D, 1), rows as in `spec.shifts`."""
        raise NotImplementedError

    def reset(self) -> None:
        """State to zero: a new stream."""
        raise NotImplementedError


def shipped_model() -> Path:
    """The model file that comes with the program. Raises ModelError when the installation lacks it."""
    raise NotImplementedError
