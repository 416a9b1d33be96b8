"""The last five minutes of what was heard, in memory: playing that nobody recorded can still become a take."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from realtime.clock import DECIMALS, samples, seconds
from realtime.contract import FloatArray
from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.sinks.wav import BYTES_PER_SAMPLE, pcm24

SPAN_S = 300.0
Heard = NoteOn | NoteOff | Pedal | Gap


@dataclass(frozen=True)
class Past:
    """What was heard before a moment. begin: sample index on the stream's clock at which it begins, negative when that
    was before the stream; sound: 24 bit samples from there on; events: with times of the stream's clock."""

    stream: StreamStarted
    begin: int
    sound: tuple[bytes, ...]
    events: tuple[Heard, ...]


class Recent:
    """Remembers sound and events of the last `span_s` seconds, over as many streams as have one sample rate.

    A pause between two streams counts for nothing; another sample rate begins anew. 24 bit samples: 43 MB at 48 kHz.
    """

    def __init__(self, span_s: float = SPAN_S) -> None:
        self._span_s = span_s
        self._stream: StreamStarted | None = None
        self._sound: deque[bytes] = deque()
        self._events: deque[Heard] = deque()
        self._first = 0  # sample index of the oldest sound; it, `_base` and `_end` count over all streams
        self._base = 0  # where the present stream began
        self._end = 0

    def begin(self, stream: StreamStarted) -> None:
        """Another stream begins."""
        if self._stream is None or stream.sample_rate != self._stream.sample_rate:
            self._sound.clear()
            self._events.clear()
            self._first = self._end = 0
        self._base = self._end
        self._stream = stream

    def hear(self, position: int, block: FloatArray) -> None:
        """Mono samples (n,); position: of the first on the stream's clock. What was lost before it is silence."""
        assert self._stream is not None
        lost = self._base + position - self._end
        if lost > 0:
            self._skip(lost, samples(self._span_s, self._stream.sample_rate))
        self._keep(pcm24(block))

    def note(self, event: Event) -> None:
        """An event of the present stream."""
        if not isinstance(event, (StreamStarted, End)):
            self._events.append(self._moved(event, self._base))

    def since(self, time_s: float | None = None) -> Past | None:
        """All that is remembered from `time_s` (stream's clock) on, or all there is; None when nothing was heard."""
        if self._stream is None or not self._sound:
            return None
        begin, kept = self._first, list(self._sound)
        wanted = begin if time_s is None else self._base + samples(time_s, self._stream.sample_rate)
        dropped = 0
        while dropped < len(kept) and begin + _count(kept[dropped]) <= wanted:
            begin += _count(kept[dropped])
            dropped += 1
        return Past(self._stream, begin - self._base, tuple(kept[dropped:]), self._events_from(begin))

    def _events_from(self, begin: int) -> tuple[Heard, ...]:
        """Events from sample `begin` on, with the pedal as it was then; times of the stream's clock."""
        assert self._stream is not None
        begin_s = seconds(begin, self._stream.sample_rate)
        before = [event for event in self._events if isinstance(event, Pedal) and event.time < begin_s][-1:]
        later = [event for event in self._events if event.time >= begin_s]
        return tuple(self._moved(event, -self._base) for event in (*before, *later))

    def _skip(self, lost: int, longest: int) -> None:
        """Silence for samples that were lost; more than `longest` of it make all before them forgotten."""
        if lost > longest:
            self._sound.clear()
            self._end += lost - longest
            self._first, lost = self._end, longest
        self._keep(bytes(BYTES_PER_SAMPLE * lost))

    def _keep(self, data: bytes) -> None:
        assert self._stream is not None
        self._sound.append(data)
        self._end += _count(data)
        oldest = self._end - samples(self._span_s, self._stream.sample_rate)
        while self._first + _count(self._sound[0]) <= oldest:
            self._first += _count(self._sound.popleft())
        before = seconds(oldest, self._stream.sample_rate)
        while self._events and self._events[0].time < before:
            self._events.popleft()

    def _moved(self, event: Heard, by: int) -> Heard:
        assert self._stream is not None
        by_s = seconds(by, self._stream.sample_rate)
        return replace(event, time=round(event.time + by_s, DECIMALS), emitted=round(event.emitted + by_s, DECIMALS))


def _count(data: bytes) -> int:
    return len(data) // BYTES_PER_SAMPLE
