"""How late notes are on this computer: the one figure that window, terminal and `doctor` show.

It is wall clock: from the moment at which a note's sound was captured (`SoundSource.captured`) to the moment at which
its MIDI message has left. The stream's own clock counts samples and stands still with the engine, so that `emitted -
time` says nothing of an engine that is late.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from realtime.clock import wall_clock
from realtime.events import Event
from realtime.words import Phrase, Said

# Half a minute of ordinary playing: the figures follow within that time.
NOTES_KEPT = 100
Target = Literal["midi", "program"]
MEASURED = Phrase("lateness.measured", "{delay:.0f} ms by design, {median:.0f} ms measured, 95 % within {p95:.0f} ms")
UNMEASURED = Phrase("lateness.unmeasured", "{delay:.0f} ms by design")
EXPLAINED = Phrase(
    "lateness.explained",
    "{delay:.0f} ms by design. Measured, from the sound at the microphone until {target}: half of the last {notes} "
    "notes took {median:.0f} ms or less, 95 % took {p95:.0f} ms or less.",
)
NOT_YET = Phrase(
    "lateness.not_yet",
    "{delay:.0f} ms by design. What it takes in all on this computer, from the sound at the microphone to the MIDI "
    "message, is measured while you play.",
)
TARGETS: dict[Target, Phrase] = {
    "midi": Phrase("lateness.midi", "its MIDI message has left"),
    "program": Phrase("lateness.program", "it is shown, as no MIDI is sent"),
}


@dataclass(frozen=True)
class Captured:
    """An event on its way, and what its lateness is measured by. at: wall clock at which the sound of its `time` was
    captured, s; delay_s: by design, of the stream that it comes from."""

    event: Event
    at: float
    delay_s: float


@dataclass(frozen=True)
class Lateness:
    """The notes of one stream at one delay. delay_s: by design; latest_s: from the sound of each of the last notes to
    where it went, oldest first, at least one; notes: how many there were so far; target: where they went."""

    delay_s: float
    latest_s: tuple[float, ...]
    notes: int
    target: Target

    @property
    def median_s(self) -> float:
        """Of the last notes."""
        return self.percentile_s(50)

    @property
    def p95_s(self) -> float:
        """95th percentile of the last notes."""
        return self.percentile_s(95)

    def percentile_s(self, share: float) -> float:
        """share: 0-100."""
        return float(np.percentile(self.latest_s, share))

    def figures(self) -> Said:
        """The delay by design, median and 95th percentile, in a few words."""
        return MEASURED(delay=1000 * self.delay_s, median=1000 * self.median_s, p95=1000 * self.p95_s)

    def explained(self) -> Said:
        """The same figures, and what they are, in a sentence."""
        return EXPLAINED(
            delay=1000 * self.delay_s,
            target=TARGETS[self.target](),
            notes=len(self.latest_s),
            median=1000 * self.median_s,
            p95=1000 * self.p95_s,
        )


class LatenessMeter:
    """Gathers how late notes are; begins anew with another stream or delay."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.reset()

    def reset(self) -> None:
        """Another stream begins."""
        self._latest: deque[float] = deque(maxlen=NOTES_KEPT)
        self._delay_s = 0.0
        self._notes = 0

    def add(self, captured_at: float, delay_s: float) -> None:
        """A note arrives just now. captured_at: wall clock at which its sound was captured, s."""
        now = wall_clock()
        if delay_s != self._delay_s:
            self.reset()
            self._delay_s = delay_s
        self._latest.append(now - captured_at)
        self._notes += 1

    def lateness(self) -> Lateness | None:
        """The figures so far, None before any note."""
        if not self._latest:
            return None
        return Lateness(self._delay_s, tuple(self._latest), self._notes, self._target)
