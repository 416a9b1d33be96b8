"""Write performances as the columns that `MaestroPack` reads: 4 bytes a note, compressed."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from training.data.corpus.maestro import Performances

TICKS_PER_BEAT, TEMPO_US = 500, 500_000  # 1 tick = 1 ms
PACKED, TABLE = "maestro-v3.0.0-lean.npz", "maestro-v3.0.0.csv"
Columns = Mapping[str, npt.NDArray[np.generic]]


def write_lean(performances: Performances, indices: Sequence[int], folder: Path) -> None:
    """The chosen performances, to the millisecond, and their lines of the table. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [performances.rows[i] for i in indices]
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["split", "midi_filename", "audio_filename", "duration", "canonical_composer", "canonical_title"]
        )
        writer.writerows(rows)
    write_compressed(
        {
            "files": np.array("\n".join(row.midi for row in rows)),
            "tpq": np.full(len(rows), TICKS_PER_BEAT, np.uint32),
            "tempo": np.array([(0, TEMPO_US)] * len(rows), np.uint32),
            "tempo_file": np.arange(len(rows), dtype=np.uint32),
            **note_columns([performances.performance(i) for i in indices]),
        },
        folder / PACKED,
    )


def note_columns(played: Sequence[NoteTable]) -> dict[str, npt.NDArray[np.generic]]:
    """Byte planes of all notes and of CC64; times are differences within their performance."""
    lengths = [ticks(one.offset) - ticks(one.onset) for one in played]
    return {
        "n_notes": np.array([len(one) for one in played], np.int64),
        "n_cc64": np.array([len(one.pedal_time) for one in played], np.int64),
        "pitch": np.concatenate([one.pitch for one in played]).astype(np.uint8),
        "vel": np.concatenate([one.velocity for one in played]).astype(np.uint8),
        "cc64_val": np.concatenate([one.pedal_value for one in played]).astype(np.uint8),
        **planes("dt", np.concatenate([steps(one.onset) for one in played])),
        **planes("dur", np.concatenate(lengths)),
        **planes("cc64_dt", np.concatenate([steps(one.pedal_time) for one in played])),
    }


def ticks(seconds: Float64Array) -> IntArray:
    return np.round(np.maximum(seconds, 0) * 1000).astype(np.int64)


def steps(seconds: Float64Array) -> IntArray:
    """Rounded before they are subtracted, so that rounding does not add up."""
    return np.diff(ticks(seconds), prepend=0)


def planes(name: str, values: IntArray) -> dict[str, npt.NDArray[np.generic]]:
    """The three lowest bytes of a column: the upper ones are nearly always 0, and compress to nothing."""
    shifts = {"lo": 0, "hi": 8, "top": 16}
    return {f"{name}_{plane}": (values >> shift & 0xFF).astype(np.uint8) for plane, shift in shifts.items()}


def write_compressed(columns: Columns, path: Path) -> None:
    """As `np.savez_compressed`, by LZMA, a fifth smaller."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, column in columns.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, column, allow_pickle=False)
