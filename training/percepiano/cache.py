"""The transcription of every excerpt, kept on disk: it takes half an hour of a core, once per model.

In the first round every other excerpt is played on one piano and the rest on another; the second round changes
pianos. A file holds every PARTS-th excerpt of one round, so that a few files are a fair sample of the whole. Its name
has the model's hash: another model transcribes afresh, and a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime.contract import IntArray
from realtime.errors import FileError
from realtime.notes import COLUMNS, NoteTable
from training.percepiano.transcription import BATCH, DELAYS, PIANOS, Room, TranscribedExcerpt, Transcriber, trimmed

ROUNDS = 2
PARTS = 26


@dataclass(frozen=True)
class Transcription:
    """Excerpts as transcribed in one round at one delay. excerpts: (N,) which; pooled: (N, P)."""

    round: int
    delay: str
    excerpts: IntArray
    notes: list[NoteTable]
    pooled: npt.NDArray[np.float32]

    @property
    def source(self) -> str:
        """Its name among rows of features."""
        return source_name(self.delay, self.round)


def source_name(delay: str, number: int) -> str:
    """The name of a transcription in round `number`."""
    return f"heard {delay} {number + 1}"


class TranscriptionCache:
    """The transcriptions by one model (an ONNX file) in a folder, one file for each part of a round."""

    def __init__(self, folder: Path, model: Path) -> None:
        """Raises FileError when the folder cannot be made."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder} cannot be made ({error.strerror}). Name another folder with --cache.") from error
        self.folder, self.model = folder, model
        self.model_hash = hashlib.sha256(model.read_bytes()).hexdigest()

    def path(self, number: int, part: int) -> Path:
        return self.folder / f"round{number}-{self.model_hash[:12]}-{part:02d}.npz"

    def missing(self, number: int) -> list[int]:
        """Parts that are not transcribed yet in round `number`."""
        return [part for part in range(PARTS) if not self.path(number, part).is_file()]

    def transcribe(
        self, number: int, excerpts: Sequence[NoteTable], progress: Callable[[str], None], deadline_s: float
    ) -> None:
        """Transcribe the missing parts of a round; none is begun after `deadline_s` (of time.monotonic).

        Raises MissingCorpusError, ModelError, FileError.
        """
        missing = self.missing(number)
        if not missing or time.monotonic() > deadline_s:
            return
        rooms, transcriber = [Room.open(piano) for piano in PIANOS], Transcriber(self.model)
        for part in missing:
            if time.monotonic() > deadline_s:
                return
            progress(f"round {number + 1}: hearing part {part + 1} of {PARTS}")
            numbers = range(part, len(excerpts), PARTS)
            transcribed: dict[int, TranscribedExcerpt] = {}
            for place, room in enumerate(rooms):
                here = [i for i in numbers if (i // PARTS + i + number) % len(rooms) == place]
                transcribed |= _transcribe(room, transcriber, here, excerpts)
            self._write(self.path(number, part), [transcribed[i] for i in numbers])

    def read(self, number: int) -> list[Transcription]:
        """A round at each delay, of the parts that there are. Raises FileError when a part is broken."""
        transcribed: dict[int, TranscribedExcerpt] = {}
        for part in sorted(set(range(PARTS)) - set(self.missing(number))):
            transcribed |= {part + PARTS * place: one for place, one in enumerate(_read(self.path(number, part)))}
        if not transcribed:
            return []
        excerpts = np.array(sorted(transcribed))
        found = [transcribed[i] for i in excerpts]
        pooled = np.stack([one.pooled for one in found])
        return [Transcription(number, delay, excerpts, [h.notes[delay] for h in found], pooled) for delay in DELAYS]

    @staticmethod
    def _write(path: Path, transcribed: Sequence[TranscribedExcerpt]) -> None:
        columns: dict[str, Any] = {"pooled": np.stack([one.pooled for one in transcribed])}
        for delay in DELAYS:
            notes = [one.notes[delay] for one in transcribed]
            columns[f"{delay}.notes"] = np.array([len(played) for played in notes])
            columns[f"{delay}.pedals"] = np.array([len(played.pedal_time) for played in notes])
            for name in COLUMNS:
                columns[f"{delay}.{name}"] = np.concatenate([getattr(played, name) for played in notes])
        unfinished = path.with_suffix(".partial")
        try:
            with unfinished.open("wb") as file:
                np.savez_compressed(file, **columns)
            unfinished.replace(path)
        except OSError as error:
            raise FileError(f"{path} cannot be written ({error.strerror}).") from error


def _transcribe(
    room: Room, transcriber: Transcriber, numbers: Sequence[int], excerpts: Sequence[NoteTable]
) -> dict[int, TranscribedExcerpt]:
    """Each of `numbers` played in a room and transcribed, in batches of similar length."""
    played = {number: trimmed(excerpts[number]) for number in numbers}
    by_length = sorted(numbers, key=lambda number: played[number].last_s)
    transcribed: dict[int, TranscribedExcerpt] = {}
    for first in range(0, len(by_length), BATCH):
        batch = by_length[first : first + BATCH]
        sounds = room.play(batch, [played[number] for number in batch])
        transcribed.update(zip(batch, transcriber.transcribe(sounds), strict=True))
    return transcribed


def _read(path: Path) -> list[TranscribedExcerpt]:
    try:
        with np.load(path) as file:
            columns = {name: file[name] for name in file.files}
        notes = {delay: _performances(columns, delay) for delay in DELAYS}
    except (OSError, ValueError, LookupError, zipfile.BadZipFile) as error:
        raise FileError(f"{path} is missing or broken: delete it, and it is heard again.") from error
    return [TranscribedExcerpt({d: notes[d][i] for d in DELAYS}, pooled) for i, pooled in enumerate(columns["pooled"])]


def _performances(columns: dict[str, npt.NDArray[np.generic]], delay: str) -> list[NoteTable]:
    note_cuts, pedal_cuts = (np.cumsum(columns[f"{delay}.{name}"])[:-1] for name in ("notes", "pedals"))
    cuts = [pedal_cuts if name.startswith("pedal") else note_cuts for name in COLUMNS]
    parts = [np.split(columns[f"{delay}.{name}"], cut) for name, cut in zip(COLUMNS, cuts, strict=True)]
    return [NoteTable(*row) for row in zip(*parts, strict=True)]
