"""Every reader of files that a user may name, with files that it reads, and how these are made hostile."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import mido
import numpy as np
import soundfile
import tomli_w

from realtime.errors import LisztenError
from realtime.events import End, NoteOff, NoteOn, Pedal, StreamStarted, jsonl_bytes
from tests.fakes import FAKE_SPEC, fake_model
from tests.mutations import Mutation, damaged, hostile_json, hostile_midi, hostile_model, hostile_toml
from tests.realtime.practice.musicxml import attributes, back, document, note, packed, part

TAG = b"ID3\4\0\0\0\0\7\x68" + bytes(range(250)) * 4


@dataclass(frozen=True)
class Reader:
    """name: of the file too; read: raises LisztenError for a file that cannot be read."""

    name: str
    seeds: tuple[bytes, ...]
    mutate: Mutation
    read: Callable[[Path], object]


def outcome(reader: Reader, path: Path) -> str:
    """How a file is read: "value", or the class of the error. What is no LisztenError is raised."""
    try:
        reader.read(path)
    except LisztenError as error:
        assert str(error).strip()
        return type(error).__name__
    return "value"


def readers() -> tuple[Reader, ...]:
    """All of them."""
    return (
        Reader("settings.toml", (_settings(),), hostile_toml, _read_settings),
        Reader("training.toml", (_training(),), hostile_toml, _read_training),
        Reader("notes.jsonl", (_lines(), _staged()), hostile_json, _read_take),
        Reader("take.json", (b'{"name": "Prelude"}',), hostile_json, _read_card),
        Reader("run.json", (_run(),), hostile_json, _read_run),
        Reader("practice.json", (_practised(),), hostile_json, _read_practised),
        Reader("spec.json", (FAKE_SPEC.to_json().encode(),), hostile_json, _read_spec),
        Reader("bank.json", (_bank(),), hostile_json, _read_bank),
        Reader("scores.json", (_scores(),), hostile_json, _read_scores),
        Reader("piece.mid", (_midi(0), _midi(1)), hostile_midi, _read_piece),
        Reader("recent.json", (_recent(),), hostile_json, _read_recent),
        Reader("piece.musicxml", (_musicxml(),), damaged, _read_notation),
        Reader("piece.mxl", (_mxl(),), damaged, _read_notation),
        Reader("written.mid", (_written_midi(),), hostile_midi, _read_score),
        Reader("model.onnx", (fake_model(),), hostile_model, _read_model),
        Reader("impressions.npz", (_impressions(),), damaged, _read_impressions),
        Reader("sound.wav", (_sound("WAV"),), damaged, _read_sound),
        Reader("sound.flac", (_sound("FLAC"),), damaged, _read_sound),
        Reader("sound.ogg", (_sound("OGG"), 2 * _sound("OGG")), damaged, _read_sound),
        Reader("sound.mp3", (_sound("MP3"), _sound("MP3") + TAG + _sound("MP3")), damaged, _read_sound),
    )


def _settings() -> bytes:
    from gui.state.settings import Settings

    return tomli_w.dumps({"version": 1, **asdict(Settings(shortcuts={"record": "F5"}))}).encode()


def _training() -> bytes:
    from training.fit.config import RunConfig

    return tomli_w.dumps(
        json.loads(json.dumps({"fit": asdict(RunConfig().fit), "ear": asdict(RunConfig().ear)}))
    ).encode()


def _lines() -> bytes:
    stream = StreamStarted("m", "studio", 0.318, 48_000, "mic", "2026-11-21T10:00:00Z")
    events = [event for i in range(40) for event in _played(i)]
    return jsonl_bytes(stream, [*events, End(30.0, 30.0, 40, 0, "duration")])


def _staged() -> bytes:
    """A take whose kept stage breaks off."""
    first, *rest = _lines().splitlines()
    live = [line[:-1] + b',"stage":"live"}' for line in rest]
    kept = [line[:-1] + b',"stage":"kept"}' for line in rest[:50]]
    return b"\n".join([first, *live, *kept, b""])


def _played(number: int) -> tuple[NoteOn, NoteOff, Pedal]:
    at, pitch = 0.5 * number, 40 + number
    return (
        NoteOn(at, at, pitch, 60 + number, 0.9),
        NoteOff(at + 0.4, at + 0.4, pitch),
        Pedal(at + 0.45, at + 0.45, 127 * (number % 2)),
    )


def _run() -> bytes:
    bar = {"bar": 1, "hand": "left", "right": 3, "missed": 1}
    result = {"right": 3, "missed": 1, "extra": 0, "early_late": 0, "wrong": 0, "bias_ms": 1.5, "spread_ms": 9.0}
    run = {"piece": "abc", "title": "Tune", "started": "2026-12-01T10:00:00", "seconds": 9.5, "mode": "play"}
    run |= {"hands": "both", "first_bar": 1, "last_bar": 2, "tempo": 0.8, "clean_tempo": 0.0, "result": result}
    return json.dumps(run | {"bars": [bar]}).encode()


def _practised() -> bytes:
    rows = [{"group": 0, "bar": 1, "pitch": 60, "verdict": "late", "time": 1.5, "ms": 61.0}]
    rows.append({"group": 1, "bar": 1, "pitch": 62, "verdict": "missed"})
    return json.dumps({"score": "score.mid", "run": json.loads(_run()), "verdicts": rows}).encode()


def _bank() -> bytes:
    region = {"key": 60, "lokey": 21, "hikey": 108, "lovel": 1, "hivel": 127, "start": 0, "frames": 9}
    region |= {"gain": 1.0, "level_db": -20.0, "tune": 0.0}
    noise = {"kind": "release", "start": 0, "frames": 9, "gain": 1.0, "key": 60}
    table = {"sample_rate": 16_000, "channels": ["L", "R"], "stored_peak": 0.5, "onset_ms": 1.0, "layers": 1}
    return json.dumps(table | {"regions": [region], "extras": [noise]}).encode()


def _scores() -> bytes:
    file = {"file": "a.wav", "delay": "fast", "onset_f1_50": 0.8}
    return json.dumps({"set": "maps", "files": [file], "mean": {"fast": {"onset_f1_50": 0.8}}}).encode()


def _midi(kind: int) -> bytes:
    file = mido.MidiFile(type=kind)
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=400_000), mido.MetaMessage("key_signature", key="G")])
    for number in range(60):
        track.append(mido.Message("note_on", note=40 + number % 40, velocity=70, time=100))
        track.append(mido.Message("control_change", control=64, value=127 * (number % 2)))
        track.append(mido.Message("note_off", note=40 + number % 40, time=60))
    file.tracks.append(track)
    content = io.BytesIO()
    file.save(file=content)
    return content.getvalue()


def _recent() -> bytes:
    place = {"path": "/a.mid", "title": "A", "bar": 3, "hands": "left", "first_bar": 1, "last_bar": 4, "speed": 80}
    return json.dumps({"version": 1, "places": [place]}).encode()


def _written_midi() -> bytes:
    """Two tracks on the grid, with time signatures."""
    file = mido.MidiFile(type=1)
    for number, pitch in enumerate((72, 48)):
        track = mido.MidiTrack([mido.MetaMessage("time_signature", numerator=3 + number, denominator=4, time=0)])
        for step in range(24):
            track.append(mido.Message("note_on", note=pitch + step % 12, velocity=70, time=0))
            track.append(mido.Message("note_off", note=pitch + step % 12, time=240))
        file.tracks.append(track)
    content = io.BytesIO()
    file.save(file=content)
    return content.getvalue()


def _musicxml() -> bytes:
    return document(part({"1": attributes() + note("C5", 8) + note("E5", 8) + back(16) + note("C3", 16, 2)})).encode()


def _mxl() -> bytes:
    return packed(_musicxml().decode())


def _impressions() -> bytes:
    from importlib.resources import files

    return (files("assets") / "impressions" / "impressions.npz").read_bytes()


def _sound(form: str) -> bytes:
    content = io.BytesIO()
    tone = 0.3 * np.sin(np.arange(8_000) / 10)
    soundfile.write(content, np.stack([tone, -tone], axis=1), 16_000, format=form)
    return content.getvalue()


def _read_settings(path: Path) -> object:
    from gui.state.settings import load

    return load(path)


def _read_training(path: Path) -> object:
    from training.fit.config import read_config

    return read_config(path)


def _read_take(path: Path) -> object:
    from realtime.takes.reader import read_take

    return read_take(path)


def _read_card(path: Path) -> object:
    from realtime.takes.folder import take_name

    return str(take_name(path.parent))


def _read_run(path: Path) -> object:
    """With what it tells about the piece."""
    from realtime.practice.progress import days, history, table
    from realtime.practice.runs import read_run

    run = read_run(path)
    return history([run]), days([run]), table([run])


def _read_practised(path: Path) -> object:
    """With the score that it names."""
    from realtime.practice.takes.practised import practised_score, read_practised

    (path.parent / "score.mid").write_bytes(_midi(0))
    found = read_practised(path.parent)
    return found.told, practised_score(path.parent, found)


def _read_spec(path: Path) -> object:
    from realtime.contract import StreamSpec

    spec = StreamSpec.from_json(path.read_bytes().decode("utf-8", "replace"))
    return [spec.delay(mode) for mode in spec.shifts], spec.to_json()


def _read_bank(path: Path) -> object:
    from realtime.piano.bank import read_bank_table

    folder = path.parent / "bank"
    folder.mkdir(exist_ok=True)
    path.replace(folder / path.name)
    return read_bank_table(folder)


def _read_scores(path: Path) -> object:
    from export.evaluation import read_evaluation

    return read_evaluation(path)


def _read_piece(path: Path) -> object:
    """With its report and what the window shows."""
    from gui.takes.piece import open_piece
    from realtime.report.page.html_page import html_page
    from realtime.report.report import build_report

    piece = open_piece(path)
    return html_page(build_report(piece.notes)), piece.roll.at(1.0, 5.0)


def _read_recent(path: Path) -> object:
    from realtime.practice.library import Recent

    return Recent(path).places


def _read_notation(path: Path) -> object:
    from realtime.practice.notation import read_notation

    return read_notation(path, limit_s=20.0)


def _read_score(path: Path) -> object:
    from realtime.practice.reading import read_score

    return read_score(path)


def _read_model(path: Path) -> object:
    from realtime.transcription.model import OnnxStep
    from realtime.transcription.pipeline import Pipeline

    model = OnnxStep(path, device="cpu")
    pipeline = Pipeline(model, next(iter(model.spec.shifts)))
    return pipeline.push(np.full(1_600, 0.1, np.float32))


def _read_impressions(path: Path) -> object:
    from realtime.report.panel.impressions import read_impressions

    return read_impressions(path.read_bytes(), str(path))


def _read_sound(path: Path) -> object:
    from realtime.audio.files import open_audio

    return sum(len(block) for block in open_audio(path).blocks())
