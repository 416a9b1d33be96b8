"""A performance to be replayed: a take with its sound, or the notes of a MIDI file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gui.state.formatting import take_title
from gui.takes.outline import Outline
from gui.takes.whole_roll import WholeRoll
from realtime.analysis.beats import beat_times
from realtime.analysis.strikes import strikes
from realtime.audio.files import recorded_s
from realtime.piano.speaker_messages import Sound
from realtime.takes.edits import first_notes
from realtime.takes.folder import EVENTS, Take, open_take
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take


@dataclass(frozen=True, eq=False)
class Piece:
    """title: what it is called; outline: for a small picture; notes: for the sampled piano; length_s: of the longer one
    of notes and recording; source: the take's folder or the MIDI file; recording: None where there is none."""

    title: str
    roll: WholeRoll
    outline: Outline
    notes: TakeNotes
    length_s: float
    source: Path
    recording: Path | None = None

    @property
    def recorded(self) -> bool:
        """Whether there is a recording."""
        return self.recording is not None

    @property
    def sound(self) -> Sound:
        """Its recording, or its notes where there is none."""
        return self.recording or self.notes


def open_piece(path: Path) -> Piece:
    """A take's folder or its events, JSON lines that `--json` printed, or a MIDI file. Raises FileError."""
    if path.is_dir() or path.name == EVENTS:
        return _piece(open_take(path if path.is_dir() else path.parent))
    notes = read_take(path)
    roll = WholeRoll(notes, _beats(notes), notes.duration_s)
    return Piece(notes.name, roll, Outline.of(notes), notes, max(roll.length_s, notes.duration_s), path)


def open_first(folder: Path) -> Piece:
    """An improved take as it was transcribed first. Raises FileError."""
    return _piece(first_notes(folder))


def _piece(take: Take) -> Piece:
    title, sound_s = take_title(take.folder), recorded_s(take.audio)
    notes = TakeNotes.of_stream(take.stream, take.events, title, remarks=take.remarks)
    roll = WholeRoll(notes, _beats(notes), notes.duration_s)
    length_s = max(roll.length_s, notes.duration_s, sound_s or 0.0)
    recording = None if sound_s is None else take.audio
    return Piece(title, roll, Outline.of(notes), notes, length_s, take.folder, recording)


def _beats(notes: TakeNotes) -> list[float]:
    """When the beats fall, s; none in free playing."""
    return [float(beat) for beat in beat_times(strikes(notes))]
