"""The level meter's movements: how bar, body and peak line rise and fall, and the word for the level."""

from __future__ import annotations

from dataclasses import dataclass

from gui.translation import mark
from realtime.engine.messages import Status

FLOOR_DB = -60.0
FALL_DB_S = 20 / 1.5
HOLD_S = 1.5
PEAK_FALL_DB_S = 20.0
RMS_S = 0.3
CLIPPED_SAMPLES = 3
CLIP_LATCH_S = 10.0
# The word speaks about the loudest moment of the last seconds: between two notes a piano is not "silent".
WORD_S = 3.0
SILENT_DB, QUIET_DB, LOUD_DB = -50.0, -40.0, -6.0


@dataclass
class LevelMeter:
    """Levels in dBFS, -60 to 0. bar: sample peak; body: RMS over 300 ms; peak: the line that holds; clip: latched."""

    bar: float = FLOOR_DB
    body: float = FLOOR_DB
    peak: float = FLOOR_DB
    clip: bool = False
    _at: float = 0.0
    _peak_at: float = 0.0
    _clip_at: float = 0.0
    _loudest: float = FLOOR_DB
    _loudest_at: float = 0.0

    def observe_status(self, status: Status, now: float) -> None:
        """Take the level of one status, received at monotonic time `now` in s."""
        self.fall(now)
        level = min(max(status.peak_db, FLOOR_DB), 0.0)
        self.bar = max(self.bar, level)
        share = min(0.05 / RMS_S, 1.0)
        self.body += share * (min(max(status.rms_db, FLOOR_DB), 0.0) - self.body)
        if level >= self.peak:
            self.peak, self._peak_at = level, now
        if level >= self._loudest or now - self._loudest_at > WORD_S:
            self._loudest, self._loudest_at = level, now
        if status.clipped >= CLIPPED_SAMPLES:
            self.clip, self._clip_at = True, now

    def fall(self, now: float) -> None:
        """Move down by the time that has passed; `now` is monotonic time in s."""
        passed = max(now - self._at, 0.0) if self._at else 0.0
        self._at = now
        self.bar = max(self.bar - FALL_DB_S * passed, FLOOR_DB)
        if now - self._peak_at > HOLD_S:
            self.peak = max(self.peak - PEAK_FALL_DB_S * passed, FLOOR_DB)
        if self.clip and now - self._clip_at > CLIP_LATCH_S:
            self.clip = False

    def clear_clip(self) -> None:
        """The player has seen it."""
        self.clip = False

    @property
    def word(self) -> str:
        """UnconnectedLink, Too quiet, Good level or Too loud; `tr` translates it."""
        if self.clip or self._loudest >= LOUD_DB:
            return mark("Too loud")
        if self._loudest <= SILENT_DB:
            return mark("Silent")
        return mark("Too quiet") if self._loudest < QUIET_DB else mark("Good level")
