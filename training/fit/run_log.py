"""The display of a run: progress bar, TensorBoard scalars and piano-rolls, and a log in plain text."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from torch.utils.tensorboard import SummaryWriter

from realtime.contract import HOP, SAMPLE_RATE
from realtime.system.storage import file_error, reason, write_all
from training.fit.config import RunConfig
from training.fit.validation import ValidationResult

_EVERY = 20  # steps between scalars
_SMOOTH = 0.98


class StepTimes(NamedTuple):
    """Seconds that a step waited for its batch and then computed."""

    waited_s: float
    took_s: float


@contextlib.contextmanager
def threads_disk_errors_once() -> Iterator[None]:
    """Print no traceback for an OSError in TensorBoard's writer thread: the writer's next call raises it too."""

    def hook(failure: threading.ExceptHookArgs) -> None:
        if not isinstance(failure.exc_value, OSError):
            threading.__excepthook__(failure)

    before, threading.excepthook = threading.excepthook, hook
    try:
        yield
    finally:
        threading.excepthook = before


class RunLog:
    """Context manager around a run's loop; silent in all processes but the first.

    Raises FileError where nothing can be written at the beginning. A disk that is full later ends the curve and the
    log, with a message, but not the run.
    """

    def __init__(self, config: RunConfig, folder: Path, active: bool) -> None:
        self.config, self.active = config, active
        self.console = Console(stderr=True)
        text = [TextColumn(f"{{task.{field}}}") for field in ("description", "percentage:.0f", "fields[note]")]
        columns = (text[0], BarColumn(), text[1], TimeElapsedColumn(), text[2])
        self.progress = Progress(*columns, console=self.console, disable=not active)
        try:
            self.log = (folder / "log.txt").open("ab", buffering=0) if active else None
            self.writer = SummaryWriter(str(folder)) if active else None
        except OSError as error:
            raise file_error(error, folder / "log.txt") from error
        self.smooth: dict[str, float] = {}
        self.waited_s = self.busy_s = 0.0
        self.task = self.progress.add_task(config.name, total=1.0, note="rendering the first segments")

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()
        with self._recording():
            if self.writer:
                self.writer.close()
            if self.log:
                self.log.close()

    def note(self, text: str) -> None:
        """One line on the terminal and in the run's log.txt."""
        if self.active:
            self.progress.console.print(text)
        with self._recording():
            if self.log:
                write_all(self.log, f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n".encode())

    def step(self, step: int, seconds: float, done: float, scalars: dict[str, float], times: StepTimes) -> None:
        """Write a step's scalars and times. done: share of the schedule or budget that is used up."""
        for name, value in scalars.items():
            self.smooth[name] = _SMOOTH * self.smooth.get(name, value) + (1 - _SMOOTH) * value
        self.waited_s += times.waited_s
        self.busy_s += times.waited_s + times.took_s
        note = f"step {step} loss {self.smooth['loss']:.3f} onset {self.smooth['onset']:.3f}"
        self.progress.update(self.task, completed=min(1.0, done), note=note)
        if self.active and step % _EVERY == 0:
            self._write(step, seconds, scalars)

    def validated(self, step: int, result: ValidationResult) -> None:
        """Write the figures of a validation."""
        with self._recording():
            if self.writer:
                for name, value in result.scalars.items():
                    self.writer.add_scalar(f"validation/{name}", value, step)
                self.writer.add_image("rolls/labels_and_delays", result.picture, step)
        if self.active:
            self.note(f"step {step} validation " + " ".join(f"{n} {v:.4f}" for n, v in result.scalars.items()))

    @contextlib.contextmanager
    def _recording(self) -> Iterator[None]:
        """Write the curve and the log; where that fails, the run goes on without them."""
        try:
            yield
        except OSError as error:
            self.writer = self.log = None
            self.progress.console.print(f"No more curve and no more log.txt, but the run goes on: {reason(error)}.")

    def _write(self, step: int, seconds: float, scalars: dict[str, float]) -> None:
        step_audio_s = self.config.fit.batch * self.config.corpus.hops * HOP / SAMPLE_RATE
        busy_s = max(1e-9, self.busy_s)
        speed, waiting = _EVERY * step_audio_s / busy_s, self.waited_s / busy_s
        self.waited_s = self.busy_s = 0.0
        with self._recording():
            for name, value in {**scalars, "times_real_time": speed, "waiting_share": waiting}.items():
                if self.writer:
                    self.writer.add_scalar(f"train/{name}", value, step)
        if step % (10 * _EVERY) == 0:
            parts = " ".join(f"{name} {value:.4f}" for name, value in self.smooth.items())
            hours = step * step_audio_s / 3600
            speed_text = f"{seconds / 60:.1f} min {hours:.2f} h of audio {speed:.1f}x wait {waiting:.0%}"
            self.note(f"step {step} {speed_text} {parts}")
