"""The tuning of a live piano: found from its first music, and applied when no key is down."""

from __future__ import annotations

import numpy as np

from realtime.contract import FloatArray
from realtime.engine.messages import Status
from realtime.engine.observer import Block
from realtime.engine.watches.tuning_finder import TuningFinder
from realtime.events import NoteOff, NoteOn
from tests.realtime.audio.test_tuning import RATE, played


def status(time_s: float) -> Status:
    return Status(time_s, "running", -20.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0)


def play(finder: TuningFinder, sound: FloatArray) -> None:
    for at in range(0, len(sound), RATE // 100):
        block = sound[at : at + RATE // 100]
        finder.observe_sound(Block(at, block[:, None], block))


def strike(finder: TuningFinder, notes: int) -> None:
    """The last one is held."""
    for pitch in range(60, 60 + notes):
        finder.observe_event(NoteOn(1.0, 1.0, pitch, 64, 1.0))
        if pitch < 59 + notes:
            finder.observe_event(NoteOff(1.5, 1.5, pitch))


def test_a_tuning_is_found_once_and_only_while_no_key_is_down() -> None:
    """After eight notes and some seconds of them."""
    found: list[float] = []
    finder = TuningFinder(RATE, found.append, True)
    play(finder, played(-48))
    strike(finder, 7)
    finder.observe_event(NoteOff(2.0, 2.0, 66))
    finder.observe_status(status(8.0))
    assert found == []
    finder.observe_event(NoteOn(3.0, 3.0, 70, 64, 1.0))
    finder.observe_status(status(9.0))
    assert found == []
    finder.observe_event(NoteOff(4.0, 4.0, 70))
    finder.observe_status(status(10.0))
    finder.observe_status(status(12.0))
    assert len(found) == 1
    assert abs(found[0] + 48) < 2.0


def test_a_piano_in_tune_is_found_too() -> None:
    """Then it is not looked for any longer."""
    found: list[float] = []
    finder = TuningFinder(RATE, found.append, True)
    play(finder, played(0))
    strike(finder, 8)
    finder.observe_event(NoteOff(2.0, 2.0, 67))
    finder.observe_status(status(8.0))
    assert found == [0.0]


def test_nothing_is_found_in_noise_or_unasked() -> None:
    """Eight notes that are none."""
    found: list[float] = []
    noise = np.random.default_rng(2).standard_normal(10 * RATE).astype(np.float32)
    for wanted, sound in ((True, 0.1 * noise), (False, played(-48))):
        finder = TuningFinder(RATE, found.append, wanted)
        play(finder, sound.astype(np.float32))
        strike(finder, 8)
        finder.observe_event(NoteOff(2.0, 2.0, 67))
        finder.observe_status(status(8.0))
    assert found == []
