"""What the player chooses for a lesson: hands, way, tempo, and the bars that go round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from realtime.practice.play import TEMPO
from realtime.practice.score import Hands, Score

Mode = Literal["wait", "play", "follow"]
SLOWEST, FASTEST, AS_WRITTEN, TEMPO_STEP = round(100 * TEMPO.least), round(100 * TEMPO.most), 100, 5
CLEAN_ROUNDS = 3


@dataclass(frozen=True)
class LessonChoices:
    """tempo: per cent of the written one. first_bar, last_bar: printed numbers of the loop's ends, as they follow each
    other first; looping: whether it is on; grows: whether the tempo rises after CLEAN_ROUNDS clean rounds; metronome:
    whether beats are shown."""

    mode: Mode = "wait"
    hands: Hands = "both"
    tempo: int = AS_WRITTEN
    first_bar: int | None = None
    last_bar: int | None = None
    looping: bool = False
    grows: bool = False
    metronome: bool = True

    def bars(self, score: Score) -> tuple[int, int]:
        """The ends of the loop; of the whole piece where none is set."""
        first = score.bars[0].number if self.first_bar is None else self.first_bar
        last = score.bars[-1].number if self.last_bar is None else self.last_bar
        return first, last

    def part(self, score: Score) -> Score:
        """What is practised. Raises UsageError when there is nothing to play in it."""
        if self.looping and (self.first_bar is not None or self.last_bar is not None):
            score = score.between(*self.bars(score))
        return score.hand(self.hands)
