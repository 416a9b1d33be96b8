"""The reader of live sound: what has waited too long is left out, so that notes are never late for good.

Sound waits in the ring when the engine has no time, and in the sound system when the engine, the system or the whole
computer stood still: then it arrives in one burst. To work it off would send notes that are seconds late, and an engine
that is too slow would stay late for ever. More than 250 ms behind the present, everything up to the present is left out
and read as one Dropout, so that the stream's clock stays true to the wall's.

The bursts in which a driver usually delivers (`CaptureClock.usual_s`) are no backlog: each is over as soon as it is
read, and what comes next is as old again. They come on top of the 250 ms. Nothing is left out in the first second,
when a system may deliver what it had kept, and its ways are not known yet.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from realtime.audio.arrivals import Arrival, Arrivals, CaptureClock
from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import Losses
from realtime.clock import wall_clock
from realtime.contract import FloatArray

LIMIT_S = 0.25
# So far from the present, a burst is over.
NEAR_S = 0.05
# A burst that gets no shorter for so long is none: the sound system has lost what is missing.
SETTLE_S, STEP_S = 0.5, 0.02
# No turn of the engine takes so long by itself, and no driver is silent meanwhile unless both stood still.
STANDSTILL_S, STANDSTILL_SHARE = 0.25, 0.8
# So long after a standstill a backlog is its doing.
AFTERMATH_S = 2.0
Cause = Literal["slow", "paused", "delivered_late"]


@dataclass
class _Backlog:
    """Sound that is being left out. late_s, since, end: when and where the newest sound was least late so far."""

    cause: Cause
    late_s: float
    since: float
    end: int
    samples: int = 0


class LiveReader:
    """Reads the ring of one opened input. position: of the next sample, all lost ones counted; losses: what was left
    out."""

    def __init__(self, ring: Ring, arrivals: Arrivals, rate: int) -> None:
        self.position = 0
        self.losses = Losses()
        self._ring = ring
        self._nothing = np.empty((0, ring.channels), np.float32)
        self._arrivals = arrivals
        self._rate = rate
        self._inserted = 0  # samples that the sound system has lost: the driver's count lacks them
        self._end = 0  # of all that has arrived
        self._unread: deque[Arrival] = deque()
        self._backlog: _Backlog | None = None
        self._turn_at = wall_clock()
        self._clock = CaptureClock(rate, self._turn_at)
        self._stood_still_at = 0.0

    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout that comes before the next samples."""
        now = wall_clock()
        self.observe(now)
        if self._backlog is None and self._behind(now):
            self._backlog = _Backlog(self._cause(now), self._clock.late_s, now, self._end)
        if self._backlog is not None:
            return self._leave_out(self._backlog, now) or self._nothing
        read = self._ring.read(max_samples)
        if isinstance(read, Dropout):
            self._count("slow", read.samples)
            self.position += read.samples
        else:
            self.position += len(read)
        return read

    def observe(self, now: float) -> None:
        """Take in what the driver noted, and whether engine and driver stood still. now: wall clock, s."""
        arrivals = self._arrivals.take()
        if now - self._turn_at > STANDSTILL_S and self._silent_s(arrivals, now) > STANDSTILL_SHARE * (
            now - self._turn_at
        ):
            self._stood_still_at = now
        self._turn_at = now
        for arrival in arrivals:
            begin, end = arrival.begin + self._inserted, arrival.end + self._inserted
            self._unread.append(arrival._replace(begin=begin, end=end))
            self._clock.observe(self._unread[-1])
            self._end = end
        while self._unread and self._unread[0].end <= self.position:
            self._unread.popleft()

    def end(self) -> Dropout | None:
        """The device is gone: what was being left out, up to its last block."""
        backlog, self._backlog = self._backlog, None
        if backlog is None:
            return None
        self._skip(backlog)
        return self._finished(backlog, round(self._clock.late_s * self._rate))

    def captured(self, position: float) -> float:
        """Wall clock at which the sample at a position was captured, s."""
        return self._clock.captured(position)

    def _silent_s(self, arrivals: list[Arrival], now: float) -> float:
        """The longest time without a block since the last turn."""
        times = [self._turn_at, *(arrival.arrived for arrival in arrivals), now]
        return max(after - before for before, after in pairwise(times))

    def _behind(self, now: float) -> bool:
        if not self._clock.settled or not self._ring.waiting:
            return False
        return now - self.captured(self.position) > LIMIT_S + self._clock.usual_s

    def _cause(self, now: float) -> Cause:
        """Whose doing a backlog is: its first sample has waited longer either here or in the sound system."""
        if now - self._stood_still_at < AFTERMATH_S:
            return "paused"
        arrived = self._unread[0].arrived if self._unread else now
        return "slow" if now - arrived > arrived - self.captured(self.position) else "delivered_late"

    def _leave_out(self, backlog: _Backlog, now: float) -> Dropout | None:
        """Leave out what waits; the Dropout once the present is reached."""
        self._skip(backlog)
        if now - self.captured(self.position) <= self._clock.usual_s + NEAR_S:
            return self._finished(backlog, 0)
        late_s = self._clock.late_s
        if late_s < backlog.late_s - STEP_S:
            backlog.late_s, backlog.since, backlog.end = late_s, now, self._end
        if now - backlog.since > SETTLE_S and self._end - backlog.end > SETTLE_S / 2 * self._rate:
            return self._finished(backlog, round(late_s * self._rate))
        return None

    def _skip(self, backlog: _Backlog) -> None:
        """Read everything that waits, and count it."""
        while True:
            read = self._ring.read(self._rate)
            samples = read.samples if isinstance(read, Dropout) else len(read)
            if not samples:
                return
            backlog.samples += samples
            self.position += samples

    def _finished(self, backlog: _Backlog, never_delivered: int) -> Dropout | None:
        """The whole loss. never_delivered: samples that the sound system has lost."""
        self._backlog = None
        self._inserted += never_delivered
        self._end += never_delivered
        self.position += never_delivered
        samples = backlog.samples + never_delivered
        self._count(backlog.cause, samples)
        return Dropout(samples) if samples else None

    def _count(self, cause: Cause, samples: int) -> None:
        self.losses = replace(self.losses, **{cause: getattr(self.losses, cause) + samples})
