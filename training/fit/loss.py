"""The training loss: weighted cross entropies, each delay against the labels of its reference frame."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from realtime.contract import HEADS
from realtime.transcription.decoder import RESTRIKE_FRAMES
from training.fit.config import LossWeights
from training.fit.targets import ONSET_FRAMES
from training.model.network import Logits


def network_loss(
    logits: Logits, targets: dict[str, Tensor], shifts: Sequence[int], weights: LossWeights
) -> tuple[Tensor, dict[str, Tensor]]:
    """Sum over delays and heads; per frame a sum over keys, then the mean over frames.

    targets: rolls of `training.fit.targets.Targets` as uint8 tensors (B, T, 88), pedal (B, T); optional: sparse
    (B,), 1 for segments of lone notes or noise. Returns the loss and its parts by head, each a mean over delays.
    Velocity: squared error of v / 127 on onset frames only, mean over them, the part that a segment's notes share
    weighed apart (`_velocity_error`).
    """
    parts = {name: logits.pedal.new_zeros((), dtype=torch.float32) for name in HEADS}
    positive = {"onset": weights.onset_positive, "frame": 1.0, "keyoff": weights.keyoff_positive}
    rolls = {name: roll.float() for name, roll in targets.items()}
    onset_weight = 1 + (weights.restrike - 1) * just_struck(rolls["onset"])
    if "sparse" in rolls:
        onset_weight = onset_weight * (1 + (weights.sparse - 1) * rolls["sparse"])[:, None, None]
    for i, shift in enumerate(shifts):
        key_logits = logits.keys[i][:, shift:].float()
        frames = key_logits.shape[1]
        for head, name in enumerate(("onset", "frame", "keyoff")):
            roll = rolls[name][:, :frames]
            entropy = functional.binary_cross_entropy_with_logits(
                key_logits[..., head],
                roll,
                weight=onset_weight[:, :frames] if name == "onset" else None,
                pos_weight=key_logits.new_tensor(positive[name]),
                reduction="sum",
            )
            parts[name] = parts[name] + entropy / (key_logits.shape[0] * frames)
        struck = rolls["onset"][:, :frames]
        error = (key_logits[..., 3].sigmoid() - rolls["velocity"][:, :frames] / 127) * struck
        parts["velocity"] = parts["velocity"] + _velocity_error(error, struck, weights.velocity_level)
        down = rolls["pedal"][:, :frames]
        pedal_logits = logits.pedal[:, shift:, i].float()
        parts["pedal"] = parts["pedal"] + functional.binary_cross_entropy_with_logits(pedal_logits, down)
    total = sum((getattr(weights, name) * part for name, part in parts.items()), start=parts["onset"].new_zeros(()))
    return total, {name: part.detach() / len(shifts) for name, part in parts.items()}


def just_struck(onset: Tensor) -> Tensor:
    """1 in the RESTRIKE_FRAMES frames after a stroke's own, else 0; onset and result (B, T, 88).

    A key that is struck again into its own sound rises little there, and few frames of all are such."""
    padded = functional.pad(onset.transpose(1, 2), (RESTRIKE_FRAMES + ONSET_FRAMES - 1, 0))
    struck = functional.max_pool1d(padded, RESTRIKE_FRAMES, stride=1)  # the window ends before the label's own frames
    return struck[..., : onset.shape[1]].transpose(1, 2)


def _velocity_error(error: Tensor, struck: Tensor, level_weight: float) -> Tensor:
    """Mean square over all struck frames (B, T, 88) of the error inside its segment, plus `level_weight` times that of
    the segments' own means.

    The level of a segment is drawn at random, so most of the error of its mean cannot be learnt; the differences of
    velocity between its notes can, and these are what a listener compares.
    """
    notes = struck.sum((1, 2))
    mean = error.sum((1, 2)) / notes.clamp(min=1.0)
    total = error.square().sum()
    level = (notes * mean.square()).sum()
    return (total - level + level_weight * level) / notes.sum().clamp(min=1.0)
