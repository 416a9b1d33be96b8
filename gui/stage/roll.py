"""Blocks for notes, tails while the pedal holds them, spans of the pedal: of one stage of a stream's events. What is
seen of both stages is in `gui.stage.settling`.

All times are seconds on the stream's clock (when it sounded), never the time at which an event arrived.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from realtime.contract import PEDAL_DOWN
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import OpenNotes

# Closer than this, two strikes of one key would look like one long note.
TOUCHING_S = 0.02


@dataclass(eq=False)
class Block:
    """A note. release: key-up; damped: when its sound was stopped, later than `release` under the pedal; both None
    while that has not happened. struck_again: the same key was struck as it ended; order: counts the blocks of a
    performance as they come; settled: nothing of it will change; withdrawn: it was no note, and is none of them any
    more; hand: "left" or "right" where it is known, "" where the split point decides."""

    pitch: int
    velocity: int
    onset: float
    release: float | None = None
    damped: float | None = None
    struck_again: bool = False
    order: int = 0
    settled: bool = False
    withdrawn: bool = False
    hand: str = ""


@dataclass
class PedalSpan:
    """The sustain pedal from down to up; up is None while it is down. settled: nothing of it will change."""

    down: float
    up: float | None = None
    settled: bool = False


class BarLine(NamedTuple):
    """Where a bar begins, s, and its printed number."""

    time: float
    number: int


class Roll:
    """The blocks and pedal spans of one stage of one stream, fed by its events; older ones are dropped by `forget`."""

    def __init__(self) -> None:
        self.blocks: deque[Block] = deque()
        self.pedal: deque[PedalSpan] = deque()
        self._keys: OpenNotes[int, Block] = OpenNotes()
        self.held = self._keys.down
        self._ringing: dict[int, Block] = {}

    @property
    def pedal_down(self) -> bool:
        """Whether the pedal is down now."""
        return bool(self.pedal) and self.pedal[-1].up is None

    @property
    def sounding(self) -> bool:
        """Whether any key is held, or any note rings on under the pedal."""
        return bool(self.held or self._ringing)

    def apply(self, event: Event) -> None:
        """Add one event; keys that a gap ends have events of their own."""
        match event:
            case NoteOn():
                self._strike(event)
            case NoteOff():
                self._release(self._keys.note_off(event.pitch), event.time)
            case Pedal():
                self._move_pedal(event.value >= PEDAL_DOWN, event.time)

    def release_all(self, time: float) -> None:
        """Every key and the pedal up at `time`."""
        for pitch in list(self.held):
            self._release(self._keys.note_off(pitch), time)
        self._move_pedal(False, time)

    def forget(self, before: float) -> None:
        """Drop what was over before `before`, from the oldest on."""
        while self.blocks and (damped := self.blocks[0].damped) is not None and damped < before:
            self.blocks.popleft()
        while self.pedal and (up := self.pedal[0].up) is not None and up < before:
            self.pedal.popleft()

    def _strike(self, note: NoteOn) -> None:
        block = Block(note.pitch, note.velocity, note.time)
        self._release(self._keys.note_on(note.pitch, block), note.time)
        before = self._ringing.pop(note.pitch, None) or self._last(note.pitch)
        if before is not None:
            before.damped = note.time if before.damped is None else before.damped
            before.struck_again = before.release is not None and note.time - before.release < TOUCHING_S
        self.blocks.append(block)

    def _last(self, pitch: int) -> Block | None:
        return next((block for block in reversed(self.blocks) if block.pitch == pitch), None)

    def _release(self, block: Block | None, time: float) -> None:
        if block is None:
            return
        block.release = max(time, block.onset)
        if self.pedal_down:
            self._ringing[block.pitch] = block
        else:
            block.damped = block.release

    def _move_pedal(self, down: bool, time: float) -> None:
        if down == self.pedal_down:
            return
        if down:
            self.pedal.append(PedalSpan(time))
            return
        self.pedal[-1].up = max(time, self.pedal[-1].down)
        for block in self._ringing.values():
            assert block.release is not None
            block.damped = max(time, block.release)
        self._ringing.clear()
