"""Changes of the mode while it listens, with the ear that ships: against what each mode says that is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.contract import DELAYS, HOP, LIVE, SAMPLE_RATE, FloatArray
from realtime.events import Event, NoteOff, NoteOn
from realtime.pairing import Unpaired, same
from realtime.transcription.hops import Hops
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.model_stage import Outputs
from realtime.transcription.pipeline import Pipeline

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo" / "demo.flac"
SECONDS = 6
MODES = (*DELAYS, LIVE)
NOISE = 0.02
EDGE_S = 0.03  # a window and a frame: sooner before a change an onset was not in what had been heard
SAMPLES = SECONDS * SAMPLE_RATE
CHANGES = st.lists(st.tuples(st.integers(0, SAMPLES), st.sampled_from(MODES)), min_size=1, max_size=6)


class Heard:
    """The ear that ships, which has heard one recording already: the same outputs, hop by hop."""

    def __init__(self, audio: FloatArray) -> None:
        model = OnnxStep(shipped_model(), device="cpu")
        self.spec, self.audio = model.spec, audio
        hops = np.concatenate([audio, np.zeros(SAMPLE_RATE, np.float32)]).reshape(-1, HOP)
        self._outputs = [{name: value.copy() for name, value in model.step(hop).items()} for hop in hops]
        self.reset()

    def step(self, audio: FloatArray) -> Outputs:
        self._next += 1
        return self._outputs[self._next - 1]

    def reset(self) -> None:
        self._next = 0


@pytest.fixture(scope="module")
def heard() -> Heard:
    """The beginning of the demo, in a little noise: doubtful enough that the modes do not agree."""
    sound, rate = soundfile.read(DEMO, frames=SECONDS * 48_000, dtype="float32", always_2d=True)
    hops = Hops(rate).push(sound.mean(axis=1)).reshape(-1)
    sound = np.pad(hops, (0, SAMPLES))[:SAMPLES]
    noise = np.random.default_rng(3).standard_normal(SAMPLES).astype(np.float32)
    return Heard(sound + NOISE * noise)


def told(heard: Heard, mode: str, changes: Sequence[tuple[int, str]] = ()) -> list[Event]:
    """All events of a stream that begins in one mode, and goes on in others from some samples on."""
    pipeline, events, done = Pipeline(heard, mode, changeable=True), [], 0
    heard.reset()
    for at, name in sorted(changes, key=lambda change: change[0]):
        events += [*pipeline.push(heard.audio[done:at]), *pipeline.set_delay(name)]
        done = at
    return [*events, *pipeline.push(heard.audio[done:]), *pipeline.flush()]


def strokes(events: Iterable[Event]) -> list[NoteOn]:
    return [event for event in events if isinstance(event, NoteOn)]


def unpaired(notes: Iterable[NoteOn]) -> Unpaired[NoteOn]:
    waiting: Unpaired[NoteOn] = Unpaired()
    for note in notes:
        waiting.add(note.pitch, note)
    return waiting


@pytest.fixture(scope="module")
def constant(heard: Heard) -> dict[str, list[NoteOn]]:
    """What each mode tells that is never changed."""
    return {mode: strokes(told(heard, mode)) for mode in MODES}


def all_of(lists: Iterable[list[NoteOn]]) -> list[NoteOn]:
    """Each note that any of them has, once."""
    every: list[NoteOn] = []
    for notes in lists:
        waiting = unpaired(every)
        every += [note for note in notes if waiting.partner(note.pitch, note.time) is None]
    return every


def in_force(constant: dict[str, list[NoteOn]], first: str, changes: list[tuple[int, str]]) -> list[NoteOn]:
    """What each constant delay has of the time in which it was in force. (What `live` has depends on what was told
    before: whether there is silence.)"""
    wanted, mode, begin_s = [], first, 0.0
    for at, following in [*sorted(changes, key=lambda change: change[0]), (SAMPLES, "")]:
        end_s = at / SAMPLE_RATE
        if mode != LIVE:
            wanted += [note for note in constant[mode] if begin_s <= note.time < end_s - EDGE_S]
        mode, begin_s = following, end_s
    return wanted


def test_the_modes_do_not_agree(constant: dict[str, list[NoteOn]]) -> None:
    """Else the next test would say little: each has notes that another lacks."""
    counts = {mode: len(notes) for mode, notes in constant.items()}
    assert min(counts.values()) > 10
    assert len(all_of(constant.values())) > min(counts.values()) + 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(MODES), changes=CHANGES)
def test_a_change_of_mode_loses_and_doubles_nothing(
    heard: Heard, constant: dict[str, list[NoteOn]], first: str, changes: list[tuple[int, str]]
) -> None:
    """Whenever it is changed: what the delay in force has is told, and what all modes have; nothing is told that none
    of them has, nothing twice; on and off alternate, in order of time, and all ends."""
    events = told(heard, first, changes)
    notes, modes = strokes(events), {first, *(mode for _, mode in changes)}
    waiting = unpaired(notes)
    wanted = in_force(constant, first, changes)
    assert [note for note in wanted if waiting.partner(note.pitch, note.time) is None] == []
    waiting = unpaired(notes)
    sure = [
        note
        for note in constant[first]
        if all(any(same(note.time, n.time) and n.pitch == note.pitch for n in constant[mode]) for mode in modes)
    ]
    assert [note for note in sure if waiting.partner(note.pitch, note.time) is None] == []
    known = unpaired(all_of(constant[mode] for mode in modes))
    assert [note for note in notes if known.partner(note.pitch, note.time) is None] == []
    down: dict[int, bool] = {}
    latest: dict[int, float] = {}
    for event in events:
        if isinstance(event, NoteOn | NoteOff):
            assert down.get(event.pitch, False) == isinstance(event, NoteOff)
            assert event.time >= latest.get(event.pitch, 0.0)
            down[event.pitch], latest[event.pitch] = isinstance(event, NoteOn), event.time
    assert not any(down.values())
