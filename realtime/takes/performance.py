"""The notes and the pedal of one take as columns, whatever file they come from.

A report knows nothing but this: no sound, no model, no score. Times are seconds of the take's own clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from realtime.contract import KEYS, LOWEST_PITCH
from realtime.events import End, Event, Gap, Pedal, StreamStarted
from realtime.notes import whole_notes
from realtime.words import Phrase, Said

Float64Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
PedalSource = Literal["cc64", "transcribed", "none"]

PEDAL_DOWN = 64
# Nobody plays on after so long without a strike: it is a pause, however long it gets.
PAUSE_S = 10.0
HIGHEST_PITCH = LOWEST_PITCH + KEYS - 1

BEYOND_KEYBOARD = Phrase("take.beyond_keyboard", "Notes beyond the 88 keys were left out: {count}.")


@dataclass(frozen=True, eq=False)
class TakeNotes:
    """Notes sorted by onset, then pitch, and pedal events sorted by time.

    onset, offset (the key's release, never before the onset): (N,) float64 s. pitch (MIDI 21-108), velocity (1-127):
    (N,) int64. pedal_time: (M,) float64 s; pedal_value: (M,) int64 0-127, down at 64 and above; up before the first.
    pedal_source: "cc64" from a MIDI file, "transcribed" by an ear from sound, "none" when nothing tells of a pedal.
    confidence: (N,) float64 0-1, the ear's onset activation at its decision, or None where nobody listened.
    duration_s: length of the take; never less than the last release. id: of the take's folder or file;
    name: what the player calls it. started: wall clock, ISO 8601, or None. lost_s: seconds of sound that nobody heard.
    heard: whether an ear wrote the notes down, and no keyboard sent them. releases_known: whether most offsets are
    told, and not merely the latest possible. remarks: what was left out.
    """

    onset: Float64Array
    offset: Float64Array
    pitch: IntArray
    velocity: IntArray
    pedal_time: Float64Array
    pedal_value: IntArray
    pedal_source: PedalSource
    confidence: Float64Array | None
    duration_s: float
    name: str
    id: str = ""
    started: str | None = None
    lost_s: float = 0.0
    heard: bool = False
    releases_known: bool = True
    remarks: tuple[Said, ...] = ()

    def __len__(self) -> int:
        return len(self.onset)

    @property
    def span_s(self) -> float:
        """Seconds from the first onset to the last release; 0 without notes."""
        return float(self.offset.max() - self.onset[0]) if len(self) else 0.0

    @property
    def playing_s(self) -> float:
        """The same without pauses: of a time without strikes only the first 10 s count."""
        return self.span_s - float(np.maximum(np.diff(self.onset) - PAUSE_S, 0.0).sum())

    @staticmethod
    def build(
        onset: npt.ArrayLike,
        offset: npt.ArrayLike,
        pitch: npt.ArrayLike,
        velocity: npt.ArrayLike,
        pedal_time: npt.ArrayLike = (),
        pedal_value: npt.ArrayLike = (),
        pedal_source: PedalSource = "none",
        confidence: npt.ArrayLike | None = None,
        duration_s: float = 0.0,
        name: str = "",
        id: str = "",
        started: str | None = None,
        lost_s: float = 0.0,
        heard: bool = False,
        releases_known: bool = True,
        remarks: Sequence[Said] = (),
    ) -> TakeNotes:
        """Columns of any numeric type and order as a take: one key per pitch, and no pitch beyond the keyboard.

        A key struck again while it is down ends the earlier note there; of notes of one pitch and onset the longest
        stays. Raises ValueError when lengths differ or a number is not finite.
        """
        on, off = np.asarray(onset, np.float64), np.asarray(offset, np.float64)
        keys, loud = np.asarray(pitch, np.int64), np.asarray(velocity, np.int64)
        times, values = np.asarray(pedal_time, np.float64), np.asarray(pedal_value, np.int64)
        sure = None if confidence is None else np.asarray(confidence, np.float64)
        _require_alike("notes", on, off, keys, loud, on if sure is None else sure)
        _require_alike("the pedal", times, values)
        off = np.maximum(on, off)
        kept, off = _one_key_per_pitch(on, off, keys)
        outside = (keys[kept] < LOWEST_PITCH) | (keys[kept] > HIGHEST_PITCH)
        if outside.any():
            remarks = (*remarks, BEYOND_KEYBOARD(count=int(outside.sum())))
        kept = kept[~outside]
        pedal = np.argsort(times, kind="stable")
        last = max((float(column.max()) for column in (off[kept], times) if len(column)), default=0.0)
        return TakeNotes(
            onset=on[kept],
            offset=off[kept],
            pitch=keys[kept],
            velocity=np.clip(loud[kept], 1, 127),
            pedal_time=times[pedal],
            pedal_value=np.clip(values[pedal], 0, 127),
            pedal_source=pedal_source if len(times) else "none",
            confidence=None if sure is None else sure[kept],
            duration_s=max(duration_s, last),
            name=name,
            id=id or name,
            started=started,
            lost_s=lost_s,
            heard=heard,
            releases_known=releases_known,
            remarks=tuple(remarks),
        )

    @staticmethod
    def from_events(stream: StreamStarted, events: Iterable[Event], name: str, id: str = "") -> TakeNotes:
        """The take of a live stream or a transcription. events: without the leading `stream`. Raises ValueError."""
        kept = list(events)
        notes = whole_notes(kept)
        pedal = [event for event in kept if isinstance(event, Pedal)]
        return TakeNotes.build(
            onset=[note.onset for note in notes],
            offset=[note.offset for note in notes],
            pitch=[note.pitch for note in notes],
            velocity=[note.velocity for note in notes],
            pedal_time=[event.time for event in pedal],
            pedal_value=[event.value for event in pedal],
            pedal_source="transcribed",
            confidence=[note.p for note in notes],
            duration_s=max((event.time for event in kept if isinstance(event, End)), default=0.0),
            name=name,
            id=id,
            started=stream.started,
            lost_s=sum(event.lost_s for event in kept if isinstance(event, Gap)),
            heard=True,
        )


def _require_alike(what: str, *columns: Float64Array | IntArray) -> None:
    """Raises ValueError unless all columns have one length and hold finite numbers."""
    if len({len(column) for column in columns}) > 1:
        raise ValueError(f"columns of {what} differ in length: {', '.join(str(len(column)) for column in columns)}")
    if not all(np.isfinite(column).all() for column in columns):
        raise ValueError(f"a number of {what} is not finite")


def _one_key_per_pitch(onset: Float64Array, offset: Float64Array, pitch: IntArray) -> tuple[IntArray, Float64Array]:
    """(K,) indices of the notes that one keyboard can play, by onset and pitch; (N,) offsets cut at the next strike."""
    order = np.lexsort((offset, onset, pitch))
    same_key = pitch[order[1:]] == pitch[order[:-1]]
    following = np.full(len(onset), np.inf)
    following[order[:-1][same_key]] = onset[order[1:][same_key]]
    alone = np.flatnonzero(following > onset)
    kept = alone[np.lexsort((pitch[alone], onset[alone]))]
    return kept, np.minimum(offset, following)
