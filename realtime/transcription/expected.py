"""Expected keys: whether the keys that a player is to strike next have been struck.

Who knows what comes may ask for less. A key counts when its onset activation rises anew, after the last stroke of the
group before, and crosses the threshold of delay `balanced`, `accurate` or, where the model has it, `studio`; the later
delays come out of the same inference, and decide on the soft keys of a chord. They ask for less once another key of
the group is heard, for less still once half of the others are, and with every further stroke; not of the first key of
a first stroke, or noise would pass. Two guards keep other keys from passing for the expected one: weak evidence does
not count beside a stronger neighbour that is not expected, and beside a stronger octave a later delay has to be sure.
Figures: training/README.md.

A group may be rolled: its keys lie within a second. Frames are remembered for two, so that an `Expect` that comes
after the first strokes finds them: it hears the same as one that came before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from realtime.clock import Timeline
from realtime.contract import (
    HOP,
    KEYS,
    LOWEST_PITCH,
    SAMPLE_RATE,
    Activations,
    BoolArray,
    FloatArray,
    StreamSpec,
)
from realtime.transcription.decoder import PRESENT_SHARE, REARM, event_position, onset_threshold
from realtime.transcription.silence import Silence

EARLY, SURE, SUREST = "balanced", "accurate", "studio"
HOLD_OFF_S = 0.05  # so soon after the last stroke of the group before no key is struck
ROLLED_S = 1.0  # the keys of a group lie within a second
ROLLED_FRAMES = round(ROLLED_S * SAMPLE_RATE / HOP)
STROKE_FRAMES = 40  # strokes within 400 ms are one attempt
NEAR_FRAMES = 6  # a rival may have sounded 60 ms before
REMEMBERED = 200  # hops
NEIGHBOURS = (-12, -2, -1, 1, 2, 12)
OCTAVES = (-12, 12)
NEUTRAL = 50.0  # the sensitivity that the thresholds are calibrated for
ALL, NONE = np.ones(KEYS, np.bool_), np.zeros(KEYS, np.bool_)
NEVER = np.full(KEYS, -np.inf)


@dataclass(frozen=True)
class Expect:
    """Wait for a group of keys. group: its number, for the answer; pitches: MIDI; next_pitches: others that may be
    struck, too, such as those of the group after it; since: when the last stroke of the group before sounded, s of the
    stream's clock; None: from now on."""

    group: int
    pitches: tuple[int, ...]
    next_pitches: tuple[int, ...] = ()
    since: float | None = None


@dataclass(frozen=True)
class Heard:
    """An expected key was struck. time: when it sounded; emitted: when that was known, s; weak: less was asked than of
    a note that nobody expects."""

    pitch: int
    time: float
    emitted: float
    weak: bool


@dataclass(frozen=True)
class GroupPassed:
    """All keys of a group were struck. time: of the last of them; attempts: strokes of any keys that it took."""

    group: int
    time: float
    emitted: float
    attempts: int


ExpectedEvent = Heard | GroupPassed


def can_expect(spec: StreamSpec) -> bool:
    """Whether a model has the delays that listen for expected keys, but for the last, which it may lack."""
    return {EARLY, SURE} <= {*spec.shifts}


def listening_delays(spec: StreamSpec) -> tuple[str, ...]:
    """Those of a model that listen for expected keys; the one that speaks about the earliest instant first."""
    return (*((SUREST,) if SUREST in spec.shifts else ()), SURE, EARLY)


class _Key(NamedTuple):
    """One key of a group, and those that are not to pass for it."""

    neighbours: list[int]
    octaves: list[int]


@dataclass
class _Group:
    """What is waited for. first: reference frame from which strokes count; heard: frame in which each key was;
    valley: per delay, lowest onset activation of each key since the frame before `first`."""

    wanted: Expect
    first: int
    keys: dict[int, _Key]
    heard: dict[int, int] = field(default_factory=dict)
    valley: dict[str, FloatArray] = field(default_factory=dict)
    attempts: int = 0
    stroke: int = -STROKE_FRAMES  # frame in which the last attempt began

    @staticmethod
    def of(wanted: Expect, first: int) -> _Group:
        expected = {pitch - LOWEST_PITCH for pitch in (*wanted.pitches, *wanted.next_pitches)}

        def others(key: int, steps: tuple[int, ...]) -> list[int]:
            return [key + step for step in steps if 0 <= key + step < KEYS and key + step not in expected]

        keys = (pitch - LOWEST_PITCH for pitch in wanted.pitches)
        return _Group(wanted, first, {key: _Key(others(key, NEIGHBOURS), others(key, OCTAVES)) for key in keys})

    def forget(self, now: int) -> None:
        """Keys that were heard more than a second before a frame."""
        self.heard = {key: frame for key, frame in self.heard.items() if frame >= now - ROLLED_FRAMES}

    @property
    def half_heard(self) -> bool:
        """Whether half of the keys beside one that is missing are heard."""
        return bool(self.heard) and 2 * len(self.heard) >= len(self.keys) - 1


class ExpectedKeys:
    """Frames of the `listening_delays` -> which expected keys were struck. Pure and deterministic.

    The same frames and the same expectations give the same, however the frames are cut. `timeline` may be replaced
    between pushes. delay_samples: from the frame of a stroke to the one that tells it at the latest, at 16 kHz.
    """

    def __init__(self, spec: StreamSpec, timeline: Timeline | None = None, silence: Silence | None = None) -> None:
        """silence: of the sound that the frames are of; None: it has none. Raises KeyError for a model that cannot."""
        self._spec, self._silence = spec, silence
        self._delays = listening_delays(spec)
        self._onset = {delay: spec.rows(delay)[delay].onset for delay in self._delays}
        self.delay_samples = (spec.shifts[self._delays[0]] + spec.confirm_frames) * HOP
        self.timeline = Timeline() if timeline is None else timeline
        self._group: _Group | None = None
        self.listening = False  # whether anything was expected since the last `stop`
        self._begin(0)

    def expect(self, wanted: Expect) -> list[ExpectedEvent]:
        """Wait for a group from here on, in place of another one: what of it was struck already."""
        if not self.listening:
            self._begin(self._hops)
        self.listening = True
        self._group = _Group.of(wanted, self._first_frame(wanted.since))
        oldest = max(self._hops - REMEMBERED + NEAR_FRAMES, self._begun)
        return [event for hop in range(oldest, self._hops) for event in self._hear(hop)]

    def stop(self) -> None:
        """Wait for nothing, and remember nothing, until the next group."""
        self.listening, self._group = False, None

    def push(
        self, activations: Mapping[str, Activations], gate_open: Mapping[str, BoolArray] | None = None
    ) -> list[ExpectedEvent]:
        """T consecutive frames of these delays, and per frame whether new notes are allowed (T,) -> events in order."""
        events: list[ExpectedEvent] = []
        if not self.listening:
            self._hops += len(activations[EARLY].onset)
            return events
        for index in range(len(activations[EARLY].onset)):
            place = self._hops % REMEMBERED
            for delay in self._delays:
                now = activations[delay].onset[index]
                onset = PRESENT_SHARE * now + (1 - PRESENT_SHARE) * self._before[delay]
                self._before[delay] = now.copy()
                self._onsets[delay][place] = onset
                allowed = gate_open is None or bool(gate_open[delay][index])
                self._allowed[delay][place] = self._certain(self._frame(delay, self._hops), onset) if allowed else NONE
            self._hops += 1
            events += self._hear(self._hops - 1)
        return events

    def reset(self) -> None:
        """The sound begins afresh: what was heard of the group is forgotten, and it is waited for from now on."""
        self._begin(0)
        if self._group is not None:
            self._group = _Group.of(replace(self._group.wanted, since=None), 0)

    def _begin(self, hops: int) -> None:
        self._hops = hops  # pushed
        self._begun = hops  # from which on they are remembered
        self._before = {delay: np.zeros(KEYS, np.float32) for delay in self._delays}
        self._onsets = {delay: np.zeros((REMEMBERED, KEYS), np.float32) for delay in self._delays}
        self._allowed = {delay: np.zeros((REMEMBERED, KEYS), np.bool_) for delay in self._delays}

    def _frame(self, delay: str, hop: int) -> int:
        """The reference frame that a delay speaks about with a hop."""
        return hop - self._spec.shifts[delay]

    def _first_frame(self, since: float | None) -> int:
        """The first frame whose strokes lie after `since`."""
        if since is None:
            return self._hops
        position = self.timeline.position(since + HOLD_OFF_S)
        zero, one = (event_position(self._spec, frame) for frame in (0, 1))
        return math.ceil((position - zero) / (one - zero) - 1e-3)  # times are rounded

    def _certain(self, frame: int, onset: FloatArray) -> BoolArray:
        """Keys (88,) whose onset in this frame, of these activations, is no edge of a drop-out nor the stream's end."""
        position = event_position(self._spec, frame)
        if position < -HOP / 2 or self.timeline.over(position + HOP / 2):
            return NONE
        return ALL if self._silence is None else ~self._silence.lost_onsets(position, ALL, NONE, NEVER, onset)

    def _hear(self, hop: int) -> list[ExpectedEvent]:
        """What a remembered hop tells of the group."""
        group = self._group
        if group is None:
            return []
        group.forget(self._frame(self._delays[0], hop))
        found = [event for delay in self._delays for event in self._hear_delay(group, delay, hop)]
        if len(group.heard) < len(group.keys):
            return [*found]
        self._group = None
        time = self._time(max(group.heard.values()))
        return [*found, GroupPassed(group.wanted.group, time, self._emitted, max(group.attempts, 1))]

    def _hear_delay(self, group: _Group, delay: str, hop: int) -> list[Heard]:
        frame = self._frame(delay, hop)
        if frame < group.first - 1:
            return []
        onset, allowed = self._onsets[delay][hop % REMEMBERED], self._allowed[delay][hop % REMEMBERED]
        valley = group.valley[delay] = np.minimum(group.valley.get(delay, onset), onset)
        if frame < group.first:  # what rises in the first frame rises from the one before
            return []
        if delay == EARLY:
            self._count_attempt(group, frame, onset, (onset - valley) * allowed)
        found = []
        for key, rivals in group.keys.items():
            if key in group.heard or not allowed[key]:
                continue
            threshold = self._threshold(group, delay)
            p = float(onset[key])
            if p >= threshold and p - valley[key] >= REARM * threshold and not self._is_rival(delay, hop, p, rivals):
                group.heard[key] = frame
                group.forget(frame)
                weak = p < self._onset[delay]
                found.append(Heard(key + LOWEST_PITCH, self._time(frame), self._emitted, weak))
        return found

    def _count_attempt(self, group: _Group, frame: int, onset: FloatArray, rise: FloatArray) -> None:
        threshold = self._onset[EARLY]
        if frame - group.stroke > STROKE_FRAMES and (rise[onset >= threshold] >= REARM * threshold).any():
            group.stroke = frame
            group.attempts += 1

    def _threshold(self, group: _Group, delay: str) -> float:
        if delay == EARLY:
            return self._onset[EARLY]
        asked = self._spec.expected
        lowered = asked.lowered * bool(group.heard) + asked.chord * group.half_heard
        lowered += asked.attempt * max(group.attempts - 1, 0)
        return float(onset_threshold(self._onset[delay], NEUTRAL, -min(lowered, asked.most)))

    def _is_rival(self, delay: str, hop: int, p: float, rivals: _Key) -> bool:
        """Whether it is more likely that another key was struck than one of activation `p`."""
        if p < self._onset[delay] and self._loudest(delay, hop, rivals.neighbours) > p:
            return True
        sure = float(onset_threshold(self._onset[delay], NEUTRAL, self._spec.expected.octave))
        return (delay == EARLY or p < sure) and self._loudest(delay, hop, rivals.octaves) > p

    def _loudest(self, delay: str, hop: int, keys: list[int]) -> float:
        """The highest activation that some keys had in this frame and in those just before."""
        if not keys:
            return 0.0
        hops = np.arange(max(hop - NEAR_FRAMES, self._begun), hop + 1) % REMEMBERED
        return float(self._onsets[delay][hops][:, keys].max())

    def _time(self, frame: int) -> float:
        return self.timeline.sounded(event_position(self._spec, frame))

    @property
    def _emitted(self) -> float:
        return self.timeline.emitted(self._hops * HOP)
