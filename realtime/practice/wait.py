"""Wait mode: the piece stands still until its next keys are struck.

Pure logic on the stream's clock: it gets what an engine tells, and says what that is to expect next. A wrong key is
shown and holds nothing up, unless the ear may have made it up (`realtime.practice.doubt`). A group that is not heard
can be passed over, and is marked as that, never as wrong. After four seconds the keys are hinted at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from realtime.events import NoteOn
from realtime.practice.doubt import AGAIN_S, Stroke, Unexpected
from realtime.practice.score import Group, Score
from realtime.practice.verdicts import Marked
from realtime.transcription.expected import ROLLED_S, Expect, GroupPassed, Heard

HINT_S = 4.0
# A note is judged when the notes that may explain it are known: of the next 80 ms, told after 120 ms at most. What
# a missing key of the group may explain waits for longer (`realtime.practice.doubt`): a soft one is told later.
JUDGED_S = 0.25


@dataclass(frozen=True)
class Waiting:
    """A group is waited for. pitches: those that are missing."""

    kind: ClassVar[str] = "expect"

    group: int
    bar: int
    pitches: tuple[int, ...]


@dataclass(frozen=True)
class Passed:
    """A group was played. time: of its last key; emitted: when that was known, s; attempts: strokes that it took."""

    kind: ClassVar[str] = "passed"

    group: int
    bar: int
    time: float
    emitted: float
    attempts: int


@dataclass(frozen=True)
class NotHeard:
    """A group was passed over. pitches: those that were not heard."""

    kind: ClassVar[str] = "not_heard"

    group: int
    bar: int
    pitches: tuple[int, ...]
    time: float


@dataclass(frozen=True)
class Hint:
    """The player has looked for these keys of a group for some time."""

    kind: ClassVar[str] = "hint"

    group: int
    bar: int
    pitches: tuple[int, ...]


@dataclass(frozen=True)
class Round:
    """The part was played to its end. number: how often, from 1 on."""

    kind: ClassVar[str] = "round"

    number: int


WaitEvent = Waiting | Passed | NotHeard | Hint | Round | Marked


class WaitMode:
    """The steps of a score, one after the other; the hand and the bars that are practised are the score's.

    `wanted`: what the engine is to expect, None before `begin` and after the end. Its group is a number of its own for
    every time that a group is waited for, so that an answer to an earlier one is known as such. All times are seconds
    of the stream's clock and never decrease.
    """

    def __init__(self, score: Score, loop: bool = False) -> None:
        """loop: whether it begins again after the end."""
        self._groups, self._loop = score.groups, loop
        self.wanted: Expect | None = None
        self.rounds = 0  # played to the end
        self._index = 0
        self._asked = 0  # how often a group was waited for
        self._since = 0.0  # from when on the present one is waited for
        self._hinted = False
        self._heard: dict[int, Heard] = {}
        self._unexpected = Unexpected(JUDGED_S)
        self._passed: tuple[Group, float] | None = None  # the group before, and when it passed

    @property
    def group(self) -> Group | None:
        """The one that is waited for."""
        return None if self.wanted is None else self._groups[self._index]

    def begin(self, now_s: float, index: int | None = None) -> list[WaitEvent]:
        """Wait for a group from now on: that of an index, or the present one, as when the stream begins anew."""
        self._unexpected, self._passed = Unexpected(JUDGED_S), None
        return self._wait(self._index if index is None else index, now_s)

    def stop(self) -> None:
        """Wait for nothing; `begin` goes on."""
        self.wanted = None

    def observe(self, message: Heard | GroupPassed | NoteOn) -> list[WaitEvent]:
        """The next message of the engine."""
        if self.wanted is None:
            return []
        match message:
            case Heard(pitch=pitch) if pitch in self.wanted.pitches:
                self._heard[pitch] = message
                self._unexpected.add(Stroke(message.time, pitch, 0, written=True))
            case GroupPassed(group=number) if number == self.wanted.group:
                return self._pass(message)
            case NoteOn():
                self._note(message)
        return self.advance(message.emitted)

    def advance(self, now_s: float) -> list[WaitEvent]:
        """It is `now_s`: wrong notes that nothing explains, then a hint if it is time."""
        group = self.group
        if group is None:
            return []
        events: list[WaitEvent] = [
            Marked(stroke.pitch, stroke.time, "wrong", None, group.index, group.bar)
            for stroke in self._unexpected.certain(now_s, self._missing(group, now_s))
            if not self._is_written(stroke.pitch, stroke.time)  # the group may have passed since
        ]
        if not self._hinted and now_s >= self._since + HINT_S:
            self._hinted = True
            events.append(Hint(group.index, group.bar, self._missing(group, now_s)))
        return events

    def skip(self, now_s: float) -> list[WaitEvent]:
        """Pass over the group that is waited for."""
        group = self.group
        if group is None:
            return []
        return [NotHeard(group.index, group.bar, self._missing(group, now_s), now_s), *self._next(now_s)]

    def _pass(self, passed: GroupPassed) -> list[WaitEvent]:
        group = self._groups[self._index]
        self._passed = group, passed.time
        right: list[WaitEvent] = [
            Marked(pitch, heard.time, "right", None, group.index, group.bar)
            for pitch, heard in sorted(self._heard.items(), key=lambda item: (item[1].time, item[0]))
        ]
        told = Passed(group.index, group.bar, passed.time, passed.emitted, passed.attempts)
        return [*right, told, *self._next(passed.time)]

    def _next(self, since_s: float) -> list[WaitEvent]:
        if self._index + 1 < len(self._groups):
            return self._wait(self._index + 1, since_s)
        self.rounds += 1
        if self._loop:
            return [Round(self.rounds), *self._wait(0, since_s)]
        self._index = 0
        self.stop()
        return [Round(self.rounds)]

    def _wait(self, index: int, since_s: float) -> list[WaitEvent]:
        group = self._groups[index]
        self._index, self._since, self._hinted = index, since_s, False
        self._heard = {}
        self._asked += 1
        others = {note.pitch for note in group.notes if note.optional} | _pitches(self._following)
        self.wanted = Expect(self._asked, group.pitches, tuple(sorted(others - {*group.pitches})), since_s)
        return [Waiting(group.index, group.bar, group.pitches)]

    def _note(self, note: NoteOn) -> None:
        written = self._is_written(note.pitch, note.time)
        self._unexpected.add(Stroke(note.time, note.pitch, note.velocity, written))

    def _is_written(self, pitch: int, time_s: float) -> bool:
        """Whether a key is one of the present group or the next, or was of the one before a moment ago."""
        if pitch in _pitches(self.group) | _pitches(self._following):
            return True
        if self._passed is None:
            return False
        group, passed_s = self._passed
        return time_s <= passed_s + AGAIN_S and pitch in _pitches(group)

    @property
    def _following(self) -> Group | None:
        if self._index + 1 < len(self._groups):
            return self._groups[self._index + 1]
        return self._groups[0] if self._loop else None

    def _missing(self, group: Group, now_s: float) -> tuple[int, ...]:
        """The keys that were not heard in the last second: a group may be rolled for so long."""
        heard = {pitch for pitch, heard in self._heard.items() if heard.time >= now_s - ROLLED_S}
        return tuple(pitch for pitch in group.pitches if pitch not in heard)


def _pitches(group: Group | None) -> set[int]:
    """All keys of a group, those of ornaments, too."""
    return set() if group is None else {note.pitch for note in group.notes}
