"""A pupil at a sampled piano: strikes groups of keys as people do, and makes mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from realtime.contract import HIGHEST_PITCH, HOP, LOWEST_PITCH, SAMPLE_RATE, FloatArray
from training.data.sound.played_piano import PlayedPiano

Mistake = Literal["semitone", "tone", "octave", "omission", "repetition"]
MISTAKES: tuple[Mistake, ...] = get_args(Mistake)
STEPS: dict[str, int] = {"semitone": 1, "tone": 2, "octave": 12}

SOFTEST, LOUDEST = 45, 75  # of a pupil's usual velocity
UNEVEN, MELODY = 12, 6  # by which keys differ from it; by which the highest is louder
SPREAD = 400  # samples over which the keys of a chord go down
THOUGHTS = (15, 25, 40, 80)  # hops before a group
FLOOR = 10 ** (-68 / 20)  # of the microphone, RMS


class Pupil:
    """Strikes keys in front of a microphone; every choice comes from `random`.

    pedal: whether the dampers never fall. background: of the room, repeated without end; None: the microphone's noise.
    """

    def __init__(
        self,
        piano: PlayedPiano,
        random: np.random.Generator,
        pedal: bool = False,
        background: FloatArray | None = None,
    ) -> None:
        self.random = random
        self._piano, self._pedal = piano, pedal
        self._background = np.zeros(HOP, np.float32) if background is None else background
        self._velocity = int(random.integers(SOFTEST, LOUDEST))

    @property
    def now_s(self) -> float:
        """How long there has been sound, s."""
        return self._piano.now / SAMPLE_RATE

    def strike(self, keys: Sequence[int]) -> float:
        """Strike some keys, and leave all others: when the last of them sounds, s."""
        if not self._pedal:
            self._piano.release([key for key in self._piano.down if key not in keys])
        waits = self.random.integers(0, SPREAD, len(keys)).tolist()
        loudness = self._velocity + self.random.integers(-UNEVEN, UNEVEN + 1, len(keys))
        loudness[int(np.argmax(keys))] += MELODY
        self._piano.strike({key: (int(v), wait) for key, v, wait in zip(keys, loudness, waits, strict=True)})
        return float(self._piano.now + max(waits)) / SAMPLE_RATE

    def thinks(self) -> int:
        """For how many hops a pupil waits before the next group."""
        return int(self.random.choice(THOUGHTS))

    def mistakes(self, keys: Sequence[int], before: Sequence[int]) -> tuple[Mistake, list[int]] | None:
        """Other keys than these, struck after `before`; None where the mistake that was drawn would be none."""
        kind = MISTAKES[int(self.random.integers(len(MISTAKES)))]
        wrong, place = list(keys), int(self.random.integers(len(keys)))
        if kind == "repetition":
            wrong = list(before)
        elif kind == "omission":
            wrong.pop(place)
        else:
            moved = wrong[place] + STEPS[kind] * int(self.random.choice([-1, 1]))
            wrong[place] = int(np.clip(moved, LOWEST_PITCH, HIGHEST_PITCH))
        wrong = sorted({*wrong})
        return None if not wrong or {*wrong} >= {*keys} else (kind, wrong)

    def hop(self) -> FloatArray:
        """What the microphone hears next, float32 (160,)."""
        around = self._background[(self._piano.now + np.arange(HOP)) % len(self._background)]
        noise = FLOOR * self.random.standard_normal(HOP)
        heard: FloatArray = np.clip(self._piano.hop() + around + noise, -1, 1).astype(np.float32)
        return heard
