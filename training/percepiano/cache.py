"""What was heard of every excerpt, kept on disk: hearing takes half an hour of a core, and only once per ear.

In the first round every other excerpt is played on one piano and the rest on another; the second round changes
pianos. A file holds every PARTS-th excerpt of one round, so that a few files are a fair sample of the whole. Its name
says by which ear: another ear hears afresh, and a run that was stopped goes on where it was.
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
from training.percepiano.hearing import BATCH, DELAYS, PIANOS, HeardExcerpt, Listener, Room, trimmed

ROUNDS = 2
PARTS = 26


@dataclass(frozen=True)
class Hearing:
    """Excerpts as heard in one round at one delay. excerpts: (N,) which; pooled: (N, P)."""

    round: int
    delay: str
    excerpts: IntArray
    notes: list[NoteTable]
    pooled: npt.NDArray[np.float32]

    @property
    def source(self) -> str:
        """What it is called among rows of features."""
        return source_name(self.delay, self.round)


def source_name(delay: str, number: int) -> str:
    """What a hearing in round `number` is called."""
    return f"heard {delay} {number + 1}"


class HearingCache:
    """The hearings of one ear (an ONNX file) in a folder; what is missing is heard when it is asked for."""

    def __init__(self, folder: Path, model: Path) -> None:
        """Raises FileError when the folder cannot be made."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder} cannot be made ({error.strerror}). Name another folder with --cache.") from error
        self.folder, self.model = folder, model
        self.ear = hashlib.sha256(model.read_bytes()).hexdigest()

    def path(self, number: int, part: int) -> Path:
        return self.folder / f"round{number}-{self.ear[:12]}-{part:02d}.npz"

    def missing(self, number: int) -> list[int]:
        """Parts that were not heard yet in round `number`."""
        return [part for part in range(PARTS) if not self.path(number, part).is_file()]

    def hear(
        self, number: int, excerpts: Sequence[NoteTable], progress: Callable[[str], None], deadline_s: float
    ) -> None:
        """Hear the missing parts of a round; none is begun after `deadline_s` (of time.monotonic).

        Raises MissingCorpusError, ModelError, FileError.
        """
        missing = self.missing(number)
        if not missing or time.monotonic() > deadline_s:
            return
        rooms, listener = [Room.open(piano) for piano in PIANOS], Listener(self.model)
        for part in missing:
            if time.monotonic() > deadline_s:
                return
            progress(f"round {number + 1}: hearing part {part + 1} of {PARTS}")
            numbers = range(part, len(excerpts), PARTS)
            heard: dict[int, HeardExcerpt] = {}
            for place, room in enumerate(rooms):
                here = [i for i in numbers if (i // PARTS + i + number) % len(rooms) == place]
                heard |= _listen(room, listener, here, excerpts)
            self._write(self.path(number, part), [heard[i] for i in numbers])

    def read(self, number: int) -> list[Hearing]:
        """A hearing per delay of what was heard in a round. Raises FileError when a part is broken."""
        heard: dict[int, HeardExcerpt] = {}
        for part in sorted(set(range(PARTS)) - set(self.missing(number))):
            heard |= {part + PARTS * place: one for place, one in enumerate(_read(self.path(number, part)))}
        if not heard:
            return []
        excerpts = np.array(sorted(heard))
        found = [heard[i] for i in excerpts]
        pooled = np.stack([one.pooled for one in found])
        return [Hearing(number, delay, excerpts, [h.notes[delay] for h in found], pooled) for delay in DELAYS]

    @staticmethod
    def _write(path: Path, heard: Sequence[HeardExcerpt]) -> None:
        columns: dict[str, Any] = {"pooled": np.stack([one.pooled for one in heard])}
        for delay in DELAYS:
            notes = [one.notes[delay] for one in heard]
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


def _listen(
    room: Room, listener: Listener, numbers: Sequence[int], excerpts: Sequence[NoteTable]
) -> dict[int, HeardExcerpt]:
    """Each of `numbers` as heard in a room, in batches of similar length."""
    played = {number: trimmed(excerpts[number]) for number in numbers}
    by_length = sorted(numbers, key=lambda number: played[number].last_s)
    heard: dict[int, HeardExcerpt] = {}
    for first in range(0, len(by_length), BATCH):
        batch = by_length[first : first + BATCH]
        sounds = room.play(batch, [played[number] for number in batch])
        heard.update(zip(batch, listener.hear(sounds), strict=True))
    return heard


def _read(path: Path) -> list[HeardExcerpt]:
    try:
        with np.load(path) as file:
            columns = {name: file[name] for name in file.files}
        notes = {delay: _performances(columns, delay) for delay in DELAYS}
    except (OSError, ValueError, LookupError, zipfile.BadZipFile) as error:
        raise FileError(f"{path} is missing or broken: delete it, and it is heard again.") from error
    return [HeardExcerpt({d: notes[d][i] for d in DELAYS}, pooled) for i, pooled in enumerate(columns["pooled"])]


def _performances(columns: dict[str, npt.NDArray[np.generic]], delay: str) -> list[NoteTable]:
    note_cuts, pedal_cuts = (np.cumsum(columns[f"{delay}.{name}"])[:-1] for name in ("notes", "pedals"))
    cuts = [pedal_cuts if name.startswith("pedal") else note_cuts for name in COLUMNS]
    parts = [np.split(columns[f"{delay}.{name}"], cut) for name, cut in zip(COLUMNS, cuts, strict=True)]
    return [NoteTable(*row) for row in zip(*parts, strict=True)]
