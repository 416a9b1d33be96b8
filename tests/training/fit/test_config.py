"""The configuration of a run: what is read, and the one sentence for what cannot be."""

from __future__ import annotations

import contextlib
from dataclasses import fields
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import training
from realtime.contract import AnalysisWindow
from realtime.errors import FileError, UsageError
from realtime.validation import build
from tests.any_data import any_toml
from training.fit.config import FitSettings, RunConfig, config_table, read_config


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("[fit]\nbatsh = 3\n", UsageError, "fit.batsh is 3: there is no such key"),
        ('[fit]\nbatch = "x"\n', UsageError, 'fit.batch is "x": Expected `int`'),
        ("[fit]\nsteps = 0\n", UsageError, "fit.steps is 0: Expected `int` >= 1"),
        ('[fit]\nprecision = "fp16"\n', UsageError, 'fit.precision is "fp16": Invalid enum value'),
        ("[fit]\nsteps = 9\nplateau_steps = 9\n", UsageError, "plateau_steps is 9, expected less than the 9 steps"),
        ("[fit]\nema = 1\n", UsageError, "fit.ema is 1: Expected `float` < 1.0"),
        ("[ear]\nhiden = 3\n", UsageError, "ear.hiden is 3: there is no such key"),
        ("[ear]\nsemitones = 100\n", UsageError, "ear.semitones is 100: Expected `int` <= 98"),
        ("[ear]\nwindows = [{lenght = 3}]\n", UsageError, "ear.windows.1.lenght is 3: there is no such key"),
        ("[corpus.mixture]\nnoises = 1\n", UsageError, "corpus.mixture.noises is 1"),
        ("corpus = 3\n", UsageError, "corpus is 3: Expected `object`"),
        ("ear = 3\n", UsageError, "ear is 3: Expected `object`"),
        ("nme = 3\n", UsageError, "nme is 3: there is no such key"),
        ("name = 5\n", UsageError, "name is 5: Expected `str`"),
        ("[fit\n", FileError, "cannot be read"),
        ('name = "Flügel"\n', FileError, "UTF-8"),
        ("name = " + "[" * 3_000, FileError, "it is nested too deeply"),
        (f"[fit]\nseed = {'9' * 5_000}\n", FileError, "cannot be read"),
        (f"[fit]\nlearning_rate = {'9' * 400}\n", UsageError, "fit.learning_rate is 9{40}: Number out of range"),
        (f"[fit]\nseed = 0x{'f' * 5_000}\n", UsageError, "fit.seed is beyond all measure: Expected `int`"),
        (f"[fit]\nseed = {'[' * 300}{']' * 300}\n", UsageError, r"fit.seed is \[{40}: Expected `int`"),
        ("[fit]\nseed = 2026-11-21\n", UsageError, "fit.seed is .2026-11-21.: Expected `int`"),
        ("[fit]\nlearning_rate = nan\n", UsageError, "fit.learning_rate is NaN: Expected `float`"),
        ("[fit]\nminutes = inf\n", UsageError, "fit.minutes is Infinity: Expected `float`"),
        ("[fit]\nseed = -1\n", UsageError, "seed is -1"),
        ("[fit]\nclip_norm = -1\n", UsageError, "clip_norm is -1"),
        ("[loss]\nonset = -1\n", UsageError, "onset is -1"),
        ("[ear]\nkey_hidden = 0\n", UsageError, "key_hidden is 0"),
        ("[ear]\nwindows = 3\n", UsageError, "ear.windows is 3: Expected `array`"),
        ("[ear]\nwindows = [{length = 512}]\n", UsageError, "ear.windows.1.tail: it is missing"),
        ("[ear]\nwindows = []\n", UsageError, "windows need a length"),
        ("[ear]\nwindows = [{length = 512, tail = 512}]\n", UsageError, "windows need a length"),
        ("[ear]\nwindows = [{length = 159, tail = 1}]\n", UsageError, "windows need a length"),
        ('[ear]\nshifts = {fast = "a"}\n', UsageError, "ear.shifts: Expected `int`, got `str`"),
        ("[ear]\nshifts = {}\n", UsageError, "ear.shifts: Expected `object` of length >= 1"),
        ("[ear]\nshifts = {fast = -1}\n", UsageError, "ear.shifts: Expected `int` >= 0"),
        ("[corpus]\nhops = 29\n", UsageError, "hops .* is 29, expected more than the latest delay's 29"),
    ],
)
def test_a_wrong_configuration_is_named(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    """An unknown key, a value that cannot be, or a broken file: one sentence that names it."""
    path = tmp_path / "run.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(error, match=words):
        read_config(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from([field.name for field in fields(RunConfig)]), any_toml()),
    st.dictionaries(st.sampled_from([field.name for field in fields(FitSettings)]), any_toml(), max_size=2),
)
def test_any_table_is_a_run_or_refused(tmp_path: Path, raw: dict[str, object], fit: dict[str, object]) -> None:
    """One sentence for what it cannot be; what it is comes out of a checkpoint's table again."""
    path = tmp_path / "run.toml"
    path.write_text(tomli_w.dumps({**raw, "fit": fit}), encoding="utf-8", errors="replace")
    with contextlib.suppress(UsageError):
        config = read_config(path)
        assert config == build(RunConfig, config_table(config), known_only=True)


def test_every_run_that_was_made_is_still_read() -> None:
    """The configurations of what ships, and of what came before."""
    runs = sorted((Path(training.__file__).parent / "runs").glob("*.toml"))
    assert len(runs) > 5
    assert {read_config(run).name for run in runs} == {"liszten"}


def test_a_configuration_is_read(tmp_path: Path) -> None:
    """Windows and shifts come as tables, the rest keeps its defaults."""
    path = tmp_path / "run.toml"
    path.write_text('name = "a"\n[ear]\nwindows = [{length = 512, tail = 128}]\nkey_hidden = 8\n[fit]\nsteps = 5\n')
    config = read_config(path)
    assert (AnalysisWindow(512, 128),) == config.ear.windows
    assert (config.ear.key_hidden, config.fit.steps, config.fit.ema) == (8, 5, 0.999)
