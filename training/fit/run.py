"""A training run: network, optimiser, average and clock, one step at a time; saved and resumed exactly."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from lightning.fabric import Fabric

from realtime.errors import LisztenError, UsageError
from training.fit.config import FitSettings, RunConfig, config_table
from training.fit.loader import Batch
from training.fit.network_with_loss import NetworkWithLoss, faster_precision
from training.model.checkpoint import LAST, Checkpoint
from training.model.initial import load_initial
from training.model.network import PianoNetwork

# Settings that may differ when a run is resumed: they change neither what is learnt nor in which order.
_FREE = {
    "steps",
    "plateau_steps",
    "minutes",
    "workers",
    "threads",
    "checkpoint_minutes",
    "validation_segments",
    "precision",
}


def rate_factor(settings: FitSettings, step: int, seconds: float, budget_s: float | None) -> float:
    """Warm-up, then a cosine to zero: after the plateau, or from the beginning over the schedule's steps or the time
    budget, whichever ends first."""
    warmup = min(1.0, (step + 1) / max(1, settings.warmup_steps))
    if settings.plateau_steps:
        fallen = max(0, step - settings.plateau_steps) / (settings.steps - settings.plateau_steps)
    else:
        fallen = share_done(settings, step, seconds, budget_s)
    return warmup * 0.5 * (1 + math.cos(math.pi * min(1.0, fallen)))


def share_done(settings: FitSettings, step: int, seconds: float, budget_s: float | None) -> float:
    """How much of the schedule or the budget is used up, from 0 to 1 and a little more."""
    return max(step / settings.steps, 0.0 if budget_s is None else seconds / budget_s)


class Average:
    """Exponential moving average of a network's parameters and buffers; starts quickly, then holds `decay`."""

    def __init__(self, network: PianoNetwork, decay: float) -> None:
        self.decay = decay
        self.values = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: PianoNetwork, step: int) -> None:
        """step: optimiser steps done, 1 after the first."""
        decay = min(self.decay, step / (step + 9))
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                self.values[name].lerp_(value, 1 - decay)
            else:
                self.values[name].copy_(value)


class Run:
    """step: optimiser steps done. seconds: time spent on them. budget_s: at which `seconds` the run ends, or None."""

    def __init__(self, config: RunConfig, folder: Path, fabric: Fabric) -> None:
        if config.fit.precision == "auto":
            precision = fabric.broadcast(faster_precision(fabric.device))
            config = replace(config, fit=replace(config.fit, precision=precision))
        self.config, self.folder, self.fabric = config, folder, fabric
        self.budget_s = config.fit.minutes * 60 or None
        torch.manual_seed(config.fit.seed)
        self.network = PianoNetwork(config.ear)
        trained = NetworkWithLoss(self.network, config.loss, config.fit.precision)
        optimizer = torch.optim.AdamW(
            self._groups(), lr=config.fit.learning_rate, betas=(0.9, 0.98), weight_decay=config.fit.weight_decay
        )
        self.trained, self.optimizer = fabric.setup(trained, optimizer)
        self.average = Average(self.network, config.fit.ema)
        self.step, self.seconds = 0, 0.0

    def _groups(self) -> list[dict[str, Any]]:
        """Weight decay for matrices only: norms, biases and per-key offsets stay free."""
        matrices = [p for n, p in self.network.named_parameters() if p.ndim >= 2 and not n.endswith("_bias")]
        others = [p for n, p in self.network.named_parameters() if p.ndim < 2 or n.endswith("_bias")]
        return [{"params": matrices}, {"params": others, "weight_decay": 0.0}]

    def resume(self, anneal: int | None = None) -> None:
        """Go on from the folder's checkpoint; with `anneal`, at a rate that falls to zero in so many steps.

        Raises FileError when there is none, UsageError when the configuration is another one."""
        checkpoint = Checkpoint.load(self.folder / LAST)
        changed = _differences(checkpoint.config, config_table(self.config))
        if changed:
            raise UsageError(
                f"{self.folder} was begun with other settings ({', '.join(changed)}): give the same configuration, "
                f"or start a new run with --init {self.folder / LAST}."
            )
        self.network.load_state_dict(checkpoint.ear)
        self.average.values = {n: v.to(self.fabric.device) for n, v in checkpoint.averaged.items()}
        self.optimizer.load_state_dict(checkpoint.optimizer)
        self.step, self.seconds = checkpoint.step, checkpoint.seconds
        if anneal is not None:
            left = min(self.step, int(checkpoint.config["fit"].get("plateau_steps") or self.step))
            fit = replace(self.config.fit, plateau_steps=left, steps=left + anneal)
            self.config = replace(self.config, fit=fit)

    def start_from(self, path: Path) -> None:
        """Begin with existing weights. Raises FileError, ModelError."""
        load_initial(self.network, path)
        self.average = Average(self.network, self.config.fit.ema)

    def save(self) -> None:
        """Write the checkpoint (first process only). Raises FileError."""
        if self.fabric.is_global_zero:
            Checkpoint(
                config=config_table(self.config),
                step=self.step,
                seconds=self.seconds,
                ear=self.network.state_dict(),
                averaged=self.average.values,
                optimizer=self.optimizer.state_dict(),
            ).save(self.folder / LAST)

    def learn(self, batch: Batch) -> dict[str, float]:
        """One optimiser step; returns the loss, its parts and the gradient's norm. Raises LisztenError when the loss is
        no longer a number: then the run's state is useless and must not be saved."""
        factor = rate_factor(self.config.fit, self.step, self.seconds, self.budget_s)
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.fit.learning_rate * factor
        loss, parts = self.trained(batch)
        self.optimizer.zero_grad()
        self.fabric.backward(loss)
        norm = self.fabric.clip_gradients(
            self.trained, self.optimizer, max_norm=self.config.fit.clip_norm, error_if_nonfinite=False
        )
        assert norm is not None
        if not math.isfinite(float(norm)):
            raise LisztenError(
                f"At step {self.step} the loss was no longer a number; the last checkpoint is kept: "
                "go on from it with a lower learning rate."
            )
        self.optimizer.step()
        self.step += 1
        self.average.update(self.network, self.step)
        scalars = {"loss": loss.detach(), "gradient_norm": norm, **parts}
        return {name: float(value) for name, value in scalars.items()} | {"rate_factor": factor}

    @property
    def done(self) -> float:
        """Share of the schedule or budget that is used up; the run ends at 1."""
        return share_done(self.config.fit, self.step, self.seconds, self.budget_s)


def _differences(before: dict[str, Any], now: dict[str, Any], table: str = "") -> list[str]:
    """Dotted names of the settings that differ and matter."""
    changed = []
    for name in sorted(before.keys() | now.keys()):
        if name in _FREE:
            continue
        old, new = before.get(name), now.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            changed += _differences(old, new, f"{table}{name}.")
        elif old != new:
            changed.append(f"{table}{name}")
    return changed
