"""Performances to render: MAESTRO packed or as downloaded (v2, v3) with its official splits, or any MIDI files."""

from __future__ import annotations

import csv
import re
from lzma import LZMAError
from pathlib import Path
from typing import NamedTuple, Protocol
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array
from realtime.errors import FileError
from realtime.midi.reader import MIDI_SUFFIXES, tick_seconds
from realtime.notes import NoteTable
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import MissingCorpusError, require

_HELD_OUT_EVERY = 5
_TAKE = re.compile(r"\.take\d+$")


class Row(NamedTuple):
    """One line of the official table; `duration` in seconds."""

    split: str
    midi: str
    audio: str
    duration: float
    composer: str
    title: str


class Performances(Protocol):
    """The interface of every reader: performances by index, and the table's rows in the same order."""

    rows: list[Row]

    def indices(self, split: str) -> list[int]: ...

    def performance(self, index: int) -> NoteTable: ...

    def audio_path(self, index: int) -> Path | None: ...


def read_table(path: Path) -> list[Row]:
    """The official CSV. Raises MissingCorpusError when it is another one, or damaged."""
    wanted = ("split", "midi_filename", "audio_filename", "duration", "canonical_composer", "canonical_title")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = sorted(set(wanted) - set(reader.fieldnames or ()))
            if missing:
                raise ValueError(f"it lacks the columns {missing}")
            lines = [[line[column] for column in wanted] for line in reader]
        return [Row(split, midi, audio, float(s), composer, title) for split, midi, audio, s, composer, title in lines]
    except (OSError, TypeError, ValueError, csv.Error) as error:
        raise MissingCorpusError(f"{path} is not the table of MAESTRO v2 or v3: {error}") from error


def open_performances(path: Path) -> Performances:
    """The reader that fits a packed file or its folder, a MAESTRO folder, or a folder of MIDI files.

    Raises MissingCorpusError when it is none of them.
    """
    require(path, "maestro")
    packed = path if path.suffix == ".npz" else next(iter(sorted(path.glob("maestro-*-lean.npz"))), None)
    if packed is not None:
        return MaestroPack(packed)
    if any(path.glob("maestro-v*.csv")):
        return MaestroFolder(path)
    return MidiFolder(path)


class _Columns(NamedTuple):
    """A performance in 18 bytes a note and 9 a pedal event: those of MAESTRO's training split take 150 MB."""

    onset: Float64Array
    offset: Float64Array
    pitch: npt.NDArray[np.uint8]
    velocity: npt.NDArray[np.uint8]
    pedal_time: Float64Array
    pedal_value: npt.NDArray[np.uint8]

    @staticmethod
    def of(performance: NoteTable) -> _Columns:
        small = (performance.pitch, performance.velocity, performance.pedal_value)
        pitch, velocity, value = (column.astype(np.uint8) for column in small)
        return _Columns(performance.onset, performance.offset, pitch, velocity, performance.pedal_time, value)

    def performance(self) -> NoteTable:
        large = (column.astype(np.int64) for column in (self.pitch, self.velocity, self.pedal_value))
        pitch, velocity, value = large
        return NoteTable(self.onset, self.offset, pitch, velocity, self.pedal_time, value)


class MaestroFolder:
    """The original download: `maestro-v*.csv`, MIDI files, and audio where it was fetched too.

    A MIDI file is parsed once (0.1 to 0.2 s) and its columns are kept: more than a draw's rendering costs.
    """

    def __init__(self, root: Path) -> None:
        tables = sorted(root.glob("maestro-v*.csv"))
        if not tables:
            raise MissingCorpusError(f"{root} holds no maestro-v*.csv")
        self.root = root
        self.rows = read_table(tables[-1])
        self._kept: dict[int, _Columns] = {}

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> NoteTable:
        """Raises MissingCorpusError when the MIDI file is not there."""
        if index not in self._kept:
            path = self.root / self.rows[index].midi
            if not path.exists():
                raise MissingCorpusError(f"{path} is in the table but not in the folder; fetch MAESTRO again")
            self._kept[index] = _Columns.of(read_midi(path))
        return self._kept[index].performance()

    def audio_path(self, index: int) -> Path | None:
        """The recording, as the table names it or turned into FLAC; None where it is not there."""
        path = self.root / self.rows[index].audio
        return next((p for p in (path, path.with_suffix(".flac")) if p.is_file()), None)


class MidiFolder:
    """Any MIDI files, read at once; in order of their names every fifth piece, from the first on, is for validation.

    Files named PIECE.take0.mid, PIECE.take1.mid ... are one piece: it lies in one split with all of its takes.
    """

    def __init__(self, root: Path) -> None:
        paths = sorted(p for p in root.iterdir() if p.suffix.lower() in MIDI_SUFFIXES)
        if not paths:
            raise MissingCorpusError(f"{root} holds no MIDI file, no maestro-v*.csv and no maestro-*-lean.npz")
        self._kept = [_Columns.of(read_midi(path)) for path in paths]
        pieces = [_TAKE.sub("", path.stem) for path in paths]
        held_out = set(sorted(set(pieces))[::_HELD_OUT_EVERY])
        self.rows = [
            Row("validation" if piece in held_out else "train", path.name, "", kept.performance().last_s, "", piece)
            for path, piece, kept in zip(paths, pieces, self._kept, strict=True)
        ]

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> NoteTable:
        return self._kept[index].performance()

    def audio_path(self, index: int) -> Path | None:
        return None


class MaestroPack:
    """All performances as columns in one `.npz`: byte planes of tick differences, beside the official CSV.

    `NAME_lo`, `NAME_hi`, `NAME_top` are the bytes of one unsigned integer column; onsets (`dt`) and controller times
    are differences within their file, durations (`dur`) are ticks. `tempo` holds (tick, us per beat) pairs.
    """

    def __init__(self, packed: Path) -> None:
        require(packed, "maestro")
        table = next(iter(sorted(packed.parent.glob("maestro-v*.csv"))), None)
        if table is None:
            raise MissingCorpusError(f"{packed.parent} holds {packed.name} but not the table maestro-v*.csv beside it")
        try:
            with np.load(packed) as columns:
                files = self._take(columns)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile, LZMAError) as error:
            raise FileError(f"{packed} is not a packed MAESTRO: {error}") from error
        rows = {row.midi: row for row in read_table(table)}
        unknown = [name for name in files if name not in rows]
        if unknown:
            raise FileError(f"{table} does not name {unknown[0]} and {len(unknown) - 1} other files of {packed.name}")
        self.rows = [rows[name] for name in files]

    def _take(self, columns: np.lib.npyio.NpzFile) -> list[str]:
        """Keep the columns; returns the names of the MIDI files in their order."""
        self._ticks_per_beat = columns["tpq"].astype(np.int64)
        self._tempo = columns["tempo"].astype(np.int64)
        self._tempo_file = columns["tempo_file"]
        self._onset_step, self._length = _planes(columns, "dt"), _planes(columns, "dur")
        self._pitch, self._velocity = columns["pitch"], columns["vel"]
        self._first_note = np.concatenate([[0], np.cumsum(columns["n_notes"])])
        self._pedal_step, self._pedal_value = _planes(columns, "cc64_dt"), columns["cc64_val"]
        self._first_pedal = np.concatenate([[0], np.cumsum(columns["n_cc64"])])
        return str(columns["files"]).split("\n")

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> NoteTable:
        notes = slice(self._first_note[index], self._first_note[index + 1])
        pedal = slice(self._first_pedal[index], self._first_pedal[index + 1])
        on = np.cumsum(self._onset_step[notes], dtype=np.int64)
        return NoteTable.build(
            self._seconds(index, on),
            self._seconds(index, on + self._length[notes]),
            self._pitch[notes],
            self._velocity[notes],
            self._seconds(index, np.cumsum(self._pedal_step[pedal], dtype=np.int64)),
            self._pedal_value[pedal],
        )

    def audio_path(self, index: int) -> Path | None:
        return None

    def _seconds(self, index: int, ticks: npt.NDArray[np.int64]) -> Float64Array:
        changes = self._tempo[self._tempo_file == index]
        return tick_seconds(ticks, changes, int(self._ticks_per_beat[index]))


def _planes(columns: np.lib.npyio.NpzFile, name: str) -> npt.NDArray[np.int32]:
    value = columns[f"{name}_lo"].astype(np.int32)
    value |= columns[f"{name}_hi"].astype(np.int32) << 8
    if f"{name}_top" in columns.files:
        value |= columns[f"{name}_top"].astype(np.int32) << 16
    return np.asarray(value, np.int32)
