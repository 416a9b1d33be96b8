"""The fit loop: goes on exactly where it stopped, learns, and says what is wrong with what it is given."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from lightning.fabric import Fabric

from realtime.contract import Window
from realtime.errors import FileError, ModelError, UsageError
from training.checkpoint import Checkpoint
from training.config import FitSettings, RunConfig, read_config
from training.fit import LAST, Run, fit_command, rate_factor
from training.initial import load_initial
from training.loader import SeedBatches, SegmentDataset
from training.model import Ear, EarConfig
from training.starter import starter_config

EAR = EarConfig(
    windows=(Window(1024, 256), Window(320, 128)),
    band_channels=4,
    semitone_channels=6,
    harmonic_channels=3,
    key_channels=8,
    key_hidden=6,
    global_channels=2,
    global_hidden=12,
    context_channels=2,
    memory_channels=4,
    head_hidden=5,
)


@pytest.fixture
def config() -> RunConfig:
    """A small ear on 0.64 s segments of the starter corpus, rendered in this process."""
    starter = starter_config()
    fit = FitSettings(batch=2, steps=4, warmup_steps=1, workers=0, precision="fp32", validation_segments=1)
    corpus = replace(starter.corpus, hops=64, pianos=("kawai_upright_thin",))
    return replace(starter, ear=EAR, corpus=corpus, fit=fit)


def run(config: RunConfig, folder: Path) -> Run:
    folder.mkdir(exist_ok=True)
    return Run(config, folder, None, Fabric(accelerator="cpu", devices=1))


def test_a_stopped_run_goes_on_exactly(config: RunConfig, tmp_path: Path) -> None:
    """Four steps at a stretch, and two steps, a new process's objects and two more, end in the same numbers."""
    whole = run(config, tmp_path / "whole")
    whole.train()
    stopped = run(config, tmp_path / "parts")
    dataset = SegmentDataset(config.corpus, config.ear)
    for _, seeds in zip(range(2), SeedBatches(2, 0, config.fit.seed), strict=False):
        items = [dataset[seed] for seed in seeds]
        stopped.learn({name: torch.stack([item[name] for item in items]) for name in items[0]})
    stopped.save()
    resumed = run(config, tmp_path / "parts")
    resumed.resume()
    assert resumed.step == 2
    resumed.train()
    one, other = (Checkpoint.load(tmp_path / part / LAST) for part in ("whole", "parts"))
    assert 4 == one.step == other.step
    for name, value in one.ear.items():
        assert torch.equal(value, other.ear[name]), name
    for name, value in one.averaged.items():
        assert torch.equal(value, other.averaged[name]), name


def test_one_batch_is_learnt(config: RunConfig, tmp_path: Path) -> None:
    """Thirty steps on one batch more than halve its loss, in bfloat16 arithmetic too."""
    fit = replace(config.fit, steps=1000, learning_rate=1e-2, precision="bf16")
    trained = run(replace(config, fit=fit), tmp_path / "run")
    dataset = SegmentDataset(config.corpus, config.ear)
    items = [dataset[seed] for seed in (1, 2)]
    batch = {name: torch.stack([item[name] for item in items]) for name in items[0]}
    losses = [trained.learn(batch)["loss"] for _ in range(30)]
    assert losses[-1] < 0.5 * losses[0]


def test_processes_share_the_seeds() -> None:
    """Two processes together take the seeds that one process would take, each once."""
    first, second = (iter(SeedBatches(2, 0, 3, rank, 2)) for rank in (0, 1))
    together = sorted(seed for _ in range(3) for batch in (next(first), next(second)) for seed in batch)
    assert list(range(3_000_000_000, 3_000_000_012)) == together


def test_the_rate_warms_up_and_ends_at_zero() -> None:
    """Half way through the warm-up half the rate, half way through the schedule half, zero at either end of the run."""
    settings = FitSettings(steps=1000, warmup_steps=10)
    assert rate_factor(settings, 4, 0, None) == pytest.approx(0.5, abs=0.01)
    assert rate_factor(settings, 500, 0, None) == pytest.approx(0.5)
    assert rate_factor(settings, 1000, 0, None) == pytest.approx(0.0)
    assert rate_factor(settings, 20, 60.0, 60.0) == pytest.approx(0.0)
    assert rate_factor(settings, 20, 30.0, 60.0) == pytest.approx(0.5 * (1 + math.cos(math.pi / 2)))


def test_weights_of_other_sizes_are_refused(config: RunConfig, tmp_path: Path) -> None:
    """A checkpoint of a small ear does not fit a full one, and one sentence says so."""
    small = run(config, tmp_path / "run")
    small.save()
    with pytest.raises(ModelError, match="other sizes"):
        load_initial(Ear(), tmp_path / "run" / LAST)
    same = Ear(EAR)
    load_initial(same, tmp_path / "run" / LAST)
    assert torch.equal(same.key_bias, small.ear.key_bias)


def test_a_run_is_not_overwritten(tmp_path: Path) -> None:
    """A folder that holds a run is left alone unless told to go on with it."""
    (tmp_path / LAST).write_bytes(b"x")
    with pytest.raises(FileError, match="--resume"):
        fit_command(None, 1.0, False, None, tmp_path)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("[fit]\nbatsh = 3\n", UsageError, "batsh"),
        ("[ear]\nhiden = 3\n", UsageError, "hiden"),
        ("[corpus.mixture]\nnoises = 1\n", UsageError, "noises"),
        ("nme = 3\n", UsageError, "nme"),
        ("[fit\n", FileError, "cannot be read"),
    ],
)
def test_a_wrong_configuration_is_named(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    """An unknown key or a broken file: one sentence that names it."""
    path = tmp_path / "run.toml"
    path.write_text(text)
    with pytest.raises(error, match=words):
        read_config(path)


def test_a_configuration_is_read(tmp_path: Path) -> None:
    """Windows and shifts come as tables, the rest keeps its defaults."""
    path = tmp_path / "run.toml"
    path.write_text('name = "a"\n[ear]\nwindows = [{length = 512, tail = 128}]\nkey_hidden = 8\n[fit]\nsteps = 5\n')
    config = read_config(path)
    assert (Window(512, 128),) == config.ear.windows
    assert (config.ear.key_hidden, config.fit.steps, config.fit.ema) == (8, 5, 0.999)
