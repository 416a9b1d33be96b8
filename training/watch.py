"""What one sees of a run: progress bar, TensorBoard scalars, validation loss and example piano-rolls."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from realtime.contract import HOP, SAMPLE_RATE
from training.config import RunConfig
from training.data.segments import SegmentSource, SourceConfig
from training.loader import Batch, SegmentDataset
from training.loss import ear_loss
from training.model import Ear

_EVERY = 20  # steps between scalars
_VALIDATION_SEED = 7_000_000_000


class Watch:
    """Context manager around a run's loop; silent in all processes but the first."""

    def __init__(self, config: RunConfig, folder: Path, step: int, active: bool) -> None:
        self.config, self.active = config, active
        self.console = Console(stderr=True)
        text = [TextColumn(f"{{task.{field}}}") for field in ("description", "percentage:.0f", "fields[note]")]
        columns = (text[0], BarColumn(), text[1], TimeElapsedColumn(), text[2])
        self.progress = Progress(*columns, console=self.console, disable=not active)
        self.writer = SummaryWriter(str(folder)) if active else None
        self.log = (folder / "log.txt").open("a", encoding="utf-8") if active else None
        self.smooth: dict[str, float] = {}
        self.busy = {"wait": 0.0, "step": 0.0}
        self.examples: list[Batch] = []
        self.task = self.progress.add_task(config.name, total=1.0, note="starting")
        self.first_step = step

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()
        if self.writer:
            self.writer.close()
        if self.log:
            self.log.close()

    def say(self, text: str) -> None:
        """One line on the terminal and in the run's log.txt."""
        if self.log:
            self.progress.console.print(text)
            self.log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n")
            self.log.flush()

    def step(
        self,
        step: int,
        seconds: float,
        budget_s: float | None,
        scalars: dict[str, float],
        waited_s: float,
        took_s: float,
    ) -> None:
        """Note a step: its scalars, the seconds it waited for data and those it computed."""
        for name, value in scalars.items():
            self.smooth[name] = 0.98 * self.smooth.get(name, value) + 0.02 * value
        self.busy["wait"] += waited_s
        self.busy["step"] += took_s
        done = max(step / self.config.fit.steps, seconds / budget_s if budget_s else 0.0)
        note = f"step {step} loss {self.smooth['loss']:.3f} onset {self.smooth['onset']:.3f}"
        self.progress.update(self.task, completed=min(1.0, done), note=note)
        if self.writer and step % _EVERY == 0:
            self._write(self.writer, step, seconds, scalars)

    def _write(self, writer: SummaryWriter, step: int, seconds: float, scalars: dict[str, float]) -> None:
        step_audio_s = self.config.fit.batch * self.config.corpus.hops * HOP / SAMPLE_RATE
        busy_s = max(1e-9, self.busy["wait"] + self.busy["step"])
        speed, waiting = _EVERY * step_audio_s / busy_s, self.busy["wait"] / busy_s
        self.busy = {"wait": 0.0, "step": 0.0}
        for name, value in {**scalars, "times_real_time": speed, "waiting_share": waiting}.items():
            writer.add_scalar(f"train/{name}", value, step)
        if step % (10 * _EVERY) == 0:
            parts = " ".join(f"{name} {value:.4f}" for name, value in self.smooth.items())
            hours = step * step_audio_s / 3600
            told = f"{seconds / 60:.1f} min {hours:.2f} h of audio {speed:.1f}x wait {waiting:.0%}"
            self.say(f"step {step} {told} {parts}")

    def _load_examples(self) -> None:
        corpus = SourceConfig(**{**vars(self.config.corpus), "split": "validation"})
        dataset = SegmentDataset(corpus, self.config.ear)
        dataset.source = SegmentSource(corpus)
        count = self.config.fit.validation_segments
        self.examples = [dataset[_VALIDATION_SEED + i] for i in range(count)]
        dataset.source = None

    @torch.no_grad()
    def validate(self, step: int, averaged: dict[str, Tensor]) -> None:
        """Loss of the averaged weights on rendered validation segments, and the first one's piano-roll."""
        if not self.writer:
            return
        if not self.examples:
            self._load_examples()
        ear = Ear(self.config.ear)
        ear.load_state_dict({name: value.cpu() for name, value in averaged.items()})
        ear.eval()
        totals: dict[str, float] = {}
        for i, example in enumerate(self.examples):
            batch = {name: value[None] for name, value in example.items()}
            logits, _ = ear.hear(batch.pop("features").float(), ear.initial_state())
            loss, parts = ear_loss(logits, batch, list(self.config.ear.shifts.values()), self.config.loss)
            for name, tensor in {"loss": loss, **parts}.items():
                totals[name] = totals.get(name, 0.0) + float(tensor) / len(self.examples)
            if i == 0:
                self._draw(step, logits.keys, batch)
        for name, value in totals.items():
            self.writer.add_scalar(f"validation/{name}", value, step)
        self.say(f"step {step} validation " + " ".join(f"{name} {value:.4f}" for name, value in totals.items()))

    def _draw(self, step: int, keys: tuple[Tensor, ...], targets: Batch) -> None:
        """Labels above, onset activations of each delay below, moved back by their shift; red frame, green onset."""
        rolls = [torch.stack([targets["frame"][0].float(), targets["onset"][0].float()])]
        for logits, shift in zip(keys, self.config.ear.shifts.values(), strict=True):
            said = logits[0, ..., :2].sigmoid().permute(2, 0, 1)[[1, 0]]
            rolls.append(torch.nn.functional.pad(said[:, shift:], (0, 0, 0, shift)))
        image = torch.cat([torch.cat([roll, torch.zeros_like(roll[:1])]).transpose(1, 2).flip(1) for roll in rolls], 1)
        assert self.writer
        self.writer.add_image("rolls/labels_and_delays", image.clamp(0, 1), step)
