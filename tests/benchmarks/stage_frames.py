"""`python tests/benchmarks/stage_frames.py [SECONDS]`: what a frame of the stage costs, drawn alone and shown by Qt.

1920 × 1080 with 300 blocks in sight, some keys played every 100 ms; rising as they are played and, a third of a second
later, corrected (of one key in twenty nothing is kept, of another nothing was told), and falling in a replay.
CPU time, so that other programs disturb little; "of a core" is at 60 frames a second.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from gui.stage.settling import SettlingRoll
from gui.stage.stage import Look, Stage
from gui.stage.theme import DAYLIGHT, NIGHT, Palette
from gui.state.session import Session
from gui.takes.whole_roll import WholeRoll
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable

WIDTH, HEIGHT, RATE = 1920, 1080, 60
BLOCKS, SIGHT_S, STRIKE_S = 300, 6.5, 0.1
KEPT_S, STATUS_S = 0.32, 0.05


class Playing:
    """Events of a made-up performance up to a moment: 300 blocks within the time that the stage shows. apply: called
    with each when it is due."""

    def __init__(self, apply: Callable[[Event], None]) -> None:
        self._apply = apply
        self._random = random.Random(1)
        self._pending: list[Event] = []
        self._struck = 0.0

    def until(self, now: float) -> None:
        """Play on."""
        while self._struck <= now:
            for pitch in self._random.sample(range(21, 109), round(BLOCKS / SIGHT_S * STRIKE_S)):
                length = self._random.uniform(0.08, 0.6)
                self._pending += [NoteOn(self._struck, 0, pitch, self._random.randint(20, 120), 1)]
                self._pending += [NoteOff(self._struck + length, 0, pitch)]
            self._pending.append(Pedal(self._struck, 0, 127 if round(self._struck * 10) % 15 else 0))
            self._struck += STRIKE_S
        self._pending.sort(key=lambda event: event.time)  # type: ignore[union-attr]
        while self._pending and self._pending[0].time <= now:  # type: ignore[union-attr]
            self._apply(self._pending.pop(0))


def measure(seconds: float, frame: Callable[[float], object], play: Callable[[float], None] = lambda now: None) -> str:
    """Draw `seconds` of playing after the stage has filled; the cost in words. play: brings events up to a moment."""
    play(SIGHT_S)
    frame(SIGHT_S)
    costs = []
    for index in range(round(seconds * RATE)):
        now = SIGHT_S + index / RATE
        play(now)
        before = time.process_time()
        frame(now)
        costs.append(time.process_time() - before)
    p50, p99 = np.percentile(costs, (50, 99)) * 1000
    return f"{p50:5.2f} ms   p99 {p99:5.2f} ms   {100 * np.mean(costs) * RATE:3.0f} % of a core"


def stage_alone(look: Look, seconds: float) -> str:
    """The renderer without a window."""
    roll, stage = SettlingRoll(), Stage(WIDTH, HEIGHT, 1.0, look)
    return measure(seconds, lambda now: stage.draw(roll, now), rising(roll))


def falling_alone(look: Look, seconds: float) -> str:
    """The renderer of a replay without a window, beats included."""
    events: list[Event] = []
    Playing(events.append).until(seconds + 2 * SIGHT_S)
    whole = WholeRoll(
        NoteTable.from_events(events), [0.6 * beat for beat in range(round((seconds + 2 * SIGHT_S) / 0.6))]
    )
    stage = Stage(WIDTH, HEIGHT, 1.0, replace(look, falling=True))
    return measure(seconds, lambda now: stage.draw(whole.at(now, stage.ahead_s), now))


def rising(roll: SettlingRoll) -> Callable[[float], None]:
    """What plays into a roll, in both stages."""
    told, kept = Playing(lambda event: _unless(10, event, roll.apply)), Playing(lambda event: _keep(event, roll))
    known_s = 0.0

    def play(now: float) -> None:
        nonlocal known_s
        told.until(now)
        kept.until(now - KEPT_S)
        if now - known_s > STATUS_S:
            known_s = now
            roll.kept_until(now - KEPT_S)
        roll.forget(now - 60.0)

    return play


def _keep(event: Event, roll: SettlingRoll) -> None:
    """Some hundredths of a second shorter than it was told, and a little louder."""
    if isinstance(event, NoteOn):
        event = replace(event, velocity=event.velocity + 4)
    elif isinstance(event, NoteOff):
        event = replace(event, time=event.time - 0.02)
    _unless(5, event, roll.keep)


def _unless(rest: int, event: Event, take: Callable[[Event], None]) -> None:
    """Take an event, but none of certain keys."""
    if not isinstance(event, NoteOn | NoteOff) or event.pitch % 20 != rest:
        take(event)


def stage_in_qt(look: Look, seconds: float) -> str:
    """The renderer in a widget, with Qt's share of showing it."""
    from PySide6.QtWidgets import QApplication

    from gui.widgets.stage.stage_view import StageView

    app = QApplication.instance() or QApplication([])
    session = Session()
    session.now = lambda monotonic: monotonic  # type: ignore[method-assign]
    view = StageView(session, look)
    view.resize(WIDTH, HEIGHT)
    view.show()

    def frame(now: float) -> None:
        view.advance(now)
        app.processEvents()

    return measure(seconds, frame, rising(session.roll))


if __name__ == "__main__":
    length = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    for name, look in (("night", Look(Palette(NIGHT))), ("daylight", Look(Palette(DAYLIGHT)))):
        print(f"{name:9} rising   {stage_alone(look, length)}")
        print(f"{name:9} in Qt    {stage_in_qt(look, length)}")
        print(f"{name:9} falling  {falling_alone(look, length)}")
