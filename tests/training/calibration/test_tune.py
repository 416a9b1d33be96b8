"""Tuning to one's own takes: what is read, what is refused, and that nothing gets worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE, DecoderCalibration
from realtime.errors import UsageError
from realtime.events import NoteOff, NoteOn, StreamStarted, to_json
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from tests.command_line import run_program
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording
from tests.training.calibration.test_calibrate import DELAY, example
from training.calibration import tune
from training.calibration.tune import read_take, tune_delay
from training.cli import app
from training.data.corpus.midi import write_midi

Note = tuple[int, float, float]
NOTES: list[Note] = [(FAKE_KEYS[i % 8], 0.3 + 0.2 * i, 0.45 + 0.2 * i) for i in range(20)]


def played(notes: Sequence[Note]) -> NoteTable:
    keys, onsets, offsets = (np.array(column) for column in zip(*notes, strict=True))
    return NoteTable.build(onsets, offsets, keys + LOWEST_PITCH, np.full(len(notes), 64))


def write_take(folder: Path, reference: Sequence[Note], estimated: Sequence[Note]) -> Path:
    """A take of `NOTES` whose MIDI file has the notes `reference` and whose events the notes `estimated`."""
    folder.mkdir()
    soundfile.write(folder / "audio.wav", fake_recording(NOTES, 5.0), SAMPLE_RATE)
    write_midi(played(reference), folder / "notes.mid")
    events = [StreamStarted("fake", "balanced", 0.06, SAMPLE_RATE, "microphone", "2026-11-21T10:00:00Z")]
    lines = [to_json(event) for event in events]
    for key, onset, offset in estimated:
        lines.append(to_json(NoteOn(onset, onset + 0.06, key + LOWEST_PITCH, 64, 0.9)))
        lines.append(to_json(NoteOff(offset, offset + 0.06, key + LOWEST_PITCH)))
    (folder / "notes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("onset", [0.25, 0.6])
def test_a_threshold_moves_between_true_and_false_notes(onset: float):
    """True onsets at 0.55 and false ones at 0.3: one start finds both, the other neither. Velocity, estimated as half
    of the true one plus ten, is corrected too."""
    spec = replace(FAKE_SPEC, calibration={DELAY: DecoderCalibration(onset=onset)})
    before, after = tune_delay(spec, DELAY, [example(0), example(1)])
    assert before.means[tune.ONSET] < 0.7
    assert after.means[tune.ONSET] == 1.0
    assert 0.3 < after.calibration.onset <= 0.55
    assert after.calibration.velocity_gain == pytest.approx(2.0, abs=0.05)


def test_no_other_objective_pays_for_a_gain(monkeypatch: pytest.MonkeyPatch):
    """Where the second objective falls with every note found, a threshold that finds none stays."""
    scarce = (
        tune.onset_objective,
        lambda reference, estimated, length: 1 / (1 + len(estimated)),
        tune.pedal_objective,
    )
    monkeypatch.setattr(tune, "OBJECTIVES", scarce)
    spec = replace(FAKE_SPEC, calibration={DELAY: DecoderCalibration(onset=0.6)})
    before, after = tune_delay(spec, DELAY, [example(0)])
    assert before.means[tune.ONSET] == 0
    assert after.calibration.onset == 0.6


def test_a_good_calibration_stays_as_it_is():
    """Without a gain nothing moves, so that a few takes do not undo what much material has found."""
    best = DecoderCalibration(onset=0.45, frame=0.6, keyoff=0.45, pedal_on=0.5, pedal_off=0.4, velocity_gain=2.0)
    best = replace(best, velocity_offset=-20.0)
    before, after = tune_delay(replace(FAKE_SPEC, calibration={DELAY: best}), DELAY, [example(0)])
    assert before.means[tune.ONSET] == 1.0
    assert (after.calibration.onset, after.calibration.frame) == (0.45, 0.6)


def test_the_corrected_notes_are_the_midi_file(tmp_path: Path):
    """One note is taken out of the MIDI file; a take without MIDI file has the notes of its events."""
    take = write_take(tmp_path / "take", NOTES[:-1], NOTES)
    assert len(read_take(take)) == 19
    (take / "notes.mid").unlink()
    assert len(read_take(take)) == 20


def test_a_tuned_copy_is_written_and_the_model_stays(
    tmp_path: Path,
    fake_model_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Every delay has a calibration, the name tells, and the copy loads."""
    monkeypatch.setattr(tune, "FEWEST_NOTES", 10)
    take, content = write_take(tmp_path / "take", NOTES, NOTES[1:]), fake_model_file.read_bytes()
    out = tmp_path / "mine.onnx"
    assert run_program(app, "liszten-train", monkeypatch, "tune", take, "--model", fake_model_file, "-o", out) == 0
    printed = capsys.readouterr()
    assert printed.out.strip() == str(out)
    assert "→" in printed.err
    spec = OnnxStep(out, "cpu").spec
    assert spec.name == "fake-tuned"
    assert list(spec.calibration) == list(FAKE_SPEC.shifts)
    assert fake_model_file.read_bytes() == content


@pytest.mark.parametrize(
    ("moved_s", "words"), [(0.1, "hardly any is heard there"), (4.0, "come after the end of audio.wav")]
)
def test_notes_of_another_recording_are_refused(
    tmp_path: Path, fake_step: OnnxStep, monkeypatch: pytest.MonkeyPatch, moved_s: float, words: str
):
    """A MIDI file that an editor moved in time is refused before thresholds are tuned to it."""
    monkeypatch.setattr(tune, "FEWEST_NOTES", 1)
    moved = [(key, onset + moved_s, offset + moved_s) for key, onset, offset in NOTES]
    take = write_take(tmp_path / "take", moved, NOTES)
    with pytest.raises(UsageError, match=words):
        tune.examples_of_takes(fake_step, [take])


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["{take}"], 2, "19 notes are too few"),
        (["{same}"], 2, "was not corrected"),
        (["{empty}"], 5, "is no take"),
        (["{take}", "-o", "{model}"], 2, "is the model itself"),
    ],
)
def test_what_cannot_be_tuned_on_is_one_sentence(
    arguments: list[str],
    status: int,
    words: str,
    tmp_path: Path,
    fake_model_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Too little, not corrected, no take at all, or the model in the way."""
    take, same = (write_take(tmp_path / name, notes, NOTES) for name, notes in (("take", NOTES[1:]), ("same", NOTES)))
    (tmp_path / "empty").mkdir()
    known = {"take": take, "same": same, "empty": tmp_path / "empty", "model": fake_model_file}
    out = [] if "-o" in arguments else ["-o", str(tmp_path / "mine.onnx")]
    given = [argument.format(**known) for argument in arguments] + out
    assert run_program(app, "liszten-train", monkeypatch, "tune", *given, "--model", fake_model_file) == status
    printed = capsys.readouterr().err
    assert words in printed
    assert not (tmp_path / "mine.onnx").exists()
