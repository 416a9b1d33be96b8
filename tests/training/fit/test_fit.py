"""The fit loop: goes on exactly where it stopped, learns, and says what is wrong with what it is given."""

from __future__ import annotations

import errno
import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import torch
from lightning.fabric import Fabric

from realtime.contract import KEYS, AnalysisWindow
from realtime.errors import FileError, LisztenError, ModelError, UsageError
from tests.small_network import SMALL
from training.data.corpus.paths import MissingCorpusError
from training.data.segments.segments import Mixture
from training.fit.config import FitSettings, RunConfig
from training.fit.fit import fit_command, train
from training.fit.loader import Batch, SeedBatches, SegmentDataset, batches
from training.fit.network_with_loss import faster_precision
from training.fit.run import Average, Run, rate_factor
from training.fit.starter import starter_config
from training.fit.validation import Validation, ValidationResult
from training.model.checkpoint import LAST, Checkpoint
from training.model.config import NetworkConfig
from training.model.initial import load_initial
from training.model.network import PianoNetwork

SMALL_RUN = """
name = "small"
[corpus]
maestro = "{starter}/performances"
pianos_folder = "{starter}/pianos"
pianos = ["kawai_upright_thin"]
rooms = "none"
noise = "none"
recordings = "none"
hops = 64
mixture = {{rendered = 0.5, recording = 0.0, generated = 0.5, noise = 0.0}}
[ear]
windows = [{{length = 1024, tail = 256}}, {{length = 320, tail = 128}}]
band_channels = 4
semitone_channels = 6
harmonic_channels = 3
key_channels = 8
key_hidden = 6
global_channels = 2
global_hidden = 12
context_channels = 2
memory_channels = 4
head_hidden = 5
[fit]
batch = 2
steps = {steps}
warmup_steps = 1
workers = 0
precision = "fp32"
validation_segments = 1
"""


@pytest.fixture
def config() -> RunConfig:
    """A small network on 0.64 s segments of the starter corpus, rendered in this process."""
    starter = starter_config()
    fit = FitSettings(batch=2, steps=4, warmup_steps=1, workers=0, precision="fp32", validation_segments=1)
    corpus = replace(starter.corpus, hops=64, pianos=("kawai_upright_thin",))
    return replace(starter, ear=SMALL, corpus=corpus, fit=fit)


@pytest.fixture
def run_file(tmp_path: Path) -> Callable[[int], Path]:
    """Write the same run as a TOML file, with so many steps."""

    def write(steps: int) -> Path:
        path = tmp_path / "small.toml"
        starter = Path(__file__).parents[3] / "assets" / "starter"
        path.write_text(SMALL_RUN.format(starter=starter, steps=steps))
        return path

    return write


def run(config: RunConfig, folder: Path) -> Run:
    folder.mkdir(exist_ok=True)
    return Run(config, folder, Fabric(accelerator="cpu", devices=1))


def batch_of(config: RunConfig, seeds: list[int]) -> Batch:
    dataset = SegmentDataset(config.corpus, config.ear)
    items = [cast(Batch, dataset[seed]) for seed in seeds]
    return {name: torch.stack([item[name] for item in items]) for name in items[0]}


def same_state(one: Path, other: Path) -> None:
    first, second = Checkpoint.load(one), Checkpoint.load(other)
    assert first.step == second.step
    for name in first.ear:
        assert torch.equal(first.ear[name], second.ear[name]), name
        assert torch.equal(first.averaged[name], second.averaged[name]), name


def test_a_stopped_run_goes_on_exactly(config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C inside the second step, then a new run's objects: the same numbers as four steps at a stretch."""
    validation = Validation(config)
    whole = run(config, tmp_path / "whole")
    assert train(whole, validation) == 0
    stopped = run(config, tmp_path / "parts")
    learn = Run.learn

    def interrupted(self: Run, batch: Batch) -> dict[str, float]:
        if self.step == 1:
            os.kill(os.getpid(), signal.SIGINT)
        return learn(self, batch)

    monkeypatch.setattr(Run, "learn", interrupted)
    assert train(stopped, validation) == 130
    monkeypatch.undo()
    resumed = run(config, tmp_path / "parts")
    resumed.resume()
    assert resumed.step == 2
    assert train(resumed, validation) == 0
    same_state(tmp_path / "whole" / LAST, tmp_path / "parts" / LAST)


@pytest.mark.slow
def test_two_processes_train_one_model(run_file: Callable[[int], Path], tmp_path: Path) -> None:
    """torchrun with two processes, workers and a time budget: one of them writes, and it ends cleanly."""
    config = run_file(3)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    fit = ["-m", "training.cli", "fit", str(config), "--minutes", "5", "--out", str(tmp_path / "run")]
    root = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run([*command, *fit], cwd=root, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert Checkpoint.load(tmp_path / "run" / LAST).step == 3
    assert len(re.findall("validation", (tmp_path / "run" / "log.txt").read_text())) == 1


def test_the_budget_ends_a_run(config: RunConfig, tmp_path: Path) -> None:
    """A budget of a few milliseconds is over after the first step, at a rate of nearly zero."""
    short = replace(config, fit=replace(config.fit, steps=1000, minutes=1e-4))
    begun = run(short, tmp_path / "run")
    assert train(begun, Validation(short)) == 0
    assert 1 <= begun.step <= 2


def test_workers_render_what_this_process_would(config: RunConfig, tmp_path: Path) -> None:
    """The same run with a renderer in a process of its own ends in the same numbers."""
    validation = Validation(config)
    train(run(config, tmp_path / "here"), validation)
    train(run(replace(config, fit=replace(config.fit, workers=1)), tmp_path / "there"), validation)
    same_state(tmp_path / "here" / LAST, tmp_path / "there" / LAST)


def test_one_batch_is_learnt(config: RunConfig, tmp_path: Path) -> None:
    """Thirty steps on one batch more than halve its loss, in bfloat16 arithmetic too."""
    fit = replace(config.fit, steps=1000, learning_rate=1e-2, precision="bf16")
    trained = run(replace(config, fit=fit), tmp_path / "run")
    batch = batch_of(config, [1, 2])
    losses = [trained.learn(batch)["loss"] for _ in range(30)]
    assert losses[-1] < 0.5 * losses[0]


def test_a_spoilt_step_leaves_the_checkpoint(config: RunConfig, tmp_path: Path) -> None:
    """NaN in the features: one sentence, and the file of before is untouched."""
    begun = run(config, tmp_path / "run")
    begun.save()
    before = (tmp_path / "run" / LAST).read_bytes()
    batch = batch_of(config, [1])
    batch["features"][:] = torch.nan
    with pytest.raises(LisztenError, match="no longer a number"):
        begun.learn(batch)
    assert before == (tmp_path / "run" / LAST).read_bytes()


def test_processes_share_the_seeds() -> None:
    """Two processes together take the seeds that one process would take, each once."""
    first, second = (iter(SeedBatches(2, 0, 3, rank, 2)) for rank in (0, 1))
    together = sorted(seed for _ in range(3) for batch in (next(first), next(second)) for seed in batch)
    assert list(range(3_000_000_000, 3_000_000_012)) == together


def test_the_rate_warms_up_and_ends_at_zero() -> None:
    """Half way through the warm-up half the rate, half way through the schedule half, zero at its end."""
    settings = FitSettings(steps=1000, warmup_steps=10)
    assert rate_factor(settings, 4, 0, None) == pytest.approx(0.5, abs=0.01)
    assert rate_factor(settings, 500, 0, None) == pytest.approx(0.5)
    assert rate_factor(settings, 1000, 0, None) == pytest.approx(0.0)
    assert rate_factor(settings, 20, 60.0, 60.0) == pytest.approx(0.0)
    assert rate_factor(settings, 20, 30.0, 60.0) == pytest.approx(0.5 * (1 + math.cos(math.pi / 2)))


def test_the_rate_stays_on_its_plateau() -> None:
    """Full from the warm-up to step 800, half at 900, zero at 1000, whatever the time."""
    settings = FitSettings(steps=1000, plateau_steps=800, warmup_steps=10)
    rates = [rate_factor(settings, step, 50.0, 60.0) for step in (4, 10, 800, 900, 1000)]
    assert rates == pytest.approx([0.5, 1, 1, 0.5, 0], abs=0.01)


@pytest.mark.parametrize("plateau_steps", [900, 0])
def test_an_anneal_begins_where_the_run_stands(config: RunConfig, tmp_path: Path, plateau_steps: int) -> None:
    """From step 3 in four steps to zero, with a plateau or without; resumed on the way it keeps to that, and without
    --resume it is refused."""
    fit = replace(config.fit, steps=1000, plateau_steps=plateau_steps, warmup_steps=1, minutes=0.0)
    plateau = replace(config, fit=fit)
    begun = run(plateau, tmp_path / "run")
    begun.step = 3
    begun.save()
    for step in (3, 5):
        resumed = run(plateau, tmp_path / "run")
        resumed.resume(anneal=4)
        assert (resumed.config.fit.plateau_steps, resumed.config.fit.steps) == (3, 7)
        assert rate_factor(resumed.config.fit, 5, 0.0, None) == pytest.approx(0.5)
        resumed.step = step
        resumed.save()
    with pytest.raises(UsageError, match="--resume"):
        fit_command(None, None, False, None, tmp_path / "other", anneal=4)


@pytest.mark.parametrize(("kind", "sparse"), [("generated", 0), ("lone", 1)])
def test_segments_with_few_onsets_are_sparse(config: RunConfig, kind: str, sparse: int) -> None:
    """Lone notes are, other playing is not."""
    mixture = replace(Mixture(0, 0, 0, 0), **{kind: 1.0})
    dataset = SegmentDataset(replace(config.corpus, mixture=mixture), config.ear)
    assert cast(Batch, dataset[0])["sparse"] == sparse


def test_the_average_by_hand() -> None:
    """From 1 to 2 with a decay of 0.9 after many steps: 1.1; after the first step the decay is only 0.1: 1.9."""
    network = PianoNetwork(SMALL)
    torch.nn.init.ones_(network.key_bias)
    late, early = Average(network, 0.9), Average(network, 0.9)
    torch.nn.init.constant_(network.key_bias, 2.0)
    late.update(network, 1000)
    early.update(network, 1)
    assert late.values["key_bias"][0, 0] == pytest.approx(1.1)
    assert early.values["key_bias"][0, 0] == pytest.approx(1.9)


def test_the_averaged_weights_are_what_goes_on(config: RunConfig, tmp_path: Path) -> None:
    """Where a checkpoint's two sets of weights differ, export and --init take the averaged ones."""
    begun = run(config, tmp_path / "run")
    begun.average.values["key_bias"] = torch.full_like(begun.network.key_bias, 0.25)
    begun.save()
    other = PianoNetwork(SMALL)
    load_initial(other, tmp_path / "run" / LAST)
    assert (other.key_bias == 0.25).all()
    assert (Checkpoint.load(tmp_path / "run" / LAST).averaged_network().key_bias == 0.25).all()


def test_added_harmonics_begin_with_weight_zero(config: RunConfig, tmp_path: Path) -> None:
    """A network of eight harmonics fills one of more; the added harmonics change nothing before training."""
    begun = run(config, tmp_path / "run")
    whole = begun.average.values["overtones.mix.weight"]
    seen = 8 * SMALL.harmonic_channels
    begun.average.values["overtones.mix.weight"] = whole[:, :seen].clone()
    begun.save()
    fuller = PianoNetwork(SMALL)
    load_initial(fuller, tmp_path / "run" / LAST)
    assert torch.equal(fuller.overtones.mix.weight[:, :seen], whole[:, :seen])
    assert whole.shape[1] > seen
    assert not fuller.overtones.mix.weight[:, seen:].any()


def test_a_larger_network_begins_with_the_output_of_the_smaller_one(config: RunConfig, tmp_path: Path) -> None:
    """More of every size that may grow: equal activations for any sound, and gradients for all new weights."""
    begun = run(config, tmp_path / "run")
    for value in begun.average.values.values():
        if value.is_floating_point():
            value.add_(0.1 * torch.rand_like(value))
    begun.save()
    windows = (*SMALL.windows, AnalysisWindow(2048, 256))
    wide = PianoNetwork(replace(SMALL, windows=windows, key_layers=3, key_hidden=9, head_hidden=7, memory_channels=6))
    load_initial(wide, tmp_path / "run" / LAST)
    narrow, audio = Checkpoint.load(tmp_path / "run" / LAST).averaged_network(), 0.2 * torch.randn(2, 40 * 160)
    with torch.no_grad():
        expected, _ = narrow(audio, narrow.initial_state(2))
        widened, _ = wide.eval()(audio, wide.initial_state(2))
    for name, value in expected.items():
        torch.testing.assert_close(widened[name], value, atol=1e-5, rtol=0)
    wide.train()(audio, wide.initial_state(2))[0]["onset"].sum().backward()
    assert wide.strings.weight_hidden.grad[:6, 6:].any()
    assert wide.band_conv.conv.weight.grad[:, 2].any()
    assert all(layer.norm.weight.grad.any() for layer in wide.deeper)


def test_weights_of_other_sizes_are_refused(config: RunConfig, tmp_path: Path) -> None:
    """More hidden units than the network has, or fewer channels between others: one sentence says so."""
    run(config, tmp_path / "run").save()
    for other in (replace(SMALL, key_hidden=5), replace(SMALL, harmonic_channels=4), NetworkConfig()):
        with pytest.raises(ModelError, match="other sizes"):
            load_initial(PianoNetwork(other), tmp_path / "run" / LAST)


def test_a_run_goes_on_only_with_its_settings(config: RunConfig, tmp_path: Path) -> None:
    """Another batch size or network is named; the number of workers may differ."""
    run(config, tmp_path / "run").save()
    other = replace(config, fit=replace(config.fit, batch=3), ear=replace(SMALL, key_hidden=7))
    with pytest.raises(UsageError, match=re.escape("ear.key_hidden, fit.batch")):
        run(other, tmp_path / "run").resume()
    run(replace(config, fit=replace(config.fit, workers=2)), tmp_path / "run").resume()


def test_the_arithmetic_that_is_faster_is_one_of_two() -> None:
    """What `auto` chooses can be asked for by name."""
    assert faster_precision(torch.device("cpu")) in ("bf16", "fp32")
    assert faster_precision(torch.device("cuda")) == "bf16"


def test_a_run_is_not_overwritten(tmp_path: Path) -> None:
    """A folder that holds a run is refused without --resume; one that holds none is not resumed."""
    with pytest.raises(FileError, match="no run"):
        fit_command(None, 1.0, True, None, tmp_path)
    (tmp_path / LAST).write_bytes(b"x")
    with pytest.raises(FileError, match="--resume"):
        fit_command(None, 1.0, False, None, tmp_path)
    with pytest.raises(UsageError, match="one of them"):
        fit_command(None, 1.0, True, tmp_path / LAST, tmp_path)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("mixture", "{rendered = 0, recording = 0, generated = 0, noise = 0}", "All weights"),
        ("maestro", '"none"', "maestro is 'none'"),
        ("recordings", '"none"', "recordings is 'none'"),
        ("pianos_folder", '"none"', "pianos_folder is 'none'"),
        ("rooms", f'"{__file__}"', "is a file, but a folder is wanted"),
    ],
)
def test_a_mixture_that_cannot_be_made_is_refused(tmp_path: Path, key: str, value: str, words: str) -> None:
    """Nothing to draw from for a part of the mixture: refused at once, and no folder for the run."""
    path, starter = tmp_path / "run.toml", Path(__file__).parents[3] / "assets" / "starter"
    parts = {"maestro": f'"{starter}/performances"', "pianos_folder": f'"{starter}/pianos"', "recordings": '"."'}
    parts |= {"rooms": '"none"', "noise": '"none"', key: value}
    path.write_text("[corpus]\n" + "".join(f"{name} = {part}\n" for name, part in parts.items()))
    with pytest.raises(LisztenError, match=words):
        fit_command(path, 1.0, False, None, tmp_path / "run")
    assert not (tmp_path / "run").exists()


class NoValidation:
    """A validation that takes no time."""

    def evaluate(self, averaged: dict[str, torch.Tensor]) -> ValidationResult:
        return ValidationResult({"loss": 0.0}, torch.zeros(3, 4, 4))


def silent(config: RunConfig, steps: int, end: Exception) -> Iterator[Batch]:
    """So many batches of silence, and then what a worker may say."""
    shape = (config.fit.batch, config.corpus.hops)
    roll = torch.zeros(*shape, KEYS, dtype=torch.uint8)
    rolls = dict.fromkeys(("onset", "frame", "keyoff", "velocity"), roll) | {"pedal": roll[..., 0]}
    for _ in range(steps):
        yield {"features": torch.zeros(*shape, config.ear.bands, len(config.ear.windows)), **rolls}
    raise end


def silent_run(config: RunConfig, steps: int, end: Exception, folder: Path, patch: pytest.MonkeyPatch) -> int:
    """A run that is given `silent`, with a checkpoint after every step."""
    patch.setattr("training.fit.fit.batches", lambda *_: silent(config, steps, end))
    hasty = replace(config, fit=replace(config.fit, checkpoint_minutes=0.0))
    return train(run(hasty, folder), cast(Validation, NoValidation()))


def test_a_disk_that_is_full_for_a_while_does_not_end_a_run(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checkpoint, the log and the curve that cannot be written are reported; the last checkpoint holds all steps."""
    failures = iter([FileError("last.ckpt cannot be written."), *[None] * 9])
    save = Run.save

    def save_now_and_then(self: Run) -> None:
        if error := next(failures):
            raise error
        save(self)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Run, "save", save_now_and_then)
    monkeypatch.setattr("training.fit.run_log.write_all", full)
    assert silent_run(config, 4, AssertionError(), tmp_path / "run", monkeypatch) == 0
    assert Checkpoint.load(tmp_path / "run" / LAST).step == 4
    printed = " ".join(capsys.readouterr().err.split())
    assert printed.count("tries again with the next checkpoint") == printed.count("No more curve") == 1
    assert "Nothing is left" not in printed


def test_a_run_that_is_over_says_so(config: RunConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Minutes count from a run's beginning: to go on with the same number does nothing, with a message."""
    over = run(replace(config, fit=replace(config.fit, minutes=1.0)), tmp_path / "run")
    over.seconds = 61.0
    assert train(over, cast(Validation, NoValidation())) == 0
    assert "Nothing is left of the run's steps or minutes" in " ".join(capsys.readouterr().err.split())
    assert Checkpoint.load(tmp_path / "run" / LAST).step == 0


@pytest.mark.parametrize(
    ("end", "kind", "words"),
    [
        (FileError("a.mid cannot be read as MIDI."), FileError, "^a.mid cannot be read as MIDI.$"),
        (RuntimeError("DataLoader worker (pid 7) is killed by signal: Killed."), LisztenError, "fewer workers"),
        (RuntimeError("shapes"), RuntimeError, "shapes"),
    ],
)
def test_weights_are_saved_where_segments_end(
    config: RunConfig,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: Exception,
    kind: type[Exception],
    words: str,
) -> None:
    """A broken file or a lost worker after two steps: the reason, and a checkpoint of two steps."""
    with pytest.raises(kind, match=words):
        silent_run(config, 2, end, tmp_path / "run", monkeypatch)
    assert Checkpoint.load(tmp_path / "run" / LAST).step == 2


def test_a_fault_comes_out_of_the_renderer_as_one_sentence(config: RunConfig, tmp_path: Path) -> None:
    """What is raised in a worker comes with its traceback as its text: it is handed over as a value and raised here."""
    (tmp_path / "a.mid").write_bytes(b"MThd")
    corpus = replace(config.corpus, maestro=str(tmp_path), mixture=Mixture(1.0, 0.0, 0.0, 0.0))
    dataset = SegmentDataset(corpus, config.ear)
    assert isinstance(dataset[0], FileError)
    with pytest.raises(FileError, match=r"^.*a\.mid is a broken MIDI file"):
        next(batches(dataset, SeedBatches(2, 0, 1), workers=0))


def test_a_truncated_checkpoint_is_named_in_one_sentence(config: RunConfig, tmp_path: Path) -> None:
    """Half a checkpoint, no checkpoint, and one of a network that cannot be built."""
    begun = run(config, tmp_path / "run")
    begun.save()
    path = tmp_path / "run" / LAST
    whole = Checkpoint.load(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(FileError, match=r"^[^\n]*is damaged, or no checkpoint[^\n]*$"):
        begun.resume()
    with pytest.raises(FileError, match="There is no checkpoint"):
        Checkpoint.load(tmp_path / "nowhere.ckpt")
    with pytest.raises(FileError, match="another version of Liszten"):
        replace(whole, config=whole.config | {"ear": {"ears": 2}}).averaged_network()


def test_a_missing_corpus_is_reported_before_anything_is_written(tmp_path: Path) -> None:
    """No MAESTRO there: a sentence that says where to get it, and no folder for the run."""
    path = tmp_path / "run.toml"
    path.write_text(f'[corpus]\nmaestro = "{tmp_path}/nowhere"\n')
    with pytest.raises(MissingCorpusError, match="magenta"):
        fit_command(path, 1.0, False, None, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_checkpoint_that_cannot_be_written(config: RunConfig, tmp_path: Path) -> None:
    """A folder in the way: one sentence, and no half a file."""
    begun = run(config, tmp_path / "run")
    (tmp_path / "run" / LAST).mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        begun.save()
    assert [path.name for path in (tmp_path / "run").iterdir()] == [LAST]
