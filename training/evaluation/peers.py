"""Other transcribers, where they are installed, on the same files: Basic Pitch and Transkun.

Both take a recording as a whole, so neither has an emission delay. `pip install --no-deps basic-pitch resampy` and
`pip install transkun` bring them; neither is a dependency of ours.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile

from realtime.notes import NoteTable
from realtime.transcription.transkun import SUSTAIN, transcribe


class Peer(NamedTuple):
    """A transcriber: `transcribe(audio file)` gives its notes and, where it detects it, its pedal."""

    name: str
    transcribe: Callable[[Path], NoteTable]


def installed() -> list[Peer]:
    """The peers that can be imported here."""
    known = (Peer("basic-pitch", basic_pitch), Peer("transkun", transkun))
    modules = {"basic-pitch": "basic_pitch.inference", "transkun": "transkun"}
    return [peer for peer in known if imports(modules[peer.name])]


def imports(module: str) -> bool:
    """Whether a module can be imported; what it prints meanwhile is dropped."""
    try:
        with quiet():
            importlib.import_module(module)
    except ImportError:
        return False
    return True


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep a peer's prints and log lines out of our tables."""
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            yield
    finally:
        logging.disable(logging.NOTSET)


def basic_pitch(path: Path) -> NoteTable:
    """Basic Pitch with its own defaults (Bittner et al. 2022); velocity is 127 times its amplitude."""
    with quiet():
        inference = importlib.import_module("basic_pitch.inference")
        _, _, notes = inference.predict(path)
    onset, offset, pitch, amplitude = (np.array([note[i] for note in notes], float) for i in range(4))
    return NoteTable.build(onset, offset, pitch, np.clip(np.round(amplitude * 127), 1, 127))


def transkun(path: Path) -> NoteTable:
    """Transkun 2.0 (Yan & Duan 2024) at its own rate, with its pedal."""
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    with quiet():
        estimated = transcribe(audio, rate)
    notes = [note for note in estimated if note.pitch > 0]
    pedal = sorted(edge for one in estimated if one.pitch == SUSTAIN for edge in ((one.start, 127), (one.end, 0)))
    return NoteTable.build(
        [note.start for note in notes],
        [note.end for note in notes],
        [note.pitch for note in notes],
        [note.velocity for note in notes],
        [time for time, _ in pedal],
        [value for _, value in pedal],
    )
