"""`liszten practice`, `mark` and `history` on a recording of the sampled piano, in all modes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
import soundfile

from gui.translation import use
from realtime.cli import main as cli
from realtime.cli.commands.scores import parse_bars, parse_tempo, piece_path
from realtime.errors import UsageError
from realtime.practice.play import TEMPO
from realtime.practice.takes.practised import keep_practised
from realtime.practice.verdicts import Marked, Missed
from tests.realtime.practice.test_progress import RUN

RATE = 16_000
TUNE = (64, 64, 65, 67, 67, 65, 64, 62)  # crotchets at 100 a minute, a chord of the left hand in each bar
CHORD = (48, 52, 55)
WRITTEN = Counter([*TUNE, *CHORD, *CHORD])


def write_piece(path: Path, tune: tuple[int, ...] = TUNE) -> Path:
    """The piece as a MIDI file, a track for each hand."""
    file = mido.MidiFile(ticks_per_beat=480)
    right = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=600_000)])
    left = mido.MidiTrack()
    for pitch in tune:
        right += [mido.Message("note_on", note=pitch, velocity=76), mido.Message("note_off", note=pitch, time=480)]
    for _bar in range(len(tune) // 4):
        left += [mido.Message("note_on", note=pitch, velocity=62) for pitch in CHORD]
        left += [mido.Message("note_off", note=p, time=1_900 if p == CHORD[0] else 0) for p in CHORD]
        left.append(mido.MetaMessage("text", text="", time=20))
    file.tracks += [right, left]
    file.save(path)
    return path


@pytest.fixture(scope="module")
def piece(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_piece(tmp_path_factory.mktemp("piece") / "Ode.mid")


@pytest.fixture(scope="module")
def recording(piece: Path) -> Path:
    """The piece on the sampled piano, half a second after the recording begins."""
    rendered, path = piece.with_name("rendered.wav"), piece.with_name("recording.wav")
    assert cli.run(["render", str(piece), "-o", str(rendered), "--rate", str(RATE), "--quiet"]) == 0
    sound, _ = soundfile.read(rendered, dtype="float32", always_2d=True)
    soundfile.write(path, np.concatenate([np.zeros((RATE // 2, sound.shape[1]), np.float32), sound]), RATE)
    return path


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs are kept."""
    folder = tmp_path / "runs"
    monkeypatch.setattr("realtime.practice.runs.runs_folder", lambda: folder)
    return folder


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def practised(piece: Path, recording: Path, *options: str) -> int:
    return cli.run(["practice", str(piece), "--recording", str(recording), "--json", "--tuning", "0", *options])


def test_the_clock_marks_what_was_played(
    piece: Path, recording: Path, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Play mode: every note is right and in time, a position for each beat, and the run is kept and told of."""
    assert practised(piece, recording, "--mode", "play") == 0
    told = lines(capfd)
    notes = [line for line in told if line["event"] == "note"]
    assert Counter(line["pitch"] for line in notes) == WRITTEN
    assert {line["verdict"] for line in notes} == {"right"}
    assert all(abs(line["ms"]) <= 50 for line in notes)
    assert [(line["beat"], line["bar"]) for line in told if line["event"] == "position"] == [
        (float(beat), 1 + beat // 4) for beat in range(8)
    ]
    (ended,) = [line for line in told if line["event"] == "round"]
    assert (ended["number"], ended["tempo"], ended["result"]["right"]) == (1, 1.0, 14)
    result = {key: value for key, value in told[-1].items() if not key.endswith("_ms")}
    assert result == {"event": "result", "right": 14, "missed": 0, "extra": 0, "early_late": 0, "wrong": 0}
    assert len(list(data.glob("*.json"))) == 1
    assert cli.run(["history", "--json", "--csv", str(data / "all.csv")]) == 0
    (known,) = lines(capfd)
    assert [(one["title"], one["runs"], one["tempo"], one["suggestion"]) for one in known["pieces"]] == [
        ("Ode", 1, 1.0, None)
    ]
    assert (data / "all.csv").read_text().splitlines()[1].split(",")[1:8] == [
        *("Ode", "play", "both", "1", "2", "1.0"),
        str(known["pieces"][0]["seconds"]),
    ]
    assert cli.run(["history", "--today"]) == 0
    assert capfd.readouterr().out == (
        "Today: 0 min.\n  Ode: 1 run, 0 min, 100% of the keys right, without a wrong key at 100%\n"
    )


def test_the_score_follows_what_was_played(piece: Path, recording: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Follow mode, one hand of one bar: the rest is not in the part."""
    assert practised(piece, recording, "--mode", "follow") == 0
    told = lines(capfd)
    assert Counter(line["pitch"] for line in told if line["event"] == "note") == WRITTEN
    assert [line["beat"] for line in told if line["event"] == "position"] == [*map(float, range(8))]
    assert (told[-1]["right"], told[-1]["missed"], told[-1]["extra"]) == (14, 0, 0)


def test_the_piece_waits_for_each_group(piece: Path, recording: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Wait mode: what is expected, then that it passed, until the end of the part."""
    assert practised(piece, recording, "--mode", "wait", "--hands", "right", "--bars", "1") == 0
    told = lines(capfd)
    assert [(line["group"], line["bar"], line["pitches"]) for line in told if line["event"] == "expect"] == [
        (index, 1, [pitch]) for index, pitch in enumerate(TUNE[:4])
    ]
    passed = [line for line in told if line["event"] == "passed"]
    assert [line["group"] for line in passed] == [0, 1, 2, 3]
    assert all(abs(line["time"] - (0.5 + 0.6 * index)) < 0.05 for index, line in enumerate(passed))
    assert all(0 < line["emitted"] - line["time"] < 0.15 for line in passed)
    assert told[-1]["event"] == "result"


def test_another_tempo_is_early_and_late(piece: Path, recording: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """At 80 % the second beat is 150 ms early, and a reader sees it by bar."""
    arguments = ["practice", str(piece), "--recording", str(recording), "--mode", "play", "--tempo", "80%"]
    assert cli.run([*arguments, "--bars", "1", "--tuning", "0"]) == 0
    shown = capfd.readouterr().out
    assert shown.startswith("Bar 1: ")
    assert "E4 early (-1" in shown


def test_a_take_is_marked_against_a_score(piece: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A take that has a wrong note and lacks the last one; without --json it is told by bar."""
    take = write_piece(tmp_path / "take.mid", (64, 64, 66, 67, 67, 65, 64, 40))
    assert cli.run(["mark", str(take), str(piece), "--json"]) == 0
    told = lines(capfd)
    assert told[0] == {"event": "judged", "by": "notes"}
    notes = [line for line in told if line["event"] == "note"]
    assert [(line["pitch"], line["verdict"], line["group"]) for line in notes if line["verdict"] != "right"] == [
        (66, "wrong", 2),
        (40, "extra", 7),
    ]
    assert [line["pitches"] for line in told if line["event"] == "missed"] == [[62]]
    assert (told[-1]["right"], told[-1]["wrong"], told[-1]["missed"]) == (12, 1, 1)
    assert cli.run(["mark", str(take), str(piece)]) == 0
    shown = capfd.readouterr().out.splitlines()
    assert shown[0] == "Bar 1: 6 of 7: wrong F#4"
    assert shown[-1].startswith("12 of 1")
    page = tmp_path / "page.html"
    assert cli.run(["mark", str(take), str(piece), "--report", str(page), "--language", "de"]) == 0
    assert "12 von 14 Tasten richtig" in page.read_text()
    assert cli.run(["mark", str(take), str(piece), "--report", str(page)]) == 5
    assert cli.run(["mark", str(take), str(piece), "--report", str(tmp_path / "page.pdf")]) == 2
    use("en")


def test_the_sound_of_a_take_is_heard_again(
    piece: Path, recording: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By an ear that knows the piece: it has the note that the take's notes lack. These count where there is no sound,
    or sound that cannot be read; of a run what was told counts, and each says so."""
    take = tmp_path / "take"
    take.mkdir()
    assert cli.run(["transcribe", str(recording), "--json", "--quiet", "--tuning", "0"]) == 0
    events = [line for line in lines(capfd) if line["event"] != "note_off"]
    last = [line for line in events if line["event"] == "note_on" and line["pitch"] == TUNE[-1]][-1]
    (take / "notes.jsonl").write_text("".join(json.dumps(line) + "\n" for line in events if line is not last))
    (take / "audio.wav").write_bytes(recording.read_bytes())
    for by, right in (("sound", 14), ("notes", 13), ("notes", 13)):
        assert cli.run(["mark", str(take), str(piece), "--json"]) == 0
        heard = capfd.readouterr()
        told = [json.loads(line) for line in heard.out.splitlines()]
        assert (told[0], told[-1]["right"] + told[-1]["early_late"]) == ({"event": "judged", "by": by}, right)
        assert ("was heard again" in heard.err) == (by == "sound")
        sound = take / "audio.wav"
        if sound.exists():  # next, damaged; then, none
            sound.write_bytes(b"RIFF") if sound.stat().st_size > 4 else sound.unlink()
    assert cli.run(["mark", str(take)]) == 5
    assert "is no run of practice" in capfd.readouterr().err
    run = replace(RUN, first_bar=1, last_bar=2)
    keep_practised(take, piece, run, [Marked(64, 0.5, "late", 70.0, 0, 1), Missed(1, 1, (64,))], 0.0)
    assert cli.run(["mark", str(take), "--json"]) == 0
    assert [line["event"] for line in lines(capfd)] == ["judged", "note", "missed", "result"]


@pytest.mark.parametrize("option", [("--hands", "left"), ("--bars", "1-2"), ("--on-time", "50")])
def test_a_run_is_marked_as_it_was(option: tuple[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What needs a score is refused without one."""
    assert cli.run(["mark", str(tmp_path), *option]) == 2
    assert "Name the score, too" in capfd.readouterr().err


def test_a_model_that_was_named_must_be_usable(piece: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its take has notes that would do."""
    assert cli.run(["mark", str(piece), str(piece), "--model", str(tmp_path / "none.onnx")]) == 6
    assert "none.onnx" in capfd.readouterr().err


def test_another_piece_is_told(piece: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of it is praised."""
    rng = np.random.default_rng(5)
    take = write_piece(tmp_path / "take.mid", tuple(int(pitch) for pitch in rng.integers(76, 96, 48)))
    assert cli.run(["mark", str(take), str(piece), "--json"]) == 0
    heard = capfd.readouterr()
    assert "This does not seem to be Ode." in heard.err
    told = [json.loads(line) for line in heard.out.splitlines()]
    assert [line["code"] for line in told if line["event"] == "warning"] == ["practice.other_piece"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["missing.mid"], 5, "missing.mid does not exist, and no piece that comes along is called so. There are: "),
        (["minuet"], 5, "Several pieces that come along are called minuet: "),
        (["{piece}", "--bars", "7-9"], 2, "Bars 7 to 9 are not among them."),
        (["{piece}", "--bars", "x"], 2, "'x' are no bars."),
        (["{piece}", "--tempo", "200%"], 2, "'200%' is no tempo. Give a share of the written one, from 25% to 125%."),
        (["{piece}", "--tempo", "quick"], 2, "'quick' is no tempo."),
        (["{piece}", "--recording", "missing.wav"], 5, "missing.wav"),
        (["{piece}", "--headphones", "Buds"], 2, "Only a piece that runs by a clock sounds in headphones"),
        (["{piece}", "--input", "no such microphone"], 3, "microphone"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], status: int, sentence: str, piece: Path, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the status of the project's table, and nothing is kept."""
    assert cli.run(["practice", *(word.replace("{piece}", str(piece)) for word in arguments)]) == status
    assert sentence in capfd.readouterr().err
    assert not data.exists()


def test_a_history_of_nothing_is_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    """And says how to begin."""
    assert cli.run(["history", "--today"]) == 0
    assert capfd.readouterr().out == "Nothing has been practised today.\n"
    assert cli.run(["history", "--today", "--json"]) == 0
    assert lines(capfd) == [{"day": date.today().isoformat(), "minutes": 0, "pieces": [], "streak": 0}]
    assert cli.run(["history"]) == 0
    assert capfd.readouterr().out == "Nothing has been practised yet. Begin with: liszten practice SCORE\n"


def test_pieces_that_come_along_are_known_by_name(piece: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By file name, title or words of it; a file that there is goes before them."""
    paths = {piece_path(words) for words in ("minuet-in-g", "Minuet in G", "ode to joy", "Ode-to-joy")}
    assert {path.name for path in paths} == {"minuet-in-g.musicxml", "ode-to-joy.musicxml"}
    monkeypatch.chdir(piece.parent)
    piece.with_name("lullaby").write_bytes(piece.read_bytes())
    assert piece_path("lullaby") == Path("lullaby")


def test_bars_and_tempo_as_they_are_typed() -> None:
    """A dash of either length; with or without a sign."""
    assert [parse_bars(text) for text in ("5-8", "5 – 8", "7", None)] == [(5, 8), (5, 8), (7, 7), None]  # noqa: RUF001
    assert [parse_tempo(text, TEMPO) for text in ("80%", "80", "25 %", "125")] == [0.8, 0.8, 0.25, 1.25]
    for text in ("24.9%", "126", "nan", ""):
        with pytest.raises(UsageError):
            parse_tempo(text, TEMPO)
