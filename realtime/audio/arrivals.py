"""When sound arrived, and from that when it was captured: notes of the driver's thread, and a clock made of them.

A driver delivers late but never early, so the earliest deliveries say when sound was captured: the clock is the line of
the device's rate under all of them. What lies above it has waited in the sound system, as after a standstill, when
seconds of sound arrive at once.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

SLOTS = 1024  # ten seconds of blocks; a reader that is away for longer misses the oldest
# By this share of time the line may rise: sound cards run at most 0.1 % off, those of virtual machines more. A delay
# that stays is thus forgotten at 2 ms a second.
DRIFT = 0.002
# A pause of the sound system is no drift.
LONGEST_STEP_S = 0.1
# Blocks that come closer together are one delivery.
TOGETHER_S = 0.005
DELIVERIES_KEPT, USUAL_TIMES = 16, 3
SETTLED_S, SETTLED_DELIVERIES = 1.0, 8


class Arrival(NamedTuple):
    """A block. begin, end: of its samples, all that arrived counted; captured: of its first sample, arrived: of the
    block in the callback, both on the wall clock in s."""

    begin: int
    end: int
    captured: float
    arrived: float


class Arrivals:
    """Arrivals from one writing thread to one reading thread, without a lock: memory that is there from the start."""

    def __init__(self) -> None:
        self._rows = np.zeros((SLOTS, len(Arrival._fields)))
        self._written = self._read = 0

    def add(self, begin: int, end: int, captured: float, arrived: float) -> None:
        """Writer's side. Never waits."""
        self._rows[self._written % SLOTS] = begin, end, captured, arrived
        self._written += 1

    def take(self) -> list[Arrival]:
        """Reader's side: those since the last call, oldest first."""
        written = self._written
        first = max(self._read, written - SLOTS + 1)  # the slot after the newest may be in the writer's hands
        self._read = written
        rows = [self._rows[index % SLOTS].tolist() for index in range(first, written)]
        return [Arrival(round(begin), round(end), captured, arrived) for begin, end, captured, arrived in rows]


class CaptureClock:
    """When the sample at a position was captured. For one opened input; used by its reader alone. opened_at: wall clock
    at which the input was opened, as good as it gets until something arrives."""

    def __init__(self, rate: int, opened_at: float) -> None:
        self._rate = rate
        self._origin = opened_at  # wall clock of position 0
        self._first_at = self._last_at = self._delivered_at = 0.0
        self._deliveries = 0
        self._intervals_s = deque([0.0] * DELIVERIES_KEPT, maxlen=DELIVERIES_KEPT)
        self.late_s = 0.0  # how long the newest sample had waited in the sound system when it arrived

    def observe(self, arrival: Arrival) -> None:
        """The next arrival."""
        earliest = arrival.captured - arrival.begin / self._rate
        if not self._first_at:
            self._origin = earliest
            self._first_at = self._last_at = self._delivered_at = arrival.arrived
        elapsed_s = min(arrival.arrived - self._last_at, LONGEST_STEP_S)
        self._origin = min(self._origin + DRIFT * elapsed_s, earliest)
        if arrival.arrived - self._last_at > TOGETHER_S:
            self._intervals_s.append(arrival.arrived - self._delivered_at)
            self._delivered_at = arrival.arrived
            self._deliveries += 1
        self._last_at = arrival.arrived
        self.late_s = arrival.arrived - self.captured(arrival.end)

    def captured(self, position: float) -> float:
        """Wall clock at which a sample was captured, s."""
        return self._origin + position / self._rate

    @property
    def usual_s(self) -> float:
        """How long this driver makes its deliveries wait for each other, and will again: Bluetooth and some systems
        deliver a tenth of a second or more at once. An interval that came three times lately is usual; a standstill
        comes once."""
        return sorted(self._intervals_s)[-USUAL_TIMES]

    @property
    def settled(self) -> bool:
        """Whether enough has arrived to tell what is usual."""
        return self._deliveries >= SETTLED_DELIVERIES and self._last_at - self._first_at >= SETTLED_S
