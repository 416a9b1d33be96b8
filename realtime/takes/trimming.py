"""The silence at both ends of a take: before the first note, and after the last has rung."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from realtime.audio.wav import BYTES_PER_SAMPLE, pcm24
from realtime.clock import samples
from realtime.contract import PEDAL_DOWN, FloatArray
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.takes.recent import Past

# Of sound before the first note; after the last one has been let go, and where the pedal holds it.
LEAD_S, TAIL_S, RING_S = 1.0, 2.0, 10.0
# A note is told, and kept, within a second of its onset.
TOLD_WITHIN_S = 1.0


class Lead:
    """The sound of the last moments before the first note, at `rate` Hz."""

    def __init__(self, rate: int) -> None:
        self._most = samples(LEAD_S + TOLD_WITHIN_S, rate)
        self._parts: deque[tuple[int, bytes]] = deque()

    def keep(self, position: int, block: FloatArray) -> None:
        """Mono samples (n,); position: of the first on the stream's clock."""
        self._parts.append((position, pcm24(block)))
        oldest = position + len(block) - self._most
        while self._parts[0][0] + len(self._parts[0][1]) // BYTES_PER_SAMPLE < oldest:
            self._parts.popleft()

    def since(self, position: int) -> tuple[int, bytes]:
        """A position, or the first later one that is there, and the sound from it on; what was lost is silence."""
        parts = [(at, data) for at, data in self._parts if at + len(data) // BYTES_PER_SAMPLE > position]
        begin = max(position, parts[0][0]) if parts else position
        sound = bytearray()
        for at, data in parts:
            sound += bytes(BYTES_PER_SAMPLE * max(at - begin - len(sound) // BYTES_PER_SAMPLE, 0))
            sound += data[BYTES_PER_SAMPLE * max(begin - at, 0) :]
        return begin, bytes(sound)


class Ending:
    """When the last of the events of one stage that were observed has rung, s. latest_s: when the last of them was."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self.latest_s = 0.0  # of any event: one that is written is part of the take
        self._held: set[int] = set()
        self._pedal = False

    def observe_event(self, event: Event) -> None:
        """One more."""
        if not isinstance(event, StreamStarted | End):
            self.latest_s = max(self.latest_s, event.time)
        match event:
            case NoteOn(time=time, pitch=pitch):
                self._held.add(pitch)
            case NoteOff(time=time, pitch=pitch):
                self._held.discard(pitch)
            case Pedal(time=time, value=value):
                was, self._pedal = self._pedal, value >= PEDAL_DOWN
                if self._last_s is None or self._pedal or not was:  # only what was held rings until then
                    return
            case _:
                return
        self._last_s = time if self._last_s is None else max(self._last_s, time)

    def before(self, at_s: float) -> float | None:
        """Where a take that would end at `at_s` is to end: there, too, when a key is held; None where there is no
        note."""
        if self._last_s is None:
            return None
        return at_s if self._held else min(at_s, self._last_s + (RING_S if self._pedal else TAIL_S))


def end_of(endings: Collection[Ending], at_s: float) -> float:
    """Where a take that would end at `at_s` is to end: once the stage that rings longest has rung, and no event comes
    after it; there where none has a note."""
    ends = [end_s for ending in endings if (end_s := ending.before(at_s)) is not None]
    return max(*ends, *(min(ending.latest_s, at_s) for ending in endings)) if ends else at_s


def trimmed(past: Past) -> Past:
    """The last minutes without the silence at both ends; as they are where there is no note."""
    rate = past.stream.sample_rate
    stages = past.events, past.kept
    begin = past.base + past.begin  # counted as the events' times are
    first = [
        event.time
        for event in (*past.events, *past.kept)
        if isinstance(event, NoteOn) and samples(event.time, rate) >= begin
    ]
    if not first:
        return past
    endings = [Ending() for _ in stages]
    for ending, events in zip(endings, stages, strict=True):
        for event in sorted(events, key=lambda event: event.time):
            ending.observe_event(event)
    length = sum(len(part) for part in past.sound) // BYTES_PER_SAMPLE
    end = min(samples(end_of(endings, (begin + length) / rate), rate), begin + length)
    later = max(samples(min(first) - LEAD_S, rate) - begin, 0)
    return replace(past, begin=past.begin + later, sound=tuple(_cut(past.sound, later, end - begin)))


def _cut(sound: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    """The samples `begin` to `end` of 24 bit sound in parts."""
    at = 0
    for part in sound:
        first, last = max(begin - at, 0), end - at
        if kept := part[BYTES_PER_SAMPLE * first : max(BYTES_PER_SAMPLE * last, 0)]:
            yield kept
        at += len(part) // BYTES_PER_SAMPLE
