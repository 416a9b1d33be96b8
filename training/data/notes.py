"""A performance: notes and sustain pedal on one time line in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from realtime.piano.dampers import FIRST_UNDAMPED_PITCH, next_onset

Float64Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

PEDAL_THRESHOLD = 64
LONGEST_RING_S = 12.0
_DAMPING_MARGIN_S = 0.3


def _no_times() -> Float64Array:
    return np.zeros(0)


def _no_values() -> IntArray:
    return np.zeros(0, np.int64)


@dataclass(frozen=True)
class Performance:
    """Notes sorted by onset, and CC64 events sorted by time; seconds from the start of the audio it belongs to.

    onset, offset (the key's release): (N,) s. pitch (MIDI), velocity (1-127): (N,).
    pedal_time: (M,) s. pedal_value: (M,) 0-127; before the first event the first event's value is in force
    when that event lies at or before 0, otherwise the pedal is up.
    """

    onset: Float64Array
    offset: Float64Array
    pitch: IntArray
    velocity: IntArray
    pedal_time: Float64Array = field(default_factory=_no_times)
    pedal_value: IntArray = field(default_factory=_no_values)

    @staticmethod
    def empty() -> Performance:
        return Performance(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))

    @staticmethod
    def build(
        onset: npt.ArrayLike,
        offset: npt.ArrayLike,
        pitch: npt.ArrayLike,
        velocity: npt.ArrayLike,
        pedal_time: npt.ArrayLike = (),
        pedal_value: npt.ArrayLike = (),
    ) -> Performance:
        """A performance from unsorted columns of any numeric type; ValueError when lengths differ."""
        on, off = np.asarray(onset, np.float64), np.asarray(offset, np.float64)
        keys, loud = np.asarray(pitch, np.int64), np.asarray(velocity, np.int64)
        times, values = np.asarray(pedal_time, np.float64), np.asarray(pedal_value, np.int64)
        if not len(on) == len(off) == len(keys) == len(loud):
            raise ValueError(f"columns of notes differ in length: {len(on)}, {len(off)}, {len(keys)}, {len(loud)}")
        if len(times) != len(values):
            raise ValueError(f"{len(times)} pedal times but {len(values)} pedal values")
        notes, pedal = np.lexsort((keys, on)), np.argsort(times, kind="stable")
        return Performance(on[notes], off[notes], keys[notes], loud[notes], times[pedal], values[pedal])

    def __len__(self) -> int:
        return len(self.onset)

    @property
    def duration(self) -> float:
        """Seconds until the last key release or pedal event; 0 without any."""
        ends = [float(a.max()) for a in (self.offset, self.pedal_time) if len(a)]
        return max(ends, default=0.0)

    def started_inside(self) -> Performance:
        """Without the notes that were struck before time 0: nobody can hear their onset."""
        inside = self.onset >= 0
        return replace(
            self,
            onset=self.onset[inside],
            offset=self.offset[inside],
            pitch=self.pitch[inside],
            velocity=self.velocity[inside],
        )

    def pedal_at(self, time: float) -> int:
        """CC64 value in force at `time`; an event counts from its own instant on."""
        i = int(np.searchsorted(self.pedal_time, time, side="right")) - 1
        return int(self.pedal_value[i]) if i >= 0 else 0

    def pedal_values(self, times: Float64Array) -> IntArray:
        """CC64 values in force at `times` (s), any shape."""
        if not len(self.pedal_value):
            return np.zeros(np.shape(times), np.int64)
        index = np.searchsorted(self.pedal_time, times, side="right") - 1
        return np.asarray(np.where(index >= 0, self.pedal_value[np.maximum(index, 0)], 0), np.int64)

    def sustained_offset(self, threshold: int = PEDAL_THRESHOLD) -> Float64Array:
        """(N,) s: each key release moved to the next instant with CC64 < threshold (field convention without the
        cut at the pitch's next onset); infinite where the pedal never comes up."""
        ups = self.pedal_time[self.pedal_value < threshold]
        state = np.searchsorted(self.pedal_time, self.offset, side="right") - 1
        values = self.pedal_value[np.maximum(state, 0)] if len(self.pedal_value) else np.zeros(len(self), np.int64)
        held = (state >= 0) & (values >= threshold)
        following = np.searchsorted(ups, self.offset, side="right")
        next_up = np.append(ups, np.inf)[following]
        return np.where(held, next_up, self.offset)

    def next_onset(self) -> Float64Array:
        """(N,) s: the next onset of the same pitch; infinite for a pitch's last note."""
        return next_onset(self.onset, self.pitch)

    def slice(self, start: float, seconds: float) -> Performance:
        """What concerns [start, start + seconds), with time 0 at `start`.

        Notes that may still ring at `start` stay, with a negative onset; offsets are not cut at the end. The pedal's
        state at `start` becomes an event at 0.
        """
        last = int(np.searchsorted(self.onset, start + seconds, side="left"))
        first = int(np.searchsorted(self.onset, start - LONGEST_RING_S, side="left"))
        window = Performance(
            self.onset[first:last],
            self.offset[first:last],
            self.pitch[first:last],
            self.velocity[first:last],
            self.pedal_time,
            self.pedal_value,
        )
        ends = np.where(window.pitch >= FIRST_UNDAMPED_PITCH, np.inf, window.sustained_offset() + _DAMPING_MARGIN_S)
        struck_again = window.next_onset() <= start
        keep = (window.onset >= start) | ((ends > start) & ~struck_again)
        inside = (self.pedal_time > start) & (self.pedal_time < start + seconds)
        return Performance(
            window.onset[keep] - start,
            window.offset[keep] - start,
            window.pitch[keep],
            window.velocity[keep],
            np.concatenate([[0.0], self.pedal_time[inside] - start]),
            np.concatenate([[self.pedal_at(start)], self.pedal_value[inside]]),
        )

    def scaled(self, factor: float) -> Performance:
        """The same performance with every time multiplied by `factor`."""
        return Performance(
            self.onset * factor,
            self.offset * factor,
            self.pitch,
            self.velocity,
            self.pedal_time * factor,
            self.pedal_value,
        )
