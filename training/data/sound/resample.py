"""Resampling by any ratio near 1 in torch: windowed-sinc interpolation with a table of fractional phases."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

TAPS = 32
_PHASES = 512


@lru_cache(maxsize=4)
def _table(device: torch.device) -> Tensor:
    """(_PHASES + 1, TAPS): Kaiser-windowed sinc, row p for a fraction of p / _PHASES of a sample."""
    offset = np.arange(TAPS) - TAPS // 2 + 1 - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = np.i0(8.0 * np.sqrt(np.clip(1 - (offset / (TAPS / 2)) ** 2, 0, 1))) / np.i0(8.0)
    kernel = 0.96 * np.sinc(0.96 * offset) * window
    kernel /= kernel.sum(axis=1, keepdims=True)
    return torch.from_numpy(kernel.astype(np.float32)).to(device)


def resample(audio: Tensor, ratio: float, count: int) -> Tensor:
    """Read float32 (n,) `ratio` times as fast, giving (count,): output i is the input at i * ratio; zeros outside."""
    position = torch.arange(count, device=audio.device, dtype=torch.float64) * ratio
    whole = position.floor()
    phase = ((position - whole) * _PHASES).round().long()
    last = int(whole[-1]) if count else 0
    padded = torch.nn.functional.pad(audio, (TAPS // 2 - 1, max(0, last + TAPS // 2 + 1 - audio.shape[0])))
    windows = padded.unfold(0, TAPS, 1)
    return (windows[whole.long()] * _table(audio.device)[phase]).sum(dim=1)
