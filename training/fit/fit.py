"""`liszten-train fit`: the training loop. One process or, under torchrun, several (Lightning Fabric)."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
from lightning.fabric import Fabric

from realtime.errors import FileError, UsageError
from realtime.system.interrupts import StopRequest
from realtime.system.storage import discard_parts, make_folder, require_writable
from training.data.segments.segments import SegmentSource
from training.fit.allocator import keep_freed_memory
from training.fit.config import FitSettings, read_config
from training.fit.loader import Batch, SeedBatches, SegmentDataset, batches, lost_workers_as_errors
from training.fit.run import Run
from training.fit.run_log import RunLog, StepTimes, threads_disk_errors_once
from training.fit.starter import starter_config
from training.fit.validation import Validation
from training.model.checkpoint import LAST


def fit_command(
    config_path: Path | None,
    minutes: float | None,
    resume: bool,
    init: Path | None,
    out: Path | None,
    anneal: int | None = None,
) -> Path:
    """Train and return the path of the last checkpoint. With no config: the starter corpus that comes with Liszten.

    Raises LisztenError for what a user can mend; SystemExit (130, 143) after Ctrl-C or SIGTERM,
    with everything saved.
    """
    if resume and init:
        raise UsageError("--resume goes on with a run's own weights and --init starts a new one: give one of them.")
    if anneal is not None and not resume:
        raise UsageError("--anneal ends a run that is on its plateau: give --resume with it.")
    if minutes is not None and not 0 < minutes < math.inf:
        raise UsageError(f"--minutes {minutes:g} leaves no time to train.")
    config = starter_config() if config_path is None else read_config(config_path)
    if minutes is not None:
        config = replace(config, fit=replace(config.fit, minutes=minutes))
    SegmentSource(config.corpus)  # a missing corpus is reported before anything is written
    validation = Validation(config)
    folder = out or Path("runs") / config.name
    _prepare(folder, resume)
    keep_freed_memory()
    fabric = make_fabric()
    if fabric.device.type == "cpu":
        torch.set_num_threads(_threads(config.fit))
    run = Run(config, folder, fabric)
    if resume:
        run.resume(anneal)
    elif init is not None:
        run.start_from(init)
    stopped = train(run, validation)
    if stopped:
        raise SystemExit(stopped)
    return folder / LAST


def make_fabric() -> Fabric:
    """As many processes as torchrun started, one without it; a GPU where there is one."""
    local, world = (int(os.environ.get(name, "1")) for name in ("LOCAL_WORLD_SIZE", "WORLD_SIZE"))
    strategy = "ddp" if world > 1 else "auto"
    fabric = Fabric(accelerator="auto", devices=local, num_nodes=world // local, strategy=strategy, precision="32-true")
    fabric.launch()
    return fabric


def train(run: Run, validation: Validation) -> int:
    """Train until the schedule or the budget ends, or a stop is requested; returns the stop's exit status, or 0."""
    fit, fabric = run.config.fit, run.fabric
    seeds = SeedBatches(fit.batch, run.step, fit.seed, fabric.global_rank, fabric.world_size)
    segments = batches(SegmentDataset(run.config.corpus, run.config.ear), seeds, fit.workers)
    saved = time.monotonic()
    stopped = 0
    with (
        threads_disk_errors_once(),
        RunLog(run.config, run.folder, fabric.is_global_zero) as run_log,
        StopRequest() as stop,
        lost_workers_as_errors(),
    ):
        if run.done >= 1:
            run_log.note("Nothing is left of the run's steps or minutes, which count from its beginning: give it more.")
        while run.done < 1 and not stopped:
            began = time.monotonic()
            batch = {name: value.to(fabric.device) for name, value in _next(run, segments).items()}
            ready = time.monotonic()
            scalars = run.learn(batch)
            now = time.monotonic()
            # The first process's clock and its stop request hold for all: else the others would wait for one that left.
            run.seconds, stopped = fabric.broadcast((run.seconds + now - began, stop.exit_code))
            run_log.step(run.step, run.seconds, run.done, scalars, StepTimes(ready - began, now - ready))
            if now - saved > fit.checkpoint_minutes * 60:
                _save(run, run_log)
                saved = now
                _validate(run, validation, run_log)
        run.save()
        if stopped:
            run_log.note("Stopped; the checkpoint holds everything so far, --resume goes on.")
        else:
            _validate(run, validation, run_log)
    return stopped


def _save(run: Run, run_log: RunLog) -> None:
    """Save, or report that the disk is full and go on: the run's weights are in memory alone."""
    try:
        run.save()
    except FileError as error:
        run_log.note(f"{error} The run goes on, and tries again with the next checkpoint.")


def _next(run: Run, segments: Iterator[Batch]) -> Batch:
    """The next batch. Where it cannot be made, the run is saved before the error is raised."""
    try:
        return next(segments)
    except Exception:
        if run.step:
            run.save()
        raise


def _validate(run: Run, validation: Validation, run_log: RunLog) -> None:
    if run.fabric.is_global_zero:
        run_log.validated(run.step, validation.evaluate(run.average.values))


def _threads(fit: FitSettings) -> int:
    """Cores for the step: those that the workers and the other processes of this machine leave free."""
    processes = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return fit.threads or max(1, (os.cpu_count() or 1) // processes - fit.workers)


def _prepare(folder: Path, resume: bool) -> None:
    if resume and not (folder / LAST).exists():
        raise FileError(f"{folder} holds no run to go on with.")
    if not resume and (folder / LAST).exists():
        raise FileError(f"{folder} holds a run already: go on with --resume, or choose another folder with --out.")
    make_folder(folder)
    require_writable(folder)
    discard_parts(folder)
