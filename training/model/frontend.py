"""Front-end of the network: log-frequency magnitudes from several asymmetric windows, one frame a hop.

The windows rise over most of their length and fall over a short tail, so that the newest sound weighs much
(asymmetric windows as in Hu et al. 2025; a rising and a falling Hann half of unequal lengths).
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from realtime.contract import HOP, SAMPLE_RATE, AnalysisWindow, FloatArray
from training.model.config import NetworkConfig

A0_HZ = 27.5
GAIN = 1e4  # everything above about -80 dBFS lies on the logarithmic branch
SCALE = 0.2  # full scale sine -> 0.2 * log1p(1e4) = 1.8: a good range for the first convolution


def asymmetric_window(window: AnalysisWindow) -> FloatArray:
    """Half-Hann rise over length - tail samples, half-Hann fall over tail samples; sums to 2, so that a sine of
    amplitude a gives a spectral peak of a. float32 (length,)."""
    rise = window.length - window.tail
    up = np.sin(0.5 * np.pi * (np.arange(rise) + 0.5) / rise) ** 2
    down = np.cos(0.5 * np.pi * (np.arange(window.tail) + 0.5) / window.tail) ** 2
    both = np.concatenate([up, down])
    weights: FloatArray = (2.0 * both / both.sum()).astype(np.float32)
    return weights


def fft_length(window: AnalysisWindow) -> int:
    return 1 << (window.length - 1).bit_length()


def filterbank(config: NetworkConfig, n_fft: int) -> FloatArray:
    """Triangles, one a band, on a log-frequency axis; where the FFT's bins lie wider apart than the bands, a triangle
    of one FFT bin half-width interpolates. float32 (n_fft // 2 + 1, bands), columns sum to 1."""
    bin_hz = SAMPLE_RATE / n_fft
    step = 2 ** (1 / (12 * config.bins_per_semitone))
    first = A0_HZ * step ** -((config.bins_per_semitone - 1) / 2)
    centres = first * step ** np.arange(config.bands)
    half_widths = np.maximum(centres * (step - 1), bin_hz)
    distance = np.abs(np.arange(n_fft // 2 + 1)[:, None] * bin_hz - centres[None, :])
    triangles = np.maximum(0.0, 1.0 - distance / half_widths)
    bank: FloatArray = (triangles / triangles.sum(0)).astype(np.float32)
    return bank


class FrontEnd(nn.Module):
    """`features, memory = frontend(audio, memory)`: audio (B, n * 160) -> features (B, n, bands, windows).

    `memory` (B, memory_samples) holds the newest samples of the past; zeros at the start of a stream. Frame i is made
    of the samples up to the end of hop i: no look-ahead.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.windows = config.windows
        self.memory_samples = max(w.length for w in config.windows) - HOP
        for i, window in enumerate(config.windows):
            self.register_buffer(f"window_{i}", torch.from_numpy(asymmetric_window(window)), persistent=False)
            bank = torch.from_numpy(filterbank(config, fft_length(window)))
            self.register_buffer(f"bank_{i}", bank, persistent=False)

    def forward(self, audio: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        samples = torch.cat([memory, audio], 1)
        channels = []
        for i, window in enumerate(self.windows):
            start = self.memory_samples + HOP - window.length
            if audio.shape[1] == HOP:  # one hop: a plain slice, which every exporter understands
                frames = samples[:, None, start:]
            else:
                frames = samples[:, start:].unfold(1, window.length, HOP)  # (B, T, length)
            spectrum = torch.fft.rfft(frames * self.get_buffer(f"window_{i}"), n=fft_length(window))
            power = torch.view_as_real(spectrum).square().sum(-1)
            channels.append(SCALE * torch.log1p(GAIN * (power + 1e-14).sqrt() @ self.get_buffer(f"bank_{i}")))
        return torch.stack(channels, 3), samples[:, samples.shape[1] - self.memory_samples :]
