"""Where the input holds no sound: drop-outs of a few milliseconds, and digital silence.

A driver that loses blocks gives zeros in their place. A microphone never gives many exact zeros in a row, so they are a
fact of the signal. They are a drop-out if the sound is cut off at its level and comes back at its level, as nothing but
a switch does: a note that fades into zeros, and one that begins after them, take longer. In 575 pieces of 40 to 190 ms
that were cut out of recordings of MAPS, 98 of 100 edges pass the limits below.

Digital silence is a level at which no string sounds in any recording. The floor of a microphone lies above it.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from realtime.contract import HOP, KEYS, SAMPLE_RATE, BoolArray, Float64Array, FloatArray, IntArray, StreamSpec
from realtime.transcription.gate import level_db
from realtime.transcription.rise import COMPARED, key_rises_db

LONGEST_S = 0.2
SHORTEST = 16  # samples; the resampler shortens a run by 2 ms
# Around a cut the level of the slope of `EDGE` samples is that of `LEVEL` samples before it, or of `AFTER` behind it,
# less so much.
EDGE, LEVEL, AFTER = 32, 320, 160
EDGE_DB, RETURN_DB = 10.0, 16.0
STRUCK_DB = 12.0  # a return that is louder by so much is a new note
# An onset beside a drop-out, of a key that sounds or was released lately, is believed if its partials rise there and
# the model is sure of it: a logit of the one is worth so many dB of the other, and together they must reach these.
# Behind the zeros they must reach more while less than COMPARED has come. Of 364 true and 440 false onsets of held keys
# behind the zeros (2 min of MAPS, two ways of chopping) 110 and 2 do so; by the rise alone 22 true ones would be left
# with as few false.
DB_PER_LOGIT, SUREST = 3.0, 0.99
HELD_DB, LATELY_DB, BEFORE_DB = 15.5, 10.0, 17.0
UNKNOWN_DB = 15.0
LEAST_COMPARED = 160
# Zeros shorter than this are concealed the better, the shorter they are, so less is asked: without any, 20 dB less.
SHORT_DB, SHORT = 20.0, 0.020 * SAMPLE_RATE
# No hammer strikes again so soon: an onset just before the zeros, or in them, is seen once more behind them.
STRUCK_BEFORE = 0.06 * SAMPLE_RATE
# Before the cut its last so many samples are compared with as many that end so much earlier.
LAST, EARLIER = 320, 400
RINGING = 20  # samples beside a cut that may be the resampler's
AUDIBLE_DB = -70.0
SILENT_DB = -85.0  # RMS of a hop
SILENT_HOPS = 5  # below it for so long before it is silent
# How far around a drop-out the activations speak about the cut and not about the piano, samples.
BEFORE_BEGIN, AFTER_BEGIN = 0.030 * SAMPLE_RATE, 0.005 * SAMPLE_RATE
BEFORE_ONSET, AFTER_ONSET = 0.015 * SAMPLE_RATE, 0.040 * SAMPLE_RATE
BEFORE_OFFSET, AFTER_OFFSET = 0.040 * SAMPLE_RATE, 0.060 * SAMPLE_RATE


@dataclass
class DropOut:
    """Zeros in samples begin .. end of the model's clock; end: inf while they last; certain: whether the sound has
    come back as it was cut off; before: the COMPARED samples that end RINGING before it; risen_db: by how much each
    key's partials (88,) had become louder when it began."""

    begin: int
    end: float = math.inf
    certain: bool = False
    level_db: float = 0.0  # of the slope of the sound before it
    before: FloatArray = field(default_factory=lambda: np.zeros(COMPARED, np.float32))
    compared: int = 0  # samples behind it that have been compared with those before it
    rises_db: Float64Array = field(default_factory=lambda: np.zeros(KEYS))  # by which they are louder, of each key
    risen_db: Float64Array = field(default_factory=lambda: np.zeros(KEYS))

    @property
    def easier_db(self) -> float:
        """By how much less an onset beside it must show: the shorter it is, the better it is concealed."""
        return SHORT_DB * max(1 - (self.end - self.begin) / SHORT, 0)


class Silence:
    """Hops (160,) -> whether there is a drop-out, or silence, at a position of the model's clock.

    A run of zeros counts as a drop-out from its first hop on, until it has lasted 0.2 s or the sound that follows shows
    that it was none. delay_samples: 0.
    """

    delay_samples = 0

    def __init__(self, spec: StreamSpec) -> None:
        self._frames = max(spec.shifts.values()) + spec.confirm_frames + spec.tail_samples // HOP + 2
        self._sound: FloatArray
        self._drop_outs: list[DropOut]
        self.reset()

    def push(self, hop: FloatArray) -> None:
        """Take in one hop, float32 (160,)."""
        self._count_silence(hop)
        self._sound = np.concatenate((self._sound[HOP:], hop))
        self._received += HOP
        self._compare()
        if self._over:
            return
        if self._open is not None and self._open.end < math.inf:
            self._judge(self._open)
        sounding = np.flatnonzero(hop) + (self._received - HOP)
        if len(sounding) < HOP or self._open is not None:
            self._follow(sounding)
        elif len(sounding):
            self._last = int(sounding[-1])
        self._forget()

    @property
    def latest(self) -> DropOut | None:
        """The last drop-out, as far as is known."""
        return self._drop_outs[-1] if self._drop_outs else None

    @property
    def cut(self) -> bool:
        """Whether there is a drop-out anywhere around."""
        return bool(self._drop_outs)

    def believes(self, drop_out: DropOut) -> bool:
        """Whether it has not turned out to be none."""
        return any(d is drop_out for d in self._drop_outs)

    def lost_onsets(
        self, position: float, held: BoolArray, lately: BoolArray, struck: Float64Array, onset: FloatArray
    ) -> BoolArray:
        """Keys (88,) whose onset at this model sample is the edge of a drop-out, of those that are held and those that
        were released lately. struck: the model sample of each key's last onset (88,); onset: activations (88,)."""
        lost = np.zeros_like(held)
        for d in self._drop_outs:
            if d.begin - BEFORE_BEGIN <= position <= d.begin + AFTER_BEGIN:
                sure = _sure_db(onset) + d.risen_db >= BEFORE_DB - d.easier_db
                lost |= (held | lately) & ~(sure & (position < d.begin - BEFORE_ONSET))
            elif d.begin <= position <= d.end + AFTER_ONSET:
                wanted = np.where(held, HELD_DB, LATELY_DB) - d.easier_db + UNKNOWN_DB * (1 - d.compared / COMPARED)
                wanted = np.where(struck >= d.begin - STRUCK_BEFORE, np.inf, wanted)
                sure = _sure_db(onset) + d.rises_db >= wanted
                lost |= (held | lately) & ~sure
        return lost

    def loses_offset(self, position: float) -> bool:
        """The same for the end of a note."""
        return any(d.begin - BEFORE_OFFSET <= position <= d.end + AFTER_OFFSET for d in self._drop_outs)

    def ended(self, position: float) -> float:
        """When the sound ended whose end the activations tell at this model sample: zeros that lasted too long for a
        drop-out were taken for one until then."""
        begins = (begin for begin, known in self._ended if known - AFTER_OFFSET <= position <= known + AFTER_OFFSET)
        return next(begins, position)

    def silent_s(self, position: float) -> float:
        """For how long there has been digital silence at this model sample, s."""
        back = (self._received - 1 - int(position)) // HOP
        hops = self._silent[-1 - back] if 0 <= back < len(self._silent) else 0
        return max(hops - SILENT_HOPS, 0) * HOP / SAMPLE_RATE

    def end(self) -> None:
        """The input has ended: the zeros that follow, and those before, are no drop-out."""
        self._over = True
        self._drop_outs = [d for d in self._drop_outs if d.certain]

    def reset(self) -> None:
        """As new: before the first hop there is silence."""
        self._received = 0
        self._last = -1  # the last sample that is not zero
        self._sound = np.zeros(max(COMPARED, LAST + EARLIER) + RINGING + 2 * HOP, np.float32)
        self._silent: deque[int] = deque(maxlen=self._frames)  # hops below the level of silence, at each hop
        self._drop_outs = []
        self._ended: deque[tuple[int, int]] = deque(maxlen=4)  # begin of zeros, and when they were no drop-out any more
        self._open: DropOut | None = None  # the one that is not judged yet
        self._over = False

    def _count_silence(self, hop: FloatArray) -> None:
        silent = level_db(hop) < SILENT_DB
        self._silent.append((self._silent[-1] if self._silent else 0) + 1 if silent else 0)

    def _follow(self, sounding: IntArray) -> None:
        """sounding: positions of the samples of the newest hop that are not zero."""
        waiting, last = self._open, self._last
        if len(sounding):
            self._last = int(sounding[-1])
        if waiting is not None and waiting.end == math.inf:
            waiting.end = int(sounding[0]) if len(sounding) else math.inf
            too_long = min(waiting.end, self._received) - waiting.begin > LONGEST_S * SAMPLE_RATE
            if too_long:
                self._ended.append((waiting.begin, self._received))
            if too_long or self._begins_softly(waiting):
                self._close(waiting)
        elif waiting is None and last >= max(self._received - HOP - SHORTEST - 1, 0):  # an older run is known already
            edges = np.concatenate(([last], sounding, [self._received]))
            runs = np.flatnonzero(np.diff(edges) > SHORTEST)
            if len(runs):
                begin, end = int(edges[runs[-1]]) + 1, int(edges[runs[-1] + 1])
                self._begin(begin, end if end < self._received else math.inf)

    def _begin(self, begin: int, end: float) -> None:
        """A run of zeros: a drop-out, as far as is known, if the sound before it was cut off."""
        before = self._between(begin - LEVEL, begin)
        level = steepness_db(before)
        if level_db(before) >= AUDIBLE_DB and steepness_db(before[-EDGE:]) >= level - EDGE_DB:
            last = begin - RINGING
            earlier = self._between(last - EARLIER - LAST, last - EARLIER)
            self._open = DropOut(
                begin,
                end,
                level_db=level,
                before=self._between(last - COMPARED, last),
                risen_db=key_rises_db(earlier, self._between(last - LAST, last)),
            )
            self._drop_outs.append(self._open)

    def _begins_softly(self, waiting: DropOut) -> bool:
        """Whether it is known already that the sound comes back with an attack: that note must not wait."""
        if waiting.end + EDGE > self._received:
            return False
        edge = self._between(int(waiting.end), int(waiting.end) + EDGE)
        return steepness_db(edge) < waiting.level_db - RETURN_DB

    def _judge(self, waiting: DropOut) -> None:
        """10 ms of the sound after it have come."""
        after = self._between(int(waiting.end), int(waiting.end) + AFTER)
        edge, level = steepness_db(after[:EDGE]), steepness_db(after)
        returned = edge >= max(level - EDGE_DB, waiting.level_db - RETURN_DB)
        if returned and level < waiting.level_db + STRUCK_DB:
            waiting.certain, self._open = True, None
        else:
            self._close(waiting)

    def _compare(self) -> None:
        for drop_out in self._drop_outs:
            if drop_out.compared < COMPARED and drop_out.end < math.inf:
                begin = int(drop_out.end) + RINGING
                drop_out.compared = min(self._received - begin, COMPARED)
                if drop_out.compared >= LEAST_COMPARED:
                    after = self._between(begin, begin + drop_out.compared)
                    drop_out.rises_db = key_rises_db(drop_out.before, after)

    def _close(self, refuted: DropOut) -> None:
        self._drop_outs.remove(refuted)
        self._open = None

    def _between(self, begin: int, end: int) -> FloatArray:
        """The samples of positions begin .. end; they must be among the latest."""
        first = self._received - len(self._sound)
        return self._sound[begin - first : end - first]

    def _forget(self) -> None:
        oldest = self._received - self._frames * HOP - AFTER_OFFSET - 2 * HOP
        if self._drop_outs and self._drop_outs[0].end < oldest:
            del self._drop_outs[0]


def _sure_db(onset: FloatArray) -> Float64Array:
    """What onset activations are worth."""
    likely = np.clip(onset.astype(np.float64), 1 - SUREST, SUREST)
    return DB_PER_LOGIT * np.log(likely / (1 - likely))


def steepness_db(sound: FloatArray) -> float:
    """RMS of the slope of float32 (n,), dB: the level of two milliseconds of it, which hold no whole wave of a bass."""
    return level_db(np.diff(sound))
