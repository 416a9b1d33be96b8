"""`liszten-train fit`: the training loop. One process or, under torchrun, several (Lightning Fabric)."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import torch
from lightning.fabric import Fabric
from torch import Tensor, nn
from torch.func import functional_call

from realtime.errors import FileError
from training.checkpoint import Checkpoint, config_table
from training.config import FitSettings, RunConfig, read_config
from training.initial import load_initial
from training.loader import Batch, SeedBatches, SegmentDataset, make_loader
from training.loss import LossWeights, ear_loss
from training.memory import keep_freed_memory
from training.model import Ear
from training.model.layers import Norm
from training.watch import Watch

LAST = "last.ckpt"


class Trainee(nn.Module):
    """The ear with its loss as one module, so that Fabric can wrap it; computes in bfloat16 when asked to.

    Parameters, their gradients and the optimiser stay in float32: each step computes on a rounded copy.
    """

    def __init__(self, ear: Ear, weights: LossWeights, precision: str) -> None:
        super().__init__()
        self.hearing = Hearing(ear)
        self.weights = weights
        self.dtype = torch.bfloat16 if precision == "bf16" else torch.float32
        kept = {f"{n}.{p}" for n, m in self.hearing.named_modules() if isinstance(m, Norm) for p in ("weight", "bias")}
        self.rounded = [name for name, _ in self.hearing.named_parameters() if name not in kept]

    def forward(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        ear = self.hearing.ear
        parameters = dict(self.hearing.named_parameters())
        rounded = {name: parameters[name].to(self.dtype) for name in self.rounded}
        features = batch["features"].to(self.dtype)
        state = ear.initial_state(features.shape[0], self.dtype)
        logits, _ = functional_call(self.hearing, rounded, (features, state))
        targets = {name: roll for name, roll in batch.items() if name != "features"}
        return ear_loss(logits, targets, list(ear.config.shifts.values()), self.weights)


class Hearing(nn.Module):
    """`Ear.hear` as a module of its own: functional_call needs a `forward`."""

    def __init__(self, ear: Ear) -> None:
        super().__init__()
        self.ear = ear

    def forward(self, *arguments: Any) -> Any:
        return self.ear.hear(*arguments)


def rate_factor(settings: FitSettings, step: int, seconds: float, budget_s: float | None) -> float:
    """Warm-up, then a cosine to zero over the schedule's steps or the time budget, whichever ends first."""
    progress = step / settings.steps
    if budget_s is not None:
        progress = max(progress, seconds / budget_s)
    warmup = min(1.0, (step + 1) / max(1, settings.warmup_steps))
    return warmup * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


class Average:
    """Exponential moving average of a network's parameters and buffers; starts quickly, then holds `decay`."""

    def __init__(self, ear: Ear, decay: float) -> None:
        self.decay = decay
        self.values = {name: value.detach().clone() for name, value in ear.state_dict().items()}

    @torch.no_grad()
    def update(self, ear: Ear, step: int) -> None:
        decay = min(self.decay, (step + 1) / (step + 10))
        for name, value in ear.state_dict().items():
            if value.is_floating_point():
                self.values[name].lerp_(value, 1 - decay)
            else:
                self.values[name].copy_(value)


class Run:
    """A training run in a folder: checkpoint, configuration, TensorBoard curves."""

    def __init__(self, config: RunConfig, folder: Path, minutes: float | None, fabric: Fabric) -> None:
        self.config, self.folder, self.fabric = config, folder, fabric
        self.budget_s = None if minutes is None else minutes * 60
        torch.manual_seed(config.fit.seed)
        self.ear = Ear(config.ear)
        trainee = Trainee(self.ear, config.loss, config.fit.precision)
        optimizer = torch.optim.AdamW(
            self._groups(), lr=config.fit.learning_rate, betas=(0.9, 0.98), weight_decay=config.fit.weight_decay
        )
        self.trainee, self.optimizer = fabric.setup(trainee, optimizer)
        self.average = Average(self.ear, config.fit.ema)
        self.step, self.seconds = 0, 0.0

    def _groups(self) -> list[dict[str, Any]]:
        """Weight decay for matrices only: norms, biases and per-key offsets stay free."""
        matrices = [p for n, p in self.ear.named_parameters() if p.ndim >= 2 and not n.endswith("_bias")]
        others = [p for n, p in self.ear.named_parameters() if p.ndim < 2 or n.endswith("_bias")]
        return [{"params": matrices}, {"params": others, "weight_decay": 0.0}]

    def resume(self) -> None:
        """Go on from the folder's checkpoint. Raises FileError when there is none."""
        checkpoint = Checkpoint.load(self.folder / LAST)
        self.ear.load_state_dict(checkpoint.ear)
        self.average.values = {n: v.to(self.fabric.device) for n, v in checkpoint.averaged.items()}
        self.optimizer.load_state_dict(checkpoint.optimizer)
        self.step, self.seconds = checkpoint.step, checkpoint.seconds

    def start_from(self, path: Path) -> None:
        """Begin a new run with existing weights. Raises FileError, ModelError."""
        load_initial(self.ear, path)
        self.average = Average(self.ear, self.config.fit.ema)

    def save(self) -> None:
        if self.fabric.is_global_zero:
            Checkpoint(
                config=config_table(self.config),
                step=self.step,
                seconds=self.seconds,
                ear=self.ear.state_dict(),
                averaged=self.average.values,
                optimizer=self.optimizer.state_dict(),
            ).save(self.folder / LAST)

    def learn(self, batch: Batch) -> dict[str, float]:
        """One optimiser step; returns the loss, its parts and the gradient's norm."""
        factor = rate_factor(self.config.fit, self.step, self.seconds, self.budget_s)
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.fit.learning_rate * factor
        loss, parts = self.trainee(batch)
        self.optimizer.zero_grad()
        self.fabric.backward(loss)
        norm = self.fabric.clip_gradients(self.trainee, self.optimizer, max_norm=self.config.fit.clip_norm)
        self.optimizer.step()
        self.step += 1
        self.average.update(self.ear, self.step)
        scalars = {"loss": loss.detach(), "gradient_norm": norm, **parts}
        return {name: float(value) for name, value in scalars.items()} | {"rate_factor": factor}

    @property
    def done(self) -> bool:
        return self.step >= self.config.fit.steps or (self.budget_s is not None and self.seconds >= self.budget_s)

    def train(self) -> None:
        """Until the schedule or the budget ends; Ctrl-C saves and stops."""
        fit = self.config.fit
        seeds = SeedBatches(fit.batch, self.step, fit.seed, self.fabric.global_rank, self.fabric.world_size)
        loader = make_loader(SegmentDataset(self.config.corpus, self.config.ear), seeds, fit.workers)
        saved = time.monotonic()
        with Watch(self.config, self.folder, self.step, self.fabric.is_global_zero) as watch:
            batches = iter(loader)
            try:
                while not self.done:
                    began = time.monotonic()
                    batch = {name: value.to(self.fabric.device) for name, value in next(batches).items()}
                    ready = time.monotonic()
                    scalars = self.learn(batch)
                    now = time.monotonic()
                    self.seconds += now - began
                    waited_s, took_s = ready - began, now - ready
                    watch.step(self.step, self.seconds, self.budget_s, scalars, waited_s, took_s)
                    if now - saved > fit.checkpoint_minutes * 60:
                        self.save()
                        saved = now
                        watch.validate(self.step, self.average.values)
            except KeyboardInterrupt:
                watch.say("Stopped; the checkpoint holds everything so far, --resume goes on.")
            finally:
                self.save()
            watch.validate(self.step, self.average.values)


def fit_command(
    config_path: Path | None, minutes: float | None, resume: bool, init: Path | None, out: Path | None
) -> Path:
    """Train and return the path of the last checkpoint. With no config: the starter corpus that comes with Liszten."""
    keep_freed_memory()
    if config_path is None:
        from training.starter import starter_config

        config = starter_config()
    else:
        config = read_config(config_path)
    folder = out or Path("runs") / config.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"The run's folder {folder} cannot be made: {error.strerror}.") from error
    if not resume and (folder / LAST).exists():
        raise FileError(f"{folder} holds a run already: go on with --resume, or choose another folder with --out.")
    fabric = Fabric(accelerator="auto", precision="32-true")
    fabric.launch()
    if fabric.device.type == "cpu":
        torch.set_num_threads(1)  # the second core renders
    run = Run(config, folder, minutes, fabric)
    if resume:
        run.resume()
    elif init is not None:
        run.start_from(init)
    run.train()
    return folder / LAST
