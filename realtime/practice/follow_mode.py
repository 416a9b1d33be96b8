"""Verdicts of follow mode: the score follows a player who keeps no clock, and tells what is right, wrong and missed.

Keys that were not heard when their group was passed are asked for once more (`Expect`), and what was not expected is
judged when everything beside it is known, as in play mode. What a jump leaves out is not missed.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from realtime.events import NoteOn
from realtime.practice.doubt import CERTAIN, Stroke, Unexpected
from realtime.practice.follower import STEPS, Follower
from realtime.practice.score import Score
from realtime.practice.trainer import ANSWER_S, EAR_S, PATIENCE_S, SLIPS, Told
from realtime.practice.verdicts import Marked, Missed, Position
from realtime.transcription.expected import Expect, GroupPassed, Heard

AROUND_S = 0.35  # a key may be struck so long before its group is reached, or after it is left


@dataclass
class _Passed:
    """A group that the player has gone past. reached_s, left_s: when that and the next one were reached."""

    group: int
    reached_s: float
    left_s: float
    asked: bool = False


class FollowMode:
    """Note-ons in the order of their coming, and the time that goes by -> verdicts, position, questions to the ear.

    It is never done: after the end a player may begin again.
    """

    done = False

    def __init__(self, score: Score, beat_s: float | None = None, asks: bool = True) -> None:
        """beat_s: seconds a quarter to begin with, None as written; asks: whether there is an ear that answers."""
        self._groups, self._asks = score.groups, asks
        self._follower = Follower.of_score(score, beat_s)
        self._notes = [(group.index, note.optional) for group in score.groups for note in group.notes]
        self._place: int | None = None
        self._reached_s: dict[int, float] = {}
        self._passed: deque[_Passed] = deque()
        self._unexpected = Unexpected(PATIENCE_S)
        self._replaced: set[tuple[int, int]] = set()  # group and key in whose place another was struck

    @property
    def position(self) -> Position | None:
        """Where the player is; None before the first note."""
        return None if self._place is None else Position(self._follower.beat, self._groups[self._place].bar)

    @property
    def beat_s(self) -> float:
        """Seconds a quarter, as played."""
        return self._follower.beat_s

    def begin(self, _now_s: float) -> list[Told | Position]:
        """Nothing is asked for before the first note."""
        return []

    def observe(self, message: NoteOn | Heard | GroupPassed) -> list[Told | Position]:
        """The next message of the engine."""
        match message:
            case NoteOn():
                return self._note(message)
            case Heard():
                return self._answer(message)
            case _:
                return []

    def _note(self, note: NoteOn) -> list[Told | Position]:
        """A key was struck: where the player is now, and a verdict, unless the note is unexpected."""
        index = self._follower.push(note.time, note.pitch)
        told: list[Told | Position] = []
        if self._follower.place != self._place:
            self._move(self._follower.place, note.time)
            told += filter(None, [self.position])
        if index is not None or note.p >= CERTAIN:
            self._unexpected.add(Stroke(note.time, note.pitch, note.velocity, index is not None, self._follower.place))
        if index is None:
            return told
        group, optional = self._notes[index]
        return told if optional else [*told, self._right(group, note.pitch, note.time)]

    def _answer(self, heard: Heard) -> list[Told | Position]:
        """The ear has heard a key of a group that it was asked for."""
        for one in self._passed:
            if one.asked and self._belongs(heard, one) and self._follower.take(one.group, heard.pitch):
                return [self._right(one.group, heard.pitch, heard.time)]
        return []

    def advance(self, now_s: float) -> list[Told | Position]:
        """The stream's clock is at `now_s`: what has been decided by then."""
        told: list[Told | Position] = []
        told += [question for one in self._passed if one.left_s + EAR_S <= now_s for question in self._ask(one)]
        told += [self._judge(stroke) for stroke in self._unexpected.certain(now_s)]
        while self._passed and self._passed[0].left_s + EAR_S + ANSWER_S + AROUND_S <= now_s:
            told += self._closed(self._passed.popleft())
        return told

    def closing(self, _now_s: float) -> list[Told | Position]:
        """The sound is about to end: what to ask for before that."""
        return [question for one in self._passed for question in self._ask(one)]

    def finish(self, _now_s: float) -> list[Told | Position]:
        """Nothing more will come. Of the last group, which nothing follows, all is known now."""
        self._asks = False
        if self._place == len(self._groups) - 1:
            self._passed.append(_Passed(self._place, self._reached_s[self._place], self._reached_s[self._place]))
        return self.advance(math.inf)

    def _right(self, group: int, pitch: int, time_s: float) -> Marked:
        return Marked(pitch, time_s, "right", None, group, self._groups[group].bar)

    def _move(self, place: int, time_s: float) -> None:
        """The player goes on, plays something again, or leaves something out."""
        before = self._place
        if before is not None and before < place <= before + STEPS[-1]:
            reached_s = self._reached_s[before]
            self._passed += [_Passed(group, reached_s, time_s) for group in range(before, place)]
        elif before is not None and place < before:
            self._passed = deque(one for one in self._passed if one.group < place)
        self._place = place
        self._reached_s[place] = time_s

    def _ask(self, one: _Passed) -> list[Expect]:
        if one.asked or not self._asks or not self._follower.open_pitches(one.group):
            return []
        one.asked = True
        since_s = max(one.reached_s - AROUND_S, self._reached_s.get(one.group - 1, -math.inf))
        pitches = self._groups[one.group].pitches
        beside = {pitch for group in self._groups[max(one.group - 2, 0) : one.group + 3] for pitch in group.pitches}
        return [Expect(one.group, pitches, tuple(sorted(beside.difference(pitches))), round(since_s, 6))]

    def _belongs(self, heard: Heard, asked: _Passed) -> bool:
        """Whether a key was struck for this group, and not for the next one."""
        following = self._groups[asked.group + 1] if asked.group + 1 < len(self._groups) else None
        again = following is not None and heard.pitch in following.pitches
        return heard.time < asked.left_s + (-ANSWER_S / 2 if again else AROUND_S)

    def _judge(self, stroke: Stroke) -> Marked:
        """An unexpected note: wrong or extra."""
        here = stroke.group
        reached = [group for group in (here, here - 1, here + 1) if group in self._reached_s]
        for group in reached:
            for pitch in self._missing(group):
                if stroke.pitch - pitch in SLIPS:
                    self._replaced.add((group, pitch))
                    return Marked(stroke.pitch, stroke.time, "wrong", None, group, self._groups[group].bar)
        return Marked(stroke.pitch, stroke.time, "extra", None, here, self._groups[here].bar)

    def _missing(self, group: int) -> tuple[int, ...]:
        open_pitches = self._follower.open_pitches(group)
        return tuple(pitch for pitch in open_pitches if (group, pitch) not in self._replaced)

    def _closed(self, one: _Passed) -> list[Missed]:
        missing = self._missing(one.group)
        self._replaced -= {(one.group, pitch) for pitch in self._groups[one.group].pitches}
        return [Missed(one.group, self._groups[one.group].bar, missing)] if missing else []
