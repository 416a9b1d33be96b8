"""The clock of play mode: a piece that runs by itself, with count-in, metronome, loop and a tempo that grows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from realtime.limits import Limits
from realtime.practice.library import SPEED
from realtime.practice.score import Score

TEMPO = Limits(SPEED.least / 100, SPEED.most / 100)  # share of the written tempo
RAMP = 0.05
CLICK = 1.0  # quarters
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
        """When a beat comes, s."""
        return self.start_s + (self.score.seconds(beat) - self.score.seconds(self.score.begin)) / self.tempo

    def beat(self, time_s: float) -> float:
        """The beat at a time: the inverse of `time`."""
        return self.score.beat(self.score.seconds(self.score.begin) + (time_s - self.start_s) * self.tempo)

    @property
    def end_s(self) -> float:
        """When its last bar line comes."""
        return self.time(self.score.end)

    def clicks(self) -> Iterator[Click]:
        """The metronome, in order: the count-in, then every quarter of every bar."""
        if self.counted_in:
            yield from self._count_in()
        for bar in self.score.bars:
            for count in range(math.ceil(bar.length / CLICK - ROUNDING)):
                beat = bar.beat + count * CLICK
                yield Click(self.time(beat), beat, count == 0, count_in=False)

    @property
    def count_in(self) -> float:
        """Length of the count-in, quarters: a whole bar, and what an upbeat lacks of one."""
        bars = self.score.bars
        whole = max(bar.length for bar in bars[:2])
        return 2 * whole - bars[0].length

    def _count_in(self) -> Iterator[Click]:
        """Every quarter before the first bar line; accents where bars would begin."""
        whole = max(bar.length for bar in self.score.bars[:2])
        for back in range(math.floor(self.count_in / CLICK + ROUNDING), 0, -1):
            beat = self.score.begin - back * CLICK
            since = (self.count_in - back * CLICK) % whole
            yield Click(self.time(beat), beat, min(since, whole - since) < ROUNDING, count_in=True)


@dataclass(frozen=True)
class Rounds:
    """How a piece is practised in play mode. tempo: share of the written one, within TEMPO; loop: whether it begins
    anew after its end, with a count-in; ramp_after: after so many clean rounds the tempo rises by RAMP, or never."""

    tempo: float = 1.0
    loop: bool = False
    ramp_after: int | None = None

    def first(self, score: Score, now_s: float) -> Round:
        """The round whose count-in begins now."""
        begins = Round(score, now_s, self.tempo)
        return replace(begins, start_s=now_s + now_s - begins.time(score.begin - begins.count_in))

    def after(self, ended: Round, clean_rounds: int, now_s: float) -> Round | None:
        """The round whose count-in begins now, None where none follows. clean_rounds: one after the other at the tempo
        of the ended one, that one among them."""
        if not self.loop:
            return None
        rises = self.ramp_after is not None and clean_rounds >= self.ramp_after
        tempo = min(round(ended.tempo + RAMP, 4), TEMPO.most) if rises else ended.tempo
        return replace(self, tempo=tempo).first(ended.score, now_s)
