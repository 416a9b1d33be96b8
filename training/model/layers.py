"""Causal layers with explicit state: each is `output, state = layer(input, state)` for any number of frames.

Tensors are (B, T, F, C): frames, places on the frequency axis, channels last, the fastest layout for matrix units.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

# Semitones from a key to its harmonics 1 to 8, and on to the 16th: small pianos sound their lowest strings hardly below
# the 5th. From the 11th on a little above the harmonic, where stiff strings have it.
OVERTONES = (0, 12, 19, 24, 28, 31, 34, 36, 38, 40, 42, 43, 45, 47, 49)
PARTNERS = (-36, -31, -28, -24, -19, -12, -1, 0, 1, 12, 19, 24)  # keys that share partials, and neighbours


def convolve(x: Tensor, conv: nn.Conv2d) -> Tensor:
    """Apply a convolution to (B, T, F, C); the permutations are views, the memory stays channels-last."""
    y: Tensor = conv(x.permute(0, 3, 1, 2))
    return y.permute(0, 2, 3, 1)


class Norm(nn.BatchNorm1d):
    """Batch norm over the last axis of a tensor of any shape; in evaluation a fixed scale and shift."""

    def forward(self, input: Tensor) -> Tensor:
        return super().forward(input.reshape(-1, self.num_features)).view(input.shape)


class CausalConv(nn.Module):
    """3 x width convolution over frames and places that sees this frame and the two before; state (B, 2, F, C)."""

    past = 2

    def __init__(self, inputs: int, outputs: int, width: int, stride: int = 1) -> None:
        super().__init__()
        padding = (width - stride) // 2
        kernel = (self.past + 1, width)
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride=(1, stride), padding=(0, padding), bias=False)

    def forward(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        seen = torch.cat([state, x], 1)
        return convolve(seen, self.conv), seen[:, -self.past :]


class HarmonicStack(nn.Module):
    """For each of `keys` places, look at the places at the given distances in semitones (outside: zero) and mix.

    (B, T, places, inputs) -> (B, T, keys, outputs). After the idea of harmonic stacking (Bittner et al. 2022, Basic
    Pitch, section 3.1; Wei et al. 2022, HPPNet), with learnt channels in place of raw spectra.
    """

    def __init__(self, inputs: int, channels: int, outputs: int, distances: tuple[int, ...], keys: int) -> None:
        super().__init__()
        self.distances, self.keys = distances, keys
        self.squeeze = nn.Linear(inputs, channels)
        self.mix = nn.Linear(channels * len(distances), outputs, bias=False)
        self.norm = Norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        below = max(0, -min(self.distances))
        above = max(0, self.keys + max(self.distances) - x.shape[2])
        padded = functional.pad(functional.relu(self.squeeze(x)), (0, 0, below, above))
        views = [padded[:, :, below + d : below + d + self.keys] for d in self.distances]
        mixed: Tensor = self.norm(self.mix(torch.cat(views, 3)))
        return mixed
