"""Calibration on activations made by hand, whose best thresholds are known."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realtime.contract import KEYS, LOWEST_PITCH, Activations, DecoderCalibration, ExpectedCalibration, FloatArray
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from tests.fakes import FAKE_SPEC
from training import entry
from training.calibration import calibrate
from training.calibration.calibrate import CalibrationExample, calibrate_delay, velocity_line
from training.cli import app
from training.commands import calibration
from training.data.segments.segments import Mixture
from training.fit.starter import STARTER_PIANOS, starter_folder

DELAY = "balanced"
SHIFT = FAKE_SPEC.shifts[DELAY]
SAMPLES = 16_000 * 6
Note = tuple[float, float, int]


def performance(notes: Sequence[Note], velocities: Sequence[int], pedal: tuple[float, float]) -> NoteTable:
    onset, offset, key = (np.array(column) for column in zip(*notes, strict=True))
    return NoteTable.build(onset, offset, key + LOWEST_PITCH, velocities, pedal, [127, 0])


def noise(samples: int) -> FloatArray:
    """The sound of the activations, whatever it is: no digital silence."""
    return np.random.default_rng(0).normal(0, 0.01, samples).astype(np.float32)


def spoken(
    notes: Sequence[Note], false: Sequence[Note], velocities: Sequence[int], pedal: tuple[float, float]
) -> Activations:
    """True onsets at 0.55, false ones at 0.3; keys sound at 0.75 and ring on at 0.45; key-offs at 0.6, ghosts of them
    at 0.25; the pedal at 0.8 when down and 0.2 when up; velocity: half the true one plus ten."""
    frames = SAMPLES // 160 + 60
    onset, frame, keyoff, velocity = (np.zeros((frames, KEYS), np.float32) for _ in range(4))
    frame[:] = 0.45
    for (start, end, key), loud in zip(notes, velocities, strict=True):
        first, last = round(start * 100) + SHIFT, round(end * 100) + SHIFT
        # The first after a silence must have a high activation (realtime/transcription/decoder.py).
        onset[first : first + 2, key] = 0.7 if start == notes[0][0] else 0.55
        frame[first:last, key] = 0.75
        keyoff[first + 20, key], keyoff[last : last + 2, key] = 0.25, 0.6
        velocity[first : first + 2, key] = (loud / 2 + 10) / 127
    for start, _, key in false:
        first = round(start * 100) + SHIFT
        onset[first : first + 2, key] = 0.3
    down = np.full(frames, 0.2, np.float32)
    down[round(pedal[0] * 100) + SHIFT : round(pedal[1] * 100) + SHIFT] = 0.8
    return Activations(onset, frame, keyoff, velocity, down)


def example(seed: int) -> CalibrationExample:
    """Thirty notes on keys of their own, as many false ones on other keys, the pedal down from 5 to 5.5 s."""
    random = np.random.default_rng(seed)
    keys = random.permutation(KEYS)
    starts = np.sort(random.uniform(0.2, 3.5, 30))
    notes = [(float(s), float(s) + 0.6, int(k)) for s, k in zip(starts, keys[:30], strict=True)]
    false = [(float(s), float(s), int(k)) for s, k in zip(starts, keys[30:60], strict=True)]
    velocities = random.integers(20, 110, 30).tolist()
    pedal = (5.0, 5.5)
    estimated = spoken(notes, false, velocities, pedal)
    return CalibrationExample({DELAY: estimated}, performance(notes, velocities, pedal), noise(SAMPLES))


@pytest.fixture(scope="module")
def examples() -> list[CalibrationExample]:
    return [example(seed) for seed in range(3)]


@pytest.fixture(scope="module")
def chosen(examples: list[CalibrationExample], few_thresholds: None) -> DecoderCalibration:
    return calibrate_delay(FAKE_SPEC, DELAY, examples)


def test_thresholds_land_between_true_and_false(examples: list[CalibrationExample], chosen: DecoderCalibration):
    """Onsets between 0.3 and 0.55, key-offs between 0.25 and 0.6; the pedal is found as it was pressed."""
    assert 0.3 < chosen.onset <= 0.55
    assert chosen.restrike <= chosen.onset
    assert 0.25 < chosen.keyoff <= 0.6
    for one, estimated in zip(examples, calibrate.Trial(FAKE_SPEC, DELAY, examples).decoded(chosen), strict=True):
        assert calibrate.pedal_objective(one.reference, estimated.notes, SAMPLES) == pytest.approx(1.0, abs=0.03)


def test_of_restrikes_that_cost_little_the_least_is_taken():
    """.3 is best, .2 costs half a hundredth of it, .15 two."""
    evaluated = [(value, DecoderCalibration(restrike=v)) for value, v in ((0.88, 0.15), (0.895, 0.2), (0.9, 0.3))]
    assert calibrate.least_restrike(evaluated).restrike == 0.2


def test_the_pedals_thresholds_hold_with_lower_activations():
    """Activations of .7 and .3: any pair between is right; two logits higher or lower, only their turns show it."""
    activation = np.repeat([0.3, 0.7, 0.3, 0.7, 0.3], 100).astype(np.float32)
    silent = np.zeros((len(activation), KEYS), np.float32)
    begin = 1.0 - (FAKE_SPEC.tail_samples + 80) / 16_000
    reference = NoteTable.build([], [], [], [], [begin, begin + 1, begin + 2, begin + 3], [127, 0, 127, 0])
    one = CalibrationExample(
        {"fast": Activations(silent, silent, silent, silent, activation)}, reference, noise(4 * 16_000)
    )
    trial = calibrate.Trial(FAKE_SPEC, "fast", [one])
    scores = {
        pair: trial.pedal_mean(DecoderCalibration(pedal_on=pair[0], pedal_off=pair[1])) for pair in calibrate.PEDALS
    }
    assert max(scores, key=scores.__getitem__)[1] <= 0.2
    assert scores[0.6, 0.1] > scores[0.6, 0.4] + 0.1


def test_the_pedal_alone_is_decoded_as_by_the_decoder(examples: list[CalibrationExample]):
    """Frame by frame what comes out of the whole decoder, where the activation is not moved."""
    trial, plain = calibrate.Trial(FAKE_SPEC, DELAY, examples), DecoderCalibration()
    grid = np.arange(0, 10, 0.01)
    for number, estimated in enumerate(trial.decoded(plain)):
        alone = trial.decode_pedal(number, 0.0, plain)
        assert (alone.pedal_at(grid) == estimated.notes.pedal_at(grid)).mean() > 0.99


def test_the_pedals_objective_is_the_metric_that_is_reported():
    """Down nine tenths of the time: better than a pedal that is never lifted; None where it is never pressed."""
    reference = NoteTable.build([0.1], [0.2], [60], [64], [0.0, 9.0], [127, 0])
    always = NoteTable.build([0.1], [0.2], [60], [64], [0.0], [127])
    never = NoteTable.build([0.1], [0.2], [60], [64], [], [])
    assert calibrate.pedal_objective(reference, reference, 160_000) == 1.0
    assert calibrate.pedal_objective(reference, always, 160_000) == pytest.approx(2 * 0.9 / 1.9)
    assert calibrate.pedal_objective(never, always, 160_000) is None


def test_velocity_is_put_back_on_the_true_line(chosen: DecoderCalibration):
    """Estimated = true / 2 + 10, so true = 2 estimated - 20."""
    assert chosen.velocity_gain == pytest.approx(2.0, abs=0.03)
    assert chosen.velocity_offset == pytest.approx(-20.0, abs=1.5)


def test_how_loud_a_whole_segment_stands_does_not_bend_the_velocity_line(examples: list[CalibrationExample]):
    """One segment recorded louder: estimated 20 units above the others' line; the gain stays 2."""
    estimated = calibrate.Trial(FAKE_SPEC, DELAY, examples).decoded(DecoderCalibration(onset=0.45))
    louder = [
        one._replace(notes=replace(one.notes, velocity=one.notes.velocity + 20 * (i == 0)))
        for i, one in enumerate(estimated)
    ]
    gain, offset = velocity_line(examples, louder)
    assert gain == pytest.approx(2.0, abs=0.03)
    assert offset < -20.0


def test_velocity_is_left_alone_with_too_few_notes(examples: list[CalibrationExample]):
    """Thirty pairs do not make a line."""
    estimated = calibrate.Trial(FAKE_SPEC, DELAY, examples[:1]).decoded(DecoderCalibration(onset=0.45))
    assert velocity_line(examples[:1], estimated) == (1.0, 0.0)


def test_notes_struck_before_the_segment_are_not_asked_for():
    """Their onsets lie at negative times; pedal and later notes stay."""
    both = NoteTable.build([-0.5, 0.0], [0.5, 1.0], [60, 62], [64, 70], [0.0], [127])
    kept = both.started_inside()
    assert (kept.onset.tolist(), kept.pitch.tolist(), kept.pedal_value.tolist()) == ([0.0], [62], [127])


def test_the_command_writes_every_delay_into_the_file(
    fake_model_file: Path,
    examples: list[CalibrationExample],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """The file's calibration is replaced, its graph and its other metadata are not; the corpus is stubbed away."""
    path = shutil.copy(fake_model_file, tmp_path / "tuned.onnx")
    everywhere = [s._replace(activations=dict.fromkeys(FAKE_SPEC.shifts, s.activations[DELAY])) for s in examples[:1]]
    monkeypatch.setattr(calibration, "validation_source", lambda seconds: None)
    monkeypatch.setattr(calibration, "examples_of", lambda *_: everywhere)
    monkeypatch.setattr(calibration, "lessons_of", lambda *_: [])
    assert calibrate_here(monkeypatch, path) == 0
    spec = OnnxStep(path, "cpu").spec
    assert list(spec.calibration) == list(FAKE_SPEC.shifts)
    assert 0.3 < spec.calibration[DELAY].onset <= 0.55
    assert list(spec.live) == list(FAKE_SPEC.live)
    assert replace(spec, calibration={}, live={}) == replace(FAKE_SPEC, live={})
    assert "balanced" in capsys.readouterr().out


def calibrate_here(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Run `liszten-train calibrate` in this process; its exit status."""
    monkeypatch.setattr(sys, "argv", ["liszten-train", "calibrate", *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        entry.run(app, "liszten-train")
    code = stopped.value.code
    return 0 if code is None else int(code)


def test_a_model_is_tuned_on_the_corpus_of_its_run(
    fake_model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A run's file with folders of its own: validation split, no noise alone, its own mixture otherwise; without the
    full corpus anywhere."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path / "nothing"))
    folder, config = starter_folder(), tmp_path / "run.toml"
    config.write_text(
        f"""[corpus]
        maestro = {str(folder / "performances")!r}
        pianos_folder = {str(folder / "pianos")!r}
        pianos = ["kawai_upright_thin"]
        rooms = "none"
        noise = "none"
        recordings = "none"
        mixture = {{rendered = 0.0, recording = 0.0, generated = 0.7, noise = 0.3}}
        """,
        encoding="utf-8",
    )
    source = calibration.chosen_source(config, starter=False, seconds=2.0)
    assert (source.config.split, source.config.hops) == ("validation", 200)
    assert source.config.mixture == Mixture(rendered=0.0, recording=0.0, generated=0.7, noise=0.0)
    path = shutil.copy(fake_model_file, tmp_path / "tuned.onnx")
    assert calibrate_here(monkeypatch, path, config, "--segments", 1, "--seconds", 2, "--pupils", 1) == 0
    spec = OnnxStep(path, "cpu").spec
    assert list(spec.calibration) == list(FAKE_SPEC.shifts)
    # The fake model hears nothing of a piano, so of equal costs the usual values stay.
    assert spec.expected == ExpectedCalibration()


def test_the_starter_corpus_can_be_tuned_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """It comes along, so nothing has to be fetched: its pianos and performances of the validation split."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path / "nothing"))
    source = calibration.chosen_source(None, starter=True, seconds=2.0)
    segment = source.segment(0)
    assert source.config.split == "validation"
    assert segment.kind in ("rendered", "generated")
    assert segment.piano in STARTER_PIANOS


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 5, "or take --starter"),
        (["{nowhere}"], 5, "nowhere.toml"),
        (["{silent}"], 2, "silent.toml: nothing can be rendered"),
        (["{silent}", "--starter"], 2, "either"),
        (["{missing}"], 5, "gone"),
    ],
)
def test_a_corpus_that_is_not_there_is_one_sentence(
    arguments: list[str],
    status: int,
    words: str,
    fake_model_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Nothing rendered, nothing changed, and what to do instead."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path / "nothing"))
    files = {name: tmp_path / f"{name}.toml" for name in ("nowhere", "silent", "missing")}
    files["silent"].write_text('[corpus]\npianos_folder = "none"', encoding="utf-8")
    files["missing"].write_text(f"[corpus]\npianos_folder = {str(tmp_path / 'gone')!r}", encoding="utf-8")
    path = Path(shutil.copy(fake_model_file, tmp_path / "tuned.onnx"))
    given = [a.format(**files) for a in arguments]
    assert calibrate_here(monkeypatch, path, *given) == status
    printed = capsys.readouterr().err
    assert words in printed
    assert "Traceback" not in printed
    assert path.read_bytes() == fake_model_file.read_bytes()


@pytest.mark.corpus
def test_validation_segments_are_rendered_and_transcribed(data_dir: Path, fake_step: OnnxStep):
    """Two short segments of the validation split: notes inside, activations for every delay beyond the end."""
    source = calibrate.validation_source(2.0)
    assert source.config.split == "validation"
    found = calibrate.examples_of(fake_step, source, 2)
    assert [one.length for one in found] == [32_000, 32_000]
    assert any(len(one.reference.onset) for one in found)
    for one in found:
        assert list(one.activations) == list(FAKE_SPEC.shifts)
        assert all(len(estimated.pedal) >= 200 for estimated in one.activations.values())


def test_a_pedal_in_digital_silence_is_decoded_as_by_the_decoder():
    """The same activation on a sound that breaks off: it goes up a second later, and is not pressed any more."""
    silent = np.zeros((660, KEYS), np.float32)
    onset, pedal = silent.copy(), np.repeat([0.8, 0.1, 0.8], 220).astype(np.float32)
    onset[20:22, 40] = 0.9
    audio = noise(16_000 * 6)
    audio[16_000:] = 0
    one = CalibrationExample(
        {"fast": Activations(onset, silent, silent, silent, pedal)},
        performance([(0.1, 0.2, 40)], [64], (0.1, 1.0)),
        audio,
    )
    trial = calibrate.Trial(FAKE_SPEC, "fast", [one])
    alone, (whole,) = trial.decode_pedal(0, 0.0, DecoderCalibration()), trial.decoded(DecoderCalibration())
    assert alone.pedal_value.tolist() == whole.notes.pedal_value.tolist() == [127, 0]
    assert alone.pedal_time[1] == whole.notes.pedal_time[1] == pytest.approx(2.05, abs=0.03)
