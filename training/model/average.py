"""One network of several: the weighted mean of checkpoints' averaged weights.

Networks that began from the same weights lie in one valley of the loss; their mean does better on unlike sound
(Wortsman et al. 2022, "Model soups", section 3; and "Robust fine-tuning of zero-shot models", section 3, for the mean
with the network that a run began from).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from realtime.errors import UsageError
from training.model.checkpoint import Checkpoint


def average(paths: Sequence[Path], weights: Sequence[float]) -> Checkpoint:
    """The last of the checkpoints with the mean of all their averaged weights, by `weights` (of any sum).

    Raises FileError, or UsageError when the networks are of different sizes or the weights do not fit."""
    if len(weights) != len(paths) or min(weights, default=0.0) < 0 or not 0 < sum(weights) < math.inf:
        raise UsageError(f"{len(paths)} checkpoints need as many weights, none below 0, not {list(weights)}.")
    networks = [Checkpoint.load(path) for path in paths]
    shapes = [{name: value.shape for name, value in network.averaged.items()} for network in networks]
    different = [str(path) for path, shape in zip(paths, shapes, strict=True) if shape != shapes[-1]]
    if different:
        raise UsageError(f"{different[0]} holds an ear of other sizes than {paths[-1]}: they have no mean.")
    shares = [weight / sum(weights) for weight in weights]
    mean = {name: _mean([network.averaged[name] for network in networks], shares) for name in networks[-1].averaged}
    return replace(networks[-1], averaged=mean)


def _mean(values: Sequence[Tensor], shares: Sequence[float]) -> Tensor:
    """Counters, which are no floating-point numbers, as in the last."""
    if not values[-1].is_floating_point():
        return values[-1]
    return sum((share * value for share, value in zip(shares, values, strict=True)), start=values[-1].new_zeros(()))
