"""The network with its loss as one module, computing in the arithmetic that is faster here."""

from __future__ import annotations

import time
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from training.fit.config import LossWeights, Precision
from training.fit.loader import Batch
from training.fit.loss import network_loss
from training.model.layers import Norm
from training.model.network import PianoNetwork

PRECISIONS = {"bf16": torch.bfloat16, "fp32": torch.float32}
_WORTH_IT = 1.3  # rounding costs a little accuracy: below this gain float32 is kept


class NetworkWithLoss(nn.Module):
    """`loss, parts = network_with_loss(batch)`; a module, so that Fabric can wrap it for several processes.

    Parameters, their gradients and the optimiser stay in float32: with "bf16" each step computes on a rounded copy.
    """

    def __init__(self, network: PianoNetwork, weights: LossWeights, precision: str) -> None:
        super().__init__()
        self.from_features = FromFeatures(network)
        self.weights = weights
        self.dtype = PRECISIONS[precision]
        norms = [name for name, module in self.from_features.named_modules() if isinstance(module, Norm)]
        kept = {f"{norm}.{parameter}" for norm in norms for parameter in ("weight", "bias")}
        self.rounded = [name for name, _ in self.from_features.named_parameters() if name not in kept]

    def forward(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        network = self.from_features.network
        parameters = dict(self.from_features.named_parameters())
        rounded = {name: parameters[name].to(self.dtype) for name in self.rounded}
        features = batch["features"].to(self.dtype)
        state = network.initial_state(features.shape[0], self.dtype)
        logits, _ = functional_call(self.from_features, rounded, (features, state))
        targets = {name: roll for name, roll in batch.items() if name != "features"}
        return network_loss(logits, targets, list(network.config.shifts.values()), self.weights)


class FromFeatures(nn.Module):
    """`PianoNetwork.forward_features` as a module of its own: functional_call needs a `forward`."""

    def __init__(self, network: PianoNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *arguments: Any) -> Any:
        return self.network.forward_features(*arguments)


def faster_precision(device: torch.device) -> Precision:
    """ "bf16" on a GPU and where this processor multiplies bfloat16 clearly faster than float32, else "fp32".

    Processors without bfloat16 instructions emulate them, several times slower than float32.
    """
    if device.type == "cuda":
        return "bf16"
    return "bf16" if _product_s(torch.float32) > _WORTH_IT * _product_s(torch.bfloat16) else "fp32"


def _product_s(dtype: torch.dtype) -> float:
    """Seconds of the kind of matrix product that fills a step; the best of several."""
    rows, weights = torch.ones(8192, 144, dtype=dtype), torch.ones(144, 64, dtype=dtype)
    times = []
    for _ in range(6):
        began = time.perf_counter()
        torch.mm(rows, weights)
        times.append(time.perf_counter() - began)
    return min(times)
