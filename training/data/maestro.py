"""Performances to render: MAESTRO packed or as downloaded (v2, v3) with its official splits, or any MIDI files."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from training.data.midi import read_midi
from training.data.notes import Float64Array, Performance
from training.data.paths import MissingCorpusError, require

SPLITS = ("train", "validation", "test")


class Row(NamedTuple):
    """One line of the official table; `duration` in seconds."""

    split: str
    midi: str
    audio: str
    duration: float
    composer: str
    title: str


class Performances(Protocol):
    """What every reader offers: performances by index, and the table's rows in the same order."""

    rows: list[Row]

    def indices(self, split: str) -> list[int]: ...

    def performance(self, index: int) -> Performance: ...

    def audio_path(self, index: int) -> Path | None: ...


def read_table(path: Path) -> list[Row]:
    """The official CSV; ValueError when columns are missing."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {"split", "midi_filename", "audio_filename", "duration", "canonical_composer", "canonical_title"}
        missing = wanted - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path} lacks the columns {sorted(missing)}; expected the table of MAESTRO v2 or v3")
        return [
            Row(
                line["split"],
                line["midi_filename"],
                line["audio_filename"],
                float(line["duration"]),
                line["canonical_composer"],
                line["canonical_title"],
            )
            for line in reader
        ]


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


class MaestroFolder:
    """The original download: `maestro-v*.csv`, MIDI files, and audio where it was fetched too."""

    def __init__(self, root: Path) -> None:
        tables = sorted(root.glob("maestro-v*.csv"))
        if not tables:
            raise MissingCorpusError(f"{root} holds no maestro-v*.csv")
        self.root = root
        self.rows = read_table(tables[-1])
        self._read = lru_cache(maxsize=256)(read_midi)

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> Performance:
        """Raises MissingCorpusError when the MIDI file is not there."""
        path = self.root / self.rows[index].midi
        if not path.exists():
            raise MissingCorpusError(f"{path} is in the table but not in the folder; fetch MAESTRO again")
        return self._read(path)

    def audio_path(self, index: int) -> Path | None:
        path = self.root / self.rows[index].audio
        return path if path.exists() else None


class MidiFolder:
    """Any MIDI files, read at once; in order of their names every fifth one, from the first on, is for validation."""

    def __init__(self, root: Path) -> None:
        paths = sorted(p for p in root.iterdir() if p.suffix.lower() in (".mid", ".midi"))
        if not paths:
            raise MissingCorpusError(f"{root} holds no MIDI file, no maestro-v*.csv and no maestro-*-lean.npz")
        self._performances = [read_midi(path) for path in paths]
        self.rows = [
            Row("train" if i % 5 else "validation", path.name, "", performance.duration, "", path.stem)
            for i, (path, performance) in enumerate(zip(paths, self._performances, strict=True))
        ]

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> Performance:
        return self._performances[index]

    def audio_path(self, index: int) -> Path | None:
        return None


class MaestroPack:
    """All performances as columns in one `.npz`: byte planes of tick differences, beside the official CSV.

    `NAME_lo`, `NAME_hi`, `NAME_top` are the bytes of one unsigned integer column; onsets (`dt`) and controller times
    are differences within their file, durations (`dur`) are ticks. `tempo` holds (tick, us per beat) pairs.
    """

    def __init__(self, packed: Path) -> None:
        require(packed, "maestro")
        with np.load(packed) as columns:
            files = str(columns["files"]).split("\n")
            self._ticks_per_beat = columns["tpq"].astype(np.int64)
            self._tempo = columns["tempo"].astype(np.int64)
            self._tempo_file = columns["tempo_file"]
            self._onset_step, self._length = _planes(columns, "dt"), _planes(columns, "dur")
            self._pitch, self._velocity = columns["pitch"], columns["vel"]
            self._first_note = np.concatenate([[0], np.cumsum(columns["n_notes"])])
            self._pedal_step, self._pedal_value = _planes(columns, "cc64_dt"), columns["cc64_val"]
            self._first_pedal = np.concatenate([[0], np.cumsum(columns["n_cc64"])])
        table = {row.midi: row for row in read_table(next(iter(sorted(packed.parent.glob("maestro-v*.csv")))))}
        self.rows = [table[name] for name in files]

    def indices(self, split: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.split == split]

    def performance(self, index: int) -> Performance:
        notes = slice(self._first_note[index], self._first_note[index + 1])
        pedal = slice(self._first_pedal[index], self._first_pedal[index + 1])
        on = np.cumsum(self._onset_step[notes], dtype=np.int64)
        return Performance.build(
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
        start, seconds_per_tick = changes[:, 0], changes[:, 1] / 1e6 / self._ticks_per_beat[index]
        base = np.concatenate([[0.0], np.cumsum(np.diff(start) * seconds_per_tick[:-1])])
        part = np.clip(np.searchsorted(start, ticks, side="right") - 1, 0, None)
        return np.asarray(base[part] + (ticks - start[part]) * seconds_per_tick[part], np.float64)


def _planes(columns: np.lib.npyio.NpzFile, name: str) -> npt.NDArray[np.int32]:
    value = columns[f"{name}_lo"].astype(np.int32)
    value |= columns[f"{name}_hi"].astype(np.int32) << 8
    if f"{name}_top" in columns.files:
        value |= columns[f"{name}_top"].astype(np.int32) << 16
    return np.asarray(value, np.int32)
