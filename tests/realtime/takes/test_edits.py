"""Takes that are named, improved, restored, and made of recordings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import mido
import numpy as np
import pytest
import soundfile

from realtime.audio.wav import repair_wav, wav_header
from realtime.errors import FileError
from realtime.events import Event, NoteOff, NoteOn
from realtime.takes.edits import (
    first_notes,
    improve_take,
    is_improved,
    rename_take,
    take_from_recording,
    undo_improvement,
)
from realtime.takes.folder import open_take, take_name
from tests.realtime.takes.test_folder import EVENTS, STREAM, recorded

BETTER: list[Event] = [NoteOn(0.49, 0.8, 62, 80, 0.99), NoteOff(1.5, 1.8, 62)]
STUDIO = replace(STREAM, delay="studio", source="audio.wav", started="2030-01-01T00:00:00Z")


def pitches(midi: Path) -> list[int]:
    return [message.note for message in mido.MidiFile(midi) if message.type == "note_on"]


def test_a_take_has_a_name(tmp_path: Path) -> None:
    """Its number, until the player gives it one; "" restores that; a broken card does no harm."""
    folder = recorded(tmp_path).folder
    assert str(take_name(folder)) == "Take 1"
    rename_take(folder, "  Chopin:  Étude / slow\n")
    assert str(take_name(folder)) == "Chopin: Étude / slow"
    rename_take(folder, "")
    assert str(take_name(folder)) == "Take 1"
    for damaged in ("[]", '{"name": 5}', '{"name": null}', "[" * 100_000, '{"name": ' + "[" * 3_000, "9" * 5_000, ""):
        (folder / "take.json").write_text(damaged)
        assert str(take_name(folder)) == "Take 1"
    (folder / "take.json").write_text('{"name": "half \\ud83d"}')
    assert str(take_name(folder)) == "half \ufffd"
    assert str(take_name(tmp_path / "holiday")) == "holiday"


def test_better_notes_replace_the_first_and_can_be_undone(tmp_path: Path) -> None:
    """Events and MIDI file; after two improvements undoing restores the first notes; start and source stay."""
    folder = recorded(tmp_path).folder
    improve_take(folder, STUDIO, BETTER)
    improve_take(folder, STUDIO, BETTER)
    take = open_take(folder)
    assert take.events == tuple(BETTER)
    assert (take.stream.delay, take.stream.source, take.stream.started) == ("studio", STREAM.source, STREAM.started)
    assert pitches(take.midi) == [62]
    assert is_improved(folder)
    assert first_notes(folder).events == tuple(EVENTS)
    undo_improvement(folder)
    assert open_take(folder).events == tuple(EVENTS)
    assert pitches(take.midi) == [60]
    assert not is_improved(folder)
    with pytest.raises(FileError, match="only one version"):
        undo_improvement(folder)


def test_undoing_brings_back_what_was_sent_too(tmp_path: Path) -> None:
    """To the byte: a take that keeps the surest notes does so afterwards, and tells what the port got."""
    folder = recorded(tmp_path).folder
    before = (folder / "notes.jsonl").read_bytes()
    assert b'"stage":"live"' in before
    assert b'"stage":"kept"' in before
    improve_take(folder, STUDIO, BETTER)
    assert b'"stage"' not in (folder / "notes.jsonl").read_bytes()
    undo_improvement(folder)
    assert (folder / "notes.jsonl").read_bytes() == before


def test_a_recording_becomes_a_take(tmp_path: Path) -> None:
    """With a copy of its sound, under its own name; opening it leaves the copy alone."""
    song = tmp_path / "My song.WAV"
    soundfile.write(song, np.linspace(-0.5, 0.5, 8_000 * 2).reshape(-1, 2), 8_000, "PCM_16")
    folder = take_from_recording(tmp_path / "takes", song, STUDIO, BETTER, "My song")
    take = open_take(folder)
    assert take.audio.name == "audio.wav"
    assert take.audio.read_bytes() == song.read_bytes()
    assert (str(take_name(folder)), take.events, pitches(take.midi)) == ("My song", tuple(BETTER), [62])
    assert take.stream.source == "My song.WAV"


def test_data_after_the_sound_of_a_recording_are_kept(tmp_path: Path) -> None:
    """Other programs put names and pictures there, also after sound in the format of takes."""
    song = tmp_path / "song.wav"
    song.write_bytes(
        wav_header(8_000, 8_000) + bytes(3 * 8_000) + b"id3 " + (4_000).to_bytes(4, "little") + b"x" * 4_000
    )
    folder = take_from_recording(tmp_path / "takes", song, STUDIO, BETTER, "song")
    assert open_take(folder).audio.read_bytes() == song.read_bytes()


def test_damaged_first_notes_are_a_failure(tmp_path: Path) -> None:
    """The better ones stay."""
    folder = recorded(tmp_path).folder
    improve_take(folder, STUDIO, BETTER)
    before = folder / "notes before.jsonl"
    before.write_text("".join(before.read_text().splitlines(keepends=True)[1:]))
    with pytest.raises(FileError, match="cannot be read"):
        undo_improvement(folder)
    assert open_take(folder).events == tuple(BETTER)


def test_damaged_notes_are_kept_beside_better_ones(tmp_path: Path) -> None:
    """The recording is transcribed again, and the take opens."""
    folder = recorded(tmp_path).folder
    damaged = (folder / "notes.jsonl").read_text().replace('"pitch":60', '"pitch":"C4"')
    (folder / "notes.jsonl").write_text(damaged)
    improve_take(folder, STUDIO, BETTER)
    assert open_take(folder).events == tuple(BETTER)
    assert (folder / "notes damaged.jsonl").read_text() == damaged
    assert not is_improved(folder)
    with pytest.raises(FileError, match="is no take"):
        improve_take(tmp_path, STUDIO, BETTER)


def test_a_compressed_copy_is_the_sound_of_its_take(tmp_path: Path) -> None:
    """Whatever its format."""
    song = tmp_path / "song.flac"
    soundfile.write(song, np.zeros(800), 8_000)
    folder = take_from_recording(tmp_path / "takes", song, STUDIO, BETTER, "song")
    assert open_take(folder).audio == folder / "audio.flac"


def test_a_recording_whose_copy_breaks_off_leaves_its_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed program leaves a take that opens, and no half of a sound."""
    song = tmp_path / "song.wav"
    soundfile.write(song, np.zeros(800), 8_000)

    def killed(_source: object, copy: BinaryIO, _step: int) -> None:
        copy.write(b"RIFF")
        raise KeyboardInterrupt

    monkeypatch.setattr("shutil.copyfileobj", killed)
    with pytest.raises(KeyboardInterrupt):
        take_from_recording(tmp_path / "takes", song, STUDIO, BETTER, "My song")
    (folder,) = (tmp_path / "takes").iterdir()
    take = open_take(folder)
    assert (str(take_name(folder)), take.events, take.audio.exists()) == ("My song", tuple(BETTER), False)


def test_a_recording_that_has_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    """One sentence, and no half take."""
    with pytest.raises(FileError):
        take_from_recording(tmp_path / "takes", tmp_path / "gone.wav", STUDIO, BETTER, "gone")
    assert list((tmp_path / "takes").iterdir()) == []


def test_only_our_own_form_of_wav_is_mended(tmp_path: Path) -> None:
    """A file of 16 bits and two channels whose header looks alike stays as it is."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros((100, 2)), 8_000, "PCM_16")
    before = path.read_bytes()
    path.write_bytes(before + b"\0" * 300)
    assert repair_wav(path) is False
    assert path.read_bytes()[:44] == before[:44]


def test_the_card_is_plain_json(tmp_path: Path) -> None:
    """Other programs can read it."""
    folder = recorded(tmp_path).folder
    rename_take(folder, "Étude")
    assert json.loads((folder / "take.json").read_text(encoding="utf-8")) == {"name": "Étude"}
