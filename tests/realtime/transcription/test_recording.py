"""A recording as people have them: out of tune, far too quiet, without notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from realtime.contract import FloatArray
from realtime.events import Event, NoteOff, NoteOn
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import transcribe_file
from realtime.words import Said

NOTHING: list[str] = []


@pytest.fixture(scope="module")
def ear() -> OnnxStep:
    return OnnxStep(shipped_model(), "cpu")


@pytest.fixture(scope="module")
def demo() -> tuple[FloatArray, int]:
    """Its first seconds."""
    with resources.as_file(resources.files("assets") / "demo" / "demo.flac") as path:
        sound, rate = soundfile.read(path, dtype="float32")
    return sound[: 4 * rate], rate


def heard(
    path: Path, sound: FloatArray, rate: int, ear: OnnxStep, tuning_cents: float | None = None
) -> tuple[list[Event], list[str]]:
    """Notes and warnings of a recording."""
    soundfile.write(path, sound, rate, subtype="FLOAT")
    said: list[Said] = []
    events = list(transcribe_file(path, ear, "fast", tuning_cents=tuning_cents, warn=said.append))
    return [event for event in events if isinstance(event, NoteOn | NoteOff)], [str(each) for each in said]


def alike(found: Sequence[Event], expected: Sequence[Event]) -> float:
    """The share of pitches that two lists of notes have in common (F1)."""
    one, other = (Counter(event.pitch for event in notes if isinstance(event, NoteOn)) for notes in (found, expected))
    return 2 * (one & other).total() / (one.total() + other.total())


def test_a_flat_recording_is_heard_as_if_in_tune(tmp_path: Path, demo: tuple[FloatArray, int], ear: OnnxStep) -> None:
    """What is found out is said; one in tune is heard as ever. A given tuning is taken without a word."""
    sound, rate = demo
    path = tmp_path / "flat.wav"
    as_ever = heard(path, sound, rate, ear, 0.0)
    assert heard(path, sound, rate, ear) == as_ever
    assert as_ever[1] == NOTHING
    flat = soxr.resample(sound, rate, rate * 2 ** (45 / 1200)).astype(np.float32)
    notes, said = heard(path, flat, rate, ear)
    assert len(said) == 1
    cents = float(said[0].removeprefix(f"{path}: The piano is tuned ").split()[0])
    assert cents == pytest.approx(45, abs=6)
    assert said[0].endswith(" cents flat (A = 429 Hz); it is heard as if it were in tune.")
    uncorrected, silent = heard(path, flat, rate, ear, 0.0)
    assert silent == NOTHING
    assert alike(notes, as_ever[0]) > 0.85 > 0.75 > alike(uncorrected, as_ever[0])


def test_a_recording_far_too_quiet_is_heard(tmp_path: Path, demo: tuple[FloatArray, int], ear: OnnxStep) -> None:
    """60 dB softer than it was, its notes are those of the recording, but for the last bit."""
    sound, rate = demo
    path = tmp_path / "soft.wav"
    expected, _ = heard(path, sound, rate, ear)
    notes, said = heard(path, 1e-3 * sound, rate, ear)
    assert [event.pitch for event in notes if isinstance(event, NoteOn)] == [
        event.pitch for event in expected if isinstance(event, NoteOn)
    ]
    assert len(said) == 1
    assert said[0].startswith(f"{path} is far too quiet (-")


def test_a_recording_without_notes_says_so(tmp_path: Path, ear: OnnxStep) -> None:
    """In one sentence, after the last sample."""
    path = tmp_path / "silent.wav"
    assert heard(path, np.zeros(8_000, np.float32), 16_000, ear) == ([], [f"{path}: no notes of a piano were found."])
