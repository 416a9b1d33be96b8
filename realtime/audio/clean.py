"""Samples of any type and value -> float32 that the model can take."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from realtime.contract import FloatArray

LOUDEST = 16.0  # clip far beyond full scale: the square of a wild float would spoil the model's state for good


def clean(block: npt.NDArray[Any]) -> tuple[FloatArray, int]:
    """Any integer or float samples -> float32 of full scale 1.0 within +-16, and how many were NaN or infinite."""
    if block.dtype == np.uint8:
        return ((block.astype(np.float32) - 128) / 128).astype(np.float32), 0
    if np.issubdtype(block.dtype, np.integer):
        return (block / -float(np.iinfo(block.dtype).min)).astype(np.float32), 0
    finite = np.isfinite(block)
    wrong = block.size - int(np.count_nonzero(finite))
    samples = block if wrong == 0 else np.where(finite, block, 0)
    return np.clip(samples, np.float32(-LOUDEST), np.float32(LOUDEST)).astype(np.float32), wrong
