"""The note table: notes and sustain pedal as columns, in seconds, from any source.

Report, score, sampled piano, stage, evaluation and training read it, and MIDI files and tables are written from it. It
is built from a stream's events (`NoteTable.from_events`), from a MIDI file (`realtime.midi.reader`) or from a take
(`realtime.takes.reader`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Generic, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from realtime.contract import HIGHEST_PITCH, LOWEST_PITCH, PEDAL_DOWN, BoolArray, Float64Array, IntArray
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.limits import CONTROLLER, VELOCITY

NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
# Keys from here up have no damper.
FIRST_UNDAMPED_PITCH = 89
# Of longer times without an onset the rest counts as a pause.
PAUSE_S = 10.0
# A slice keeps notes struck at most this long before it, and so long after their damping began.
LONGEST_RING_S = 12.0
DAMPING_MARGIN_S = 0.3

Key = TypeVar("Key", bound=Hashable)
On = TypeVar("On")
Rows = slice | BoolArray | IntArray


def note_name(pitch: int, flats: bool = False) -> str:
    """Scientific name of a MIDI pitch with sharps, or with flats: 60 is C4, 61 C#4 or Db4."""
    return f"{(FLAT_NAMES if flats else NAMES)[pitch % 12]}{pitch // 12 - 1}"


class OpenNotes(Generic[Key, On]):
    """Pairs note-ons with note-offs, one event at a time.

    down: the note-on of every key that is down, in the order of the note-ons.
    """

    def __init__(self) -> None:
        self.down: dict[Key, On] = {}

    def note_on(self, key: Key, on: On) -> On | None:
        """A note-on; returns the note-on of the same key that it ends, None where the key was up."""
        ended = self.down.pop(key, None)
        self.down[key] = on
        return ended

    def note_off(self, key: Key) -> On | None:
        """A note-off; returns the note-on that it ends, None where the key was up."""
        return self.down.pop(key, None)


class Sounding:
    """What a stream has left sounding so far: the keys that are down, and the pedal."""

    def __init__(self) -> None:
        self._keys: OpenNotes[int, NoteOn] = OpenNotes()
        self._pedal = 0

    def observe_event(self, event: Event) -> None:
        """The next event of the stream."""
        match event:
            case NoteOn():
                self._keys.note_on(event.pitch, event)
            case NoteOff():
                self._keys.note_off(event.pitch)
            case Pedal():
                self._pedal = event.value

    def releases(self, at_s: float) -> list[NoteOff | Pedal]:
        """The events that end all of it at stream time `at_s`: the keys in the order in which they went down, then
        the pedal."""
        keys = [NoteOff(at_s, at_s, pitch) for pitch in self._keys.down]
        return [*keys, Pedal(at_s, at_s, 0)] if self._pedal else [*keys]


class Paired(NamedTuple):
    """ended: note-ons with their releases (s), by release; unreleased: note-ons without a release."""

    ended: list[tuple[NoteOn, float]]
    unreleased: list[NoteOn]


def paired(events: Iterable[Event]) -> Paired:
    """The notes of a stream. events: in the order in which they were emitted."""
    notes: OpenNotes[int, NoteOn] = OpenNotes()
    ended = []
    for event in events:
        if isinstance(event, NoteOn):
            on = notes.note_on(event.pitch, event)
        elif isinstance(event, NoteOff):
            on = notes.note_off(event.pitch)
        else:
            continue
        if on is not None:
            ended.append((on, event.time))
    return Paired(ended, list(notes.down.values()))


def _no_times() -> Float64Array:
    return np.zeros(0)


def _no_values() -> IntArray:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class NoteTable:
    """Notes sorted by onset, then pitch, and events of the sustain pedal (CC64) sorted by time.

    onset, offset (the key's release): (N,) float64 s. pitch (MIDI), velocity (1-127): (N,) int64.
    pedal_time: (M,) float64 s; pedal_value: (M,) int64 0-127, down at `PEDAL_DOWN` and above; up before the first.
    confidence: (N,) float64 0-1, the model's onset activation at its decision, or None where no model found them.
    """

    onset: Float64Array = field(default_factory=_no_times)
    offset: Float64Array = field(default_factory=_no_times)
    pitch: IntArray = field(default_factory=_no_values)
    velocity: IntArray = field(default_factory=_no_values)
    pedal_time: Float64Array = field(default_factory=_no_times)
    pedal_value: IntArray = field(default_factory=_no_values)
    confidence: Float64Array | None = None

    @staticmethod
    def build(
        onset: npt.ArrayLike,
        offset: npt.ArrayLike,
        pitch: npt.ArrayLike,
        velocity: npt.ArrayLike,
        pedal_time: npt.ArrayLike = (),
        pedal_value: npt.ArrayLike = (),
        confidence: npt.ArrayLike | None = None,
    ) -> NoteTable:
        """A table from columns of any numeric type and order.

        Raises ValueError when lengths differ or a number is not finite.
        """
        on, off = np.asarray(onset, np.float64), np.asarray(offset, np.float64)
        keys, loud = np.asarray(pitch, np.int64), np.asarray(velocity, np.int64)
        times, values = np.asarray(pedal_time, np.float64), np.asarray(pedal_value, np.int64)
        sure = None if confidence is None else np.asarray(confidence, np.float64)
        _require_alike("notes", on, off, keys, loud, on if sure is None else sure)
        _require_alike("the pedal", times, values)
        notes, pedal = np.lexsort((keys, on)), np.argsort(times, kind="stable")
        return NoteTable(
            on[notes],
            off[notes],
            keys[notes],
            loud[notes],
            times[pedal],
            values[pedal],
            None if sure is None else sure[notes],
        )

    @staticmethod
    def from_events(events: Iterable[Event]) -> NoteTable:
        """The notes and the pedal of a stream. A note without a release lasts to the last event."""
        kept = list(events)
        notes = paired(kept)
        last = max((getattr(event, "time", 0.0) for event in kept), default=0.0)
        ended = [*notes.ended, *((on, max(last, on.time)) for on in notes.unreleased)]
        pedal = [event for event in kept if isinstance(event, Pedal)]
        return NoteTable.build(
            onset=[on.time for on, _ in ended],
            offset=[off for _, off in ended],
            pitch=[on.pitch for on, _ in ended],
            velocity=[on.velocity for on, _ in ended],
            pedal_time=[event.time for event in pedal],
            pedal_value=[event.value for event in pedal],
            confidence=[on.p for on, _ in ended],
        )

    def __len__(self) -> int:
        return len(self.onset)

    @property
    def last_s(self) -> float:
        """Seconds until the last release or movement of the pedal; 0 without any."""
        return max((float(column.max()) for column in (self.offset, self.pedal_time) if len(column)), default=0.0)

    @property
    def span_s(self) -> float:
        """Seconds from the first onset to the last release; 0 without notes."""
        return float(self.offset.max() - self.onset[0]) if len(self) else 0.0

    @property
    def playing_s(self) -> float:
        """Seconds of playing: the span, in which at most 10 s count between two onsets."""
        return self.span_s - float(np.maximum(np.diff(self.onset) - PAUSE_S, 0.0).sum())

    def pedal_at(self, time: npt.ArrayLike) -> IntArray:
        """CC64 in force at each time (s), of any shape; an event counts from its own instant on."""
        if not len(self.pedal_value):
            return np.zeros(np.shape(time), np.int64)
        index = np.searchsorted(self.pedal_time, time, side="right") - 1
        return np.asarray(np.where(index >= 0, self.pedal_value[index], 0), np.int64)

    def pedal_down(self, time: npt.ArrayLike) -> BoolArray:
        """Whether the pedal is down at each time (s), of any shape."""
        return np.asarray(self.pedal_at(time) >= PEDAL_DOWN, np.bool_)

    def sustained_offset(self) -> Float64Array:
        """(N,) s: each release under the pedal moved to when that comes up (the field's convention without the cut at
        the key's next onset); infinite where it never does."""
        ups = np.append(self.pedal_time[self.pedal_value < PEDAL_DOWN], np.inf)
        next_up = ups[np.minimum(np.searchsorted(ups, self.offset, side="right"), len(ups) - 1)]
        return np.where(self.pedal_down(self.offset), next_up, self.offset)

    def pedal_extended(self, end_s: float) -> Float64Array:
        """(N,) s: when the damper of each note falls: at the key's release, or under the pedal at its lift, the key's
        next onset or `end_s`, whichever is first."""
        until = np.minimum(np.minimum(self.sustained_offset(), self.next_onset()), end_s)
        return np.maximum(self.offset, until)

    def successor(self) -> IntArray:
        """(N,) index of the next note of the same pitch; -1 for a pitch's last note."""
        following = np.full(len(self), -1)
        order = np.lexsort((self.onset, self.pitch))
        same = np.flatnonzero(self.pitch[order[1:]] == self.pitch[order[:-1]])
        following[order[same]] = order[same + 1]
        return following

    def next_onset(self) -> Float64Array:
        """(N,) s: the next onset of the same pitch; infinite for a pitch's last note."""
        following = self.successor()
        return np.append(self.onset, np.inf)[following]

    def only(self, rows: Rows) -> Self:
        """Only some notes (a mask or indices that rise), under the whole pedal."""
        return replace(
            self,
            onset=self.onset[rows],
            offset=self.offset[rows],
            pitch=self.pitch[rows],
            velocity=self.velocity[rows],
            confidence=None if self.confidence is None else self.confidence[rows],
        )

    def between(self, start_s: float, end_s: float) -> Self:
        """Only the notes struck in start_s <= onset < end_s, under the whole pedal."""
        first, last = np.searchsorted(self.onset, (start_s, end_s), side="left")
        return self.only(slice(int(first), int(last)))

    def started_inside(self) -> Self:
        """Without the notes that begin before time 0."""
        return self.only(self.onset >= 0)

    def slice(self, start: float, seconds: float) -> Self:
        """The part that concerns [start, start + seconds), with time 0 at `start`.

        Notes that may still ring at `start` stay, with a negative onset; offsets are not cut at the end. The pedal's
        state at `start` becomes an event at 0.
        """
        window = self.between(start - LONGEST_RING_S, start + seconds)
        undamped = window.pitch >= FIRST_UNDAMPED_PITCH
        ends = np.where(undamped, np.inf, window.sustained_offset() + DAMPING_MARGIN_S)
        struck_again = window.next_onset() <= start
        kept = window.only((window.onset >= start) | ((ends > start) & ~struck_again))
        inside = (self.pedal_time > start) & (self.pedal_time < start + seconds)
        return replace(
            kept,
            onset=kept.onset - start,
            offset=kept.offset - start,
            pedal_time=np.concatenate([[0.0], self.pedal_time[inside] - start]),
            pedal_value=np.concatenate([self.pedal_at([start]), self.pedal_value[inside]]),
        )

    def scaled(self, factor: float) -> Self:
        """With every time multiplied by `factor`."""
        return replace(
            self, onset=self.onset * factor, offset=self.offset * factor, pedal_time=self.pedal_time * factor
        )

    def one_key_per_pitch(self) -> Self:
        """A key struck again while it is down ends the earlier note there; of notes of one pitch and onset the longest
        stays; none ends before it begins."""
        offset = np.maximum(self.onset, self.offset)
        order = np.lexsort((offset, self.onset, self.pitch))
        same_key = self.pitch[order[1:]] == self.pitch[order[:-1]]
        following = np.full(len(self), np.inf)
        following[order[:-1][same_key]] = self.onset[order[1:][same_key]]
        return replace(self, offset=np.minimum(offset, following)).only(following > self.onset)

    def on_the_keyboard(self) -> Self:
        """Only notes of the piano's 88 keys."""
        return self.only((self.pitch >= LOWEST_PITCH) & (self.pitch <= HIGHEST_PITCH))

    def in_range(self) -> Self:
        """Velocities and pedal values clipped to the range of MIDI."""
        velocity, pedal_value = np.clip(self.velocity, *VELOCITY), np.clip(self.pedal_value, *CONTROLLER)
        return replace(self, velocity=velocity, pedal_value=pedal_value)


COLUMNS = tuple(column.name for column in fields(NoteTable))


def _require_alike(what: str, *columns: Float64Array | IntArray) -> None:
    """Raises ValueError unless all columns have one length and hold finite numbers."""
    if len({len(column) for column in columns}) > 1:
        raise ValueError(f"columns of {what} differ in length: {', '.join(str(len(column)) for column in columns)}")
    if not all(np.isfinite(column).all() for column in columns):
        raise ValueError(f"a number of {what} is not finite")
