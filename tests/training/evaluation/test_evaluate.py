"""Evaluation from audio files to numbers, with a model that detects eight keys."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
import soundfile

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE
from realtime.events import NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from realtime.transcription.recording import transcribe_file
from tests.command_line import run_program
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording
from training.cli import app
from training.commands import evaluation
from training.data.corpus.midi import write_midi
from training.evaluation.estimated import from_events
from training.evaluation.evaluate import find_sets, read_blocks, transcribe
from training.evaluation.metrics import compute_metrics
from training.evaluation.results import FileResult, mean_metrics

SECONDS = 3.0
NOTES = [(FAKE_KEYS[1], 0.5, 1.0), (FAKE_KEYS[4], 1.25, 1.6), (FAKE_KEYS[1], 2.0, 2.5)]
PROMISED = {
    *("file", "delay", "onset_p_50", "onset_r_50", "onset_f1_50", "onset_f1_100", "offset_f1", "velocity_f1"),
    *("frame_f1", "pedal_f1", "emission_p50_s", "emission_p95_s"),
}


def played() -> NoteTable:
    """The reference of `NOTES`, with the pedal down from 1.4 to 1.8 s."""
    keys, onsets, offsets = (np.array(column) for column in zip(*NOTES, strict=True))
    return NoteTable.build(onsets, offsets, keys + LOWEST_PITCH, [64, 64, 64], [1.4, 1.8], [127, 0])


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A folder with one close and one ambient recording; in the ambient one a reference note is not played."""
    folder = tmp_path / "room"
    folder.mkdir()
    time = np.arange(round(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    pedal = 0.4 * ((time >= 1.4) & (time < 1.8))
    for name, notes in (("one_ENSTDkCl", NOTES), ("two_ENSTDkAm", NOTES[:2])):
        soundfile.write(folder / f"{name}.flac", fake_recording(notes, SECONDS) + pedal, SAMPLE_RATE)
        write_midi(played(), folder / f"{name}.mid")
    return folder


def liszten_train(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    return run_program(app, "liszten-train", monkeypatch, *arguments)


def test_json_keeps_the_promised_form(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """One object; every promised key per file and delay; a perfect file and one with two notes of three."""
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, "--set", recordings, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["set"], found["model"]) == ("room", "fake")
    assert [(row["file"], row["delay"]) for row in found["files"]] == [
        (name, delay) for name in ("one_ENSTDkCl", "two_ENSTDkAm") for delay in FAKE_SPEC.modes
    ]
    for row in found["files"]:
        assert set(row) >= PROMISED
        perfect = row["file"] == "one_ENSTDkCl"
        assert row["onset_f1_50"] == pytest.approx(1.0 if perfect else 0.8)
        assert (row["onset_p_50"], row["onset_r_50"]) == (1.0, 1.0 if perfect else 2 / 3)
        assert (row["notes_true"], row["notes_heard"], row["false_notes_per_minute"]) == (3, 3 if perfect else 2, 0)
        assert row["pedal_f1"] > 0.75  # up where the fake sound stands still, as in digital silence
        assert row["emission_p50_s"] <= FAKE_SPEC.delay(row["delay"]) + 0.010
    assert found["mean"]["balanced"]["onset_f1_50"] == pytest.approx(0.9)
    assert found["groups"]["close"]["balanced"]["onset_f1_50"] == pytest.approx(1.0)
    assert found["groups"]["ambient"]["balanced"]["onset_f1_50"] == pytest.approx(0.8)


def test_a_report_has_csv_json_and_a_picture_per_file(
    recordings: Path, fake_model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two delays of two files: four CSV rows, two pictures that are not blank."""
    out = tmp_path / "report"
    arguments = ["--model", fake_model_file, "--set", recordings, "--delay", "fast", "--delay", "studio", "-o", out]
    assert liszten_train(monkeypatch, "evaluate", *arguments) == 0
    with (out / "scores.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["delay"] for row in rows] == ["fast", "studio"] * 2
    assert float(rows[0]["onset_f1_50"]) == pytest.approx(1.0)
    assert json.loads((out / "scores.json").read_text(encoding="utf-8"))["set"] == "room"
    pictures = sorted((out / "room").iterdir())
    assert [picture.name for picture in pictures] == ["one_ENSTDkCl.png", "two_ENSTDkAm.png"]
    plots = [out / f"{name}.png" for name in ("f1-by-delay", "room-classes", "room-certainty", "room-intervals")]
    assert all(matplotlib.image.imread(picture).std() > 0.02 for picture in [*pictures, *plots])
    with (out / "errors.csv").open(encoding="utf-8") as file:
        recall = {(row["delay"], row["what"]): float(row["share"]) for row in csv.DictReader(file)}
    assert recall["studio", "recall, register C2-B2"] == pytest.approx(0.75)


def test_what_is_no_recording_with_notes_does_not_spoil_the_mean(
    recordings: Path,
    fake_model_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Sound without MIDI is named and no failure, MIDI without notes is one; two recordings of one name are told
    apart, an ending in capitals is found, and a name that is no UTF-8 is written as well as can be."""
    sound, notes = recordings / "two_ENSTDkAm.flac", recordings / "two_ENSTDkAm.mid"
    for name in ("alone.flac", "nothing.flac", os.fsdecode(b"fl\xfcgel.flac"), "Capitals.flac", "two_ENSTDkAm.wav"):
        shutil.copy(sound, recordings / name)
    shutil.copy(notes, recordings / os.fsdecode(b"fl\xfcgel.mid"))
    shutil.copy(notes, recordings / "Capitals.MID")
    write_midi(NoteTable(), recordings / "nothing.mid")
    arguments = ["--model", fake_model_file, "--set", recordings, "--delay", "fast", "--json"]
    assert liszten_train(monkeypatch, "evaluate", *arguments) == 7
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    names = ["Capitals", "fl\N{REPLACEMENT CHARACTER}gel", "one_ENSTDkCl", "two_ENSTDkAm.flac", "two_ENSTDkAm.wav"]
    assert [row["file"] for row in found["files"]] == names
    assert found["mean"]["fast"]["onset_f1_50"] == pytest.approx((1 + 4 * 0.8) / 5)
    assert found["groups"]["ambient"]["fast"]["onset_f1_50"] == pytest.approx(0.8)
    assert len(found["failed"]) == 1
    assert "nothing.mid holds no notes" in found["failed"][0]
    assert "beside them: alone.flac." in printed.err


def test_a_folder_that_cannot_be_written_is_reported_before_the_work_and_metrics_are_printed_all_the_same(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A file in the way is reported before the work; with a disk that fills up later the metrics are still printed."""
    arguments = ["--model", fake_model_file, "--set", recordings, "--delay", "fast", "--json", "-o"]
    assert liszten_train(monkeypatch, "evaluate", *arguments, recordings / "two_ENSTDkAm.mid") == 5
    assert capsys.readouterr().out == ""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("training.evaluation.tables.write_plots", full)
    assert liszten_train(monkeypatch, "evaluate", *arguments, recordings / "report") == 5
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)["files"]) == 2
    assert "the disk is full" in printed.err


def test_tables_name_every_file_the_groups_and_the_worst(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """What a person reads."""
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, "--set", recordings) == 0
    printed = capsys.readouterr().out
    for words in ("worst: two_ENSTDkAm", "close 1", "ambient 1", "one_ENSTDkCl", "balanced", "0.800"):
        assert words in printed


def test_several_sets_are_one_object(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """The second set lies under more_sets in the same form; of two folders of one name the second gets a number, and
    a folder that is given again adds nothing."""
    other = recordings.parent / "other" / "room"
    shutil.copytree(recordings, other)
    sets = ["--set", recordings, "--set", other, "--set", recordings]
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, *sets, "--json", "--delay", "fast") == 0
    found = json.loads(capsys.readouterr().out)
    assert [other["set"] for other in found["more_sets"]] == ["room-2"]
    assert len(found["more_sets"][0]["files"]) == 2


def test_notes_in_noise_are_counted_per_minute(
    tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """One note in 6 s of clips as levelled: 10 a minute; 30 dB down the model detects nothing."""
    folder = tmp_path / "quiet-dev"
    folder.mkdir()
    length = 3 * SAMPLE_RATE
    loud = fake_recording([(FAKE_KEYS[2], 1.0, 2.0)], 3.0)
    soundfile.write(folder / "quiet-dev.flac", np.concatenate([loud, np.zeros(length)]), SAMPLE_RATE)
    clips = [{"cls": "speech", "start": start, "frames": length} for start in (0, length)]
    (folder / "quiet-dev.json").write_text(json.dumps({"sample_rate": SAMPLE_RATE, "clips": clips}), encoding="utf-8")
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, "--set", folder, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == []
    expected = {"false_notes_per_minute_26": pytest.approx(10.0), "false_notes_per_minute_56": 0.0}
    assert found["mean"] == dict.fromkeys(FAKE_SPEC.modes, expected)
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, "--set", folder) == 0
    assert "10.0" in capsys.readouterr().out


def test_peers_stand_beside_us(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A peer that finds every note gets a perfect row, one that finds the first alone misses the others; neither has
    an emission delay."""
    first = played().only(np.arange(len(NOTES)) == 0)
    peers = [("oracle", lambda path: played()), ("first", lambda path: first)]
    monkeypatch.setattr(evaluation, "installed_peers", lambda: peers)
    arguments = ["--model", fake_model_file, "--set", recordings, "--peers", "--delay", "fast"]
    assert liszten_train(monkeypatch, "evaluate", *arguments, "--json") == 0
    found = json.loads(capsys.readouterr().out)["peers"]
    assert found["mean"]["oracle"]["onset_f1_50"] == 1.0
    assert found["mean"]["oracle"]["emission_p50_s"] is None
    missing = {name: found["mean"]["first"][name] for name in ("onset_p_50", "onset_r_50", "notes_true", "notes_heard")}
    assert missing == {"onset_p_50": 1.0, "onset_r_50": 1 / len(NOTES), "notes_true": len(NOTES), "notes_heard": 1}
    out = recordings.parent / "report"
    assert liszten_train(monkeypatch, "evaluate", *arguments, "-o", out) == 0
    assert "oracle" in capsys.readouterr().out
    assert {"f1-by-delay.png", "room-classes.png", "room-certainty.png", "room-intervals.png"} <= {
        path.name for path in out.iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--set", "nowhere"], 5, "nowhere"),
        ([], 5, "maps-dev nor maps-synth"),
        (["--set", "{empty}"], 5, "no audio file with a MIDI file"),
        (["--set", "{room}", "--delay", "instant"], 2, "'instant'"),
        (["--set", "{room}", "--model", "{junk}"], 6, "junk.onnx"),
        (["--set", "{room}", "-o", "{junk}"], 5, "cannot be written"),
    ],
)
def test_bad_input_is_one_sentence_and_a_status(
    arguments: list[str],
    status: int,
    words: str,
    recordings: Path,
    fake_model_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Missing sets, unknown delays, foreign models and unwritable reports: no traceback."""
    empty, junk = tmp_path / "empty", tmp_path / "junk.onnx"
    empty.mkdir()
    junk.write_bytes(b"not a model")
    monkeypatch.setenv("LISZTEN_DATA", str(empty))
    given = [a.format(empty=empty, room=recordings, junk=junk) for a in arguments]
    model = [] if "--model" in given else ["--model", str(fake_model_file)]
    assert liszten_train(monkeypatch, "evaluate", *model, *given) == status
    printed = capsys.readouterr().err
    assert words in printed
    assert "Traceback" not in printed


def test_default_sets_are_those_that_are_there(recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With maps-synth alone in the data folder, maps-synth is evaluated."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path))
    shutil.copytree(recordings, tmp_path / "maps-synth")
    assert find_sets([]) == {"maps-synth": tmp_path / "maps-synth"}
    shutil.copytree(recordings, tmp_path / "maps-dev")
    assert list(find_sets([])) == ["maps-dev", "maps-synth"]


def test_a_set_without_a_name_is_called_after_its_folder(
    recordings: Path, fake_model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """`--set .`: the pictures of its recordings lie in a folder of that name, its plots begin with it."""
    monkeypatch.chdir(recordings)
    out = tmp_path / "report"
    arguments = ["--model", fake_model_file, "--set", ".", "--delay", "fast", "-o", out]
    assert liszten_train(monkeypatch, "evaluate", *arguments) == 0
    assert {path.name for path in out.iterdir() if path.is_dir()} == {"room"}
    assert {"room-classes.png", "scores.csv", "scores.json"} <= {path.name for path in out.iterdir()}
    assert json.loads((out / "scores.json").read_text(encoding="utf-8"))["set"] == "room"


def test_sets_of_one_name_keep_their_pictures_apart(
    recordings: Path, fake_model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two folders `room`, and one that is called as the second of them would be."""
    others = [tmp_path / "other" / "room", tmp_path / "room-2"]
    for other in others:
        shutil.copytree(recordings, other)
    out = tmp_path / "report"
    sets = [part for folder in (recordings, *others) for part in ("--set", folder)]
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, *sets, "--delay", "fast", "-o", out) == 0
    assert sorted(str(path.relative_to(out).parent) for path in out.glob("*/*.png")) == [
        *("room", "room", "room-2", "room-2", "room-2-2", "room-2-2"),
    ]


def test_unreadable_files_are_named_and_the_others_evaluated(
    recordings: Path,
    fake_model_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Junk for sound, junk for notes, a WAV without samples: a line each and one at the end, status 7, and the good
    files in every form; a broken noise set beside them is one more line."""
    for name in ("a_junk.flac", "b_notes.mid", "c_empty.wav"):
        write_midi(played(), (recordings / name).with_suffix(".mid"))
    (recordings / "a_junk.flac").write_bytes(b"junk")
    shutil.copy(recordings / "one_ENSTDkCl.flac", recordings / "b_notes.flac")
    (recordings / "b_notes.mid").write_bytes(b"junk")
    soundfile.write(recordings / "c_empty.wav", np.zeros(0), SAMPLE_RATE)
    noise = tmp_path / "hiss"
    noise.mkdir()
    (noise / "hiss.json").write_text("{}", encoding="utf-8")
    out = tmp_path / "report"
    arguments = ["--set", noise, "--set", recordings, "--delay", "fast", "--json", "-o", out]
    assert liszten_train(monkeypatch, "evaluate", "--model", fake_model_file, *arguments) == 7
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert len(lines) == 5
    for line, words in zip(lines, ("hiss", "a_junk.flac", "b_notes.mid", "c_empty.wav", "4 failed"), strict=True):
        assert line.startswith("liszten-train: ")
        assert words in line
    assert json.loads(printed.out) == json.loads((out / "scores.json").read_text(encoding="utf-8"))
    [found] = json.loads(printed.out)["more_sets"]
    assert [row["file"] for row in found["files"]] == ["one_ENSTDkCl", "two_ENSTDkAm"]
    assert len(found["failed"]) == 3
    with (out / "scores.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_nothing_but_broken_files_is_no_traceback(
    tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """No table, no picture, the file by name, status 7."""
    write_midi(played(), tmp_path / "junk.mid")
    (tmp_path / "junk.flac").write_bytes(b"junk")
    arguments = ["--model", fake_model_file, "--set", tmp_path, "-o", tmp_path / "report"]
    assert liszten_train(monkeypatch, "evaluate", *arguments) == 7
    printed = capsys.readouterr()
    assert "junk.flac" in printed.err
    assert "worst" not in printed.out


def test_a_peer_that_fails_leaves_our_metrics(
    recordings: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A peer may raise any error: a line for each file; our results and the peer's other files are kept."""

    def moody(path: Path) -> NoteTable:
        if path.stem.startswith("one"):
            raise RuntimeError("no mood")
        return played()

    monkeypatch.setattr(evaluation, "installed_peers", lambda: [("moody", moody)])
    arguments = ["--model", fake_model_file, "--set", recordings, "--peers", "--delay", "fast", "--json"]
    assert liszten_train(monkeypatch, "evaluate", *arguments) == 7
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert [row["file"] for row in found["files"]] == ["one_ENSTDkCl", "two_ENSTDkAm"]
    assert [row["file"] for row in found["peers"]["files"]] == ["two_ENSTDkAm"]
    assert "moody cannot hear" in printed.err
    assert "no mood" in printed.err


def test_a_recording_takes_the_road_that_ships(tmp_path: Path, fake_step: OnnxStep):
    """44.1 kHz, stereo with one loud side, NaN in it: the very events of `transcribe_file`, whose clock counts the
    resampler."""
    rate = 44_100
    loud = fake_recording(NOTES, SECONDS, rate)
    stereo = np.stack([loud, 0.01 * loud], axis=1)
    stereo[rate // 2 + 5 : rate // 2 + 55, 0] = np.nan
    path = tmp_path / "a.wav"
    soundfile.write(path, stereo, rate, subtype="FLOAT")
    blocks, found_rate = read_blocks(path)
    estimated = transcribe(fake_step, blocks, found_rate, list(FAKE_SPEC.shifts))
    for delay, ours in estimated.items():
        shipped = from_events(transcribe_file(path, fake_step, delay))
        assert ours.notes.onset.tolist() == shipped.notes.onset.tolist()
        assert ours.notes.velocity.tolist() == shipped.notes.velocity.tolist()
        assert ours.emitted.tolist() == shipped.emitted.tolist()
        assert len(ours.notes.onset) == len(NOTES)


def test_a_pitch_that_no_piano_has_is_only_missed():
    """A drum track in the reference does not end the run; the note counts as one that was not found."""
    reference = NoteTable.build([0.5, 1.0, 1.5], [1.0, 1.5, 2.0], [60, 10, 110], [64, 64, 64])
    estimated = NoteTable.build([0.5], [1.0], [60], [64])
    found = compute_metrics(reference, estimated, 3.0)
    assert (found.onset_p_50, found.onset_r_50, found.frame_f1) == (1.0, pytest.approx(1 / 3), 1.0)


def test_means_leave_out_files_that_cannot_tell():
    """A file without pedal does not pull the mean down; a metric that is None for all files stays None."""
    pedalled, plain = played(), NoteTable.build([1.0], [1.5], [60], [64])
    both = [
        FileResult(name, "fast", 3.0, compute_metrics(reference, reference, 3.0), reference, reference)
        for name, reference in (("a", pedalled), ("b", plain))
    ]
    means = mean_metrics(both)
    assert (means["pedal_f1"], means["repeats"], means["notes_true"]) == (1.0, None, 2.0)


def test_events_become_notes_in_order_with_their_emission():
    """Sorted by onset then pitch, whatever the order of release."""
    events = [
        NoteOn(1.0, 1.06, 64, 70, 0.9),
        NoteOn(1.0, 1.07, 60, 50, 0.8),
        Pedal(1.1, 1.2, 127),
        NoteOff(1.5, 1.6, 60),
        NoteOff(2.0, 2.1, 64),
    ]
    estimated = from_events(events)
    assert estimated.notes.pitch.tolist() == [60, 64]
    assert estimated.notes.offset.tolist() == [1.5, 2.0]
    assert estimated.notes.velocity.tolist() == [50, 70]
    assert estimated.notes.confidence.tolist() == [0.8, 0.9]
    assert estimated.emitted.tolist() == [1.07, 1.06]
    assert estimated.notes.pedal_value.tolist() == [127]


def test_a_note_that_never_ends_is_an_error():
    """Of a decoder that was not flushed only half the notes would be compared."""
    with pytest.raises(ValueError, match="never released"):
        from_events([NoteOn(1.0, 1.06, 64, 70, 0.9)])
