"""Where in a score a player is: a follower of live notes, through mistakes, pauses, restarts and jumps.

Each place of the score keeps how likely it is that the player is there, and for its likeliest way there the tempo, the
time at which it was reached and the notes struck since. With every note a player stays, moves on by a few places, at a
time that fits the tempo, or begins anew elsewhere, most likely at the start of a bar that is near, and after a pause.
These are the forward probabilities of a hidden semi-Markov model of place and tempo (A. Cont, "A coupled
duration-focused architecture for real-time music-to-score alignment", IEEE TPAMI 2010), with repeats and skips as in
E. Nakamura et al., "Real-time audio-to-score alignment of music performances containing errors and arbitrary repeats
and skips", IEEE/ACM TASLP 2016; tempo and struck notes are those of the best way. Figures: tests/benchmarks/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.practice.places import Places
from realtime.practice.score import Score

# Natural logarithms of how likely a note is at a place: written there, at a place beside it, one or two semitones off,
# an octave off, or any other; and one that was struck already.
WRITTEN, BESIDE, SLIP, OCTAVE, OTHER, AGAIN = np.log([0.9, 0.015, 0.02, 0.006, 0.0015, 0.04])
CROWD = 0.5  # the more notes a place has, the less likely is each: power of their number
MISSED = float(np.log(0.15))  # each written note that is left out
STEPS = (1, 2, 3, 4, 5)  # places by which one note may move on
STEP = np.log([1.0, 0.3, 0.2, 0.1, 0.1])
SPREAD, LONGEST_SPREAD_S = 8.0, 0.6  # each second between the notes of a chord makes it less likely, up to so many
TIMING = 0.45  # spread of the logarithm of played over expected time
EARLY, LATE, LATE_SLOPE = -7.0, -3.5, -0.15  # no time is less likely; late ones by their deviation, as players pause
SHORTEST_STEP_S, SHORTEST_S = 0.02, 0.004
# A jump is likelier after a pause: one of more than so many times the expected step, and of so many seconds.
JUMP, JUMP_AFTER_PAUSE = np.log([1e-7, 1e-3])
PAUSE_STEPS, PAUSE_S = (1.5, 4.0), (0.4, 1.0)
TO_BAR, TO_BEGIN = float(np.log(20.0)), 1.0
LEAST = -80.0  # a place that is less likely than the best by so much is as good as none
ELSEWHERE, NEAR_BEGIN = -60.0, 5  # before the first note
# The tempo follows a step by a weight that rises with its beats.
WEIGHT_A_BEAT, WEIGHTS, TEMPO_CHANGE, BEAT_S = 0.35, (0.05, 0.4), (0.6, 1.6), (0.08, 4.0)
# Which written note a struck one is: of the place, or of others near it in place and time.
REACH, NEAR_S = 3, 0.2
REPLAY_S = 0.3  # who is at a place anew so much later plays it again


@dataclass(frozen=True, eq=False)
class Paths:
    """likelihood: (G,) natural logarithm of how likely each place is, 0 for the likeliest. reached_s: (G,) when its
    first written note was struck, s. beat_s: (G,) seconds a beat. struck: (G,) bits of the notes struck there."""

    likelihood: Float64Array
    reached_s: Float64Array
    beat_s: Float64Array
    struck: IntArray


class Follower:
    """Note-ons in the order of their coming -> where the player is.

    place: index of the place, most likely that of the last note.
    """

    def __init__(
        self, onset_beats: npt.ArrayLike, pitches: npt.ArrayLike, bar_beats: npt.ArrayLike = (), beat_s: float = 0.5
    ) -> None:
        """Of the notes of a score in any order, and of its bar lines; beat_s: seconds a beat to begin with, which may
        be wrong by a half. Raises ValueError without notes."""
        self._begin(Places.of(onset_beats, pitches, bar_beats), beat_s)

    @staticmethod
    def of_score(score: Score, beat_s: float | None = None) -> Follower:
        """Places are the groups of the score, and its notes count through them. beat_s: None as written."""
        follower = Follower.__new__(Follower)
        follower._begin(Places.of_score(score), 60 / score.tempos[0][1] if beat_s is None else beat_s)
        return follower

    def _begin(self, places: Places, beat_s: float) -> None:
        self._places, self._first_beat_s = places, beat_s
        self._steps = [shift for shift in STEPS if shift < len(places)]
        self._beats = {shift: places.beats[shift:] - places.beats[:-shift] for shift in self._steps}
        self.reset()

    def reset(self, place: int = 0) -> None:
        """The player begins anew, most likely at `place`."""
        count = len(self._places)
        away = np.minimum(np.abs(np.arange(count) - place), NEAR_BEGIN)
        likelihood = np.where(away == 0, 0.0, ELSEWHERE + self._targets / 2 - away)
        self._paths = Paths(likelihood, np.zeros(count), np.full(count, self._first_beat_s), np.zeros(count, np.int64))
        self._last_s: float | None = None
        self._taken: dict[int, int] = {}  # score note -> its place
        self._visited_s: dict[int, float] = {}  # place -> when it was reached the last time
        self.place = place

    @property
    def beat(self) -> float:
        """Beat of the place."""
        return float(self._places.beats[self.place])

    @property
    def beat_s(self) -> float:
        """Seconds a beat, as played."""
        return float(self._paths.beat_s[self.place])

    def push(self, time_s: float, pitch: int) -> int | None:
        """A key was struck; returns which note of the score that is, None where it is none."""
        quiet_s = 0.0 if self._last_s is None else max(time_s - self._last_s, 0.0)
        self._paths = self._first(time_s, pitch) if self._last_s is None else self._next(time_s, pitch, quiet_s)
        self._last_s = time_s
        self._arrive(int(self._paths.likelihood.argmax()))
        return self._take(time_s, pitch)

    def open_pitches(self, place: int) -> tuple[int, ...]:
        """The pitches of a place that have to be struck and were not, since it was reached the last time."""
        places = self._places
        notes = places.notes[place]
        return tuple(
            pitch for pitch in sorted(notes) if not any(n in self._taken or n in places.optional for n in notes[pitch])
        )

    def take(self, place: int, pitch: int) -> bool:
        """A pitch of a place was struck after all; returns whether it was open."""
        if pitch not in self.open_pitches(place):
            return False
        self._taken[self._places.notes[place][pitch][0]] = place
        return True

    def _first(self, time_s: float, pitch: int) -> Paths:
        likelihood = self._paths.likelihood + self._heard[pitch]
        reached_s = np.full(len(self._places), time_s)
        return Paths(likelihood - likelihood.max(), reached_s, self._paths.beat_s, self._places.bit[pitch])

    def _next(self, time_s: float, pitch: int, quiet_s: float) -> Paths:
        """After another note; quiet_s: since the note before."""
        paths, bit = self._paths, self._places.bit[pitch]
        since_s = time_s - paths.reached_s
        ways = np.full((len(STEPS) + 2, len(self._places)), -np.inf)
        ways[0] = self._stays(since_s, quiet_s, bit)
        self._move(ways, since_s)
        best = int(paths.likelihood.argmax())
        ways[-1] = self._jumps(best, quiet_s)
        choice, most = ways.argmax(0), ways.max(0)
        likelihood = most + np.log(np.exp(ways - most).sum(0)) + self._heard[pitch]
        stayed, jumped = choice == 0, choice == len(STEPS) + 1
        source = np.where(jumped, best, np.arange(len(choice)) - choice)
        return Paths(
            likelihood=np.maximum(likelihood - likelihood.max(), LEAST),
            reached_s=np.where(stayed & (paths.struck > 0), paths.reached_s, time_s),
            beat_s=self._tempo(source, time_s, stayed | jumped),
            struck=np.where(stayed, paths.struck | bit, bit),
        )

    def _stays(self, since_s: Float64Array, quiet_s: float, bit: IntArray) -> Float64Array:
        """Another note of the same place; the same note again is less likely."""
        spread_s = np.minimum(np.minimum(since_s, quiet_s), LONGEST_SPREAD_S)
        again = np.where((self._paths.struck & bit) > 0, AGAIN - WRITTEN, 0.0)
        return np.asarray(self._paths.likelihood - SPREAD * spread_s + again)

    def _move(self, ways: Float64Array, since_s: Float64Array) -> None:
        """Rows 1 to 5: on by so many places, at a time that fits more or less, with what is missed on the way."""
        paths, places = self._paths, self._places
        missing = MISSED * np.bitwise_count(places.required & ~paths.struck)
        before = places.sizes_before
        for shift in self._steps:
            expected_s = np.maximum(self._beats[shift] * paths.beat_s[:-shift], SHORTEST_STEP_S)
            deviation = np.log(np.maximum(since_s[:-shift], SHORTEST_S) / expected_s) / TIMING
            least = np.where(deviation > 0, LATE + LATE_SLOPE * deviation, EARLY)
            timing = np.maximum(-0.5 * deviation * deviation, least)
            skipped = MISSED * (before[shift:-1] - before[1:-shift])
            ways[shift, shift:] = paths.likelihood[:-shift] + STEP[shift - 1] + timing + missing[:-shift] + skipped

    def _jumps(self, best: int, quiet_s: float) -> Float64Array:
        """From the likeliest place to any other."""
        bars, beats = self._places.bars, self._places.beats
        following = beats[min(best + 1, len(beats) - 1)] - beats[best]
        expected_s = max(following * self._paths.beat_s[best], PAUSE_S[0] / PAUSE_STEPS[1])
        pause = _between(quiet_s / expected_s, *PAUSE_STEPS) * _between(quiet_s, *PAUSE_S)
        jump = JUMP + pause * (JUMP_AFTER_PAUSE - JUMP)
        return np.asarray(self._paths.likelihood[best] + jump + self._targets - np.log1p(np.abs(bars - bars[best])))

    def _tempo(self, source: IntArray, time_s: float, same: BoolArray) -> Float64Array:
        """Seconds a beat at each place, from those of the place that it was reached from."""
        before = self._paths.beat_s[source]
        beats = np.where(same, 1.0, self._places.beats - self._places.beats[source])
        played = np.clip((time_s - self._paths.reached_s[source]) / beats, *(before * limit for limit in TEMPO_CHANGE))
        weight = np.clip(beats * WEIGHT_A_BEAT, *WEIGHTS)
        return np.clip(np.where(same, before, before + weight * (played - before)), *BEAT_S)

    def _arrive(self, place: int) -> None:
        reached_s = float(self._paths.reached_s[place])
        if reached_s > self._visited_s.get(place, reached_s) + REPLAY_S:  # it is played again: its notes are open
            self._taken = {note: where for note, where in self._taken.items() if where < place}
        self._visited_s[place] = reached_s
        self.place = place

    def _take(self, time_s: float, pitch: int) -> int | None:
        """The written note that a struck one is: the nearest that is open."""
        for away in sorted(range(-REACH, REACH + 1), key=abs):
            place = self.place + away
            if 0 <= place < len(self._places) and (not away or abs(time_s - self._due_s(place)) < NEAR_S):
                for note in self._places.notes[place].get(pitch, ()):
                    if note not in self._taken:
                        if note not in self._places.optional:
                            self._taken[note] = place
                        return note
        return None

    def _due_s(self, place: int) -> float:
        """When a place near the present one is due."""
        beats = float(self._places.beats[place]) - self.beat
        return float(self._paths.reached_s[self.place]) + beats * self.beat_s

    @cached_property
    def _heard(self) -> Float64Array:
        """(128, G) natural logarithm of how likely each pitch is at each place."""
        places = self._places
        heard = np.full(places.written.shape, OTHER)
        heard[places.off(12) | places.off(-12)] = OCTAVE
        heard[places.off(1) | places.off(-1) | places.off(2) | places.off(-2)] = SLIP
        heard[places.at(1) | places.at(-1)] = BESIDE
        return np.where(places.written, WRITTEN - CROWD * np.log(places.written.sum(0)), heard)

    @cached_property
    def _targets(self) -> Float64Array:
        """(G,) by how much likelier than others each place is to be jumped to."""
        targets = np.where(self._places.begins, TO_BAR, 0.0)
        targets[0] = TO_BAR + TO_BEGIN
        return targets


def _between(value: float, low: float, high: float) -> float:
    """Where a value lies between two others by its logarithm, 0-1."""
    return float(np.clip(np.log(max(value, low) / low) / np.log(high / low), 0.0, 1.0))
