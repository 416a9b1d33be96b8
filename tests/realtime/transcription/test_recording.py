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
from realtime.transcription.pipeline import Pipeline
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


class Listening:
    """What a listener gets."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, Event]] = []
        self.times: list[float] = []
        self.ended: list[float] = []

    def listen(self, _pipeline: Pipeline, events: Sequence[Event], time_s: float) -> None:
        self.heard += [(time_s, event) for event in events]
        self.times.append(time_s)

    def ending(self, _pipeline: Pipeline, time_s: float) -> None:
        self.ended.append(time_s)


def test_a_listener_gets_the_events_in_blocks_of_10_ms_at_most(
    tmp_path: Path, demo: tuple[FloatArray, int], ear: OnnxStep
) -> None:
    """As they are decided, and the same ones; what is decided by the end comes after it is told that it is the end."""
    sound, rate = demo
    path = tmp_path / "demo.wav"
    soundfile.write(path, sound, rate, subtype="FLOAT")
    listening = Listening()
    events = list(transcribe_file(path, ear, "fast", listener=listening))
    assert [event for _, event in listening.heard] == events[1:-1]
    length_s = len(sound) / rate
    steps = np.diff([0.0, *listening.times])
    assert (steps.max(), listening.times[-1]) == (pytest.approx(0.01, abs=1e-6), length_s)
    assert listening.ended == [pytest.approx(length_s)]
    on_time = [
        at for at, event in listening.heard if isinstance(event, NoteOn) and not 0 <= at - event.emitted < 0.0101
    ]
    assert on_time == []
