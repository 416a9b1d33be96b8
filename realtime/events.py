"""What the program tells the world: the events of one stream, and their JSON lines.

`time` is when it sounded and `emitted` the stream's clock when the event left the decoder, both in
seconds since the stream's start. One event is one line; readers ignore keys that they do not know.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

EVENTS_VERSION = 1


@dataclass(frozen=True, slots=True)
class StreamStarted:
    """First event of every stream.

    delay_s: algorithmic delay of mode `delay`; sample_rate: of the input, Hz; source: device or file name;
    started: wall clock, ISO 8601 in UTC.
    """

    kind: ClassVar[str] = "stream"

    model: str
    delay: str
    delay_s: float
    sample_rate: int
    source: str
    started: str
    version: int = EVENTS_VERSION


@dataclass(frozen=True, slots=True)
class NoteOn:
    """A key went down. pitch: MIDI 21-108; velocity: MIDI 1-127; p: onset activation at the decision, 0-1."""

    kind: ClassVar[str] = "note_on"

    time: float
    emitted: float
    pitch: int
    velocity: int
    p: float


@dataclass(frozen=True, slots=True)
class NoteOff:
    """A key was released. pitch: MIDI 21-108."""

    kind: ClassVar[str] = "note_off"

    time: float
    emitted: float
    pitch: int


@dataclass(frozen=True, slots=True)
class Pedal:
    """The sustain pedal (CC64) moved. value: 0-127, down at 64 and above."""

    kind: ClassVar[str] = "pedal"

    time: float
    emitted: float
    value: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Samples were lost from `time` on; the clock has advanced by lost_s seconds."""

    kind: ClassVar[str] = "gap"

    time: float
    emitted: float
    lost_s: float


@dataclass(frozen=True, slots=True)
class End:
    """Last event of every stream. notes, gaps: how many it had; reason: why it ended, one word or a short phrase."""

    kind: ClassVar[str] = "end"

    time: float
    emitted: float
    notes: int
    gaps: int
    reason: str


Event = StreamStarted | NoteOn | NoteOff | Pedal | Gap | End
EVENT_TYPES: dict[str, type[Event]] = {t.kind: t for t in (StreamStarted, NoteOn, NoteOff, Pedal, Gap, End)}


def to_json(event: Event) -> str:
    """One line of JSON without the line break; `from_json` gives an equal event."""
    return json.dumps({"event": event.kind, **asdict(event)}, ensure_ascii=False, separators=(",", ":"))


def from_json(line: str) -> Event:
    """The event of one JSON line; unknown keys are ignored.

    Raises ValueError when the line is not a JSON object, names no known event or lacks one of its keys.
    """
    raw = json.loads(line)
    if not isinstance(raw, dict) or raw.get("event") not in EVENT_TYPES:
        raise ValueError(f"not an event line: {line[:80]!r}")
    event_type = EVENT_TYPES[raw["event"]]
    values: dict[str, Any] = {f.name: raw[f.name] for f in fields(event_type) if f.name in raw}
    try:
        return event_type(**values)
    except TypeError as error:
        raise ValueError(f"incomplete {raw['event']} line: {line[:80]!r}") from error
