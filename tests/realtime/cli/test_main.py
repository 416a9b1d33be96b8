"""The command line as it is called: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from realtime.cli import main as cli
from realtime.cli.commands.options import Delay, Device
from realtime.contract import DELAYS, LIVE, FloatArray
from realtime.errors import LisztenError
from realtime.transcription.model import DEVICES
from tests.fakes import FAKE_KEYS, fake_model, fake_recording

NOTES = [(FAKE_KEYS[0], 0.1, 0.3), (FAKE_KEYS[3], 0.52, 0.72)]  # closer, the zeros between would be a drop-out
PITCHES = [21 + FAKE_KEYS[0], 21 + FAKE_KEYS[3]]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process and folder: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(arguments)
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run


def written(path: Path, rate: int = 16_000, channels: int = 1) -> Path:
    """The two notes as a recording."""
    sound = fake_recording(NOTES, 0.8, rate)
    soundfile.write(path, np.column_stack([sound] * channels), rate)
    return path


def midi_pitches(path: Path) -> list[int]:
    return [message.note for message in mido.MidiFile(path).tracks[1] if message.type == "note_on"]


def events(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_options_are_those_of_the_contract() -> None:
    """The command line lists them by hand, so that its help loads nothing."""
    assert tuple(Delay) == (LIVE, *DELAYS)
    assert tuple(Device) == DEVICES


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["listen", "--quiet", "--json"], ["--quiet", "listen", "--json"]),
        (["listen", "--log-level", "info", "--debug"], ["--log-level", "info", "--debug", "listen"]),
        (["listen", "--log-level=info"], ["--log-level=info", "listen"]),
        (["transcribe", "--", "--quiet"], ["transcribe", "--", "--quiet"]),
        (["listen", "--log-level"], ["--log-level", "listen"]),
    ],
)
def test_global_options_may_stand_anywhere(arguments: Sequence[str], expected: list[str]) -> None:
    """Before a "--", after which everything is a file."""
    assert expected == cli.global_options_first(arguments)


def test_alone_without_a_screen_it_prints_what_there_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that leads to the terminal instead of the window; and its version."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    status, out, err = run()
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "liszten listen" in err
    assert run("--version")[1].startswith("liszten ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing"],
        ["listen", "--delay", "sluggish"],
        ["listen", "--sensitivity", "101"],
        ["listen", "--midi-channel", "17"],
        ["listen", "--loudness"],
        ["listen", "--channel", "left"],
        ["transcribe"],
        ["transcribe", "a.wav", "--end", "1", "--start", "2"],
        ["--log-level", "shout", "listen"],
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str]) -> None:
    """One error, no traceback, nothing on standard output."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_a_recording_becomes_a_midi_file_beside_it(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """Nothing on standard output; with -o it lies in that folder."""
    written(tmp_path / "a.wav")
    model = ("--model", str(fake_model_file))
    assert run("transcribe", "a.wav", *model)[:2] == (0, "")
    assert midi_pitches(tmp_path / "a.mid") == PITCHES
    assert run("transcribe", "a.wav", *model, "-o", "new/folder")[0] == 0
    assert midi_pitches(tmp_path / "new" / "folder" / "a.mid") == PITCHES


def test_what_is_there_is_not_overwritten_unasked(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """Status 5 names it before any work is done; --overwrite replaces it."""
    written(tmp_path / "a.wav")
    written(tmp_path / "b.wav")
    (tmp_path / "b.mid").write_text("mine")
    command = ("transcribe", "a.wav", "b.wav", "--model", str(fake_model_file))
    status, _, err = run(*command)
    assert status == 5
    assert err == "liszten: There is already b.mid. Use --overwrite, or -o for another folder.\n"
    assert not (tmp_path / "a.mid").exists()
    assert run(*command, "--overwrite")[0] == 0
    assert midi_pitches(tmp_path / "b.mid") == PITCHES


def test_two_recordings_cannot_become_one_file(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """They would overwrite each other."""
    written(tmp_path / "a.wav")
    written(tmp_path / "a.flac")
    status, _, err = run("transcribe", "a.wav", "a.flac", "--model", str(fake_model_file))
    assert status == 2
    assert "Several recordings would become a.mid" in err


def test_json_prints_the_events_and_writes_nothing(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """One line each, from `stream` to `end`; with -o there are files too."""
    written(tmp_path / "a.wav")
    command = ("transcribe", "a.wav", "--json", "--delay", "fast", "--model", str(fake_model_file))
    status, out, _ = run(*command)
    lines = events(out)
    assert status == 0
    assert (lines[0]["event"], lines[0]["source"], lines[0]["delay"]) == ("stream", "a.wav", "fast")
    assert [line["pitch"] for line in lines if line["event"] == "note_on"] == PITCHES
    assert lines[-1]["event"] == "end"
    assert not list(tmp_path.glob("*.mid"))
    assert run(*command, "-o", "out")[0] == 0
    assert (tmp_path / "out" / "a.mid").exists()


def test_several_recordings_in_processes(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """Each one's lines stay together; a recording that fails is said, and does not stop the others: status 7."""
    for name in ("a.wav", "b.wav", "c.wav"):
        written(tmp_path / name)
    (tmp_path / "broken.wav").write_bytes(b"junk")
    recordings = ("a.wav", "broken.wav", "b.wav", "none.wav", "c.wav")
    status, out, err = run("transcribe", *recordings, "--json", "--jobs", "2", "--model", str(fake_model_file))
    assert status == 7
    assert "liszten: broken.wav is broken" in err
    assert "liszten: There is no file none.wav" in err
    lines = events(out)
    sources = [line["source"] for line in lines if line["event"] == "stream"]
    assert sorted(sources) == ["a.wav", "b.wav", "c.wav"]  # type: ignore[type-var]
    assert [line["event"] for line in lines] == ["stream", "note_on", "note_off", "note_on", "note_off", "end"] * 3


def test_formats(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """A table, and JSON lines as a file."""
    written(tmp_path / "a.wav")
    command = ("transcribe", "a.wav", "--model", str(fake_model_file), "--format")
    assert run(*command, "csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text())))
    assert [int(row["pitch"]) for row in rows] == PITCHES
    assert run(*command, "jsonl")[0] == 0
    assert events((tmp_path / "a.jsonl").read_text())[-1]["event"] == "end"


def test_start_and_end_cut_a_stretch_out(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """Times count from the start of the stretch; beyond the end there is nothing to transcribe."""
    written(tmp_path / "a.wav")
    command = ("transcribe", "a.wav", "--json", "--model", str(fake_model_file))
    status, out, _ = run(*command, "--start", "0.47", "--end", "0.77")
    assert status == 0
    (note,) = [line for line in events(out) if line["event"] == "note_on"]
    assert note["time"] == pytest.approx(0.05, abs=0.02)
    assert events(out)[-1] == {
        "event": "end",
        "time": 0.3,
        "emitted": 0.3,
        "notes": 1,
        "gaps": 0,
        "reason": "end of file",
    }
    status, _, err = run(*command, "--start", "5")
    assert (status, err) == (2, "liszten: a.wav lasts only 0.8 s. Give an earlier --start.\n")


def sound_of(rate: int, channels: int) -> FloatArray:
    return np.column_stack([fake_recording(NOTES, 0.8, rate)] * channels)


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 3), (192_000, 1)])
def test_any_rate_and_channel_count(run: Run, tmp_path: Path, fake_model_file: Path, rate: int, channels: int) -> None:
    """From telephone to studio; the notes are the same."""
    soundfile.write(tmp_path / "a.flac", sound_of(rate, channels), rate)
    status, out, err = run("transcribe", "a.flac", "--json", "--model", str(fake_model_file))
    assert (status, err) == (0, "")
    assert [line["pitch"] for line in events(out) if line["event"] == "note_on"] == PITCHES


def test_samples_that_are_no_numbers_are_silence(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """NaN and infinity between the notes do no harm."""
    sound = fake_recording(NOTES, 0.8, 16_000)
    sound[:100], sound[-100:] = np.nan, np.inf
    soundfile.write(tmp_path / "a.wav", sound, 16_000, subtype="FLOAT")
    status, out, err = run("transcribe", "a.wav", "--json", "--model", str(fake_model_file))
    assert (status, err) == (0, "")
    assert [line["pitch"] for line in events(out) if line["event"] == "note_on"] == PITCHES


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_wrong_with_a_recording_is_told(run: Run, tmp_path: Path, fake_model_file: Path, jobs: int) -> None:
    """A recorder was killed: all notes, a sentence, and a line among the events; status 0."""
    content = bytearray(written(tmp_path / "a.wav").read_bytes())
    content[40:44] = bytes(4)
    for name in ("a.wav", "b.wav")[:jobs]:
        (tmp_path / name).write_bytes(content)
    recordings = ["a.wav", "b.wav"][:jobs]
    status, out, err = run("transcribe", *recordings, "--json", "--jobs", str(jobs), "--model", str(fake_model_file))
    assert status == 0
    assert [line["pitch"] for line in events(out) if line["event"] == "note_on"] == PITCHES * jobs
    told = [str(line["text"]) for line in events(out) if line["event"] == "warning"]
    assert {line["code"] for line in events(out) if line["event"] == "warning"} == {"audio.unfinished"}
    assert sorted(told) == [
        f"{name} does not say how long it is, as when a recorder was stopped by force. "
        "It is read to the end of the file, 0.8 s."
        for name in recordings
    ]
    assert sorted(err.splitlines()) == [f"liszten: {sentence}" for sentence in sorted(told)]


def _nothing(path: Path) -> None:
    pass


def _folder(path: Path) -> None:
    path.mkdir()


def _junk(path: Path) -> None:
    path.write_bytes(b"RIFF\x00\x00\x00\x00WAVEjunk")


def _no_samples(path: Path) -> None:
    soundfile.write(path, np.zeros(0), 16_000)


def _empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("make", [_nothing, _folder, _junk, _no_samples, _empty])
def test_a_file_that_is_no_recording_is_status_5(
    run: Run, tmp_path: Path, fake_model_file: Path, make: Callable[[Path], None]
) -> None:
    """One sentence, no traceback, no output."""
    make(tmp_path / "a.wav")
    status, out, err = run("transcribe", "a.wav", "--model", str(fake_model_file))
    assert (status, out) == (5, "")
    assert err.startswith("liszten: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert not list(tmp_path.glob("*.mid"))


def _other_tensors(path: Path) -> None:
    import onnx

    model = onnx.load_model_from_string(fake_model())
    model.graph.input[0].name = "sound"
    for node in model.graph.node:
        node.input[:] = ["sound" if name == "audio" else name for name in node.input]
    path.write_bytes(model.SerializeToString())


def _no_spec(path: Path) -> None:
    import onnx

    model = onnx.load_model_from_string(fake_model())
    del model.metadata_props[:]
    path.write_bytes(model.SerializeToString())


@pytest.mark.parametrize("make", [_nothing, _junk, _other_tensors, _no_spec])
@pytest.mark.parametrize("count", [1, 2])
def test_a_model_that_is_none_of_ours_is_status_6(
    run: Run, tmp_path: Path, make: Callable[[Path], None], count: int
) -> None:
    """For one recording and for several, said once."""
    recordings = [str(written(tmp_path / f"{index}.wav")) for index in range(count)]
    make(tmp_path / "other.onnx")
    status, out, err = run("transcribe", *recordings, "--model", "other.onnx")
    assert (status, out) == (6, "")
    assert err.startswith("liszten: The model other.onnx ")
    assert err.count("\n") == 1


def test_standard_input_and_output(tmp_path: Path, fake_model_file: Path) -> None:
    """A dash is standard input, whose MIDI file goes to standard output."""
    recording = written(tmp_path / "a.wav")
    command = [sys.executable, "-m", "realtime.cli.main", "transcribe", "-", "--model", str(fake_model_file)]
    done = subprocess.run(command, input=recording.read_bytes(), capture_output=True, check=True)
    file = mido.MidiFile(file=io.BytesIO(done.stdout))
    assert [message.note for message in file.tracks[1] if message.type == "note_on"] == PITCHES
    assert done.stderr == b""


def test_standard_input_without_sound_is_called_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not by the name of a file that nobody made."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    status, _, err = run("transcribe", "-", "--json")
    assert (status, err) == (5, "liszten: Standard input holds no sound. Record it again, or choose another file.\n")


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path, fake_model_file: Path) -> None:
    """As in `liszten ... | head -1`: status 0 and no word."""
    recording = tmp_path / "long.wav"
    soundfile.write(recording, fake_recording([(FAKE_KEYS[0], i / 5, i / 5 + 0.1) for i in range(50)], 10.0), 16_000)
    command = [sys.executable, "-m", "realtime.cli.main", "transcribe", str(recording), "--json", "--model"]
    process = subprocess.Popen([*command, str(fake_model_file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert (process.wait(20), process.stderr.read()) == (0, b"")


def test_a_folder_that_takes_no_file_is_refused_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not after an hour of it: no model is loaded for the recording of a CD."""
    written(tmp_path / "a.wav")
    monkeypatch.setattr("realtime.system.storage.os.access", lambda path, mode: mode != os.W_OK)
    status, _, err = run("transcribe", "a.wav", "--model", "there is none.onnx")
    assert (status, err) == (5, "liszten: . cannot be written: you may not write there; choose another folder.\n")


LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as Linux has files and streams")


@LINUX
def test_a_name_of_an_old_disk_is_a_name(run: Run, tmp_path: Path, fake_model_file: Path) -> None:
    """Bytes that are no UTF-8 are read, printed as a question mark, and kept in the name of the MIDI file."""
    name = os.fsdecode(b"\xe9tude")
    written(tmp_path / "etude.wav").rename(tmp_path / f"{name}.wav")
    for output in (["--json"], []):
        status, out, err = run("transcribe", f"{name}.wav", "--model", str(fake_model_file), *output)
        assert (status, err) == (0, "")
        assert not output or events(out)[0]["source"] == "\ufffdtude.wav"
    assert midi_pitches(tmp_path / f"{name}.mid") == PITCHES
    status, out, _ = run("report", f"{name}.mid", "--json", "-o", "report.html")
    assert (status, json.loads(out)["take"]["name"]) == (0, "\ufffdtude")


def test_json_lines_are_utf_8_on_every_system(
    tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the code page: another program reads them."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    recording = written(tmp_path / "Étude 音楽.wav")
    assert cli.run(["transcribe", str(recording), "--json", "--model", str(fake_model_file)]) == 0
    lines = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert str(events(lines)[0]["source"]).endswith("Étude 音楽.wav")


@LINUX
@pytest.mark.parametrize(
    ("streams", "expected", "words"),
    [
        (">/dev/full", 5, b"liszten: Nothing more can be written: the disk is full."),
        (">&- <&-", 0, b""),
        ("| true; exit ${PIPESTATUS[0]}", 0, b""),
    ],
)
def test_standard_streams_that_are_full_or_closed(streams: str, expected: int, words: bytes) -> None:
    """A full disk is an error in one sentence; a closed reader is no failure."""
    program = [f"'{sys.executable}' -m realtime.cli.main --help {streams}"]
    done = subprocess.run(["bash", "-c", *program], capture_output=True, check=False)
    assert done.returncode == expected
    assert done.stderr.startswith(words)
    assert done.stderr.count(b"\n") == bool(words)


def test_no_stretch_is_endless(run: Run) -> None:
    """Infinity is no number of seconds."""
    for arguments in (["transcribe", "a.wav", "--end", "inf"], ["demo", "--seconds", "inf"]):
        status, _, err = run(*arguments)
        assert status == 2
        assert "Invalid value" in err


def test_an_expected_failure_is_one_sentence_and_with_debug_its_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has the traceback in either case."""
    from realtime.system.log import log_path

    def fail(_options: object, _console: object) -> int:
        raise LisztenError("The piano is out of tune. Call the tuner.")

    monkeypatch.setattr("realtime.cli.commands.live.run_live", fail)
    status, _, err = run("listen")
    assert (status, err) == (1, "liszten: The piano is out of tune. Call the tuner.\n")
    assert "Traceback" in log_path().read_text()
    status, _, err = run("listen", "--debug")
    assert status == 1
    assert "Traceback" in err
    assert err.endswith("liszten: The piano is out of tune. Call the tuner.\n")


def test_an_unexpected_failure_names_the_log(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug is not a traceback on a pianist's screen."""

    def fail(_options: object, _console: object) -> int:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("realtime.cli.commands.live.run_live", fail)
    status, _, err = run("listen")
    assert status == 1
    assert err.startswith("liszten: Something went wrong inside Liszten (ZeroDivisionError: a bug).")
    assert "Traceback" not in err


def test_ctrl_c_while_transcribing_is_130(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half-written stays."""
    written(tmp_path / "a.wav")

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("realtime.transcription.batch.transcribe_file", interrupted)
    monkeypatch.setattr("realtime.transcription.batch._model", lambda *_: None)
    status, _, err = run("transcribe", "a.wav")
    assert status == 130
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.wav"]


def test_a_folder_that_cannot_be_recorded_into_is_refused_before_listening(run: Run, tmp_path: Path) -> None:
    """A file is in the way: status 5."""
    (tmp_path / "takes").write_text("")
    status, _, err = run("listen", "--record", "takes")
    assert status == 5
    assert "a file is in the way" in err


def test_a_recording_that_breaks_off_while_it_plays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_model_file: Path
) -> None:
    """It plays as far as it goes."""
    noise = np.random.default_rng(0).normal(0, 0.1, 32_000)
    soundfile.write(tmp_path / "a.flac", noise, 16_000)
    content = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "broken.flac").write_bytes(content[: len(content) // 4])
    monkeypatch.setattr("realtime.cli.commands.demo.demo_recording", lambda: tmp_path / "broken.flac")
    status, out, _ = run("demo", "--headless", "--midi-out", "none", "--model", str(fake_model_file))
    assert status == 0
    assert events(out)[0]["event"] == "stream"
    assert events(out)[-1]["reason"] == "end of file"
    assert events(out)[-1]["time"] == 0.256  # the one block of 4,096 samples that is whole


@pytest.mark.parametrize("became", [ImportError("import numpy failed"), LisztenError("This model cannot be read.")])
def test_ctrl_c_that_a_loading_module_swallows_still_ends_as_ctrl_c(
    became: Exception, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same error without Ctrl-C is a failure; after it the program just ends, with Ctrl-C's status."""

    def app(interrupt: bool) -> Callable[..., None]:
        def load(**_: object) -> None:
            try:
                if interrupt:
                    signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                pass
            raise became

        return load

    monkeypatch.setattr("realtime.cli.app.app", app(interrupt=False))
    assert run()[0] == 1
    monkeypatch.setattr("realtime.cli.app.app", app(interrupt=True))
    assert run() == (130, "", "")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
