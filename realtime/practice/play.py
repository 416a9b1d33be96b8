"""The clock of play mode: a piece that runs by itself, with count-in, metronome, loop and a tempo that grows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from realtime.limits import Limits
from realtime.practice.library import SPEED
from realtime.practice.score import Bar, Score

TEMPO = Limits(SPEED.least / 100, SPEED.most / 100)  # share of the written tempo
RAMP = 0.05
ROUNDING = 1e-6  # beats


@dataclass(frozen=True)
class Click:
    """A beat of the metronome. time: s; beat: quarters; accent: whether it begins a bar; count_in: before the piece."""

    kind: ClassVar[str] = "click"

    time: float
    beat: float
    accent: bool
    count_in: bool


@dataclass(frozen=True)
class Round:
    """A score, or a part of one, played once.

    start_s: when its first bar line comes, s of the stream's clock; tempo: share of the written one; counted_in:
    whether a count-in leads to it.
    """

    score: Score
    start_s: float
    tempo: float
    counted_in: bool = True

    def time(self, beat: float) -> float:
        """When a beat comes, s; one of a count-in at the tempo of what follows it."""
        before = beat - self.score.begin
        if before < 0:
            return self.start_s + before * self._quarter_s / self.tempo
        return self.start_s + (self.score.seconds(beat) - self.score.seconds(self.score.begin)) / self.tempo

    def beat(self, time_s: float) -> float:
        """The beat at a time: the inverse of `time`."""
        since_s = (time_s - self.start_s) * self.tempo
        if since_s < 0:
            return self.score.begin + since_s / self._quarter_s
        return self.score.beat(self.score.seconds(self.score.begin) + since_s)

    @property
    def end_s(self) -> float:
        """When its last bar line comes."""
        return self.time(self.score.end)

    def clicks(self) -> Iterator[Click]:
        """The metronome, in order: the count-in, then the felt beats of every bar. An upbeat has those that lead to the
        first whole bar."""
        whole = self._whole
        lead = whole.beat - self.score.begin + (self.count_in if self.counted_in else 0.0)
        for back in range(math.floor(lead / whole.pulse + ROUNDING), 0, -1):
            beat = whole.beat - back * whole.pulse
            into = (back * whole.pulse) % whole.length
            accent = min(into, whole.length - into) < ROUNDING
            yield Click(self.time(beat), beat, accent, count_in=beat < self.score.begin - ROUNDING)
        for bar in self.score.bars[self.score.bars.index(whole) :]:
            for count in range(math.ceil(bar.length / bar.pulse - ROUNDING)):
                beat = bar.beat + count * bar.pulse
                yield Click(self.time(beat), beat, count == 0, count_in=False)

    @property
    def count_in(self) -> float:
        """Length of the count-in, quarters: a whole bar, and what an upbeat lacks of one."""
        return 2 * self._whole.length - self.score.bars[0].length if self._upbeat else self._whole.length

    @property
    def _quarter_s(self) -> float:
        """Of the written tempo at the begin."""
        tempos = self.score.tempos
        return 60 / next((tempo for beat, tempo in reversed(tempos) if beat <= self.score.begin), tempos[0][1])

    @property
    def _upbeat(self) -> bool:
        """Whether the first bar is shorter than the second."""
        bars = self.score.bars
        return len(bars) > 1 and bars[0].length < bars[1].length

    @property
    def _whole(self) -> Bar:
        """The first bar that is no upbeat."""
        return self.score.bars[self._upbeat]


@dataclass(frozen=True)
class Rounds:
    """How a piece is practised in play mode. tempo: share of the written one, within TEMPO; loop: whether it begins
    anew after its end, with a count-in; ramp_after: after so many clean rounds the tempo rises by RAMP, or never;
    lead_s: so long before a count-in it is known when it comes, for who makes it sound."""

    tempo: float = 1.0
    loop: bool = False
    ramp_after: int | None = None
    lead_s: float = 0.0

    def first(self, score: Score, now_s: float) -> Round:
        """The round whose count-in begins now."""
        begin_s = now_s + self.lead_s
        begins = Round(score, begin_s, self.tempo)
        return replace(begins, start_s=2 * begin_s - begins.time(score.begin - begins.count_in))

    def after(self, ended: Round, clean_rounds: int, now_s: float) -> Round | None:
        """The round whose count-in begins now, None where none follows. clean_rounds: one after the other at the tempo
        of the ended one, that one among them."""
        if not self.loop:
            return None
        rises = self.ramp_after is not None and clean_rounds >= self.ramp_after
        tempo = min(round(ended.tempo + RAMP, 4), TEMPO.most) if rises else ended.tempo
        return replace(self, tempo=tempo).first(ended.score, now_s)
