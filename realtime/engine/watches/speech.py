"""The detector of speech processing: noise suppression and gates that a computer puts between microphone and programs
take the tails of piano notes for noise.

Two signs, of which one is enough. Held notes below C5 die away faster than a piano's strings do: in nine recordings of
MAPS that hold notes the median fall is 4 to 25 dB/s, half of them below 13; through WebRTC's noise suppression a third
are above. And the noise floor, steady between two notes, drops at once: a gate closes. A third sign, loud and soft
notes made equal, is not used: WebRTC's automatic gain leaves them as far apart as they were, and even playing is that
even.
"""

from __future__ import annotations

from collections import deque
from statistics import median

import numpy as np

from realtime.engine.messages import Status
from realtime.events import Event, Gap, NoteOff, NoteOn, Pedal

C5 = 72
MEMORY_S = 60.0
LISTEN_S = 20.0
# The first part of a note falls fast on every piano.
AFTER_ONSET_S = 0.25
HELD_S = 0.4
FASTEST_DB_S = 28.0
HELD_NOTES = 8
# A floor: four levels, 0.2 s, that differ little; what a gate does to it.
FLOOR_LEVELS, FLOOR_RANGE_DB = 4, 3.0
DROP_DB, DROP_S = 15.0, 0.2
DROPS = 3
# A gate closes soon after the last note; what drops later is a noise that ends.
QUIET_S, CLOSES_S = 0.3, 5.0


class SpeechWatch:
    """Follows the events and levels of one stream; `found` says whether its sound seems to be processed for speech."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque()  # time, dBFS
        self._slopes: deque[tuple[float, float]] = deque()  # time, dB/s
        self._drops: deque[tuple[float, float]] = deque()  # time, dBFS after the drop
        self._held: dict[int, NoteOn] = {}
        self._latest: NoteOn | None = None  # the last one, as long as nothing else has happened
        self._pedal = False
        self._last_s = 0.0
        self._first_note_s: float | None = None

    def observe_event(self, event: Event) -> None:
        """Follow the notes and the pedal."""
        if isinstance(event, Gap):  # no level is steady across it, and the one after it may be that of nothing
            self._levels.clear()
        if not isinstance(event, NoteOn | NoteOff | Pedal):
            return
        self._measure(event.time)
        self._latest, self._last_s = None, max(self._last_s, event.time)
        match event:
            case NoteOn():
                self._held[event.pitch] = self._latest = event
                self._first_note_s = event.time if self._first_note_s is None else self._first_note_s
            case NoteOff():
                self._held.pop(event.pitch, None)
            case Pedal():
                self._pedal = event.value > 0

    def observe_status(self, status: Status) -> None:
        """Take the level of the last twentieth of a second, if any sound has come since the one before."""
        if self._levels and status.time <= self._levels[-1][0]:
            return
        self._levels.append((status.time, status.rms_db))
        while self._levels[0][0] < status.time - MEMORY_S / 4:
            self._levels.popleft()
        quiet = not self._held and not self._pedal and QUIET_S < status.time - self._last_s < CLOSES_S
        if quiet and self._dropped():
            dropped = self._levels[-1]
            self._drops.append(dropped)
            self._levels = deque([dropped])  # the floor that it left is not to be left again a moment later

    def found(self, now: float) -> bool:
        """Whether enough signs were seen in the last minute; now: stream time, s. Never in the first 20 s of notes."""
        for seen in (self._slopes, self._drops):
            while seen and seen[0][0] < now - MEMORY_S:
                seen.popleft()
        if self._first_note_s is None or now < self._first_note_s + LISTEN_S:
            return False
        slopes = [slope for _, slope in self._slopes]
        dying = len(slopes) >= HELD_NOTES and median(slopes) > FASTEST_DB_S
        return dying or len(self._drops) >= DROPS

    def _measure(self, end_s: float) -> None:
        """How fast the last note fell until something else happened."""
        if self._latest is None or self._latest.pitch >= C5:
            return
        begin_s = self._latest.time + AFTER_ONSET_S
        levels = [(time, level) for time, level in self._levels if begin_s <= time - DROP_S / 4 and time <= end_s]
        if len(levels) > 2 and levels[-1][0] - levels[0][0] >= HELD_S:
            times, levels = np.array(levels).T
            self._slopes.append((end_s, -float(np.polyfit(times - times[0], levels, 1)[0])))

    def _dropped(self) -> bool:
        """Whether the level has just left a steady floor, downwards."""
        now, level = self._levels[-1]
        before = [db for time, db in self._levels if self._last_s + QUIET_S < time < now - 1e-6]
        floor = before[-FLOOR_LEVELS - 1 :][:FLOOR_LEVELS]
        steady = len(floor) == FLOOR_LEVELS and max(floor) - min(floor) <= FLOOR_RANGE_DB
        return steady and level <= min(floor) - DROP_DB
