"""Pupils under all conditions: MIDI files in, a table or JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from realtime.errors import UsageError
from realtime.transcription.model import OnnxStep, shipped_model
from training.data.corpus.paths import data_folder
from training.evaluation.evaluate import noise_clips
from training.evaluation.practice import (
    CONDITIONS,
    Condition,
    Piece,
    Practised,
    held_out_pianos,
    held_out_rooms,
    part_of,
    passes_in_noise,
    practise,
    pupil_of,
    read_piece,
)
from training.evaluation.practice_summary import by_piano, practice_table

NOISE = "noise"
WIDTH = 150  # of the table, where the output is no terminal

Progress = Callable[[str], None]


def evaluate_pupils(
    paths: Sequence[Path], model: Path | None, groups: int, seed: int, conditions: Sequence[str], json_only: bool
) -> None:
    """Raises ModelError, UsageError, FileError, MissingCorpusError."""
    chosen = [one for one in CONDITIONS if not conditions or any(part in one.name for part in conditions)]
    in_noise = not conditions or NOISE in conditions
    if not chosen and not in_noise:
        names = ", ".join([*(one.name for one in CONDITIONS), NOISE])
        raise UsageError(f"There is no such condition. Choose one of {names}.")
    pieces = [read_piece(path) for path in paths]
    step = OnnxStep(model or shipped_model(), device="cpu")
    with Console(stderr=True).status("waiting") as status:
        found = {
            one.name: [*pupils(step, pieces, one, number, groups, seed, status.update)]
            for number, one in enumerate(CONDITIONS)
            if one in chosen
        }
        noise = passes_in_noise(step, noise_clips(data_folder() / "noise-dev"), status.update) if in_noise else None
    if json_only:
        rows = {
            name: {row: summary._asdict() for row, summary in by_piano(results).items()}
            for name, results in found.items()
        }
        sys.stdout.write(
            json.dumps({"model": step.spec.name, "conditions": rows, "passes_in_noise_per_minute": noise}) + "\n"
        )
        return
    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    if found:
        console.print(practice_table(found))
    if noise is not None:
        console.print(f"In noise a key passes {noise:.4f} times a minute of waiting.")


def pupils(
    step: OnnxStep,
    pieces: Sequence[Piece],
    condition: Condition,
    number: int,
    groups: int,
    seed: int,
    progress: Progress,
) -> Iterator[Practised]:
    """Every piece on every piano, each time in another room."""
    pianos, rooms = held_out_pianos(), held_out_rooms()
    for i, piece in enumerate(pieces):
        for j, (name, piano) in enumerate(pianos.items()):
            progress(f"{condition.name}: {piece.name}, {name}")
            own = seed * 100_000 + number * 10_000 + 10 * i + j
            pupil = pupil_of(piano, rooms[(2 * i + j) % len(rooms)], condition, own)
            yield from practise(step, name, part_of(piece, groups, own), pupil)
