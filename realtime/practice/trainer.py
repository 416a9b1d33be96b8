"""Verdicts of play mode: notes that were heard against a piece that runs by a clock.

A note is that written one of its pitch which is due nearest, within a window. What is due and was not heard is asked
for once more (`Expect`): the ear misses notes, and who knows what is written may be content with less. What was heard
and is not written is judged when everything beside it is known: it may be a mistake of the ear, or stand in the place
of a written note. Figures: tests/benchmarks/README.md.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from realtime.events import NoteOn
from realtime.practice.doubt import CERTAIN, TOGETHER_S, Stroke, Unexpected
from realtime.practice.score import Group, Score, ScoreNote
from realtime.practice.verdicts import ON_TIME_MS, Marked, Missed, timing
from realtime.transcription.expected import Expect, Heard

WINDOW_S = 0.35  # a note is that far early or late at most
EAR_S = 0.17  # after so long all notes are told that the delays of live playing tell
ANSWER_S = 0.15  # after so long a question is answered
PATIENCE_S = TOGETHER_S + EAR_S + ANSWER_S
SLIPS = (-2, -1, 1, 2, -12, 12)  # semitones from a written key to those that are struck in its place

Told = Marked | Missed | Expect


@dataclass(eq=False)
class _Due:
    """A key of a group that has to be struck. window_s: how far from due_s at most; heard_s: when it was struck;
    replaced: by a wrong note."""

    group: Group
    pitch: int
    due_s: float
    window_s: float = WINDOW_S
    heard_s: float | None = None
    replaced: bool = False

    @property
    def heard(self) -> bool:
        return self.heard_s is not None


@dataclass(eq=False)
class _Open:
    """A group that is not closed yet, and how often its missing keys were asked for."""

    group: Group
    due_s: float
    keys: list[_Due] = field(default_factory=list)
    asked: int = 0

    @property
    def missing(self) -> list[_Due]:
        return [key for key in self.keys if not key.heard]

    @property
    def last_s(self) -> float:
        """Until when its notes may be struck."""
        return max(key.due_s + key.window_s for key in self.keys)


class Trainer:
    """Notes and the time that goes by -> verdicts, and questions to the ear.

    Note-ons may come in any order, each at most EAR_S after it sounded.
    """

    def __init__(
        self,
        score: Score,
        time: Callable[[float], float],
        on_time_ms: float = ON_TIME_MS,
        beside: Score | None = None,
        asks: bool = True,
    ) -> None:
        """time: beat -> when it comes, s. beside: the same with what may be played, too, such as the other hand. asks:
        whether there is an ear that answers questions."""
        self._time, self._on_time_ms, self._asks = time, on_time_ms, asks
        self._groups = score.groups
        self._dues_s = [time(group.beat) for group in score.groups]
        self._open = deque(_Open(group, due_s) for group, due_s in zip(self._groups, self._dues_s, strict=True))
        self._keys: dict[int, list[_Due]] = {}
        for one in self._open:
            one.keys = [_Due(one.group, pitch, one.due_s) for pitch in one.group.pitches]
            for key in one.keys:
                self._keys.setdefault(key.pitch, []).append(key)
        for keys in self._keys.values():
            _share_the_time(keys)
        self._allowed = _stretches(_allowed(score, beside), time)
        self._unexpected = Unexpected(PATIENCE_S)

    def note(self, note: NoteOn) -> list[Told]:
        """A key was struck; a verdict, unless it is unexpected."""
        key = self._nearest(note.pitch, note.time)
        written = key is not None or self._may(note.pitch, note.time)
        if written or note.p >= CERTAIN:
            self._unexpected.add(Stroke(note.time, note.pitch, note.velocity, written))
        return [] if key is None else [self._hear(key, note.time)]

    def answer(self, heard: Heard) -> list[Told]:
        """The ear has heard a key that it was asked for."""
        key = self._nearest(heard.pitch, heard.time)
        return [] if key is None else [self._hear(key, heard.time)]

    def advance(self, now_s: float) -> list[Told]:
        """The stream's clock is at `now_s`: what has been decided by then."""
        told: list[Told] = [question for one in self._waiting(now_s) for question in self._ask(one, now_s)]
        told += [self._judge(stroke) for stroke in self._unexpected.certain(now_s)]
        while self._open and self._open[0].last_s + EAR_S + ANSWER_S <= now_s:
            told += _closed(self._open.popleft())
        return told

    def closing(self, now_s: float) -> list[Told]:
        """The sound is about to end: what to ask for before that."""
        due = [one for one in self._open if one.due_s < now_s and one.missing]
        return [self._question(one) for one in due] if self._asks else []

    def finish(self, now_s: float) -> list[Told]:
        """Nothing more will come: the rest of what was heard, and what was due before now and is missing."""
        told: list[Told] = [self._judge(stroke) for stroke in self._unexpected.certain(math.inf)]
        while self._open and self._open[0].due_s < now_s:
            told += _closed(self._open.popleft())
        return told

    def _hear(self, key: _Due, time_s: float) -> Marked:
        key.heard_s = time_s
        ms = round(1000 * (time_s - key.due_s), 1)
        return Marked(key.pitch, time_s, timing(ms, self._on_time_ms), ms, key.group.index, key.group.bar)

    def _nearest(self, pitch: int, time_s: float) -> _Due | None:
        """The key of this pitch that is due nearest and not heard yet."""
        near = [key for key in _around(self._keys.get(pitch, []), time_s) if not key.heard]
        return min(near, key=lambda key: abs(time_s - key.due_s), default=None)

    def _may(self, pitch: int, time_s: float) -> bool:
        """Whether a note may be played that does not have to, or is one that the ear was asked for and has told."""
        told_s = (key.heard_s for key in _around(self._keys.get(pitch, []), time_s))
        if any(heard_s is not None and abs(time_s - heard_s) <= TOGETHER_S for heard_s in told_s):
            return True
        return any(begin <= time_s <= end for begin, end in self._allowed.get(pitch, ()))

    def _waiting(self, now_s: float) -> Iterator[_Open]:
        """The groups that are due and of which a key was not heard."""
        for one in self._open:
            if one.due_s + EAR_S > now_s:
                return
            if one.missing:
                yield one

    def _ask(self, one: _Open, now_s: float) -> Iterator[Expect]:
        """Ask for a group when it is due, and at its end once more: another question may have come between."""
        if self._asks and one.asked < (2 if one.last_s + EAR_S <= now_s else 1):
            one.asked += 1
            yield self._question(one)

    def _question(self, one: _Open) -> Expect:
        """Other keys that are due at about the same time are no rivals of those that are asked for."""
        since_s = one.due_s - min(key.window_s for key in one.missing)
        first, last = (bisect_left(self._dues_s, one.due_s + way * WINDOW_S) for way in (-1, 1))
        beside = {pitch for group in self._groups[first:last] for pitch in group.pitches}
        others = tuple(sorted(beside.difference(one.group.pitches)))
        return Expect(one.group.index, one.group.pitches, others, round(since_s, 6))

    def _judge(self, stroke: Stroke) -> Marked:
        """An unexpected note: wrong or extra."""
        slips = [key for slip in SLIPS for key in _around(self._keys.get(stroke.pitch - slip, []), stroke.time)]
        instead = next((key for key in slips if not key.heard and not key.replaced), None)
        if instead is None:
            near = self._group_near(stroke.time)
            return Marked(stroke.pitch, stroke.time, "extra", None, near.index, near.bar)
        instead.replaced = True
        ms = round(1000 * (stroke.time - instead.due_s), 1)
        return Marked(stroke.pitch, stroke.time, "wrong", ms, instead.group.index, instead.group.bar)

    def _group_near(self, time_s: float) -> Group:
        """The group that is due next to a time."""
        after = bisect_left(self._dues_s, time_s)
        near = range(max(after - 1, 0), min(after + 1, len(self._groups)))
        return self._groups[min(near, key=lambda index: abs(self._dues_s[index] - time_s))]


def _closed(one: _Open) -> list[Told]:
    """What a group misses at its end; a wrong note was told in its place."""
    missing = tuple(key.pitch for key in one.missing if not key.replaced)
    return [Missed(one.group.index, one.group.bar, missing)] if missing else []


def _share_the_time(keys: list[_Due]) -> None:
    """Between two strokes of one pitch each has half of the time."""
    for before, after in pairwise(keys):
        half_s = (after.due_s - before.due_s) / 2
        before.window_s, after.window_s = min(before.window_s, half_s), min(after.window_s, half_s)


def _around(keys: list[_Due], time_s: float) -> Iterator[_Due]:
    """Those of the keys of one pitch, which are in order, in whose window a time lies."""
    for index in range(bisect_left(keys, time_s - WINDOW_S, key=lambda key: key.due_s), len(keys)):
        if keys[index].due_s > time_s + WINDOW_S:
            return
        if abs(time_s - keys[index].due_s) <= keys[index].window_s:
            yield keys[index]


def _allowed(score: Score, beside: Score | None) -> Iterator[ScoreNote]:
    """The notes that may be played and do not have to."""
    for group in score.groups:
        yield from (note for note in group.notes if note.optional)
    for group in beside.groups if beside is not None else ():
        yield from group.notes


def _stretches(notes: Iterable[ScoreNote], time: Callable[[float], float]) -> dict[int, list[tuple[float, float]]]:
    """Per pitch from when to when notes may be played, s: an optional one any number of times while it lasts."""
    stretches: dict[int, list[tuple[float, float]]] = {}
    for note in notes:
        end = note.beat + note.length if note.optional else note.beat
        stretches.setdefault(note.pitch, []).append((time(note.beat) - WINDOW_S, time(end) + WINDOW_S))
    return stretches
