"""The events of one stream, and their JSON lines.

`time` is when the event sounded and `emitted` when it left the decoder, both on the stream's clock in
seconds since the stream's start. One event is one line; readers ignore keys that they do not know.

A take holds two stages of them: what was sent while it was played, and what is kept, which is surer and comes later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, ClassVar, Literal, get_args

from realtime.errors import DataError
from realtime.limits import CONTROLLER, TIME_S
from realtime.validation import Count, Pitch, Share, Text, Velocity, build, read_json, within

EVENTS_VERSION = 2  # version 1 had one stage, and does not name it

Stage = Literal["live", "kept"]

Seconds = Annotated[float, within(TIME_S)]
Controller = Annotated[int, within(CONTROLLER)]


@dataclass(frozen=True, slots=True)
class StreamStarted:
    """First event of every stream.

    delay_s: algorithmic delay of mode `delay`, at the latest; least_delay_s: at the earliest, where that differs;
    sample_rate: of the input, Hz; source: device or file name; started: wall clock, ISO 8601 in UTC.
    """

    kind: ClassVar[str] = "stream"

    model: Text
    delay: Text
    delay_s: Seconds
    sample_rate: Count
    source: Text
    started: Text
    version: Count = EVENTS_VERSION
    least_delay_s: Seconds | None = None


@dataclass(frozen=True, slots=True)
class NoteOn:
    """A key went down. pitch: MIDI 21-108; velocity: MIDI 1-127; p: onset activation at the decision, 0-1; delay: which
    delay told it, in mode `live`."""

    kind: ClassVar[str] = "note_on"

    time: Seconds
    emitted: Seconds
    pitch: Pitch
    velocity: Velocity
    p: Share
    delay: Text | None = None


@dataclass(frozen=True, slots=True)
class NoteOff:
    """A key was released. pitch: MIDI 21-108."""

    kind: ClassVar[str] = "note_off"

    time: Seconds
    emitted: Seconds
    pitch: Pitch


@dataclass(frozen=True, slots=True)
class Pedal:
    """The sustain pedal (CC64) moved. value: 0-127, down at 64 and above."""

    kind: ClassVar[str] = "pedal"

    time: Seconds
    emitted: Seconds
    value: Controller


@dataclass(frozen=True, slots=True)
class Gap:
    """Samples were lost from `time` on; the clock has advanced by lost_s seconds."""

    kind: ClassVar[str] = "gap"

    time: Seconds
    emitted: Seconds
    lost_s: Seconds


@dataclass(frozen=True, slots=True)
class End:
    """Last event of every stream, but for one whose engine died: a Gap ends that, and another `stream` follows.

    notes, gaps: how many it had; reason: why it ended, one word or a short phrase.
    """

    kind: ClassVar[str] = "end"

    time: Seconds
    emitted: Seconds
    notes: Count
    gaps: Count
    reason: Text


Event = StreamStarted | NoteOn | NoteOff | Pedal | Gap | End
EVENT_TYPES: dict[str, type[Event]] = {t.kind: t for t in (StreamStarted, NoteOn, NoteOff, Pedal, Gap, End)}


@dataclass(frozen=True, slots=True)
class Kept:
    """An event of the kept stage: of the slowest delay, which is surest, whatever mode is told."""

    event: NoteOn | NoteOff | Pedal | Gap | End


def to_json(event: Event, stage: Stage | None = None) -> str:
    """One line of JSON without the line break; `from_json` gives an equal event. stage: of a take's event."""
    known = {name: value for name, value in asdict(event).items() if value is not None}
    if stage is not None:
        known["stage"] = stage
    return json.dumps({"event": event.kind, **known}, ensure_ascii=False, separators=(",", ":"))


def jsonl_bytes(stream: StreamStarted, events: Iterable[Event]) -> bytes:
    """A whole stream as lines, UTF-8."""
    return "".join(to_json(event) + "\n" for event in (stream, *events)).encode()


def from_json(line: str) -> Event:
    """The event of one JSON line; unknown keys are ignored. Raises DataError for any other line."""
    event = event_of(read_json(line))
    if event is None:
        raise DataError("event", "", "this is no line of an event")
    return event


def event_of(raw: object) -> Event | None:
    """The event of a JSON value, None when it is not one of an event; unknown keys are ignored.

    Raises DataError when the event lacks one of its keys, or a value is out of its range.
    """
    kind = raw.get("event") if isinstance(raw, Mapping) else None
    event_type = EVENT_TYPES.get(kind) if isinstance(kind, str) else None
    return None if event_type is None else build(event_type, raw)


def stage_of(raw: object) -> Stage | None:
    """The stage that a JSON value names, None for none."""
    stage = raw.get("stage") if isinstance(raw, Mapping) else None
    return next((known for known in get_args(Stage) if known == stage), None)
