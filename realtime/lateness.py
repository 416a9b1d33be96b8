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
from realtime.events import Event, StreamStarted
from realtime.words import Phrase, Said

# Half a minute of ordinary playing: the figures follow within that time.
NOTES_KEPT = 100
Target = Literal["midi", "program"]
CONSTANT = Phrase("lateness.constant", "{delay:.0f} ms by design")
# Of a mode whose notes come as soon as they are sure.
ADAPTIVE = Phrase("lateness.adaptive", "{least:.0f} to {delay:.0f} ms by design")
MEASURED = Phrase("lateness.measured", "{design}, {median:.0f} ms measured, 95 % within {p95:.0f} ms")
EXPLAINED = Phrase(
    "lateness.explained",
    "{design}. Measured, from the sound at the microphone until {target}: half of the last {notes} "
    "notes took {median:.0f} ms or less, 95 % took {p95:.0f} ms or less.",
)
NOT_YET = Phrase(
    "lateness.not_yet",
    "{design}. What it takes in all on this computer, from the sound at the microphone to the MIDI "
    "message, is measured while you play.",
)
TARGETS: dict[Target, Phrase] = {
    "midi": Phrase("lateness.midi", "its MIDI message has left"),
    "program": Phrase("lateness.program", "it is shown, as no MIDI is sent"),
}


@dataclass(frozen=True)
class DesignDelay:
    """From a sound to the moment at which its note leaves the decoder, s: at the latest, and at the earliest. Both are
    one but in mode `live`."""

    most_s: float = 0.0
    least_s: float = 0.0

    @classmethod
    def of(cls, stream: StreamStarted) -> DesignDelay:
        """That of a stream."""
        return cls(stream.delay_s, stream.delay_s if stream.least_delay_s is None else stream.least_delay_s)

    @property
    def other_least_s(self) -> float | None:
        """The least, where it is another one than the most."""
        return None if self.least_s == self.most_s else self.least_s

    def said(self) -> Said:
        """In a few words."""
        if self.least_s == self.most_s:
            return CONSTANT(delay=1000 * self.most_s)
        return ADAPTIVE(least=1000 * self.least_s, delay=1000 * self.most_s)

    def not_yet_measured(self) -> Said:
        """And that the rest is measured as soon as there are notes."""
        return NOT_YET(design=self.said())


@dataclass(frozen=True)
class Captured:
    """An event on its way, and what its lateness is measured by. at: wall clock at which the sound of its `time` was
    captured, s; design: of the stream that it comes from."""

    event: Event
    at: float
    design: DesignDelay


@dataclass(frozen=True)
class Lateness:
    """The notes of one stream at one delay. latest_s: from the sound of each of the last notes to
    where it went, oldest first, at least one; notes: how many there were so far; target: where they went."""

    design: DesignDelay
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
        return MEASURED(design=self.design.said(), median=1000 * self.median_s, p95=1000 * self.p95_s)

    def explained(self) -> Said:
        """The same figures, and what they are, in a sentence."""
        return EXPLAINED(
            design=self.design.said(),
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
        self._design = DesignDelay()
        self._notes = 0

    def add(self, captured_at: float, design: DesignDelay) -> None:
        """A note arrives just now. captured_at: wall clock at which its sound was captured, s."""
        now = wall_clock()
        if design != self._design:
            self.reset()
            self._design = design
        self._latest.append(now - captured_at)
        self._notes += 1

    def lateness(self) -> Lateness | None:
        """The figures so far, None before any note."""
        if not self._latest:
            return None
        return Lateness(self._design, tuple(self._latest), self._notes, self._target)
