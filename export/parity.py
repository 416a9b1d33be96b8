"""The exported file against torch, hop by hop: a player gets the activations that training computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from export.verify import SHORTEST_S, Check
from realtime.contract import HEADS, HOP, SAMPLE_RATE, FloatArray
from realtime.transcription.model import OnnxStep
from training.model.network import PianoNetwork

TOLERANCE = 1e-4  # on activations: float32 rounding through some hundred recurrent steps stays far below


def largest_difference(path: Path, network: PianoNetwork, audio: FloatArray) -> dict[str, float]:
    """Per head, the largest difference between the file, its states carried over all hops, and torch's whole-clip
    forward. audio: float32 (n,), at least 10 s at 16 kHz, else ValueError. NaN anywhere makes it infinite."""
    if len(audio) < SHORTEST_S * SAMPLE_RATE:
        raise ValueError(f"{len(audio) / SAMPLE_RATE:.1f} s of audio, expected at least {SHORTEST_S:.0f} s")
    audio = audio[: len(audio) // HOP * HOP]
    network.eval()
    with torch.no_grad():
        whole, _ = network(torch.from_numpy(audio)[None], network.initial_state())
    model = OnnxStep(path, device="cpu")
    worst = dict.fromkeys(HEADS, 0.0)
    for t, hop in enumerate(audio.reshape(-1, HOP)):
        outputs = model.step(hop)
        for head in HEADS:
            expected = whole[head][0, t].numpy().reshape(outputs[head].shape)
            gap = float(np.abs(outputs[head] - expected).max())
            worst[head] = max(worst[head], gap if np.isfinite(gap) else float("inf"))
    return worst


def check_parity(path: Path, network: PianoNetwork, audio: FloatArray) -> Check:
    """The clause for the report."""
    worst = largest_difference(path, network, audio)
    head = max(worst, key=lambda name: worst[name])
    seconds = len(audio) / SAMPLE_RATE
    return Check(
        f"equals torch over {seconds:.0f} s to {TOLERANCE:.0e}", worst[head] <= TOLERANCE, f"{worst[head]:.1e} ({head})"
    )
